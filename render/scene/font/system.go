package font

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flopp/go-findfont"
	"golang.org/x/image/font/sfnt"

	"talkgraph/render/scene/geometry"
)

// systemFonts finds characters in the fonts installed on the machine. Nothing is
// opened before a character is asked for, and no more files than are needed to find
// it, since a machine may have a thousand. It is guarded by the family's lock.
type systemFonts struct {
	files [weights][]*fontFile // in the order they are asked, nil until the first question
}

// fontFile is one file of the system, opened when it is first asked.
type fontFile struct {
	path   string
	opened bool
	faces  []*face // empty if the file cannot be read
}

// face returns the first font with an outline for the character.
func (s *systemFonts) face(weight Weight, r rune) (*face, glyph, bool) {
	if s.files[weight] == nil {
		s.files[weight] = orderedFiles(findfont.List(), weight)
	}
	for _, file := range s.files[weight] {
		for _, face := range file.open() {
			// A picture font (colour emoji) has no outline to draw.
			if g, ok := face.find(r); ok && len(face.outline(g.index)) > 0 {
				return face, g, true
			}
		}
	}
	return nil, glyph{}, false
}

func (s *systemFonts) advance(weight Weight, r rune) (float64, bool) {
	_, g, ok := s.face(weight, r)
	return g.advance, ok
}

func (s *systemFonts) outline(weight Weight, r rune) geometry.Path {
	face, g, ok := s.face(weight, r)
	if !ok {
		return nil
	}
	return face.outline(g.index)
}

// open parses the fonts of a file; the file stays open as long as the program runs,
// for glyphs are read from it when they are drawn.
func (f *fontFile) open() []*face {
	if f.opened {
		return f.faces
	}
	f.opened = true
	file, err := os.Open(f.path)
	if err != nil {
		return nil
	}
	collection, err := sfnt.ParseCollectionReaderAt(file)
	if err != nil {
		file.Close()
		return nil
	}
	for i := range collection.NumFonts() {
		if parsed, err := collection.Font(i); err == nil {
			f.faces = append(f.faces, &face{parsed: parsed})
		}
	}
	slices.SortStableFunc(f.faces, func(a, b *face) int { return cmp.Compare(a.foreignness(), b.foreignness()) })
	return f.faces
}

// foreignness puts the simplified Chinese face of a collection before the others:
// their shapes of the same characters differ.
func (f *face) foreignness() int {
	name, err := f.parsed.Name(&f.buffer, sfnt.NameIDFamily)
	if err == nil && strings.HasSuffix(name, " SC") {
		return 0
	}
	return 1
}

// chineseSans are parts of the names of files with plain Chinese letters, as the
// common systems have them.
var chineseSans = []string{"notosanscjk", "notosanssc", "sourcehansans", "pingfang", "msyh", "hiragino", "droidsansfallback", "stheiti"}

// orderedFiles sorts font files by how well they go with the embedded font in a
// weight; the order depends on nothing but the paths.
func orderedFiles(paths []string, weight Weight) []*fontFile {
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(unlikeness(a, weight), unlikeness(b, weight)), cmp.Compare(a, b))
	})
	files := make([]*fontFile, 0, len(paths))
	for _, path := range slices.Compact(paths) {
		files = append(files, &fontFile{path: path})
	}
	return files
}

// unlikeness is 0 for a file that looks like the embedded font and grows with what
// sets it apart: serifs, slant, another weight.
func unlikeness(path string, weight Weight) int {
	name := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(filepath.Base(path)))
	score := 0
	switch {
	case slices.ContainsFunc(chineseSans, func(part string) bool { return strings.Contains(name, part) }):
	case strings.Contains(name, "sans"):
		score += 4
	default:
		score += 8
	}
	if strings.Contains(name, "bold") != (weight == Bold) {
		score++
	}
	for _, odd := range []string{"italic", "oblique", "mono", "thin", "light", "black"} {
		if strings.Contains(name, odd) {
			score += 2
		}
	}
	return score
}
