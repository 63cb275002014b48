package ask

import (
	"cmp"
	"math"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// compare answers with the concepts that the names share, or that one has and the
// others lack.
func (f *finder) compare() ([]Answered, error) {
	names := slices.Concat(f.query.with(RoleActor), f.query.with(RoleScope))
	side := f.conceptsFor
	if len(names) < 2 {
		names, side = f.query.with(RoleTopic), f.surroundings
	}
	sides := make([][]Answered, len(names))
	for i, name := range names {
		var err error
		if sides[i], err = side(name); err != nil {
			return nil, err
		}
	}
	var answers []Answered
	switch f.query.Comparison {
	case CompareOnly:
		answers = lackedBy(sides, 0, names[0].Text)
	case CompareDifference:
		for i := range sides {
			answers = append(answers, lackedBy(sides, i, names[i].Text)...)
		}
		slices.SortStableFunc(answers, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	default:
		answers = shared(sides)
		if err := f.rareFirst(answers); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// rareFirst sorts what several talks share: what few others have says more.
func (f *finder) rareFirst(answers []Answered) error {
	for i := range answers {
		if answers[i].Entity.Type != fact.Concept {
			continue
		}
		edges, err := f.in(answers[i].Entity.ID, fact.About)
		if err != nil {
			return err
		}
		answers[i].score /= math.Log2(float64(2 + len(edges)))
	}
	slices.SortStableFunc(answers, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	return nil
}

// conceptsFor returns what the talks of one name are about. Where the question is
// what names have in common, whatever it be, their talks and institutions count too.
func (f *finder) conceptsFor(name Name) ([]Answered, error) {
	one := *f
	one.query = Query{Names: append([]Name{name}, f.query.with(RoleUnder)...), Time: f.query.Time, Kind: f.query.Kind, Format: f.query.Format}
	talks, err := one.selected()
	if err != nil {
		return nil, err
	}
	concepts, err := one.concepts(talks)
	if err != nil || f.query.Comparison != CompareCommon || f.query.Want != "" || f.query.Kind != "" || len(f.query.with(RoleUnder)) > 0 {
		return concepts, err
	}
	around, err := one.asAnswers(talks)
	if err != nil {
		return nil, err
	}
	persons, err := one.actors(fact.Person)
	if err != nil {
		return nil, err
	}
	homes, err := one.institutionsOf(persons)
	if err != nil {
		return nil, err
	}
	around = append(homes, around...)
	for i := range around {
		around[i].score = sharedScore
	}
	return append(around, concepts...), nil
}

// sharedScore is above that of every concept: a shared talk or institution says most.
const sharedScore = 2

// surroundings returns the concepts beside a concept, and the talks about it.
func (f *finder) surroundings(name Name) ([]Answered, error) {
	talks, err := f.talksAbout(name.IDs)
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for _, id := range name.IDs {
		edges, err := f.snapshot.Edges(f.ctx, id, graph.Both, fact.Broader, fact.Related)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			other := edge.Target
			if other == id {
				other = edge.Source
			}
			n, err := f.node(other)
			if err != nil {
				return nil, err
			}
			if err := g.add(n, nil, edge.Evidence...); err != nil {
				return nil, err
			}
			g.list[g.byID[n.ID]].score = 1
		}
	}
	for i := range talks {
		if err := g.addTalk(&talks[i]); err != nil {
			return nil, err
		}
	}
	return g.list, nil
}

// shared returns the answers that are on all sides, with the evidence of all.
func shared(sides [][]Answered) []Answered {
	common := sides[0]
	for _, side := range sides[1:] {
		var both []Answered
		for _, a := range common {
			if k := find(side, a); k >= 0 {
				a.Via = append(slices.Clone(a.Via), side[k].Via...)
				a.Evidence = addPassages(slices.Clone(a.Evidence), side[k].Evidence...)
				a.score = min(a.score, side[k].score)
				both = append(both, a)
			}
		}
		common = both
	}
	return common
}

// lackedBy returns the answers of one side that no other side has.
func lackedBy(sides [][]Answered, of int, label string) []Answered {
	var only []Answered
	for _, a := range sides[of] {
		lacked := true
		for i, side := range sides {
			lacked = lacked && (i == of || find(side, a) < 0)
		}
		if lacked {
			a.Only = label
			only = append(only, a)
		}
	}
	return only
}

func find(side []Answered, a Answered) int {
	return slices.IndexFunc(side, func(b Answered) bool { return a.Entity.ID == b.Entity.ID })
}
