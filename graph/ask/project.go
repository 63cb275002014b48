package ask

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// project answers with the entities of a type that the selected talks lead to.
func (f *finder) project(want fact.Type) ([]Answered, error) {
	talks, err := f.selected()
	if err != nil {
		return nil, err
	}
	switch want {
	case fact.Person:
		return f.speakers(talks)
	case fact.Organization:
		return f.homes(talks)
	case fact.Concept:
		return f.concepts(talks)
	case fact.Session, fact.Event:
		return f.above(talks, want)
	default:
		return f.asAnswers(talks)
	}
}

// namesTalks reports whether the query says which talks it means, so that one without
// a speaker answers itself; of a day or a session one asks for the speakers there are.
func (f *finder) namesTalks() bool {
	scopes := f.query.with(RoleScope)
	return f.byTopic() || f.query.Order != 0 || len(scopes) > 0 && !slices.ContainsFunc(scopes, func(n Name) bool {
		return slices.ContainsFunc(n.IDs, func(id string) bool { return !strings.HasPrefix(id, "talk/") })
	})
}

// byTopic reports whether the evidence of talks shows what they are about.
func (f *finder) byTopic() bool { return len(f.query.with(RoleTopic)) > 0 }

// speakers answers with those who gave the talks. A talk without a speaker answers
// itself where it is about what was asked.
func (f *finder) speakers(talks []talk) ([]Answered, error) {
	members, limited, err := f.people()
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for i := range talks {
		if g.enough() {
			break
		}
		edges, err := f.out(talks[i].node.ID, fact.Performer)
		if err != nil {
			return nil, err
		}
		if len(edges) == 0 && f.namesTalks() {
			if err := g.addTalk(&talks[i]); err != nil {
				return nil, err
			}
		}
		for _, edge := range edges {
			if limited && !slices.Contains(members, edge.Target) {
				continue
			}
			if ok, err := f.fits(edge.Target); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
			person, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			t := talks[i]
			if !f.byTopic() {
				t.evidence = edge.Evidence
			}
			if err := g.add(person, &t); err != nil {
				return nil, err
			}
		}
	}
	return g.list, nil
}

// homes answers with the institutions of those who gave the talks.
func (f *finder) homes(talks []talk) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		if g.enough() {
			break
		}
		edges, err := f.out(talks[i].node.ID, fact.Performer)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			homes, err := f.out(edge.Target, fact.Affiliation)
			if err != nil {
				return nil, err
			}
			for _, home := range homes {
				n, err := f.node(home.Target)
				if err != nil {
					return nil, err
				}
				t := talks[i]
				if !f.byTopic() {
					t.evidence = nil
				}
				if !f.isHome(n) {
					continue
				}
				if err := g.add(n, &t, home.Evidence...); err != nil {
					return nil, err
				}
			}
		}
	}
	return g.list, nil
}

// above answers with the sessions or events that the talks belong to.
func (f *finder) above(talks []talk, want fact.Type) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		edges, err := f.out(talks[i].node.ID, fact.SuperEvent)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			n, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			if n.Type == want || want == fact.Session && n.Type == fact.Event && len(edges) == 1 {
				if err := g.add(n, &talks[i], edge.Evidence...); err != nil {
					return nil, err
				}
			}
		}
	}
	return g.list, nil
}

// asAnswers answers with the talks themselves.
func (f *finder) asAnswers(talks []talk) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		if g.enough() {
			break
		}
		var speakers []graph.Evidence
		if len(talks[i].evidence) == 0 || !f.byTopic() {
			edges, err := f.out(talks[i].node.ID, fact.Performer)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				speakers = append(speakers, edge.Evidence...)
			}
		}
		if err := g.addTalk(&talks[i], speakers...); err != nil {
			return nil, err
		}
	}
	return g.list, nil
}

