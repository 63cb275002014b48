package scene

import "talkgraph/render/scene/geometry"

// track is the way of a curve in straight pieces, kept because many rectangles
// are compared with each curve.
type track struct {
	points []geometry.Point
	bounds geometry.Rect // not empty, even around a level line
}

// trackOf follows the first part of a path; curves have one only.
func trackOf(path geometry.Path) track {
	var t track
	if lines := path.Flatten(0.5); len(lines) > 0 {
		t.points = lines[0].Points
	}
	for _, point := range t.points {
		t.bounds = t.bounds.Union(geometry.Around(point, curveWidth, curveWidth))
	}
	return t
}

// crosses tells whether the curve runs through a rectangle.
func (t track) crosses(r geometry.Rect) bool {
	if t.bounds.Overlap(r) == 0 {
		return false
	}
	for i := 1; i < len(t.points); i++ {
		if r.Crosses(t.points[i-1], t.points[i]) {
			return true
		}
	}
	return false
}

func (t track) length() float64 {
	length := 0.0
	for i := 1; i < len(t.points); i++ {
		length += t.points[i].Sub(t.points[i-1]).Length()
	}
	return length
}
