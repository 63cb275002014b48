package render

import (
	"cmp"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/scene"
)

// scheduled returns talks in the order of the programme: by day, half-day and
// place in the notes.
func (m *mapper) scheduled(talks []graph.Node) []graph.Node {
	slices.SortStableFunc(talks, func(a, b graph.Node) int {
		return cmp.Or(cmp.Compare(a.Props[fact.PropStartDate], b.Props[fact.PropStartDate]),
			cmp.Compare(partIndex(a), partIndex(b)), cmp.Compare(m.line(a.ID), m.line(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return talks
}

// word draws an arrow whose sentence is the map's own reading of the order of things;
// the edge that it comes from gives the passage.
func (m *mapper) word(from, to, phrase string, e graph.Edge) {
	m.diagram.Edges = append(m.diagram.Edges, scene.Edge{From: from, To: to, Label: phrase, Tooltip: passageOf(e), Link: m.linkOf(e)})
}

// timeline draws the talks about the focus under the days on which they were
// given, the earliest first.
func (m *mapper) timeline() {
	m.diagram.Ordered = true
	days := map[string]bool{}
	for _, id := range m.request.Focus {
		m.box(id, true)
	}
	talks := m.scheduled(m.talksAbout(m.request.Focus))
	for _, t := range talks[:min(len(talks), overviewTalks)] {
		day := m.dayOf(t)
		if !days[day] {
			days[day] = true
			m.diagram.Nodes = append(m.diagram.Nodes, scene.Node{ID: day, Label: day, Shape: scene.Rectangle, Tint: eventTint})
			for _, id := range m.request.Focus {
				m.word(id, day, m.words.Choose("讲于", "was a subject on"), graph.Edge{})
			}
		}
		m.box(t.ID, false).Detail = m.speakersOf(t.ID)
		m.word(day, t.ID, m.words.Choose("报告有", "in the talk"), m.between(t.ID, m.request.Focus))
	}
	name := m.focusNames()
	m.title(m.words.Title(name+"：什么时候，谁讲过？", "When was "+name+" a subject, and whose?"))
}

// dayOf is the day of a talk with its event; the event alone without a day.
func (m *mapper) dayOf(t graph.Node) string {
	id := m.eventOf(t.ID)
	event, day := "", t.Props[fact.PropStartDate]
	if id != "" {
		event = m.words.Name(m.nodes[id])
		day = cmp.Or(day, dates(m.nodes[id]))
	}
	if day == "" && event == "" {
		return m.words.Choose("日期不详", "no date given")
	}
	return strings.TrimSpace(strings.Join([]string{day, event}, "\n"))
}

// talksAbout lists the talks that have an edge to one of the nodes, or are one.
func (m *mapper) talksAbout(ids []string) []graph.Node {
	var talks []graph.Node
	seen := map[string]bool{}
	add := func(id string) {
		if n := m.nodes[id]; n.Type == fact.Talk && !seen[id] {
			seen[id] = true
			talks = append(talks, n)
		}
	}
	for _, id := range ids {
		for _, k := range m.around[id] {
			add(m.edges[k].Source)
			add(m.edges[k].Target)
		}
	}
	return talks
}

// between is the first edge between a node and some others.
func (m *mapper) between(id string, others []string) graph.Edge {
	for _, k := range m.around[id] {
		e := m.edges[k]
		if slices.Contains(others, e.Source) || slices.Contains(others, e.Target) {
			return e
		}
	}
	return graph.Edge{}
}

// firstOf is the first edge of a node with a passage in notes.
func (m *mapper) firstOf(id string) graph.Edge {
	for _, k := range m.around[id] {
		if passageOf(m.edges[k]) != "" {
			return m.edges[k]
		}
	}
	return graph.Edge{}
}

// focusNames joins the names of the focus.
func (m *mapper) focusNames() string {
	var names []string
	for _, id := range m.request.Focus {
		names = append(names, m.words.Names(m.nodes[id]).Label)
	}
	return strings.Join(names, m.words.Choose("、", ", "))
}

// title sets the focus question unless the user asked one.
func (m *mapper) title(question string) {
	m.diagram.Title = cmp.Or(m.request.Question, question)
}
