package outline

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// entry is a talk that one line gives whole: title and people in some order.
type entry struct {
	shape    string // the layout it was read by; lines of one shape back each other
	line     int
	title    Span
	people   []Speaker
	strong   bool // the people have an institution, a title or a known given name
	untitled bool
	dated    string // the day and half-day at the head of the line
	lead     bool   // the line goes on with notes behind it
}

// entries reads the lines that give title and speaker together. A layout that is
// weak by itself ("Name: Title") is believed where it comes back.
func (r *reader) entries() {
	var found []entry
	shapes, places, sure := map[string]int{}, map[string]int{}, map[string]bool{}
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if !l.Matter() || in.draft != nil || in.role != body && in.role != labelRole && in.role != sessionRole || utf8.RuneCountInString(in.text) > 200 {
			continue
		}
		if l.Kind == note.TableRow || r.isSpeakerLine(i) || in.role == labelRole && in.labels[0].cue&(lexicon.SpeakerLabel|lexicon.GuestLabel|lexicon.HostLabel) != 0 {
			continue
		}
		if e, ok := r.entryOf(i); ok {
			found = append(found, e)
			shapes[e.shape]++
			places[r.placeOf(i)]++
			if e.strong || r.anyFrequent(e.people) {
				sure[e.shape] = true
			}
		}
	}
	level, programmed := talkLevel(r, found), r.programmed()
	for _, e := range found {
		if level > 0 && r.standsInNotes(e.line, level) || r.note.Lines[e.line].Kind == note.Bullet && allIn(e.people, programmed) {
			continue
		}
		backed := shapes[e.shape] >= 2 && sure[e.shape]
		beside := places[r.placeOf(e.line)] >= 3 && r.allKnownNames(e.people)
		if backed || beside || e.strong {
			r.addEntry(e)
		}
	}
}

// programmed collects the speakers of a programme that was read before: "Name: …" in a
// list is what one of them said.
func (r *reader) programmed() map[string]bool {
	names := map[string]bool{}
	for _, d := range r.drafts {
		for _, s := range d.speakers {
			names[fact.Key(s.Name)] = true
		}
	}
	return names
}

func allIn(people []Speaker, names map[string]bool) bool {
	return !slices.ContainsFunc(people, func(s Speaker) bool { return !names[fact.Key(s.Name)] })
}

// talkLevel is the level of the headings that are entries; 0 where fewer than two are.
func talkLevel(r *reader, found []entry) int {
	counts := map[int]int{}
	for _, e := range found {
		if l := &r.note.Lines[e.line]; l.Kind == note.Heading {
			if counts[l.Level]++; counts[l.Level] == 2 {
				return l.Level
			}
		}
	}
	return 0
}

// standsInNotes reports whether an item of a list or a line stands below a heading
// inside the notes on a talk whose heading is of a level.
func (r *reader) standsInNotes(i, level int) bool {
	if r.note.Lines[i].Kind == note.Heading || r.belowShortTalks(i) {
		return false
	}
	for j := i - 1; j >= max(0, i-farthest); j-- {
		if l := &r.note.Lines[j]; l.Kind == note.Heading && l.Matter() {
			return l.Level > level
		}
	}
	return false
}

// isSpeakerLine holds for people and nothing else right below a title that stands at
// the head of its block: what looks like "Name - Title" is a name and an institution.
func (r *reader) isSpeakerLine(i int) bool {
	l := &r.note.Lines[i]
	if l.Kind != note.Paragraph || i == 0 || !r.note.Lines[i-1].Matter() || !r.titleLike(i-1) || r.people(i, name.Position) == nil {
		return false
	}
	above := &r.note.Lines[i-1]
	return above.Kind == note.Heading || above.Kind == note.Paragraph && r.standsBelowGap(i-1)
}

// placeOf tells where in the structure a line stands: headings of one level, bold
// lines, lists. Entries in one such place back each other whatever their layout.
func (r *reader) placeOf(i int) string {
	l := &r.note.Lines[i]
	switch {
	case l.Kind == note.Heading:
		return fmt.Sprint("heading ", l.Level)
	case l.Emphasis:
		return "emphasis"
	case r.leadsList(i):
		return "lead"
	default:
		return fmt.Sprint("line ", i)
	}
}

// allKnownNames holds for people each of whom has a frequent name.
func (r *reader) allKnownNames(people []Speaker) bool {
	for _, p := range people {
		if !r.isKnownName(p.Name) {
			return false
		}
	}
	return len(people) > 0
}

func (r *reader) anyFrequent(people []Speaker) bool {
	for _, p := range people {
		if r.isKnownName(p.Name) {
			return true
		}
	}
	return false
}

