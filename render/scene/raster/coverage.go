package raster

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"slices"

	"talkgraph/render/scene/geometry"
)

// coverage finds out how much of each pixel lies inside an outline. It keeps
// cells only where a border passes, so that the work grows with the length of
// the borders and not with the area around them: a long thin curve over a large
// page costs little.
type coverage struct {
	top  int
	rows [][]cell
}

// cell is what the borders within one pixel add to its row.
type cell struct {
	x int
	// cover is the signed height of the borders: it counts for all pixels
	// further right.
	cover float64
	// area is cover times the mean distance of the borders from the left edge
	// of the pixel: what is not covered of the pixel itself.
	area float64
}

// fill paints the inside of a path, by the non-zero winding rule, with smooth
// edges. Lengths are pixels. What lies outside the target is left out.
func (c *coverage) fill(target *image.RGBA, path geometry.Path, ink color.RGBA) {
	bounds := path.Bounds()
	page := target.Bounds()
	c.reset(max(int(math.Floor(bounds.Top)), page.Min.Y), min(int(math.Ceil(bounds.Bottom)), page.Max.Y))
	for _, line := range path.Flatten(flatness) {
		points := line.Points
		for i := 1; i < len(points); i++ {
			c.border(points[i-1], points[i])
		}
		c.border(points[len(points)-1], points[0]) // an area is always closed
	}
	for i, row := range c.rows {
		paintRow(target, c.top+i, row, ink)
	}
}

// reset makes room for the rows from top to bottom.
func (c *coverage) reset(top, bottom int) {
	count := max(bottom-top, 0)
	for len(c.rows) < count {
		c.rows = append(c.rows, nil)
	}
	c.top, c.rows = top, c.rows[:count]
	for i := range c.rows {
		c.rows[i] = c.rows[i][:0]
	}
}

// border adds a straight piece of the outline, row by row.
func (c *coverage) border(a, b geometry.Point) {
	sign := 1.0
	if a.Y > b.Y {
		a, b, sign = b, a, -1
	}
	if a.Y == b.Y {
		return // a level border covers nothing
	}
	slope := (b.X - a.X) / (b.Y - a.Y)
	first := max(int(math.Floor(a.Y)), c.top)
	last := min(int(math.Ceil(b.Y)), c.top+len(c.rows))
	for y := first; y < last; y++ {
		from, to := math.Max(a.Y, float64(y)), math.Min(b.Y, float64(y+1))
		if from < to {
			c.rows[y-c.top] = addRow(c.rows[y-c.top], a.X+(from-a.Y)*slope, a.X+(to-a.Y)*slope, sign*(to-from))
		}
	}
}

// addRow adds a border that runs from x0 to x1 within one row, with the given
// signed height, pixel by pixel.
func addRow(row []cell, x0, x1, height float64) []cell {
	if x0 > x1 {
		x0, x1 = x1, x0
	}
	first, last := int(math.Floor(x0)), int(math.Floor(x1))
	if first == last {
		return append(row, cell{first, height, height * ((x0+x1)/2 - float64(first))})
	}
	perPixel := height / (x1 - x0)
	for x := first; x <= last; x++ {
		from, to := math.Max(x0, float64(x)), math.Min(x1, float64(x+1))
		if cover := perPixel * (to - from); cover != 0 {
			row = append(row, cell{x, cover, cover * ((from+to)/2 - float64(x))})
		}
	}
	return row
}

// paintRow adds the cells up from left to right and paints what they cover.
func paintRow(target *image.RGBA, y int, row []cell, ink color.RGBA) {
	slices.SortFunc(row, func(a, b cell) int { return cmp.Compare(a.x, b.x) })
	left := 0.0 // covered by all borders further left
	for i := 0; i < len(row); {
		x := row[i].x
		cover, area := 0.0, 0.0
		for ; i < len(row) && row[i].x == x; i++ {
			cover, area = cover+row[i].cover, area+row[i].area
		}
		blend(target, y, x, x+1, left+cover-area, ink)
		left += cover
		if i < len(row) {
			blend(target, y, x+1, row[i].x, left, ink)
		}
	}
}

// blend paints the pixels from x0 to x1 of a row with the strength that their
// signed coverage gives.
func blend(target *image.RGBA, y, x0, x1 int, covered float64, ink color.RGBA) {
	strength := uint32(math.Min(math.Abs(covered), 1)*255 + 0.5)
	x0, x1 = max(x0, target.Rect.Min.X), min(x1, target.Rect.Max.X)
	if strength == 0 || x0 >= x1 {
		return
	}
	pixels := target.Pix[target.PixOffset(x0, y) : target.PixOffset(x1-1, y)+4]
	for ; len(pixels) > 0; pixels = pixels[4:] {
		pixels[0] = mix(pixels[0], ink.R, strength)
		pixels[1] = mix(pixels[1], ink.G, strength)
		pixels[2] = mix(pixels[2], ink.B, strength)
	}
}

// mix is old and ink in the proportion 255-strength to strength, rounded.
func mix(old, ink uint8, strength uint32) uint8 {
	return uint8((uint32(old)*(255-strength) + uint32(ink)*strength + 127) / 255)
}
