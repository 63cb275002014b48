package concept

import (
	"strings"
	"unicode/utf8"

	"talkgraph/extract/note"
)

// Bounds of the reading across a line break, in bytes.
const (
	wrapLength = 50  // a shorter line was not broken for its length
	seamReach  = 45  // how far a name may reach to either side
	wrapLimit  = 240 // a longer line is a paragraph of its own: its text is not broken by hand
)

// wraps reports whether the sentence of a line goes on in the next one, because
// the text was broken into lines of one width.
func (x *extractor) wraps(index int) bool {
	if index < 0 || index+1 >= len(x.note.Lines) {
		return false
	}
	l, next := &x.note.Lines[index], &x.note.Lines[index+1]
	switch l.Kind {
	case note.Paragraph, note.Bullet, note.Numbered:
	default:
		return false
	}
	if next.Kind != note.Paragraph || next.Emphasis || l.End-l.Start < wrapLength || l.End-l.Start > wrapLimit {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.Content())
	return !strings.ContainsRune(".。!！?？:：;；", last)
}

// readSeam finds the names that a line break divides, and gives them to the line
// in which they begin.
func (x *extractor) readSeam(index int) {
	l, next := &x.note.Lines[index], &x.note.Lines[index+1]
	start := seamStart(l)
	tail, head := l.Raw[start:l.End], next.Raw[next.Start:seamEnd(next)]
	if strings.Contains(tail+head, "://") || len(l.Asides) > 0 || len(next.Asides) > 0 {
		return
	}
	space := " "
	if endsInHan(tail) {
		space = ""
	}
	s := &x.line
	s.index, s.line, s.base, s.role = index, l, start, 0
	s.text, s.seam = tail+space+head, len(tail)
	defer func() { s.seam = 0 }()
	s.tokens = tokenize(s.text, s.tokens[:0])
	s.found, s.known = s.found[:0], s.known[:0]
	x.matchLexicon()
	s.units = split(s.tokens, s.units[:0])
	if len(s.units) == 0 {
		return
	}
	// The first and the last unit are cut off: their places tell nothing.
	s.units[0].left, s.units[len(s.units)-1].right = '…', '…'
	if hasHan(s.text) {
		x.markCuts()
		for u := range s.units {
			x.readUnit(u)
		}
		return
	}
	for u := range s.units {
		x.readPhrases(u)
	}
}

// acrossSeam reports whether bytes of the text that is read stand on both sides
// of its line break; of a text without one all do.
func (s *lineScan) acrossSeam(start, end int) bool {
	return s.seam == 0 || start < s.seam && end > s.seam
}

func endsInHan(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return hasHan(string(r))
}

// seamStart returns a word's first byte not more than seamReach before the end of
// a line's content.
func seamStart(l *note.Line) int {
	start := max(l.Start, l.End-seamReach)
	for start > l.Start && start < l.End && !utf8.RuneStart(l.Raw[start]) {
		start++
	}
	if start == l.Start || hasHan(l.Raw[start:l.End]) {
		return start
	}
	if at := strings.IndexByte(l.Raw[start:l.End], ' '); at >= 0 {
		return start + at + 1
	}
	return l.End
}

// seamEnd returns the byte after the last whole word that is not more than
// seamReach from the start of a line's content.
func seamEnd(l *note.Line) int {
	end := min(l.End, l.Start+seamReach)
	for end > l.Start && end < l.End && !utf8.RuneStart(l.Raw[end]) {
		end--
	}
	if end == l.End || hasHan(l.Raw[l.Start:end]) {
		return end
	}
	if at := strings.LastIndexByte(l.Raw[l.Start:end], ' '); at >= 0 {
		return l.Start + at
	}
	return l.Start
}
