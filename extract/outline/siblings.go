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

// sessionTalks believes a title that stands right below a session's line.
func (r *reader) sessionTalks() {
	for i := range r.lines {
		if r.lines[i].role != sessionRole || r.note.Lines[i].Kind == note.Heading {
			continue
		}
		j := r.next(i)
		if j < 0 || r.lines[j].draft != nil || !r.titleLike(j) || !r.standsAlone(j) || r.note.Lines[j].Kind == note.Bullet || r.note.Lines[j].Kind == note.Numbered {
			continue
		}
		if strings.ContainsAny(r.lines[j].text, ":：，,") {
			continue
		}
		r.add(r.whole(j))
	}
}

// panels turns lines that open a panel into talks.
func (r *reader) panels() {
	for i := range r.lines {
		if r.opensPanel(i) {
			r.panelLine(i)
		}
	}
}

// inlinePanels does so with the lines that name a guest or the host themselves: what
// labels say below them is on the panel, and not on the talk before.
func (r *reader) inlinePanels() {
	for i := range r.lines {
		if !r.opensPanel(i) {
			continue
		}
		start := panelWordEnd(r.lines[i].text)
		if _, hosts := r.hostAtEnd(i, start); len(hosts) > 0 {
			r.panelLine(i)
		}
	}
}

// opensPanel holds for a line that stands alone and names a panel.
func (r *reader) opensPanel(i int) bool {
	in, l := &r.lines[i], &r.note.Lines[i]
	if !l.Matter() || in.draft != nil || in.role != body && in.role != sessionRole && in.role != labelRole || l.Kind == note.Bullet || l.Kind == note.TableRow {
		return false
	}
	if len(in.text) > 4*80 || !startsWithPanel(in.text) || utf8.RuneCountInString(in.text) > 80 || formatOf(in.text) != "panel" {
		return false
	}
	return (l.Kind == note.Heading || r.standsAlone(i) || r.headsGuests(i)) && !isGenericHead(in.text) && !strings.Contains(in.text, "。")
}

// headsGuests holds for a line with a list of two people at least right below.
func (r *reader) headsGuests(i int) bool {
	if i+1 >= len(r.lines) || !r.note.Lines[i+1].Matter() || r.lines[i+1].role != body || utf8.RuneCountInString(r.lines[i+1].text) > 160 {
		return false
	}
	end, _ := r.hostAtEnd(i+1, 0)
	people := r.grammar.People(r.lines[i+1].text[:end], name.Labelled)
	return len(people) > 1 && (r.plausible(people) || r.plausibleInSmall(people))
}

// panelLine makes a panel of its line; the guests and the host may stand in the line
// itself: "圆桌 A、B、C 主持人D", "Panel (A, B): what it was about".
func (r *reader) panelLine(i int) {
	text := r.lines[i].text
	word := panelWordEnd(text)
	start := len(text) - len(strings.TrimLeft(text[word:], " :：-—|"))
	end, hosts := r.hostAtEnd(i, start)
	guests := r.grammar.People(text[start:end], name.Labelled)
	if len(guests) < 2 || !r.plausible(guests) {
		end = len(strings.TrimRight(text[:end], " *（(,，"))
		d := r.add(r.span(i, 0, end))
		d.hosts = append(d.hosts, hosts...)
		return
	}
	d := r.add(r.span(i, 0, word))
	d.addSpeakers(r.speakers(guests, i, start))
	d.hosts = append(d.hosts, hosts...)
}

// panelWordEnd returns the byte behind the words for a panel at the head of a line.
func panelWordEnd(text string) int {
	end := 0
	for _, word := range []string{"圆桌论坛", "圆桌讨论", "圆桌对话", "圆桌环节", "圆桌", "panel discussion", "panel环节", "panel 环节", "panel讨论", "panel", "对话环节", "对话", "fireside chat", "fireside", "round table", "roundtable"} {
		if at := strings.Index(strings.ToLower(text), word); at >= 0 && at <= 8 {
			end = max(end, at+len(word))
		}
	}
	return min(end, len(text))
}

// hostAtEnd reads "主持人：D" and "主持 D" behind the guests of a panel; it returns
// where the guests end.
func (r *reader) hostAtEnd(i, start int) (int, []Speaker) {
	text := r.lines[i].text
	for _, word := range []string{"主持人", "主持", "moderator", "Moderator", "host", "Host", "chair", "Chair", "mod.", "Mod."} {
		at := strings.Index(text[start:], word)
		if at <= 0 {
			continue
		}
		behind := start + at + len(word)
		behind = len(text) - len(strings.TrimLeft(text[behind:], " :：是"))
		people := r.grammar.People(strings.TrimRight(text[behind:], " ）)"), name.Labelled)
		if r.plausible(people) || r.plausibleInSmall(people) {
			return start + len(strings.TrimRight(text[start:start+at], " ，,;；（(|")), r.speakers(people, i, behind)
		}
	}
	return len(text), nil
}

