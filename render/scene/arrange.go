package scene

import (
	"cmp"
	"math"

	"talkgraph/render/layout"
)

// arrangement is the plan in one variant as the layout sees it, and the way back
// from the positions of the layout to those of all nodes and lines.
type arrangement struct {
	variant
	graph  layout.Graph
	plan   *plan
	stacks []shapedStack
	node   []int // place → node of the graph; that of its stack for a member
	edge   []int // line → edge of the graph; -1 for a line into a stack
}

// placement is where everything of a plan goes.
type placement struct {
	layout.Positions
	sizes  []layout.Size // of the nodes
	routed []bool        // lines that end at the outlines of their nodes already
}

// arrange makes the graph for a variant.
func (p *plan) arrange(v variant) *arrangement {
	a := &arrangement{variant: v, plan: p, graph: p.emptyGraph(v)}
	stackOf := make(map[int]int) // node → its stack
	if v.rows > 0 {
		for i, s := range p.stacks() {
			a.stacks = append(a.stacks, p.shape(s, v.rows, v.direction))
			for _, member := range s.members {
				stackOf[member] = i
			}
		}
	}
	a.addNodes(stackOf)
	a.addEdges(stackOf)
	for _, level := range p.levels() {
		nodes := make([]int, len(level))
		for i, place := range level {
			nodes[i] = a.node[place]
		}
		a.graph.Levels = append(a.graph.Levels, nodes)
	}
	return a
}

// emptyGraph is a graph with the settings of a variant and the frames of the plan.
func (p *plan) emptyGraph(v variant) layout.Graph {
	g := layout.Graph{Direction: v.direction, Ordered: p.diagram.Ordered, Abreast: v.abreast, NodeGap: nodeGap * v.spread, LevelGap: levelGap * v.spread}
	if v.direction == layout.Right {
		g.LevelGap = levelGapRight * v.spread
	}
	for _, group := range p.groups {
		label := layout.Size{Width: group.label.width() + 8, Height: group.label.height() + 6}
		g.Clusters = append(g.Clusters, layout.Cluster{Parent: group.parent, Label: label})
	}
	return g
}

func (a *arrangement) addNodes(stackOf map[int]int) {
	p := a.plan
	boxOf := make(map[int]int) // stack → its node in the graph
	for i, node := range p.nodes {
		size, shape := node.size, layout.Box
		if s, stacked := stackOf[i]; stacked {
			if box, known := boxOf[s]; known {
				a.node = append(a.node, box)
				continue
			}
			boxOf[s] = len(a.graph.Nodes)
			size = a.stacks[s].size
		} else if node.Shape == Ellipse {
			shape = layout.Ellipse
		}
		a.node = append(a.node, len(a.graph.Nodes))
		size = layout.Size{Width: size.Width + 2*clearance, Height: size.Height + 2*clearance}
		a.graph.Nodes = append(a.graph.Nodes, layout.Node{Size: size, Shape: shape, Cluster: node.group})
	}
	for _, phrase := range p.phrases {
		a.node = append(a.node, len(a.graph.Nodes))
		a.graph.Nodes = append(a.graph.Nodes, layout.Node{Size: phrase.size, Cluster: phrase.group})
	}
}

// stackedLevels is how many levels a node with a stack takes: node, phrase, stack.
const stackedLevels = 4

// spineWeight is how much the lines into a stack want to be straight.
const spineWeight = 6

func (a *arrangement) addEdges(stackOf map[int]int) {
	p := a.plan
	lengths := p.staggered(a.stagger)
	tied := make(map[int]bool)  // stacks with an edge
	hangs := make(map[int]bool) // places with a stack
	for _, s := range a.stacks {
		hangs[s.from] = true
	}
	leads := make(map[int]bool) // places that lead to those
	for _, l := range p.lines {
		leads[l.from] = leads[l.from] || hangs[l.to]
	}
	for i, l := range p.lines {
		s, stacked := stackOf[l.to]
		if stacked {
			a.edge = append(a.edge, -1)
			if tied[s] {
				continue
			}
			tied[s] = true
		} else {
			a.edge = append(a.edge, len(a.graph.Edges))
		}
		edge := layout.Edge{From: a.node[l.from], To: a.node[l.to], Free: l.free, MinLength: lengths[i], Weight: 1}
		if len(a.stacks) > 0 && lengths[i] > 1 {
			edge.MinLength = 1
			if leads[l.to] {
				edge.MinLength += (lengths[i] - 1) * stackedLevels
			}
		}
		if !l.free && (l.from >= len(p.nodes) || l.to >= len(p.nodes)) {
			edge.Weight = 2 // the two halves of a sentence stay in one line
		}
		if stacked {
			edge.Weight, edge.MinLength = spineWeight, 1
		} else if hangs[l.to] {
			edge.Weight = spineWeight
		}
		a.graph.Edges = append(a.graph.Edges, edge)
	}
}

