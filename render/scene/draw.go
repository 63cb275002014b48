package scene

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"talkgraph/render/layout"
	"talkgraph/render/scene/geometry"
)

// Line widths and the size of arrow heads, in points.
const (
	outlineWidth  = 1.2
	emphasisWidth = 1.6
	curveWidth    = 1.15
	arrowLength   = 7.5
	arrowHalf     = 3.1
	cornerRadius  = 7
	groupRadius   = 9
	groupInset    = 10 // of a group's name from the sides of its frame
	octagonCut    = 7
	sheetFold     = 9
)

// dashes of cross-links and uncertain edges.
var dashes = []float64{5, 3.5}

// picture is the map itself, without the page around it.
type picture struct {
	bounds   geometry.Rect // of all elements; curves may swing out beyond the nodes
	elements []Element
	problems []Problem
	warnings []Warning
	// crossings counts the pairs of curves that cross.
	crossings int
	// meanLength is that of the curves: long ones are hard to follow.
	meanLength float64
}

// warningWeight: what the reader has to be told weighs as much as so many
// problems that can be seen.
const warningWeight = 4

// faults counts what is wrong with the picture.
func (d picture) faults() int { return len(d.problems) + warningWeight*len(d.warnings) }

// draw paints the plan at the given positions.
func (p *plan) draw(positions placement) picture {
	nodes := make([]Element, len(p.nodes))
	for i, node := range p.nodes {
		node.size = positions.sizes[i]
		nodes[i] = p.drawNode(node, geometry.Point(positions.Nodes[i]))
	}
	var lines []Element
	curves := make([]track, len(p.lines))
	for i, l := range p.lines {
		if curve := positions.Edges[i]; len(curve) >= 4 {
			path := curvePath(curve)
			if !positions.routed[i] {
				path = p.join(path, l, nodes)
			}
			curves[i] = trackOf(path)
			lines = append(lines, p.drawLine(l, path))
		}
	}
	var d picture
	if positions.Engine == layout.Dot {
		for i, group := range p.groups {
			d.elements = append(d.elements, p.drawGroup(group, geometry.Rect(positions.Clusters[i]), positions.ClusterLabels[i].Y, curves))
		}
	} else if len(p.groups) > 0 {
		d.warnings = append(d.warnings, "frames around groups are drawn only in a layout by levels; draw fewer nodes to see them")
	}
	d.elements = append(d.elements, lines...)
	for i, phrase := range p.phrases {
		place := positions.Nodes[len(p.nodes)+i]
		d.elements = append(d.elements, p.drawPhrase(phrase.text, phrase.edges, phrase.group, geometry.Point(place)))
	}
	d.elements = append(d.elements, nodes...)
	for _, element := range d.elements {
		d.bounds = d.bounds.Union(element.Bounds)
	}
	p.placeLabels(&d, curves)
	d.problems = findProblems(d.elements)
	d.crossings = p.countCrossings(curves)
	for _, curve := range curves {
		d.meanLength += curve.length() / float64(len(curves))
	}
	return d
}

// curvePath makes a path of a chain of cubic curves.
func curvePath(points []layout.Point) geometry.Path {
	var path geometry.Path
	path.Move(geometry.Point(points[0]))
	for rest := points[1:]; len(rest) >= 3; rest = rest[3:] {
		path.Cubic(geometry.Point(rest[0]), geometry.Point(rest[1]), geometry.Point(rest[2]))
	}
	return path
}

// join lengthens a curve at both ends to the outlines of its nodes: the layout
// ends it at the clearance around their rectangles.
func (p *plan) join(curve geometry.Path, l line, nodes []Element) geometry.Path {
	first, last := &curve[0].Points[0], &curve[len(curve)-1]
	if l.from < len(nodes) {
		*first = reach(*first, first.Sub(curve[1].Points[0]).Unit(), nodes[l.from])
	}
	if l.to < len(nodes) {
		last.Points[2] = reach(last.Points[2], last.Points[2].Sub(last.Points[1]).Unit(), nodes[l.to])
	}
	return curve
}

