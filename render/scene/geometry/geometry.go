// Package geometry holds the few shapes that a drawing is made of: points,
// rectangles and paths of straight lines and Bézier curves.
//
// Lengths are points (1/72 inch) unless a caller says otherwise; x grows to the
// right and y grows downwards, as on a screen. The package knows nothing of
// text, colours or graphs.
package geometry

import "math"

// Point is a position.
type Point struct{ X, Y float64 }

// Add returns p moved by q.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Sub returns the vector from q to p.
func (p Point) Sub(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Scale returns p with both coordinates multiplied by k.
func (p Point) Scale(k float64) Point { return Point{p.X * k, p.Y * k} }

// Length is the distance of p from the origin.
func (p Point) Length() float64 { return math.Hypot(p.X, p.Y) }

// Unit returns the vector p at length 1, or the zero vector if p is (almost) zero.
func (p Point) Unit() Point {
	length := p.Length()
	if length < 1e-9 {
		return Point{}
	}
	return p.Scale(1 / length)
}

// Lerp returns the point at the fraction t of the way from p to q.
func Lerp(p, q Point, t float64) Point {
	return Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t}
}

// Rect is an upright rectangle; it is empty when Right <= Left or Bottom <= Top.
type Rect struct{ Left, Top, Right, Bottom float64 }

// Around returns the rectangle of the given size with its centre at c.
func Around(c Point, width, height float64) Rect {
	return Rect{c.X - width/2, c.Y - height/2, c.X + width/2, c.Y + height/2}
}

// Width is the horizontal extent.
func (r Rect) Width() float64 { return r.Right - r.Left }

// Height is the vertical extent.
func (r Rect) Height() float64 { return r.Bottom - r.Top }

// Centre is the middle of the rectangle.
func (r Rect) Centre() Point { return Point{(r.Left + r.Right) / 2, (r.Top + r.Bottom) / 2} }

// Empty tells whether the rectangle has no area.
func (r Rect) Empty() bool { return r.Right <= r.Left || r.Bottom <= r.Top }

// Move returns the rectangle moved by d.
func (r Rect) Move(d Point) Rect {
	return Rect{r.Left + d.X, r.Top + d.Y, r.Right + d.X, r.Bottom + d.Y}
}

// Grow returns the rectangle with every side moved outwards by margin, inwards
// where margin is negative.
func (r Rect) Grow(margin float64) Rect {
	return Rect{r.Left - margin, r.Top - margin, r.Right + margin, r.Bottom + margin}
}

// Union is the smallest rectangle around both; an empty one adds nothing.
func (r Rect) Union(s Rect) Rect {
	if r.Empty() {
		return s
	}
	if s.Empty() {
		return r
	}
	return Rect{math.Min(r.Left, s.Left), math.Min(r.Top, s.Top), math.Max(r.Right, s.Right), math.Max(r.Bottom, s.Bottom)}
}

// Overlap is the area that both rectangles cover, in square units.
func (r Rect) Overlap(s Rect) float64 {
	width := math.Min(r.Right, s.Right) - math.Max(r.Left, s.Left)
	height := math.Min(r.Bottom, s.Bottom) - math.Max(r.Top, s.Top)
	if width <= 0 || height <= 0 {
		return 0
	}
	return width * height
}

// Contains tells whether s lies wholly inside r.
func (r Rect) Contains(s Rect) bool {
	return s.Left >= r.Left && s.Right <= r.Right && s.Top >= r.Top && s.Bottom <= r.Bottom
}

// Crosses tells whether the straight line from a to b has a point inside r.
func (r Rect) Crosses(a, b Point) bool {
	if r.Empty() {
		return false
	}
	enter, leave := 0.0, 1.0
	return clip(b.X-a.X, r.Left-a.X, r.Right-a.X, &enter, &leave) &&
		clip(b.Y-a.Y, r.Top-a.Y, r.Bottom-a.Y, &enter, &leave) &&
		leave > enter
}

// clip narrows the part [enter, leave] of a line that lies between two parallel
// borders (Liang and Barsky's method), and tells whether anything is left of it.
func clip(direction, low, high float64, enter, leave *float64) bool {
	if direction == 0 {
		return low < 0 && high > 0
	}
	first, second := low/direction, high/direction
	if first > second {
		first, second = second, first
	}
	*enter, *leave = math.Max(*enter, first), math.Min(*leave, second)
	return *enter <= *leave
}
