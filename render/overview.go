package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/scene"
)

// overviewTalks is how many talks an overview draws beyond its limit of boxes:
// a programme is not cut in its middle.
const overviewTalks = 40

// overview draws the programme: event, sessions or half-days and talks with
// their speakers and themes, in order, and lists the themes that several share.
func (m *mapper) overview() {
	talks := m.scheduled(m.ofType(fact.Talk))
	m.overviewTitle()
	left := len(talks) - max(overviewTalks, m.request.Limit)
	if left > 0 {
		talks = talks[:len(talks)-left]
		m.diagram.Subtitle = joinWords(" · ", m.diagram.Subtitle, m.words.Choose(fmt.Sprintf("另有 %d 个报告未画出", left), fmt.Sprintf("%d more talks are not drawn", left)))
	}
	m.diagram.Ordered = true
	m.programme(talks)
	m.sharedThemes()
}

// programme draws event, sessions or half-days, and talks as a tree that is read
// in the order of the programme.
func (m *mapper) programme(talks []graph.Node) {
	frames := map[string]bool{}
	for _, t := range m.byFrame(talks) {
		id, label := m.frameOf(t)
		event := m.eventOf(t.ID)
		id = event + " " + id
		if event != "" && !m.drawn[event] {
			m.box(event, true)
		}
		if !frames[id] {
			frames[id] = true
			m.diagram.Nodes = append(m.diagram.Nodes, scene.Node{ID: id, Label: label, Shape: scene.Rectangle, Tint: eventTint})
			if event != "" {
				m.word(event, id, m.words.Choose("设有", "comprises"), graph.Edge{})
			}
		}
		m.box(t.ID, false).Detail = joinWords("\n", m.speakersOf(t.ID), m.themesOf(t.ID))
		m.word(id, t.ID, m.words.Choose("报告有", "has the talk"), m.firstOf(t.ID))
	}
}

// byFrame puts the talks of each frame together, the frames in the order of
// their first talks: sessions that run side by side are not mixed.
func (m *mapper) byFrame(talks []graph.Node) []graph.Node {
	var order []string
	members := map[string][]graph.Node{}
	for _, t := range talks {
		id, _ := m.frameOf(t)
		id = m.eventOf(t.ID) + " " + id
		if len(members[id]) == 0 {
			order = append(order, id)
		}
		members[id] = append(members[id], t)
	}
	var all []graph.Node
	for _, id := range order {
		all = append(all, members[id]...)
	}
	return all
}

// eventOf is the event of a talk, over its session; empty if there is none.
func (m *mapper) eventOf(id string) string {
	for range 2 {
		for _, k := range m.around[id] {
			if e := m.edges[k]; e.Source == id && e.Predicate == fact.SuperEvent {
				id = e.Target
				break
			}
		}
		if m.nodes[id].Type == fact.Event {
			return id
		}
	}
	return ""
}

