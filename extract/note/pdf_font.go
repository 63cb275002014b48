package note

import (
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// pdfFont tells the text and the width of the codes of a font.
type pdfFont struct {
	twoBytes bool              // codes have two bytes, else one
	unicode  map[string]string // code → text, by the font's own table
	ranges   []unicodeRange    // the same, for runs of codes
	decode   func(code string) string
	first    int       // code of the first width
	widths   []float64 // in thousandths of the letters' size
	wide     map[int]float64
	fallback float64 // width of other codes
	scale    float64 // from the font's unit to the letters' size
}

// unicodeRange maps the codes from low to high to texts that end in consecutive
// characters.
type unicodeRange struct {
	low, high string
	text      string
}

// mostCodes bounds the widths and codes that are read of one font.
const mostCodes = 1 << 17

func newFont(value pdf.Value) *pdfFont {
	f := &pdfFont{unicode: map[string]string{}, scale: 0.001}
	f.twoBytes = value.Key("Subtype").Name() == "Type0"
	if table := value.Key("ToUnicode"); table.Kind() == pdf.Stream {
		f.readUnicode(table)
	}
	f.decode = decoderOf(value, f.twoBytes)
	if f.twoBytes {
		f.readWideWidths(value.Key("DescendantFonts").Index(0))
		return f
	}
	f.first = int(value.Key("FirstChar").Int64())
	widths := value.Key("Widths")
	if widths.Len() == 0 { // one of the fonts that every program has
		f.fallback = 500
	}
	for i := 0; i < min(widths.Len(), 256); i++ {
		f.widths = append(f.widths, widths.Index(i).Float64())
	}
	if matrix := value.Key("FontMatrix"); value.Key("Subtype").Name() == "Type3" && matrix.Len() == 6 {
		f.scale = matrix.Index(0).Float64()
	}
	return f
}

// decoderOf returns how codes are read that the font's own table does not have.
func decoderOf(value pdf.Value, twoBytes bool) func(string) string {
	encoding := value.Key("Encoding").Name()
	switch {
	case !twoBytes:
		font := pdf.Font{V: value}
		return font.Encoder().Decode
	case strings.HasPrefix(encoding, "GB"):
		return func(code string) string {
			text, err := simplifiedchinese.GB18030.NewDecoder().String(code)
			if err != nil {
				return ""
			}
			return text
		}
	case strings.HasPrefix(encoding, "Uni"):
		return utf16Text
	}
	return func(string) string { return "" }
}

// readWideWidths reads the widths of a font with codes of two bytes: "c [w w …]"
// and "from to w".
func (f *pdfFont) readWideWidths(value pdf.Value) {
	f.wide, f.fallback = map[int]float64{}, 1000
	if w := value.Key("DW"); w.Kind() == pdf.Integer || w.Kind() == pdf.Real {
		f.fallback = w.Float64()
	}
	list := value.Key("W")
	for i := 0; i+1 < list.Len() && len(f.wide) < mostCodes; {
		from := int(list.Index(i).Int64())
		if row := list.Index(i + 1); row.Kind() == pdf.Array {
			for k := 0; k < min(row.Len(), mostCodes); k++ {
				f.wide[from+k] = row.Index(k).Float64()
			}
			i += 2
			continue
		}
		to, width := int(list.Index(i+1).Int64()), list.Index(i+2).Float64()
		for code := from; code <= min(to, from+mostCodes); code++ {
			f.wide[code] = width
		}
		i += 3
	}
}

// readUnicode reads a font's table from codes to text.
func (f *pdfFont) readUnicode(table pdf.Value) {
	data, err := streamData(table)
	if err != nil {
		return // the codes are read without it
	}
	interpret(data, func(operator string, args []operand) bool {
		switch operator {
		case "endbfchar":
			for i := 0; i+1 < len(args) && len(f.unicode) < mostCodes; i += 2 {
				f.unicode[args[i].text] = utf16Text(args[i+1].text)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args) && len(f.ranges) < mostCodes; i += 3 {
				f.addRange(args[i].text, args[i+1].text, args[i+2])
			}
		}
		return true
	})
}

func (f *pdfFont) addRange(low, high string, to operand) {
	if len(low) != len(high) || low == "" || low > high {
		return
	}
	if to.kind != arrayOperand {
		f.ranges = append(f.ranges, unicodeRange{low, high, to.text})
		return
	}
	code := []byte(low)
	for _, text := range to.list {
		if len(f.unicode) >= mostCodes {
			return
		}
		f.unicode[string(code)] = utf16Text(text.text)
		if code[len(code)-1]++; code[len(code)-1] == 0 {
			return
		}
	}
}

// codes cuts a string of the page into codes.
func (f *pdfFont) codes(raw string) []string {
	size := 1
	if f.twoBytes {
		size = 2
	}
	var codes []string
	for len(raw) >= size {
		codes = append(codes, raw[:size])
		raw = raw[size:]
	}
	return codes
}

// text returns the text of a code, "" when the font does not tell.
func (f *pdfFont) text(code string) string {
	if text, known := f.unicode[code]; known {
		return text
	}
	text := f.inRanges(code)
	if text == "" {
		text = f.decode(code)
	}
	if len(f.unicode) < mostCodes {
		f.unicode[code] = text
	}
	return text
}

// inRanges looks a code up among the runs of codes.
func (f *pdfFont) inRanges(code string) string {
	for _, r := range f.ranges {
		if len(r.low) != len(code) || code < r.low || code > r.high || r.text == "" {
			continue
		}
		text := []byte(r.text)
		last := len(text) - 1
		sum := int(text[last]) + int(code[len(code)-1]) - int(r.low[len(r.low)-1])
		text[last] = byte(sum)
		if sum > 255 && last > 0 {
			text[last-1]++
		}
		return utf16Text(string(text))
	}
	return ""
}

// width returns the width of a code in sizes of the letters.
func (f *pdfFont) width(code string) float64 {
	if f.twoBytes {
		if w, known := f.wide[int(code[0])<<8|int(code[1])]; known {
			return w * f.scale
		}
		return f.fallback * f.scale
	}
	if at := int(code[0]) - f.first; at >= 0 && at < len(f.widths) {
		return f.widths[at] * f.scale
	}
	return f.fallback * f.scale
}

// utf16Text decodes big-endian UTF-16.
func utf16Text(raw string) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}
