package outline

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// assemble merges drafts of one talk, gives each its lines, and sets days, half-days
// and sessions by walking down the note.
func (r *reader) assemble() {
	slices.SortStableFunc(r.drafts, func(a, b *draft) int { return a.line - b.line })
	r.mergeListed()
	r.dropUntitled()
	r.drafts = slices.DeleteFunc(r.drafts, func(d *draft) bool { return d.merged })
	r.panelGuests()
	r.dialogues()
	r.trimOwnNames()
	r.drafts = slices.DeleteFunc(r.drafts, func(d *draft) bool { return r.isCeremony(d) })
	r.nestSessions()
	w := walk{reader: r, session: -1, opened: map[*draft]int{}}
	w.day = r.soleDay()
	w.running = slices.ContainsFunc(r.drafts, func(d *draft) bool { return d.prose })
	w.owner = r.owners()
	for i := range r.lines {
		w.line(i)
	}
	w.close(len(r.lines))
	r.placeTellings(w.opened)
	r.hostsOfTalks()
	r.settleInitials()
	r.settleShared()
	r.biographies()
	r.fillAffiliations()
	r.extendEvent()
	r.checkDates()
	r.placeFromTalks()
}

// dropUntitled takes back the drafts of whose title nothing is left but marks.
func (r *reader) dropUntitled() {
	for _, d := range r.drafts {
		if strings.TrimSpace(d.title) != "" {
			continue
		}
		d.merged = true
		if r.lines[d.line].draft == d {
			r.lines[d.line].draft = nil
		}
		if r.lines[d.at.Line].draft == d {
			r.lines[d.at.Line].draft = nil
		}
	}
}

// trimOwnNames leaves the speaker's name out of a title that begins with it, where a
// label names the speaker again: "Ada Miller: Title".
func (r *reader) trimOwnNames() {
	for _, d := range r.drafts {
		for _, s := range d.speakers {
			rest, ok := strings.CutPrefix(d.title, s.Name)
			title := strings.TrimLeft(rest, " :：-–—")
			if !ok || !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "：") && !strings.HasPrefix(rest, " - ") || !r.isTitleText(title) || !strings.HasSuffix(r.textOf(d.at), title) {
				continue
			}
			d.at.Start = d.at.End - len(title)
			d.title = title
			break
		}
	}
}

// mergeListed joins a talk of a programme with the notes on it further down, told by
// its title.
func (r *reader) mergeListed() {
	if !slices.ContainsFunc(r.drafts, func(d *draft) bool { return d.listed }) {
		return
	}
	index := r.titleLines()
	r.mergeRepeated(index)
	r.joinBarePanel()
	for _, listed := range slices.Clone(r.drafts) {
		if !listed.listed || listed.merged {
			continue
		}
		index.after(listed.title, listed.line, func(i int) bool {
			other := r.lines[i].draft
			if other == listed || other == nil && r.lines[i].role == usedRole || other != nil && !sameTitle(other.title, listed.title) {
				return true
			}
			r.join(listed, other, i)
			return false
		})
	}
}

// mergeRepeated joins the entries of a programme that stands behind the notes to the
// talks above; one entry may name two talks at once: "A / B".
func (r *reader) mergeRepeated(index *titleIndex) {
	for _, listed := range r.drafts {
		if !listed.listed || len(listed.speakers) > 0 {
			continue
		}
		pieces := strings.Split(listed.title, " / ")
		found := 0
		for _, piece := range append(pieces, listed.title) {
			if d := r.earlierTalk(index, piece, listed.line); d != nil {
				found++
				if d.part == "" && len(pieces) == 1 {
					d.part = listed.part
				}
			}
		}
		if found > 0 && (len(pieces) == 1 || found >= len(pieces)) {
			listed.merged = true
			r.lines[listed.line].draft, r.lines[listed.line].role = nil, breakRole
		}
	}
}

