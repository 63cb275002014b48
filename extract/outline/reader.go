package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// role is what a line does in the structure.
type role uint8

const (
	body        role = iota // notes on the matter
	labelRole               // "label: value" with a known label
	dateRole                // says which day or half-day follows
	sessionRole             // opens a session
	breakRole               // coffee, lunch, registration
	usedRole                // taken by an event, a talk or a table
	eventRole               // names the event
)

// info is what is known of one line.
type info struct {
	text   string // the content with asides blanked out
	base   int    // offset of the text in the raw line
	role   role
	labels []label
	draft  *draft // the talk whose title this line is
	prose  []*draft
	people [3][]name.Person // the line read as people, by trust
	read   uint8            // bit of each trust that was read
	timed  bool             // a time of day without a colon was cut off its head
	hour   int              // that time's
	part   string           // the half-day of a format alone, "09:10 KEYNOTE"
}

// label is "label: value" in a line.
type label struct {
	cue        lexicon.Cue
	word       string
	start      int // of the label in the text
	value      string
	valueStart int
}

// draft is a talk in the making.
type draft struct {
	title    string
	at       Span
	line     int
	level    int
	format   string
	room     string
	date     string
	part     string
	speakers []Speaker
	hosts    []Speaker
	used     map[int]bool
	anchored bool
	listed   bool // from a table or timetable: its notes may stand elsewhere
	prose    bool
	merged   bool // joined to the same talk of a programme
	also     [][2]int
	entry    string // the shape of a one-line entry it was made of, to find its siblings
}

// reader carries the work on one note.
type reader struct {
	note       *note.Note
	lexicon    *lexicon.Lexicon
	grammar    *name.Grammar
	outline    *Outline
	lines      []info
	drafts     []*draft
	layout     layout
	titles     *titleIndex // of the talks told so far, while prose is read
	year       int         // that the note gives elsewhere
	yearKnown  bool        // whether it was looked for
	structured bool        // talks with speakers were found by their structure
	telling    *draft      // the talk that running text tells of now; nil for none
	tellings   []telling

	directory  []Speaker       // guests whom the head of the note lists with what they are
	references map[string]bool // names of link definitions, in lower case
}

func newReader(n *note.Note, l *lexicon.Lexicon) *reader {
	return &reader{note: n, lexicon: l, grammar: name.New(l), outline: &Outline{}, lines: make([]info, len(n.Lines))}
}

// scan fills in what each line shows by itself.
func (r *reader) scan() {
	r.findReferences()
	lettered, military := r.isLettered(), r.isMilitary()
	for i := range r.note.Lines {
		l := &r.note.Lines[i]
		if !l.Matter() {
			continue
		}
		in := &r.lines[i]
		in.text, in.base = r.withoutMarkup(withoutLinks(l.Masked())), l.Start
		if size := sectionNumber(in.text); size > 0 && (l.Kind == note.Paragraph || l.Kind == note.Heading) {
			in.text, in.base = in.text[size:], in.base+size
		}
		if size := emojiSize(in.text); size > 0 {
			in.text, in.base = in.text[size:], in.base+size
		}
		if size := tagSize(in.text); size > 0 {
			in.text, in.base = in.text[size:], in.base+size
		}
		if size := letterMark(in.text); size > 0 && lettered && l.Emphasis {
			in.text, in.base = in.text[size:], in.base+size
		}
		if military {
			r.cutMilitary(in)
		}
		in.text = withoutNobody(in.text)
		in.text = r.withoutBrackets(in.text)
		in.labels = r.findLabels(in.text)
		if cue := r.cue(in.text); len(in.labels) == 0 && l.Kind == note.Heading && cue&lexicon.TitleLabel != 0 && len(in.text) <= maxLabel && formatOf(in.text) == "" {
			in.labels = []label{{cue: lexicon.TitleLabel, word: in.text, valueStart: len(in.text)}}
		}
		if l.Kind == note.TableRow {
			in.labels = r.propertyOf(in.text)
		}
		in.role = r.roleOf(l, in)
	}
	r.shortDates()
}

