package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// layout says where titles stand in these notes when both sides of a speaker line
// could be one.
type layout uint8

const (
	titleAbove layout = iota
	titleBelow
)

// findTalks collects drafts from every kind of structure, the surest first, and
// lets what is weaker only fill the gaps.
func (r *reader) findTalks() {
	r.tables()
	r.timetables()
	r.entries()
	r.inlinePanels()
	r.labelBlocks()
	r.speakerLines()
	r.headingProse()
	r.sessionTalks()
	r.panels()
	r.siblings()
	r.ownDays()
	r.prose()
	r.soleTalk()
	r.footnotes()
}

func (r *reader) anyAnchored() bool {
	return slices.ContainsFunc(r.drafts, func(d *draft) bool { return d.anchored })
}

// add makes a draft with the title at a span.
func (r *reader) add(title Span) *draft {
	whole := title
	title = r.stripTitle(title)
	d := &draft{title: r.plain(title), at: title, line: title.Line, used: map[int]bool{title.Line: true}}
	if l := &r.note.Lines[title.Line]; l.Kind == note.Heading {
		d.level = l.Level
	}
	d.format = formatOf(r.lines[title.Line].text)
	if dates := findDates(r.textOf(Span{whole.Line, whole.Start, title.Start})); len(dates) == 1 && dates[0].first.day > 0 {
		d.date = r.dayOf(dates[0].first)
	}
	r.drafts = append(r.drafts, d)
	if r.lines[title.Line].draft == nil {
		r.lines[title.Line].draft = d
	}
	return d
}

// plain returns the text of a span without the marks of links in it.
func (r *reader) plain(s Span) string {
	in := &r.lines[s.Line]
	raw := r.textOf(s)
	if !strings.Contains(raw, "[") || s.Start < in.base || s.End > in.base+len(in.text) {
		return raw
	}
	text := in.text[s.Start-in.base : s.End-in.base]
	if masked := r.note.Lines[s.Line].Masked(); !strings.Contains(masked, raw) {
		return raw // an aside inside the title is part of it
	}
	return strings.Join(strings.Fields(text), " ")
}

// titlePrefixes are labels of formats that are no part of a title.
var titlePrefixes = []string{"talk", "keynote", "invited talk", "invited", "tutorial", "workshop", "demo", "opening keynote", "closing keynote", "lightning talk", "lightning", "short talk", "title", "topic", "best paper", "best paper award", "best student paper", "oral", "spotlight", "plenary", "plenary talk", "plenary lecture", "distinguished lecture", "contributed talk", "guest talk", "guest lecture", "industry talk", "research talk", "sponsor talk", "lecture", "seminar", "presentation", "session keynote", "大会特邀报告", "邀请报告", "口头报告", "专题报告", "工业界报告", "青年报告", "开场演讲", "闭幕演讲", "压轴演讲", "闪电演讲", "技术分享", "案例分享", "特邀报告", "主题报告", "大会报告", "主题演讲", "主旨报告", "主旨演讲", "报告", "演讲", "题目", "报告题目", "演讲题目", "讲座", "教程", "分享"}

// numberedPrefixes are no part of a title when a number follows them.
var numberedPrefixes = []string{"session", "track", "slot", "part", "day", "主题", "议题", "环节"}

// stripTitle narrows a title by marks, brackets 《》, quotation marks around the
// whole, format labels and a format in brackets behind it.
func (r *reader) stripTitle(s Span) Span {
	for {
		text := r.textOf(s)
		start, end := trimLoose(text, 0, len(text))
		trimmed := strings.TrimLeft(text[start:end], "■●◆▪►☆★-–—·•, ，、:：")
		start = end - len(trimmed)
		trimmed = strings.TrimRight(trimmed, ",，、:： -–—")
		end = start + len(trimmed)
		if open, size := utf8.DecodeRuneInString(trimmed); size > 0 && len(trimmed) > 2*size {
			closer := map[rune]string{'[': "]", '《': "》", '“': "”", '"': `"`, '「': "」", '『': "』", '〈': "〉"}[open]
			if closer != "" && strings.HasSuffix(trimmed, closer) && strings.Count(trimmed, closer) <= 2 && !strings.Contains(trimmed[size:len(trimmed)-len(closer)], closer) {
				start, end = start+size, end-len(closer)
			}
		}
		if size := roomPrefix(text[start:end]); size > 0 {
			start += size
		}
		if size := lectureMark(text[start:end]); size > 0 {
			start += size
		}
		if from, to, ok := linkText(text[start:end]); ok {
			start, end = start+from, start+to
		}
		if size := formatPrefix(text[start:end]); size > 0 {
			start += size
		}
		if size := formatSuffix(text[start:end]); size > 0 {
			end -= size
		}
		narrowed := Span{s.Line, s.Start + start, s.Start + end}
		if narrowed == s || narrowed.End <= narrowed.Start {
			return s
		}
		s = narrowed
	}
}

