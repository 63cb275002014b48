package ask

import (
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// enough reports whether a list that is cut at the limit will not change by more
// talks, but for talks of those who are on it: it holds twice as many as are shown.
func (g *group) enough() bool {
	limit := g.finder.options.Limit
	if limit <= 0 || g.finder.query.Count || g.finder.query.Most || len(g.finder.query.with(RoleExcept)) > 0 || len(g.list) < 2*limit {
		return false
	}
	g.finder.partial = true
	return true
}

// group collects answers by entity in the order of their best talk.
type group struct {
	finder *finder
	byID   map[string]int
	list   []Answered
}

func (f *finder) newGroup() *group { return &group{finder: f, byID: map[string]int{}} }

// add gives an entity a talk that leads to it and passages that show it.
func (g *group) add(n graph.Node, t *talk, evidence ...graph.Evidence) error {
	k, ok := g.byID[n.ID]
	if !ok {
		k = len(g.list)
		g.byID[n.ID] = k
		a := Answered{Entity: describe(n)}
		if n.Type == fact.Person {
			labels, err := g.finder.affiliationLabels(n.ID)
			if err != nil {
				return err
			}
			a.Affiliation = labels
		}
		g.list = append(g.list, a)
	}
	a := &g.list[k]
	if t != nil && !slices.ContainsFunc(a.Via, func(v Via) bool { return v.ID == t.node.ID }) {
		v, err := g.finder.via(*t)
		if err != nil {
			return err
		}
		a.Via = append(a.Via, v)
		a.Evidence = addPassages(a.Evidence, v.evidence...)
		a.score = max(a.score, t.score)
	}
	a.Evidence = addPassages(a.Evidence, passages(evidence)...)
	return nil
}

// addTalk makes a talk an answer itself.
func (g *group) addTalk(t *talk, evidence ...graph.Evidence) error {
	n, err := g.finder.node(t.node.ID)
	if err != nil {
		return err
	}
	return g.add(n, t, evidence...)
}

// via shows a talk that leads to an answer.
func (f *finder) via(t talk) (Via, error) {
	var err error
	if t.node, err = f.node(t.node.ID); err != nil {
		return Via{}, err
	}
	v := Via{ID: t.node.ID, Type: t.node.Type, Label: t.node.Label, StartDate: t.node.Props[fact.PropStartDate],
		Part: t.node.Props[fact.PropPart], Location: t.node.Props[fact.PropLocation], score: t.score, evidence: passages(t.evidence)}
	edges, err := f.out(t.node.ID, fact.SuperEvent)
	if err != nil {
		return Via{}, err
	}
	for _, edge := range edges {
		above, err := f.node(edge.Target)
		if err != nil {
			return Via{}, err
		}
		if above.Type == fact.Session {
			v.Session = above.Label
		}
	}
	return v, nil
}

func (f *finder) affiliationLabels(person string) ([]string, error) {
	edges, err := f.out(person, fact.Affiliation)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, edge := range edges {
		n, err := f.node(edge.Target)
		if err != nil {
			return nil, err
		}
		labels = append(labels, n.Label)
	}
	return labels, nil
}

// maybeSame returns the people who share an institution with a person and whose
// names differ from theirs by one character: perhaps one of the two is misspelt.
func (f *finder) maybeSame(person Description) ([]string, error) {
	homes, err := f.out(person.ID, fact.Affiliation)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, home := range homes {
		members, err := f.in(home.Target, fact.Affiliation)
		if err != nil {
			return nil, err
		}
		for _, member := range members {
			if !oneReplaced(nameInID(person.ID), nameInID(member.Source)) {
				continue
			}
			other, err := f.node(member.Source)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(labels, other.Label) {
				labels = append(labels, other.Label)
			}
		}
	}
	return labels, nil
}

// oneReplaced reports whether two Chinese names of three characters or more differ in
// one character that is not the first.
func oneReplaced(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) || len(x) < 3 || x[0] != y[0] || slices.ContainsFunc(x, func(r rune) bool { return !isUnspaced(r) }) {
		return false
	}
	differing := 0
	for i := range x {
		if x[i] != y[i] {
			differing++
		}
	}
	return differing == 1
}