// lineBrackets close the brackets that may stand around a whole line.
var lineBrackets = map[rune]string{'〔': "〕", '（': "）", '(': ")", '[': "]", '【': "】", '「': "」"}

// withoutBrackets blanks the brackets around a line that is a label and its value:
// "〔讲者：NAME，ORG〕".
func (r *reader) withoutBrackets(text string) string {
	open, size := utf8.DecodeRuneInString(text)
	closer := lineBrackets[open]
	trimmed := strings.TrimRight(text, " ")
	if closer == "" || !strings.HasSuffix(trimmed, closer) {
		return text
	}
	inner := trimmed[size : len(trimmed)-len(closer)]
	l, ok := r.labelAt(inner, 0)
	if !ok || l.cue&(lexicon.SpeakerLabel|lexicon.GuestLabel|lexicon.HostLabel) == 0 {
		return text
	}
	return strings.Repeat(" ", size) + inner + strings.Repeat(" ", len(text)-size-len(inner))
}

// propertyOf reads a row of a table with two cells, a label and its value.
func (r *reader) propertyOf(text string) []label {
	inner := strings.Trim(text, "| ")
	word, value, ok := strings.Cut(inner, "|")
	word, value = strings.TrimSpace(word), strings.TrimSpace(value)
	cue := r.cue(word)
	if !ok || strings.Contains(value, "|") || value == "" || cue&(lexicon.DateLabel|lexicon.TimeLabel|lexicon.PlaceLabel) == 0 {
		return nil
	}
	return []label{{cue: cue, word: word, start: strings.Index(text, word), value: value, valueStart: strings.LastIndex(text, value)}}
}

// nobody are the words that stand where a speaker is not known yet.
var nobody = words("tba tbd tbc n/a unknown anonymous 待定 待补 未定 暂无 暂缺 未知 佚名 to_be_announced to_be_confirmed speaker_tba")

// withoutNobody cuts " — TBA" and "（待定）" off the end of a line: its title has no
// speaker then.
func withoutNobody(text string) string {
	whole := strings.TrimRight(text, " ")
	plain := strings.TrimRight(whole, ")）]")
	for _, divider := range []string{" — ", " – ", " - ", "——", " | ", "｜", " / ", " by ", "（", "(", "[", " @ "} {
		at := strings.LastIndex(plain, divider)
		if at > 0 && nobody[strings.ToLower(strings.Trim(plain[at+len(divider):], " ?？"))] {
			return strings.TrimRight(text[:at], " ")
		}
	}
	return text
}

// isLettered reports whether lines in bold are numbered with letters: "A. …", "B. …".
func (r *reader) isLettered() bool {
	marked, others := 0, 0
	for i := range r.note.Lines {
		l := &r.note.Lines[i]
		if !l.Emphasis || l.Kind != note.Paragraph || !l.Matter() {
			continue
		}
		if letterMark(l.Content()) > 0 {
			marked++
		} else {
			others++
		}
	}
	return marked >= 2 && marked > others
}

// letterMark returns the size of "A. ", "B2. " or "B2.D " at the head of a line.
func letterMark(text string) int {
	mark, rest, ok := strings.Cut(text, " ")
	head, tail, dotted := strings.Cut(mark, ".")
	if !ok || !dotted || head == "" || len(mark) > 5 || len(tail) > 1 || head[0] < 'A' || head[0] > 'Z' || strings.Trim(head[1:], "0123456789") != "" {
		return 0
	}
	return len(text) - len(strings.TrimLeft(rest, " "))
}

// sideLinks are the texts of links to what belongs to a talk and names nothing.
var sideLinks = words(`video videos slides slide recording paper pdf code repo repository github abstract link links talk notes youtube arxiv blog post demo notebook website page materials material transcript program 视频 幻灯片 录像 回放 论文 代码 链接 主页 课件 资料 原文`)