// joinBarePanel joins the notes below "Panel" and nothing more to the only panel of the
// programme.
func (r *reader) joinBarePanel() {
	var listed, bare *draft
	for _, d := range r.drafts {
		if d.format != "panel" || d.merged {
			continue
		}
		named := panelWordEnd(d.title) < len(d.title)
		switch {
		case named && d.listed && listed == nil:
			listed = d
		case !named && !d.listed && bare == nil:
			bare = d
		default:
			return
		}
	}
	if listed != nil && bare != nil && bare.line > listed.line && len(bare.speakers) == 0 {
		r.join(listed, bare, bare.line)
	}
}

// earlierTalk returns the talk above a line that has a title and notes of its own.
func (r *reader) earlierTalk(index *titleIndex, title string, line int) *draft {
	var found *draft
	index.after(title, -1, func(i int) bool {
		if i >= line {
			return false
		}
		if d := r.lines[i].draft; d != nil && !d.listed && sameTitle(d.title, title) {
			found = d
		}
		return found == nil
	})
	return found
}

// titleLines indexes the lines that may be the title of a talk listed before.
func (r *reader) titleLines() *titleIndex {
	index := newTitleIndex()
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if !l.Matter() || in.role == usedRole && in.draft == nil || l.Kind == note.Bullet && l.Level > 0 || l.Kind == note.TableRow {
			continue
		}
		if in.draft != nil {
			index.add(in.draft.title, i)
		} else if len(in.text) <= maxTitleLine {
			index.add(strings.TrimLeft(in.text, "■●◆▪►☆★-–—# "), i)
		}
	}
	return index
}

// maxTitleLine bounds the bytes of a line that can be a title.
const maxTitleLine = 600

// join lets the notes below line i count to a listed talk.
func (r *reader) join(listed, other *draft, i int) {
	if other != nil {
		listed.addSpeakers(other.speakers)
		listed.hosts = append(listed.hosts, other.hosts...)
		for line := range other.used {
			listed.used[line] = true
		}
		other.merged = true
	}
	listed.used[i] = true
	listed.also = append(listed.also, [2]int{i, 0})
	r.lines[i].draft = listed
	r.lines[i].role = usedRole
	if j := r.next(i); j >= 0 && r.lines[j].role == body && r.lines[j].draft == nil {
		if people := r.people(j, name.Labelled); people != nil && len(listed.speakers) > 0 && fact.Key(people[0].Name) == fact.Key(listed.speakers[0].Name) {
			listed.used[j] = true
			r.lines[j].role = usedRole
		}
	}
}

// isCeremony holds for an entry of a programme that opens or closes the event and
// names nobody who speaks: it is no talk. Its line is used up.
func (r *reader) isCeremony(d *draft) bool {
	if !d.listed || len(d.speakers) > 0 || d.format != "opening" && d.format != "closing" {
		return false
	}
	r.outline.Hosts = append(r.outline.Hosts, d.hosts...)
	r.lines[d.line].draft, r.lines[d.line].role = nil, breakRole
	return true
}

// nestSessions turns headings above the talks' level into sessions.
func (r *reader) nestSessions() {
	for i := range r.lines {
		in, l := &r.lines[i], &r.note.Lines[i]
		if l.Kind == note.Heading && l.Matter() && in.draft == nil && in.role == body && r.holdsTalks(i) && !isGenericHead(in.text) {
			in.role = sessionRole
		}
	}
}

// walk carries the context down the note.
type walk struct {
	reader  *reader
	day     string
	part    string
	session int
	talk    int  // index of the talk that lines belong to now, plus one
	also    int  // index into its further runs, plus one
	level   int  // heading level of the open session
	running bool // the talks were read from running text
	owner   map[int]*draft
	opened  map[*draft]int // index of the talk of a draft
}

// owners tells which talk the lines that say who and when belong to, for those that
// stand above the line of its title.
func (r *reader) owners() map[int]*draft {
	owner := map[int]*draft{}
	for _, d := range r.drafts {
		for line := range d.used {
			if line < d.line && !d.listed {
				owner[line] = d
			}
		}
	}
	return owner
}

