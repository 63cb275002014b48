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

// column is what the cells of a table column are.
type column uint8

const (
	otherColumn column = iota
	titleColumn
	speakerColumn
	affiliationColumn
	timeColumn
	dateColumn
	roomColumn
)

// tables reads tables whose head names a column of talks and one of speakers.
func (r *reader) tables() {
	for i := 0; i < len(r.lines); i++ {
		if r.note.Lines[i].Kind != note.TableRow || !r.note.Lines[i].Matter() {
			continue
		}
		end := i
		for end < len(r.lines) && (r.note.Lines[end].Kind == note.TableRow || r.note.Lines[end].Kind == note.TableRule) {
			end++
		}
		r.table(i, end)
		i = end
	}
	r.columnTables()
}

func (r *reader) table(from, to int) {
	columns := r.columnsOf(r.cells(from))
	if columns == nil {
		return
	}
	r.lines[from].role = usedRole
	for i := from + 1; i < to; i++ {
		if r.note.Lines[i].Kind == note.TableRow {
			r.tableRow(i, r.cells(i), columns)
			r.lines[i].role = usedRole
		}
	}
}

// columnsOf tells what the columns below the cells of a table's head are; nil where
// none is of titles or none of speakers.
func (r *reader) columnsOf(head []Span) []column {
	columns := make([]column, len(head))
	titled, peopled := false, false
	for k, cell := range head {
		columns[k] = r.columnOf(r.textOf(cell))
		titled = titled || columns[k] == titleColumn
		peopled = peopled || columns[k] == speakerColumn
	}
	if !titled || !peopled {
		return nil
	}
	return columns
}

// columnTables reads tables whose cells are divided by tabs or wide gaps, as text from
// a spreadsheet or a PDF has them: a head, and rows up to the next gap in the lines.
func (r *reader) columnTables() {
	var last []column // of the last table
	for i := 0; i < len(r.lines); i++ {
		l := &r.note.Lines[i]
		if l.Kind != note.Paragraph || !l.Matter() || len(r.lines[i].text) > maxHead {
			continue
		}
		columns := r.columnsOf(r.gapCells(i))
		switch {
		case columns != nil:
			r.lines[i].role = usedRole
			last = columns
			i++
		case last != nil && strings.Count(r.lines[i].text, "\t") == len(last)-1 && startsWithClock(r.lines[i].text):
			columns = last // the table goes on behind a line between its rows
		default:
			continue
		}
		for ; i < len(r.lines) && r.note.Lines[i].Matter(); i++ {
			cells := r.gapCells(i)
			if len(cells) != len(columns) && !strings.Contains(r.lines[i].text, "\t") || len(cells) < 2 {
				continue // left to the reader of timetables
			}
			r.tableRow(i, cells, columns)
			r.lines[i].role = usedRole
		}
	}
}

// startsWithClock reports whether a time of day opens a text.
func startsWithClock(text string) bool {
	_, size := clock(text)
	return size > 0
}

// maxHead bounds the bytes of the head of a table.
const maxHead = 200

// gapCells cuts a line at its tabs, or at gaps of two spaces where it has no tab.
func (r *reader) gapCells(i int) []Span {
	text := r.lines[i].text
	if strings.Contains(text, "\t") {
		return r.cellsBetween(i, "\t")
	}
	if strings.Contains(text, "  ") {
		return r.cellsBetween(i, "  ")
	}
	return nil
}

// cellsBetween cuts a line at a divider; cells between spaces are never empty.
func (r *reader) cellsBetween(i int, divider string) []Span {
	text := r.lines[i].text
	var cells []Span
	for start := 0; start <= len(text); {
		stop := strings.Index(text[start:], divider)
		if stop < 0 {
			stop = len(text) - start
		}
		from, to := trimLoose(text, start, start+stop)
		if divider == "\t" || from < to {
			cells = append(cells, r.span(i, from, to))
		}
		start += stop + len(divider)
	}
	return cells
}