// withoutLinks blanks the addresses of links out of a text, and whole links to what
// belongs to a talk, "[video](…)", with the mark before them.
func withoutLinks(text string) string {
	for at := 0; ; {
		open := strings.Index(text[at:], "[")
		if open < 0 {
			return text
		}
		open += at
		size := strings.Index(text[open:], "](")
		if size < 0 {
			return text
		}
		at = open + size
		end := strings.IndexByte(text[at:], ')')
		if end < 0 {
			return text
		}
		stop := at + end + 1
		if sideLinks[strings.ToLower(strings.Trim(text[open+1:at], " :*_"))] {
			text = blank(text, sideLinkSpan(text, open, stop))
		} else {
			text = blank(blank(text, [2]int{open, open + 1}), [2]int{at, stop})
		}
	}
}

// sideLinkSpan widens a link by the mark before it and brackets around it.
func sideLinkSpan(text string, open, stop int) [2]int {
	from := len(strings.TrimRight(text[:open], " |·•,;/("))
	if strings.ContainsRune(text[from:open], '(') && strings.HasPrefix(text[stop:], ")") {
		stop++
	}
	return [2]int{from, stop}
}

func blank(text string, span [2]int) string {
	return text[:span[0]] + strings.Repeat(" ", span[1]-span[0]) + text[span[1]:]
}

// emojiSize returns the size of pictures such as 🎤 or 1️⃣ at the head of a line.
func emojiSize(text string) int {
	rest := text
	for rest != "" {
		c, size := utf8.DecodeRuneInString(rest)
		next, _ := utf8.DecodeRuneInString(rest[size:])
		if c == '@' && unicode.Is(unicode.Han, next) {
			return len(text) - len(rest) + size
		}
		picture := unicode.Is(unicode.So, c) && c > 0x2000 && !strings.ContainsRune("■●◆▪►☆★", c) || c == 0xFE0F || c == 0x20E3 || isDigit(c) && (next == 0xFE0F || next == 0x20E3)
		if !picture && !(c == ' ' && len(rest) < len(text)) {
			break
		}
		rest = rest[size:]
	}
	if rest == "" || len(rest) == len(text) {
		return 0
	}
	return len(text) - len(rest)
}

// tagLimit bounds the characters of a tag in 【】 at the head of a line.
const tagLimit = 12

// tagSize returns the size of a tag such as 【主论坛】 at the head of a line that says
// more; 0 when there is none.
func tagSize(text string) int {
	rest, ok := strings.CutPrefix(text, "【")
	if !ok {
		return 0
	}
	end := strings.Index(rest, "】")
	if end < 0 || utf8.RuneCountInString(rest[:end]) > tagLimit || strings.TrimSpace(rest[end+len("】"):]) == "" {
		return 0
	}
	tail := rest[end+len("】"):]
	return len(text) - len(strings.TrimLeft(tail, " 　"))
}

// sectionNumber returns the size of "1.2 " or "2.3.1. " at the head of a line; a
// time of day ("9.30 ", two digits of minutes) is none.
func sectionNumber(text string) int {
	c := cursor{text: text}
	parts := 0
	for {
		before := c.at
		if _, ok := c.number(2); !ok {
			return 0
		}
		if parts++; parts == 2 && c.at-before == 2 {
			return 0
		}
		if !c.any(".") {
			break
		}
		if strings.HasPrefix(c.text[c.at:], " ") {
			break
		}
	}
	if parts < 2 || !strings.HasPrefix(c.text[c.at:], " ") || c.at+1 >= len(text) {
		return 0
	}
	return c.at + 1
}

func (r *reader) roleOf(l *note.Line, in *info) role {
	switch {
	case l.Kind == note.Code, isCallout(in.text), isForeignField(l, in):
		return usedRole
	case isBreak(in.text), isCancelled(l):
		return breakRole
	case isDateLine(in.text), l.Kind == note.Heading && isDateLine(withoutTags(in.text)):
		return dateRole
	case len(in.labels) > 0 && strings.TrimLeft(in.text[:in.labels[0].start], " |") == "" && !r.isPanelTitle(in.labels[0]):
		return labelRole
	case r.isSession(l, in.text), l.Kind == note.Heading && startsWithPart(in.text), r.isDatedHead(l, in.text):
		return sessionRole
	}
	return body
}

