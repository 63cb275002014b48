package scene

import (
	"context"
	"math"

	"talkgraph/render/layout"
)

// variant is one way to lay the plan out.
type variant struct {
	direction layout.Direction
	// stagger spreads the children of one node over so many levels: a row of
	// many boxes is wider than any page. 1 leaves them in one row.
	stagger int
	// spread multiplies the gaps.
	spread float64
}

// Gaps of the layout at spread 1, in points.
const (
	nodeGap       = 16
	levelGap      = 20
	levelGapRight = 26
	forceGap      = 10
)

// manyPlaces is the size from which fewer variants are tried, since each takes
// a noticeable time.
const manyPlaces = 160

// bestPicture lays the plan out in several ways and draws the one with the
// fewest faults that prints largest on a sheet of paper. The note says why
// another engine was used than the one asked for.
func (p *plan) bestPicture(ctx context.Context, options layout.Options) (best picture, note string, err error) {
	if engineOf(options) == layout.Sfdp {
		positions, err := layout.Layout(ctx, p.graph(variant{stagger: 1, spread: 1}), options)
		if err != nil {
			return picture{}, "", err
		}
		return p.draw(positions), "", nil
	}
	lowest := math.Inf(1)
	for _, round := range p.rounds() {
		graphs := make([]layout.Graph, len(round))
		for i, v := range round {
			graphs[i] = p.graph(v)
		}
		all, err := layout.Variants(ctx, graphs, options)
		if err != nil {
			return picture{}, "", err
		}
		for i, positions := range all {
			if positions.Engine == layout.Sfdp {
				return p.draw(positions), positions.Note, nil
			}
			drawn := p.draw(positions)
			if cost := drawn.cost(round[i]); cost < lowest {
				best, lowest = drawn, cost
			}
		}
		if best.faults() == 0 {
			break
		}
	}
	return best, "", nil
}

// rounds lists the variants: the second round, with wider gaps, is tried only
// if everything in the first has faults.
func (p *plan) rounds() [][]variant {
	var first []variant
	add := func(direction layout.Direction, staggers ...int) {
		for _, stagger := range staggers {
			first = append(first, variant{direction, stagger, 1})
		}
	}
	many := len(p.nodes)+len(p.phrases) > manyPlaces
	switch {
	case p.diagram.Direction == Right:
		add(layout.Right, 1)
	case many:
		add(layout.Down, 1, 3)
	default:
		add(layout.Down, 1, 2, 3)
	}
	if p.diagram.Direction == Automatic && !many {
		add(layout.Right, 1)
	}
	if many {
		return [][]variant{first}
	}
	var second []variant
	for _, v := range first {
		for _, spread := range []float64{1.3, 1.7} {
			v.spread = spread
			second = append(second, v)
		}
	}
	return [][]variant{first, second}
}

// graph is the plan as the layout sees it.
func (p *plan) graph(v variant) layout.Graph {
	g := layout.Graph{Direction: v.direction, Levels: p.levels(), NodeGap: nodeGap * v.spread, LevelGap: levelGap * v.spread}
	if v.direction == layout.Right {
		g.LevelGap = levelGapRight * v.spread
	}
	for _, node := range p.nodes {
		shape := layout.Box
		if node.Shape == Ellipse {
			shape = layout.Ellipse
		}
		g.Nodes = append(g.Nodes, layout.Node{Size: node.size, Shape: shape, Cluster: node.group})
	}
	for _, phrase := range p.phrases {
		g.Nodes = append(g.Nodes, layout.Node{Size: phrase.size, Cluster: phrase.group})
	}
	for _, group := range p.groups {
		label := layout.Size{Width: group.label.width() + 8, Height: group.label.height() + 6}
		g.Clusters = append(g.Clusters, layout.Cluster{Parent: group.parent, Label: label})
	}
	lengths := p.staggered(v.stagger)
	for i, l := range p.lines {
		edge := layout.Edge{From: l.from, To: l.to, Free: l.free, MinLength: lengths[i], Weight: 1}
		if !l.free && (l.from >= len(p.nodes) || l.to >= len(p.nodes)) {
			edge.Weight = 2 // the two halves of a sentence stay in one line
		}
		g.Edges = append(g.Edges, edge)
	}
	return g
}

// fewChildren stay in one row, whatever the stagger.
const fewChildren = 3

// staggered returns the length in levels of each line: the children that hang
// on one parent alone are put in turn on one of so many levels.
func (p *plan) staggered(levels int) []int {
	lengths := make([]int, len(p.lines))
	if levels < 2 {
		return lengths
	}
	incoming := make(map[int]int)
	for _, l := range p.lines {
		if !l.free {
			incoming[l.to]++
		}
	}
	children := make(map[int][]int) // place → lines to its own children
	for i, l := range p.lines {
		if !l.free && incoming[l.to] == 1 && !p.onLevel(l.to) {
			children[l.from] = append(children[l.from], i)
		}
	}
	for _, own := range children {
		if len(own) <= fewChildren {
			continue
		}
		for turn, i := range own {
			lengths[i] = 1 + turn%levels
		}
	}
	return lengths
}

// onLevel tells whether a place is a node that the diagram puts on a level.
func (p *plan) onLevel(place int) bool {
	return place < len(p.nodes) && p.nodes[place].Level != 0
}

// paperSides is the ratio of the sides of a sheet of A4.
const paperSides = math.Sqrt2

// cost is how bad a picture is: the length of the side that the paper must have
// for it, whichever way the paper is turned, made worse by faults.
func (d picture) cost(v variant) float64 {
	width, height := d.size.Width, d.size.Height
	paper := min(max(width/paperSides, height), max(width, height/paperSides))
	if v.direction == layout.Right {
		paper *= 1.15 // a map is read from the top, unless that costs much
	}
	return paper * (1 + 0.08*float64(d.faults()))
}