// roomPrefix returns the size of "Room A — " at the head of a title.
func roomPrefix(text string) int {
	for _, divider := range []string{" — ", " – ", " - ", ": "} {
		head, tail, ok := strings.Cut(text, divider)
		if ok && isRoom(head) && strings.Count(head, " ") <= 2 && utf8.RuneCountInString(strings.TrimSpace(tail)) >= 3 {
			return len(head) + len(divider)
		}
	}
	return 0
}

// linkText returns the bytes of the text of a markdown link that is all of a piece.
func linkText(piece string) (from, to int, ok bool) {
	if !strings.HasPrefix(piece, "[") || !strings.HasSuffix(piece, ")") {
		return 0, 0, false
	}
	end := strings.Index(piece, "](")
	if end <= 1 || strings.Contains(piece[end:len(piece)-1], ")") {
		return 0, 0, false
	}
	return 1, end, true
}

// formatPrefix returns the size of "Talk: " or "特邀报告：" at the head of a title.
func formatPrefix(text string) int {
	colon, size := formatDivider(text)
	if colon <= 0 || colon > 40 {
		return 0
	}
	head := strings.Trim(text[:colon], " *_")
	word := strings.ToLower(strings.TrimSpace(strings.TrimRight(head, "0123456789一二三四五六七八九十 #")))
	numbered := len(word) < len(head) && slices.Contains(numberedPrefixes, word)
	if !slices.Contains(titlePrefixes, word) && !numbered {
		return 0
	}
	if rest := strings.TrimSpace(text[colon+size:]); utf8.RuneCountInString(rest) < 3 {
		return 0
	}
	return colon + size
}

// lectureMark returns the size of "第三讲　", "Lecture 3: " or "Talk 2. " at the head of
// a title, with a date before it; 0 when there is none.
func lectureMark(text string) int {
	at := 0
	if dates := findDates(text); len(dates) > 0 && dates[0].start == 0 && dates[0].first.day > 0 {
		at = len(text) - len(strings.TrimLeft(text[dates[0].end:], " 　:：|-–—,，)）"))
	}
	c := cursor{text: text, at: at}
	switch {
	case c.any("第"):
		if _, ok := c.number(3); !ok {
			c.at = len(text) - len(strings.TrimLeft(text[c.at:], "一二三四五六七八九十"))
		}
		if !c.any("讲", "期", "场", "节", "课", "次") {
			return 0
		}
	case c.any("Lecture ", "Talk ", "Week ", "lecture ", "talk ", "week ", "Lecture #", "Talk #"):
		if _, ok := c.number(3); !ok {
			return 0
		}
	default:
		return 0
	}
	rest := strings.TrimLeft(text[c.at:], " 　.:：、-–—|")
	if len(rest) == len(text[c.at:]) || utf8.RuneCountInString(rest) < 3 {
		return 0
	}
	return len(text) - len(rest)
}

// formatDivider finds what ends a format at the head of a title: a colon, or a dash
// with spaces around it when it comes first.
func formatDivider(text string) (at, size int) {
	at = colonAt(text)
	if at >= 0 {
		_, size = utf8.DecodeRuneInString(text[at:])
	}
	for _, dash := range []string{" - ", " – ", " — "} {
		if k := strings.Index(text, dash); k > 0 && (at < 0 || k < at) {
			at, size = k, len(dash)
		}
	}
	return at, size
}

// formatSuffix returns the size of "（教程）" or "(keynote)" behind a title.
func formatSuffix(text string) int {
	if !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "）") {
		return 0
	}
	open := max(strings.LastIndex(text, "("), strings.LastIndex(text, "（"))
	if open <= 0 {
		return 0
	}
	word := strings.ToLower(strings.Trim(text[open:], "()（） "))
	if !slices.Contains(titlePrefixes, word) && word != "教程" && word != "tutorial" && word != "online" && word != "线上" && word != "remote" {
		return 0
	}
	return len(text) - open
}

// formatOf tells panels, openings and tutorials by their words.
func formatOf(text string) string {
	lower := strings.ToLower(text)
	for _, row := range []struct {
		format string
		words  []string
	}{
		{"panel", []string{"panel", "圆桌", "对话环节", "fireside", "round table", "roundtable"}},
		{"opening", []string{"opening remarks", "opening ceremony", "开幕", "开场", "致辞", "welcome"}},
		{"closing", []string{"closing remarks", "闭幕"}},
		{"tutorial", []string{"tutorial", "教程"}},
		{"workshop", []string{"(workshop)"}},
		{"keynote", []string{"keynote", "特邀报告", "主旨报告", "主旨演讲", "大会报告"}},
		{"lightning", []string{"lightning"}},
	} {
		for _, word := range row.words {
			if strings.Contains(lower, word) {
				return row.format
			}
		}
	}
	return ""
}

// titleLimit bounds the characters of a title: Chinese ones are shorter.
func titleLimit(text string) int {
	if len(text) > utf8.RuneCountInString(text)*2 {
		return 64
	}
	return 160
}