func (r *reader) addEntry(e entry) {
	title := e.title
	if e.untitled {
		below := r.next(e.line)
		if quoted := r.quotedBelow(e.line); quoted >= 0 && e.shape == peopleAloneShape {
			title = r.whole(quoted)
			r.lines[quoted].role = usedRole
		} else if below >= 0 && (r.note.Lines[below].Emphasis || below == e.line+1 && r.headsList(below)) && r.titleLike(below) && r.note.Lines[below].Kind == note.Paragraph {
			title = r.whole(below)
		} else {
			title = r.whole(e.line)
		}
	}
	d := r.add(title)
	d.entry = e.shape
	if e.dated != "" {
		d.part = partOf(e.dated)
		if dates := findDates(e.dated); len(dates) > 0 {
			d.date = r.dayOf(dates[0].first)
		}
	}
	d.addSpeakers(e.people)
	d.used[e.line] = true
	if e.lead {
		delete(d.used, e.line)
	}
	if l := &r.note.Lines[e.line]; l.Kind == note.Heading {
		d.level = l.Level
	}
	d.format = formatOf(r.lines[e.line].text)
	if d.line != e.line {
		d.line = e.line
		r.lines[e.line].draft = d
	}
	r.lines[e.line].role = usedRole
}

// entryOf tries the layouts of one line, the surest first.
func (r *reader) entryOf(i int) (entry, bool) {
	l := &r.note.Lines[i]
	prominent := l.Kind == note.Heading || l.Emphasis || r.leadsList(i)
	if l.Kind == note.Bullet {
		if e, ok := r.nameTitleOrg(i); ok {
			return e, true
		}
		if l.Level > 0 {
			return entry{}, false
		}
		if e, ok := r.shortTalk(i); ok {
			return e, true
		}
	}
	if l.Kind == note.Numbered {
		if e, ok := r.nameTitleOrg(i); ok {
			return e, true
		}
	}
	if e, ok := r.boldLead(i); ok {
		return e, true
	}
	if e, ok := r.barred(i); ok {
		return e, true
	}
	if prefix := datePrefix(r.lines[i].text); prefix > 0 {
		if e, ok := r.layouts(i, prefix, prominent); ok {
			e.dated = r.lines[i].text[:prefix]
			e.strong = e.strong || r.allKnownNames(e.people)
			return e, true
		}
	}
	if prefix := formatPrefix(r.lines[i].text); prefix > 0 {
		if e, ok := r.layouts(i, prefix, true); ok {
			return e, true
		}
	}
	return r.layouts(i, 0, prominent)
}

// shortTalk reads an item of a list below a heading for lightning talks, "Name: what it
// was about": one given name will do there.
func (r *reader) shortTalk(i int) (entry, bool) {
	if !r.belowShortTalks(i) {
		return entry{}, false
	}
	if e, ok := r.layouts(i, 0, true); ok {
		e.strong = e.strong || r.allKnownNames(e.people)
		return e, true
	}
	text := r.lines[i].text
	head, title, ok := strings.Cut(text, ": ")
	if !ok || !r.isTitleText(title) || strings.Contains(head, " ") {
		return entry{}, false
	}
	people := r.grammar.People(head, name.Labelled)
	if len(people) != 1 {
		return entry{}, false
	}
	return entry{shape: "name: title", line: i, title: r.span(i, len(text)-len(title), len(text)), people: r.speakers(people, i, 0), strong: true}, true
}

// shortTalkWords stand in headings over lists of short talks.
var shortTalkWords = []string{"lightning", "short talks", "flash talks", "ignite talks", "spotlights", "闪电演讲", "闪电报告", "快闪", "短报告"}

// belowShortTalks reports whether the heading above a line is over short talks.
func (r *reader) belowShortTalks(i int) bool {
	for j := i - 1; j >= max(0, i-farthest); j-- {
		l := &r.note.Lines[j]
		if !l.Matter() || l.Kind == note.Bullet || l.Kind == note.Numbered {
			continue
		}
		lower := strings.ToLower(r.lines[j].text)
		return slices.ContainsFunc(shortTalkWords, func(word string) bool { return strings.Contains(lower, word) }) && utf8.RuneCountInString(lower) <= sessionLimit
	}
	return false
}

// boldLead reads a talk from the bold words that open a paragraph: "**Name (Org):
// Title**. The talk was on …".
func (r *reader) boldLead(i int) (entry, bool) {
	in, l := &r.lines[i], &r.note.Lines[i]
	if l.Kind != note.Paragraph || !strings.HasPrefix(in.text, "**") {
		return entry{}, false
	}
	start := len(in.text) - len(strings.TrimLeft(in.text, "*"))
	size := strings.Index(in.text[start:], "**")
	if size < 8 || size > 200 || strings.TrimLeft(in.text[start+size:], "*。. 　：:") == "" {
		return entry{}, false
	}
	whole := *in
	in.text = in.text[:start+size] // the layouts read up to the end of the text
	e, ok := r.layouts(i, start, true)
	*in = whole
	e.lead = !ok || !r.bracketBehind(i, start+size, e.people)
	if e.lead {
		e.shape = "lead " + e.shape
	}
	return e, ok
}

// bracketBehind reads "_（ORG）_" behind a title and its people in bold and gives them the
// institutions; it reports whether the line holds nothing else.
func (r *reader) bracketBehind(i, from int, people []Speaker) bool {
	text := r.lines[i].text
	from += len(text[from:]) - len(strings.TrimLeft(text[from:], " *_"))
	end := from + len(strings.TrimRight(text[from:], " *_"))
	rest, c := text[from:end], ""
	for _, pair := range [][2]string{{"（", "）"}, {"(", ")"}} {
		if strings.HasPrefix(rest, pair[0]) && len(rest) > len(pair[0])+1 && strings.Count(rest, pair[0]) == 1 {
			c = pair[0]
			end -= len(rest) - len(strings.TrimSuffix(rest, pair[1]))
		}
	}
	if c == "" {
		return false
	}
	institutions := r.institutions(r.span(i, from+len(c), end))
	if len(institutions) == 0 || len(people) > 1 && len(institutions) != len(people) {
		return false
	}
	r.giveInstitutions(people, institutions)
	return true
}

