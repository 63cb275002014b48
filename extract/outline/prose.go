package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// passage is a paragraph of running text, its lines joined, with the way back to
// the places in the lines.
type passage struct {
	text   string
	lines  []int // indexes of the lines
	starts []int // offset in text where each line starts
}

// passages joins the lines of each paragraph.
func (r *reader) passages() []passage {
	var all []passage
	for i := 0; i < len(r.lines); i++ {
		if !r.isProse(i) {
			continue
		}
		var p passage
		var b strings.Builder
		for ; i < len(r.lines) && r.isProse(i); i++ {
			if b.Len() > 0 && needsSpace(b.String(), r.lines[i].text) {
				b.WriteByte(' ')
			}
			p.lines = append(p.lines, i)
			p.starts = append(p.starts, b.Len())
			b.WriteString(r.lines[i].text)
		}
		p.text = b.String()
		all = append(all, p)
	}
	return all
}

func (r *reader) isProse(i int) bool {
	l := &r.note.Lines[i]
	return l.Matter() && (l.Kind == note.Paragraph || l.Kind == note.Bullet) && r.lines[i].role == body && r.lines[i].draft == nil
}

// needsSpace reports whether a line break stands for a space: not between Han characters.
func needsSpace(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return !unicode.Is(unicode.Han, last) && !unicode.Is(unicode.Han, first)
}

// place turns an offset of the joined text into a line and an offset in its text.
func (p *passage) place(at int) (line, offset int) {
	k := len(p.starts) - 1
	for k > 0 && p.starts[k] > at {
		k--
	}
	return p.lines[k], at - p.starts[k]
}

// span turns a piece of the joined text into a span; a piece over a line break is
// cut at the end of its first line.
func (r *reader) passageSpan(p *passage, start, end int) Span {
	line, offset := p.place(start)
	length := len(r.lines[line].text)
	return r.span(line, min(offset, length), min(offset+end-start, length))
}

// prose reads talks from running text.
func (r *reader) prose() {
	for _, p := range r.passages() {
		r.readPassage(&p)
	}
	shared := map[int][]*draft{}
	for _, d := range r.drafts {
		if d.prose {
			shared[d.line] = append(shared[d.line], d)
		}
	}
	for line, drafts := range shared {
		if len(drafts) > 1 {
			for _, d := range drafts {
				d.used[line] = true // whose matter it is cannot be told
			}
		}
		r.lines[line].prose = drafts
	}
}

// readPassage makes a talk of every speaker that a title follows.
func (r *reader) readPassage(p *passage) {
	mentions := r.grammar.Mentions(p.text)
	for k := range mentions {
		m := &mentions[k]
		switch m.Role {
		case name.Chairs:
			r.outline.Hosts = append(r.outline.Hosts, r.passageSpeaker(p, m))
			continue
		case name.Cited:
			continue
		}
		end := len(p.text)
		if k+1 < len(mentions) {
			end = mentions[k+1].Extent.Start
		}
		title, ok := r.titleInProse(p, m, end)
		if !ok {
			continue
		}
		r.addProse(p, m, title)
	}
}

func (r *reader) addProse(p *passage, m *name.Mention, title [2]int) {
	text := strings.Join(strings.Fields(p.text[title[0]:title[1]]), " ")
	if slices.ContainsFunc(r.drafts, func(d *draft) bool { return sameTitle(d.title, text) }) {
		return
	}
	line, _ := p.place(m.Extent.Start)
	d := &draft{title: text, at: r.passageSpan(p, title[0], title[1]), line: line, used: map[int]bool{}, prose: true}
	d.addSpeakers([]Speaker{r.passageSpeaker(p, m)})
	r.drafts = append(r.drafts, d)
}

// passageSpeaker turns a mention into a speaker with places in the lines.
func (r *reader) passageSpeaker(p *passage, m *name.Mention) Speaker {
	at := func(s name.Span) Span { return r.passageSpan(p, s.Start, s.End) }
	s := Speaker{Name: m.Name, At: at(m.Span), Extent: at(m.Extent), JobTitle: m.JobTitle}
	if s.At.Line != s.Extent.Line {
		s.Extent = s.At
	}
	for _, a := range m.Affiliations {
		s.Affiliations = append(s.Affiliations, affiliation(a, at))
	}
	return s
}

// quotes open and close titles in running text.
var quotes = [][2]string{{"《", "》"}, {"“", "”"}, {`"`, `"`}, {"「", "」"}, {"『", "』"}, {"‘", "’"}}

// objectLimit bounds the characters of a title that is the object of a verb.
const objectLimit = 36

