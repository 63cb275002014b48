package scene

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"talkgraph/render/scene/font"
)

// style is how a text is set.
type style struct {
	size   float64 // points
	weight font.Weight
	list   bool // lines end between the members of a list, where that is possible
}

// lineHeight is the distance of two base lines, in ems.
const lineHeight = 1.3

// baseline is how far the base line lies below the middle of a line, in ems: it
// centres Chinese characters, and capitals almost.
const baseline = 0.375

// block is a text broken into lines.
type block struct {
	style
	lines  []string
	widths []float64
	cut    bool // the end did not fit and was left out
}

func (b block) width() float64 {
	width := 0.0
	for _, w := range b.widths {
		width = math.Max(width, w)
	}
	return width
}

func (b block) height() float64 { return float64(len(b.lines)) * b.size * lineHeight }

// setter measures and breaks texts.
type setter struct{ fonts *font.Family }

func (s setter) width(text string, st style) float64 { return s.fonts.Width(st.weight, text) * st.size }

// set breaks a text into lines of at most width points, of about equal length.
// With more than maxLines lines the rest is cut off behind an ellipsis.
func (s setter) set(text string, st style, width float64, maxLines int) block {
	result := block{style: st}
	for paragraph := range strings.SplitSeq(text, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			result.lines = append(result.lines, s.balance(paragraph, st, width)...)
		}
	}
	if len(result.lines) > maxLines {
		result.cut = true
		result.lines = result.lines[:maxLines]
		result.lines[maxLines-1] = s.ellipsis(result.lines[maxLines-1], st, width)
	}
	for _, line := range result.lines {
		result.widths = append(result.widths, s.width(line, st))
	}
	return result
}

// balance breaks a paragraph into as few lines as fit the width, and then makes
// them as narrow as that number allows, so that no last line holds one word.
func (s setter) balance(paragraph string, st style, width float64) []string {
	pieces := s.pieces(paragraph, st, width)
	lines := fill(pieces, width)
	if len(lines) == 1 {
		return lines
	}
	low, high := width/2, width
	for high-low > 1 {
		middle := (low + high) / 2
		if len(fill(pieces, middle)) > len(lines) {
			low = middle
		} else {
			high = middle
		}
	}
	return fill(pieces, high)
}

// ellipsis shortens a line so that "…" fits behind it.
func (s setter) ellipsis(line string, st style, width float64) string {
	for line != "" && s.width(line+"…", st) > width {
		_, size := utf8.DecodeLastRuneInString(line)
		line = line[:len(line)-size]
	}
	return strings.TrimSpace(line) + "…"
}

// piece is a part of a text that no line break divides; blanks at its end do
// not count when it stands at the end of a line.
type piece struct {
	text  string
	width float64 // without the blanks at the end
	full  float64 // with them
}

// fill puts as many pieces into each line as the width takes.
func fill(pieces []piece, width float64) []string {
	var lines []string
	var line strings.Builder
	used := 0.0
	for _, p := range pieces {
		if line.Len() > 0 && used+p.width > width {
			lines = append(lines, strings.TrimSpace(line.String()))
			line.Reset()
			used = 0
		}
		line.WriteString(p.text)
		used += p.full
	}
	if rest := strings.TrimSpace(line.String()); rest != "" {
		lines = append(lines, rest)
	}
	return lines
}

// pieces cuts a paragraph at every place where a line may end. A piece wider
// than the line is cut between characters, since it must end somewhere.
func (s setter) pieces(paragraph string, st style, width float64) []piece {
	if st.list {
		return s.members(paragraph, st, width)
	}
	var pieces []piece
	add := func(text string) {
		trimmed := strings.TrimRightFunc(text, unicode.IsSpace)
		pieces = append(pieces, piece{text, s.width(trimmed, st), s.width(text, st)})
	}
	characters := []rune(paragraph)
	start, used := 0, 0.0
	for i, r := range characters {
		advance := s.fonts.Advance(st.weight, r) * st.size
		tooWide := used+advance > width && i > start && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r)
		if i > start && (mayBreak(characters[i-1], r) || tooWide) {
			add(string(characters[start:i]))
			start, used = i, 0
		}
		used += advance
	}
	if start < len(characters) {
		add(string(characters[start:]))
	}
	return pieces
}

// listEnds are what the members of a list end with.
var listEnds = []string{"、", ", ", " · "}

// members cuts a paragraph behind each member of a list; a member that is wider
// than the line is cut like any other text.
func (s setter) members(paragraph string, st style, width float64) []piece {
	st.list = false
	var pieces []piece
	for rest := paragraph; rest != ""; {
		end := len(rest)
		for _, divider := range listEnds {
			if at := strings.Index(rest, divider); at >= 0 {
				end = min(end, at+len(divider))
			}
		}
		member := rest[:end]
		rest = rest[end:]
		trimmed := strings.TrimRightFunc(member, unicode.IsSpace)
		if narrow := s.width(trimmed, st); narrow <= width {
			pieces = append(pieces, piece{member, narrow, s.width(member, st)})
		} else {
			pieces = append(pieces, s.pieces(member, st, width)...)
		}
	}
	return pieces
}

// mayBreak tells whether a line may end between two neighbouring characters:
// after blanks, around Chinese characters and kana, and after hyphens and
// slashes, but never before closing or after opening punctuation.
func mayBreak(before, after rune) bool {
	switch {
	case unicode.IsSpace(after) || unicode.Is(unicode.M, after):
		return false
	case strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before):
		return false
	case unicode.IsSpace(before):
		return before != '\u00a0'
	case ideographic(before) || ideographic(after):
		return true
	case before == '-' || before == '/' || before == '_':
		return unicode.IsLetter(after)
	}
	return false
}

// Punctuation that must not begin and that must not end a line; the full-width
// forms are written as escapes, since many fonts show them like the narrow ones.
const (
	neverFirst = ",.;:!?)]}%'\"、。】」』》〉〕”’…—～·‰℃°々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ\uff0c\uff0e\uff1b\uff1a\uff01\uff1f\uff09\uff3d\uff5d\uff05"
	neverLast  = "([{【「『《〈〔“‘#$¥￥№\uff08\uff3b\uff5b"
)

// ideographic tells whether a character is written without blanks around words.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// clean makes a text fit to be drawn: valid, composed, one blank for each run
// of blanks, no control characters but line feeds, none that turn the direction
// of writing: they would spill over into the texts beside.
func clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, "\ufffd"))
	var result strings.Builder
	blank := false
	for _, r := range text {
		switch {
		case r == '\n':
			result.WriteRune(r)
			blank = true
		case unicode.IsSpace(r):
			if !blank {
				result.WriteByte(' ')
			}
			blank = true
		case unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Noncharacter_Code_Point, unicode.Co):
			continue
		default:
			result.WriteRune(r)
			blank = false
		}
	}
	return strings.TrimSpace(result.String())
}

// oneLine is clean without line feeds.
func oneLine(text string) string { return clean(strings.ReplaceAll(text, "\n", " ")) }