// withoutTags leaves out short remarks in brackets: "2023-09-28 【外请】".
func withoutTags(text string) string {
	for _, pair := range [][2]string{{"【", "】"}, {"（", "）"}, {"(", ")"}, {"[", "]"}} {
		open := strings.Index(text, pair[0])
		if open <= 0 {
			continue
		}
		size := strings.Index(text[open:], pair[1])
		if size > 0 && utf8.RuneCountInString(text[open:open+size]) <= tagLimit {
			text = text[:open] + text[open+size+len(pair[1]):]
		}
	}
	return text
}

// shortDate reads a heading that is a month and a day and nothing else, "10-12": a
// day beside headings that are whole dates.
func shortDate(text string) (day, bool) {
	c := cursor{text: strings.TrimSpace(text)}
	month, ok := c.number(2)
	if !ok || month < 1 || month > 12 || !c.any("-", "/", ".") {
		return day{}, false
	}
	number, ok := c.number(2)
	d := day{month: month, day: number}
	return d, ok && c.at == len(c.text) && number > 0 && d.valid()
}

// shortDates makes headings of the form "10-12" dates, in notes where other headings of
// their level are.
func (r *reader) shortDates() {
	dated := map[int]bool{}
	for i := range r.lines {
		if l := &r.note.Lines[i]; l.Kind == note.Heading && r.lines[i].role == dateRole {
			dated[l.Level] = true
		}
	}
	for i := range r.lines {
		if l := &r.note.Lines[i]; l.Kind == note.Heading && dated[l.Level] && r.lines[i].role == body {
			if _, ok := shortDate(r.lines[i].text); ok {
				r.lines[i].role = dateRole
			}
		}
	}
}

// isCallout holds for the head of a box: "[!info] Read this first".
func isCallout(text string) bool { return strings.HasPrefix(text, "[!") }

// isForeignField holds for an inline field "up:: …" that is no label of notes.
func isForeignField(l *note.Line, in *info) bool {
	return len(in.labels) == 0 && l.Content() != in.text && inlineField(l.Content()) != l.Content()
}

// isDatedHead holds for a short line alone that opens with a day and names what was
// on then: "2 Monday June 10th: Main conference", "7月22日 大数据专场".
func (r *reader) isDatedHead(l *note.Line, text string) bool {
	if l.Kind == note.Bullet || l.Kind == note.TableRow || utf8.RuneCountInString(text) > sessionLimit || strings.ContainsAny(text, "。!！?？;；，") || !r.standsAlone(l.Number-1) {
		return false
	}
	dates := findDates(text)
	if len(dates) != 1 || dates[0].first.day == 0 || dates[0].first != dates[0].last || dates[0].first.year > 0 {
		return false
	}
	before := strings.ToLower(strings.Trim(text[:dates[0].start], " 0123456789.,，（(:"))
	return before == "" || weekdayOf(before) >= 0 && !strings.Contains(before, " ")
}

// isPanelTitle holds for "Panel: what it is about": the label is part of the title.
func (r *reader) isPanelTitle(l label) bool {
	return formatOf(l.word) == "panel" && l.value != "" && r.grammar.People(l.value, name.Labelled) == nil
}

// startsWithPart holds for a heading that begins with a half-day: 上午 …, "Morning: …".
func startsWithPart(text string) bool {
	lower := strings.ToLower(text)
	for _, row := range partWords {
		for _, word := range row.words {
			if rest, ok := strings.CutPrefix(lower, word); ok && (rest == "" || strings.ContainsAny(rest[:1], " :-(") || rest[0] >= utf8.RuneSelf) {
				return utf8.RuneCountInString(text) <= sessionLimit
			}
		}
	}
	return false
}

// maxLabel bounds the characters of a label.
const maxLabel = 24

// labelMarks end a label.
const labelMarks = ":：｜"

// findLabels finds known labels at the start of a line and behind wide gaps in it.
func (r *reader) findLabels(text string) []label {
	if !strings.ContainsAny(text, labelMarks) {
		return r.spacedLabel(text)
	}
	var found []label
	for start := 0; start < len(text); {
		if l, ok := r.labelAt(text, start); ok {
			if n := len(found); n > 0 && found[n-1].valueStart <= start {
				found[n-1].value = strings.TrimRight(strings.TrimFunc(text[found[n-1].valueStart:start], isLoose), "；; ")
			}
			found = append(found, l)
		}
		next := nextGap(text[start:])
		if next < 0 {
			break
		}
		start += next
	}
	return found
}