// barred reads a heading of fields between bars, "Name | @handle | Org | Title": the
// first is the speaker, the last the title, an institution may stand between.
func (r *reader) barred(i int) (entry, bool) {
	in, l := &r.lines[i], &r.note.Lines[i]
	if l.Kind != note.Heading || strings.Count(in.text, " | ") < 2 {
		return entry{}, false
	}
	var cells [][2]int
	for start := 0; start <= len(in.text); {
		stop := strings.Index(in.text[start:], "|")
		if stop < 0 {
			stop = len(in.text) - start
		}
		from, to := trimLoose(in.text, start, start+stop)
		cells = append(cells, [2]int{from, to})
		start += stop + 1
	}
	first, last := cells[0], cells[len(cells)-1]
	people := r.grammar.People(in.text[first[0]:first[1]], name.Labelled)
	if !r.plausible(people) || !r.isTitleText(in.text[last[0]:last[1]]) {
		return entry{}, false
	}
	speakers := r.speakers(people, i, first[0])
	for _, cell := range cells[1 : len(cells)-1] {
		if text := in.text[cell[0]:cell[1]]; text == "" || text[0] == '@' || isHandle(text) || pastPost(text) {
			continue
		}
		if institutions := r.institutions(r.span(i, cell[0], cell[1])); institutions != nil {
			r.giveInstitutions(speakers, institutions)
			break
		}
	}
	return entry{shape: "name | title", line: i, title: r.span(i, last[0], last[1]), people: speakers, strong: true}, true
}

// isHandle holds for what somebody is called in a network: one word of small letters.
func isHandle(text string) bool {
	return !strings.ContainsAny(text, " .") && strings.ToLower(text) == text && isLatin(text)
}

// pastPost holds for an institution that somebody has left.
func pastPost(text string) bool {
	lower := strings.ToLower(text)
	return strings.HasPrefix(lower, "former") || strings.HasPrefix(lower, "ex-") || strings.HasPrefix(lower, "previously")
}

// datePrefix returns the size of a day or half-day with a colon or space behind it
// at the head of a line: "7.16 上午：".
func datePrefix(text string) int {
	if c, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " ")); !isDigit(c) && !strings.ContainsRune("上早清下午晚傍夜mMfFaAeEnNjJsSoOdD", c) {
		return 0
	}
	at := 0
	if dates := findDates(text); len(dates) > 0 && strings.TrimSpace(text[:dates[0].start]) == "" {
		at = dates[0].end
	}
	rest := strings.TrimLeft(text[at:], " ")
	for _, row := range partWords {
		for _, word := range row.words {
			if len(rest) >= len(word) && strings.EqualFold(rest[:len(word)], word) {
				rest = rest[len(word):]
			}
		}
	}
	trimmed := strings.TrimLeft(rest, " :：|-–—")
	if len(rest) == len(text) || len(trimmed) == len(rest) || trimmed == "" {
		return 0
	}
	return len(text) - len(trimmed)
}

// headsList holds for a paragraph with list items right below.
func (r *reader) headsList(i int) bool {
	return i+1 < len(r.note.Lines) && (r.note.Lines[i+1].Kind == note.Bullet || r.note.Lines[i+1].Kind == note.Numbered)
}

// leadsList holds for a paragraph of one line with a gap above and list items right
// below: it heads them as a heading would.
func (r *reader) leadsList(i int) bool {
	lines := r.note.Lines
	if lines[i].Kind != note.Paragraph || i+1 >= len(lines) || i > 0 && lines[i-1].Kind == note.Paragraph {
		return false
	}
	below := i + 1
	if lines[below].Kind == note.Blank && below+1 < len(lines) || r.headsList(below) && lines[below].Kind == note.Paragraph {
		below++
	}
	return lines[below].Kind == note.Bullet || lines[below].Kind == note.Numbered
}

// layouts tries the layouts of one line from an offset.
func (r *reader) layouts(i, from int, prominent bool) (entry, bool) {
	for _, layout := range []func(int, int, bool) (entry, bool){r.formatInBrackets, r.bookMarksPeople, r.markedTitle, r.keynoteOf, r.formatThenPeople, r.titleDashPeople, r.titleAtEnd, r.nameColonTitle, r.nameOnTitle, r.nameTitleAtOrg, r.nameOrgTitle, r.peopleAlone} {
		if e, ok := layout(i, from, prominent); ok {
			e.line = i
			if prominent {
				e.shape += " heading"
			}
			return e, true
		}
	}
	return entry{}, false
}

// nameOnTitle reads "Name on Title" and "Name and Name on Title".
func (r *reader) nameOnTitle(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	at := strings.Index(text, " on ")
	if at <= 0 || !prominent {
		return entry{}, false
	}
	right := at + len(" on ")
	people := r.grammar.People(text[:at], name.Labelled)
	if !r.plausible(people) || !r.isTitleText(text[right:]) {
		return entry{}, false
	}
	return entry{shape: "name on title", title: r.span(i, from+right, from+len(text)), people: r.speakers(people, i, from), strong: r.allFrequent(people)}, true
}

