// Package font gives the widths and outlines of characters.
//
// It carries its own fonts, a subset of Noto Sans SC in Regular and Bold
// (OFL.txt is their licence, subset.py made them), so that a drawing has the
// same measures on every machine. A character that the subset lacks is looked
// for in the fonts of the system; one that is nowhere is shown as an empty box
// and reported through [Family.Source]. All lengths are in ems, the height of
// the type: multiply by the type size to get points.
//
// The package lays out nothing: no kerning, no ligatures, no line breaks.
package font

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/sync/errgroup"

	"talkgraph/render/scene/geometry"
)

// FamilyName is the name under which readers of an SVG find the embedded font
// if they have it installed.
const FamilyName = "Noto Sans SC"

// Vertical measures of the embedded font, in ems: where capital letters and
// Chinese characters begin and end around the base line.
const (
	CapHeight    = 0.733
	IdeoAscent   = 0.88
	IdeoDescent  = 0.12
	missingWidth = 0.6 // width of the box for a character that no font has
)

// Weight is the thickness of the strokes.
type Weight uint8

// The two weights there are.
const (
	Regular Weight = iota
	Bold
	weights
)

// Source tells where the shape of a character comes from.
type Source uint8

// The places, in the order they are asked.
const (
	Embedded Source = iota // the fonts in this package
	System                 // a font installed on this machine
	Missing                // nowhere: a box is drawn
)

// The files are compressed, which takes 1.5 MB off the program and adds about 15 ms
// of processor time to a drawing.
//
//go:embed NotoSansSC-Regular.ttf.gz
var regularFile []byte

//go:embed NotoSansSC-Bold.ttf.gz
var boldFile []byte

// Options says how a family is opened.
type Options struct {
	// EmbeddedOnly leaves the fonts of the system alone: characters outside
	// the subset become boxes, and the result does not depend on the machine.
	EmbeddedOnly bool
}

// Family is the embedded font in its two weights, with the system's fonts
// behind it. It is safe for concurrent use.
type Family struct {
	faces  [weights]*face
	system *systemFonts // nil if only the embedded fonts may be used

	mu     sync.Mutex
	glyphs [weights]map[rune]glyph
}

// glyph is what is known of one character in one weight.
type glyph struct {
	source  Source
	advance float64
	index   sfnt.GlyphIndex // in its font, if it has one
	outline geometry.Path   // filled when it is first asked for
	drawn   bool
}

// face is one font, parsed.
type face struct {
	file   []byte // whole, for an embedded font only
	parsed *sfnt.Font
	buffer sfnt.Buffer // guarded by the family's lock
}

// Open parses the embedded fonts. The fonts of the system are looked at only
// when a character is missing.
func Open(options Options) (*Family, error) {
	family := &Family{}
	var opening errgroup.Group
	for weight, compressed := range [weights][]byte{regularFile, boldFile} {
		family.glyphs[weight] = make(map[rune]glyph)
		opening.Go(func() (err error) {
			if family.faces[weight], err = openEmbedded(compressed); err != nil {
				err = fmt.Errorf("embedded font %d is damaged: %w; build the program again from its source", weight, err)
			}
			return err
		})
	}
	if err := opening.Wait(); err != nil {
		return nil, err
	}
	if !options.EmbeddedOnly {
		family.system = &systemFonts{}
	}
	return family, nil
}

// openEmbedded unpacks and parses a font file.
func openEmbedded(compressed []byte) (*face, error) {
	unpacker, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	file, err := io.ReadAll(unpacker)
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(file)
	if err != nil {
		return nil, err
	}
	return &face{file: file, parsed: parsed}, nil
}

// Advance is the width that a character takes in a line, in ems; 0 for
// characters that only steer others (joiners, variation selectors).
func (f *Family) Advance(weight Weight, r rune) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.glyph(weight, r).advance
}

// Width is the sum of the advances of a text, in ems.
func (f *Family) Width(weight Weight, text string) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	width := 0.0
	for _, r := range text {
		width += f.glyph(weight, r).advance
	}
	return width
}

// Source tells which font a character is drawn with.
func (f *Family) Source(weight Weight, r rune) Source {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.glyph(weight, r).source
}