// cells returns the cells of a table row as spans without white space around.
func (r *reader) cells(i int) []Span {
	text := r.lines[i].text
	start, end := 0, len(text)
	if strings.HasPrefix(text, "|") {
		start = 1
	}
	if strings.HasSuffix(text, "|") {
		end--
	}
	var cells []Span
	for start <= end {
		stop := strings.IndexByte(text[start:end], '|')
		if stop < 0 {
			stop = end - start
		}
		from, to := trimLoose(text, start, start+stop)
		cells = append(cells, r.span(i, from, to))
		start += stop + 1
	}
	return cells
}

func (r *reader) columnOf(head string) column {
	cue := r.cue(head)
	lower := strings.ToLower(strings.TrimSpace(head))
	switch {
	case cue&lexicon.SpeakerLabel != 0 && lower != "with", lower == "who", lower == "name", lower == "姓名":
		return speakerColumn
	case cue&lexicon.TitleLabel != 0, lower == "what", lower == "内容", lower == "presentation", lower == "session", lower == "event", lower == "报告":
		return titleColumn
	case cue&lexicon.AffiliationLabel != 0, lower == "org", lower == "from":
		return affiliationColumn
	case cue&lexicon.TimeLabel != 0:
		return timeColumn
	case cue&lexicon.DateLabel != 0:
		return dateColumn
	case cue&lexicon.PlaceLabel != 0:
		return roomColumn
	}
	return otherColumn
}

func (r *reader) tableRow(i int, cells []Span, columns []column) {
	var title, people, org, when, room Span
	var date string
	for k, cell := range cells {
		if k >= len(columns) || cell.End <= cell.Start {
			continue
		}
		switch columns[k] {
		case titleColumn:
			title = cell
		case speakerColumn:
			people = cell
		case affiliationColumn:
			org = cell
		case timeColumn:
			when = cell
		case roomColumn:
			room = cell
		case dateColumn:
			if dates := findDates(r.textOf(cell)); len(dates) > 0 {
				date = r.dayOf(dates[0].first)
			}
		}
	}
	if title.End == title.Start || isBreak(r.textOf(title)) || isGenericHead(r.textOf(title)) {
		return
	}
	d := r.add(title)
	d.listed = true
	d.date = date
	if when.End > when.Start {
		d.part = clockPart(r.textOf(when))
		if dates := findDates(r.textOf(when)); len(dates) > 0 {
			d.date = r.dayOf(dates[0].first)
		}
	}
	if room.End > room.Start {
		d.room = r.textOf(room)
	}
	d.addSpeakers(r.cellPeople(i, people, org))
	d.anchored = true
}

func (r *reader) cellPeople(i int, people, org Span) []Speaker {
	if people.End <= people.Start {
		return nil
	}
	offset := people.Start - r.lines[i].base
	speakers := r.speakers(r.grammar.People(r.textOf(people), name.Labelled), i, offset)
	if org.End <= org.Start {
		return speakers
	}
	r.giveInstitutions(speakers, r.institutions(org))
	return speakers
}

// giveInstitutions gives a list of institutions to people without any: to each his own
// where there are as many of one as of the other, else all to all.
func (r *reader) giveInstitutions(speakers []Speaker, institutions []Affiliation) {
	paired := len(speakers) > 1 && len(speakers) == len(institutions)
	for k := range speakers {
		if len(speakers[k].Affiliations) > 0 {
			continue
		}
		speakers[k].Affiliations = institutions
		if paired {
			speakers[k].Affiliations = institutions[k : k+1]
		}
	}
}

// timetables reads lines that begin with a time of day: "09:00-09:40 Title Name Org".
func (r *reader) timetables() {
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if !l.Matter() || in.role != body && in.role != labelRole && in.role != sessionRole || in.draft != nil || utf8.RuneCountInString(in.text) > 200 {
			continue
		}
		hour, size := clock(in.text)
		if in.timed {
			hour = in.hour
		} else if size == 0 || size >= len(in.text) {
			continue
		}
		rest := strings.TrimLeft(in.text[size:], " \t　|:：-–—")
		if r.timedSession(i, len(in.text)-len(rest)) {
			continue
		}
		if rest == "" || isBreak(rest) {
			in.role = breakRole
			continue
		}
		r.timetableLine(i, len(in.text)-len(rest), partOfClock(hour))
	}
	r.namesBehindCommas()
}