// farthest is how far a curve may be lengthened, in points: beyond it the
// direction at its end misses the node.
const farthest = 24

// reach is where the way from a point in a direction first meets the outline of
// a node; the point itself if it does not.
func reach(from, direction geometry.Point, node Element) geometry.Point {
	outline := geometry.RoundedRect(node.Bounds, 0)
	if len(node.Shapes) > 0 {
		outline = node.Shapes[0].Path
	}
	nearest := float64(farthest)
	for _, line := range outline.Flatten(0.2) {
		for i, a := range line.Points {
			b := line.Points[(i+1)%len(line.Points)]
			if distance, ok := meet(from, direction, a, b); ok && distance < nearest {
				nearest = distance
			}
		}
	}
	if nearest == farthest {
		return from
	}
	return from.Add(direction.Scale(nearest))
}

// meet returns the distance from a point, along a direction of length 1, to the
// line between a and b.
func meet(from, direction, a, b geometry.Point) (distance float64, ok bool) {
	side, way := b.Sub(a), a.Sub(from)
	cross := direction.X*side.Y - direction.Y*side.X
	if math.Abs(cross) < 1e-9 {
		return 0, false
	}
	distance = (way.X*side.Y - way.Y*side.X) / cross
	along := (way.X*direction.Y - way.Y*direction.X) / cross
	return distance, distance >= 0 && along >= 0 && along <= 1
}

// drawGroup paints a frame and its name, whose middle is at the height y: at the
// left, or where fewer curves run into the frame.
func (p *plan) drawGroup(group plannedGroup, frame geometry.Rect, y float64, curves []track) Element {
	stroke := p.colors.frame
	if group.Tint != 0 {
		stroke = p.colors.tint(group.Tint).stroke
	}
	width, height := group.label.width(), group.label.height()
	places := []float64{frame.Left + groupInset, frame.Right - groupInset - width, frame.Centre().X - width/2}
	left := slices.MinFunc(places, func(a, b float64) int {
		over := func(left float64) int {
			return crossings(geometry.Rect{Left: left, Top: y - height/2, Right: left + width, Bottom: y + height/2}, curves, -1)
		}
		return cmp.Compare(over(a), over(b))
	})
	return Element{
		Kind: GroupElement, ID: group.ID, Name: oneLine(group.Label), Bounds: frame,
		Shapes: []Shaped{{Path: geometry.RoundedRect(frame, groupRadius), Fill: p.colors.panel, Stroke: stroke, Width: 0.9}},
		Texts:  p.texts(group.label, geometry.Point{X: left, Y: y}, p.colors.muted, false),
	}
}

// drawLine paints a curve and its arrow head.
func (p *plan) drawLine(l line, curve geometry.Path) Element {
	dashed, tint := p.paintOf(l)
	color := p.colors.edge(tint)
	element := Element{Kind: EdgeElement, From: p.placeID(l.from), To: p.placeID(l.to)}
	element.Link, element.Tooltip, element.Name = p.describe(l.edges)
	stroke := Shaped{Path: curve, Stroke: color, Width: curveWidth}
	if dashed {
		stroke.Dash = dashes
	}
	if l.arrow {
		var head geometry.Path
		stroke.Path, head = addArrow(curve)
		element.Shapes = append(element.Shapes, stroke, Shaped{Path: head, Fill: color})
	} else {
		element.Shapes = append(element.Shapes, stroke)
	}
	element.Bounds = trackOf(curve).bounds
	for _, shape := range element.Shapes[1:] {
		element.Bounds = element.Bounds.Union(shape.Path.Bounds()) // the head is a little wider
	}
	return element
}

// placeID is the ID of a node; phrases have none of their own, so that they are
// named by the place they have in the plan.
func (p *plan) placeID(place int) string {
	if place < len(p.nodes) {
		return p.nodes[place].ID
	}
	return phraseID(p.phrases[place-len(p.nodes)].edges)
}

