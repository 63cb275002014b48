package note

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pdfPage is the lines of a page, in the order in which the file has them.
type pdfPage []pdfLine

// pdfLine is the text of one line, where it stands, in points from the lower left.
type pdfLine struct {
	text        string
	left, right float64
	base        float64
	size        float64 // of its letters
}

// newPage puts glyphs together to lines: a line goes on as long as the base stays
// and the text runs to the right.
func newPage(glyphs []glyph) pdfPage {
	var page pdfPage
	var b lineBuilder
	for _, g := range glyphs {
		if g.size <= 0 {
			continue
		}
		if b.started && !b.continues(g) {
			page = b.end(page)
		}
		b.add(g)
	}
	return b.end(page)
}

// lineBuilder collects the glyphs of a line.
type lineBuilder struct {
	line    pdfLine
	text    strings.Builder
	started bool
	next    float64 // where the next glyph is expected
}

// continues reports whether a glyph belongs to the line.
func (b *lineBuilder) continues(g glyph) bool {
	return math.Abs(g.y-b.line.base) < 0.35*max(g.size, b.line.size) && g.x > b.line.left-g.size
}

// columnGap and wordGap are the gaps, in sizes of the letters, that divide columns
// and words.
const (
	columnGap = 2.0
	wordGap   = 0.18
)

func (b *lineBuilder) add(g glyph) {
	if !b.started {
		b.line = pdfLine{left: g.x, base: g.y, size: g.size}
		b.started = true
	} else if gap := g.x - b.next; gap > columnGap*g.size {
		b.text.WriteString("  ")
	} else if gap > wordGap*g.size && b.needsSpace(g.text) {
		b.text.WriteByte(' ')
	}
	b.text.WriteString(strings.Map(printable, plainForm(g.text)))
	b.line.size = max(b.line.size, g.size)
	width := g.width
	if width <= 0 || width > 4*g.size {
		width = estimatedWidth(g.text, g.size)
	}
	b.next = g.x + width
	b.line.right = max(b.line.right, b.next)
}

// needsSpace reports whether a gap is one between words: Chinese has none.
func (b *lineBuilder) needsSpace(next string) bool {
	text := b.text.String()
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	return text != "" && last != ' ' && first != ' ' && (last < utf8.RuneSelf || first < utf8.RuneSelf)
}

func (b *lineBuilder) end(page pdfPage) pdfPage {
	text := strings.TrimSpace(b.text.String())
	if text != "" {
		b.line.text = text
		page = append(page, b.line)
	}
	*b = lineBuilder{}
	return page
}

// estimatedWidth is for fonts whose widths are not known.
func estimatedWidth(text string, size float64) float64 {
	width := 0.0
	for _, r := range text {
		if r >= 0x2E80 {
			width += size
		} else {
			width += size / 2
		}
	}
	return width
}

// plainForm writes ligatures and radicals, with which fonts stand in for letters, as
// the letters.
func plainForm(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r >= 0xFB00 && r <= 0xFB06 || r >= 0x2E80 && r <= 0x2FDF }) {
		return radicals.Replace(norm.NFKC.String(text))
	}
	return text
}

// radicals are those of the supplement that Unicode's normal form leaves alone
// although each looks like one character.
var radicals = strings.NewReplacer("⺁", "厂", "⺊", "卜", "⺎", "兀", "⺟", "母", "⺠", "民", "⺩", "王", "⺬", "示", "⺮", "竹", "⺶", "羊", "⺷", "羊", "⺼", "月",
	"⻁", "虎", "⻄", "西", "⻅", "见", "⻆", "角", "⻉", "贝", "⻋", "车", "⻌", "辶", "⻑", "長", "⻓", "长", "⻔", "门", "⻗", "雨", "⻘", "青", "⻙", "韦", "⻚", "页",
	"⻛", "风", "⻜", "飞", "⻝", "食", "⻢", "马", "⻣", "骨", "⻤", "鬼", "⻥", "鱼", "⻦", "鸟", "⻧", "卤", "⻨", "麦", "⻩", "黄", "⻬", "齐", "⻮", "齿", "⻰", "龙", "⻳", "龟")

// printable leaves out control characters and what fonts use for nothing.
func printable(r rune) rune {
	if unicode.IsControl(r) || r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF {
		return -1
	}
	return r
}