// concepts answers with what the talks are about, of the kind that is asked for.
func (f *finder) concepts(talks []talk) ([]Answered, error) {
	under, limited, err := f.under(talks)
	if err != nil {
		return nil, err
	}
	talks = f.aboutEnough(talks)
	g := f.newGroup()
	for i := range talks {
		edges, err := f.out(talks[i].node.ID, fact.About)
		if err != nil {
			return nil, err
		}
		if err := f.load(targets(edges)); err != nil {
			return nil, err
		}
		for _, edge := range edges {
			n, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			if limited && !under[n.ID] || !f.isKind(n, limited) || f.isTopic(n.ID) {
				continue
			}
			t := talk{node: talks[i].node, score: conceptScore(edge, n), evidence: edge.Evidence}
			if err := g.add(n, &t); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(g.list, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	return g.list, nil
}

// aboutEnough leaves out the talks that only touch the topics, unless all do: what
// is used for a thing is named in the talks about it.
func (f *finder) aboutEnough(talks []talk) []talk {
	kept := slices.DeleteFunc(slices.Clone(talks), func(t talk) bool { return t.score < TouchScore })
	if !f.byTopic() || len(kept) == 0 {
		return talks
	}
	return kept
}

// isTopic reports whether the query names an entity as a topic.
func (f *finder) isTopic(id string) bool {
	return slices.ContainsFunc(f.query.with(RoleTopic), func(n Name) bool { return slices.Contains(n.IDs, id) })
}

// conceptScore ranks the concepts of a talk: those it dwells on first, and what a line
// begins with before what only stands within lines, however many.
func conceptScore(e graph.Edge, n graph.Node) float64 {
	var support, best float64
	for _, evidence := range e.Evidence {
		prominence := graph.Prominence(evidence, n)
		support += prominence
		best = max(best, prominence)
	}
	return e.Weight * (1 + best) / 2 * support / (0.5 + support)
}

func targets(edges []graph.Edge) []string {
	ids := make([]string, len(edges))
	for i, e := range edges {
		ids[i] = e.Target
	}
	return ids
}

// isKind reports whether a concept is of the kind that is asked for. One whose kind
// nobody knows counts where the question says what it belongs to.
func (f *finder) isKind(n graph.Node, limited bool) bool {
	kind := n.Props[fact.PropKind]
	return f.query.Kind == "" || f.query.Kind == kindVariant || kind == f.query.Kind || limited && (kind == "" || f.query.Kind == kindMethod)
}

// under returns the concepts below those that the wanted ones must belong to, and
// what the talks list beneath them; limited is false where any concept will do.
func (f *finder) under(talks []talk) (ids map[string]bool, limited bool, err error) {
	ids = map[string]bool{}
	for _, name := range f.query.with(RoleUnder) {
		limited = true
		for _, id := range name.IDs {
			below, err := f.narrower(id)
			if err != nil {
				return nil, false, err
			}
			for narrow := range below { // a part of several names stands for what bears them
				ids[narrow] = ids[narrow] || narrow != id || len(name.IDs) > 1
			}
			for _, t := range talks {
				items, err := f.listedBelow(t.node.ID, id)
				if err != nil {
					return nil, false, err
				}
				for _, item := range items {
					ids[item.Target] = true
				}
			}
		}
	}
	if limited && !slices.Contains(slices.Collect(maps.Values(ids)), true) {
		err = f.namedAfter(talks, ids)
	}
	return ids, limited, err
}

// namedAfter adds the concepts of the talks whose names hold the name of what they must
// belong to: 多模态大模型 for the models of 多模态.
func (f *finder) namedAfter(talks []talk, ids map[string]bool) error {
	for _, name := range f.query.with(RoleUnder) {
		for _, t := range talks {
			edges, err := f.out(t.node.ID, fact.About)
			if err != nil {
				return err
			}
			for _, edge := range edges {
				n, err := f.node(edge.Target)
				if err != nil {
					return err
				}
				ids[n.ID] = ids[n.ID] || !slices.Contains(name.IDs, n.ID) && strings.Contains(fact.Key(n.Label), fact.Key(name.Text))
			}
		}
	}
	return nil
}

// aboutWhom answers with the talks of people or institutions and then with the
// concepts they are about, of the kind that is asked for.
func (f *finder) aboutWhom() ([]Answered, error) {
	talks, err := f.selected()
	if err != nil {
		return nil, err
	}
	if f.byTopic() && f.query.Want != fact.Concept {
		return f.asAnswers(talks)
	}
	if f.byTopic() && f.query.Kind == kindMethod { // what the talk lists below the topic, if it does
		if listed, err := f.belowTopics().project(fact.Concept); err != nil || len(listed) > 0 {
			return listed, err
		}
	}
	var answers []Answered
	if f.query.Want != fact.Concept || f.query.Kind == "" && len(f.query.with(RoleUnder)) == 0 {
		if answers, err = f.asAnswers(talks); err != nil || f.query.Want == fact.Talk {
			return answers, err
		}
	}
	concepts, err := f.concepts(talks)
	return append(answers, concepts...), err
}

// namesEvents reports whether the query names events and nothing else.
func (f *finder) namesEvents() bool {
	return len(f.query.Names) > 0 && !slices.ContainsFunc(f.query.Names, func(n Name) bool {
		return n.Role != RoleScope || slices.ContainsFunc(n.IDs, func(id string) bool { return !strings.HasPrefix(id, "event/") })
	})
}

// when answers with talks, which show their day.
func (f *finder) when() ([]Answered, error) {
	talks, err := f.selected()
	if err != nil {
		return nil, err
	}
	if f.namesEvents() { // of an event the day is asked for, not those of all its talks
		talks = nil
	}
	for _, name := range f.query.with(RoleScope) {
		for _, id := range name.IDs {
			n, err := f.node(id)
			if err != nil {
				return nil, err
			}
			if n.Type != fact.Talk {
				talks = append([]talk{{node: n, score: 1}}, talks...)
			}
		}
	}
	return f.asAnswers(talks)
}
