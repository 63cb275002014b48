package layout

import (
	"cmp"
	"math"
	"slices"
)

// The WebAssembly build of Graphviz has no method to separate overlapping nodes
// but to blow the whole drawing up, so that is done here.

const (
	// separationRounds bounds the work; maps of a thousand nodes need about a
	// hundred.
	separationRounds = 400
	// fillGoal is the part of the page that nodes may cover before they are
	// pushed apart: fuller pages would change too much in the pushing.
	fillGoal = 0.28
)

// spread makes room between the nodes of a force layout: it scales the distances
// until the page is not too full, and then pushes neighbours apart until none
// overlap. It changes places only, and gives the same result every time.
func spread(places []Point, nodes []Node, gap float64) {
	scale(places, nodes, gap)
	for range separationRounds {
		if !pushApart(places, nodes, gap) {
			return
		}
	}
}

// scale multiplies all distances so that nodes cover fillGoal of the page.
func scale(places []Point, nodes []Node, gap float64) {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	covered := 0.0
	for i, place := range places {
		low = Point{min(low.X, place.X), min(low.Y, place.Y)}
		high = Point{max(high.X, place.X), max(high.Y, place.Y)}
		covered += (nodes[i].Size.Width + gap) * (nodes[i].Size.Height + gap)
	}
	area := max(high.X-low.X, 1) * max(high.Y-low.Y, 1)
	factor := math.Sqrt(covered / fillGoal / area)
	for i := range places {
		places[i] = Point{places[i].X * factor, places[i].Y * factor}
	}
}

// pushApart moves each two overlapping nodes half of their overlap away from
// each other, along the side where that is shorter. It tells whether any moved.
func pushApart(places []Point, nodes []Node, gap float64) bool {
	order := make([]int, len(places))
	widest := 0.0
	for i := range order {
		order[i] = i
		widest = max(widest, nodes[i].Size.Width)
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(places[a].X, places[b].X), cmp.Compare(a, b))
	})
	moved := false
	for at, i := range order {
		for _, j := range order[at+1:] {
			if places[j].X-places[i].X > (nodes[i].Size.Width+widest)/2+gap+widest {
				break // the nodes further right begin beyond this one's end
			}
			if separate(&places[i], &places[j], nodes[i].Size, nodes[j].Size, gap) {
				moved = true
			}
		}
	}
	return moved
}

// enough is how much two nodes may still overlap, in points, so that rounding
// does not keep the pushing alive.
const enough = 0.01

func separate(a, b *Point, sizeA, sizeB Size, gap float64) bool {
	dx, dy := b.X-a.X, b.Y-a.Y
	overX := (sizeA.Width+sizeB.Width)/2 + gap - math.Abs(dx)
	overY := (sizeA.Height+sizeB.Height)/2 + gap - math.Abs(dy)
	if overX <= enough || overY <= enough {
		return false
	}
	if overX < overY {
		half := math.Copysign(overX/2, dx)
		a.X, b.X = a.X-half, b.X+half
	} else {
		half := math.Copysign(overY/2, dy)
		a.Y, b.Y = a.Y-half, b.Y+half
	}
	return true
}

// settle finishes a force layout: nodes apart, straight edges between their
// borders, the page around them.
func settle(positions *Positions, graph Graph) {
	gap := graph.NodeGap
	if gap == 0 {
		gap = defaultNodeGap
	}
	spread(positions.Nodes, graph.Nodes, gap)
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for i, place := range positions.Nodes {
		half := Point{graph.Nodes[i].Size.Width / 2, graph.Nodes[i].Size.Height / 2}
		low = Point{min(low.X, place.X-half.X), min(low.Y, place.Y-half.Y)}
		high = Point{max(high.X, place.X+half.X), max(high.Y, place.Y+half.Y)}
	}
	for i, place := range positions.Nodes {
		positions.Nodes[i] = Point{place.X - low.X, place.Y - low.Y}
	}
	positions.Size = Size{high.X - low.X, high.Y - low.Y}
	for i, edge := range graph.Edges {
		positions.Edges[i] = straight(positions.Nodes[edge.From], positions.Nodes[edge.To], graph.Nodes[edge.From], graph.Nodes[edge.To])
	}
}

// straight is a line between the borders of two nodes, as one cubic curve; nil
// for an edge of a node to itself.
func straight(from, to Point, start, end Node) []Point {
	if from == to {
		return nil
	}
	a, b := border(from, to, start), border(to, from, end)
	third := func(t float64) Point { return Point{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t} }
	return []Point{a, third(1.0 / 3), third(2.0 / 3), b}
}

// border is where the line from the centre of a node towards a target leaves it.
func border(centre, target Point, node Node) Point {
	dx, dy := target.X-centre.X, target.Y-centre.Y
	x, y := math.Abs(dx)/(node.Size.Width/2), math.Abs(dy)/(node.Size.Height/2)
	reach := max(x, y)
	if node.Shape == Ellipse {
		reach = math.Hypot(x, y)
	}
	return Point{centre.X + dx/reach, centre.Y + dy/reach}
}