// nextGap returns the offset of the text behind the next white space or semicolon;
// -1 when there is none.
func nextGap(text string) int {
	isGap := func(c rune) bool { return unicode.IsSpace(c) || c == '；' || c == ';' }
	at := strings.IndexFunc(text, isGap)
	if at < 0 {
		return -1
	}
	rest := strings.TrimLeftFunc(text[at:], isGap)
	if rest == "" {
		return -1
	}
	return len(text) - len(rest)
}

func (r *reader) labelAt(text string, start int) (label, bool) {
	colon := strings.IndexAny(text[start:], labelMarks)
	if colon <= 0 || colon > maxLabel*3 {
		return label{}, false
	}
	word := text[start : start+colon]
	if utf8.RuneCountInString(word) > maxLabel || strings.ContainsAny(word, "，。,;；！!？?") {
		return label{}, false
	}
	cue := r.cue(word)
	if cue == 0 {
		return label{}, false
	}
	_, size := utf8.DecodeRuneInString(text[start+colon:])
	from := start + colon + size
	value := strings.TrimFunc(text[from:], isLoose)
	from += strings.Index(text[from:], value)
	return label{cue: cue, word: word, start: start, value: value, valueStart: from}, true
}

// cue folds a label (emphasis, numbers, "第一位") and looks it up.
func (r *reader) cue(word string) lexicon.Cue {
	plain := strings.ToLower(strings.Trim(word, " *_#　\t（）()[]【】`"))
	if cue := r.lexicon.People.Cue(plain); cue != 0 {
		return cue &^ lexicon.SpeechVerb
	}
	folded := plain
	plain = strings.TrimRight(plain, "0123456789一二三四五六七八九十 ")
	if ordinal := strings.Index(plain, "位"); strings.HasPrefix(plain, "第") && ordinal > 0 {
		plain = plain[ordinal+len("位"):]
	}
	if word, ok := strings.CutSuffix(plain, "(s)"); ok {
		plain = word
	}
	for _, opening := range []string{"本期", "本场", "本次", "本届", "本轮", "今日", "今天", "今晚", "this week's ", "today's ", "tonight's "} {
		plain = strings.TrimPrefix(plain, opening)
	}
	cue := r.lexicon.People.Cue(plain) &^ lexicon.SpeechVerb
	if cue == lexicon.ThemeLabel && len(plain) < len(folded) {
		return lexicon.TitleLabel // "主题一" names one talk, "主题" the event's theme
	}
	return cue
}

// spacedLabel reads "主讲人 张三": a Chinese label with a space for its colon.
func (r *reader) spacedLabel(text string) []label {
	if cue := r.cue(text); cue&(lexicon.SpeakerLabel|lexicon.GuestLabel|lexicon.HostLabel) != 0 && len(text) <= maxLabel {
		return []label{{cue: cue, word: text, valueStart: len(text)}}
	}
	word, value, ok := strings.Cut(text, " ")
	if !ok || utf8.RuneCountInString(word) > 8 || len(word) == 0 || word[0] < utf8.RuneSelf || len(value) > 200 {
		return nil
	}
	cue := r.cue(word)
	timed := cue&(lexicon.TimeLabel|lexicon.DateLabel) != 0 && len(findDates(value)) > 0
	if cue&(lexicon.SpeakerLabel|lexicon.HostLabel|lexicon.GuestLabel|lexicon.AffiliationLabel) == 0 && !timed && word != "地点" || r.lexicon.People.Cue(word)&lexicon.SpeechVerb != 0 {
		return nil
	}
	value = strings.TrimSpace(value)
	return []label{{cue: cue, word: word, value: value, valueStart: strings.Index(text, value)}}
}

func isLoose(r rune) bool { return unicode.IsSpace(r) || r == '*' || r == '_' || r == '|' }

