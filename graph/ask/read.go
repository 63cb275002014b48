package ask

import (
	"context"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// reading is a question, read: its items in order, and the query they make.
type reading struct {
	question  string
	items     []item
	query     Query
	unknown   []string
	ambiguous []string
	suggested []graph.Node
	homes     map[string][]string // labels of the institutions of people whose name is ambiguous
	corrected []string
}

// item is a part of a question with one meaning.
type item struct {
	pieceKind
	from, to int    // tokens
	text     string // as in the question
	class    class  // of a word
	kind     string // of a word for a kind of concept
	time     Time   // of a date
	nodes    []graph.Node
	role     Role // of a name
	join     Join // of a name
}

// reader turns the text of a question into a reading.
type reader struct {
	ctx       context.Context
	snapshot  graph.Snapshot
	thesaurus Thesaurus
	directory *directory
	text      text
	reading   *reading
}

// read cuts a question into words and names and finds what it asks.
func read(ctx context.Context, snapshot graph.Snapshot, thesaurus Thesaurus, question string) (*reading, error) {
	r := &reader{ctx: ctx, snapshot: snapshot, thesaurus: thesaurus, directory: &directory{ctx: ctx, snapshot: snapshot},
		text: tokenize(question), reading: &reading{question: question, query: Query{Intent: IntentNone}}}
	if r.text.long || len(r.text.tokens) == 0 {
		return r.reading, nil
	}
	if err := r.cut(); err != nil {
		return nil, err
	}
	if r.gaps() > mostGaps {
		r.reading.items = nil // not a question: every gap would be searched for among all names
		return r.reading, nil
	}
	r.reading.settlePositions()
	r.reading.settleOrdinals()
	r.settleLoose()
	for i := 0; i < len(r.reading.items); i++ {
		fill := map[pieceKind]func(int) error{unknownPiece: r.fillGap, absentPiece: r.fillAbsent}[r.reading.items[i].pieceKind]
		if fill == nil {
			continue
		}
		if err := fill(i); err != nil {
			return nil, err
		}
	}
	r.dropTitles()
	if err := r.assignRoles(); err != nil {
		return nil, err
	}
	if err := r.settleAmbiguous(); err != nil {
		return nil, err
	}
	r.reading.form()
	return r.reading, nil
}

// mostGaps is the most unknown terms of a question that are searched for.
const mostGaps = 6

func (r *reader) gaps() int {
	count := 0
	for _, it := range r.reading.items {
		if it.pieceKind == unknownPiece {
			count++
		}
	}
	return count
}

// cut fills the items; the thesaurus is asked when there are words that neither the
// vocabulary nor the graph knows.
func (r *reader) cut() error {
	l := &linker{ctx: r.ctx, names: r.snapshot, text: r.text, found: map[string][]string{}}
	mentions, err := l.exact()
	if err != nil {
		return err
	}
	pieces := cut(r.text, mentions)
	if r.thesaurus != nil && slices.ContainsFunc(pieces, func(p piece) bool { return p.kind == unknownPiece }) {
		more, err := r.known(pieces)
		if err != nil {
			return err
		}
		mentions = append(mentions, more...)
		pieces = cut(r.text, mentions)
	}
	if r.correctWords(pieces) {
		pieces = cut(r.text, mentions)
	}
	r.collect(pieces, mentions)
	return nil
}

// collect turns pieces into items; unknown tokens in a row become one.
func (r *reader) collect(pieces []piece, mentions []mention) {
	items := r.reading.items[:0]
	for _, p := range pieces {
		i := item{pieceKind: p.kind, from: p.from, to: p.to, text: r.text.between(p.from, p.to)}
		switch p.kind {
		case wordPiece:
			i.class, i.kind = p.word.class, p.word.kind
		case datePiece:
			i.time = p.span
			r.reading.query.Time = r.reading.query.Time.merge(p.span)
		case namePiece:
			m := mentions[p.mention]
			i.nodes = m.nodes
			if m.absent {
				i.pieceKind = absentPiece
			}
		default:
			if n := len(items); n > 0 && items[n-1].pieceKind == unknownPiece && items[n-1].to == p.from {
				items[n-1].to = p.to
				items[n-1].text = r.text.between(items[n-1].from, p.to)
				continue
			}
		}
		items = append(items, i)
	}
	r.reading.items = items
	r.reading.settleParts()
}

// settleParts makes a question for the time of one that offers parts of the day:
// 上午讲的还是下午讲的.
func (r *reading) settleParts() {
	parts := map[string]bool{}
	for _, it := range r.items {
		if it.pieceKind == datePiece && it.time.Part != "" {
			parts[it.time.Part] = true
		}
	}
	if len(parts) < 2 || !r.has(either) {
		return
	}
	r.query.Time.Part = ""
	for k := range r.items {
		if it := &r.items[k]; it.pieceKind == datePiece {
			it.pieceKind, it.class = wordPiece, moment
		}
	}
}

// fillAbsent handles a name that the thesaurus knows, for what the graph does not
// have: unless the notes misspell it, nothing is found for it.
func (r *reader) fillAbsent(at int) error {
	if r.takeGloss(r.compound(at)) {
		return nil
	}
	text := r.reading.items[at].text
	ids, err := r.misspeltInNotes(text)
	if err == nil && len(ids) == 0 && r.standsForSpeaker(at) {
		ids, err = r.directory.shortened(text, false)
	}
	if err != nil {
		return err
	}
	if len(ids) == 1 {
		return r.replace(candidate{at, at, text}, ids)
	}
	r.reading.addUnknown(text)
	r.suggest(text)
	return nil
}

// standsForSpeaker holds for X of "what did X talk about": what is the name of a thing
// elsewhere may be the given name of a speaker.
func (r *reader) standsForSpeaker(at int) bool {
	after, _ := r.reading.beside(at, 1)
	return after&say != 0 && after&nouns == 0 && r.reading.has(thing) && !r.reading.follows(at, say)
}

// misspeltInNotes returns the entities whose names are one slip away from a known
// name and which are not known themselves: RetNet is known and no misspelt ResNet.
func (r *reader) misspeltInNotes(text string) ([]string, error) {
	ids, err := r.slipped(text)
	if err != nil {
		return nil, err
	}
	nodes, err := r.nodes(ids)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for _, n := range nodes {
		if len(r.named(n.Label)) == 0 {
			unknown = append(unknown, n.ID)
		}
	}
	return unknown, nil
}

// suggest adds the entities that are nearest to a text. An error only costs suggestions.
func (r *reader) suggest(text string) {
	ids, err := r.directory.resembling(text)
	if err != nil {
		return
	}
	nodes, err := r.nodes(ids)
	if err == nil {
		r.reading.suggested = append(r.reading.suggested, nodes...)
	}
}

// nodes reads nodes in the order of their IDs here; ones that are not there are left out.
func (r *reader) nodes(ids []string) ([]graph.Node, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := r.snapshot.Nodes(r.ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b graph.Node) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return found, nil
}

// settleAmbiguous handles names that several people or institutions bear: an
// institution in the question chooses among people; else the question is asked back.
func (r *reader) settleAmbiguous() error {
	for i := range r.reading.items {
		it := &r.reading.items[i]
		if it.pieceKind != namePiece || it.role != RoleActor || len(it.nodes) < 2 {
			continue
		}
		kept, err := r.atNamedInstitution(i)
		if err != nil {
			return err
		}
		if len(kept) == 1 {
			it.nodes = kept
			continue
		}
		r.reading.ambiguous = append(r.reading.ambiguous, it.text)
		r.reading.suggested = append(r.reading.suggested, it.nodes...)
		if err := r.noteHomes(it.nodes); err != nil {
			return err
		}
	}
	return nil
}

// noteHomes keeps the institutions that tell people of one name apart.
func (r *reader) noteHomes(nodes []graph.Node) error {
	f := newFinder(r.ctx, r.snapshot, "", Query{}, Options{})
	for _, n := range nodes {
		labels, err := f.affiliationLabels(n.ID)
		if err != nil {
			return err
		}
		if r.reading.homes == nil {
			r.reading.homes = map[string][]string{}
		}
		r.reading.homes[n.ID] = labels
	}
	return nil
}

// atNamedInstitution keeps the people of an item who belong to an institution that
// another item names.
func (r *reader) atNamedInstitution(at int) ([]graph.Node, error) {
	homes := map[string]bool{}
	for i, it := range r.reading.items {
		for _, n := range it.nodes {
			if i != at && n.Type == fact.Organization {
				homes[n.ID] = true
			}
		}
	}
	if len(homes) == 0 {
		return nil, nil
	}
	var kept []graph.Node
	for _, n := range r.reading.items[at].nodes {
		edges, err := r.snapshot.Edges(r.ctx, n.ID, graph.Out, fact.Affiliation)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(edges, func(e graph.Edge) bool { return homes[e.Target] }) {
			kept = append(kept, n)
		}
	}
	return kept, nil
}

// answerable reports whether the question was understood and all its names found.
func (r *reading) answerable() bool {
	return r.query.Intent != IntentNone && len(r.unknown) == 0 && len(r.ambiguous) == 0
}

// result is the result without answers.
func (r *reading) result() Result {
	result := emptyResult(r.question, r.query)
	result.Understood = r.understood()
	seen := map[string]bool{}
	for _, n := range r.suggested {
		if !seen[n.ID] && len(result.Suggestions) < suggestionLimit {
			seen[n.ID] = true
			suggestion := describe(n)
			suggestion.Affiliation = r.homes[n.ID]
			result.Suggestions = append(result.Suggestions, suggestion)
		}
	}
	for _, it := range r.items {
		if it.pieceKind == namePiece {
			result.terms = append(result.terms, it.text)
			for _, n := range it.nodes {
				result.terms = append(append(result.terms, n.Label), n.Aliases...)
			}
		}
	}
	return result
}

// emptyResult is the result of a query that nothing was found for yet.
func emptyResult(question string, q Query) Result {
	return Result{Question: question, Understood: q.understood(), Answers: []Answered{}, Suggestions: []Description{}}
}

// understood says how a question was read.
func (r *reading) understood() Understood {
	u := r.query.understood()
	u.Unknown, u.Ambiguous = r.unknown, r.ambiguous
	if len(r.ambiguous) == 0 {
		u.Corrected = strings.Join(r.corrected, "; ")
	}
	return u
}

func (q Query) understood() Understood {
	u := Understood{Intent: q.Intent, Entities: []string{}, Filters: map[string]string{}}
	for _, name := range q.Names {
		for _, id := range name.IDs {
			if !slices.Contains(u.Entities, id) {
				u.Entities = append(u.Entities, id)
			}
		}
	}
	for _, filter := range []struct{ key, value string }{
		{"part", q.Time.Part}, {"date", q.Time.date()}, {"format", string(q.Format)}, {"kind", q.Kind},
		{"want", string(q.Want)}, {"homeKind", q.HomeKind}, {"comparison", string(q.Comparison)},
		{"position", q.Position}, {"order", q.order()}, {"most", q.most()},
	} {
		if filter.value != "" {
			u.Filters[filter.key] = filter.value
		}
	}
	return u
}
