package render

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// Columns of a comparison, from left to right.
const (
	onlyFirst = 1 + iota
	firstColumn
	sharedColumn
	secondColumn
	onlySecond
)

// comparable holds for two nodes of one type that could be set side by side.
func (m *mapper) comparable() bool {
	if len(m.request.Focus) != 2 || m.request.Focus[0] == m.request.Focus[1] {
		return false
	}
	first, second := m.nodes[m.request.Focus[0]], m.nodes[m.request.Focus[1]]
	return first.ID != "" && first.Type == second.Type && first.Type != fact.Event
}

// comparison sets two nodes side by side: what they share between them, what
// each has alone outside.
func (m *mapper) comparison() {
	m.diagram.Direction = scene.Right
	first, second := m.request.Focus[0], m.request.Focus[1]
	m.box(first, true).Level = firstColumn
	m.box(second, true).Level = secondColumn
	left, right := m.beside(first), m.beside(second)
	each := max(2, (m.request.Limit-2)/3)
	var common, onlyLeft, onlyRight []string
	for id := range left {
		if _, both := right[id]; both {
			common = append(common, id)
		} else if id != second {
			onlyLeft = append(onlyLeft, id)
		}
	}
	for id := range right {
		if _, both := left[id]; !both && id != first {
			onlyRight = append(onlyRight, id)
		}
	}
	m.column(common, sharedColumn, each, left, right)
	m.column(onlyLeft, onlyFirst, each, left)
	m.column(onlyRight, onlySecond, each, right)
	for k, e := range m.edges {
		if e.Source == first && e.Target == second || e.Source == second && e.Target == first {
			m.arrow(m.edges[k], true)
		}
	}
	if len(common) == 0 {
		m.diagram.Subtitle = m.words.Choose("笔记中没有共同之处", "the notes name nothing that they share")
	}
	names := [2]string{m.words.Names(m.nodes[first]).Label, m.words.Names(m.nodes[second]).Label}
	m.title(m.words.Title(wording.Spaced(names[0], "与", names[1], "有何异同？"), "What do "+names[0]+" and "+names[1]+" share?"))
}

// column draws the strongest of some nodes with their edges, and parks the others.
func (m *mapper) column(ids []string, level, limit int, sides ...map[string]int) {
	strongest := func(id string) float64 {
		sum := 0.0
		for _, side := range sides {
			sum += strength(m.edges[side[id]]) * m.rarity(id)
		}
		return sum
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(strongest(b), strongest(a)), cmp.Compare(a, b)) })
	for _, id := range ids[:min(limit, len(ids))] {
		m.box(id, false).Level = level
		for _, side := range sides {
			m.rightward(m.edges[side[id]])
		}
	}
	var rest []reached
	for _, id := range ids[min(limit, len(ids)):] {
		rest = append(rest, reached{id: id})
	}
	m.parking(rest)
}

// rightward draws an edge as a sentence that is read from left to right, if the
// notes' own words do not run the other way.
func (m *mapper) rightward(e graph.Edge) {
	from, to, phrase := e.Source, e.Target, m.words.Phrase(e)
	against := m.levelOf(from) > m.levelOf(to)
	if inverse, ok := m.words.Inverse(e); against && ok {
		from, to, phrase, against = e.Target, e.Source, inverse, false
	}
	m.diagram.Edges = append(m.diagram.Edges, scene.Edge{From: from, To: to, Label: phrase, CrossLink: against,
		Dashed: against || passageOf(e) == "", Tooltip: passageOf(e), Link: m.linkOf(e)})
}

func (m *mapper) levelOf(id string) int {
	return m.diagram.Nodes[slices.IndexFunc(m.diagram.Nodes, func(n scene.Node) bool { return n.ID == id })].Level
}

// beside lists the neighbours of a node, each with the strongest edge to it.
func (m *mapper) beside(id string) map[string]int {
	best := map[string]int{}
	for _, k := range m.around[id] {
		e := m.edges[k]
		other := e.Target
		if other == id {
			other = e.Source
		}
		if t := m.nodes[other].Type; t == fact.Event || t == fact.Session || t == fact.Document {
			continue
		}
		if old, known := best[other]; !known || strength(e) > strength(m.edges[old]) {
			best[other] = k
		}
	}
	return best
}

// rarity takes interest off what is near everything, for it tells nothing apart.
func (m *mapper) rarity(id string) float64 { return 1 / (1 + float64(len(m.around[id]))/20) }