func (w *walk) line(i int) {
	r := w.reader
	in, l := &r.lines[i], &r.note.Lines[i]
	if !l.Matter() && in.draft == nil {
		return
	}
	if l.Kind == note.Heading {
		w.headingContext(in.text)
	} else if w.running && in.role == body {
		w.proseContext(in.text)
	}
	for _, d := range in.prose {
		w.close(i)
		w.open(d, i)
	}
	switch {
	case in.draft != nil:
		w.close(i)
		w.open(in.draft, i)
	case w.owner[i] != nil && !w.isOpen(w.owner[i]):
		w.close(i)
	case in.role == dateRole:
		w.close(i)
		w.dateLine(i)
		if l.Kind == note.Heading {
			w.session, w.level = -1, 0
			if dayNumber(in.text) > 0 || r.holdsTalks(i) && len(findDates(in.text)) == 0 && weekdayOf(in.text) < 0 && partOf(in.text) == "" {
				w.openSession(i)
			}
		} else {
			w.session = -1
		}
	case in.role == sessionRole:
		w.close(i)
		w.openSession(i)
	case l.Kind == note.Heading && w.talk > 0 && l.Level <= w.talkLevel() && in.role == body:
		w.close(i)
	case in.role == breakRole && w.talk > 0 && (w.talkLevel() == 0 || l.Kind == note.Heading):
		w.close(i)
	}
}

// isOpen reports whether the open talk is the one of a draft.
func (w *walk) isOpen(d *draft) bool {
	return w.talk > 0 && w.reader.outline.Talks[w.talk-1].At == d.at
}

// talkLevel is the heading level of the open talk; 0 when its title is no heading.
func (w *walk) talkLevel() int { return w.reader.outline.Talks[w.talk-1].level }

// headingContext takes a half-day or weekday that a heading names beside other words.
func (w *walk) headingContext(text string) {
	if part := partOf(text); part != "" && len(text) < 60 {
		w.part = part
	}
	if weekday := weekdayOf(text); weekday >= 0 && len(text) < 60 {
		if date := w.reader.dateOfWeekday(weekday); date != "" {
			w.day = date
		}
	}
}

// proseContext takes the day and half-day that a paragraph opens with.
func (w *walk) proseContext(text string) {
	head := text[:min(len(text), 60)]
	for len(head) > 0 && !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	if dates := findDates(head); len(dates) > 0 && dates[0].first.day > 0 && dates[0].first == dates[0].last {
		if date := w.reader.dayOf(dates[0].first); date != "" {
			if date != w.day {
				w.part = ""
			}
			w.day = date
		}
	} else if weekday := weekdayOf(head); weekday >= 0 {
		if date := w.reader.dateOfWeekday(weekday); date != "" {
			w.day = date
		}
	} else if number := dayNumber(head); number > 0 {
		if date := w.reader.nthDay(number); date != "" {
			w.day = date
		}
	} else if number := dayOfMonth(head); number > 0 {
		if date := w.reader.dateOfNumber(number); date != "" {
			w.day, w.part = date, ""
		}
	}
	if part := partOf(head); part != "" {
		w.part = part
	}
}

// dayOfMonth reads "6号" or "6日" at the head of a text; 0 when there is none.
func dayOfMonth(text string) int {
	c := cursor{text: text}
	number, ok := c.number(2)
	if !ok || number > 31 || !c.any("号", "日") {
		return 0
	}
	return number
}

// dateOfNumber returns the only day of the event with a number in its month.
func (r *reader) dateOfNumber(number int) string {
	start := parseISO(r.outline.Event.Start)
	for n := 0; start.known() && n < 14 && start.plus(n).iso() <= r.outline.Event.End; n++ {
		if d := start.plus(n); d.day == number {
			return d.iso()
		}
	}
	return ""
}