// namesBehindCommas reads "Title, Name" in a programme whose other entries say
// "Title, Name (Org)".
func (r *reader) namesBehindCommas() {
	backed := 0
	for _, d := range r.drafts {
		if d.listed && len(d.speakers) > 0 && strings.HasPrefix(r.note.Lines[d.at.Line].Raw[d.at.End:], ", ") {
			backed++
		}
	}
	for _, d := range r.drafts {
		title := r.textOf(d.at)
		comma := strings.LastIndex(title, ", ")
		if backed < 2 || !d.listed || len(d.speakers) > 0 || comma < 4 {
			continue
		}
		people := r.grammar.People(title[comma+2:], name.Labelled)
		if !r.plausible(people) {
			continue
		}
		d.addSpeakers(r.speakers(people, d.at.Line, d.at.Start+comma+2-r.lines[d.at.Line].base))
		d.at.End = d.at.Start + comma
		d.title = r.plain(d.at)
	}
}

// timedSession reads "14:00-17:30 分会场A 智能数据库 主席：NAME": a session with its time.
func (r *reader) timedSession(i, from int) bool {
	in := &r.lines[i]
	if !opensSession(strings.ToLower(in.text[from:])) || slices.ContainsFunc(in.labels, func(l label) bool { return l.cue&(lexicon.SpeakerLabel|lexicon.GuestLabel) != 0 }) {
		return false
	}
	if _, people := r.splitTitlePeople(i, from); len(people) > 0 {
		return false
	}
	in.text, in.base, in.role = in.text[from:], in.base+from, sessionRole
	return true
}

func (r *reader) timetableLine(i, from int, part string) {
	if r.timedFormat(i, from, part) || r.timedLabels(i, from, part) {
		return
	}
	if head, _, _ := strings.Cut(r.lines[i].text[from:], ","); isPlural(head) && r.next(i) == i+1 {
		r.lines[i].role, r.lines[i].part = breakRole, part
		return // over several talks, which stand below
	}
	title, people := r.splitTitlePeople(i, from)
	if len(people) == 0 && (!r.isTitleText(strings.TrimSpace(r.textOf(title))) || saysMissed(r.textOf(title))) {
		return
	}
	d := r.add(title)
	d.listed = true
	d.part = part
	d.addSpeakers(people)
	d.anchored = true
	if r.note.Lines[i].Kind != note.Heading {
		r.lines[i].role = usedRole
	}
}

// timedFormat reads an entry that is a format alone, "09:10 KEYNOTE", whose speaker and
// title stand below.
func (r *reader) timedFormat(i, from int, part string) bool {
	word := strings.TrimRight(strings.TrimSpace(r.lines[i].text[from:]), "0123456789一二三四五六七八九十 #:：")
	if formatWord(word) == "" || i+1 >= len(r.lines) || !r.note.Lines[i+1].Matter() {
		return false
	}
	r.lines[i].role, r.lines[i].part = breakRole, part
	return true
}

