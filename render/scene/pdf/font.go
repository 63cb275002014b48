package pdf

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"talkgraph/render/scene/font"
)

// embedded is a font of the file; object is 0 if the scene does not use it.
type embedded struct {
	name   string // in the resources of the page
	object int
	glyphs map[rune]uint16
}

// embed puts the characters that the scene uses in one weight into the file.
func (d *document) embed(weight font.Weight) (embedded, error) {
	characters := d.characters(weight)
	if len(characters) == 0 {
		return embedded{}, nil
	}
	subset, err := d.scene.Fonts.Subset(weight, characters)
	if err != nil {
		return embedded{}, err
	}
	name := "/" + subsetTag(characters) + "+NotoSansSC-" + map[font.Weight]string{font.Regular: "Regular", font.Bold: "Bold"}[weight]
	file, err := d.stream(subset.File, fmt.Sprintf(" /Length1 %d", len(subset.File)))
	if err != nil {
		return embedded{}, err
	}
	unicode, err := d.stream([]byte(toUnicode(subset.Glyphs)), "")
	if err != nil {
		return embedded{}, err
	}
	descriptor := d.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>",
		name, milli(subset.Box[0]), milli(subset.Box[1]), milli(subset.Box[2]), milli(subset.Box[3]),
		milli(subset.Ascent), -milli(subset.Descent), milli(subset.CapHeight), file))
	descendant := d.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [%s]] >>",
		name, descriptor, widths(subset.Advances)))
	object := d.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicode))
	return embedded{name: fmt.Sprintf("F%d", weight), object: object, glyphs: subset.Glyphs}, nil
}

// characters lists what is written in one weight with the embedded fonts.
func (d *document) characters(weight font.Weight) []rune {
	var characters []rune
	for _, element := range d.scene.Elements {
		for _, text := range element.Texts {
			if text.Weight != weight {
				continue
			}
			for _, r := range text.Content {
				if d.scene.Fonts.Source(weight, r) == font.Embedded {
					characters = append(characters, r)
				}
			}
		}
	}
	slices.Sort(characters)
	return slices.Compact(characters)
}

// subsetTag is six letters that differ between subsets of one font, as the
// format asks.
func subsetTag(characters []rune) string {
	sum := crc32.ChecksumIEEE([]byte(string(characters)))
	var tag strings.Builder
	for range 6 {
		tag.WriteByte('A' + byte(sum%26))
		sum /= 26
	}
	return tag.String()
}

// milli is a length in ems as thousandths, the unit of PDF fonts.
func milli(ems float64) int { return int(ems*1000 + 0.5) }

func widths(advances []float64) string {
	words := make([]string, len(advances))
	for i, advance := range advances {
		words[i] = fmt.Sprint(milli(advance))
	}
	return strings.Join(words, " ")
}

// bfRange is the greatest number of entries in one section of a ToUnicode map.
const bfRange = 100

// toUnicode tells a viewer which character each glyph stands for, so that text
// can be copied. Of several characters with one glyph the first is given.
func toUnicode(glyphs map[rune]uint16) string {
	characters := make([]rune, 0, len(glyphs))
	for r := range glyphs {
		characters = append(characters, r)
	}
	slices.Sort(characters)
	seen := make(map[uint16]bool)
	var entries []string
	for _, r := range characters {
		if glyph := glyphs[r]; !seen[glyph] {
			seen[glyph] = true
			entries = append(entries, fmt.Sprintf("<%04X> <%s>\n", glyph, utf16Hex([]rune{r})))
		}
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(entries, bfRange) {
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", len(part), strings.Join(part, ""))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
