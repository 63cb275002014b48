package ask

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// reading is a question, read: the parts its words play and the names it holds.
type reading struct {
	question  string
	intent    Intent
	classes   class
	kind      string // kind of concept that is asked for
	names     []mention
	time      span
	unknown   []string
	ambiguous []string
	suggested []graph.Node
	corrected []string
}

// read cuts a question into words and names and finds its intent.
func read(ctx context.Context, names Names, question string) (*reading, error) {
	r := &reading{question: question, intent: IntentNone}
	t := tokenize(question)
	if t.long || len(t.tokens) == 0 {
		return r, nil
	}
	l := &linker{ctx: ctx, names: names, text: t, found: map[string][]string{}}
	mentions, err := l.exact()
	if err != nil {
		return nil, err
	}
	pieces := cut(t, mentions)
	var gaps [][2]int
	for _, p := range pieces {
		switch p.kind {
		case wordPiece:
			r.classes |= p.word.class
			if r.kind == "" {
				r.kind = p.word.kind
			}
		case datePiece:
			r.time = r.time.merge(p.span)
		case namePiece:
			r.names = append(r.names, mentions[p.mention])
		default:
			if n := len(gaps); n > 0 && gaps[n-1][1] == p.from {
				gaps[n-1][1] = p.to
			} else {
				gaps = append(gaps, [2]int{p.from, p.to})
			}
		}
	}
	for _, gap := range gaps {
		if err := r.fillGap(ctx, names, t, gap); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.names, func(a, b mention) int { return a.from - b.from })
	r.intent = r.form()
	return r, nil
}

// fillGap reads words that are no exact name as part of a name or as a misspelt one.
func (r *reading) fillGap(ctx context.Context, names Names, t text, gap [2]int) error {
	written := t.between(gap[0], gap[1])
	found, err := nearNames(ctx, names, written)
	if err != nil {
		return err
	}
	switch {
	case len(found.nodes) == 1:
		r.names = append(r.names, mention{from: gap[0], to: gap[1], text: written, nodes: found.nodes, reading: found.nodes[0].Label})
		r.corrected = append(r.corrected, written+" → "+found.nodes[0].Label)
	case len(found.nodes) > 1:
		r.ambiguous = append(r.ambiguous, written)
		r.suggested = append(r.suggested, found.nodes...)
	default:
		r.unknown = append(r.unknown, written)
		r.suggested = append(r.suggested, found.near...)
	}
	return nil
}

// near is what a scan over all names found for a text that is no exact name.
type near struct {
	nodes []graph.Node // the names it must mean: parts of names of people and institutions, or the one closest spelling
	near  []graph.Node // names that look alike, for suggestions
}

// scanLimit bounds the names that are compared for one question.
const scanLimit = 300000

// nearNames scans all names for those that begin or end with a text, or that differ
// from it by a slip of the finger.
func nearNames(ctx context.Context, names Names, written string) (near, error) {
	key := fact.Key(written)
	size := utf8.RuneCountInString(key)
	parts, slips, alike := map[string]bool{}, map[string]bool{}, map[string]bool{}
	closest, seen := 3, 0
	for name, err := range names.Names(ctx) {
		if err != nil {
			return near{}, err
		}
		if seen++; seen > scanLimit {
			break
		}
		if name.Type == fact.Document {
			continue
		}
		other := fact.Key(name.Text)
		if isPart(key, other, size, name.Type) {
			parts[name.ID] = true
		}
		if distance := slip(key, other, size); distance > 0 && distance <= closest {
			if distance < closest {
				clear(slips)
				closest = distance
			}
			slips[name.ID] = true
		}
		if size >= 2 && len(alike) < 8 && strings.Contains(other, key) {
			alike[name.ID] = true
		}
	}
	var result near
	var err error
	chosen := parts
	if len(parts) == 0 {
		chosen = slips
		if len(slips) > 1 {
			chosen, alike = nil, slips // not sure which: only suggest them
		}
	}
	if result.nodes, err = nodesOf(ctx, names, chosen); err != nil {
		return near{}, err
	}
	result.near, err = nodesOf(ctx, names, alike)
	return result, err
}

func nodesOf(ctx context.Context, names Names, ids map[string]bool) ([]graph.Node, error) {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	if len(list) == 0 {
		return nil, nil
	}
	return names.Nodes(ctx, list[:min(len(list), 8)])
}

// isPart reports whether a text is how people shorten the name of a person or an
// institution: its beginning in Chinese, or a whole word of it.
func isPart(key, other string, size int, t fact.Type) bool {
	if t != fact.Person && t != fact.Organization || key == other || size < 2 {
		return false
	}
	if hasUnspaced(key) {
		return strings.HasPrefix(other, key)
	}
	return size >= 4 && t == fact.Person && strings.HasSuffix(other, key)
}