// saysMissed holds for what a note-taker writes beside a time instead of a title.
func saysMissed(text string) bool {
	lower := strings.ToLower(strings.TrimSpace(text))
	for _, word := range []string{"hm ", "hmm", "skipped", "skip ", "missed", "left ", "arrived", "late ", "hallway", "no talk", "nothing", "went to", "walked", "didn't", "did not", "slept", "没去", "没听", "翘了", "翘掉", "迟到", "错过", "溜了", "跳过", "没赶上", "出去"} {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// timedLabels reads an entry that says what is what: "09:00-09:40 题目：… 报告人：…",
// "… Title 主讲：NAME ORG", "… Panel：A、B 主持：C".
func (r *reader) timedLabels(i, from int, part string) bool {
	const roles = lexicon.SpeakerLabel | lexicon.GuestLabel | lexicon.HostLabel | lexicon.TitleLabel
	b := block{reader: r, start: i}
	labels := slices.DeleteFunc(slices.Clone(r.lines[i].labels), func(l label) bool {
		return l.start < from || formatOf(l.word) == "panel" && !r.namesPeople(l.value)
	})
	for k := range labels {
		b.take(i, &labels[k])
	}
	if b.seen&roles == 0 || len(b.speakers) == 0 && len(b.hosts) == 0 {
		return false
	}
	title := b.title
	if !b.titled {
		end := labels[0].start
		if end <= from {
			end = from + len(labels[0].word) // "Panel：A、B": the label is all the name there is
		}
		title = r.span(i, from, end)
	}
	b.giveAffiliation()
	d := r.add(title)
	d.listed, d.anchored, d.part = true, true, part
	d.addSpeakers(b.speakers)
	d.hosts = append(d.hosts, b.hosts...)
	if b.room != "" {
		d.room = b.room
	}
	r.lines[i].role = usedRole
	return true
}

// splitTitlePeople cuts a programme entry into its title and its people, at a
// divider, a bracket at the end, or before the longest run of words that is people.
func (r *reader) splitTitlePeople(i, from int) (Span, []Speaker) {
	text := r.lines[i].text
	from += formatPrefix(text[from:])
	for _, layout := range []func(int, int, bool) (entry, bool){r.bookMarksPeople, r.markedTitle, r.formatThenPeople, r.titleDashPeople, r.titleAtEnd, r.nameColonTitle, r.nameOnTitle} {
		if e, ok := layout(i, from, true); ok {
			return e.title, e.people
		}
	}
	separators := " \t　,，/"
	if strings.Contains(text[from:], ", ") {
		separators = "," // the words between commas belong together
	}
	for at := from; at < len(text); {
		gap := strings.IndexAny(text[at:], separators)
		if gap < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[at+gap:])
		head, tail := strings.TrimSpace(text[from:at+gap]), text[at+gap+size:]
		if utf8.RuneCountInString(head) >= 2 {
			if people := r.grammar.People(tail, name.Shape); people != nil {
				return r.span(i, from, at+gap), r.speakers(people, i, at+gap+size)
			}
		}
		at += gap + size
	}
	return r.peopleBeforeTitle(i, from)
}

// isWholeTitle reports whether a text behind people is the title of a talk: neither
// people nor what belongs to them.
func (r *reader) isWholeTitle(text string) bool {
	if utf8.RuneCountInString(text) < 4 || !r.isTitleText(text) || r.grammar.IsTitle(text) || r.grammar.People(text, name.Labelled) != nil {
		return false
	}
	covered := 0
	for _, a := range r.grammar.Institutions(text) {
		if a.Known != nil || a.Parent != "" || organizationEnd(a.Name) != "" {
			covered += a.End - a.Start
		}
	}
	return covered*2 < len(text)
}

// besideHan reports whether a Han character or a bracket stands on either side of a
// space.
func besideHan(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], " "))
	return unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after) || before == ')' || before == '）'
}

// peopleBeforeTitle cuts an entry behind the longest run of words that is people:
// "NAME（ORG） Title", "NAME，ORG，Title". All of it is the title when there is none.
func (r *reader) peopleBeforeTitle(i, from int) (Span, []Speaker) {
	text := r.lines[i].text
	whole := r.span(i, from, len(text))
	for end := len(text); end > from; {
		gap := strings.LastIndexAny(text[from:end], " \t　,，）)")
		if gap < 0 {
			break
		}
		end = from + gap
		_, size := utf8.DecodeRuneInString(text[end:])
		stop := end
		if c := text[end : end+size]; c == "）" || c == ")" {
			stop += size
		}
		title := strings.Trim(text[end+size:], " \t　,，、:：-–—")
		if !strings.ContainsAny(text[end:end+size], ",，)）\t　") && !besideHan(text, end) || !r.isWholeTitle(title) {
			continue
		}
		if people := r.grammar.People(text[from:stop], name.Shape); people != nil {
			start := strings.LastIndex(text, title)
			return r.span(i, start, start+len(title)), r.speakers(people, i, from)
		}
	}
	return whole, nil
}