// breaks are the entries of a programme that are no talks.
var breaks = []string{"茶歇", "午餐", "午休", "晚餐", "晚宴", "早餐", "签到", "报到", "注册", "合影", "休息", "自由交流", "离会", "散会", "参观", "海报展示", "海报环节", "海报交流", "茶叙", "入场", "海报",
	"coffee", "tea break", "lunch", "dinner", "breakfast", "break", "registration", "check-in", "doors open", "group photo", "networking", "social", "reception", "poster session", "posters", "party", "drinks", "end of day", "departure", "excursion", "tba", "tbd", "borrel", "aperitif", "apéro", "apero", "cocktail", "pizza", "beer", "pub", "wrap-up", "wrap up", "closing", "award ceremony", "awards", "poster alley", "poster wall", "doors", "badge", "welcome coffee", "颁奖", "闭幕", "结束", "抽奖", "茶话", "墙报", "壁报", "自由讨论"}

// breakTails may follow the word for a break.
var breakTails = words("交流 展示 环节 时间 活动 交流环节 展示环节 自由交流 与交流 及交流 time hour")

// isBreak recognises an entry of a programme that is a break and nothing else.
func isBreak(text string) bool {
	if len(text) > 90 {
		return false
	}
	_, size := clock(text)
	plain := strings.ToLower(strings.TrimFunc(text[size:], func(c rune) bool {
		return strings.ContainsRune(" *_|-–—:：　\t（(", c) || unicode.Is(unicode.So, c) || c == 0xFE0F
	}))
	for _, word := range breaks {
		if rest, ok := strings.CutPrefix(plain, word); ok {
			rest = strings.TrimLeft(rest, " s")
			return rest == "" || breakTails[rest] || startsWithOne(rest, "(", "（", "、", "&", ",", "，", ".", "+", "and ", "break", "/") || startsWithOne(text, "(", "（") && startsWithOne(rest, ":", "：") || isBreak(rest)
		}
	}
	return false
}

// mayOpenDate passes over the lines whose first word opens no date: most lines.
func mayOpenDate(text string) bool {
	for at, c := range text {
		switch {
		case isDigit(c):
			return true
		case c < utf8.RuneSelf && unicode.IsLetter(c):
			return len(text) >= at+3 && dateOpenings[strings.ToLower(text[at:at+3])]
		case unicode.IsLetter(c):
			return !unicode.Is(unicode.Han, c) || strings.ContainsRune("上下早晚傍清中夜全星周礼第首场一二三四五六七八九十年月日号今明次", c)
		}
	}
	return false
}

// dateOpenings are the first three letters of the words that open a date.
var dateOpenings = words("jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun day mor aft eve nig noo fir sec thi fou fif the on_ dat")

// isDateLine holds for a line that is a day, a half-day or both, and little else.
func isDateLine(text string) bool {
	if len(text) > 120 || !mayOpenDate(text) {
		return false
	}
	rest := withoutDates(text)
	if rest == text {
		return false
	}
	return utf8.RuneCountInString(strings.TrimFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })) == 0
}

