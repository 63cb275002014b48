package font

import (
	"bytes"
	"slices"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func open(t testing.TB, options Options) *Family {
	family, err := Open(options)
	if err != nil {
		t.Fatal(err)
	}
	return family
}

func TestEveryCharacterOfGB2312IsEmbedded(t *testing.T) {
	family := open(t, Options{EmbeddedOnly: true})
	count := 0
	for lead := byte(0xb0); lead <= 0xf7; lead++ {
		for trail := byte(0xa1); trail <= 0xfe; trail++ {
			text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{lead, trail})
			if err != nil || bytes.ContainsRune(text, 0xfffd) {
				continue
			}
			r := bytes.Runes(text)[0]
			if r >= 0xe000 && r <= 0xf8ff {
				continue // the unused end of row D7
			}
			count++
			for _, weight := range []Weight{Regular, Bold} {
				if family.Source(weight, r) != Embedded || len(family.Outline(weight, r)) == 0 || family.Advance(weight, r) != 1 {
					t.Errorf("%c in weight %d is not embedded whole", r, weight)
				}
			}
		}
	}
	if count != 6763 {
		t.Errorf("%d characters looked at, want the 6763 of the standard", count)
	}
}

func TestWidths(t *testing.T) {
	family := open(t, Options{EmbeddedOnly: true})
	if got := family.Width(Regular, "知识图谱"); got != 4 {
		t.Errorf("four Chinese characters are %v em wide", got)
	}
	if narrow, wide := family.Width(Regular, "iii"), family.Width(Regular, "WWW"); narrow >= wide || narrow <= 0 {
		t.Errorf("iii is %v wide and WWW %v", narrow, wide)
	}
	if regular, bold := family.Width(Regular, "speculative"), family.Width(Bold, "speculative"); regular >= bold {
		t.Errorf("bold (%v) is not wider than regular (%v)", bold, regular)
	}
}

func TestMissingCharactersAreBoxes(t *testing.T) {
	family := open(t, Options{EmbeddedOnly: true})
	if family.Source(Regular, '🦜') != Missing || len(family.Outline(Regular, '🦜')) == 0 || family.Advance(Regular, '🦜') <= 0 {
		t.Error("a character without a font is not shown as a box")
	}
	for _, r := range "\u200d\ufe0f\u200b" {
		if family.Advance(Regular, r) != 0 || len(family.Outline(Regular, r)) != 0 || family.Source(Regular, r) != Embedded {
			t.Errorf("%U is not invisible", r)
		}
	}
	if len(family.Outline(Regular, ' ')) != 0 || family.Advance(Regular, ' ') <= 0 {
		t.Error("a blank is not blank")
	}
}

func TestSystemFontsDrawWhatIsNotEmbedded(t *testing.T) {
	family := open(t, Options{})
	const rare = '𠮷'
	switch family.Source(Regular, rare) {
	case Missing:
		t.Skip("this machine has no font with U+20BB7; install fonts-noto-cjk to run this test")
	case Embedded:
		t.Fatal("U+20BB7 is said to be in the subset")
	}
	if len(family.Outline(Regular, rare)) == 0 || family.Advance(Regular, rare) <= 0 {
		t.Error("the character of a system font has no outline")
	}
}

func TestSubsetIsAFontWithTheSameShapes(t *testing.T) {
	family := open(t, Options{EmbeddedOnly: true})
	characters := []rune("线性注意力 linear é→🦜")
	subset, err := family.Subset(Bold, characters)
	if err != nil {
		t.Fatal(err)
	}
	if len(subset.File) > 20000 {
		t.Errorf("a few characters take %d bytes", len(subset.File))
	}
	parsed, err := sfnt.Parse(subset.File)
	if err != nil {
		t.Fatal(err)
	}
	small := &face{file: subset.File, parsed: parsed}
	for _, r := range characters {
		g, ok := small.find(r)
		if family.Source(Bold, r) == Missing {
			if ok {
				t.Errorf("%c is in the subset, but not in the font", r)
			}
			continue
		}
		if !ok || uint16(g.index) != subset.Glyphs[r] || g.advance != family.Advance(Bold, r) {
			t.Errorf("%c: %+v, %v", r, g, ok)
		}
		if !slices.Equal(small.outline(g.index), family.Outline(Bold, r)) {
			t.Errorf("%c has another shape in the subset", r)
		}
	}
	again, err := family.Subset(Bold, characters)
	if err != nil || !bytes.Equal(subset.File, again.File) {
		t.Errorf("two subsets of the same characters differ (%v)", err)
	}
	if checksum(subset.File) != 0xB1B0AFBA {
		t.Error("the checksum of the file is wrong")
	}
}

func TestDamagedFontIsAnError(t *testing.T) {
	whole := open(t, Options{EmbeddedOnly: true}).faces[Regular].file
	for _, length := range []int{0, 11, 20, 100} {
		if _, err := readTables(whole[:length]); err == nil {
			t.Errorf("a font of %d bytes is taken", length)
		}
		if _, err := openEmbedded(regularFile[:length]); err == nil {
			t.Errorf("%d bytes of a compressed font are taken", length)
		}
	}
}