// Outline is the filled shape of a character, in ems, with its origin on the
// base line at (0,0) and y growing downwards. Spaces have an empty one.
func (f *Family) Outline(weight Weight, r rune) geometry.Path {
	f.mu.Lock()
	defer f.mu.Unlock()
	g := f.glyph(weight, r)
	if g.drawn {
		return g.outline
	}
	switch g.source {
	case Embedded:
		g.outline = f.faces[weight].outline(g.index)
	case System:
		g.outline = f.system.outline(weight, r)
	case Missing:
		g.outline = missingBox()
	}
	g.drawn = true
	f.glyphs[weight][r] = g
	return g.outline
}

// glyph looks a character up; the caller holds the lock.
func (f *Family) glyph(weight Weight, r rune) glyph {
	if g, ok := f.glyphs[weight][r]; ok {
		return g
	}
	g := f.find(weight, r)
	f.glyphs[weight][r] = g
	return g
}

func (f *Family) find(weight Weight, r rune) glyph {
	if Invisible(r) {
		return glyph{source: Embedded, drawn: true}
	}
	if g, ok := f.faces[weight].find(r); ok {
		return g
	}
	if f.system != nil {
		if advance, ok := f.system.advance(weight, r); ok {
			return glyph{source: System, advance: advance}
		}
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return glyph{source: Missing, drawn: true} // a lost accent takes no room
	}
	return glyph{source: Missing, advance: missingWidth + 0.1}
}

// Invisible tells whether a character has no shape and no width of its own:
// joiners, direction marks, variation selectors.
func Invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// find looks a character up in one embedded font.
func (f *face) find(r rune) (glyph, bool) {
	index, err := f.parsed.GlyphIndex(&f.buffer, r)
	if err != nil || index == 0 {
		return glyph{}, false
	}
	advance, err := f.parsed.GlyphAdvance(&f.buffer, index, f.unit(), font.HintingNone)
	if err != nil {
		return glyph{}, false
	}
	return glyph{source: Embedded, index: index, advance: f.ems(advance)}, true
}

// unit is the type size at which sfnt speaks in the font's own units.
func (f *face) unit() fixed.Int26_6 { return fixed.I(int(f.parsed.UnitsPerEm())) }

func (f *face) ems(x fixed.Int26_6) float64 { return float64(x) / float64(f.unit()) }

// outline reads the shape of a glyph; one that cannot be read is left empty,
// which the tests make sure does not happen with the embedded files.
func (f *face) outline(index sfnt.GlyphIndex) geometry.Path {
	segments, err := f.parsed.LoadGlyph(&f.buffer, index, f.unit(), nil)
	if err != nil {
		return nil
	}
	point := func(p fixed.Point26_6) geometry.Point { return geometry.Point{X: f.ems(p.X), Y: f.ems(p.Y)} }
	var path geometry.Path
	for _, segment := range segments {
		a := segment.Args
		switch segment.Op {
		case sfnt.SegmentOpMoveTo:
			if len(path) > 0 {
				path.Close()
			}
			path.Move(point(a[0]))
		case sfnt.SegmentOpLineTo:
			path.Line(point(a[0]))
		case sfnt.SegmentOpQuadTo:
			path.Quad(point(a[0]), point(a[1]))
		case sfnt.SegmentOpCubeTo:
			path.Cubic(point(a[0]), point(a[1]), point(a[2]))
		}
	}
	if len(path) > 0 {
		path.Close()
	}
	return path
}

// missingBox is the empty box shown for a character that no font has.
func missingBox() geometry.Path {
	outer := geometry.Rect{Left: 0.05, Top: -0.75, Right: 0.05 + missingWidth, Bottom: 0}
	path := geometry.RoundedRect(outer, 0)
	inner := outer.Grow(-0.05)
	// The hole runs the other way round, so that it stays empty under the
	// non-zero winding rule that SVG, PDF and the rasteriser share.
	path.Move(geometry.Point{X: inner.Left, Y: inner.Top})
	path.Line(geometry.Point{X: inner.Left, Y: inner.Bottom})
	path.Line(geometry.Point{X: inner.Right, Y: inner.Bottom})
	path.Line(geometry.Point{X: inner.Right, Y: inner.Top})
	path.Close()
	return path
}
