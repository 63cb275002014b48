package ask

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteWidth is how wide a trimmed quote is on a terminal, in columns; a Chinese
// character takes two.
const quoteWidth = 96

// quoter writes quotes, trimmed and with terms marked.
type quoter struct {
	terms []string // in lower case, the longest first
	color bool
	full  bool
}

func newQuoter(terms []string, o TextOptions) quoter {
	q := quoter{color: o.Color, full: o.Evidence == EvidenceFull}
	for _, term := range terms {
		if lower := strings.ToLower(strings.TrimSpace(term)); utf8.RuneCountInString(lower) > 1 && len(lower) == len(term) {
			q.terms = append(q.terms, lower)
		}
	}
	slices.SortFunc(q.terms, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	q.terms = slices.Compact(q.terms)
	return q
}

// write returns the quote on one line.
func (q quoter) write(quote string) string {
	quote = plain(strings.Join(strings.Fields(quote), " "))
	if !q.full {
		quote = q.trim(quote)
	}
	if q.color {
		quote = q.mark(quote)
	}
	return quote
}

// trim cuts a long quote to the part around the first term.
func (q quoter) trim(quote string) string {
	if columns(quote) <= quoteWidth {
		return quote
	}
	runes := []rune(quote)
	at := 0
	if start, _ := q.first(quote); start > 0 {
		at = utf8.RuneCountInString(quote[:start])
	}
	from := 0
	if at > 0 && columns(string(runes[:at])) > quoteWidth/2 {
		from = clauseBefore(runes, at)
	}
	to, width := from, 0
	for to < len(runes) && width < quoteWidth-2 {
		width += columnsOf(runes[to])
		to++
	}
	text := strings.TrimSpace(string(runes[from:to]))
	if from > 0 {
		text = "… " + text
	}
	if to < len(runes) {
		text += " …"
	}
	return text
}

// clauseBefore is where the clause begins that holds a place, or not far before it.
func clauseBefore(runes []rune, at int) int {
	const most = 24
	for i := at; i > 0 && at-i < most; i-- {
		if strings.ContainsRune(",。;:、!?,;:.", runes[i-1]) {
			return i
		}
	}
	return max(0, at-most/2)
}

// first finds the earliest term in a text, the longest of those that begin there.
func (q quoter) first(text string) (start, end int) {
	lower := strings.ToLower(text)
	start, end = -1, -1
	if len(lower) != len(text) { // a character whose lower case is longer: no offsets to rely on
		return start, end
	}
	for _, term := range q.terms {
		if at := strings.Index(lower, term); at >= 0 && (start < 0 || at < start) {
			start, end = at, at+len(term)
		}
	}
	return start, end
}

// mark highlights every term.
func (q quoter) mark(text string) string {
	var b strings.Builder
	for {
		start, end := q.first(text)
		if start < 0 || end <= start {
			return b.String() + text
		}
		b.WriteString(text[:start] + "\x1b[33m" + text[start:end] + "\x1b[0m")
		text = text[end:]
	}
}

// plain makes control characters spaces, so that notes cannot steer a terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
}

func columns(text string) int {
	width := 0
	for _, r := range text {
		width += columnsOf(r)
	}
	return width
}

func columnsOf(r rune) int {
	if r >= 0x2E80 && r < 0xFE00 || r >= 0xFF00 && r < 0xFF61 || r >= 0x1F300 && r < 0x30000 {
		return 2
	}
	return 1
}
