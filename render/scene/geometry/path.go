package geometry

import "math"

// Op is the kind of one step of a path.
type Op uint8

// The steps a path is made of, with the number of points each uses.
const (
	MoveTo  Op = iota // 1: begins a new part of the path
	LineTo            // 1
	QuadTo            // 2: one control point, then the end
	CubicTo           // 3: two control points, then the end
	Close             // 0: a straight line back to the last MoveTo
)

// Segment is one step of a path; its points beyond those that Op uses are zero.
type Segment struct {
	Op     Op
	Points [3]Point
}

// Path is an outline or a curve.
type Path []Segment

// Move begins a new part of the path at p.
func (p *Path) Move(to Point) { *p = append(*p, Segment{MoveTo, [3]Point{to}}) }

// Line adds a straight line.
func (p *Path) Line(to Point) { *p = append(*p, Segment{LineTo, [3]Point{to}}) }

// Quad adds a quadratic Bézier curve.
func (p *Path) Quad(control, to Point) { *p = append(*p, Segment{QuadTo, [3]Point{control, to}}) }

// Cubic adds a cubic Bézier curve.
func (p *Path) Cubic(first, second, to Point) {
	*p = append(*p, Segment{CubicTo, [3]Point{first, second, to}})
}

// Close ends the current part with a line to where it began.
func (p *Path) Close() { *p = append(*p, Segment{Op: Close}) }

// Count is the number of points the step uses.
func (o Op) Count() int {
	switch o {
	case MoveTo, LineTo:
		return 1
	case QuadTo:
		return 2
	case CubicTo:
		return 3
	}
	return 0
}

// Transform returns the path scaled by (sx, sy) and then moved by d.
func (p Path) Transform(sx, sy float64, d Point) Path {
	moved := make(Path, len(p))
	for i, segment := range p {
		moved[i].Op = segment.Op
		for j := range segment.Op.Count() {
			q := segment.Points[j]
			moved[i].Points[j] = Point{q.X*sx + d.X, q.Y*sy + d.Y}
		}
	}
	return moved
}

// Bounds is the rectangle around all points of the path, control points
// included; it may be a little larger than the curve itself.
func (p Path) Bounds() Rect {
	bounds := Rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, segment := range p {
		for _, q := range segment.Points[:segment.Op.Count()] {
			bounds.Left, bounds.Right = math.Min(bounds.Left, q.X), math.Max(bounds.Right, q.X)
			bounds.Top, bounds.Bottom = math.Min(bounds.Top, q.Y), math.Max(bounds.Bottom, q.Y)
		}
	}
	if bounds.Left > bounds.Right {
		return Rect{}
	}
	return bounds
}

// Line is a chain of straight lines; Closed joins its end to its beginning.
type Line struct {
	Points []Point
	Closed bool
}

// Flatten turns the path into straight lines that stay within tolerance of it.
func (p Path) Flatten(tolerance float64) []Line {
	var lines []Line
	var current Line
	finish := func() {
		if len(current.Points) > 1 {
			lines = append(lines, current)
		}
		current = Line{}
	}
	for _, segment := range p {
		q := segment.Points
		if segment.Op != MoveTo && segment.Op != Close && len(current.Points) == 0 {
			continue // a step without a beginning draws nothing
		}
		switch segment.Op {
		case MoveTo:
			finish()
			current.Points = append(current.Points, q[0])
		case LineTo:
			current.Points = append(current.Points, q[0])
		case QuadTo:
			from := current.Points[len(current.Points)-1]
			current.Points = flattenCubic(current.Points, from, Lerp(from, q[0], 2.0/3), Lerp(q[1], q[0], 2.0/3), q[1], tolerance)
		case CubicTo:
			from := current.Points[len(current.Points)-1]
			current.Points = flattenCubic(current.Points, from, q[0], q[1], q[2], tolerance)
		case Close:
			current.Closed = true
			finish()
		}
	}
	finish()
	return lines
}

// flattenCubic appends points of the curve at equal steps of its parameter, as
// many as the size of its second differences asks for.
func flattenCubic(points []Point, a, b, c, d Point, tolerance float64) []Point {
	bend := math.Max(a.Sub(b).Add(c.Sub(b)).Length(), b.Sub(c).Add(d.Sub(c)).Length())
	steps := int(math.Ceil(math.Sqrt(0.75 * bend / tolerance)))
	steps = min(max(steps, 1), 200)
	for i := 1; i < steps; i++ {
		points = append(points, CubicAt(a, b, c, d, float64(i)/float64(steps)))
	}
	return append(points, d)
}

// CubicAt is the point at parameter t (0 to 1) of a cubic Bézier curve.
func CubicAt(a, b, c, d Point, t float64) Point {
	u := 1 - t
	return a.Scale(u * u * u).Add(b.Scale(3 * u * u * t)).Add(c.Scale(3 * u * t * t)).Add(d.Scale(t * t * t))
}

// RoundedRect is the outline of r with round corners; radius is cut down to
// half of the shorter side, and 0 gives sharp corners.
func RoundedRect(r Rect, radius float64) Path {
	radius = math.Max(0, math.Min(radius, math.Min(r.Width(), r.Height())/2))
	var p Path
	if radius == 0 {
		p.Move(Point{r.Left, r.Top})
		p.Line(Point{r.Right, r.Top})
		p.Line(Point{r.Right, r.Bottom})
		p.Line(Point{r.Left, r.Bottom})
		p.Close()
		return p
	}
	return roundedOutline(r, radius, radius)
}

// Ellipse is the outline of the ellipse that touches the sides of r.
func Ellipse(r Rect) Path { return roundedOutline(r, r.Width()/2, r.Height()/2) }

// arcControl places the control points of a cubic curve so that it follows a
// quarter of an ellipse.
const arcControl = 0.5522847498

func roundedOutline(r Rect, rx, ry float64) Path {
	kx, ky := rx*(1-arcControl), ry*(1-arcControl)
	var p Path
	p.Move(Point{r.Left + rx, r.Top})
	p.Line(Point{r.Right - rx, r.Top})
	p.Cubic(Point{r.Right - kx, r.Top}, Point{r.Right, r.Top + ky}, Point{r.Right, r.Top + ry})
	p.Line(Point{r.Right, r.Bottom - ry})
	p.Cubic(Point{r.Right, r.Bottom - ky}, Point{r.Right - kx, r.Bottom}, Point{r.Right - rx, r.Bottom})
	p.Line(Point{r.Left + rx, r.Bottom})
	p.Cubic(Point{r.Left + kx, r.Bottom}, Point{r.Left, r.Bottom - ky}, Point{r.Left, r.Bottom - ry})
	p.Line(Point{r.Left, r.Top + ry})
	p.Cubic(Point{r.Left, r.Top + ky}, Point{r.Left + kx, r.Top}, Point{r.Left + rx, r.Top})
	p.Close()
	return p
}