// dateLine sets day and half-day, and repairs a day that does not exist.
func (w *walk) dateLine(i int) {
	r := w.reader
	text := r.lines[i].text
	if dates := findDates(text); len(dates) > 0 {
		w.part = ""
		if dates[0].first == dates[0].last {
			w.day = r.dateAt(i, dates[0], w.day)
		}
	} else if d, ok := shortDate(text); ok {
		w.part = ""
		if before := parseISO(w.day); before.known() {
			d.year = before.year
		}
		if date := r.dayOf(d); date != "" {
			w.day = date
		}
	} else if number := dayNumber(text); number > 0 {
		w.part = ""
		if date := r.nthDay(number); date != "" {
			w.day = date
		}
	} else if weekday := weekdayOf(text); weekday >= 0 {
		w.part = ""
		if date := r.dateOfWeekday(weekday); date != "" {
			w.day = date
		}
	}
	if part := partOf(text); part != "" {
		w.part = part
	}
}

func (w *walk) openSession(i int) {
	r := w.reader
	l := &r.note.Lines[i]
	span := r.whole(i)
	session := Session{Name: r.textOf(span), At: span, Date: w.day, Part: w.part, Room: r.roomIn(i)}
	if l.Kind == note.Heading {
		if number := dayNumber(session.Name); number > 0 {
			if date := r.nthDay(number); date != "" {
				w.day, session.Date = date, date
			}
			w.part, session.Part = partOf(session.Name), partOf(session.Name)
		}
	}
	if startsWithPart(session.Name) {
		w.part, session.Part = partOf(session.Name), partOf(session.Name)
	}
	if dates := findDates(session.Name); len(dates) == 1 && dates[0].first == dates[0].last && dates[0].first.day > 0 {
		if date := r.dayOf(dates[0].first); date != "" {
			w.day, session.Date = date, date
			w.part, session.Part = partOf(session.Name), partOf(session.Name)
		}
	}
	session.Name, session.At = r.withoutRoom(session.Name, span)
	r.outline.Sessions = append(r.outline.Sessions, session)
	w.session = len(r.outline.Sessions) - 1
	w.level = l.Level
}

// open starts the notes of a talk, or a further run of them.
func (w *walk) open(d *draft, i int) {
	r := w.reader
	if k, ok := w.opened[d]; ok {
		t := &r.outline.Talks[k]
		t.Also = append(t.Also, [2]int{i, len(r.lines)})
		w.talk, w.also = k+1, len(t.Also)
		return
	}
	t := Talk{Title: d.title, At: d.at, Session: w.session, Date: d.date, Part: d.part, Room: d.room, Format: d.format,
		Speakers: d.speakers, Hosts: d.hosts, From: i, To: len(r.lines), Used: d.used, level: d.level, anchored: d.anchored}
	if t.Date == "" {
		t.Date = w.day
	}
	if t.Part == "" && (d.date == "" || d.date == w.day) {
		t.Part = w.part
	}
	r.outline.Talks = append(r.outline.Talks, t)
	w.opened[d] = len(r.outline.Talks) - 1
	w.talk, w.also = len(r.outline.Talks), 0
	if d.listed && !r.isAnnotated(i) {
		w.close(i + 1)
	}
}

// isAnnotated reports whether notes stand right below an entry of a programme.
func (r *reader) isAnnotated(i int) bool {
	return i+1 < len(r.lines) && r.note.Lines[i+1].Matter() && r.note.Lines[i+1].Kind != note.Heading && r.lines[i+1].role == body && r.lines[i+1].draft == nil
}

func (w *walk) close(i int) {
	if w.talk == 0 {
		return
	}
	t := &w.reader.outline.Talks[w.talk-1]
	if w.also > 0 {
		t.Also[w.also-1][1] = i
	} else {
		t.To = i
	}
	w.talk, w.also = 0, 0
}

// soleDay returns the event's day when it has only one.
func (r *reader) soleDay() string {
	if r.outline.Event.Start == r.outline.Event.End {
		return r.outline.Event.Start
	}
	return ""
}

func parseISO(text string) day {
	var d day
	if _, err := fmt.Sscanf(text, "%d-%d-%d", &d.year, &d.month, &d.day); err != nil {
		return day{}
	}
	return d
}

// nthDay returns the n-th day of the event when it lies within its range.
func (r *reader) nthDay(n int) string {
	start := parseISO(r.outline.Event.Start)
	if !start.known() {
		return ""
	}
	date := start.plus(n - 1).iso()
	if r.outline.Event.End != "" && date > r.outline.Event.End && r.outline.Event.End != r.outline.Event.Start {
		return ""
	}
	return date
}