// expand gives every node and every line of the plan its place.
func (a *arrangement) expand(positions layout.Positions) placement {
	p := a.plan
	whole := placement{Positions: positions, routed: make([]bool, len(p.lines))}
	whole.Nodes = make([]layout.Point, len(a.node))
	for place, node := range a.node {
		whole.Nodes[place] = positions.Nodes[node]
	}
	for _, node := range p.nodes {
		whole.sizes = append(whole.sizes, node.size)
	}
	whole.Edges = make([][]layout.Point, len(p.lines))
	for i, edge := range a.edge {
		if edge >= 0 {
			whole.Edges[i] = positions.Edges[edge]
		}
	}
	starts := a.levelStarts(positions)
	for _, s := range a.stacks {
		box := a.node[s.members[0]]
		corner := layout.Point{X: positions.Nodes[box].X - s.size.Width/2, Y: positions.Nodes[box].Y - s.size.Height/2}
		if positions.Engine == layout.Dot && a.direction == layout.Down {
			corner.Y = starts[box] + clearance
		} else if positions.Engine == layout.Dot {
			corner.X = starts[box] + clearance
		}
		for i, member := range s.members {
			whole.Nodes[member] = layout.Point{X: corner.X + s.centres[i].X, Y: corner.Y + s.centres[i].Y}
			whole.sizes[member] = s.sizes[i]
		}
		a.routeStack(&whole, s, corner)
	}
	if a.abreast > 0 && positions.Engine == layout.Dot {
		a.alignRows(&whole)
	}
	return whole
}

// partGap is between the parts of a row, in points.
const partGap = 30

// alignRows moves the parts that nothing connects to the left, each row of them in
// order: the layout lets rows drift.
func (a *arrangement) alignRows(whole *placement) {
	parts := a.plan.connected()
	cursor := 0.0
	for i, part := range parts {
		if i%a.abreast == 0 {
			cursor = 0
		}
		left, right := a.extent(whole, part)
		for place := range part {
			whole.Nodes[place].X += cursor - left
		}
		for l, line := range a.plan.lines {
			if part[line.from] {
				for k := range whole.Edges[l] {
					whole.Edges[l][k].X += cursor - left
				}
			}
		}
		cursor += right - left + partGap
	}
}

// extent is how far the places and lines of a part reach.
func (a *arrangement) extent(whole *placement, part map[int]bool) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for place := range part {
		width := a.graph.Nodes[a.node[place]].Size.Width
		if place < len(whole.sizes) {
			width = whole.sizes[place].Width
		}
		left, right = min(left, whole.Nodes[place].X-width/2), max(right, whole.Nodes[place].X+width/2)
	}
	for l, line := range a.plan.lines {
		if part[line.from] {
			for _, point := range whole.Edges[l] {
				left, right = min(left, point.X), max(right, point.X)
			}
		}
	}
	return left, right
}

