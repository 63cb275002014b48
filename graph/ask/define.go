package ask

import (
	"cmp"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// define answers with what the notes say of each thing: of a concept its passages,
// what it is part of, what belongs to it and who spoke of it; of a person the
// institutions and talks; of others the talks.
func (f *finder) define() ([]Answered, error) {
	var all []Answered
	for _, name := range f.query.Names {
		for _, id := range name.IDs {
			n, err := f.node(id)
			if err != nil {
				return nil, err
			}
			var more []Answered
			switch n.Type {
			case fact.Concept:
				more, err = f.defineConcept(n)
			case fact.Person, fact.Organization:
				more, err = f.introduce(n)
			default:
				more, err = f.asAnswers([]talk{{node: n, score: 1}})
			}
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	slices.SortStableFunc(all, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	return all, nil
}

// defineConcept answers with a concept; with nothing when no talk speaks of it.
func (f *finder) defineConcept(n graph.Node) ([]Answered, error) {
	talks, err := f.talksAbout([]string{n.ID})
	if err != nil || len(talks) == 0 {
		return nil, err
	}
	g := f.newGroup()
	for i := range talks {
		if talks[i].score < TouchScore && i > 2 {
			break
		}
		definingFirst(talks[i].evidence, n)
		if err := g.add(n, &talks[i]); err != nil {
			return nil, err
		}
	}
	a := &g.list[0]
	if err := f.relations(a, n.ID); err != nil {
		return nil, err
	}
	for _, t := range talks[:min(len(talks), listedTalks)] {
		items, err := f.listedBelow(t.node.ID, n.ID)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			a.Evidence = addPassages(a.Evidence, passages(item.Evidence)...)
		}
	}
	return g.list, nil
}

// listedTalks is in how many talks, the best ones, it is looked for what they list below
// a concept.
const listedTalks = 10

// definingFirst puts the passages that say what a concept is before those that only
// speak of it: "X is …", X是…, "X: …", "X = …", with X at their beginning.
func definingFirst(evidence []graph.Evidence, n graph.Node) {
	slices.SortStableFunc(evidence, func(a, b graph.Evidence) int {
		return cmp.Compare(definingRank(a.Quote, n), definingRank(b.Quote, n))
	})
}

// definingRank is 0 for a passage that defines a concept and 1 for others.
func definingRank(quote string, n graph.Node) int {
	lower := strings.TrimLeft(fold(strings.ToLower(quote)), "\"“「'• -*")
	for _, article := range []string{"the ", "a ", "an "} {
		lower = strings.TrimPrefix(lower, article)
	}
	for _, name := range append([]string{n.Label}, n.Aliases...) {
		rest, begins := strings.CutPrefix(lower, fold(strings.ToLower(name)))
		if !begins {
			continue
		}
		rest = strings.TrimLeft(rest, "s*_`\"”」 ")
		for _, link := range []string{"is ", "are ", "means ", "refers to ", "stands for ", "是", "指", "即", ":", "=", "-", "—", "("} {
			if strings.HasPrefix(rest, link) && len(rest) > len(link)+1 {
				return 0
			}
		}
	}
	return 1
}

// relations fills in broader, narrower and related concepts with their passages.
func (f *finder) relations(a *Answered, id string) error {
	edges, err := f.snapshot.Edges(f.ctx, id, graph.Both, fact.Broader, fact.Related)
	if err != nil {
		return err
	}
	for _, edge := range edges {
		other := edge.Target
		if other == id {
			other = edge.Source
		}
		n, err := f.node(other)
		if err != nil {
			return err
		}
		switch {
		case edge.Predicate == fact.Related && edge.Source == id:
			a.Related = append(a.Related, edge.Props[fact.PropPhrase]+" "+n.Label)
		case edge.Predicate == fact.Related:
			a.Related = append(a.Related, n.Label+" "+edge.Props[fact.PropPhrase])
		case edge.Source == id:
			a.Broader = append(a.Broader, n.Label)
		default:
			a.Narrower = append(a.Narrower, n.Label)
		}
		a.Evidence = addPassages(a.Evidence, passages(edge.Evidence)...)
	}
	return nil
}

// introduce answers with a person or an institution and the talks given.
func (f *finder) introduce(n graph.Node) ([]Answered, error) {
	talks, _, err := f.ofActors()
	if err != nil {
		return nil, err
	}
	byDay(talks)
	g := f.newGroup()
	for i := range talks {
		if err := g.add(n, &talks[i]); err != nil {
			return nil, err
		}
	}
	edges, err := f.snapshot.Edges(f.ctx, n.ID, graph.Both, fact.Affiliation)
	if err != nil {
		return nil, err
	}
	for _, edge := range edges {
		if err := g.add(n, nil, edge.Evidence...); err != nil {
			return nil, err
		}
	}
	return g.list, nil
}

// sectionLines is the most lines that belong to a heading.
const sectionLines = 16

// listedBelow returns what a talk lists below a concept: about edges whose passage is
// an item (it begins behind a bullet or a number) under a heading that is the concept or
// ends in it, or stands behind the colon of a line that begins so.
func (f *finder) listedBelow(talkID, conceptID string) ([]graph.Edge, error) {
	edges, err := f.out(talkID, fact.About)
	if err != nil {
		return nil, err
	}
	if err := f.load(targets(edges)); err != nil {
		return nil, err
	}
	own, titles := f.headings(edges, conceptID)
	var items []graph.Edge
	for _, edge := range edges {
		if edge.Target == conceptID {
			continue
		}
		n := f.nodes[edge.Target]
		edge.Evidence = slices.DeleteFunc(slices.Clone(edge.Evidence), func(e graph.Evidence) bool {
			return !slices.ContainsFunc(own, func(h heading) bool { return h.covers(e, n, titles) })
		})
		if len(edge.Evidence) > 0 {
			items = append(items, edge)
		}
	}
	slices.SortStableFunc(items, func(a, b graph.Edge) int { return fact.CompareEvidence(a.Evidence[0], b.Evidence[0]) })
	return items, nil
}

// heading is a passage that begins a section about a concept.
type heading struct {
	graph.Evidence
	name string // of the concept, as it stands in the passage, in lower case
}

// headings returns the headings of a concept in a talk, and all passages of the talk
// that are nothing but the name of a concept.
func (f *finder) headings(edges []graph.Edge, conceptID string) (own []heading, titles []graph.Evidence) {
	for _, edge := range edges {
		n := f.nodes[edge.Target]
		for _, e := range edge.Evidence {
			if name := headed(e.Quote, n); edge.Target == conceptID && name != "" {
				own = append(own, heading{e, name})
			}
			if isNamed(n, strings.Trim(e.Quote, ":： ")) {
				titles = append(titles, e)
			}
		}
	}
	return own, titles
}

// headed returns the name of a concept that a passage is the heading of: it is the
// name, or what stands before its colon ends in it; "" when it is no heading.
func headed(quote string, n graph.Node) string {
	head, _, colon := strings.Cut(fold(quote), ":")
	head = strings.ToLower(strings.TrimSpace(head))
	for _, name := range append([]string{n.Label}, n.Aliases...) {
		lower := strings.ToLower(fold(name))
		if head == lower || colon && strings.HasSuffix(head, lower) {
			return lower
		}
	}
	return ""
}

// covers reports whether a passage about a concept belongs to the section: an item in
// the lines before the next title of its rank, or what stands behind its colon.
func (h heading) covers(e graph.Evidence, n graph.Node, titles []graph.Evidence) bool {
	if e.Document != h.Document {
		return false
	}
	if e.Line == h.Line {
		_, rest, _ := strings.Cut(strings.ToLower(fold(h.Quote)), h.name+":")
		return slices.ContainsFunc(append([]string{n.Label}, n.Aliases...), func(name string) bool {
			return rest != "" && strings.Contains(rest, strings.ToLower(fold(name)))
		})
	}
	if !h.alone() {
		return false
	}
	ended := slices.ContainsFunc(titles, func(t graph.Evidence) bool {
		return t.Document == h.Document && t.Line > h.Line && t.Line <= e.Line && t.Column <= h.Column
	})
	return e.Column > 1 && e.Line > h.Line && e.Line <= h.Line+sectionLines && !ended
}

// alone reports whether nothing but the heading stands in its line.
func (h heading) alone() bool {
	return strings.HasSuffix(strings.TrimRight(strings.ToLower(fold(h.Quote)), ": "), h.name)
}

// isNamed reports whether a text is a name of an entity.
func isNamed(n graph.Node, text string) bool {
	key := fact.Key(text)
	return key == fact.Key(n.Label) || slices.ContainsFunc(n.Aliases, func(alias string) bool { return fact.Key(alias) == key })
}
