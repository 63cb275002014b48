package ask

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// people returns the IDs of the people whose talks are meant: the persons that are
// named, and the members of the institutions; limited is false where none is named.
// Persons beside institutions are those of them who belong to one.
func (f *finder) people() (ids []string, limited bool, err error) {
	edges, organizations, err := f.members()
	if err != nil {
		return nil, false, err
	}
	persons, err := f.actors(fact.Person)
	if err != nil {
		return nil, false, err
	}
	for _, n := range persons {
		ids = append(ids, n.ID)
	}
	var members []string
	for _, edge := range edges {
		members = append(members, edge.Source)
	}
	switch {
	case len(persons) == 0:
		ids = members
	case organizations > 0:
		if kept := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(members, id) }); len(kept) > 0 {
			ids = kept
		} else {
			ids = append(ids, members...)
		}
	}
	return ids, len(f.query.with(RoleActor)) > 0, nil
}

// members returns the affiliation edges to the institutions that are named, with
// their parts, and how many institutions there are.
func (f *finder) members() ([]graph.Edge, int, error) {
	organizations, err := f.actors(fact.Organization)
	if err != nil {
		return nil, 0, err
	}
	var edges []graph.Edge
	for _, n := range organizations {
		more, err := f.membersOf(n.ID, 0)
		if err != nil {
			return nil, 0, err
		}
		edges = append(edges, more...)
	}
	return edges, len(organizations), nil
}

// partDepth is how far the parts of institutions are followed.
const partDepth = 3

func (f *finder) membersOf(id string, depth int) ([]graph.Edge, error) {
	edges, err := f.in(id, fact.Affiliation)
	if err != nil || depth > partDepth {
		return edges, err
	}
	parts, err := f.in(id, fact.ParentOrganization)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		more, err := f.membersOf(part.Source, depth+1)
		if err != nil {
			return nil, err
		}
		edges = append(edges, more...)
	}
	return edges, nil
}

// ofActors returns the talks of the people that the query names, and whether it names any.
func (f *finder) ofActors() ([]talk, bool, error) {
	people, limited, err := f.people()
	if err != nil || !limited {
		return nil, false, err
	}
	talks, err := f.talksOf(people)
	return talks, true, err
}

// talksOf returns the talks that people gave.
func (f *finder) talksOf(people []string) ([]talk, error) {
	var talks []talk
	for _, person := range people {
		edges, err := f.in(person, fact.Performer)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			node, err := f.node(edge.Source)
			if err != nil {
				return nil, err
			}
			talks = unite(talks, []talk{{node: node, score: 1, evidence: edge.Evidence}})
		}
	}
	return talks, nil
}

// whereFrom answers with the institutions of persons, or the people of institutions.
func (f *finder) whereFrom() ([]Answered, error) {
	persons, err := f.actors(fact.Person)
	if err != nil {
		return nil, err
	}
	if len(persons) > 0 {
		return f.institutionsOf(persons)
	}
	switch {
	case len(f.query.with(RoleScope)) == 0 && f.byTopic():
		return nil, nil // a thing has no institution
	case len(f.query.with(RoleActor)) == 0:
		return f.project(fact.Organization)
	}
	return f.peopleFrom()
}

func (f *finder) institutionsOf(persons []graph.Node) ([]Answered, error) {
	g := f.newGroup()
	for _, person := range persons {
		edges, err := f.out(person.ID, fact.Affiliation)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			if f.query.Position != "" && !holdsPosition(edge.Props[fact.PropJobTitle], f.query.Position) {
				continue
			}
			n, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			if err := g.add(n, nil, edge.Evidence...); err != nil {
				return nil, err
			}
			g.list[g.byID[n.ID]].JobTitle = edge.Props[fact.PropJobTitle]
		}
	}
	return g.list, nil
}

// peopleFrom answers with the people of the institutions, with their talks.
func (f *finder) peopleFrom() ([]Answered, error) {
	edges, _, err := f.members()
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for _, edge := range edges {
		if f.query.Position != "" && !holdsPosition(edge.Props[fact.PropJobTitle], f.query.Position) {
			continue
		}
		n, err := f.node(edge.Source)
		if err != nil {
			return nil, err
		}
		talks, err := f.talksOf([]string{n.ID})
		if err != nil {
			return nil, err
		}
		talks = slices.DeleteFunc(talks, func(t talk) bool { return !f.query.Format.fits(t.node) })
		if f.query.Speakers && len(talks) == 0 {
			continue // somebody who only hosts gave no talk
		}
		byDay(talks)
		for i := range talks {
			if err := g.add(n, &talks[i], edge.Evidence...); err != nil {
				return nil, err
			}
		}
		if len(talks) == 0 {
			if err := g.add(n, nil, edge.Evidence...); err != nil {
				return nil, err
			}
		}
	}
	return g.list, nil
}

// isHome reports whether an institution is of the kind that the query limits to.
// What is named as no place of learning or research counts as a company.
func (f *finder) isHome(n graph.Node) bool {
	named := func(words ...string) bool {
		return slices.ContainsFunc(append([]string{n.Label}, n.Aliases...), func(name string) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
		})
	}
	university := named("大学", "学院", "University", "College", "Institute of Technology", "School of", "Universidad", "Université", "Universität")
	switch f.query.HomeKind {
	case HomeUniversity:
		return university
	case HomeCompany:
		return !university && !named("科学院", "工程院", "研究院", "研究所", "学会", "协会", "委员会", "实验室", "中心", "基金会", "医院",
			"Academy", "Institute", "Society", "Association", "Committee", "Foundation", "Laboratory", "Hospital", "Ministry", "Observatory")
	default:
		return true
	}
}

// fits reports whether a person has the position, and an institution of the kind, of
// the query.
func (f *finder) fits(person string) (bool, error) {
	if ok, err := f.hasHome(person); err != nil || !ok {
		return false, err
	}
	return f.hasPosition(person)
}

// hasHome reports whether a person has an institution of the kind of the query.
func (f *finder) hasHome(person string) (bool, error) {
	if f.query.HomeKind == "" || f.query.Want == fact.Organization {
		return true, nil
	}
	edges, err := f.out(person, fact.Affiliation)
	if err != nil {
		return false, err
	}
	for _, edge := range edges {
		n, err := f.node(edge.Target)
		if err != nil || f.isHome(n) {
			return err == nil, err
		}
	}
	return false, nil
}