// formatInBrackets reads "(Workshop) Name, Title".
func (r *reader) formatInBrackets(i, from int, _ bool) (entry, bool) {
	text := r.lines[i].text[from:]
	if !strings.HasPrefix(text, "(") && !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "（") {
		return entry{}, false
	}
	end := strings.IndexAny(text, ")]）")
	if end < 0 || formatWord(text[:end]) == "" {
		return entry{}, false
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	return r.nameCommaTitle(i, from+end+size, "(format) name, title")
}

// formatWord returns the format that a short text names.
func formatWord(text string) string {
	word := strings.ToLower(strings.Trim(text, " ()[]（）"))
	for _, known := range titlePrefixes {
		if word == known {
			return known
		}
	}
	return ""
}

// nameCommaTitle reads "Name, Title" from an offset.
func (r *reader) nameCommaTitle(i, from int, shape string) (entry, bool) {
	text := r.lines[i].text
	for _, comma := range []string{", ", "，", "、", ": ", "：", " - ", " — ", " – "} {
		at := strings.Index(text[from:], comma)
		if at <= 0 {
			continue
		}
		people := r.grammar.People(text[from:from+at], name.Labelled)
		if len(people) == 0 || !r.isTitleText(text[from+at+len(comma):]) {
			continue
		}
		speakers := r.speakers(people, i, from)
		return entry{shape: shape, title: r.span(i, from+at+len(comma), len(text)), people: speakers, strong: true}, true
	}
	return entry{}, false
}

// keynoteOf reads "Keynote: Name" and "Opening Keynote - Name": a format and then nothing but people.
func (r *reader) keynoteOf(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	colon, size := formatDivider(text)
	if colon <= 0 || !prominent || r.belowTitle(i) {
		return entry{}, false
	}
	if formatWord(strings.TrimRight(text[:colon], "0123456789 #")) == "" {
		return entry{}, false
	}
	people := r.grammar.People(text[colon+size:], name.Labelled)
	if people == nil || len(people[0].Affiliations) == 0 && people[0].JobTitle == "" && !r.plausible(people) {
		return entry{}, false
	}
	if below := r.labelledBelow(i); below != nil && !samePeople(below, people) || below == nil && !r.allFrequent(people) && people[0].JobTitle == "" && r.grammar.HoldsConceptWord(people[0].Name) {
		return entry{}, false // a title in capitals looks like a name
	}
	return entry{shape: "keynote: name", people: r.speakers(people, i, from+colon+size), strong: true, untitled: true}, true
}

// formatThenPeople reads "Keynote 1 (Name, Org): Title" and "特邀报告（张三，清华）：题目".
func (r *reader) formatThenPeople(i, from int, _ bool) (entry, bool) {
	text := r.lines[i].text[from:]
	open := strings.IndexByte(text, '(')
	if wide := strings.Index(text, "（"); open < 0 || wide >= 0 && wide < open {
		open = wide
	}
	if open <= 0 || open > 60 || formatWord(strings.TrimRight(text[:open], "0123456789一二三四五六七八九十 #")) == "" {
		return entry{}, false
	}
	_, size := utf8.DecodeRuneInString(text[open:])
	end := strings.IndexAny(text, ")）")
	if end < open {
		return entry{}, false
	}
	_, closed := utf8.DecodeRuneInString(text[end:])
	people := r.grammar.People(text[open+size:end], name.Labelled)
	start := len(text) - len(strings.TrimLeft(text[end+closed:], " :：-–—"))
	if !r.plausible(people) || !r.isTitleText(text[start:]) {
		return entry{}, false
	}
	return entry{shape: "format (name): title", title: r.span(i, from+start, from+len(text)), people: r.speakers(people, i, from+open+size), strong: true}, true
}

// labelledBelow returns the people of a speaker label in the line below.
func (r *reader) labelledBelow(i int) []name.Person {
	j := r.next(i)
	if j < 0 {
		return nil
	}
	for _, l := range r.lines[j].labels {
		if l.cue&lexicon.SpeakerLabel != 0 {
			return r.grammar.People(l.value, name.Labelled)
		}
	}
	return nil
}

// samePeople reports whether two lists of people begin with the same one.
func samePeople(a, b []name.Person) bool { return fact.Key(a[0].Name) == fact.Key(b[0].Name) }

// belowTitle reports whether a heading that could be a title stands right above a
// line that is no heading itself.
func (r *reader) belowTitle(i int) bool {
	j := r.previous(i)
	return r.note.Lines[i].Kind != note.Heading && j >= 0 && r.note.Lines[j].Kind == note.Heading && r.lines[j].role != eventRole && r.titleLike(j)
}

// dividers stand between a title and its people.
var dividers = []string{" · ", " • ", " — ", " – ", " —— ", "——", " - ", " | ", "｜", " // ", " / ", " by ", "@", "\t"}