// titleLike reports whether a line could be the title of a talk.
func (r *reader) titleLike(i int) bool {
	in, l := &r.lines[i], &r.note.Lines[i]
	if in.role == labelRole && in.labels[0].cue&lexicon.TitleLabel != 0 && formatPrefix(in.text) > 0 {
		return true
	}
	if in.role == sessionRole && l.Kind == note.Heading && formatOf(in.text) == "" {
		return false
	}
	if in.role != body || l.Kind == note.TableRow || !r.isTitleText(in.text) {
		return false
	}
	if l.Kind != note.Heading && strings.Contains(l.Raw, "](") {
		return false // a link to another page
	}
	return l.Kind == note.Heading || l.Emphasis || !strings.HasSuffix(in.text, ":") && !strings.HasSuffix(in.text, "：")
}

// isTitleText checks the shape of a title: not too long, no sentence, not generic.
func (r *reader) isTitleText(text string) bool {
	text = strings.TrimFunc(text, isLoose)
	size := utf8.RuneCountInString(text)
	if size < 2 || size > titleLimit(text) || isGenericHead(text) || strings.HasPrefix(text, "http") || strings.HasPrefix(text, "|") {
		return false
	}
	if strings.ContainsAny(text, "。；") || strings.HasSuffix(text, "，") || strings.HasSuffix(text, ",") || strings.HasSuffix(text, ";") {
		return false
	}
	if strings.HasSuffix(text, ".") && strings.Count(text, " ") > 6 || holdsSentence(text) {
		return false
	}
	letters := 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters*2 >= size-strings.Count(text, " ")
}

// holdsSentence reports whether a sentence ends inside a text.
func holdsSentence(text string) bool {
	pieces := sentences(text)
	return len(pieces) > 1 && strings.Count(text[pieces[0][0]:pieces[0][1]], " ") >= 3
}

// titleFor finds the line of the title that a speaker line belongs to: above it, or
// below it where the notes put speakers first; -1 when there is none.
func (r *reader) titleFor(i int, labelled bool) int {
	above := r.titleAbove(i, labelled)
	below := r.titleBelow(i)
	switch {
	case above >= 0 && below >= 0:
		if r.lines[above].draft != nil && r.lines[above].draft.anchored && r.layout == titleBelow {
			return below
		}
		if r.note.Lines[below].Emphasis && !r.note.Lines[above].Emphasis && r.note.Lines[above].Kind != note.Heading {
			return below
		}
		return above
	case above >= 0:
		return above
	default:
		return below
	}
}

// titleAbove walks up over labels and other speakers of the same talk.
func (r *reader) titleAbove(i int, labelled bool) int {
	l := &r.note.Lines[i]
	for j := r.previous(i); j >= 0; j = r.previous(j) {
		in, above := &r.lines[j], &r.note.Lines[j]
		switch {
		case in.draft != nil:
			return j
		case in.role == labelRole && !(in.labels[0].cue&lexicon.TitleLabel != 0 && r.titleLike(j)):
			continue
		case in.role == usedRole && r.belongs(j) != nil:
			return r.belongs(j).line
		case in.role != body && in.role != labelRole && !(in.role == sessionRole && r.isOpening(j)):
			return -1
		case l.Kind == note.Bullet && above.Kind == note.Bullet && above.Level >= l.Level:
			if labelled {
				continue
			}
			return -1
		case above.Kind == note.Bullet && l.Kind != note.Bullet:
			if labelled && r.endsBlock(i) && in.role == body {
				continue // "讲者：…" behind the notes on the talk
			}
			return -1
		case r.titleLike(j) || in.role == sessionRole:
			if above.Kind == note.Paragraph && !above.Emphasis && !r.standsBelowGap(j) {
				return -1
			}
			return j
		case labelled && (l.Kind == note.Bullet || strings.Contains(above.Raw, "](")):
			continue
		default:
			return -1
		}
	}
	return -1
}

// endsBlock holds for the last line of the notes on a talk: the next one is a title, and
// what stands above is not cut off from it.
func (r *reader) endsBlock(i int) bool {
	lines := r.note.Lines
	below := r.next(i)
	for below >= 0 && (r.lines[below].role == labelRole || r.lines[below].role == breakRole) && lines[below].Kind == note.Paragraph {
		below = r.next(below)
	}
	if below < 0 || lines[below].Kind == note.Heading {
		return true
	}
	if i == 0 || lines[i-1].Kind == note.Blank {
		return false
	}
	return lines[i+1].Kind == note.Blank || lines[below].Kind == note.Numbered
}

// isOpening holds for a session-like line that is itself a contribution: 开幕式.
func (r *reader) isOpening(i int) bool { return formatOf(r.lines[i].text) != "" }

// standsBelowGap reports whether a paragraph begins below a blank line or structure.
func (r *reader) standsBelowGap(i int) bool {
	if i == 0 {
		return true
	}
	above := &r.note.Lines[i-1]
	return above.Kind != note.Paragraph || r.lines[i-1].role != body || above.Emphasis
}

// farthest bounds how many lines below its title a line may belong to a talk.
const farthest = 64

// belongs returns the draft that a used line belongs to, nil when it is another's.
func (r *reader) belongs(i int) *draft {
	for j := i - 1; j >= max(0, i-farthest); j-- {
		if d := r.lines[j].draft; d != nil && d.used[i] {
			return d
		}
	}
	return nil
}