// phraseID tells phrases apart; no node can have it, since cleaned text and IDs
// never begin with a NUL.
func phraseID(edges []int) string {
	var id strings.Builder
	id.WriteByte(0)
	for _, edge := range edges {
		id.WriteRune(rune(edge + 1))
	}
	return id.String()
}

// describe joins what the edges of one element say. A link is given only if it
// is the same for all of them.
func (p *plan) describe(edges []int) (link, tooltip, name string) {
	var tooltips, names []string
	link = p.diagram.Edges[edges[0]].Link
	for _, i := range edges {
		edge := p.diagram.Edges[i]
		if edge.Link != link {
			link = ""
		}
		if text := clean(edge.Tooltip); text != "" && !slices.Contains(tooltips, text) {
			tooltips = append(tooltips, text)
		}
		names = append(names, p.sentence(edge))
	}
	return link, strings.Join(tooltips, "\n"), strings.Join(names, "; ")
}

// sentence is an edge in words.
func (p *plan) sentence(edge Edge) string {
	words := make([]string, 0, 3)
	for _, node := range p.nodes {
		if node.ID == edge.From {
			words = append(words, oneLine(node.Label))
		}
	}
	words = append(words, oneLine(edge.Label))
	for _, node := range p.nodes {
		if node.ID == edge.To {
			words = append(words, oneLine(node.Label))
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " → ")
}

// addArrow shortens the curve and returns the head that stands at its end.
func addArrow(curve geometry.Path) (shortened, head geometry.Path) {
	shortened = slices.Clone(curve)
	last := &shortened[len(shortened)-1]
	tip := last.Points[2]
	lines := curve.Flatten(0.2)
	points := lines[len(lines)-1].Points
	// The direction over the length of the head, not at the very end, where a
	// curve may bend sharply.
	back := points[0]
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Sub(tip).Length() >= arrowLength {
			back = points[i]
			break
		}
	}
	direction := tip.Sub(back).Unit()
	side := geometry.Point{X: -direction.Y, Y: direction.X}.Scale(arrowHalf)
	base := tip.Sub(direction.Scale(arrowLength))
	head.Move(tip)
	head.Line(base.Add(side))
	head.Line(base.Add(direction.Scale(arrowLength * 0.22)))
	head.Line(base.Sub(side))
	head.Close()

	shift := direction.Scale(arrowLength * 0.7)
	last.Points[2] = tip.Sub(shift)
	last.Points[1] = last.Points[1].Sub(shift)
	return shortened, head
}

// drawPhrase paints a label on a ground of the colour around it, which
// interrupts the curve below.
func (p *plan) drawPhrase(text block, edges []int, group int, centre geometry.Point) Element {
	size := phraseBox(text)
	bounds := geometry.Around(centre, size.Width, size.Height)
	ground := p.colors.background
	if group != layout.NoCluster {
		ground = p.colors.panel
	}
	element := Element{
		Kind: PhraseElement, ID: phraseID(edges), Bounds: bounds,
		Shapes: []Shaped{{Path: geometry.RoundedRect(bounds, 3), Fill: ground}},
		Texts:  p.texts(text, centre, p.colors.phrase, true),
	}
	element.Link, element.Tooltip, element.Name = p.describe(edges)
	return element
}

func (p *plan) drawNode(node plannedNode, centre geometry.Point) Element {
	bounds := geometry.Around(centre, node.size.Width, node.size.Height)
	paint := p.colors.tint(node.Tint)
	fill, stroke, width, textColor, detailColor := paint.fill, paint.stroke, outlineWidth, p.colors.text, p.colors.muted
	if node.Emphasis {
		fill, stroke, width = paint.strong, paint.strong, emphasisWidth
		textColor, detailColor = paint.onTop, paint.onTop
		if node.Shape == Plain {
			textColor, detailColor = p.colors.text, p.colors.muted
		}
	}
	element := Element{
		Kind: NodeElement, ID: node.ID, Bounds: bounds, Name: oneLine(node.Label), Link: node.Link, Tooltip: clean(node.Tooltip),
	}
	element.Shapes = outline(node.Shape, bounds, fill, stroke, width)
	top := centre.Y - (node.label.height()+node.detail.height())/2
	element.Texts = p.texts(node.label, geometry.Point{X: centre.X, Y: top + node.label.height()/2}, textColor, true)
	element.Texts = append(element.Texts,
		p.texts(node.detail, geometry.Point{X: centre.X, Y: top + node.label.height() + node.detail.height()/2}, detailColor, true)...)
	return element
}