// titleDashPeople reads "Title — Name, Affiliation", and "Name (Org) — Title".
func (r *reader) titleDashPeople(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	for _, divider := range dividers {
		at := strings.LastIndex(text, divider)
		if at <= 0 {
			continue
		}
		right := at + len(divider)
		if e, ok := r.sides(i, from, Span{i, 0, at}, Span{i, right, len(text)}, prominent, "title"+divider+"name", divider == " by "); ok {
			return e, true
		}
		if divider == " by " {
			continue
		}
		first := strings.Index(text, divider)
		right = first + len(divider)
		if first != at {
			if e, ok := r.sides(i, from, Span{i, 0, first}, Span{i, right, len(text)}, prominent, "title"+divider+"name"+divider, false); ok {
				return e, true
			}
		}
		if e, ok := r.sides(i, from, Span{i, right, len(text)}, Span{i, 0, first}, prominent, "name"+divider+"title", false); ok {
			return e, true
		}
	}
	return entry{}, false
}

// sides checks that one side is a title and the other people.
func (r *reader) sides(i, from int, title, people Span, prominent bool, shape string, labelled bool) (entry, bool) {
	text := r.lines[i].text[from:]
	if !r.isTitleText(text[title.Start:title.End]) || labelled && speakerOpening(strings.TrimSpace(text[title.Start:title.End])+" by ") > 0 {
		return entry{}, false
	}
	if labelled && (isParticiple(strings.ToLower(strings.TrimSpace(text[title.Start:title.End]))) || hostParticiples[strings.ToLower(strings.TrimSpace(text[title.Start:title.End]))]) {
		return entry{}, false // "moderated by NAME"
	}
	if labelled && !prominent && strings.HasSuffix(text, ".") && strings.Count(text, " ") > 6 {
		return entry{}, false // a sentence, which prose reads
	}
	if labelled {
		title.End = withoutParticiple(text, title.Start, title.End)
	}
	found := r.grammar.People(text[people.Start:people.End], name.Shape)
	strong := found != nil
	if found == nil && (prominent || labelled || r.inList(i)) {
		found = r.grammar.People(text[people.Start:people.End], name.Labelled)
		strong = r.allFrequent(found)
		if !r.plausible(found) {
			found = nil
		}
	}
	if found == nil && inQuotes(text[title.Start:title.End]) {
		if found = r.grammar.People(text[people.Start:people.End], name.Labelled); !r.plausible(found) {
			found = nil
		}
	}
	if found == nil || r.grammar.People(text[title.Start:title.End], name.Shape) != nil {
		return entry{}, false
	}
	if !prominent && utf8.RuneCountInString(text) > 120 {
		return entry{}, false
	}
	return entry{shape: shape, title: r.span(i, from+title.Start, from+title.End), people: r.speakers(found, i, from+people.Start), strong: strong && prominent || labelled && strong}, true
}

// withoutParticiple cuts "- held" and ", presented" before "by" off a title; it
// returns the title's new end.
func withoutParticiple(text string, start, end int) int {
	head := text[start:end]
	last := strings.LastIndexByte(head, ' ')
	if last <= 0 || !isParticiple(head[last+1:]) {
		return end
	}
	before := strings.TrimRight(head[:last], " ")
	cut := strings.TrimRight(before, "-–—,;:")
	if cut == before {
		return end
	}
	return start + len(strings.TrimRight(cut, " "))
}

// inList holds for items of a list that is not nested, where one item backs another.
func (r *reader) inList(i int) bool {
	l := &r.note.Lines[i]
	return l.Kind == note.Numbered || l.Kind == note.Bullet && l.Level == 0 || l.Kind == note.Paragraph && strings.HasPrefix(l.Raw, "**")
}

func (r *reader) allFrequent(people []name.Person) bool {
	for _, p := range people {
		if !r.isKnownName(p.Name) && len(p.Affiliations) == 0 {
			return false
		}
	}
	return len(people) > 0
}

// plausible holds for people whose names have the shape of names and nothing else.
func (r *reader) plausible(people []name.Person) bool {
	for _, p := range people {
		if !r.grammar.IsPlausibleName(p.Name) && !r.grammar.IsChineseName(p.Name) && !r.grammar.IsFrequentName(p.Name) {
			return false
		}
	}
	return len(people) > 0
}

// plausibleInSmall holds for people who would be plausible if their names, now all in
// small letters, had capitals.
func (r *reader) plausibleInSmall(people []name.Person) bool {
	for _, p := range people {
		if strings.ToLower(p.Name) != p.Name || !r.grammar.IsPlausibleName(titled(p.Name)) && !r.grammar.IsFrequentName(titled(p.Name)) {
			return false
		}
	}
	return len(people) > 0
}

// titled gives each word of a name a capital.
func titled(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		c, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToUpper(c)) + word[size:]
	}
	return strings.Join(words, " ")
}

// nameTitleOrg reads the list items "Name, Title of the Talk, Institution" and
// "姓名，单位，题目": the institution may stand before the title or behind it.
func (r *reader) nameTitleOrg(i int) (entry, bool) {
	text := r.lines[i].text
	pieces := splitPieces(text)
	if len(pieces) < 3 || utf8.RuneCountInString(text) > 160 {
		return entry{}, false
	}
	person, second, last := pieces[0], pieces[1], pieces[len(pieces)-1]
	head := text[person[0]:person[1]]
	if !r.grammar.IsPlausibleName(head) && !r.grammar.IsChineseName(head) {
		return entry{}, false
	}
	if institutions := r.soleInstitution(i, last); institutions != nil {
		if e, ok := r.nameEntry(i, person, [2]int{second[0], pieces[len(pieces)-2][1]}, institutions); ok {
			e.shape = "name, title, institution"
			return e, true
		}
	}
	institutions := r.soleInstitution(i, second)
	if institutions == nil {
		return entry{}, false
	}
	e, ok := r.nameEntry(i, person, [2]int{pieces[2][0], last[1]}, institutions)
	e.shape = "name, institution, title"
	return e, ok
}

