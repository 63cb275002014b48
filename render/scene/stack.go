package scene

import (
	"math"
	"slices"

	"talkgraph/render/layout"
)

// stack is a list of nodes that hang on one place alone. It is drawn like a
// branch of an organisation chart: a spine runs down from the place, and a short
// arrow leads from the spine to each node. For the layout it is one box.
type stack struct {
	from    int   // the place that the nodes hang on
	lines   []int // indexes into plan.lines, in order
	members []int // the nodes, parallel to lines
}

// stackFrom is how many nodes hang on one place before stacks are tried: a few
// stand better side by side.
const stackFrom = 3

// Measures of a stack, in points.
const (
	branchLength = 19 // from the spine to a node
	stackGap     = 9  // between nodes of a column
	spineGap     = 16 // between one pair of columns and the next
	spineCorner  = 6  // radius where a line turns
	barRise      = 9  // of the bar that leads to the spines above the nodes
)

// stacks finds the nodes that can be stacked; none if no place has enough of
// them to make it worth while.
func (p *plan) stacks() []stack {
	ends := make([]int, len(p.nodes)+len(p.phrases)) // place → lines that end or begin there
	for _, l := range p.lines {
		ends[l.from]++
		ends[l.to]++
	}
	index := make(map[int]int)  // place → its stack
	mixed := make(map[int]bool) // places with other nodes below them
	var all []stack
	longest := 0
	for i, l := range p.lines {
		if l.free {
			continue
		}
		if ends[l.to] != 1 || l.to >= len(p.nodes) || !p.nodes[l.to].stackable() {
			mixed[l.from] = true
			continue
		}
		at, known := index[l.from]
		if !known {
			at = len(all)
			index[l.from] = at
			all = append(all, stack{from: l.from})
		}
		all[at].lines = append(all[at].lines, i)
		all[at].members = append(all[at].members, l.to)
		longest = max(longest, len(all[at].lines))
	}
	if longest < stackFrom {
		return nil
	}
	// A few leaves beside other nodes keep their places among them.
	return slices.DeleteFunc(all, func(s stack) bool { return mixed[s.from] && len(s.members) < stackFrom })
}

// stackable holds for nodes that nothing else ties to a place of their own.
func (n plannedNode) stackable() bool {
	return n.Level == 0 && n.group == layout.NoCluster && !n.Emphasis && n.Shape != Ellipse && n.Shape != Plain
}

// shapedStack is a stack with a place for each member, from its top left corner.
type shapedStack struct {
	stack
	size    layout.Size
	centres []layout.Point
	sizes   []layout.Size
	spines  []float64 // the x of the spine of each member
}

// shape gives the members their places in columns of at most so many rows. Two
// columns share a spine between them; an odd one has its spine on the left. When
// lines run to the right there is one column.
func (p *plan) shape(s stack, rows int, direction layout.Direction) shapedStack {
	shaped := shapedStack{stack: s, centres: make([]layout.Point, len(s.members)), sizes: make([]layout.Size, len(s.members)), spines: make([]float64, len(s.members))}
	columns := 1
	if direction == layout.Down {
		columns = (len(s.members) + rows - 1) / rows
	}
	rows = (len(s.members) + columns - 1) / columns
	if len(s.members) == 1 {
		size := p.nodes[s.members[0]].size
		shaped.size, shaped.sizes[0] = size, size
		shaped.centres[0] = layout.Point{X: size.Width / 2, Y: size.Height / 2}
		shaped.spines[0] = size.Width / 2
		return shaped
	}
	left := 0.0
	for first := 0; first < len(s.members); columns -= 2 {
		abreast := min(columns, 2)
		last := min(first+abreast*rows, len(s.members))
		if first > 0 {
			left += spineGap
		}
		left = p.shapeColumns(&shaped, first, last, abreast, left)
		first = last
	}
	shaped.size.Width = left
	return shaped
}

// shapeColumns places members first to last, one or two abreast, and returns
// where they end at the right.
func (p *plan) shapeColumns(s *shapedStack, first, last, abreast int, left float64) float64 {
	width := 0.0
	for _, member := range s.members[first:last] {
		width = max(width, p.nodes[member].size.Width)
	}
	spine, right := left, left+branchLength+width
	if abreast == 2 {
		spine, right = left+width+branchLength, left+2*(width+branchLength)
	}
	top := 0.0
	for row := first; row < last; row += abreast {
		height := 0.0
		for i := row; i < min(row+abreast, last); i++ {
			height = max(height, p.nodes[s.members[i]].size.Height)
		}
		for i := row; i < min(row+abreast, last); i++ {
			x := right - width/2
			if abreast == 2 && i == row {
				x = left + width/2
			}
			s.sizes[i] = layout.Size{Width: width, Height: height}
			s.centres[i] = layout.Point{X: x, Y: top + height/2}
			s.spines[i] = spine
		}
		top += height + stackGap
	}
	s.size.Height = max(s.size.Height, top-stackGap)
	return right
}

// route leads a line through corners, rounding each; the way begins at the first
// point and ends at the last. It is a chain of cubic curves.
func route(corners ...layout.Point) []layout.Point {
	corners = distinct(corners)
	chain := []layout.Point{corners[0]}
	for i := 1; i < len(corners); i++ {
		at, before := corners[i], corners[i-1]
		if i == len(corners)-1 {
			chain = appendLine(chain, at)
			break
		}
		after := corners[i+1]
		radius := min(spineCorner, distance(before, at)/2, distance(at, after)/2)
		enter, leave := towards(at, before, radius), towards(at, after, radius)
		chain = appendLine(chain, enter)
		chain = append(chain, towards(enter, at, radius*roundness), towards(leave, at, radius*roundness), leave)
	}
	return chain
}

// roundness makes a cubic curve follow a quarter of a circle.
const roundness = 0.5523

// distinct leaves out points that lie on the one before.
func distinct(corners []layout.Point) []layout.Point {
	kept := corners[:1:1]
	for _, corner := range corners[1:] {
		if distance(kept[len(kept)-1], corner) > 0.01 {
			kept = append(kept, corner)
		}
	}
	return kept
}

func appendLine(chain []layout.Point, to layout.Point) []layout.Point {
	from := chain[len(chain)-1]
	step := layout.Point{X: (to.X - from.X) / 3, Y: (to.Y - from.Y) / 3}
	return append(chain, layout.Point{X: from.X + step.X, Y: from.Y + step.Y}, layout.Point{X: to.X - step.X, Y: to.Y - step.Y}, to)
}

func distance(a, b layout.Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// towards is the point at a distance from a, on the way to b.
func towards(a, b layout.Point, length float64) layout.Point {
	if whole := distance(a, b); whole > 0 {
		return layout.Point{X: a.X + (b.X-a.X)*length/whole, Y: a.Y + (b.Y-a.Y)*length/whole}
	}
	return a
}
