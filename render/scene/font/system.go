package font

import (
	"os"
	"path/filepath"

	gotext "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"

	"talkgraph/render/scene/geometry"
)

// systemFonts finds characters in the fonts installed on the machine. It is
// opened when it is first asked, since the scan costs tens of milliseconds, and
// it is guarded by the family's lock.
type systemFonts struct {
	cacheDir string
	opened   bool
	fonts    *fontscan.FontMap // nil if the system has no usable fonts
}

// silent throws the scanner's messages about odd font files away: what counts
// for the user is whether the character was found, and that is reported.
type silent struct{}

func (silent) Printf(string, ...any) {}

func (s *systemFonts) open() {
	if s.opened {
		return
	}
	s.opened = true
	dir := s.cacheDir
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			user = os.TempDir()
		}
		dir = filepath.Join(user, "talkgraph")
	}
	fonts := fontscan.NewFontMap(silent{})
	if err := fonts.UseSystemFonts(dir); err != nil {
		return
	}
	s.fonts = fonts
}

// face returns a font with an outline for the character, or nil.
func (s *systemFonts) face(weight Weight, r rune) (*gotext.Face, gotext.GID) {
	s.open()
	if s.fonts == nil {
		return nil, 0
	}
	aspect := gotext.Aspect{Weight: gotext.WeightNormal}
	if weight == Bold {
		aspect.Weight = gotext.WeightBold
	}
	s.fonts.SetQuery(fontscan.Query{Families: []string{FamilyName, fontscan.SansSerif}, Aspect: aspect})
	face := s.fonts.ResolveFace(r)
	if face == nil {
		return nil, 0
	}
	index, ok := face.NominalGlyph(r)
	if !ok || index == 0 {
		return nil, 0
	}
	// A picture font (colour emoji) has no outline to draw.
	if _, ok := face.GlyphData(index).(gotext.GlyphOutline); !ok {
		return nil, 0
	}
	return face, index
}

func (s *systemFonts) advance(weight Weight, r rune) (float64, bool) {
	face, index := s.face(weight, r)
	if face == nil {
		return 0, false
	}
	return float64(face.HorizontalAdvance(index)) / float64(face.Upem()), true
}

func (s *systemFonts) outline(weight Weight, r rune) geometry.Path {
	face, index := s.face(weight, r)
	if face == nil {
		return nil
	}
	data, ok := face.GlyphData(index).(gotext.GlyphOutline)
	if !ok {
		return nil
	}
	return fromSegments(data.Segments, float64(face.Upem()))
}

// fromSegments turns an outline in font units, y upwards, into ems, y downwards.
func fromSegments(segments []opentype.Segment, upem float64) geometry.Path {
	point := func(p opentype.SegmentPoint) geometry.Point {
		return geometry.Point{X: float64(p.X) / upem, Y: -float64(p.Y) / upem}
	}
	var path geometry.Path
	for _, segment := range segments {
		a := segment.Args
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if len(path) > 0 {
				path.Close()
			}
			path.Move(point(a[0]))
		case opentype.SegmentOpLineTo:
			path.Line(point(a[0]))
		case opentype.SegmentOpQuadTo:
			path.Quad(point(a[0]), point(a[1]))
		case opentype.SegmentOpCubeTo:
			path.Cubic(point(a[0]), point(a[1]), point(a[2]))
		}
	}
	if len(path) > 0 {
		path.Close()
	}
	return path
}