// splitPieces cuts a text at commas; the pieces are offsets without white space.
func splitPieces(text string) [][2]int {
	var pieces [][2]int
	start := 0
	cut := func(end int) {
		from, to := trimLoose(text, start, end)
		pieces = append(pieces, [2]int{from, to})
	}
	for at, c := range text {
		size := utf8.RuneLen(c)
		if c == '，' || c == ',' && at+1 < len(text) && text[at+1] == ' ' {
			cut(at)
			start = at + size
		}
	}
	cut(len(text))
	return pieces
}

// soleInstitution reads a piece of a line that is one institution and nothing else.
func (r *reader) soleInstitution(i int, piece [2]int) []Affiliation {
	text := r.lines[i].text[piece[0]:piece[1]]
	institutions := r.institutions(r.span(i, piece[0], piece[1]))
	if len(institutions) != 1 || r.grammar.HoldsTitle(text) || isMostlyHan(text) && institutions[0].Known == nil && institutions[0].Parent == "" && !strings.HasSuffix(text, "大学") && !strings.HasSuffix(text, "公司") {
		return nil
	}
	return institutions
}

// isKnownInstitution reports whether a piece of a line is an institution that the
// lexicon knows.
func (r *reader) isKnownInstitution(i int, piece [2]int) bool {
	found := r.soleInstitution(i, piece)
	return found != nil && found[0].Known != nil
}

// nameEntry makes an entry of a name, a title and institutions of one line.
func (r *reader) nameEntry(i int, person, title [2]int, institutions []Affiliation) (entry, bool) {
	text := r.lines[i].text
	words := text[title[0]:title[1]]
	if !isMostlyHan(words) && strings.Count(words, " ") < 1 || r.grammar.IsTitle(words) || !isMostlyHan(words) && r.grammar.HoldsTitle(words) || !r.isTitleText(words) || r.grammar.IsFrequentName(words) || r.isKnownInstitution(i, title) {
		return entry{}, false
	}
	speakers := r.speakers(r.grammar.People(text[person[0]:person[1]], name.Labelled), i, person[0])
	if len(speakers) != 1 {
		return entry{}, false
	}
	speakers[0].Affiliations = institutions
	return entry{line: i, title: r.span(i, title[0], title[1]), people: speakers}, true
}

// titleAtEnd reads "Title (Name, Affiliation)" and 题目（张三，清华大学）.
func (r *reader) titleAtEnd(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	if !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "）") {
		return entry{}, false
	}
	open := max(strings.LastIndex(text, "("), strings.LastIndex(text, "（"))
	if open <= 0 {
		return entry{}, false
	}
	_, size := utf8.DecodeRuneInString(text[open:])
	_, closed := utf8.DecodeLastRuneInString(text)
	inner := Span{i, open + size, len(text) - closed}
	if people := r.grammar.People(text[:open], name.Labelled); utf8.RuneCountInString(text[:open]) <= 4*len(people)+2 && r.plausible(people) {
		return entry{}, false // names, and the same names in brackets
	}
	return r.sides(i, from, Span{i, 0, open}, inner, prominent, "title (name)", false)
}

// opensSmallLatin holds for a text that begins with a small Latin letter, as no name
// before a colon does.
func opensSmallLatin(text string) bool {
	text = strings.TrimLeft(text, " *_")
	return text != "" && text[0] >= 'a' && text[0] <= 'z'
}

// nameColonTitle reads "Name: Title" and 张三（清华大学）：题目.
func (r *reader) nameColonTitle(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	colon := colonAt(text)
	if colon <= 0 || colon > 90 || opensSmallLatin(text) {
		return entry{}, false
	}
	_, size := utf8.DecodeRuneInString(text[colon:])
	title := text[colon+size:]
	if utf8.RuneCountInString(strings.TrimSpace(title)) < 4 || !r.isTitleText(title) || strings.HasPrefix(strings.TrimSpace(title), `"`) && !prominent && !r.isAffiliated(text[:colon]) {
		return entry{}, false
	}
	people := r.grammar.People(text[:colon], name.Shape)
	strong := people != nil
	prominent = prominent || r.headsList(i) && r.grammar.IsChineseName(strings.TrimSpace(text[:colon]))
	if people == nil {
		people = r.grammar.People(text[:colon], name.Labelled)
		if !r.plausible(people) {
			return entry{}, false
		}
	}
	speakers := r.speakers(people, i, from)
	from, title = r.institutionBehind(i, from+colon+size, speakers)
	strong = strong || len(people[0].Affiliations) == 0 && len(speakers[0].Affiliations) > 0
	marked := inBookMarks(title) && r.allFrequent(people) || inQuotes(title) && (strong || r.plausible(people))
	return entry{shape: "name: title", title: r.span(i, from, from+len(title)), people: speakers, strong: strong && prominent || marked}, prominent || strong || marked
}

