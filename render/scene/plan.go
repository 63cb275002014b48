package scene

import (
	"fmt"
	"math"
	"slices"

	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
)

// Type sizes in points, and the greatest widths of texts.
const (
	nodeSize       = 12.5
	emphasisSize   = 16
	detailSize     = 10
	phraseSize     = 10.5
	groupSize      = 11
	nodeWidth      = 156
	longNodeWidth  = 230 // for labels that would take more than longNodeLines
	longNodeLines  = 3
	maxNodeLines   = 7
	detailWidth    = 200
	maxDetailLines = 8
	phraseWidth    = 110
	maxPhrase      = 4 // lines
)

// Room between a text and the outline around it.
const (
	paddingX      = 12
	paddingY      = 7
	phrasePadding = 3
)

// plan is a diagram measured and taken apart into what is laid out: nodes, and
// phrases, which are nodes for the layout too, so that it gives them room and
// leads the curves through them.
type plan struct {
	diagram  Diagram
	colors   colors
	set      setter
	engine   layout.Engine
	nodes    []plannedNode
	phrases  []phrase
	lines    []line
	groups   []plannedGroup
	warnings []Warning
}

// plannedNode is a node with its measured text.
type plannedNode struct {
	Node
	label  block
	detail block
	size   layout.Size
	group  int
}

// plannedGroup is a group with its measured name.
type plannedGroup struct {
	Group
	label  block
	parent int
}

// phrase is a label on the way of one or more edges.
type phrase struct {
	text  block
	size  layout.Size
	edges []int // indexes into diagram.Edges
	group int
}

// line is a curve between two places of the layout: first all nodes, then all
// phrases.
type line struct {
	from, to int
	edges    []int // the edges it is part of
	arrow    bool
	free     bool  // a cross-link
	label    block // a label that goes on the curve afterwards; usually none
}

// newPlan plans a diagram for an engine: in a layout by forces the phrases of
// cross-links are places like all others; in one by levels that would give them
// a say in the order of the levels.
func newPlan(diagram Diagram, colors colors, set setter, engine layout.Engine) *plan {
	p := &plan{diagram: diagram, colors: colors, set: set, engine: engine}
	groups := p.planGroups()
	places := make(map[string]int, len(diagram.Nodes))
	for i, node := range diagram.Nodes {
		places[node.ID] = i
		p.nodes = append(p.nodes, p.planNode(node, groups))
	}
	p.planEdges(places)
	return p
}

// size is what the layout counts against its limit.
func (p *plan) size() int { return len(p.nodes) + len(p.phrases) + len(p.lines) }

func (p *plan) warn(format string, arguments ...any) {
	p.warnings = append(p.warnings, Warning(fmt.Sprintf(format, arguments...)))
}

// planGroups measures the names and returns the index of each group.
func (p *plan) planGroups() map[string]int {
	indexes := map[string]int{"": layout.NoCluster}
	for i, group := range p.diagram.Groups {
		label := p.set.set(clean(group.Label), style{size: groupSize, weight: font.Bold}, longNodeWidth*2, 2)
		p.groups = append(p.groups, plannedGroup{group, label, indexes[group.Parent]})
		indexes[group.ID] = i
	}
	return indexes
}

// planNode breaks the texts of a node into lines and gives it its size.
func (p *plan) planNode(node Node, groups map[string]int) plannedNode {
	st := style{size: nodeSize, weight: font.Regular}
	if node.Emphasis {
		st = style{size: emphasisSize, weight: font.Bold}
	}
	text := clean(node.Label)
	if text == "" {
		text = "—"
	}
	label := p.set.set(text, st, nodeWidth, maxNodeLines)
	if len(label.lines) > longNodeLines {
		label = p.set.set(text, st, longNodeWidth, maxNodeLines)
	}
	if label.cut {
		p.warn("the label %q is too long for its box and was cut", oneLine(node.Label))
		if node.Tooltip == "" {
			node.Tooltip = oneLine(node.Label)
		}
	}
	detail := p.set.set(clean(node.Detail), style{size: detailSize, weight: font.Regular, list: true}, max(detailWidth, label.width()), maxDetailLines)
	size := outlineSize(node.Shape, max(label.width(), detail.width()), label.height()+detail.height())
	return plannedNode{node, label, detail, size, groups[node.Group]}
}

// outlineSize is the size of a shape around a text of the given size.
func outlineSize(shape Shape, width, height float64) layout.Size {
	size := layout.Size{Width: width + 2*paddingX, Height: height + 2*paddingY}
	switch shape {
	case Ellipse:
		size = layout.Size{Width: width*math.Sqrt2 + paddingX, Height: height*math.Sqrt2 + paddingY}
	case Pill:
		size.Width = width + max(2*paddingX, 0.9*size.Height)
	case Octagon, Sheet:
		size.Width += paddingX / 2
	case Plain:
		size = layout.Size{Width: width + paddingX, Height: height + paddingY}
	}
	size.Width = max(size.Width, size.Height) // nothing stands upright
	return size
}

