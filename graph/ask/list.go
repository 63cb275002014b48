package ask

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// list answers "which speakers, talks, sessions …", of a session, a day or all.
func (f *finder) list(r *reading) ([]Answered, error) {
	talks, err := f.listed(r)
	if err != nil {
		return nil, err
	}
	if r.has(panel) {
		talks = slices.DeleteFunc(talks, func(t talk) bool { return t.node.Props[fact.PropFormat] != "panel" })
	} else if r.has(who|personNoun) && r.has(talkNoun) {
		talks = slices.DeleteFunc(talks, func(t talk) bool { return t.node.Props[fact.PropFormat] == "panel" })
	}
	switch {
	case r.has(who | personNoun):
		return f.speakersOf(talks)
	case r.has(orgNoun):
		return f.homesOf(talks)
	case r.has(sessionNoun) && !r.has(talkNoun) && len(r.names) == 0:
		return f.ofType(fact.Session)
	case r.has(eventNoun) && len(r.names) == 0 && !r.has(talkNoun):
		return f.ofType(fact.Event)
	case r.has(kindNoun):
		return f.conceptsOf(talks, r.kind)
	default:
		return f.asAnswers(talks)
	}
}

// listed returns the talks that a list is made of.
func (f *finder) listed(r *reading) ([]talk, error) {
	var talks []talk
	for _, s := range append(r.nodes(fact.Session), r.nodes(fact.Event)...) {
		inside, err := f.talksIn(s.ID, 0)
		if err != nil {
			return nil, err
		}
		talks = append(talks, inside...)
	}
	for _, n := range r.nodes(fact.Talk) {
		talks = append(talks, talk{node: n, score: 1})
	}
	if len(talks) == 0 && r.named(fact.Concept) {
		inside, err := f.sessionsNamed(r)
		if err != nil || len(inside) > 0 {
			return inside, err
		}
	}
	if len(talks) == 0 {
		var err error
		if talks, err = f.everyTalk(); err != nil {
			return nil, err
		}
	}
	if r.timed() {
		return f.atTime(talks, r.time)
	}
	byDay(talks)
	return talks, nil
}

// sessionsNamed finds the sessions whose name holds a concept of the question.
func (f *finder) sessionsNamed(r *reading) ([]talk, error) {
	ids, err := f.snapshot.OfType(f.ctx, fact.Session)
	if err != nil {
		return nil, err
	}
	var talks []talk
	for _, id := range ids {
		n, err := f.node(id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(r.names, func(m mention) bool { return contains(n.Label, m.text) }) {
			continue
		}
		inside, err := f.talksIn(id, 0)
		if err != nil {
			return nil, err
		}
		talks = append(talks, inside...)
	}
	byDay(talks)
	return talks, nil
}

// talksIn returns the talks of a session or event, those of its sessions included.
func (f *finder) talksIn(id string, depth int) ([]talk, error) {
	edges, err := f.in(id, fact.SuperEvent)
	if err != nil {
		return nil, err
	}
	var talks []talk
	for _, edge := range edges {
		n, err := f.node(edge.Source)
		if err != nil {
			return nil, err
		}
		if n.Type == fact.Talk {
			talks = append(talks, talk{node: n, score: 1, evidence: edge.Evidence})
		} else if depth < 2 {
			more, err := f.talksIn(n.ID, depth+1)
			if err != nil {
				return nil, err
			}
			talks = append(talks, more...)
		}
	}
	byDay(talks)
	return talks, nil
}

// speakersOf answers with the speakers of talks, and with talks that have none.
func (f *finder) speakersOf(talks []talk) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		edges, err := f.performers(talks[i].node.ID)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			n, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			t := talk{node: talks[i].node, score: 1, evidence: edge.Evidence}
			if err := g.add(n, &t); err != nil {
				return nil, err
			}
		}
	}
	return g.list, nil
}

// homesOf answers with the institutions of the speakers of talks.
func (f *finder) homesOf(talks []talk) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		edges, err := f.performers(talks[i].node.ID)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			homes, err := f.affiliations(edge.Target)
			if err != nil {
				return nil, err
			}
			for _, home := range homes {
				n, err := f.node(home.Target)
				if err != nil {
					return nil, err
				}
				t := talk{node: talks[i].node, score: 1, evidence: home.Evidence}
				if err := g.add(n, &t); err != nil {
					return nil, err
				}
			}
		}
	}
	return g.list, nil
}

func (f *finder) ofType(t fact.Type) ([]Answered, error) {
	ids, err := f.snapshot.OfType(f.ctx, t)
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for _, id := range ids {
		n, err := f.node(id)
		if err != nil {
			return nil, err
		}
		edges, err := f.snapshot.Edges(f.ctx, id, graph.Out)
		if err != nil {
			return nil, err
		}
		var evidence []graph.Evidence
		for _, edge := range edges {
			evidence = append(evidence, edge.Evidence...)
		}
		if err := g.add(n, nil, evidence...); err != nil {
			return nil, err
		}
	}
	return g.list, nil
}

