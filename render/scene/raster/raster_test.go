package raster

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
	"talkgraph/render/scene/scenetest"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		if err := layout.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func build(t testing.TB, d scene.Diagram) *scene.Scene {
	t.Helper()
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := scene.Build(context.Background(), d, scene.Options{Fonts: fonts})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ink is the sum of what a path covers on a white page of 100 × 100 pixels, in
// pixels.
func ink(path geometry.Path) float64 {
	target := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range target.Pix {
		target.Pix[i] = 0xff
	}
	var inside coverage
	inside.fill(target, path, color.RGBA{A: 0xff})
	sum := 0.0
	for i := 0; i < len(target.Pix); i += 4 {
		sum += float64(0xff-target.Pix[i]) / 0xff
	}
	return sum
}

func TestCoverageIsTheArea(t *testing.T) {
	triangle := geometry.Path{}
	triangle.Move(geometry.Point{X: 10.3, Y: 10.7})
	triangle.Line(geometry.Point{X: 80.1, Y: 20.2})
	triangle.Line(geometry.Point{X: 30.9, Y: 90.4})
	twice := append(geometry.RoundedRect(geometry.Rect{Left: 10, Top: 10, Right: 20, Bottom: 20}, 0),
		geometry.RoundedRect(geometry.Rect{Left: 15, Top: 10, Right: 25, Bottom: 20}, 0)...)
	for name, test := range map[string]struct {
		path geometry.Path
		want float64
	}{
		"square":                 {geometry.RoundedRect(geometry.Rect{Left: 10.25, Top: 10.5, Right: 30.75, Bottom: 40.25}, 0), 20.5 * 29.75},
		"circle":                 {geometry.Ellipse(geometry.Around(geometry.Point{X: 50, Y: 50}, 60, 60)), math.Pi * 900},
		"triangle":               {triangle, 0.5 * math.Abs((80.1-10.3)*(90.4-10.7)-(30.9-10.3)*(20.2-10.7))},
		"partly off the page":    {geometry.RoundedRect(geometry.Rect{Left: -50, Top: 90, Right: 50, Bottom: 150}, 0), 500},
		"right of the page":      {geometry.RoundedRect(geometry.Rect{Left: 200, Top: 20, Right: 250, Bottom: 50}, 0), 0},
		"overlap counted once":   {twice, 150},
		"line of width 3":        {stroke(lineFrom(10, 10, 90, 50), 3, nil), 3 * math.Hypot(80, 40)},
		"frame of width 2":       {stroke(geometry.RoundedRect(geometry.Rect{Left: 10, Top: 10, Right: 60, Bottom: 60}, 0), 2, nil), 4 * 50 * 2},
		"dashes, half of a line": {stroke(lineFrom(10, 50, 90, 50), 2, []float64{4, 4}), 80},
	} {
		if got := ink(test.path); math.Abs(got-test.want) > 0.004*test.want+0.3 {
			t.Errorf("%s covers %.2f pixels, want %.2f", name, got, test.want)
		}
	}
}

func lineFrom(x0, y0, x1, y1 float64) geometry.Path {
	var path geometry.Path
	path.Move(geometry.Point{X: x0, Y: y0})
	path.Line(geometry.Point{X: x1, Y: y1})
	return path
}

func TestStrokeOfNothing(t *testing.T) {
	var dot geometry.Path
	dot.Move(geometry.Point{X: 5, Y: 5})
	dot.Line(geometry.Point{X: 5, Y: 5})
	if got := ink(stroke(dot, 2, nil)); got != 0 {
		t.Errorf("a line without length covers %v pixels", got)
	}
}

func TestPNGIsReadBackPixelByPixel(t *testing.T) {
	s := build(t, scenetest.FocusChinese())
	painted, err := Paint(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := PNG(&file, s, Options{}); err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	if decoded.Bounds() != painted.Bounds() {
		t.Fatalf("size %v, want %v", decoded.Bounds(), painted.Bounds())
	}
	for y := range painted.Bounds().Dy() {
		for x := range painted.Bounds().Dx() {
			if color.RGBAModel.Convert(decoded.At(x, y)) != painted.At(x, y) {
				t.Fatalf("pixel %d,%d is %v, want %v", x, y, decoded.At(x, y), painted.At(x, y))
			}
		}
	}
}

// TestEveryTextIsPainted looks for ink where texts are.
func TestEveryTextIsPainted(t *testing.T) {
	s := build(t, scenetest.FocusEnglish())
	picture, err := Paint(s, Options{Scale: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, element := range s.Elements {
		for _, text := range element.Texts {
			found := false
			b := text.Bounds()
			for y := int(b.Top * 3); y < int(b.Bottom*3) && !found; y++ {
				for x := int(b.Left * 3); x < int(b.Right*3) && !found; x++ {
					found = picture.RGBAAt(x, y) == rgba(text.Color)
				}
			}
			if !found {
				t.Errorf("no ink where %q should be", text.Content)
			}
		}
	}
}

func TestJPEGHasTheSizeOfThePicture(t *testing.T) {
	s := build(t, scenetest.Overview())
	var file bytes.Buffer
	if err := JPEG(&file, s, Options{Scale: 1.5}); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	want := image.Pt(int(math.Ceil(s.Width*1.5)), int(math.Ceil(s.Height*1.5)))
	if got := decoded.Bounds().Size(); got != want {
		t.Errorf("size %v, want %v", got, want)
	}
}

func TestBadScalesAreRefused(t *testing.T) {
	s := build(t, scenetest.FocusEnglish())
	for _, scale := range []float64{-1, math.NaN(), 1000, math.Inf(1)} {
		if err := PNG(io.Discard, s, Options{Scale: scale}); err == nil {
			t.Errorf("scale %v is taken", scale)
		}
	}
	if err := PNG(io.Discard, s, Options{Scale: 1000}); !strings.Contains(err.Error(), "scale below") {
		t.Errorf("the error %q does not say what to do", err)
	}
}

func BenchmarkPNG(b *testing.B) {
	s := build(b, scenetest.FocusChinese())
	for b.Loop() {
		if err := PNG(io.Discard, s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