func startsWithPanel(text string) bool {
	text = strings.TrimLeft(text, " *_■●0123456789.-—")
	if c, _ := utf8.DecodeRuneInString(text); !strings.ContainsRune("pPfFrR圆对", c) {
		return false
	}
	lower := strings.ToLower(text)
	for _, word := range []string{"panel", "圆桌", "对话", "fireside", "round table", "roundtable"} {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// siblings believes headings without a speaker that stand beside headings with one:
// of the same level, in notes where most talks are headings of that level.
func (r *reader) siblings() {
	anchored, listed := r.anchoredLevels(), r.listedTitles()
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if l.Kind != note.Heading || !l.Matter() || in.draft != nil || in.role != body && in.role != sessionRole && in.role != labelRole {
			continue
		}
		if anchored[l.Level] == 0 || isGenericHead(in.text) || r.isBelowTalk(i, anchored) || r.holdsTalks(i) || listed.holds(in.text) {
			continue
		}
		if anchored[l.Level] < 2 && !r.markedLikeTalk(i) {
			continue
		}
		if in.role == body && !r.titleLike(i) || in.role == sessionRole && (isPlural(in.text) || formatOf(in.text) == "") {
			continue
		}
		r.addSibling(i)
	}
	r.emphasised()
	r.alone()
	r.titleCase()
}

// anchoredLevels counts the headings of each level that are talks with a speaker.
func (r *reader) anchoredLevels() map[int]int {
	anchored := map[int]int{}
	for _, d := range r.drafts {
		if l := &r.note.Lines[d.line]; l.Kind == note.Heading && d.anchored && !d.listed {
			anchored[l.Level]++
		}
	}
	return anchored
}

// alone believes paragraphs of one line that head a list, in notes where such lines
// are the titles of talks with speakers and all else is list items.
func (r *reader) alone() {
	titles, others := 0, 0
	for i := range r.lines {
		l := &r.note.Lines[i]
		if l.Kind != note.Paragraph || !l.Matter() {
			continue
		}
		switch d := r.lines[i].draft; {
		case d != nil && d.anchored && !d.listed:
			titles++
		case d == nil && r.lines[i].role == body:
			others++
		}
	}
	if titles < 3 || others > titles {
		return
	}
	for i := range r.lines {
		if r.lines[i].role == body && r.lines[i].draft == nil && r.followsTalk(i) && r.isAloneTitle(i) {
			r.add(r.whole(i))
		}
	}
}

// isAloneTitle holds for a title with a gap above and, below, list items or one line
// in brackets that says who would not be named.
func (r *reader) isAloneTitle(i int) bool {
	l := &r.note.Lines[i]
	if l.Kind != note.Paragraph || !r.titleLike(i) || strings.HasPrefix(r.lines[i].text, "（") || strings.HasPrefix(r.lines[i].text, "(") || !r.standsBelowGap(i) || strings.ContainsAny(r.lines[i].text, ":：，,；;。") {
		return false
	}
	below := r.next(i)
	if below < 0 {
		return false
	}
	if text := r.lines[below].text; strings.HasPrefix(text, "（") || strings.HasPrefix(text, "(") {
		below = r.next(below)
	}
	return below >= 0 && (r.note.Lines[below].Kind == note.Bullet || r.note.Lines[below].Kind == note.Numbered)
}

// emphasised believes lines in bold or italics that stand alone, in notes where
// such lines are the titles of talks with speakers.
func (r *reader) emphasised() {
	titles := 0
	for _, d := range r.drafts {
		if d.anchored && isBoldLine(&r.note.Lines[d.at.Line]) {
			titles++
		}
	}
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if titles < 2 || !isBoldLine(l) || !l.Matter() || in.role != body || in.draft != nil || !r.titleLike(i) {
			continue
		}
		next := r.next(i)
		if next < 0 || r.lines[next].draft != nil || r.lines[next].role == usedRole || strings.HasSuffix(in.text, ":") || strings.HasSuffix(in.text, "：") {
			continue
		}
		r.addSibling(i)
	}
}

// isBoldLine holds for a paragraph or a numbered line that is all in bold or italics.
func isBoldLine(l *note.Line) bool {
	return l.Emphasis && (l.Kind == note.Paragraph || l.Kind == note.Numbered)
}

