package raster

import (
	"math"

	"talkgraph/render/scene/geometry"
)

// flatness is how far a straight piece may stray from its curve, in pixels.
const flatness = 0.05

// stroke returns the outline of a line of the given width drawn along a path,
// broken into dashes if their lengths are given. Lengths are pixels.
//
// Every piece becomes one outline: two that overlap would be darker where their
// smooth edges meet.
func stroke(path geometry.Path, width float64, dash []float64) geometry.Path {
	var outline geometry.Path
	for _, line := range path.Flatten(flatness) {
		line.Points = distinct(line.Points)
		if len(dash) > 0 {
			if line.Closed {
				line.Points = append(line.Points, line.Points[0])
			}
			for _, piece := range cut(line.Points, dash) {
				outline = append(outline, ribbon(piece, width/2)...)
			}
			continue
		}
		if line.Closed {
			outline = append(outline, ring(line.Points, width/2)...)
		} else {
			outline = append(outline, ribbon(line.Points, width/2)...)
		}
	}
	return outline
}

// distinct drops points that lie on the one before them.
func distinct(points []geometry.Point) []geometry.Point {
	kept := points[:1:1]
	for _, p := range points[1:] {
		if p.Sub(kept[len(kept)-1]).Length() > 1e-6 {
			kept = append(kept, p)
		}
	}
	return kept
}

// ribbon is the outline around an open line with flat ends.
func ribbon(points []geometry.Point, half float64) geometry.Path {
	if len(points) < 2 {
		return nil
	}
	var path geometry.Path
	path.Move(points[0].Add(offset(points, 0, half, false)))
	for i := 1; i < len(points); i++ {
		path.Line(points[i].Add(offset(points, i, half, false)))
	}
	for i := len(points) - 1; i >= 0; i-- {
		path.Line(points[i].Sub(offset(points, i, half, false)))
	}
	path.Close()
	return path
}

// ring is the outline around a closed line: an outer and an inner border that
// run in opposite directions.
func ring(points []geometry.Point, half float64) geometry.Path {
	if last := len(points) - 1; last > 0 && points[last].Sub(points[0]).Length() < 1e-6 {
		points = points[:last]
	}
	if len(points) < 3 {
		return ribbon(points, half)
	}
	var path geometry.Path
	for i := range points {
		border := points[i].Add(offset(points, i, half, true))
		if i == 0 {
			path.Move(border)
		} else {
			path.Line(border)
		}
	}
	path.Close()
	for i := len(points) - 1; i >= 0; i-- {
		border := points[i].Sub(offset(points, i, half, true))
		if i == len(points)-1 {
			path.Move(border)
		} else {
			path.Line(border)
		}
	}
	path.Close()
	return path
}

// miterLimit bounds how far a sharp corner may stick out, in half widths.
const miterLimit = 3

// offset is the way from point i of a line to its left border, half a width
// away from both neighbouring pieces.
func offset(points []geometry.Point, i int, half float64, closed bool) geometry.Point {
	count := len(points)
	before, after := i-1, i+1
	if closed {
		before, after = (i+count-1)%count, (i+1)%count
	}
	var in, out geometry.Point
	if before >= 0 {
		in = points[i].Sub(points[before]).Unit()
	}
	if after < count {
		out = points[after].Sub(points[i]).Unit()
	}
	if before < 0 {
		in = out
	}
	if after >= count {
		out = in
	}
	middle := in.Add(out).Unit()
	if middle == (geometry.Point{}) {
		middle = in // the line turns back on itself
	}
	normal := geometry.Point{X: middle.Y, Y: -middle.X}
	cosine := normal.X*in.Y - normal.Y*in.X // of the angle between the normals
	return normal.Scale(half / math.Max(math.Abs(cosine), 1.0/miterLimit))
}

// cut divides a line into dashes; pattern holds lengths of dashes and gaps in
// turn.
func cut(points []geometry.Point, pattern []float64) [][]geometry.Point {
	var pieces [][]geometry.Point
	turn, left := 0, pattern[0]
	piece := []geometry.Point{points[0]}
	finish := func() {
		if turn%2 == 0 && len(piece) > 1 {
			pieces = append(pieces, piece)
		}
	}
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		for length := to.Sub(from).Length(); length > left; length = to.Sub(from).Length() {
			from = geometry.Lerp(from, to, left/length)
			piece = append(piece, from)
			finish()
			turn++
			left = math.Max(pattern[turn%len(pattern)], 0.01)
			piece = []geometry.Point{from}
		}
		left -= to.Sub(from).Length()
		piece = append(piece, to)
	}
	finish()
	return pieces
}
