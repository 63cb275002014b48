package concept

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// result makes the facts of the topics that were chosen.
func (x *extractor) result(scopes []Scope) Result {
	r := &x.found
	ids := x.concepts(scopes)
	r.Relations = make([]fact.Relation, 0, len(x.topics)+len(x.links)+len(r.Concepts))
	for _, t := range x.topics {
		r.Relations = append(r.Relations, x.about(scopes[t.scope].ID, ids[t.node], t))
	}
	r.Relations = append(r.Relations, x.stated(ids)...)
	r.Relations = append(r.Relations, x.knownBroader(ids)...)
	slices.SortFunc(r.Concepts, fact.CompareEntities)
	r.Relations = combine(r.Relations)
	sortMerges(r.Merges)
	r.MaybeSame = x.chosenOnly(r.MaybeSame)
	sortMerges(r.MaybeSame)
	return *r
}

func sortMerges(merges []Merge) {
	slices.SortFunc(merges, func(a, b Merge) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kept, b.Kept), cmp.Compare(a.Merged, b.Merged), cmp.Compare(a.Reason, b.Reason))
	})
}

// chosenOnly drops what is told twice.
func (x *extractor) chosenOnly(merges []Merge) []Merge {
	sortMerges(merges)
	return slices.Compact(merges)
}

// concepts makes the entities of the chosen candidates and returns their IDs.
func (x *extractor) concepts(scopes []Scope) map[int32]string {
	ids := map[int32]string{}
	taken := map[string]int32{}
	languages := map[int32]string{}
	nodes := make([]int32, 0, len(x.topics))
	for _, t := range x.topics {
		if _, ok := ids[t.node]; !ok {
			ids[t.node] = ""
			languages[t.node] = scopes[t.scope].Language
			nodes = append(nodes, t.node)
		}
	}
	slices.Sort(nodes)
	for _, node := range nodes {
		e := x.entity(node, languages[node])
		if other, ok := taken[e.ID]; ok && other != node {
			ids[node] = e.ID // two names with one slug are one node
			continue
		}
		taken[e.ID] = node
		ids[node] = e.ID
		x.found.Concepts = append(x.found.Concepts, e)
	}
	return ids
}

// entity makes the concept of a candidate: the name the notes use most as its
// label, its other spellings and its names in the other language as aliases.
func (x *extractor) entity(node int32, language string) fact.Entity {
	c := &x.names.all[node]
	e := fact.Entity{Type: fact.Concept, Label: c.label(), Props: map[string]string{}}
	kind := ""
	if c.lexical != nil {
		e.ID, kind = c.lexical.ID, c.lexical.Kind
		e.Label = x.lexicalLabel(c, language)
		e.Props[fact.PropEnglish] = c.lexical.English
		if c.lexical.Chinese != "" {
			e.Props[fact.PropChinese] = c.lexical.Chinese
		}
	} else {
		e.ID = "concept/" + fact.Slug(e.Label)
		kind = kindOf(e.Label)
		for _, f := range c.forms {
			name := fact.PropEnglish
			if hasHan(f.text) {
				name = fact.PropChinese
			}
			if e.Props[name] == "" {
				e.Props[name] = f.text
			}
		}
	}
	if kind != "" {
		e.Props[fact.PropKind] = kind
	}
	e.Aliases = aliases(c, e.Label)
	return e
}

// lexicalLabel prefers the name of the lexicon in the language of the notes, when
// the notes use it or use only names in the other language.
func (x *extractor) lexicalLabel(c *candidate, language string) string {
	for _, preferred := range []string{c.lexical.Chinese, c.lexical.English} {
		for _, f := range c.forms {
			if preferred != "" && nameKey(f.text) == nameKey(preferred) && (language != "en" || preferred == c.lexical.English) {
				return preferred
			}
		}
	}
	return c.label()
}