// planEdges turns edges into lines and phrases. An edge with a label becomes a
// line to its phrase and an arrow from there; edges with the same label and one
// end in common share the phrase.
func (p *plan) planEdges(places map[string]int) {
	edges := p.diagram.Edges
	owner := p.shareLabels()
	phraseOf := make(map[int]int) // first edge that shares → index of the phrase
	for i, edge := range edges {
		from, to := places[edge.From], places[edge.To]
		label := clean(edge.Label)
		switch {
		case from == to:
			p.warn("%q points at itself; that edge is not drawn", oneLine(p.nodes[from].Label))
		case label == "":
			p.lines = append(p.lines, line{from: from, to: to, edges: []int{i}, arrow: !edge.Plain, free: edge.CrossLink})
		case edge.CrossLink && p.engine != layout.Sfdp:
			p.lines = append(p.lines, line{from: from, to: to, edges: []int{i}, arrow: !edge.Plain, free: true, label: p.measurePhrase(label)})
		default:
			first := owner[i]
			index, ok := phraseOf[first]
			if !ok {
				index = len(p.phrases)
				phraseOf[first] = index
				text := p.measurePhrase(label)
				p.phrases = append(p.phrases, phrase{text: text, size: phraseBox(text), group: commonGroup(p.nodes[from], p.nodes[to])})
			}
			p.threadPhrase(i, from, to, index)
		}
	}
}

// threadPhrase leads edge i through a phrase, sharing the lines that are there.
func (p *plan) threadPhrase(i, from, to, index int) {
	shared := &p.phrases[index]
	place := len(p.nodes) + index
	shared.edges = append(shared.edges, i)
	shared.group = narrowGroup(shared.group, commonGroup(p.nodes[from], p.nodes[to]))
	p.addLine(line{from: from, to: place, edges: []int{i}})
	p.addLine(line{from: place, to: to, edges: []int{i}, arrow: !p.diagram.Edges[i].Plain})
}

// addLine adds a line, or adds the edge to the line that already runs there.
func (p *plan) addLine(added line) {
	for i := range p.lines {
		known := &p.lines[i]
		if known.from == added.from && known.to == added.to && known.label.lines == nil {
			known.edges = append(known.edges, added.edges...)
			return
		}
	}
	p.lines = append(p.lines, added)
}

// shareLabels returns, for each edge, the first edge with which it shares its
// phrase: one with the same label, paint and beginning, or else the same end.
// Never both, or the drawing would say more than the diagram.
func (p *plan) shareLabels() []int {
	type key struct {
		end    string
		label  string
		dashed bool
		plain  bool
		tint   Tint
	}
	edges := p.diagram.Edges
	owner := make([]int, len(edges))
	bySource, byTarget := make(map[key][]int), make(map[key][]int)
	keyOf := func(e Edge, end string) key {
		return key{end, clean(e.Label), e.Dashed || e.CrossLink, e.Plain, e.Tint}
	}
	for i, edge := range edges {
		owner[i] = i
		if edge.CrossLink || clean(edge.Label) == "" {
			continue
		}
		source := keyOf(edge, edge.From)
		bySource[source] = append(bySource[source], i)
	}
	for i, edge := range edges {
		if edge.CrossLink || clean(edge.Label) == "" {
			continue
		}
		if together := bySource[keyOf(edge, edge.From)]; len(together) > 1 {
			owner[i] = together[0]
			continue
		}
		target := keyOf(edge, edge.To)
		byTarget[target] = append(byTarget[target], i)
		owner[i] = byTarget[target][0]
	}
	return owner
}

func (p *plan) measurePhrase(text string) block {
	result := p.set.set(text, style{size: phraseSize, weight: font.Regular}, phraseWidth, maxPhrase)
	if result.cut {
		p.warn("the phrase %q is too long for the drawing and was cut", oneLine(text))
	}
	return result
}

func phraseBox(text block) layout.Size {
	return layout.Size{Width: text.width() + 2*phrasePadding, Height: text.height() + 2}
}

// commonGroup is the group in which both nodes stand, or none.
func commonGroup(a, b plannedNode) int { return narrowGroup(a.group, b.group) }

func narrowGroup(a, b int) int {
	if a == b {
		return a
	}
	return layout.NoCluster
}

// paintOf returns dash and tint of a line from the edges it is part of.
func (p *plan) paintOf(l line) (dashed bool, tint Tint) {
	first := p.diagram.Edges[l.edges[0]]
	return first.Dashed || first.CrossLink, first.Tint
}

// levels groups the nodes by their level, the lowest number first.
func (p *plan) levels() [][]int {
	byLevel := make(map[int][]int)
	var numbers []int
	for i, node := range p.nodes {
		if node.Level == 0 {
			continue
		}
		if byLevel[node.Level] == nil {
			numbers = append(numbers, node.Level)
		}
		byLevel[node.Level] = append(byLevel[node.Level], i)
	}
	slices.Sort(numbers)
	var levels [][]int
	for _, number := range numbers {
		levels = append(levels, byLevel[number])
	}
	return levels
}