// titleBelow takes the next line when it looks like a title that stands alone.
func (r *reader) titleBelow(i int) int {
	j := r.next(i)
	if j < 0 || r.lines[j].draft != nil {
		return -1
	}
	l := &r.note.Lines[j]
	if !r.titleLike(j) || l.Kind == note.Bullet || l.Kind == note.Numbered || len(r.people(j, name.Shape)) > 0 || endsInDate(r.lines[j].text) || r.listsNames(r.lines[j].text) {
		return -1
	}
	if l.Kind == note.Paragraph && !l.Emphasis && !(r.standsAlone(j) || r.note.Lines[j-1].Number == r.note.Lines[i].Number) {
		return -1
	}
	return j
}

// listsNames holds for Chinese names with nothing but marks of lists between them.
func (r *reader) listsNames(text string) bool {
	pieces := strings.Split(strings.TrimSpace(text), "、")
	names := 0
	for _, piece := range pieces {
		if size := utf8.RuneCountInString(piece); size < 2 || size > 4 || !isMostlyHan(piece) {
			return false
		}
		if r.grammar.IsChineseName(piece) {
			names++
		}
	}
	return len(pieces) > 1 && names*2 > len(pieces)
}

// endsInDate holds for a line such as "Data Days 2015, 1 June": it names an event.
func endsInDate(text string) bool {
	dates := findDates(text)
	return len(dates) > 0 && strings.Trim(text[dates[len(dates)-1].end:], " .)）") == "" && dates[len(dates)-1].first.day > 0
}

// speakerLines finds lines that are people and nothing else, and gives each to the
// title beside it.
func (r *reader) speakerLines() {
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if !l.Matter() || in.role != body && in.role != sessionRole || in.draft != nil || utf8.RuneCountInString(in.text) > 120 {
			continue
		}
		if l.Kind == note.Heading || l.Kind == note.TableRow || l.Kind == note.Numbered && l.Mark == "" {
			continue
		}
		trust := name.Shape
		previous := r.previous(i)
		firstItem := previous >= 0 && (r.lines[previous].draft != nil || r.note.Lines[previous].Kind == note.Heading || previous == i-1 && r.isNumberedTitle(previous))
		if firstItem || previous >= 0 && r.lines[previous].role == body && r.note.Lines[previous].Kind == note.Paragraph {
			trust = name.Position
		}
		if l.Kind == note.Bullet && !firstItem {
			continue
		}
		if opening := speakerOpening(in.text); opening > 0 && firstItem {
			if people := r.grammar.People(in.text[opening:], name.Labelled); r.plausible(people) {
				if title := r.titleFor(i, true); title >= 0 {
					r.attach(title, i, r.speakers(people, i, opening))
					continue
				}
			}
		}
		people := r.people(i, trust)
		if people == nil && firstItem {
			people = r.bareName(i)
		}
		if people == nil || r.isBody(i, people) {
			continue
		}
		title := r.titleFor(i, false)
		if title < 0 {
			continue
		}
		r.attach(title, i, r.speakers(people, i, 0))
	}
}

// speakerOpenings begin a line that names who gave the talk above.
var speakerOpenings = []string{"led by ", "presented by ", "given by ", "delivered by ", "facilitated by ", "proposed by ", "run by ", "talk by ", "a talk by ", "keynote by ", "with ", "w/ ", "by ", "由"}

// speakerOpening returns the size of such an opening, or of any other participle with
// "by"; 0 when the line has none.
func speakerOpening(text string) int {
	lower := strings.ToLower(text)
	if word, _, ok := strings.Cut(lower, " by "); ok && isParticiple(word) && !hostParticiples[word] {
		return len(word) + len(" by ")
	}
	for _, opening := range speakerOpenings {
		if strings.HasPrefix(lower, opening) {
			return len(opening)
		}
	}
	return 0
}

// hostParticiples say who opened or moderated, and not who spoke.
var hostParticiples = words("chaired moderated hosted organised organized introduced sponsored posted published written edited")

// isParticiple holds for one word such as pitched, led, given, run.
func isParticiple(word string) bool {
	if strings.ContainsAny(word, " .,:;") || len(word) < 3 {
		return false
	}
	return strings.HasSuffix(word, "ed") || word == "led" || word == "held" || word == "given" || word == "run" || word == "taught"
}

// bareName accepts a line that is only Latin names below a heading or a numbered
// title: one, or a few of which one at least is frequent.
func (r *reader) bareName(i int) []name.Person {
	in := &r.lines[i]
	people := r.people(i, name.Labelled)
	if r.isByline(i, people) {
		return people
	}
	if len(people) == 0 || len(people) > 4 || strings.ContainsAny(in.text, ";:") || !r.plausible(people) {
		return nil
	}
	if above := r.previous(i); r.isEmphasised(i) && above >= 0 && r.note.Lines[above].Kind == note.Heading {
		return people
	}
	if strings.Contains(in.text, "(") || utf8.RuneCountInString(in.text) > 40*len(people) || len(people) > 1 && strings.HasSuffix(in.text, ".") {
		return nil
	}
	for _, p := range people {
		if r.grammar.IsFrequentName(p.Name) {
			return people
		}
	}
	return nil
}