// connected lists the parts of the plan that no line connects, as sets of places, in
// the order of their first nodes.
func (p *plan) connected() []map[int]bool {
	neighbours := make(map[int][]int)
	for _, l := range p.lines {
		neighbours[l.from] = append(neighbours[l.from], l.to)
		neighbours[l.to] = append(neighbours[l.to], l.from)
	}
	var parts []map[int]bool
	seen := make(map[int]bool)
	for i := range p.nodes {
		if seen[i] {
			continue
		}
		seen[i] = true
		part, open := map[int]bool{i: true}, []int{i}
		for len(open) > 0 {
			at := open[0]
			open = open[1:]
			for _, next := range neighbours[at] {
				if !seen[next] {
					seen[next], part[next] = true, true
					open = append(open, next)
				}
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// levelStarts is, for each node of the graph, where its level begins: the layout
// centres all nodes of a level on one line, and stacks hang better from its top.
func (a *arrangement) levelStarts(positions layout.Positions) []float64 {
	along := func(i int) (centre, extent float64) {
		if a.direction == layout.Down {
			return positions.Nodes[i].Y, a.graph.Nodes[i].Size.Height
		}
		return positions.Nodes[i].X, a.graph.Nodes[i].Size.Width
	}
	extents := make(map[float64]float64) // centre of a level → its extent
	for i := range positions.Nodes {
		centre, extent := along(i)
		extents[math.Round(centre)] = max(extents[math.Round(centre)], extent)
	}
	starts := make([]float64, len(positions.Nodes))
	for i := range positions.Nodes {
		centre, _ := along(i)
		starts[i] = centre - extents[math.Round(centre)]/2
	}
	return starts
}

// routeStack leads the lines of a stack along its spines.
func (a *arrangement) routeStack(whole *placement, s shapedStack, corner layout.Point) {
	source, size := whole.Nodes[s.from], a.graph.Nodes[a.node[s.from]].Size
	if s.from < len(a.plan.nodes) {
		size = a.plan.nodes[s.from].size
	}
	start := layout.Point{X: source.X, Y: source.Y + size.Height/2}
	if a.direction == layout.Right {
		start = layout.Point{X: source.X + size.Width/2, Y: source.Y}
	}
	if a.direction == layout.Right {
		// A node almost level with the start gets a straight line, not a kink.
		for _, centre := range s.centres {
			if math.Abs(corner.Y+centre.Y-start.Y) < spineCorner {
				start.Y = corner.Y + centre.Y
				break
			}
		}
	}
	farthest := a.farthest(s, start.Y-corner.Y)
	for i, line := range s.lines {
		whole.routed[line] = true
		whole.Edges[line] = a.routeMember(s, i, start, corner, farthest[i])
	}
}

// farthest marks the members that are the last on their spine, above and below:
// their lines run along the whole spine, those of the others leave it only.
func (a *arrangement) farthest(s shapedStack, start float64) []bool {
	type arm struct {
		spine float64
		side  int
	}
	last := make(map[arm]int)
	armOf := func(i int) arm {
		if a.direction == layout.Down {
			return arm{s.spines[i], 1}
		}
		return arm{s.spines[i], cmp.Compare(s.centres[i].Y, start)}
	}
	for i := range s.members {
		at, known := last[armOf(i)]
		if !known || math.Abs(s.centres[i].Y-start) >= math.Abs(s.centres[at].Y-start) {
			last[armOf(i)] = i
		}
	}
	marks := make([]bool, len(s.members))
	for _, i := range last {
		marks[i] = true
	}
	return marks
}

// routeMember is the way to member i: from the start to the spine, along it, and
// to the nearer side of the node.
func (a *arrangement) routeMember(s shapedStack, i int, start, corner layout.Point, whole bool) []layout.Point {
	centre := layout.Point{X: corner.X + s.centres[i].X, Y: corner.Y + s.centres[i].Y}
	spine := corner.X + s.spines[i]
	side := centre.X - s.sizes[i].Width/2
	if s.spines[i] > s.centres[i].X {
		side = centre.X + s.sizes[i].Width/2
	}
	if a.direction == layout.Right {
		if len(s.members) == 1 {
			spine = (start.X + side) / 2
		}
		if math.Abs(centre.Y-start.Y) < spineCorner {
			return route(start, layout.Point{X: side, Y: start.Y})
		}
		if whole {
			return route(start, layout.Point{X: spine, Y: start.Y}, layout.Point{X: spine, Y: centre.Y}, layout.Point{X: side, Y: centre.Y})
		}
		leave := centre.Y - math.Copysign(spineCorner, centre.Y-start.Y)
		return route(layout.Point{X: spine, Y: leave}, layout.Point{X: spine, Y: centre.Y}, layout.Point{X: side, Y: centre.Y})
	}
	bar := corner.Y - barRise
	if len(s.members) == 1 {
		top := centre.Y - s.sizes[i].Height/2
		if math.Abs(start.X-centre.X) < s.sizes[i].Width/3 {
			return route(start, layout.Point{X: start.X, Y: top})
		}
		return route(start, layout.Point{X: start.X, Y: bar}, layout.Point{X: centre.X, Y: bar}, layout.Point{X: centre.X, Y: top})
	}
	if whole {
		return route(start, layout.Point{X: start.X, Y: bar}, layout.Point{X: spine, Y: bar}, layout.Point{X: spine, Y: centre.Y}, layout.Point{X: side, Y: centre.Y})
	}
	return route(layout.Point{X: spine, Y: centre.Y - spineCorner}, layout.Point{X: spine, Y: centre.Y}, layout.Point{X: side, Y: centre.Y})
}
