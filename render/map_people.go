package render

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/render/scene"
)

// peopleLimit is how many people a map of people draws at most by itself.
const peopleLimit = 40

// people draws the institutions with their people, and the talks these gave; the
// institutions with most people come first.
func (m *mapper) people() {
	m.diagram.Direction, m.diagram.Ordered = scene.Right, true
	limit := max(m.request.Limit, peopleLimit)
	persons := 0
	for _, home := range m.homes() {
		for _, k := range home.members {
			e := m.edges[k]
			if persons == limit && !m.drawn[e.Source] {
				m.diagram.Subtitle = m.words.Choose("另有人物未画出", "more people are not drawn")
				continue
			}
			if !m.drawn[home.id] {
				m.box(home.id, slices.Contains(m.request.Focus, home.id))
			}
			if !m.drawn[e.Source] {
				persons++
				m.box(e.Source, slices.Contains(m.request.Focus, e.Source))
				m.given(e.Source)
			}
			phrase, _ := m.words.Inverse(e)
			m.word(home.id, e.Source, phrase, e)
		}
	}
	m.title(m.words.Title("谁来自哪里，讲了什么？", "Who is from where, and spoke about what?"))
}

// given draws the talks of a person.
func (m *mapper) given(person string) {
	for _, k := range m.around[person] {
		e := m.edges[k]
		if e.Predicate != fact.Performer {
			continue
		}
		if !m.drawn[e.Source] {
			m.box(e.Source, false)
		}
		phrase, _ := m.words.Inverse(e)
		m.word(person, e.Source, phrase, e)
	}
}

// home is an institution with the edges to its people.
type home struct {
	id      string
	members []int
}

// homes lists the institutions with people in the map: near the focus where
// there is one.
func (m *mapper) homes() []home {
	var all []home
	for _, n := range m.ofType(fact.Organization) {
		h := home{id: n.ID}
		for _, k := range m.around[n.ID] {
			e := m.edges[k]
			if e.Predicate == fact.Affiliation && e.Target == n.ID && m.wanted(n.ID, e.Source) {
				h.members = append(h.members, k)
			}
		}
		if len(h.members) > 0 {
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b home) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.id, b.id))
	})
	return all
}

// wanted holds for a person who is in the focus, works at it or spoke about it.
func (m *mapper) wanted(institution, person string) bool {
	if len(m.request.Focus) == 0 || slices.Contains(m.request.Focus, institution) || slices.Contains(m.request.Focus, person) {
		return true
	}
	return slices.ContainsFunc(m.talksAbout([]string{person}), func(talk fact.Entity) bool {
		return slices.Contains(m.request.Focus, talk.ID) || passageOf(m.between(talk.ID, m.request.Focus)) != ""
	})
}