// isEmphasised holds for a line in bold or italics but for links beside it.
func (r *reader) isEmphasised(i int) bool {
	text := strings.TrimSpace(r.lines[i].text)
	return r.note.Lines[i].Emphasis || len(text) > 2 && strings.ContainsRune("*_", rune(text[0])) && text[len(text)-1] == text[0]
}

// isByline holds for a line "Name (Institution)" in bold or italics right below a
// heading, and for one without emphasis where each person has an institution.
func (r *reader) isByline(i int, people []name.Person) bool {
	in, l := &r.lines[i], &r.note.Lines[i]
	above := r.previous(i)
	if len(people) == 0 || len(people) > 4 || above < 0 || r.note.Lines[above].Kind != note.Heading || l.Kind != note.Paragraph {
		return false
	}
	if strings.ContainsAny(in.text, ";:!?") || utf8.RuneCountInString(in.text) > 60*len(people) || !r.plausible(people) || strings.Count(in.text, "(") > len(people) {
		return false
	}
	for _, p := range people {
		if len(p.Affiliations) == 0 && !l.Emphasis {
			return false
		}
	}
	return strings.HasSuffix(in.text, ")") || strings.HasSuffix(in.text, "）")
}

// isNumberedTitle holds for a line with a section number or a format before it.
func (r *reader) isNumberedTitle(i int) bool {
	return r.lines[i].base > r.note.Lines[i].Start && r.titleLike(i) || formatPrefix(r.lines[i].text) > 0 || lectureMark(r.lines[i].text) > 0
}

// isBody guards against lists of people inside the notes: a speaker line is short
// beside its neighbours or stands alone.
func (r *reader) isBody(i int, people []name.Person) bool {
	l := &r.note.Lines[i]
	if l.Kind == note.Bullet || l.Emphasis || len(people) > 3 {
		return len(people) > 6
	}
	next := r.next(i)
	return next == i+1 && r.note.Lines[next].Kind == note.Paragraph && !r.note.Lines[next].Emphasis && utf8.RuneCountInString(r.lines[i].text) > 60
}

// attach gives a title's talk its speakers.
func (r *reader) attach(title, line int, speakers []Speaker) *draft {
	d := r.lines[title].draft
	if d == nil {
		d = r.add(r.whole(title))
	}
	d.addSpeakers(speakers)
	d.used[line] = true
	if line != title {
		r.lines[line].role = usedRole
		d.used[line] = true
	}
	return d
}

func (d *draft) addSpeakers(speakers []Speaker) {
	for _, s := range speakers {
		d.anchored = true
		at := slices.IndexFunc(d.speakers, func(old Speaker) bool { return fact.Key(old.Name) == fact.Key(s.Name) })
		if at < 0 {
			d.speakers = append(d.speakers, s)
			continue
		}
		if old := &d.speakers[at]; len(old.Affiliations) == 0 && len(s.Affiliations) > 0 {
			*old = s
		}
	}
}

// labelBlocks reads "speaker:" lines, and blocks of 题目/主讲人/单位/摘要.
func (r *reader) labelBlocks() {
	for i := 0; i < len(r.lines); i++ {
		in := &r.lines[i]
		if in.role != labelRole || in.draft != nil {
			continue
		}
		b := block{reader: r}
		i = b.read(i)
		b.finish()
	}
}

// block is a run of labelled lines about one talk.
type block struct {
	reader   *reader
	start    int
	title    Span
	titled   bool
	speakers []Speaker
	guests   bool
	hosts    []Speaker
	lines    []int
	orgText  []Span
	jobTitle string
	bio      []Span
	room     string
	when     dateMatch
	dated    bool
	part     string
	seen     lexicon.Cue
}

// read takes lines from i until one belongs to another block; it returns the index
// of the last line taken.
func (b *block) read(i int) int {
	r := b.reader
	b.start = i
	last := i
	for j := i; j >= 0; j = r.next(j) {
		in, l := &r.lines[j], &r.note.Lines[j]
		if j > i && l.Kind == note.Heading && (in.role != labelRole || r.note.Lines[i].Kind != note.Heading) {
			break
		}
		if in.role != labelRole && b.takePaper(j) {
			last = j
			continue
		}
		if in.role != labelRole {
			if j > i && in.role == body && b.seen&(lexicon.AbstractLabel|lexicon.BioLabel) != 0 && l.Kind == note.Paragraph && j == last+1 {
				last = j // an abstract runs on
				continue
			}
			break
		}
		if b.opensAnother(in.labels) {
			break
		}
		last = j
		for k := range in.labels {
			b.take(j, &in.labels[k])
		}
		if below := b.titleBelowLabel(j); below > last {
			last = below
			j = below
		} else if nested := b.nested(j); nested > last {
			last = nested
			j = nested
		}
	}
	return last
}

// titleBelowLabel takes the line below a heading that is a label for titles and nothing
// else, "## 报告题目", as the title.
func (b *block) titleBelowLabel(i int) int {
	r := b.reader
	in := &r.lines[i]
	if r.note.Lines[i].Kind != note.Heading || len(in.labels) != 1 || in.labels[0].cue&lexicon.TitleLabel == 0 || in.labels[0].value != "" || b.titled {
		return i
	}
	below := r.next(i)
	if below < 0 || !r.titleLike(below) || r.note.Lines[below].Kind == note.Heading {
		return i
	}
	b.title, b.titled = r.whole(below), true
	b.lines = append(b.lines, below)
	return below
}