// layOut writes pages as text. Lines that stand on most pages, but for numbers,
// are set aside.
func layOut(pages []pdfPage) source {
	body := bodySize(pages)
	repeated := repeatedLines(pages)
	result := source{repeated: map[int]string{}}
	var lines []string
	for _, page := range pages {
		right := 0.0
		for _, l := range page {
			right = max(right, l.right)
		}
		for i, l := range page {
			switch {
			case repeated[withoutNumbers(l.text)]:
				result.repeated[len(lines)] = "stands on every page"
				lines = append(lines, l.text)
			case i > 0 && len(lines) > 0 && l.continuesLine(page[i-1], right, body):
				lines[len(lines)-1] = joinWrapped(lines[len(lines)-1], l.text)
			default:
				if i == 0 && len(lines) > 0 || i > 0 && math.Abs(page[i-1].base-l.base) > 1.9*max(l.size, page[i-1].size) {
					lines = append(lines, "")
				}
				lines = append(lines, headingOf(l, body)+l.text)
			}
		}
	}
	result.body = strings.Join(lines, "\n")
	return result
}

// bodySize is the size of the letters that most of the text has.
func bodySize(pages []pdfPage) float64 {
	count := map[float64]int{}
	for _, page := range pages {
		for _, l := range page {
			count[math.Round(l.size*2)/2] += utf8.RuneCountInString(l.text)
		}
	}
	sizes := make([]float64, 0, len(count))
	for size := range count {
		sizes = append(sizes, size)
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	if len(sizes) == 0 {
		return 0
	}
	return sizes[0]
}

// headingLimit bounds the characters of a heading.
const headingLimit = 80

// headingOf returns the mark of a heading for letters that are larger than the others.
func headingOf(l pdfLine, body float64) string {
	if utf8.RuneCountInString(l.text) > headingLimit || body <= 0 {
		return ""
	}
	switch ratio := l.size / body; {
	case ratio >= 1.7:
		return "# "
	case ratio >= 1.35:
		return "## "
	case ratio >= 1.15:
		return "### "
	default:
		return ""
	}
}

// continuesLine reports whether a line goes on with a sentence that the line above
// was too short for.
func (l pdfLine) continuesLine(above pdfLine, right, body float64) bool {
	if math.Abs(l.size-above.size) > 0.1*above.size || above.base <= l.base || above.base-l.base > 1.9*above.size || above.right+l.firstWord() < right {
		return false
	}
	if headingOf(above, body) != "" || math.Abs(l.left-above.left) > 3*above.size {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(above.text)
	if strings.ContainsRune("。！？.!?：:；;", last) {
		return false
	}
	return !startsItem(l.text)
}

// firstWord estimates the room that the first word of a line takes: it would have
// stood in the line above if there had been as much.
func (l pdfLine) firstWord() float64 {
	word := l.text
	if at := strings.IndexFunc(word, func(r rune) bool { return r == ' ' || r >= 0x2E80 }); at >= 0 {
		_, size := utf8.DecodeRuneInString(word[at:])
		word = word[:at+size]
	}
	return estimatedWidth(word, l.size) + l.size/2
}

// startsItem reports whether a line begins with a bullet or a number.
func startsItem(text string) bool {
	if bulletMark(text) > 0 {
		return true
	}
	_, size := (&classifier{}).number(text)
	return size > 0
}

// joinWrapped joins the halves of a wrapped line: Latin words by a space.
func joinWrapped(line, rest string) string {
	last, _ := utf8.DecodeLastRuneInString(line)
	first, _ := utf8.DecodeRuneInString(rest)
	if last >= 0x2E80 || first >= 0x2E80 || last == '-' {
		return line + rest
	}
	return line + " " + rest
}

// repeatedLines finds what stands at the same place of most pages, numbers aside:
// headers and footers.
func repeatedLines(pages []pdfPage) map[string]bool {
	const fewest = 3
	seen := map[string]int{}
	for _, page := range pages {
		own := map[string]bool{}
		for i, l := range page {
			if i < 2 || i >= len(page)-2 {
				own[withoutNumbers(l.text)] = true
			}
		}
		for text := range own {
			seen[text]++
		}
	}
	repeated := map[string]bool{}
	for text, count := range seen {
		if count >= fewest && count*2 > len(pages) {
			repeated[text] = true
		}
	}
	return repeated
}

// withoutNumbers puts one mark for each number.
func withoutNumbers(text string) string {
	var b strings.Builder
	digits := false
	for _, r := range text {
		if unicode.IsDigit(r) {
			if !digits {
				b.WriteByte('0')
			}
			digits = true
			continue
		}
		digits = false
		b.WriteRune(r)
	}
	return b.String()
}