// titleInProse finds the title of a mention's talk: quoted behind it before the
// next person, quoted right before "by", or the object of the verb.
func (r *reader) titleInProse(p *passage, m *name.Mention, end int) ([2]int, bool) {
	from := m.Extent.End
	if at := r.quoted(p.text, from, end); at[1] > 0 {
		return at, true
	}
	if m.Role != name.Speaks {
		return [2]int{}, false
	}
	if at := quotedBefore(p.text, m.Extent.Start); at[1] > 0 {
		return at, true
	}
	return r.object(p.text, m, end)
}

// quoted finds the first quotation that looks like a title between two places.
func (r *reader) quoted(text string, from, end int) [2]int {
	best := [2]int{len(text), 0}
	for _, pair := range quotes {
		for at := from; at < end; {
			open := strings.Index(text[at:end], pair[0])
			if open < 0 {
				break
			}
			start := at + open + len(pair[0])
			size := strings.Index(text[start:], pair[1])
			if size < 0 {
				break
			}
			if r.isQuotedTitle(text[start:start+size], pair[0]) {
				if start < best[0] {
					best = [2]int{start, start + size}
				}
				break
			}
			at = start + size + len(pair[1])
			if at > end {
				break
			}
		}
	}
	if best[1] == 0 {
		return [2]int{}
	}
	best[1] = best[0] + len(strings.TrimRight(text[best[0]:best[1]], " .,，。"))
	return best
}

// isQuotedTitle tells titles from other quotations: book marks always, others when
// they are of a title's length and case.
func (r *reader) isQuotedTitle(text, mark string) bool {
	size := utf8.RuneCountInString(text)
	if size > 120 || size < 2 {
		return false
	}
	if mark == "《" {
		return size >= 4
	}
	if isMostlyHan(text) {
		return size >= 8 && !strings.ContainsAny(text, "。！")
	}
	fields := strings.Fields(text)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	capitals := 0
	for _, word := range fields {
		if c, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(c) || unicode.IsDigit(c) {
			capitals++
		}
	}
	return len(fields) >= 2 && unicode.IsUpper(first) && capitals*2 >= len(fields) && !strings.HasSuffix(text, ",")
}

func isMostlyHan(text string) bool {
	han := 0
	for _, c := range text {
		if unicode.Is(unicode.Han, c) {
			han++
		}
	}
	return han*2 > utf8.RuneCountInString(text)
}

// quotedBefore reads `"Title" by NAME`.
func quotedBefore(text string, at int) [2]int {
	head := strings.TrimRight(text[:at], " ,")
	head, ok := strings.CutSuffix(head, "by")
	if !ok {
		return [2]int{}
	}
	head = strings.TrimRight(head, " ,")
	for _, pair := range quotes {
		inner, ok := strings.CutSuffix(head, pair[1])
		if !ok {
			continue
		}
		if open := strings.LastIndex(inner, pair[0]); open >= 0 && len(inner)-open > 6 {
			return [2]int{open + len(pair[0]), len(inner)}
		}
	}
	return [2]int{}
}

// object takes what a verb of speech is followed by as the title, up to the end of
// the clause, when the person has an institution or a title.
func (r *reader) object(text string, m *name.Mention, end int) ([2]int, bool) {
	if len(m.Affiliations) == 0 && m.JobTitle == "" || m.After <= 0 || m.After >= end {
		return [2]int{}, false
	}
	stop := m.After
	for stop < end {
		c, size := utf8.DecodeRuneInString(text[stop:])
		if strings.ContainsRune("，。；！？,;!?", c) || c == '.' && (stop+1 >= len(text) || text[stop+1] == ' ') {
			break
		}
		stop += size
	}
	start, stop := trimObject(text, m.After, stop)
	piece := text[start:stop]
	size := utf8.RuneCountInString(piece)
	if size < 4 || size > objectLimit*2 || isMostlyHan(piece) && size > objectLimit || fact.Key(piece) == "" {
		return [2]int{}, false
	}
	if !isMostlyHan(piece) && strings.Count(piece, " ") > 9 {
		return [2]int{}, false
	}
	return [2]int{start, stop}, true
}

// trimObject leaves out words between a verb and its object.
func trimObject(text string, start, stop int) (int, int) {
	for again := true; again; {
		again = false
		for _, word := range []string{" ", "了", "的是", "题为", "关于", "一下", "一个", "about ", "on ", "how ", "the talk ", "a talk on ", "a talk about ", "：", ":"} {
			if start < stop && strings.HasPrefix(text[start:stop], word) && word != "how " {
				start += len(word)
				again = true
			}
		}
	}
	for _, word := range []string{"的报告", "的演讲", "的分享", "的内容", " "} {
		if strings.HasSuffix(text[start:stop], word) {
			stop -= len(word)
		}
	}
	return start, max(start, stop)
}