// institutionBehind reads the "@ORG" or "（ORG）" behind a title whose speaker stands
// before it. It returns where the title begins and the title without it.
func (r *reader) institutionBehind(i, from int, speakers []Speaker) (int, string) {
	text := r.lines[i].text
	title := text[from:]
	plain := strings.TrimRight(title, " *_~`")
	cut := max(strings.LastIndex(plain, "@"), strings.LastIndex(plain, "＠"))
	closed := strings.HasSuffix(plain, ")") || strings.HasSuffix(plain, "）")
	if open := max(strings.LastIndex(plain, "("), strings.LastIndex(plain, "（")); closed || strings.HasSuffix(strings.TrimRight(plain[:max(open, 0)], " "), "_") {
		cut = max(cut, open)
	}
	if cut <= 0 || len(speakers) == 0 || len(speakers[0].Affiliations) > 0 {
		return from, title
	}
	_, size := utf8.DecodeRuneInString(title[cut:])
	start, end := trimLoose(text, from+cut+size, from+len(strings.TrimRight(plain, " )）")))
	institutions := r.institutions(r.span(i, start, end))
	if len(institutions) == 0 || len(institutions) != len(speakers) || institutions[0].Known == nil && organizationEnd(text[start:end]) == "" {
		return from, title
	}
	r.giveInstitutions(speakers, institutions)
	return from, strings.TrimRight(title[:cut], " *_")
}

// organizationEnd returns the ending of a text that tells an institution; "" when it
// has none.
func organizationEnd(text string) string {
	for _, ending := range []string{"大学", "公司", "研究院", "研究所", "实验室", "学院", "医院", "集团", "University", "Institute", "Lab", "Labs", "Inc"} {
		if strings.HasSuffix(text, ending) {
			return ending
		}
	}
	return ""
}

// bookMarksPeople reads "《Title》 Name Institution".
func (r *reader) bookMarksPeople(i, from int, _ bool) (entry, bool) {
	text := r.lines[i].text
	from += len(text[from:]) - len(strings.TrimLeftFunc(text[from:], unicode.IsSpace))
	end := strings.Index(text[from:], "》")
	if !strings.HasPrefix(text[from:], "《") || end < 0 {
		return entry{}, false
	}
	stop := from + end + len("》")
	stop += len(text[stop:]) - len(strings.TrimLeft(text[stop:], " 　@-–—:：|/、，,"))
	people := r.grammar.People(text[stop:], name.Position)
	if people == nil || !r.isTitleText(text[from:from+end]) {
		return entry{}, false
	}
	return entry{shape: "《title》 name", title: r.span(i, from, from+end+len("》")), people: r.speakers(people, i, stop), strong: true}, true
}

// isAffiliated reports whether a text is people of whom one has an institution.
func (r *reader) isAffiliated(text string) bool {
	people := r.grammar.People(text, name.Labelled)
	return r.plausible(people) && slices.ContainsFunc(people, func(p name.Person) bool { return len(p.Affiliations) > 0 })
}

// titleMarks open and close a title inside a line.
var titleMarks = [][2]string{{"**", "**"}, {"*", "*"}, {"_", "_"}, {`"`, `"`}, {"“", "”"}, {"《", "》"}, {"「", "」"}}

// markedTitle reads "Name (Org), *Title*" and "*Title* with Name (Org)": one title in
// emphasis or quotation marks, and people before or behind it.
func (r *reader) markedTitle(i, from int, _ bool) (entry, bool) {
	text := r.lines[i].text[from:]
	for _, pair := range titleMarks {
		open := strings.Index(text, pair[0])
		if open < 0 || strings.Count(text, pair[0]) > 2 {
			continue
		}
		start := open + len(pair[0])
		size := strings.Index(text[start:], pair[1])
		if size < 4 || !r.isTitleText(text[start:start+size]) || r.grammar.People(text[start:start+size], name.Shape) != nil || r.cue(strings.TrimRight(text[start:start+size], ":：")) != 0 {
			continue
		}
		before, behind := Span{i, 0, open}, Span{i, start + size + len(pair[1]), len(text)}
		for _, side := range []Span{before, behind} {
			other := text[:open]
			if side == before {
				other = text[behind.Start:]
			}
			if e, ok := r.markedSide(i, from, side, other, pair[0] == `"` || pair[0] == "“"); ok {
				e.title = r.span(i, from+start, from+start+size)
				return e, true
			}
		}
	}
	return entry{}, false
}