// takePaper reads "论文：…" and "Paper: …" behind the speaker of a reading group as
// the title; elsewhere such a line is part of the notes.
func (b *block) takePaper(j int) bool {
	r := b.reader
	if len(b.speakers) == 0 || b.titled || r.titleFor(b.start, true) >= 0 {
		return false
	}
	text := r.lines[j].text
	for _, word := range []string{"论文：", "论文:", "文章：", "文章:", "paper: ", "Paper: ", "Paper:"} {
		if strings.HasPrefix(text, word) && utf8.RuneCountInString(text) <= 160 {
			b.title, b.titled = r.span(j, len(word), len(text)), true
			b.lines = append(b.lines, j)
			return true
		}
	}
	return false
}

// opensAnother holds when a label comes back that the block already has.
func (b *block) opensAnother(labels []label) bool {
	for _, l := range labels {
		if l.cue&lexicon.SpeakerLabel != 0 && l.cue&lexicon.GuestLabel == 0 && b.guests {
			return true
		}
		cue := l.cue & (lexicon.TitleLabel | lexicon.SpeakerLabel)
		if cue&b.seen&lexicon.TitleLabel != 0 {
			return true
		}
		if cue&b.seen&lexicon.SpeakerLabel != 0 && b.titled {
			return true
		}
		if cue&lexicon.SpeakerLabel != 0 && b.seen&lexicon.SpeakerLabel != 0 && len(b.speakers) > 0 && b.seen&(lexicon.TimeLabel|lexicon.AffiliationLabel) != 0 {
			return true
		}
	}
	return false
}

func (b *block) take(i int, l *label) {
	r := b.reader
	b.seen |= l.cue
	value := r.span(i, l.valueStart, l.valueStart+len(l.value))
	switch {
	case l.cue&lexicon.TitleLabel != 0 && l.cue&lexicon.SpeakerLabel == 0:
		if people := r.grammar.People(l.value, name.Position); people != nil {
			b.speakers = append(b.speakers, r.speakers(people, i, l.valueStart)...)
			b.seen |= lexicon.SpeakerLabel
			b.seen &^= lexicon.TitleLabel
		} else if l.value != "" && utf8.RuneCountInString(l.value) <= 160 {
			b.title, b.titled = value, true
		}
	case l.cue&(lexicon.SpeakerLabel|lexicon.GuestLabel) != 0:
		b.guests = b.guests || l.cue&lexicon.GuestLabel != 0
		b.takeSpeakers(i, l)
	case l.cue&(lexicon.HostLabel|lexicon.OrganizerLabel) != 0:
		b.hosts = append(b.hosts, r.speakers(r.grammar.People(strings.TrimRight(l.value, ". 。"), name.Labelled), i, l.valueStart)...)
	case l.cue&lexicon.AffiliationLabel != 0:
		b.orgText = append(b.orgText, value)
	case l.cue&lexicon.BioLabel != 0 && l.cue&lexicon.SpeakerLabel == 0:
		if l.value != "" {
			b.bio = append(b.bio, value)
		} else if j := r.next(i); j == i+1 && r.lines[j].role == body {
			b.bio = append(b.bio, r.whole(j))
		}
	case l.cue&lexicon.PositionLabel != 0:
		b.jobTitle = l.value
	case l.cue&lexicon.PlaceLabel != 0:
		b.room = strings.TrimSpace(l.value)
	case l.cue&(lexicon.TimeLabel|lexicon.DateLabel) != 0:
		if dates := findDates(l.value); len(dates) > 0 {
			b.when, b.dated = dates[0], true
		}
		b.part = partOf(l.value)
		if b.part == "" {
			b.part = clockPart(l.value)
		}
	case l.cue&lexicon.AbstractLabel != 0:
		return // the abstract is matter of the talk
	case l.cue&lexicon.ThemeLabel != 0 && !b.titled && l.value != "" && b.belowPanel():
		b.title, b.titled, b.guests = value, true, true
	case l.cue&lexicon.ThemeLabel != 0 && !b.titled && len(b.speakers) > 0 && b.seen&lexicon.TitleLabel == 0:
		b.title, b.titled = value, true
		b.seen |= lexicon.TitleLabel
	case l.cue&(lexicon.CitedLabel|lexicon.ThemeLabel) != 0 && b.seen&(lexicon.SpeakerLabel|lexicon.TitleLabel|lexicon.HostLabel) == 0:
		return
	}
	b.lines = append(b.lines, i)
}

// belowPanel reports whether the block stands below a line that opens a panel and
// names no theme; that line is the session of the panel then.
func (b *block) belowPanel() bool {
	r := b.reader
	j := r.previous(b.start)
	if j < 0 || r.lines[j].draft != nil || formatOf(r.lines[j].text) != "panel" || utf8.RuneCountInString(r.lines[j].text) > 20 || strings.ContainsAny(r.lines[j].text, ":：") {
		return false
	}
	r.lines[j].role = sessionRole
	return true
}