// addSibling makes a talk of a line that stands beside talks. It may begin with what
// the speaker is called by, "赵老师：…" and "小宇 …", which alone would tell nothing.
func (r *reader) addSibling(i int) {
	whole := r.whole(i)
	text := r.textOf(whole)
	size := r.grammar.CallingAt(text)
	title := strings.TrimLeft(text[size:], " 　:：-–—")
	if size == 0 || len(title) == len(text)-size || !r.isTitleText(title) {
		r.add(whole)
		return
	}
	called := Span{i, whole.Start, whole.Start + size}
	d := r.add(Span{i, whole.End - len(title), whole.End})
	d.addSpeakers([]Speaker{{Name: text[:size], At: called, Extent: called}})
}

// isPlural holds for headings over several talks: "Lightning talks".
func isPlural(text string) bool {
	lower := strings.ToLower(strings.Trim(text, " *_:："))
	for _, word := range []string{"talks", "sessions", "keynotes", "tutorials", "workshops", "panels", "demos"} {
		if strings.HasSuffix(lower, word) {
			return true
		}
	}
	return startsWithPart(text)
}

// panelGuests reads the people in the lines right below the title of a panel: a
// list with one to a line, or one line of names.
func (r *reader) panelGuests() {
	for _, d := range slices.Clone(r.drafts) {
		if d.format != "panel" {
			continue
		}
		if len(d.speakers) > 0 {
			if first := r.next(d.line); first >= 0 && r.note.Lines[first].Kind == note.Bullet && d.speakers[len(d.speakers)-1].At.Line == first && r.lines[first].role == usedRole {
				r.guestsBelow(d, first) // the first guest of a list was read already
			}
			continue
		}
		for _, start := range append([]int{d.line}, alsoStarts(d)...) {
			r.guestsBelow(d, start)
		}
	}
}

func alsoStarts(d *draft) []int {
	var starts []int
	for _, also := range d.also {
		starts = append(starts, also[0])
	}
	return starts
}

func (r *reader) guestsBelow(d *draft, start int) {
	for i := r.next(start); i >= 0; i = r.next(i) {
		in := &r.lines[i]
		if r.hostLine(d, i) {
			continue
		}
		if in.role != body || in.draft != nil {
			return
		}
		if r.takeRoles(d, i) || r.guestSentences(d, i) {
			continue
		}
		end, hosts := r.hostAtEnd(i, 0)
		people := r.grammar.People(in.text[:end], name.Labelled)
		if !r.plausible(people) && !(len(people) > 1 && r.plausibleInSmall(people)) || utf8.RuneCountInString(in.text) > 160 {
			return
		}
		d.addSpeakers(r.speakers(people, i, 0))
		d.hosts = append(d.hosts, hosts...)
		d.used[i] = true
		in.role = usedRole
	}
}

// guestOpenings begin a sentence that lists the guests of a panel, hostOpenings one
// that names its host.
var (
	guestOpenings = []string{"with ", "featuring ", "panelists: ", "panellists: ", "guests: ", "panelists were ", "panellists were ", "guests were ", "on stage: ", "嘉宾有", "嘉宾包括", "嘉宾是", "嘉宾为", "参与嘉宾有"}
	hostOpenings  = []string{"moderated by ", "moderator: ", "hosted by ", "chaired by ", "host: ", "chair: ", "由", "主持人是"}
)

// guestSentences reads "With A, B (ORG) and C. Moderated by D." below the title of
// a panel.
// hostLine reads "主持：D" below the title of a panel.
func (r *reader) hostLine(d *draft, i int) bool {
	in := &r.lines[i]
	if in.draft != nil || len(in.labels) != 1 || in.labels[0].start > 0 || in.labels[0].cue&lexicon.HostLabel == 0 {
		return false
	}
	l := &in.labels[0]
	d.hosts = append(d.hosts, r.speakers(r.grammar.People(l.value, name.Labelled), i, l.valueStart)...)
	d.used[i] = true
	in.role = usedRole
	return true
}

func (r *reader) guestSentences(d *draft, i int) bool {
	in := &r.lines[i]
	if utf8.RuneCountInString(in.text) > 300 {
		return false
	}
	read := false
	for _, piece := range sentences(in.text) {
		sentence := in.text[piece[0]:piece[1]]
		lower := strings.ToLower(sentence)
		for _, opening := range guestOpenings {
			if strings.HasPrefix(lower, opening) {
				people := r.grammar.People(sentence[len(opening):], name.Labelled)
				if r.plausible(people) {
					d.addSpeakers(r.speakers(people, i, piece[0]+len(opening)))
					read = true
				}
			}
		}
		for _, opening := range hostOpenings {
			if rest, ok := strings.CutPrefix(lower, opening); ok {
				rest = sentence[len(sentence)-len(rest):]
				people := r.grammar.People(strings.TrimSuffix(rest, "主持"), name.Labelled)
				if r.plausible(people) {
					d.hosts = append(d.hosts, r.speakers(people, i, piece[0]+len(opening))...)
					read = true
				}
			}
		}
	}
	if read {
		d.used[i] = true
		in.role = usedRole
	}
	return read
}