// markedSide reads the people on one side of a marked title; nothing else but a
// format, a room or the end of a remark ("last one, I left early: ") stands on the
// other side. Behind a quoted title names may be in small letters.
func (r *reader) markedSide(i, from int, side Span, other string, quoted bool) (entry, bool) {
	text := r.lines[i].text[from:]
	start, end := trimLoose(text, side.Start, side.End)
	start += len(text[start:end]) - len(strings.TrimLeft(text[start:end], " ,，:：-–—@|/"))
	end = start + len(strings.TrimRight(text[start:end], " ,，:：-–—|/"))
	if opening := speakerOpening(text[start:end]); opening > 0 {
		start += opening
	}
	if comma := strings.IndexAny(text[start:end], ",，"); comma > 0 && isFormatPhrase(text[start:start+comma]) {
		start = end - len(strings.TrimLeft(text[start+comma:end], ",， "))
	}
	if quoted && side.Start > 0 && strings.HasSuffix(other, ": ") && utf8.RuneCountInString(other) <= remarkLimit {
		other = ""
	}
	other = strings.Trim(other, " ,，:：-–—|/.。")
	if start >= end || other != "" && formatOf(other) == "" && formatWord(strings.TrimRight(other, "0123456789 ")) == "" && !isRoom(other) {
		return entry{}, false
	}
	people := r.grammar.People(text[start:end], name.Labelled)
	if !r.plausible(people) && !(quoted && r.plausibleInSmall(people)) {
		return entry{}, false
	}
	return entry{shape: "marked title, name", people: r.speakers(people, i, from+start), strong: r.allFrequent(people) || r.isAffiliated(text[start:end])}, true
}

// remarkLimit bounds the characters of a remark before a quoted title.
const remarkLimit = 40

// formatWords make up the names of formats.
var formatWords = words("opening closing plenary keynote keynotes invited talk session lightning tutorial panel workshop lecture address speech demo guest distinguished industry morning afternoon 特邀报告 主旨报告 开场报告 闭幕报告 大会报告 主题报告")

// isFormatPhrase holds for a text of words for formats alone: "opening plenary".
func isFormatPhrase(text string) bool {
	fields := strings.Fields(strings.ToLower(text))
	for _, word := range fields {
		if !formatWords[strings.TrimRight(word, "0123456789#")] {
			return false
		}
	}
	return len(fields) > 0
}

// inQuotes holds for a text in quotation marks from end to end.
func inQuotes(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) > 8 && (strings.HasPrefix(text, `"`) && strings.HasSuffix(text, `"`) || strings.HasPrefix(text, "“") && strings.HasSuffix(text, "”"))
}

// nameOrgTitle reads "张三（清华大学） 题目" and "张三 清华大学 教授 题目" in a line that
// stands where titles do.
func (r *reader) nameOrgTitle(i, from int, prominent bool) (entry, bool) {
	l := &r.note.Lines[i]
	if !prominent && l.Kind != note.Numbered {
		return entry{}, false
	}
	title, people := r.peopleBeforeTitle(i, from)
	if len(people) == 0 || opensRemark(r.textOf(title)) || r.opensVerb(r.textOf(title)) {
		return entry{}, false
	}
	return entry{shape: "name (org) title", title: title, people: people, strong: l.Kind == note.Heading}, true
}

// peopleAloneShape is the shape of headings that name people only.
const peopleAloneShape = "people alone heading"

// peopleAlone reads a heading that names who spoke and nothing else: "苏明 清华大学",
// "Ada Berg (Uppsala University)".
func (r *reader) peopleAlone(i, from int, _ bool) (entry, bool) {
	if r.note.Lines[i].Kind != note.Heading || from > 0 {
		return entry{}, false
	}
	people := r.people(i, name.Shape)
	if people == nil && r.quotedBelow(i) >= 0 {
		people = r.people(i, name.Labelled)
	}
	if !r.plausible(people) {
		return entry{}, false
	}
	return entry{shape: strings.TrimSuffix(peopleAloneShape, " heading"), people: r.speakers(people, i, 0), untitled: true}, true
}

// quotedBelow returns the first line below when it is nothing but a quotation: the
// title of the talk of the person named above; -1 when it is not.
func (r *reader) quotedBelow(i int) int {
	below := r.next(i)
	if below < 0 || !inQuotes(r.lines[below].text) && !inBookMarks(r.lines[below].text) || !r.isTitleText(r.lines[below].text) {
		return -1
	}
	return below
}

// opensVerb reports whether a text begins with what somebody does: the notes go on
// about a person there, and no title follows.
func (r *reader) opensVerb(text string) bool {
	if r.lexicon.People.VerbAt(text, 0) > 0 {
		return true
	}
	for _, word := range []string{"提出", "认为", "指出", "表示", "提到", "强调", "的", "等", "和", "与", "说", "团队"} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// inBookMarks holds for a text in 《》, which mark titles and nothing else.
func inBookMarks(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "《") && strings.HasSuffix(text, "》")
}

// nameTitleAtOrg reads "Name, Title at Institution".
func (r *reader) nameTitleAtOrg(i, from int, prominent bool) (entry, bool) {
	text := r.lines[i].text[from:]
	at := strings.LastIndex(text, " at ")
	comma := strings.Index(text, ", ")
	if comma <= 0 || at <= comma+4 {
		return entry{}, false
	}
	person, title, org := text[:comma], text[comma+2:at], text[at+len(" at "):]
	if !r.grammar.IsFrequentName(person) && !prominent || r.grammar.HoldsTitle(title) || !r.isTitleText(title) {
		return entry{}, false
	}
	people := r.grammar.People(person, name.Labelled)
	institutions := r.institutions(r.span(i, from+at+len(" at "), from+len(text)))
	if len(people) != 1 || len(institutions) == 0 || strings.Count(org, " ") > 6 {
		return entry{}, false
	}
	speakers := r.speakers(people, i, from)
	speakers[0].Affiliations = institutions
	return entry{shape: "name, title at institution", title: r.span(i, from+comma+2, from+at), people: speakers, strong: prominent}, true
}
