package raster

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"talkgraph/render/scene/geometry"
)

// filler fills outlines; it keeps its buffer from one to the next.
type filler struct{ rasterizer vector.Rasterizer }

// fill paints the inside of a path, by the non-zero winding rule, with smooth
// edges. Lengths are pixels.
func (f *filler) fill(target draw.Image, path geometry.Path, ink color.RGBA) {
	bounds := path.Bounds()
	area := image.Rect(
		int(math.Floor(bounds.Left)), int(math.Floor(bounds.Top)),
		int(math.Ceil(bounds.Right))+1, int(math.Ceil(bounds.Bottom))+1,
	)
	// Only the part on the picture is painted; the rasteriser clips nothing.
	if area = area.Intersect(target.Bounds()); area.Empty() {
		return
	}
	f.rasterizer.Reset(area.Dx(), area.Dy())
	x := func(p geometry.Point) float32 { return float32(p.X - float64(area.Min.X)) }
	y := func(p geometry.Point) float32 { return float32(p.Y - float64(area.Min.Y)) }
	for _, segment := range path {
		q := segment.Points
		switch segment.Op {
		case geometry.MoveTo:
			f.rasterizer.MoveTo(x(q[0]), y(q[0]))
		case geometry.LineTo:
			f.rasterizer.LineTo(x(q[0]), y(q[0]))
		case geometry.QuadTo:
			f.rasterizer.QuadTo(x(q[0]), y(q[0]), x(q[1]), y(q[1]))
		case geometry.CubicTo:
			f.rasterizer.CubeTo(x(q[0]), y(q[0]), x(q[1]), y(q[1]), x(q[2]), y(q[2]))
		case geometry.Close:
			f.rasterizer.ClosePath()
		}
	}
	f.rasterizer.Draw(target, area, image.NewUniform(ink), image.Point{})
}