// clockPart finds a clock time in a text and returns its half-day.
func clockPart(text string) string {
	for at := range text {
		if isDigit(rune(text[at])) && (at == 0 || !isDigit(rune(text[at-1]))) {
			if hour, size := clock(text[at:]); size > 0 {
				return partOfClock(hour)
			}
		}
	}
	return ""
}

// takeSpeakers reads the value of a speaker label; a quoted value is no person.
func (b *block) takeSpeakers(i int, l *label) {
	if strings.HasPrefix(l.value, `"`) || strings.HasPrefix(l.value, "“") {
		return
	}
	r := b.reader
	if b.takeSubstitute(i, l) {
		return
	}
	people := r.grammar.People(l.value, name.Labelled)
	if people == nil {
		if at := strings.IndexFunc(l.value, endsPeople); at > 0 {
			people = r.grammar.People(strings.TrimRight(l.value[:at], " （("), name.Labelled)
		}
	}
	if people == nil {
		if size := r.leadingName(l.value); size > 0 {
			people = r.grammar.People(l.value[:size], name.Labelled)
		}
	}
	if people == nil && !b.titled {
		if e, ok := r.layouts(i, l.valueStart, true); ok {
			b.speakers = append(b.speakers, e.people...)
			b.title, b.titled = e.title, !e.untitled
			return
		}
	}
	if people == nil {
		people = r.firstNamed(l.value)
	}
	b.speakers = append(b.speakers, r.speakers(people, i, l.valueStart)...)
}

// takeSubstitute reads who speaks in another's place, with the institution behind it.
func (b *block) takeSubstitute(i int, l *label) bool {
	r := b.reader
	span, ok := r.grammar.Substitute(l.value)
	if !ok {
		return false
	}
	people := r.grammar.People(l.value[span.Start:span.End], name.Labelled)
	if len(people) != 1 {
		return true
	}
	speakers := r.speakers(people, i, l.valueStart+span.Start)
	behind := strings.IndexAny(l.value[span.End:], "，,（(")
	if behind >= 0 && len(speakers[0].Affiliations) == 0 {
		_, size := utf8.DecodeRuneInString(l.value[span.End+behind:])
		from := span.End + behind + size
		to := from + len(strings.TrimRight(l.value[from:], "）) "))
		speakers[0].Affiliations = r.institutions(r.span(i, l.valueStart+from, l.valueStart+to))
	}
	b.speakers = append(b.speakers, speakers...)
	return true
}

// endsPeople holds for the characters behind which a remark follows: full stops,
// question marks and pictures.
func endsPeople(c rune) bool {
	return strings.ContainsRune("。；？?", c) || unicode.Is(unicode.So, c) && c > 0x2000
}

// leadingName returns the size of the name in Latin letters at the head of a text whose
// other words are small: "Ada Miller slides and code"; 0 when there is none.
func (r *reader) leadingName(text string) int {
	fields := strings.Fields(text)
	if len(fields) < 3 {
		return 0
	}
	size := strings.Index(text, fields[1]) + len(fields[1])
	for _, word := range fields[2:] {
		if c, _ := utf8.DecodeRuneInString(word); !unicode.IsLower(c) {
			return 0
		}
	}
	if !r.grammar.IsFrequentName(text[:size]) {
		return 0
	}
	return size
}

// firstNamed reads a name that opens a labelled value of which the rest is unclear:
// "张三，某公司的技术负责人（不便写）".
func (r *reader) firstNamed(value string) []name.Person {
	at := strings.IndexAny(value, "，,（(")
	if at <= 0 {
		return nil
	}
	people := r.grammar.People(value[:at], name.Labelled)
	if len(people) != 1 || !r.isKnownName(people[0].Name) {
		return nil
	}
	return people
}

// isKnownName holds for a name with a frequent given name or a Chinese surname.
func (r *reader) isKnownName(text string) bool {
	return r.grammar.IsFrequentName(text) || r.grammar.IsChineseName(text)
}

// nested reads the list items below an empty "speakers:" label.
func (b *block) nested(i int) int {
	r := b.reader
	in := &r.lines[i]
	l := in.labels[len(in.labels)-1]
	if l.cue&(lexicon.SpeakerLabel|lexicon.GuestLabel|lexicon.HostLabel|lexicon.OrganizerLabel) == 0 || l.value != "" {
		return i
	}
	last := i
	for j := r.next(i); j >= 0; j = r.next(j) {
		line := &r.note.Lines[j]
		if r.lines[j].role == labelRole || line.Kind == note.Heading {
			break
		}
		people := r.people(j, name.Labelled)
		if people == nil && j == last+1 {
			people = r.nameWithRemark(j)
		}
		if people == nil || line.Kind == note.Bullet && r.note.Lines[i].Kind == note.Bullet && line.Level <= r.note.Lines[i].Level {
			break
		}
		found := r.speakers(people, j, 0)
		if l.cue&(lexicon.SpeakerLabel|lexicon.GuestLabel) != 0 {
			b.speakers = append(b.speakers, found...)
		} else {
			b.hosts = append(b.hosts, found...)
		}
		b.lines = append(b.lines, j)
		last = j
	}
	return last
}