// outline paints a shape that fills bounds.
func outline(shape Shape, bounds geometry.Rect, fill, stroke Color, width float64) []Shaped {
	painted := func(path geometry.Path) []Shaped {
		return []Shaped{{Path: path, Fill: fill, Stroke: stroke, Width: width}}
	}
	switch shape {
	case Plain:
		return nil
	case Rectangle:
		return painted(geometry.RoundedRect(bounds, 0))
	case Pill:
		return painted(geometry.RoundedRect(bounds, bounds.Height()/2))
	case Ellipse:
		return painted(geometry.Ellipse(bounds))
	case Octagon:
		return painted(octagon(bounds))
	case Sheet:
		sheet, fold := sheetPaths(bounds)
		return append(painted(sheet), Shaped{Path: fold, Stroke: stroke, Width: width})
	default:
		return painted(geometry.RoundedRect(bounds, min(cornerRadius, bounds.Height()*0.28)))
	}
}

func octagon(r geometry.Rect) geometry.Path {
	cut := min(octagonCut, r.Height()/3)
	var path geometry.Path
	path.Move(geometry.Point{X: r.Left + cut, Y: r.Top})
	path.Line(geometry.Point{X: r.Right - cut, Y: r.Top})
	path.Line(geometry.Point{X: r.Right, Y: r.Top + cut})
	path.Line(geometry.Point{X: r.Right, Y: r.Bottom - cut})
	path.Line(geometry.Point{X: r.Right - cut, Y: r.Bottom})
	path.Line(geometry.Point{X: r.Left + cut, Y: r.Bottom})
	path.Line(geometry.Point{X: r.Left, Y: r.Bottom - cut})
	path.Line(geometry.Point{X: r.Left, Y: r.Top + cut})
	path.Close()
	return path
}

// sheetPaths are the outline of a sheet of paper and the line of its folded
// corner.
func sheetPaths(r geometry.Rect) (sheet, fold geometry.Path) {
	size := min(sheetFold, r.Height()/3)
	sheet.Move(geometry.Point{X: r.Left, Y: r.Top})
	sheet.Line(geometry.Point{X: r.Right - size, Y: r.Top})
	sheet.Line(geometry.Point{X: r.Right, Y: r.Top + size})
	sheet.Line(geometry.Point{X: r.Right, Y: r.Bottom})
	sheet.Line(geometry.Point{X: r.Left, Y: r.Bottom})
	sheet.Close()
	fold.Move(geometry.Point{X: r.Right - size, Y: r.Top})
	fold.Line(geometry.Point{X: r.Right - size, Y: r.Top + size})
	fold.Line(geometry.Point{X: r.Right, Y: r.Top + size})
	return sheet, fold
}

// texts places the lines of a block: centred on the point, or else with their
// left ends at its x; in both cases the block's middle is at its y.
func (p *plan) texts(b block, at geometry.Point, color Color, centred bool) []Text {
	texts := make([]Text, len(b.lines))
	top := at.Y - b.height()/2
	for i, content := range b.lines {
		middle := top + (float64(i)+0.5)*b.size*lineHeight
		texts[i] = Text{
			Content: content, At: geometry.Point{X: at.X, Y: middle + baseline*b.size}, Centred: centred,
			Width: b.widths[i], Size: b.size, Weight: b.weight, Color: color,
		}
	}
	return texts
}