// slip returns the edit distance of two keys when it is that of a slip: 1, or 2 for
// nine characters and more; digits must be the same. 0 is none.
func slip(a, b string, size int) int {
	other := utf8.RuneCountInString(b)
	limit := 1
	if size >= 9 {
		limit = 2
	}
	if size < 4 || hasUnspaced(a) || abs(size-other) > limit || a[0] != b[0] || digitsOf(a) != digitsOf(b) {
		return 0
	}
	if d := distance(a, b); d <= limit {
		return d
	}
	return 0
}

func abs(n int) int { return max(n, -n) }

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// distance is the Damerau-Levenshtein distance (optimal string alignment) in bytes.
func distance(a, b string) int {
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}

func (r *reading) has(c class) bool { return r.classes&c != 0 }

// nodes returns the nodes of a type that the names of the question mean.
func (r *reading) nodes(t fact.Type) []graph.Node {
	var all []graph.Node
	for _, m := range r.names {
		for _, n := range m.nodes {
			if n.Type == t {
				all = append(all, n)
			}
		}
	}
	return all
}

func (r *reading) named(t fact.Type) bool { return len(r.nodes(t)) > 0 }

func (r *reading) timed() bool { return r.time != (span{}) }

// form finds the intent from the parts of the question; the first row that fits.
func (r *reading) form() Intent {
	unknown := len(r.unknown) > 0 || len(r.ambiguous) > 0
	concept := r.named(fact.Concept) || unknown
	person, organization := r.named(fact.Person), r.named(fact.Organization)
	talkOrSession := r.named(fact.Talk) || r.named(fact.Session)
	people := r.has(who | personNoun)
	for _, row := range []struct {
		holds  bool
		intent Intent
	}{
		{r.has(whyHow) && !people && !r.has(which), IntentNone},
		{r.has(connect) && len(r.names) >= 2, IntentPath},
		{r.has(common|differ|both) && len(r.names) >= 2, IntentCompare},
		{r.has(moment) && len(r.names) > 0, IntentWhen},
		{r.has(panel) && (people || r.has(talkNoun|which|thing)), IntentList},
		{r.timed() && !r.named(fact.Concept) && (people || r.has(talkNoun|sessionNoun|thing|say)), IntentList},
		{people && organization && (r.has(belong) || !r.has(say)) && !r.has(thing), IntentWhereFrom},
		{r.has(place|orgNoun) && person && !r.has(say&^talkNoun), IntentWhereFrom},
		{(organization || person) && (r.has(thing|kindNoun|talkNoun) || r.has(which)) && r.has(say|talkNoun|kindNoun|personNoun) && !r.has(who), r.aboutWhom()},
		{talkOrSession && r.has(talkNoun|sessionNoun|thing) && !r.named(fact.Concept), IntentList},
		{r.named(fact.Session) && r.has(talkNoun|sessionNoun), IntentList},
		{people && (concept || person || organization), IntentWhoAbout},
		{r.has(orgNoun) && concept, IntentInstitutionsAbout},
		{r.has(talkNoun|sessionNoun) && r.has(which|thing|many|say) && concept, IntentTalksAbout},
		{r.named(fact.Concept) && (r.has(define|thing) || len(r.names) == 1), IntentDefine},
		{r.has(which|many|thing) && r.has(nouns) && len(r.names) == 0 && !unknown, IntentList},
		{people && !unknown && (r.has(say) || r.has(which)), IntentList},
		{unknown && r.has(define|thing|place|moment), IntentDefine},
	} {
		if row.holds {
			return row.intent
		}
	}
	return IntentNone
}

func (r *reading) aboutWhom() Intent {
	if r.named(fact.Organization) && !r.named(fact.Person) && r.has(talkNoun) && r.has(which) && !r.has(thing) {
		return IntentInstitutionTalks
	}
	return IntentAboutWhom
}

// understood is the part of the result that says how the question was read.
func (r *reading) understood() Understood {
	u := Understood{Intent: r.intent, Entities: []string{}, Filters: map[string]string{}, Unknown: r.unknown, Ambiguous: r.ambiguous,
		Corrected: strings.Join(r.corrected, "; ")}
	for _, m := range r.names {
		for _, n := range m.nodes {
			if !slices.Contains(u.Entities, n.ID) {
				u.Entities = append(u.Entities, n.ID)
			}
		}
	}
	if r.time.part != "" {
		u.Filters["part"] = r.time.part
	}
	if date := r.time.text(); date != "" {
		u.Filters["date"] = date
	}
	return u
}
