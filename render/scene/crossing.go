package scene

import "talkgraph/render/scene/geometry"

// countCrossings counts the pairs of curves that cross. Curves that meet at a
// place of theirs do not cross there.
func (p *plan) countCrossings(curves []track) int {
	if p.large() {
		return 0 // it would take a noticeable time, and few variants are compared
	}
	count := 0
	for i, a := range p.lines {
		for k, b := range p.lines[:i] {
			if a.from != b.from && a.to != b.to && a.from != b.to && a.to != b.from && curves[i].meets(curves[k]) {
				count++
			}
		}
	}
	return count
}

// meets tells whether two curves have a point in common.
func (t track) meets(other track) bool {
	if t.bounds.Overlap(other.bounds) == 0 {
		return false
	}
	for i := 1; i < len(t.points); i++ {
		box := geometry.Around(t.points[i-1], curveWidth, curveWidth).Union(geometry.Around(t.points[i], curveWidth, curveWidth))
		if !other.crosses(box) {
			continue
		}
		for k := 1; k < len(other.points); k++ {
			if segmentsMeet(t.points[i-1], t.points[i], other.points[k-1], other.points[k]) {
				return true
			}
		}
	}
	return false
}

// segmentsMeet tells whether the line from a to b and that from c to d cross.
func segmentsMeet(a, b, c, d geometry.Point) bool {
	side := func(p, q, r geometry.Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}