// dateOfWeekday returns the only day of the event with a weekday.
func (r *reader) dateOfWeekday(weekday int) string {
	start, end := parseISO(r.outline.Event.Start), r.outline.Event.End
	if !start.known() {
		return ""
	}
	found := ""
	for n := range 14 {
		d := start.plus(n)
		if d.iso() > end {
			break
		}
		if int(d.weekday()) == weekday {
			if found != "" {
				return ""
			}
			found = d.iso()
		}
	}
	return found
}

// dayOf completes a day by the event's year.
func (r *reader) dayOf(d day) string {
	if d.year == 0 {
		if start := parseISO(r.outline.Event.Start); start.known() {
			d.year = start.year
		} else {
			d.year = r.yearElsewhere()
		}
	}
	return d.iso()
}

// dateAt returns the date of a date line; one that does not exist is repaired when
// only one day is possible, and left empty otherwise, each with a warning.
func (r *reader) dateAt(i int, m dateMatch, before string) string {
	if date := r.dayOf(m.first); date != "" {
		return date
	}
	if m.first.valid() {
		return "" // a part of the date is missing, which is no fault
	}
	l := &r.note.Lines[i]
	raw := r.lines[i].text[m.start:m.end]
	if repaired := r.repair(m.first, before, r.dateAfter(i)); repaired != "" {
		r.outline.Diagnostics = append(r.outline.Diagnostics, r.note.Diagnostic(l, fact.Warning,
			fmt.Sprintf("the date %s does not exist; read as %s", raw, repaired), "correct the date in the notes if this is wrong"))
		return repaired
	}
	r.outline.Diagnostics = append(r.outline.Diagnostics, r.note.Diagnostic(l, fact.Warning,
		fmt.Sprintf("the date %s does not exist and is left out", raw), "correct the date in the notes"))
	return ""
}

// dateAfter returns the next date line's date below a line; "" when there is none.
func (r *reader) dateAfter(i int) string {
	for j := i + 1; j < len(r.lines); j++ {
		if r.lines[j].role != dateRole {
			continue
		}
		for _, m := range findDates(r.lines[j].text) {
			if date := r.dayOf(m.first); date != "" {
				return date
			}
		}
	}
	return ""
}

// repair looks for the one day of the event that differs from an impossible date
// in month or day only and keeps the order of the days around it.
func (r *reader) repair(bad day, before, after string) string {
	start, end := parseISO(r.outline.Event.Start), r.outline.Event.End
	if !start.known() {
		return ""
	}
	found := ""
	for n := range 60 {
		d := start.plus(n)
		date := d.iso()
		if date > end || after != "" && date > after {
			break
		}
		if date < before || d.year != bad.year || d.month != bad.month && d.day != bad.day {
			continue
		}
		if found != "" {
			return ""
		}
		found = date
	}
	return found
}

// roomIn returns the room that a session's line gives in 【】 or brackets.
func (r *reader) roomIn(i int) string {
	l := &r.note.Lines[i]
	for _, aside := range l.Asides {
		if text := strings.Trim(l.Raw[aside.Start:aside.End], "【】()（） "); isRoom(text) {
			return text
		}
	}
	text := r.lines[i].text
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}} {
		if open := strings.LastIndex(text, pair[0]); open >= 0 {
			if inner := strings.TrimSuffix(text[open+len(pair[0]):], pair[1]); isRoom(inner) {
				return strings.TrimSpace(inner)
			}
		}
	}
	return ""
}

// isRoom holds for short names that end or begin as rooms do.
func isRoom(text string) bool {
	for _, suffix := range []string{"厅", "室", "楼", "教室", "会场", "中心", "礼堂", "馆", "层"} {
		if strings.HasSuffix(text, suffix) && len(text) < 40 {
			return true
		}
	}
	lower := strings.ToLower(text)
	for _, word := range []string{"room ", "hall ", "auditorium", "theatre", "theater", "ballroom"} {
		if strings.HasPrefix(lower, word) || strings.HasSuffix(lower, " "+strings.TrimSpace(word)) {
			return len(text) < 60
		}
	}
	return false
}