// sentences cuts a text behind full stops; the pieces have none.
func sentences(text string) [][2]int {
	var pieces [][2]int
	start := 0
	cut := func(end int) {
		from, to := trimLoose(text, start, end)
		if to > from {
			pieces = append(pieces, [2]int{from, to})
		}
	}
	for at, c := range text {
		size := utf8.RuneLen(c)
		initial := at >= 2 && text[at-2] == ' ' || at == 1 || c == '.' && abbreviates(text[:at])
		if c == '。' || c == '；' || c == ';' || c == '.' && !initial && (at+1 == len(text) || text[at+1] == ' ') {
			cut(at)
			start = at + size
		}
	}
	cut(len(text))
	return pieces
}

// abbreviates reports whether a text ends in a short form that has a full stop inside
// sentences.
func abbreviates(text string) bool {
	word := text[strings.LastIndexAny(text, " (")+1:]
	switch word {
	case "Dr", "Prof", "Mr", "Mrs", "Ms", "St", "vs", "e.g", "i.e", "al", "cf", "approx", "resp", "mod":
		return true
	}
	return false
}

// markedLikeTalk holds for a heading with the mark of the talk beside it: "A.", "B.",
// or a format word.
func (r *reader) markedLikeTalk(i int) bool {
	return r.note.Lines[i].Mark != "" || formatPrefix(r.lines[i].text) > 0 || formatOf(r.lines[i].text) != ""
}

// isBelowTalk reports whether a heading stands inside the notes on a talk whose
// heading is of a higher level.
func (r *reader) isBelowTalk(i int, anchored map[int]int) bool {
	level := r.note.Lines[i].Level
	for j := i - 1; j >= 0; j-- {
		l := &r.note.Lines[j]
		if l.Kind == note.Heading && l.Level < level {
			return r.lines[j].draft != nil
		}
	}
	return false
}

// holdsTalks reports whether talks stand below a heading before the next of its level.
func (r *reader) holdsTalks(i int) bool {
	level := r.note.Lines[i].Level
	for j := i + 1; j < len(r.lines); j++ {
		l := &r.note.Lines[j]
		if l.Kind == note.Heading && l.Matter() && l.Level <= level {
			return false
		}
		if d := r.lines[j].draft; d != nil && l.Kind == note.Heading && d.anchored {
			return true
		}
	}
	return false
}

// listedTitles indexes the titles of the talks of a programme.
func (r *reader) listedTitles() *titleIndex {
	index := newTitleIndex()
	for _, d := range r.drafts {
		if d.listed {
			index.add(d.title, d.line)
		}
	}
	return index
}

// titleCaseWords is the least number of words of a line that is a paper's title.
const titleCaseWords = 7

// titleCase believes a line alone in title case, long enough to be the title of a
// paper, in notes whose talks have such lines for titles.
func (r *reader) titleCase() {
	paragraphs := 0
	for _, d := range r.drafts {
		if r.note.Lines[d.line].Kind == note.Paragraph && d.anchored {
			paragraphs++
		}
	}
	if paragraphs < 2 {
		return
	}
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if l.Kind != note.Paragraph || in.role != body || in.draft != nil || !r.standsAlone(i) || !r.titleLike(i) || !r.followsTalk(i) {
			continue
		}
		if inTitleCase(in.text) && !r.partOfBody(i) {
			r.add(r.whole(i))
		}
	}
}

func (r *reader) followsTalk(i int) bool {
	for _, d := range r.drafts {
		if d.line < i {
			return true
		}
	}
	return false
}

// partOfBody reports whether a line directly follows a title: then it is the first
// line of the notes and names what the talk is about.
func (r *reader) partOfBody(i int) bool {
	j := r.previous(i)
	return j >= 0 && (r.lines[j].draft != nil || r.lines[j].role == usedRole)
}

func inTitleCase(text string) bool {
	fields := strings.Fields(text)
	if len(fields) < titleCaseWords || strings.Trim(fields[1], "0123456789") == ":" {
		return false
	}
	capitals, small := 0, 0
	for _, word := range fields {
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.Is(unicode.Han, first):
			return false
		case unicode.IsUpper(first):
			capitals++
		case unicode.IsLower(first) && len(word) > 4:
			small++
		}
	}
	return small == 0 && capitals*2 > len(fields)
}