// finish makes or completes the talk that the block is about.
func (b *block) finish() {
	r := b.reader
	if b.seen&(lexicon.SpeakerLabel|lexicon.GuestLabel|lexicon.TitleLabel) == 0 && !(b.seen&lexicon.HostLabel != 0 && b.seen&lexicon.TimeLabel != 0) {
		r.outline.Hosts = append(r.outline.Hosts, b.hosts...)
		for _, i := range b.lines {
			r.lines[i].role = usedRole
		}
		return
	}
	if b.listsGuests() {
		r.directory = append(r.directory, b.speakers...)
		r.outline.Hosts = append(r.outline.Hosts, b.hosts...)
		for _, i := range b.lines {
			r.lines[i].role = usedRole
		}
		return
	}
	if b.titled && len(b.speakers) == 0 && r.followsSpeaker(b.start) {
		return // a talk with a title and a speaker says what it is about
	}
	d := b.draft()
	if d == nil {
		return
	}
	b.giveAffiliation()
	d.addSpeakers(b.speakers)
	d.hosts = append(d.hosts, b.hosts...)
	if b.guests && d.format == "" && (len(d.speakers) > 1 || !b.titled) {
		d.format = "panel"
	}
	if b.room != "" {
		d.room = b.room
	}
	if b.dated {
		d.date = r.dayOf(b.when.first)
	}
	if above := r.previous(b.start); b.part == "" && above >= 0 {
		b.part = r.lines[above].part
	}
	if b.part != "" {
		d.part = b.part
	}
	for _, i := range b.lines {
		if i != d.line {
			r.lines[i].role = usedRole
		}
		d.used[i] = true
	}
}

// followsSpeaker reports whether the line above is people or a title with people.
func (r *reader) followsSpeaker(i int) bool {
	j := r.previous(i)
	if j < 0 {
		return false
	}
	return r.lines[j].draft != nil || r.belongs(j) != nil || r.people(j, name.Shape) != nil
}

func (b *block) draft() *draft {
	r := b.reader
	if b.titled {
		return r.add(b.title)
	}
	if len(b.speakers) == 0 && len(b.hosts) == 0 {
		return nil
	}
	title := r.titleFor(b.start, true)
	if last := b.lines[len(b.lines)-1]; title < 0 && last != b.start {
		title = r.titleBelow(last)
	}
	if title >= 0 {
		if r.lines[title].draft != nil {
			return r.lines[title].draft
		}
		return r.add(r.whole(title))
	}
	return nil
}

// giveAffiliation gives "单位:" to the speakers of the block that have none.
func (b *block) giveAffiliation() {
	r := b.reader
	b.giveBiography()
	for _, s := range b.orgText {
		found := r.labelledInstitutions(s)
		for i := range b.speakers {
			speaker := &b.speakers[i]
			for _, a := range found {
				if !slices.ContainsFunc(speaker.Affiliations, func(old Affiliation) bool { return old.Name == a.Name }) {
					speaker.Affiliations = append(speaker.Affiliations, a)
				}
			}
			if speaker.JobTitle == "" {
				speaker.JobTitle = b.jobTitle
			}
		}
	}
}

// giveBiography gives the only speaker of a block what a biographical note says of
// him or her.
func (b *block) giveBiography() {
	if len(b.speakers) != 1 || len(b.speakers[0].Affiliations) > 0 || len(b.orgText) > 0 {
		return
	}
	for _, s := range b.bio {
		at := func(inner name.Span) Span { return Span{s.Line, s.Start + inner.Start, s.Start + inner.End} }
		all, jobTitle := b.reader.grammar.Biography(b.reader.textOf(s))
		for _, a := range all {
			b.speakers[0].Affiliations = append(b.speakers[0].Affiliations, affiliation(a, at))
		}
		if b.speakers[0].JobTitle == "" {
			b.speakers[0].JobTitle = jobTitle
		}
	}
}

// labelledInstitutions reads what a label says to be an institution: where the grammar
// explains but a part of a short value, all of it is the name.
func (r *reader) labelledInstitutions(s Span) []Affiliation {
	text := r.textOf(s)
	found := r.institutions(s)
	covered := 0
	for _, a := range found {
		covered += a.At.End - a.At.Start
	}
	if covered*5 >= len(text)*4 || covered > 0 && strings.ContainsAny(text, " ，,、;；/（(") || utf8.RuneCountInString(text) > 20 || strings.ContainsAny(text, "。，,、;；/") {
		return found
	}
	return []Affiliation{{Name: text, At: s, Known: r.lexicon.OrganizationNamed(text)}}
}

// institutions reads a span that names institutions and nothing else.
func (r *reader) institutions(s Span) []Affiliation {
	at := func(inner name.Span) Span { return Span{s.Line, s.Start + inner.Start, s.Start + inner.End} }
	var all []Affiliation
	for _, a := range r.grammar.Institutions(r.textOf(s)) {
		all = append(all, affiliation(a, at))
	}
	return all
}