// aliases collects the other names of a concept: those the notes use, the
// preferred names of the lexicon and its short forms.
func aliases(c *candidate, label string) []string {
	var names []string
	add := func(name string) {
		if name != "" && name != label && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, f := range c.forms {
		add(f.text)
	}
	if c.lexical != nil {
		add(c.lexical.English)
		add(c.lexical.Chinese)
		for _, n := range c.lexical.Names {
			if !n.Ambiguous && isAcronym(n.Text) {
				add(n.Text)
			}
		}
	}
	slices.Sort(names)
	return names
}

// about makes the relation between a talk and a concept.
func (x *extractor) about(talk, concept string, t topic) fact.Relation {
	r := fact.Relation{Source: talk, Target: concept, Predicate: fact.About, Weight: math.Round(t.score*1000) / 1000,
		Evidence: make([]fact.Evidence, 0, len(t.mentions))}
	for _, id := range t.mentions {
		m := &x.mentions[id]
		r.Evidence = append(r.Evidence, x.evidence(int(m.line), int(m.start), int(m.end), m.from.score()))
	}
	r.Evidence = fact.SortEvidence(r.Evidence)
	return r
}

// evidence quotes the passage around bytes of a line.
func (x *extractor) evidence(line, start, end int, confidence float64) fact.Evidence {
	start, end = x.passage(line, start, end)
	return x.note.Evidence(&x.note.Lines[line], note.Range{Start: start, End: end}, math.Round(confidence*100)/100)
}

// quoteLength is the most characters of a quote that is longer than its mention.
const quoteLength = 200

// passage widens bytes of a line to the whole content of a short line, or to the
// sentence or clause around them.
func (x *extractor) passage(line, start, end int) (int, int) {
	l := &x.note.Lines[line]
	start, end = max(min(start, end), 0), min(max(start, end), len(l.Raw))
	if start < l.Start || end > l.End {
		return start, end
	}
	content := l.Content()
	if len(content) <= quoteLength || utf8.RuneCountInString(content) <= quoteLength {
		return l.Start, l.End
	}
	for _, stops := range []string{"。!?！？", "。;；!?！？", "。;；,，:：!?！？"} {
		from, to := clause(l.Raw[l.Start:l.End], start-l.Start, end-l.Start, stops)
		if utf8.RuneCountInString(content[from:to]) <= quoteLength {
			return l.Start + from, l.Start + to
		}
	}
	return start, end
}

// clause widens a span to the nearest stops on both sides; a full stop of English
// counts before a space.
func clause(text string, start, end int, stops string) (int, int) {
	from := 0
	for at, r := range text[:start] {
		if strings.ContainsRune(stops, r) || r == '.' && at+1 < len(text) && text[at+1] == ' ' {
			from = at + utf8.RuneLen(r)
		}
	}
	to := len(text)
	for at, r := range text[end:] {
		if strings.ContainsRune(stops, r) || r == '.' && (end+at+1 == len(text) || text[end+at+1] == ' ') {
			to = end + at + utf8.RuneLen(r)
			break
		}
	}
	for from < start && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	return from, to
}

// stated makes the relations that the notes state between chosen concepts.
func (x *extractor) stated(ids map[int32]string) []fact.Relation {
	var relations []fact.Relation
	for _, k := range x.links {
		source, ok := ids[x.names.root(x.mentions[k.source].node)]
		target, found := ids[x.names.root(x.mentions[k.target].node)]
		if !ok || !found || source == target {
			continue
		}
		if k.predicate == fact.Broader && x.lexicon.IsNarrower(target, source) {
			continue // the lexicon knows it the other way round
		}
		r := fact.Relation{Source: source, Target: target, Predicate: k.predicate}
		if k.phrase != "" {
			r.Props = map[string]string{fact.PropPhrase: k.phrase}
		}
		l := &x.note.Lines[k.line]
		r.Evidence = []fact.Evidence{x.note.Evidence(l, note.Range{Start: int(k.start), End: int(k.end)}, k.confidence)}
		relations = append(relations, r)
	}
	return relations
}

// knownBroader makes the broader relations of the lexicon among chosen concepts.
func (x *extractor) knownBroader(ids map[int32]string) []fact.Relation {
	chosen := map[string]bool{}
	for _, id := range ids {
		chosen[id] = true
	}
	var relations []fact.Relation
	for _, e := range x.found.Concepts {
		c := x.lexicon.Concept(e.ID)
		if c == nil {
			continue
		}
		for _, wider := range c.Broader {
			if chosen[wider] && wider != e.ID {
				relations = append(relations, fact.Relation{Source: e.ID, Target: wider, Predicate: fact.Broader,
					Evidence: []fact.Evidence{lexiconEvidence(c)}})
			}
		}
	}
	return relations
}

// lexiconEvidence is the line of the lexicon that says a concept's broader one.
func lexiconEvidence(c *lexicon.Concept) fact.Evidence {
	return fact.Evidence{Document: lexicon.DocumentID, Line: c.Place.Line, Column: c.Place.Column, Quote: c.Place.Text,
		Extractor: fact.ExtractorLexicon, Confidence: 1}
}

// combine sorts relations and joins those that say the same.
func combine(relations []fact.Relation) []fact.Relation {
	order := make([]int32, len(relations)) // relations are large: their indexes are sorted
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(fact.CompareRelations(relations[a], relations[b]), cmp.Compare(a, b))
	})
	joined := make([]fact.Relation, 0, len(relations))
	for _, i := range order {
		r := relations[i]
		if n := len(joined); n > 0 && fact.CompareRelations(joined[n-1], r) == 0 {
			joined[n-1].Evidence = append(joined[n-1].Evidence, r.Evidence...)
			continue
		}
		joined = append(joined, r)
	}
	for i := range joined {
		joined[i].Evidence = fact.SortEvidence(notesFirst(joined[i].Evidence))
	}
	return joined
}

// notesFirst leaves the lexicon out where the notes say the same.
func notesFirst(evidence []fact.Evidence) []fact.Evidence {
	said := slices.ContainsFunc(evidence, func(e fact.Evidence) bool { return e.Extractor != fact.ExtractorLexicon })
	if !said {
		return evidence
	}
	return slices.DeleteFunc(evidence, func(e fact.Evidence) bool { return e.Extractor == fact.ExtractorLexicon })
}