// withoutRoom leaves a room in brackets out of a session's name.
func (r *reader) withoutRoom(name string, at Span) (string, Span) {
	for _, bracket := range []string{"【", "(", "（"} {
		if open := strings.LastIndex(name, bracket); open > 0 && isRoom(strings.Trim(name[open:], "【】()（） ")) {
			trimmed := strings.TrimRight(name[:open], " 　")
			at.End = at.Start + len(trimmed)
			return trimmed, at
		}
	}
	return name, at
}

// hostsOfTalks drops hosts that speak in the same talk.
func (r *reader) hostsOfTalks() {
	for k := range r.outline.Talks {
		t := &r.outline.Talks[k]
		t.Hosts = slices.DeleteFunc(t.Hosts, func(h Speaker) bool {
			return slices.ContainsFunc(t.Speakers, func(s Speaker) bool { return fact.Key(s.Name) == fact.Key(h.Name) })
		})
	}
}

// fillAffiliations gives a speaker without institution the one that the same note
// gives the same name elsewhere, when the name has no other there.
func (r *reader) fillAffiliations() {
	known := map[string][]Affiliation{}
	conflict := map[string]bool{}
	each := func(s *Speaker) {
		key := fact.Key(s.Name)
		if len(s.Affiliations) == 0 {
			return
		}
		if old, ok := known[key]; ok && fact.Key(old[0].Name) != fact.Key(s.Affiliations[0].Name) {
			conflict[key] = true
		}
		if _, ok := known[key]; !ok {
			known[key] = s.Affiliations
		}
	}
	for k := range r.outline.Talks {
		for i := range r.outline.Talks[k].Speakers {
			each(&r.outline.Talks[k].Speakers[i])
		}
	}
	for i := range r.outline.Hosts {
		each(&r.outline.Hosts[i])
	}
	for i := range r.directory {
		each(&r.directory[i])
	}
	for k := range r.outline.Talks {
		for i := range r.outline.Talks[k].Speakers {
			s := &r.outline.Talks[k].Speakers[i]
			if key := fact.Key(s.Name); len(s.Affiliations) == 0 && !conflict[key] {
				s.Affiliations = known[key]
			}
		}
	}
}

// extendEvent lets an event of one day last until its last talk, where the talks say
// their days themselves: a series, or a table with a column of days.
func (r *reader) extendEvent() {
	event := &r.outline.Event
	if event.Start != event.End {
		return
	}
	for _, d := range r.drafts {
		if event.Start == "" || d.date != "" && event.End == event.Start && d.date < event.Start && event.fromTalks {
			event.Start, event.End, event.fromTalks = d.date, d.date, true
		}
	}
	for _, d := range r.drafts {
		if d.date > event.End && event.Start != "" && d.date[:4] == event.Start[:4] {
			event.End = d.date
		}
	}
}

// checkDates warns of talks whose day lies outside the event.
func (r *reader) checkDates() {
	event := &r.outline.Event
	if event.Start == "" || event.Start == event.End {
		return
	}
	for k := range r.outline.Talks {
		t := &r.outline.Talks[k]
		if t.Date != "" && (t.Date < event.Start || t.Date > event.End) {
			l := &r.note.Lines[t.At.Line]
			r.outline.Diagnostics = append(r.outline.Diagnostics, r.note.Diagnostic(l, fact.Warning,
				fmt.Sprintf("the talk's day %s lies outside the event (%s to %s)", t.Date, event.Start, event.End), "check the dates in the notes"))
		}
	}
}

// placeFromTalks takes the room that all talks share as the event's place when the
// notes name no other.
func (r *reader) placeFromTalks() {
	if r.outline.Event.Place != "" {
		return
	}
	place, rooms := "", 0
	for _, t := range r.outline.Talks {
		if t.Room == "" {
			continue
		}
		if place != "" && t.Room != place {
			return
		}
		place = t.Room
		rooms++
	}
	if rooms >= 2 {
		r.outline.Event.Place = place
	}
}
