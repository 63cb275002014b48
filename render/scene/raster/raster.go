// Package raster paints a scene into pixels, as PNG or JPEG. Text is painted
// from the same outlines that it was measured with, so the picture needs no
// fonts on the machine that shows it.
package raster

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"math"

	"talkgraph/render/scene"
	"talkgraph/render/scene/geometry"
)

// Options says how large the picture is.
type Options struct {
	// Scale is the number of pixels for one point of the scene; 0 means 2, or
	// less for a very large drawing, but never below 1.
	Scale float64
}

const (
	defaultScale  = 2
	defaultPixels = 24_000_000  // which the default scale does not exceed
	maxPixels     = 150_000_000 // beyond this viewers fail
	jpegQuality   = 92
)

// PNG writes the scene as a PNG file.
func PNG(w io.Writer, s *scene.Scene, options Options) error {
	picture, err := Paint(s, options)
	if err != nil {
		return err
	}
	return writePNG(w, picture, float64(picture.Bounds().Dx())/s.Width)
}

// JPEG writes the scene as a JPEG file.
func JPEG(w io.Writer, s *scene.Scene, options Options) error {
	picture, err := Paint(s, options)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(w, picture, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return fmt.Errorf("write jpeg: %w", err)
	}
	return nil
}

// Paint paints the scene into memory. It fails if the picture would be too
// large.
func Paint(s *scene.Scene, options Options) (*image.RGBA, error) {
	scale := options.Scale
	if scale == 0 {
		scale = max(1, min(defaultScale, math.Sqrt(defaultPixels/(s.Width*s.Height))))
	}
	if !(scale > 0) {
		return nil, fmt.Errorf("the scale %v is not above 0", scale)
	}
	width, height := math.Ceil(s.Width*scale), math.Ceil(s.Height*scale)
	if width*height > maxPixels {
		return nil, fmt.Errorf("a picture of %.0f × %.0f pixels is too large; choose a scale below %.2g, or SVG or PDF", width, height, math.Sqrt(maxPixels/(s.Width*s.Height)))
	}
	p := &painter{target: image.NewRGBA(image.Rect(0, 0, int(width), int(height))), scale: scale, scene: s}
	draw.Draw(p.target, p.target.Bounds(), image.NewUniform(rgba(s.Background)), image.Point{}, draw.Src)
	for _, element := range s.Elements {
		for _, shape := range element.Shapes {
			p.shape(shape)
		}
		for _, text := range element.Texts {
			p.text(text)
		}
	}
	return p.target, nil
}

func rgba(c scene.Color) color.RGBA { return color.RGBA{R: c.R, G: c.G, B: c.B, A: 0xff} }

// painter paints in pixels what is given in points.
type painter struct {
	target *image.RGBA
	scale  float64
	scene  *scene.Scene
	inside coverage
}

func (p *painter) shape(s scene.Shaped) {
	path := s.Path.Transform(p.scale, p.scale, geometry.Point{})
	if s.Fill.Visible {
		p.inside.fill(p.target, path, rgba(s.Fill))
	}
	if s.Stroke.Visible {
		dash := make([]float64, len(s.Dash))
		for i, length := range s.Dash {
			dash[i] = length * p.scale
		}
		p.inside.fill(p.target, stroke(path, s.Width*p.scale, dash), rgba(s.Stroke))
	}
}

// text paints the glyphs of a line in one go.
func (p *painter) text(t scene.Text) {
	size := t.Size * p.scale
	at := geometry.Point{X: t.Left() * p.scale, Y: t.At.Y * p.scale}
	var path geometry.Path
	for _, r := range t.Glyphs() {
		path = append(path, p.scene.Fonts.Outline(t.Weight, r).Transform(size, size, at)...)
		at.X += p.scene.Fonts.Advance(t.Weight, r) * size
	}
	p.inside.fill(p.target, path, rgba(t.Color))
}