// define answers with what the notes say of a concept: its passages, what it is
// part of, what belongs to it, and what it is related to.
func (f *finder) define(r *reading) ([]Answered, error) {
	g := f.newGroup()
	for _, n := range r.nodes(fact.Concept) {
		talks, err := f.talksAbout(mention{nodes: []graph.Node{n}})
		if err != nil {
			return nil, err
		}
		for i := range talks {
			if talks[i].score < TouchWeight && i > 2 {
				break
			}
			if err := g.add(n, &talks[i]); err != nil {
				return nil, err
			}
		}
		if len(talks) == 0 {
			continue
		}
		if err := f.relations(&g.list[len(g.list)-1], n.ID); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(g.list, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	return g.list, nil
}

// relations fills in broader, narrower and related concepts.
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

// compare answers with the concepts that the talks of all the names share.
func (f *finder) compare(r *reading) ([]Answered, error) {
	var shared []Answered
	first := true
	for _, m := range r.names {
		if m.nodes[0].Type == fact.Concept {
			continue
		}
		var talks []talk
		var err error
		if m.nodes[0].Type == fact.Talk {
			talks = []talk{{node: m.nodes[0], score: 1}}
		} else {
			one := &reading{names: []mention{m}}
			_, people, failed := f.peopleOf(one)
			if failed != nil {
				return nil, failed
			}
			if talks, err = f.talksOfPeople(people); err != nil {
				return nil, err
			}
		}
		concepts, err := f.conceptsOf(talks, r.kind)
		if err != nil {
			return nil, err
		}
		if first {
			shared, first = concepts, false
			continue
		}
		shared = intersect(shared, concepts)
	}
	return f.within(shared, r)
}

// intersect keeps the answers that are in both lists, with the evidence of both.
func intersect(a, b []Answered) []Answered {
	var both []Answered
	for _, x := range a {
		for _, y := range b {
			if x.Entity.ID == y.Entity.ID {
				x.Via = append(x.Via, y.Via...)
				x.Evidence = addPassages(x.Evidence, y.Evidence...)
				both = append(both, x)
			}
		}
	}
	return both
}

// within keeps concepts that are narrower than a concept which the question names
// ("long-context method"), when any is.
func (f *finder) within(answers []Answered, r *reading) ([]Answered, error) {
	wider := r.nodes(fact.Concept)
	if len(wider) == 0 {
		return answers, nil
	}
	var kept []Answered
	for _, n := range wider {
		below, err := f.narrower(n.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			if _, ok := below[a.Entity.ID]; ok && a.Entity.ID != n.ID {
				kept = append(kept, a)
			}
		}
	}
	return kept, nil
}

// pathLimit bounds the nodes that a search for a connection looks at.
const pathLimit = 20000

// path answers with the shortest connection of two names through talks, people,
// institutions and concepts.
func (f *finder) path(r *reading) ([]Answered, error) {
	from, to := r.names[0].nodes[0].ID, r.names[len(r.names)-1].nodes[0].ID
	came := map[string]graph.Edge{}
	seen := map[string]bool{from: true}
	frontier := []string{from}
	for len(frontier) > 0 && !seen[to] && len(seen) < pathLimit {
		var next []string
		for _, id := range frontier {
			edges, err := f.snapshot.Edges(f.ctx, id, graph.Both, fact.Performer, fact.Affiliation, fact.About, fact.Broader, fact.Related, fact.ParentOrganization)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				other := edge.Target
				if other == id {
					other = edge.Source
				}
				if !seen[other] {
					seen[other] = true
					came[other] = edge
					next = append(next, other)
				}
			}
		}
		frontier = next
	}
	if !seen[to] {
		return nil, nil
	}
	return f.walkBack(from, to, came)
}

func (f *finder) walkBack(from, to string, came map[string]graph.Edge) ([]Answered, error) {
	end, err := f.node(to)
	if err != nil {
		return nil, err
	}
	answer := Answered{Entity: describe(end)}
	for at := to; at != from; {
		edge := came[at]
		source, err := f.node(edge.Source)
		if err != nil {
			return nil, err
		}
		target, err := f.node(edge.Target)
		if err != nil {
			return nil, err
		}
		step := Step{Source: describe(source), Target: describe(target), Relation: edge.Predicate, Phrase: edge.Props[fact.PropPhrase], Evidence: nonNil(passages(edge.Evidence))}
		answer.Steps = append([]Step{step}, answer.Steps...)
		answer.Evidence = addPassages(answer.Evidence, step.Evidence...)
		if at == edge.Target {
			at = edge.Source
		} else {
			at = edge.Target
		}
	}
	return []Answered{answer}, nil
}