func (m *mapper) ofType(t fact.Type) []graph.Node {
	var all []graph.Node
	for _, n := range m.nodes {
		if n.Type == t {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, fact.CompareEntities)
	return all
}

func partIndex(n graph.Node) int {
	return slices.Index([]string{fact.Morning, fact.Afternoon, fact.Evening}, n.Props[fact.PropPart])
}

// line is where a talk stands in its notes.
func (m *mapper) line(id string) int {
	for _, k := range m.around[id] {
		if e := m.edges[k]; e.Source == id && e.Predicate == fact.SuperEvent && len(e.Evidence) > 0 {
			return e.Evidence[0].Line
		}
	}
	return 0
}

// frameOf is the session of a talk, or its half-day.
func (m *mapper) frameOf(t graph.Node) (id, label string) {
	when := strings.TrimSpace(t.Props[fact.PropStartDate] + " " + m.words.Part(t.Props[fact.PropPart]))
	for _, k := range m.around[t.ID] {
		e := m.edges[k]
		if e.Source == t.ID && e.Predicate == fact.SuperEvent && m.nodes[e.Target].Type == fact.Session {
			return e.Target, strings.TrimSpace(m.words.Name(m.nodes[e.Target]) + "\n" + when)
		}
	}
	if when == "" {
		return "frame", m.words.Choose("报告", "Talks")
	}
	return "frame " + when, when
}

// speakersShown is how many speakers of one talk are named in its box.
const speakersShown = 3

// speakersOf lists a talk's speakers with their institutions.
func (m *mapper) speakersOf(talkID string) string {
	var all []string
	for _, k := range m.around[talkID] {
		e := m.edges[k]
		if e.Source != talkID || e.Predicate != fact.Performer {
			continue
		}
		text := m.words.Name(m.nodes[e.Target])
		if home := m.homeOf(e.Target); home != "" {
			text += " · " + home
		}
		all = append(all, text)
	}
	if more := len(all) - speakersShown; more > 0 {
		all = append(all[:speakersShown], m.words.Choose(fmt.Sprintf("等 %d 人", len(all)), fmt.Sprintf("and %d more", more)))
	}
	return strings.Join(all, "\n")
}

func (m *mapper) homeOf(person string) string {
	for _, k := range m.around[person] {
		if e := m.edges[k]; e.Source == person && e.Predicate == fact.Affiliation {
			return m.words.Name(m.nodes[e.Target])
		}
	}
	return ""
}

// themesPerTalk is how many concepts a talk of the programme is described with.
const themesPerTalk = 3

// themesOf names what a talk covers most of all, what sets it apart first.
func (m *mapper) themesOf(talkID string) string {
	var covered []graph.Edge
	for _, k := range m.around[talkID] {
		if e := m.edges[k]; e.Source == talkID && e.Predicate == fact.About {
			covered = append(covered, e)
		}
	}
	slices.SortStableFunc(covered, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(b.Weight*m.rarity(b.Target), a.Weight*m.rarity(a.Target)), cmp.Compare(a.Target, b.Target))
	})
	var names []string
	for _, e := range covered[:min(len(covered), themesPerTalk)] {
		names = append(names, m.words.Names(m.nodes[e.Target]).Label)
	}
	if len(names) == 0 {
		return ""
	}
	return m.words.Choose("讲到 ", "on ") + strings.Join(names, m.words.Separator())
}

// sharedThemes lists beside the map the concepts that bind the talks together,
// those in most talks first, with the number of talks.
func (m *mapper) sharedThemes() {
	type shared struct {
		node   graph.Node
		talks  int
		weight float64
	}
	var all []shared
	for _, n := range m.ofType(fact.Concept) {
		s := shared{node: n}
		for _, k := range m.around[n.ID] {
			if e := m.edges[k]; e.Predicate == fact.About && m.drawn[e.Source] {
				s.talks++
				s.weight += e.Weight
			}
		}
		if s.talks >= 2 {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b shared) int {
		return cmp.Or(cmp.Compare(b.talks, a.talks), cmp.Compare(b.weight, a.weight), cmp.Compare(a.node.ID, b.node.ID))
	})
	for _, s := range all[:min(len(all), parkingLimit)] {
		label := fmt.Sprintf("%s ×%d", m.words.Name(s.node), s.talks)
		m.diagram.Aside.Items = append(m.diagram.Aside.Items, scene.AsideItem{Label: label, Tooltip: m.quote(s.node.ID), Link: m.linkTo(s.node.ID)})
	}
	if len(all) > 0 {
		m.diagram.Aside.Title = m.words.Choose("贯穿多个报告的主题（报告数）", "Themes of several talks (number of talks)")
	}
}

func (m *mapper) overviewTitle() {
	var names []string
	for _, n := range m.ofType(fact.Event) {
		names = append(names, m.words.Name(n))
		if place := n.Props[fact.PropLocation]; place != "" || n.Props[fact.PropStartDate] != "" {
			m.diagram.Subtitle = strings.Trim(dates(n)+" · "+place, " ·")
		}
	}
	if len(names) > 1 {
		m.diagram.Subtitle = ""
	}
	if len(names) > 2 {
		names = append(names[:2], "…")
	}
	event := strings.Join(names, m.words.Separator())
	m.diagram.Title = m.words.Title(strings.TrimPrefix(event+"：谁讲了什么？", "："), strings.TrimPrefix(event+": who spoke about what?", ": "))
	if m.request.Question != "" {
		m.diagram.Title = m.request.Question
	}
}

// dates writes the days of an event.
func dates(n graph.Node) string {
	start, end := n.Props[fact.PropStartDate], n.Props[fact.PropEndDate]
	if end == "" || end == start {
		return start
	}
	return start + " – " + end
}
