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

// passages joins the lines of each paragraph that tells of talks.
func (r *reader) passages() []passage {
	var all []passage
	free := r.ownedByNoTalk()
	for i := 0; i < len(r.lines); i++ {
		if !free[i] || !r.isProse(i) {
			continue
		}
		var p passage
		var b strings.Builder
		for ; i < len(r.lines) && free[i] && r.isProse(i); i++ {
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

// ownedByNoTalk tells the lines that are no notes on a talk found by its structure:
// those above the first one, and those between a line that opens a session or a day
// and the next one.
func (r *reader) ownedByNoTalk() []bool {
	free := make([]bool, len(r.lines))
	owned, level := false, 0
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		switch {
		case in.draft != nil:
			owned, level = true, in.draft.level
		case l.Kind == note.Paragraph && in.role == body && ordinalSize(in.text) > 0 && strings.ContainsAny(in.text, "《「“"):
			owned = false // "第三位NAME讲「…」" goes on with the next talk
		case in.role == sessionRole, in.role == dateRole, l.Kind == note.Heading && l.Level < level:
			owned = false
		}
		free[i] = !owned
	}
	return free
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
	r.titles = newTitleIndex()
	r.structured = r.anyAnchored()
	for _, d := range r.drafts {
		r.titles.add(d.title, d.line)
	}
	for _, p := range r.passages() {
		r.readPassage(&p)
	}
	opened := map[int][]*draft{}
	for _, d := range r.drafts {
		if d.prose {
			opened[d.line] = append(opened[d.line], d)
		}
	}
	for line, drafts := range opened {
		r.lines[line].prose = drafts
	}
}

// readPassage makes a talk of every speaker, or group of speakers, that a title follows.
func (r *reader) readPassage(p *passage) {
	var openings []opening
	defer func() {
		slices.SortStableFunc(openings, func(a, b opening) int { return a.at - b.at })
		r.tell(p, openings)
	}()
	panel, said := r.guestsInProse(p)
	if panel != nil {
		openings = append(openings, opening{said[0], panel})
	}
	mentions := slices.DeleteFunc(r.grammar.Mentions(p.text), func(m name.Mention) bool {
		return m.Role != name.Chairs && m.Start >= said[0] && m.Start < said[1]
	})
	for _, q := range r.quotedTalks(p.text, mentions) {
		if d := r.addProse(p, q.people, q.title); d != nil {
			openings = append(openings, opening{q.span[0], d})
		}
		mentions = slices.DeleteFunc(mentions, func(m name.Mention) bool { return m.Start < q.span[1] && m.End > q.span[0] })
	}
	for k := 0; k < len(mentions); k++ {
		first := k
		for k+1 < len(mentions) && mentions[k].Together {
			k++
		}
		m := &mentions[k]
		switch m.Role {
		case name.Chairs:
			for i := first; i <= k; i++ {
				r.outline.Hosts = append(r.outline.Hosts, r.passageSpeaker(p, &mentions[i]))
			}
			openings = append(openings, opening{m.Extent.Start, nil})
			continue
		case name.Cited:
			continue
		}
		end := len(p.text)
		if k+1 < len(mentions) {
			end = mentions[k+1].Extent.Start
		}
		if titles := r.titlesInTurn(p.text, mentions[first:k+1], end); titles != nil {
			for i, title := range titles {
				if d := r.addProse(p, mentions[first+i:first+i+1], title); d != nil {
					openings = append(openings, opening{title[0], d})
				}
			}
			continue
		}
		since := 0
		if first > 0 {
			since = mentions[first-1].Extent.End
		}
		title, ok := r.titleInProse(p, m, [2]int{since, mentions[first].Extent.Start}, end)
		if before := quotedBefore(p.text, mentions[first].Extent.Start); !ok && before[1] > 0 {
			title, ok = before, true
		}
		if !ok {
			continue
		}
		if d := r.addProse(p, mentions[first:k+1], title); d != nil {
			openings = append(openings, opening{mentions[first].Extent.Start, d})
		}
	}
}

// titlesInTurn reads "A、B和C分别作了题为《1》《2》《3》的报告" and "A和B分别就1、2作了报告":
// as many titles as there are speakers, in their order; nil when it is not said so.
func (r *reader) titlesInTurn(text string, speakers []name.Mention, end int) [][2]int {
	last := &speakers[len(speakers)-1]
	from := last.Extent.End
	if len(speakers) < 2 || !strings.HasPrefix(strings.TrimLeft(text[from:], "，, "), "分别") {
		return nil
	}
	if stop := strings.IndexAny(text[from:end], "。；;"); stop >= 0 {
		end = from + stop
	}
	var titles [][2]int
	for at := from; at < end; {
		title := r.quoted(text, at, end)
		if title[1] == 0 {
			break
		}
		titles = append(titles, title)
		at = title[1]
	}
	if len(titles) == 0 {
		titles = subjectsInTurn(text, from, end)
	}
	if len(titles) != len(speakers) {
		return nil
	}
	return titles
}

// subjectsInTurn cuts "就1、2和3作了报告" at the marks between its subjects.
func subjectsInTurn(text string, from, end int) [][2]int {
	for _, word := range []string{"就", "围绕", "以", "介绍了", "讲了", "分享了"} {
		at := strings.Index(text[from:end], word)
		if at < 0 || at > len("分别主要 ") {
			continue
		}
		start := from + at + len(word)
		stop := end
		if comma := strings.IndexAny(text[start:end], "，,"); comma >= 0 {
			stop = start + comma
		}
		_, stop = trimObject(text, start, stop)
		return splitSubjects(text, start, stop)
	}
	return nil
}

// splitSubjects cuts at 、 and at the last 和 behind it.
func splitSubjects(text string, start, stop int) [][2]int {
	var pieces [][2]int
	for {
		at := strings.Index(text[start:stop], "、")
		if at < 0 {
			break
		}
		pieces = append(pieces, [2]int{start, start + at})
		start += at + len("、")
	}
	for _, word := range []string{"以及", "和", "与"} {
		if at := strings.LastIndex(text[start:stop], word); at > 0 {
			return append(pieces, [2]int{start, start + at}, [2]int{start + at + len(word), stop})
		}
	}
	return append(pieces, [2]int{start, stop})
}

func (r *reader) addProse(p *passage, speakers []name.Mention, title [2]int) *draft {
	text := strings.Join(strings.Fields(p.text[title[0]:title[1]]), " ")
	if r.titles.holds(text) {
		return nil
	}
	line, _ := p.place(title[0])
	if len(speakers) > 0 {
		line, _ = p.place(speakers[0].Extent.Start)
	}
	r.titles.add(text, line)
	d := &draft{title: text, at: r.passageSpan(p, title[0], title[1]), line: line, used: map[int]bool{}, prose: true}
	for i := range speakers {
		d.addSpeakers([]Speaker{r.passageSpeaker(p, &speakers[i])})
	}
	r.drafts = append(r.drafts, d)
	return d
}

// guestCues stand between a panel and the names of its guests in running text.
var guestCues = []string{"嘉宾有", "嘉宾包括", "嘉宾是", "嘉宾为", "参与者有", "参加的有", "参与讨论的有", "上台的有", "panelists were ", "panellists were ", "guests were ", "the panel was ", "panel with ", "on it were ", "on it sat ", "on the panel were ", "on stage were ", "panel featured ", "panel brought together ", "panel had ", `", had `, `," had `, `,” had `, `”, had `, `", featured `, `," featured `, `", with `, `" with `, `” with `}

// joinCues follow the names of a panel's guests in running text.
var joinCues = []string{"参加了讨论", "参与了讨论", "参与讨论", "参加讨论", "参加了圆桌", "参与圆桌", "上台讨论", "同台讨论", "进行了对话", "展开了讨论"}

// guestsInProse reads "圆桌讨论，嘉宾有A、B和C。" and "圆桌论坛“X”，A和B参加了讨论。": a
// panel told in running text. It returns the bytes from its name to the end of the
// sentence with the guests as well.
func (r *reader) guestsInProse(p *passage) (*draft, [2]int) {
	panel := [2]int{} // where the last panel is named
	for _, piece := range sentences(p.text) {
		sentence := p.text[piece[0]:piece[1]]
		if from, to := panelName(sentence); to > from {
			panel = [2]int{piece[0] + from, piece[0] + to}
		}
		if panel[1] == 0 {
			continue
		}
		guests, offset := guestList(sentence)
		people := r.grammar.People(guests, name.Labelled)
		if len(people) == 0 || !r.plausible(people) {
			continue
		}
		mentions := make([]name.Mention, len(people))
		for k, person := range people {
			mentions[k] = name.Mention{Person: shiftPerson(person, piece[0]+offset)}
		}
		return r.addProse(p, mentions, panel), [2]int{panel[0], piece[1]}
	}
	return nil, [2]int{}
}

// guestList cuts the names of guests out of a sentence: behind a cue, or the clause
// before one.
func guestList(sentence string) (list string, offset int) {
	lower := strings.ToLower(sentence)
	for _, cue := range guestCues {
		if at := strings.Index(lower, cue); at >= 0 {
			return strings.TrimSuffix(guestsAlone(sentence[at+len(cue):]), "等"), at + len(cue)
		}
	}
	for _, cue := range joinCues {
		at := strings.Index(sentence, cue)
		if at < 0 {
			continue
		}
		start := 0
		for _, comma := range []string{"，", ","} {
			if k := strings.LastIndex(sentence[:at], comma); k >= 0 {
				start = max(start, k+len(comma))
			}
		}
		return sentence[start:at], start
	}
	return "", 0
}

// guestsAlone cuts off what a sentence goes on to say of a panel, and who chaired it.
func guestsAlone(list string) string {
	for _, word := range []string{", chaired by ", ", moderated by ", ", hosted by ", " was ", " were ", " moderated ", " chaired ", " discussed ", " talked ", " debated ", "，由", "，主持"} {
		list, _, _ = strings.Cut(list, word)
	}
	return list
}

// panelName finds the words for a panel in a sentence, with the quotation behind
// them that names it.
func panelName(sentence string) (int, int) {
	lower := strings.ToLower(sentence)
	for _, word := range []string{"圆桌论坛", "圆桌讨论", "圆桌环节", "圆桌对话", "圆桌", "panel discussion", "panel", "对话环节", "讨论环节"} {
		from := strings.Index(lower, word)
		if from < 0 {
			continue
		}
		to := from + len(word)
		behind := strings.TrimLeft(sentence[to:], " ：:,，")
		for _, called := range []string{"called ", "titled ", "entitled ", "named ", "on ", "about ", "的题目是", "题目是", "主题是", "主题为", "题为"} {
			behind = strings.TrimPrefix(behind, called)
		}
		for _, pair := range quotes {
			if rest, ok := strings.CutPrefix(behind, pair[0]); ok {
				if size := strings.Index(rest, pair[1]); size > 0 {
					start := len(sentence) - len(rest)
					return start, start + size
				}
			}
		}
		return from, to
	}
	return 0, 0
}

// shiftPerson moves the places of a person that was read from a part of a text.
func shiftPerson(p name.Person, by int) name.Person {
	p.Span = name.Span{Start: p.Start + by, End: p.End + by}
	p.Extent = name.Span{Start: p.Extent.Start + by, End: p.Extent.End + by}
	p.Affiliations = slices.Clone(p.Affiliations)
	for i := range p.Affiliations {
		a := &p.Affiliations[i]
		a.Span = name.Span{Start: a.Start + by, End: a.End + by}
		a.ParentSpan = name.Span{Start: a.ParentSpan.Start + by, End: a.ParentSpan.End + by}
	}
	return p
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
func (r *reader) titleInProse(p *passage, m *name.Mention, before [2]int, end int) ([2]int, bool) {
	from := m.Extent.End
	if at := r.quoted(p.text, from, min(end, sentenceEnd(p.text, from))); at[1] > 0 {
		return at, true
	}
	if m.Role == name.Speaks {
		if at := r.announcedTitle(p.text, before); at[1] > 0 {
			return at, true
		}
	}
	if at := r.quoted(p.text, from, end); at[1] > 0 {
		return at, true
	}
	if m.Role != name.Speaks {
		return [2]int{}, false
	}
	if at := quotedBefore(p.text, m.Extent.Start); at[1] > 0 {
		return at, true
	}
	if at := r.namedTitle(p.text, from, end); at[1] > 0 {
		return at, true
	}
	return r.object(p.text, m, end)
}

// namedTitle reads "题目是 X，" and "whose title was X." in the sentence behind a person.
func (r *reader) namedTitle(text string, from, end int) [2]int {
	if from >= end {
		return [2]int{}
	}
	if stop := strings.IndexAny(text[from:end], "。；;"); stop >= 0 {
		end = from + stop
	}
	for _, word := range []string{"题目是", "题目为", "题目叫", "标题是", "标题叫", "题为", "题目：", "title was ", "title is ", "titled ", "called ", "entitled "} {
		at := strings.Index(text[from:end], word)
		if at < 0 {
			continue
		}
		start := from + at + len(word)
		start += len(text[start:end]) - len(strings.TrimLeft(text[start:end], " ：:"))
		stop := end
		if comma := strings.IndexAny(text[start:end], "，,"); comma >= 0 {
			stop = start + comma
		}
		piece := strings.TrimRight(text[start:stop], " .")
		if utf8.RuneCountInString(piece) >= 4 && r.isTitleText(piece) {
			return [2]int{start, start + len(piece)}
		}
	}
	return [2]int{}
}

// sentenceEnd returns the byte of the next full stop; the end of the text when there
// is none.
func sentenceEnd(text string, from int) int {
	for at := from; at < len(text); {
		stop := strings.IndexAny(text[at:], "。.；;")
		if stop < 0 {
			return len(text)
		}
		at += stop
		_, size := utf8.DecodeRuneInString(text[at:])
		if size > 1 || (at+1 == len(text) || text[at+1] == ' ') && !abbreviates(text[:at]) {
			return at
		}
		at += size
	}
	return len(text)
}

// announceLimit bounds the bytes between a title and the person whose talk it is.
const announceLimit = 100

// announcedTitle reads `Then came "Title". NAME from ORG measured …`: a title in quotes
// that nobody has claimed, in the sentence before a person who speaks.
func (r *reader) announcedTitle(text string, before [2]int) [2]int {
	from := max(before[0], before[1]-announceLimit-titleLimit(""))
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	if from >= before[1] {
		return [2]int{}
	}
	head := text[from:before[1]]
	for _, pair := range quotes {
		if pair[0] == "《" || pair[0] == "‘" {
			continue
		}
		stop := strings.LastIndex(head, pair[1])
		if stop <= 0 {
			continue
		}
		open := strings.LastIndex(head[:stop], pair[0])
		if open < 0 {
			continue
		}
		title, between := head[open+len(pair[0]):stop], head[stop+len(pair[1]):]
		if !r.isQuotedTitle(title, pair[0]) || len(between) > announceLimit || len(sentences("x "+between)) > 2 || r.titles.holds(title) || !announcesTalk(head[:open], between) {
			continue
		}
		start := from + open + len(pair[0])
		if pair[0] == pair[1] && strings.Count(text[:start-1], pair[0])%2 == 1 {
			continue // between two quotations
		}
		return [2]int{start, start + len(strings.TrimRight(title, " .,，。"))}
	}
	return [2]int{}
}

// announcesTalk reports whether the words around a quotation say that it names a talk.
func announcesTalk(before, behind string) bool {
	before = strings.ToLower(before[max(0, strings.LastIndexAny(before, ".。;；")+1):])
	if strings.TrimSpace(before) == "" {
		return true
	}
	for _, word := range []string{"talk", "session", "keynote", "presentation", "lecture", "tutorial", "came", "next", "last", "finally", "报告", "演讲", "分享", "接下来", "最后"} {
		if strings.Contains(before, word) {
			return true
		}
	}
	return strings.Contains(behind, "the title") || strings.Contains(behind, "was called")
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
			if r.isQuotedTitle(text[start:start+size], pair[0]) || size > 3 && (namesSubject(text[:start-len(pair[0])]) || start-len(pair[0])-from <= len(": ") && size < 160 && !strings.ContainsAny(text[start:start+size], "!?！？")) {
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

// namesSubject reports whether a text ends in words that a title follows.
func namesSubject(head string) bool {
	for _, word := range []string{"题为", "题目是", "题目为", "题目叫", "主题是", "主题为", "标题是", "以", "titled ", "entitled ", "called ", "title was ", "subject was ", "title is ", " on ", " about ", " with ", " gave ", "'s talk ", "’s talk ", "'s keynote ", "’s keynote ", "talk, ", "keynote, "} {
		if strings.HasSuffix(head, word) {
			return true
		}
	}
	return false
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
	if last := head[strings.LastIndexByte(head, ' ')+1:]; isParticiple(last) && !hostParticiples[last] {
		head = strings.TrimRight(strings.TrimSuffix(head, last), " ,")
	}
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
	told := m.Credited || m.Extent != m.Span || m.After > 0 && m.After < end && talkPhrase(strings.TrimLeft(text[m.After:end], " ")) > 0
	if len(m.Affiliations) == 0 && m.JobTitle == "" && !told || m.After <= 0 || m.After >= end {
		return [2]int{}, false
	}
	stop := m.After
	for stop < end {
		c, size := utf8.DecodeRuneInString(text[stop:])
		if strings.ContainsRune("，。；！？,;!?", c) && stop > m.After || c == '.' && (stop+1 >= len(text) || text[stop+1] == ' ') {
			break
		}
		stop += size
	}
	if saysWhat(text[:m.After]) {
		return [2]int{}, false // what somebody claims is no title
	}
	start, stop := trimObject(text, m.After, stop)
	if from, to := quotedPart(text[start:stop]); to > from {
		start, stop = start+from, start+to
	}
	piece := text[start:stop]
	if r.structured && !isMostlyHan(text) {
		return [2]int{}, false // English clauses are too loose beside talks with titles of their own
	}
	size := utf8.RuneCountInString(piece)
	if size < 4 || size > objectLimit*2 || isMostlyHan(piece) && size > objectLimit || fact.Key(piece) == "" || opensRemark(piece) {
		return [2]int{}, false
	}
	if !isMostlyHan(piece) && (strings.Count(piece, " ") > 11 || !strings.Contains(piece, " ")) {
		return [2]int{}, false
	}
	return [2]int{start, stop}, true
}

// claimVerbs are followed by what a speaker claims, not by what the talk was on.
var claimVerbs = []string{"指出", "指出了", "认为", "表示", "强调", "强调了", "呼吁", "宣布", "回应", "回答了", " said", " says", " argued", " argues", " told", " noted", " claimed", " mentioned", " pointed out", " announced"}

// saysWhat reports whether a text ends in such a verb.
func saysWhat(head string) bool {
	head = strings.TrimRight(head, " ")
	for _, verb := range claimVerbs {
		if strings.HasSuffix(head, verb) {
			return true
		}
	}
	return false
}

// quotedPart returns the quotation in the object of a verb: it is the title.
func quotedPart(piece string) (from, to int) {
	for _, pair := range quotes {
		open := strings.Index(piece, pair[0])
		if open < 0 {
			continue
		}
		start := open + len(pair[0])
		if size := strings.Index(piece[start:], pair[1]); size > 0 && utf8.RuneCountInString(piece[start:start+size]) >= 4 {
			return start, start + size
		}
	}
	return 0, 0
}

// remarkOpenings begin what a listener thinks of a talk, and no title.
var remarkOpenings = []string{"我", "你", "很", "非常", "也", "还", "就", "都", "比较", "特别", "十分", "听", "感觉", "觉得", "让", "令", "其", "这", "那", "有", "没", "不", "一", "两", "内容", "信息量", "干货", "前", "后", "it ", "he ", "she ", "they ", "this ", "that ", "us ", "me ", "very ", "some ", "many "}

func opensRemark(piece string) bool {
	lower := strings.ToLower(piece)
	for _, word := range remarkOpenings {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// objectFillers stand between a verb of speech and the title; clauseOpenings begin
// what is said about the title.
var (
	objectFillers  = []string{" ", "，", "了", "的是", "题为", "关于", "一下", "一个", "他们的", "他们", "他", "她", "她们的", "自己的", "团队的", "：", ":", ",", "about ", "on ", "us through ", "us to ", "us "}
	clauseOpenings = []string{" that ", " which ", " who ", " where ", " because ", " but ", " while ", " so that ", " in order to "}
	objectEndings  = []string{"的tutorial", "的 tutorial", "的talk", "的 talk", "的讲座", "的教程", "做了精彩报告", "作了精彩报告", "做了主题报告", "作了主题报告", "做了特邀报告", "作了特邀报告", "做了报告", "作了报告", "做报告", "作报告", "作了题为", "做了分享", "作了分享", "进行了分享", "做了演讲", "作了演讲", "发表了演讲", "进行了报告", "展开了报告", "的报告", "的演讲", "的分享", "的内容", "的工作", "的情况", " "}
)

// trimObject leaves out words between a verb and its object, and a clause behind it.
func trimObject(text string, start, stop int) (int, int) {
	for again := true; again; {
		again = false
		if size := talkPhrase(text[start:stop]); size > 0 {
			start += size
			again = true
		}
		for _, word := range objectFillers {
			if start < stop && strings.HasPrefix(text[start:stop], word) {
				start += len(word)
				again = true
			}
		}
	}
	for _, word := range clauseOpenings {
		if at := strings.Index(text[start:stop], word); at > 0 {
			stop = start + at
		}
	}
	for _, word := range objectEndings {
		if strings.HasSuffix(text[start:stop], word) {
			stop -= len(word)
		}
	}
	return start, max(start, stop)
}

// talkPhrase returns the size of "a joint talk about ", "the closing keynote, on " at
// the head of an object; 0 when it does not speak of a talk.
func talkPhrase(piece string) int {
	at := 0
	for range 5 {
		next := strings.IndexByte(piece[at:], ' ')
		if next < 0 {
			return 0
		}
		word := strings.ToLower(strings.Trim(piece[at:at+next], ",:"))
		at += next + 1
		switch word {
		case "talk", "keynote", "presentation", "lecture", "tutorial", "demo", "session", "overview", "introduction":
			for _, joint := range []string{"on ", "about ", "of ", "to ", "titled ", "called ", "entitled ", "with the title "} {
				if strings.HasPrefix(piece[at:], joint) {
					return at + len(joint)
				}
			}
			return 0
		}
	}
	return 0
}
