package note

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asides finds the asides of a line: brackets 【…】, and the sentences, brackets
// and dash clauses in which a cue shows that the note-taker speaks. When nothing
// else is left, the whole line is an aside.
func (s *scan) asides(i int) {
	l := &s.note.Lines[i]
	if l.Kind == Code || l.Kind == Heading || s.blackBrackets(l) {
		return
	}
	content := l.Content()
	reason := ""
	if s.speaking() {
		reason = s.spoken(l, content)
	}
	if len(l.Asides) > 0 {
		l.Asides = joinRanges(l.Asides)
		if strings.TrimFunc(l.Masked(), isLeftover) == "" {
			l.Kind, l.Reason, l.Asides = Aside, reason, nil
			if reason == "" {
				l.Reason = "in brackets of the note-taker"
			}
		}
		return
	}
	if s.exclamation(i, content) {
		l.Kind, l.Reason = Aside, "an exclamation of the note-taker"
	}
}

// isLeftover holds for what may stay of a line that is an aside.
func isLeftover(r rune) bool { return isSpace(r) || unicode.IsPunct(r) || r == '>' || r == '~' }

// speaking reports whether one of the hits is a cue of the note-taker.
func (s *scan) speaking() bool {
	for _, h := range s.hits {
		if s.table.cues[h.phrase].effect <= opinion {
			return true
		}
	}
	return false
}

// maxHits bounds the cues of a line that are looked at: a line of nothing but cues
// is told by the first ones.
const maxHits = 32

// spoken adds the asides that the cues of a line show, and returns why.
func (s *scan) spoken(l *Line, content string) string {
	passages := splitPassages(content)
	reason := ""
	for _, h := range s.hits[:min(len(s.hits), maxHits)] {
		c := &s.table.cues[h.phrase]
		if c.effect > opinion {
			continue
		}
		p := passages.around(h)
		if !c.holds(p, h) || c.effect == may && namesSomebody(p) {
			continue
		}
		r := c.reach(p, h)
		l.Asides = append(l.Asides, Range{l.Start + r.Start, l.Start + r.End})
		if reason == "" {
			reason = "the note-taker speaks: " + c.word
		}
	}
	return reason
}

// reach returns what of the line an aside takes in: its passage; for an opinion
// what comes behind it, to the end of the line when it opens the line.
func (c *cue) reach(p passage, h hit) Range {
	if clause := (Range{h.start - len(p.before(h)), h.end + len(p.after(h))}); !p.aside && namesTitle(p, clause) {
		return clause
	}
	if c.effect != opinion || p.aside {
		return Range{p.start, p.end}
	}
	start := h.start - len(p.before(h))
	if p.first && onlyMarks(p.text[:start]) {
		return Range{0, len(p.text)}
	}
	return Range{start, p.end}
}

// namesTitle holds for a sentence with a title in 《》 outside the clause of a cue: only
// that clause is an aside, and the rest tells of what has the title.
func namesTitle(p passage, clause Range) bool {
	return strings.Contains(p.text[p.start:clause.Start], "《") || strings.Contains(p.text[clause.End:p.end], "《")
}

// exclamationLimit bounds the characters of an exclamation.
const exclamationLimit = 40

// exclamation holds for a short line that ends in two marks and stands alone: a
// title of this kind has its speaker below it.
func (s *scan) exclamation(i int, content string) bool {
	last, size := utf8.DecodeLastRuneInString(content)
	if last != '!' && last != '?' && last != '！' && last != '？' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(content[:len(content)-size])
	if before != last || utf8.RuneCountInString(content) > exclamationLimit {
		return false
	}
	return i+1 >= len(s.note.Lines) || !s.note.Lines[i+1].Matter()
}

// headBracket is the longest text in 【…】 that may be a heading or a label, in characters.
const headBracket = 15

// blackBrackets handles 【…】: a short one that is the whole line is a heading, a
// short one at the head of the line is a label, all others are asides. It reports
// whether the line became a heading.
func (s *scan) blackBrackets(l *Line) bool {
	content := l.Content()
	for at := 0; at < len(content); {
		open := strings.Index(content[at:], "【")
		if open < 0 {
			break
		}
		open += at
		size := strings.Index(content[open:], "】")
		if size < 0 {
			break
		}
		end := open + size + len("】")
		label := open == 0 && s.isLabel(content, open+len("【"), end-len("】"))
		if label && end == len(content) {
			l.Kind, l.Level = Heading, 3
			l.Start, l.End = l.Start+len("【"), l.End-len("】")
			return true
		}
		if !label {
			l.Asides = append(l.Asides, Range{l.Start + open, l.Start + end})
		}
		at = end
	}
	return false
}

// isLabel reports whether the text in 【…】 is short and not spoken by the note-taker.
func (s *scan) isLabel(content string, start, end int) bool {
	inner := content[start:end]
	if utf8.RuneCountInString(inner) > headBracket || strings.ContainsAny(inner, "，。,;；!！?？") {
		return false
	}
	p := passage{text: content, start: start, end: end, aside: true, first: true}
	for _, h := range s.hits {
		c := &s.table.cues[h.phrase]
		if c.effect <= opinion && h.start >= start && h.end <= end && c.holds(p, h) {
			return false
		}
	}
	return true
}

// namesSomebody reports whether a passage speaks of a person or a title, so that
// it is not the note-taker's alone.
func namesSomebody(p passage) bool {
	text := p.text[p.start:p.end]
	for _, word := range []string{"《", "“", `"`, "教授", "老师", "院士", "博士", "先生", "女士", "研究员", "Prof", "Dr.", "talk by", "keynote"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return twoCapitals(text)
}

// twoCapitals reports whether two words with a capital follow each other, as in a
// name.
func twoCapitals(text string) bool {
	before := false
	for _, word := range strings.Fields(text) {
		r, size := utf8.DecodeRuneInString(word)
		capital := unicode.IsUpper(r) && size < len(word) && !strings.HasPrefix(word, "I'") && !strings.HasPrefix(word, "I’")
		if capital && before {
			return true
		}
		before = capital
	}
	return false
}

// joinRanges sorts ranges and joins those that touch.
func joinRanges(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	joined := ranges[:1]
	for _, r := range ranges[1:] {
		if last := &joined[len(joined)-1]; r.Start <= last.End {
			last.End = max(last.End, r.End)
		} else {
			joined = append(joined, r)
		}
	}
	return joined
}

// Masked returns the content with its asides blanked out by spaces, byte for
// byte, so that offsets into it are offsets into the content.
func (l *Line) Masked() string {
	if len(l.Asides) == 0 {
		return l.Content()
	}
	masked := []byte(l.Content())
	for _, r := range l.Asides {
		for at := max(r.Start, l.Start); at < min(r.End, l.End); at++ {
			masked[at-l.Start] = ' '
		}
	}
	return string(masked)
}