// dayWords may stand in a line of dates.
var dayWords = []string{"上午", "下午", "早上", "早晨", "晚上", "晚间", "傍晚", "全天", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天", "周一", "周二", "周三", "周四", "周五", "周六", "周日",
	"第一天", "第二天", "第三天", "第四天", "第五天", "首日", "第1天", "第2天", "第3天", "场",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon", "evening", "first day", "second day", "third day", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "day one", "day two", "day three", "day 1", "day 2", "day 3", "day 4", "day 5", "the"}

// mayHoldDay reports whether any date, weekday or half-day can stand in a text: each
// has a digit or one of these characters or letters in it.
func mayHoldDay(text string) bool {
	return strings.ContainsAny(text, digits+"午早晚傍全星周天首场") || strings.Contains(text, "day") || strings.Contains(text, "DAY") || strings.Contains(text, "ning") || strings.Contains(text, "noon")
}

// withoutDates blanks out dates, weekdays, half-days and clock times.
func withoutDates(text string) string {
	if !mayHoldDay(text) {
		return text
	}
	rest := text
	for _, m := range findDates(text) {
		rest = strings.Replace(rest, text[m.start:m.end], " ", 1)
	}
	lower := strings.ToLower(rest)
	for _, word := range dayWords {
		for {
			at := strings.Index(lower, word)
			if at < 0 || word[0] < utf8.RuneSelf && (at > 0 && isLetterByte(lower[at-1]) || at+len(word) < len(lower) && isLetterByte(lower[at+len(word)])) {
				break
			}
			rest = rest[:at] + " " + rest[at+len(word):]
			lower = strings.ToLower(rest)
		}
	}
	if trimmed := strings.TrimLeft(rest, " (（"); trimmed != "" {
		if _, size := clock(trimmed); size > 0 {
			rest = trimmed[size:]
		}
	}
	return rest
}

// sessionStarts and sessionEnds mark the lines that open sessions.
var (
	sessionStarts = []string{"分论坛", "专题论坛", "主题论坛", "主论坛", "平行论坛", "专题", "专场", "分会场", "主会场", "会场", "session", "track", "part i", "part 1", "part 2", "part ii", "block "}
	sessionEnds   = []string{"论坛", "专场", "分会场", "主会场", "专题", "环节", "场次", "session", "sessions", "track", "talks", "keynotes", "tutorials", "workshops", "posters"}
)

// wholeSessions are lines that open a session when they say nothing else.
var wholeSessions = words(`主旨报告 特邀报告 大会报告 主题报告 主旨演讲 主题演讲 邀请报告 口头报告 青年报告 专题报告 工业界报告 企业报告 学术报告 报告 闪电演讲 大会特邀报告 keynotes keynote_talks invited_talks contributed_talks short_talks lightning_talks oral_presentations talks`)

// sessionLimit bounds the characters of a line that opens a session.
const sessionLimit = 48

func (r *reader) isSession(l *note.Line, text string) bool {
	if isGenericHead(text) || l.Kind == note.TableRow || l.Kind == note.Bullet && l.Level > 0 || utf8.RuneCountInString(text) > sessionLimit || strings.ContainsAny(text, "。!！?？;；") {
		return false
	}
	plain := strings.ToLower(strings.Trim(text, " *_:：-—■●◆【】[]"))
	if wholeSessions[plain] && l.Kind != note.Bullet {
		return true
	}
	if isNumberedSession(plain) {
		return true
	}
	if l.Kind == note.Bullet {
		return false
	}
	if mayHoldDay(plain) && wholeSessions[strings.Trim(withoutDates(plain), " :：-—,，")] {
		return true
	}
	if opensSession(plain) || opensForum(plain) {
		return true
	}
	if l.Kind != note.Heading && !r.standsAlone(l.Number-1) {
		return false
	}
	bare, _, _ := strings.Cut(strings.Trim(withoutDates(plain), " :："), "(")
	bare, _, _ = strings.Cut(bare, "（")
	bare = strings.TrimSpace(bare)
	for _, word := range sessionEnds {
		if head, ok := strings.CutSuffix(bare, word); ok {
			return word[0] >= utf8.RuneSelf && utf8.RuneCountInString(head) <= 16 && !strings.Contains(head, "在") || word[0] < utf8.RuneSelf && strings.Count(head, " ") <= 3 && !strings.ContainsAny(head, ":：")
		}
	}
	return false
}

// opensSession reports whether a word for a session opens a text in small letters.
func opensSession(plain string) bool {
	return slices.ContainsFunc(sessionStarts, func(word string) bool {
		rest, ok := strings.CutPrefix(plain, word)
		return ok && (word[0] >= utf8.RuneSelf || rest == "" || !isLetterByte(rest[0]))
	})
}

// opensForum recognises "下午论坛：图计算（二楼）", "10月28日 分论坛三 数据库": a day or
// half-day and a word for a session with its name behind.
func opensForum(plain string) bool {
	bare := strings.TrimLeft(withoutDates(plain), " :：-—")
	if bare == plain {
		return false
	}
	for _, word := range append([]string{"论坛", "forum"}, sessionStarts...) {
		if rest, ok := strings.CutPrefix(bare, word); ok {
			next, _ := utf8.DecodeRuneInString(rest)
			return rest == "" || strings.ContainsRune(":： 0123456789一二三四五六七八九十a-—", next)
		}
	}
	return false
}

// isNumberedSession recognises 第二场, "第3节", "上半场".
func isNumberedSession(plain string) bool {
	rest, ok := strings.CutPrefix(plain, "第")
	if !ok {
		return strings.HasPrefix(plain, "上半场") || strings.HasPrefix(plain, "下半场")
	}
	rest = strings.TrimLeft(rest, "一二三四五六七八九十0123456789")
	for _, unit := range []string{"场", "节", "单元", "分会", "专场", "环节", "板块"} {
		if after, ok := strings.CutPrefix(rest, unit); ok {
			next, _ := utf8.DecodeRuneInString(after)
			return after == "" || !unicode.Is(unicode.Han, next) || unit == "场" || unit == "专场"
		}
	}
	return false
}

// standsAlone reports whether no text touches a paragraph from above or below.
func (r *reader) standsAlone(i int) bool {
	l := &r.note.Lines[i]
	if l.Kind == note.Heading || l.Emphasis || r.isMarked(i) {
		return true
	}
	touches := func(j int) bool {
		return j >= 0 && j < len(r.note.Lines) && r.note.Lines[j].Kind == note.Paragraph && !r.note.Lines[j].Emphasis
	}
	return !touches(i-1) && !touches(i+1)
}

// isMarked holds for a line that a picture or a tag in 【】 opens, as a heading would.
func (r *reader) isMarked(i int) bool {
	return r.lines[i].base > r.note.Lines[i].Start && sectionNumber(r.note.Lines[i].Content()) == 0
}

// previous and next return the nearest line with matter; -1 when there is none.
func (r *reader) previous(i int) int {
	for i--; i >= 0; i-- {
		if r.note.Lines[i].Matter() {
			return i
		}
	}
	return -1
}

func (r *reader) next(i int) int {
	for i++; i < len(r.note.Lines); i++ {
		if r.note.Lines[i].Matter() {
			return i
		}
	}
	return -1
}

// span returns bytes of a line's text as a Span.
func (r *reader) span(i, start, end int) Span {
	return Span{i, r.lines[i].base + start, r.lines[i].base + end}
}

// people reads a whole line as people, once for each degree of trust.
func (r *reader) people(i int, trust name.Trust) []name.Person {
	in := &r.lines[i]
	if in.read&(1<<trust) == 0 {
		in.read |= 1 << trust
		in.people[trust] = r.grammar.People(in.text, trust)
	}
	return in.people[trust]
}

// whole returns the whole text of a line as a Span, without loose marks around it.
func (r *reader) whole(i int) Span {
	text := r.lines[i].text
	start, end := trimLoose(text, 0, len(text))
	return r.span(i, start, end)
}

func trimLoose(text string, start, end int) (int, int) {
	inner := text[start:end]
	left := strings.TrimLeftFunc(inner, isLoose)
	start += len(inner) - len(left)
	return start, start + len(strings.TrimRightFunc(left, isLoose))
}

// text returns the raw text of a span.
func (r *reader) textOf(s Span) string { return r.note.Lines[s.Line].Raw[s.Start:s.End] }

// speakers turns persons that were read in a part of a line into speakers.
func (r *reader) speakers(people []name.Person, i, offset int) []Speaker {
	base := r.lines[i].base + offset
	at := func(s name.Span) Span { return Span{i, base + s.Start, base + s.End} }
	all := make([]Speaker, len(people))
	for k, p := range people {
		all[k] = Speaker{Name: p.Name, At: at(p.Span), Extent: at(p.Extent), JobTitle: p.JobTitle}
		for _, a := range p.Affiliations {
			all[k].Affiliations = append(all[k].Affiliations, affiliation(a, at))
		}
	}
	return all
}

func affiliation(a name.Affiliation, at func(name.Span) Span) Affiliation {
	return Affiliation{Name: a.Name, At: at(a.Span), Known: a.Known, Parent: a.Parent, ParentAt: at(a.ParentSpan), shared: a.Shared}
}
