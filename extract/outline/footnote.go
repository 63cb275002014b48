package outline

import (
	"strings"
	"unicode/utf8"
)

// footnoteMarks are raised digits and daggers that lead from a name to an institution.
const footnoteMarks = "¹²³⁴⁵⁶⁷⁸⁹⁰†‡§"

// footnotes gives speakers whose names carry a mark, "Ada Berg¹", the institution of
// the nearest line below that begins with it: "¹ Uppsala University".
func (r *reader) footnotes() {
	notes := r.footnoteLines()
	if len(notes) == 0 {
		return
	}
	for _, d := range r.drafts {
		for k := range d.speakers {
			s := &d.speakers[k]
			for _, mark := range r.marksBehind(s.At) {
				if at, ok := nearestNote(notes, mark, s.At.Line); ok && len(s.Affiliations) == 0 {
					s.Affiliations = append(s.Affiliations, r.institutions(at)...)
					r.lines[at.Line].role = usedRole
				}
			}
		}
	}
}

// footnote is one institution below a mark.
type footnote struct {
	mark rune
	at   Span
}

// footnoteLines finds the lines "¹ ORG" and "¹ ORG   ² ORG".
func (r *reader) footnoteLines() []footnote {
	var all []footnote
	for i := range r.lines {
		text := r.lines[i].text
		first, _ := utf8.DecodeRuneInString(text)
		if !r.note.Lines[i].Matter() || !strings.ContainsRune(footnoteMarks, first) {
			continue
		}
		for start := 0; start < len(text); {
			mark, size := utf8.DecodeRuneInString(text[start:])
			end := start + size + len(text[start+size:])
			if next := strings.IndexAny(text[start+size:], footnoteMarks); next >= 0 {
				end = start + size + next
			}
			from, to := trimLoose(text, start+size, end)
			if to > from {
				all = append(all, footnote{mark, r.span(i, from, to)})
			}
			start = end
		}
	}
	return all
}

// marksBehind returns the marks right behind a name.
func (r *reader) marksBehind(s Span) []rune {
	var marks []rune
	for _, c := range r.note.Lines[s.Line].Raw[s.End:] {
		switch {
		case strings.ContainsRune(footnoteMarks, c):
			marks = append(marks, c)
		case c != '*' && c != ' ' || len(marks) > 0 && c == ' ':
			return marks
		}
	}
	return marks
}

// nearestNote returns the first note with a mark below a line.
func nearestNote(notes []footnote, mark rune, line int) (Span, bool) {
	for _, n := range notes {
		if n.mark == mark && n.at.Line > line {
			return n.at, true
		}
	}
	return Span{}, false
}
