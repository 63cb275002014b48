package outline

import (
	"strings"

	"talkgraph/extract/note"
)

// withoutMarkup blanks the marks of links and of inline fields, so that names and
// titles stand free; it keeps every byte in its place:
//
//	[text](address)  [text][reference]  [text] with a definition below
//	[[page]]  [[page|text]]  field:: value
func (r *reader) withoutMarkup(text string) string {
	text = inlineField(text)
	if !strings.Contains(text, "[") {
		return text
	}
	plain := []byte(text)
	blank := func(start, end int) {
		for at := start; at < end; at++ {
			plain[at] = ' '
		}
	}
	for at := 0; at < len(text); {
		open := strings.IndexByte(text[at:], '[')
		if open < 0 {
			break
		}
		open += at
		at = open + 1
		if from, to, end := pageLink(text, open); end > 0 {
			blank(open, from)
			blank(to, end)
			at = end
		} else if to, end := r.textLink(text, open); end > 0 {
			blank(open, open+1)
			blank(to, end)
			at = end
		}
	}
	return string(plain)
}

// inlineField turns "field:: value" into a label with one colon.
func inlineField(text string) string {
	at := strings.Index(text, ":: ")
	if at <= 0 || at > maxLabel || strings.ContainsAny(text[:at], " ,，。.") {
		return text
	}
	return text[:at] + ":  " + text[at+len(":: "):]
}

// pageLink finds the text of [[page]] or [[page|text]] that opens at a byte, and the
// end of the link; 0 when there is none.
func pageLink(text string, open int) (from, to, end int) {
	if !strings.HasPrefix(text[open:], "[[") {
		return 0, 0, 0
	}
	size := strings.Index(text[open:], "]]")
	if size <= len("[[") {
		return 0, 0, 0
	}
	from, to = open+len("[["), open+size
	if bar := strings.LastIndexByte(text[from:to], '|'); bar >= 0 {
		from += bar + 1
	}
	return from, to, open + size + len("]]")
}

// textLink finds the end of the text of a link that opens at a byte, and the end of
// the link; 0 when there is none.
func (r *reader) textLink(text string, open int) (to, end int) {
	if open > 0 && text[open-1] == '!' {
		return 0, 0 // an image
	}
	size := strings.IndexByte(text[open:], ']')
	if size <= 1 {
		return 0, 0
	}
	to = open + size
	rest := text[to+1:]
	switch {
	case strings.HasPrefix(rest, "("):
		if stop := strings.IndexByte(rest, ')'); stop > 0 {
			if strings.Contains(rest[:stop], "(") && stop+1 < len(rest) && rest[stop+1] == ')' {
				stop++ // an address that holds brackets itself
			}
			return to, to + 1 + stop + 1
		}
	case strings.HasPrefix(rest, "["):
		if stop := strings.IndexByte(rest, ']'); stop > 0 {
			return to, to + 1 + stop + 1
		}
	case r.references[strings.ToLower(text[open+1:to])]:
		return to, to + 1
	}
	return 0, 0
}

// findReferences collects the names of the link definitions "[name]: address".
func (r *reader) findReferences() {
	for i := range r.note.Lines {
		if name, ok := note.LinkDefinition(r.note.Lines[i].Raw); ok {
			if r.references == nil {
				r.references = map[string]bool{}
			}
			r.references[strings.ToLower(name)] = true
		}
	}
}

// cancelledWords say that a talk was not given.
var cancelledWords = []string{"cancelled", "canceled", "cancelled!", "postponed", "取消", "已取消", "临时取消", "延期", "改期"}

// mayBeCancelled passes over the texts without a part of such a word.
func mayBeCancelled(content string) bool {
	for _, part := range []string{"ancel", "ANCEL", "ostponed", "OSTPONED", "取消", "延期", "改期"} {
		if strings.Contains(content, part) {
			return true
		}
	}
	return false
}

// isCancelled holds for a line whose title is struck out, or that says in brackets or
// before a colon that the talk was not given.
func isCancelled(l *note.Line) bool {
	if rest, ok := strings.CutPrefix(strings.TrimLeft(l.Raw, "# \t-*+>"), "~~"); ok {
		if _, after, closed := strings.Cut(rest, "~~"); closed {
			after = strings.TrimSpace(after)
			return after == "" || strings.HasPrefix(after, "(") || strings.HasPrefix(after, "（") || strings.HasPrefix(after, "- ") || strings.HasPrefix(after, "— ")
		}
	}
	if !mayBeCancelled(l.Content()) {
		return false
	}
	lower := strings.ToLower(l.Content())
	for _, word := range cancelledWords {
		for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}} {
			if strings.HasSuffix(lower, pair[0]+word+pair[1]) || strings.HasPrefix(lower, pair[0]+word+pair[1]) || strings.Contains(lower, pair[0]+word+", ") || strings.Contains(lower, pair[0]+word+"，") {
				return true
			}
		}
		if strings.HasPrefix(lower, word+": ") || strings.HasPrefix(lower, word+"：") {
			return true
		}
	}
	return false
}

// colonAt returns the byte of the first colon of a text, of either width; -1 when it
// has none.
func colonAt(text string) int {
	at := strings.IndexByte(text, ':')
	if at >= 0 {
		text = text[:at]
	}
	if wide := strings.Index(text, "："); wide >= 0 {
		return wide
	}
	return at
}
