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

// headLines bounds how many lines with matter may name the event and its dates.
const headLines = 14

// readEvent finds the event's name, dates, place and theme in the head of the note.
func (r *reader) readEvent() {
	r.nameEvent()
	r.eventFromMeta()
	r.eventReport()
	r.dateBesideName()
	seen := 0
	for i := range r.lines {
		in := &r.lines[i]
		if !r.note.Lines[i].Matter() {
			continue
		}
		if seen++; seen > headLines || r.opensTalks(i) {
			break
		}
		if r.saysPosted(i) {
			continue
		}
		r.eventLabels(i)
		if in.role != labelRole {
			r.eventDateLine(i)
			if in.role == body && r.outline.Event.Place == "" && isRoom(in.text) && r.note.Lines[i].Kind == note.Paragraph {
				r.outline.Event.Place = strings.TrimSpace(in.text)
			}
		}
	}
	r.dropPlace()
	r.postedDay()
	r.dateFromContainer()
}

// reportLines bounds how many lines with matter may report that the event took place.
const reportLines = 6

// eventReport reads the day and the place out of a sentence that reports the event:
// "2024年6月15日，由…主办的“…”在苏州顺利举行". It is surer than other days in the head,
// such as when a page was posted.
func (r *reader) eventReport() {
	seen := 0
	for i := range r.lines {
		if !r.note.Lines[i].Matter() {
			continue
		}
		if seen++; seen > reportLines {
			return
		}
		for _, piece := range sentences(r.lines[i].text) {
			sentence := r.lines[i].text[piece[0]:piece[1]]
			verb := heldAt(sentence)
			dates := findDates(sentence[:max(verb, 0)])
			if len(dates) == 0 || dates[0].start > 0 {
				continue
			}
			r.setEventDates(sentence[:verb])
			if at := strings.LastIndex(sentence[:verb], "在"); at > 0 && r.outline.Event.Place == "" && utf8.RuneCountInString(sentence[at:verb]) <= 24 {
				r.outline.Event.Place = placeIn(sentence[at+len("在") : verb])
			}
			return
		}
	}
}

// metaNames, metaPlaces, metaStarts and metaEnds are the keys of front matter that say
// what the notes are about, where and when it was.
var (
	metaNames  = []string{"event", "conference", "meeting", "会议", "活动"}
	metaPlaces = []string{"place", "venue", "location", "city", "地点"}
	metaStarts = []string{"start", "start_date", "startdate", "begin", "dates", "event_date", "date", "日期", "时间"}
	metaEnds   = []string{"end", "end_date", "enddate"}
)

// meta returns the value of the first of some keys of the front matter that has one.
func (r *reader) meta(keys []string) string {
	for _, key := range keys {
		if value := strings.Trim(r.note.Meta[key], "[]\"'"); value != "" {
			return value
		}
	}
	return ""
}

// eventFromMeta takes place and days from the front matter; a day of publication is
// used only where the notes give no other (dateFromContainer).
func (r *reader) eventFromMeta() {
	event := &r.outline.Event
	if place := r.meta(metaPlaces); place != "" {
		event.Place = place
	}
	end := findDates(r.meta(metaEnds))
	for _, key := range metaStarts {
		start := findDates(r.note.Meta[key])
		if len(start) == 0 || key == "date" && len(end) == 0 && start[0].first == start[0].last || event.Start != "" {
			continue
		}
		event.Start, event.End = start[0].first.iso(), start[0].last.iso()
		if len(end) > 0 && end[0].last.iso() > event.Start {
			event.End = end[0].last.iso()
		}
	}
}

// nameFromMeta takes the event's name from the line of the front matter that gives it.
func (r *reader) nameFromMeta(keys []string) {
	value := r.meta(keys)
	if value == "" {
		return
	}
	for i, l := range r.note.Lines {
		if l.Kind != note.FrontMatter {
			continue
		}
		key := strings.ToLower(strings.TrimSpace(strings.FieldsFunc(l.Raw+":", func(c rune) bool { return c == ':' || c == '=' })[0]))
		if at := strings.Index(l.Raw, value); at > 0 && slices.Contains(keys, key) {
			r.setEventName(Span{i, at, at + len(value)})
			return
		}
	}
}

// heldAt returns the byte of the words that say that an event was held; -1 when a
// sentence has none.
func heldAt(sentence string) int {
	for _, verb := range placeVerbs {
		if at := strings.Index(sentence, verb); at >= 0 {
			return at
		}
	}
	return -1
}

// opensTalks reports whether a line belongs to the programme and no longer to the head.
func (r *reader) opensTalks(i int) bool {
	in, l := &r.lines[i], &r.note.Lines[i]
	if in.role == eventRole || l.Kind == note.Heading && isGenericHead(in.text) || in.role == labelRole && in.labels[0].cue&(lexicon.SpeakerLabel|lexicon.TitleLabel) == 0 {
		return false
	}
	_, size := clock(in.text)
	timed := size > 0 || in.timed
	if in.role == body && l.Kind == note.Paragraph && inQuotes(in.text[:max(0, strings.LastIndexAny(in.text, `"”`)+1)]) {
		if e, ok := r.entryOf(i); ok && e.strong {
			return true
		}
	}
	if in.role == body && (l.Kind == note.Numbered || l.Kind == note.Bullet) && r.outline.Event.Name != "" {
		if _, ok := r.entryOf(i); ok {
			return true
		}
	}
	return in.role == sessionRole || in.role == dateRole && l.Number > 6 && r.outline.Event.Start != "" || in.role == labelRole || l.Kind == note.Heading && r.outline.Event.Name != "" && in.role != dateRole && l.Level > 1 || timed
}

// nameEvent takes the name from a label, the front matter, or the first title.
func (r *reader) nameEvent() {
	event := &r.outline.Event
	r.nameFromMeta(metaNames)
	if event.Name == "" {
		r.nameFromMeta([]string{"title"})
	}
	if event.Name == "" {
		r.nameFromSubject()
	}
	first := -1
	for i, seen := 0, 0; i < len(r.lines) && seen < 5; i++ {
		l, in := &r.note.Lines[i], &r.lines[i]
		if !l.Matter() {
			continue
		}
		seen++
		if l.Kind == note.Heading && l.Level > 1 && r.isOneOfTalks(i) {
			break // and so do notes that begin with a talk
		}
		if first < 0 && r.opensProgramme(i) {
			break // the notes begin with a part of an event that they do not name
		}
		if in.role == dateRole || in.role == labelRole || in.role == usedRole || genericHeads[strings.ToLower(strings.Trim(in.text, " *_:：#"))] {
			continue
		}
		if first < 0 && utf8.RuneCountInString(in.text) <= 90 && (l.Kind == note.Paragraph || l.Kind == note.Heading) && !strings.Contains(in.text, "。") {
			first = i
		}
		if l.Kind == note.Heading && l.Level == 1 && (first < 0 || r.note.Lines[first].Kind != note.Heading) {
			first = i
			break
		}
	}
	if first < 0 || event.Name == "" && (!namesEvent(r.lines[first].text) || isMostlyHan(r.lines[first].text) && eventSize(r.lines[first].text) == 0) {
		if r.eventInProse() {
			if first >= 0 && isSlug(r.lines[first].text) {
				r.lines[first].role = eventRole
			}
			return
		}
	}
	if event.Name != "" && tellsOfNotes(event.Name) {
		r.eventInProse()
	}
	if first < 0 {
		return
	}
	if event.Name == "" || fact.Key(r.lines[first].text) == fact.Key(event.Name) || r.note.Lines[first].Kind == note.Heading && r.note.Lines[first].Level == 1 {
		r.lines[first].role = eventRole
		if event.Name == "" {
			r.setEventName(r.whole(first))
		}
	}
}

// isOneOfTalks holds for a heading that is a talk with its speaker, as the next heading
// of its level is.
func (r *reader) isOneOfTalks(i int) bool {
	if e, ok := r.entryOf(i); !ok || !e.strong {
		return false
	}
	level := r.note.Lines[i].Level
	for j := i + 1; j < len(r.lines); j++ {
		if l := &r.note.Lines[j]; l.Kind == note.Heading && l.Matter() && l.Level <= level {
			e, ok := r.entryOf(j)
			return ok && l.Level == level && (e.strong || r.anyFrequent(e.people))
		}
	}
	return false
}

// opensProgramme holds for a line that opens a session and is no event's name: it
// names a half-day or a day without a year, or is a word for talks and nothing else.
func (r *reader) opensProgramme(i int) bool {
	in := &r.lines[i]
	if in.role != sessionRole {
		return false
	}
	dates := findDates(in.text)
	if len(dates) > 0 && dates[0].first.year > 0 {
		return false
	}
	bare := strings.Trim(withoutDates(in.text), " *_:：-—■●◆【】[]")
	return bare != strings.Trim(in.text, " *_:：-—■●◆【】[]") || wholeSessions[strings.ToLower(bare)]
}

// nameFromSubject takes the subject of a mail in the first lines as the event's name.
func (r *reader) nameFromSubject() {
	for i := 0; i < min(len(r.lines), 4); i++ {
		in := &r.lines[i]
		for _, word := range []string{"subject: ", "re: ", "主题行：", "邮件主题："} {
			if strings.HasPrefix(strings.ToLower(in.text), word) {
				in.role, in.labels = eventRole, nil
				r.setEventName(r.span(i, len(word), len(in.text)))
				return
			}
		}
	}
}

// eventEndings end the names of events in Chinese text; the longest first.
var eventEndings = []string{"研讨会", "讨论会", "交流会", "报告会", "年会", "大会", "峰会", "会议", "论坛", "沙龙", "工作坊", "暑期学校", "冬令营", "夏令营", "研讨班", "讲习班", "分享会", "技术日", "开放日"}

// namesEvent reports whether a line can name an event: it is no sentence on going there.
func namesEvent(text string) bool {
	for _, word := range attended {
		if strings.Contains(text, word) {
			return false
		}
	}
	lower := strings.ToLower(text)
	for _, word := range []string{"i went ", "i attended ", "hi all", "hello all", "there was ", "there were "} {
		if strings.HasPrefix(lower, word) {
			return false
		}
	}
	if isSlug(text) || tellsOfNotes(text) {
		return false
	}
	return !strings.HasSuffix(text, ".") || strings.Count(text, " ") < 8
}

// isSlug holds for a name as files and folders have it: "data-days-2023".
func isSlug(text string) bool {
	return !strings.Contains(text, " ") && strings.ContainsAny(text, "-_") && strings.ToLower(text) == text && isLatin(text)
}

func isLatin(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// tellsOfNotes holds for the title of a post that speaks of its writer rather than of
// the event: "What I brought home from …".
func tellsOfNotes(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"what i ", "what we ", "how i ", "why i ", "my week ", "my days ", "my trip ", "some thoughts ", "thoughts on ", "two days ", "three days ", "a day at ", "a week at "} {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// attended stand before the name of an event in a sentence.
var attended = []string{"会是", "会议是", "参加的是", "去的是", "这次是", "听的是", "跑去参加", "跑去听了", "去听了", "开了", "参加了", "出席了", "旁听了", "听了", "赶上了", "参与了"}

// attendedEnglish stand before the name of an event in an English sentence.
var attendedEnglish = []string{"went to the ", "went to ", "attended the ", "attended ", "visited the ", "was at the ", "was at ", "back from the ", "back from ", "attend the ", "attend ", "notes from the ", "notes from ", "days at the ", "days at ", "week at the ", "week at ", "notes on the ", "notes on "}

// englishEvent reads the event's name out of "I went to the Data Protection Forum in
// Ghent on …": a run of capitalised words.
func (r *reader) englishEvent(i int) bool {
	text := r.lines[i].text
	lower := strings.ToLower(text)
	for _, word := range append(attendedEnglish, daysIn(lower)) {
		at := strings.Index(lower, word)
		if at < 0 || word == "" {
			continue
		}
		start := at + len(word)
		start += len(text[start:]) - len(strings.TrimLeft(text[start:], "*_"))
		size := eventRun(strings.TrimRight(text[start:], "*_"))
		if size == 0 {
			continue
		}
		place := placeIn(cityBehind(text[start+size:]))
		if place == "" {
			place = cityBefore(text[:start])
		}
		r.setEventName(r.span(i, start, start+size))
		if place != "" || r.outline.Event.Place == "" {
			r.outline.Event.Place = place
		}
		return true
	}
	return false
}

// daysIn returns the words "days in bergen at " of a text, which the event's name
// follows; "" when it has none.
func daysIn(lower string) string {
	for _, opening := range []string{"days in ", "day in ", "week in "} {
		start := strings.Index(lower, opening)
		if start < 0 {
			continue
		}
		stop := strings.Index(lower[start:], " at ")
		if stop > 0 && stop < len(opening)+24 {
			return lower[start : start+stop+len(" at ")]
		}
	}
	return ""
}

// cityBefore returns the city in "spent two days in Bergen at" before the event's name.
func cityBefore(text string) string {
	head, ok := strings.CutSuffix(strings.TrimRight(text, " "), " at")
	if !ok {
		head = strings.TrimRight(text, " ")
	}
	at := strings.LastIndex(head, " in ")
	if at < 0 || strings.Count(head[at+len(" in "):], " ") > 1 {
		return ""
	}
	return placeIn(head[at+len(" in "):])
}

// eventRun returns the size of the run of words with a capital or a digit at the
// head of a text, of which two at least have one.
func eventRun(text string) int {
	end, count := 0, 0
	for at := 0; at < len(text); {
		stop := strings.IndexAny(text[at:], " ,.(;:*")
		if stop < 0 {
			stop = len(text) - at
		}
		word := text[at : at+stop]
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsUpper(first) || isDigit(first):
			end = at + stop
			count++
		case count > 0 && (word == "on" || word == "of" || word == "for" || word == "and" || word == "&"):
		default:
			at = len(text)
			continue
		}
		if at+stop >= len(text) || text[at+stop] != ' ' {
			break
		}
		at += stop + 1
	}
	if count < 2 {
		return 0
	}
	return end
}

// cityBehind returns what stands behind "in" up to the next small word.
func cityBehind(text string) string {
	rest, ok := strings.CutPrefix(text, " in ")
	if !ok {
		return ""
	}
	size := 0
	for _, word := range strings.SplitAfter(rest, " ") {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) {
			break
		}
		size += len(word)
		if strings.ContainsAny(word, ".;") {
			break
		}
	}
	return strings.TrimRight(rest[:size], " .,;")
}

// eventInProse reads the event's name out of "在西安参加了第五届图神经网络研讨会，…" in
// the first lines of a note.
func (r *reader) eventInProse() bool {
	for i, seen := 0, 0; i < len(r.lines) && seen < 3; i++ {
		if !r.note.Lines[i].Matter() {
			continue
		}
		seen++
		text := r.lines[i].text
		if r.englishEvent(i) {
			return true
		}
		for _, word := range attended {
			at := strings.Index(text, word)
			if at < 0 {
				continue
			}
			start := at + len(word)
			for _, span := range []string{"一整天的", "一天的", "两天的", "三天的", "半天的", "一场", "一个", "为期两天的", "为期三天的"} {
				if strings.HasPrefix(text[start:], span) {
					start += len(span)
				}
			}
			if size := eventSize(text[start:]); size > 0 {
				r.setEventName(r.span(i, start, start+size))
				return true
			}
		}
	}
	return false
}

// eventSize returns the size of an event's name at the head of a text: up to the
// last ending in its clause.
func eventSize(text string) int {
	clause := text
	if stop := strings.IndexAny(text, "，。；,;！!（("); stop >= 0 {
		clause = text[:stop]
	}
	size := 0
	for _, ending := range eventEndings {
		if at := strings.LastIndex(clause, ending); at > 0 {
			size = max(size, at+len(ending))
		}
	}
	if utf8.RuneCountInString(clause[:size]) > 30 {
		return 0
	}
	return size
}

var (
	notesPrefixes = []string{"notes from the ", "notes from ", "notes taken at the ", "notes taken at ", "notes taken in ", "reading notes from ", "reading notes on ", "what i learned at the ", "what i learned at ", "what i learned from ", "impressions from ", "impressions of ", "highlights from ", "highlights of ", "recap: ", "recap of ", "dispatches from ", "a report from ", "参加", "干货 | ", "干货｜", "回顾 | ", "回顾｜", "notes ", "notes on the ", "notes on ", "notes of ", "notes for ", "notes, ", "notes: ", "my notes on ", "my notes from ", "trip report: ", "trip report from ", "conference report: ", "conference notes: ", "report: ", "talk notes: ", "summary of ", "【笔记】", "【会议笔记】", "参会笔记：", "参会笔记:", "会议笔记：", "记录：", "听会笔记：", "my trip report | ", "trip report | ", "trip report - ", "trip report – ", "trip report — ", "my trip report: "}
	notesSuffixes = []string{": my raw notes", ": my favourite talks", ": my favorite talks", ": my highlights", ": a report", ": my notes", ", my notes", ", some notes", ", day notes", ", notes", " recap", " rough notes", " raw notes", " highlights", " report", "报告记录", "课程记录", "的一些", "一些", "部分", "演讲整理", "报告整理", "内容整理", "整理", "精彩回顾", "回顾", "心得", "观后感", "的", ": notes", " - notes", " – notes", " — notes", " notes", " trip report", "参会手记", "参会札记", "学习记录", "参会记录", "听讲记录", "随手记", "随手笔记", "参会笔记", "听会笔记", "会议笔记", "学习笔记", "听课笔记", "笔记", "手记", "札记", "会议记录", "听会记录", "记录汇总", "会议纪要", "纪要", "流水账", "备忘", "小记", "随记", "速记", "见闻", "参会总结", "总结", "记录", "日程", "的几点", "的一点"}
)

// setEventName takes a span as the event's name, without the words that say that
// these are notes on it, and without a date behind it.
func (r *reader) setEventName(s Span) {
	text := r.textOf(s)
	lower := strings.ToLower(text)
	for _, prefix := range notesPrefixes {
		if strings.HasPrefix(lower, prefix) && len(text) > len(prefix)+3 {
			s.Start += len(prefix)
			break
		}
	}
	for _, opening := range announcements {
		if strings.HasPrefix(r.textOf(s), opening) {
			s.Start += len(opening)
			break
		}
	}
	s = r.behindDate(s)
	text = r.textOf(s)
	for _, mark := range []string{"参会笔记", "会议笔记", "听会笔记", "参会记录", "听会记录", "会议记录"} {
		if at := strings.Index(text, mark+"："); at >= 8 {
			s.End = s.Start + len(strings.TrimRight(text[:at], " "))
			text = r.textOf(s)
		}
	}
	if dates := findDates(text); len(dates) > 0 && dates[0].start > 8 {
		s.End = s.Start + len(strings.TrimRight(text[:dates[0].start], " ,，(（-–—·|"))
		r.placeInBracket(&s, text)
		if head, tail, ok := strings.Cut(r.textOf(s), ". "); ok && len(head) > 8 && r.outline.Event.Place == "" {
			r.outline.Event.Place = placeIn(tail)
			s.End = s.Start + len(head)
		}
	}
	for again := true; again; {
		again = false
		lower = strings.ToLower(r.textOf(s))
		size := 0
		for _, suffix := range notesSuffixes {
			if strings.HasSuffix(lower, suffix) && len(lower) > len(suffix)+3 {
				size = max(size, len(suffix))
			}
		}
		if size > 0 {
			s.End -= size
			s.End = s.Start + len(strings.TrimRight(r.textOf(s), " :：,，-–—_　"))
			again = true
		}
	}
	s = r.withoutReport(s)
	from, to := trimLoose(r.textOf(s), 0, len(r.textOf(s)))
	s.Start, s.End = s.Start+from, s.Start+to
	r.outline.Event.Name, r.outline.Event.At = r.textOf(s), s
	r.placeBehindName(r.textOf(s))
}

// withoutReport leaves out what says of an event that it took place, "…在苏州成功举办",
// and a city behind its name; the city is the event's place.
func (r *reader) withoutReport(s Span) Span {
	for _, verb := range placeVerbs {
		if head, ok := strings.CutSuffix(r.textOf(s), verb); ok && utf8.RuneCountInString(head) >= 4 {
			s.End = s.Start + len(strings.TrimRight(head, " ，,"))
			break
		}
	}
	text := r.textOf(s)
	cut := max(strings.LastIndex(text, "在"), strings.LastIndex(text, "于"))
	size := len("在")
	if space := strings.LastIndex(text, " "); space > cut {
		cut, size = space, 1
	}
	if cut < 6 || !name.IsCity(text[cut+size:]) || !isMostlyHan(text[cut+size:]) {
		return s
	}
	if r.outline.Event.Place == "" {
		r.outline.Event.Place = text[cut+size:]
	}
	s.End = s.Start + len(strings.TrimRight(text[:cut], " ，,"))
	return s
}

// announcements open the headline of a report before the event's name.
var announcements = []string{"我校成功举办", "我校顺利举办", "我校举办", "我校承办", "我校召开", "我院成功举办", "我院顺利举办", "我院举办", "我院承办", "我院召开", "我系举办", "我所举办", "成功举办", "顺利举办", "隆重举行"}

// behindDate leaves out a date, and a city behind it, at the head of an event's name:
// "2023年10月28日 沈阳 图计算论坛". The city is the event's place.
func (r *reader) behindDate(s Span) Span {
	text := r.textOf(s)
	dates := findDates(text)
	if len(dates) == 0 || dates[0].start > 0 {
		return s
	}
	end := dates[0].end
	rest := strings.TrimLeft(text[end:], " ,，:：-–—·|　@")
	first, behind, ok := strings.Cut(rest, " ")
	if city := strings.TrimRight(first, ",，"); ok && name.IsCity(city) {
		if r.outline.Event.Place == "" {
			r.outline.Event.Place = city
		}
		rest = strings.TrimLeft(behind, " ")
	}
	if utf8.RuneCountInString(rest) < 3 {
		return s
	}
	s.Start = s.End - len(rest)
	return s
}

// placeBehindName takes a city in brackets behind the event's name as its place:
// "Security Weekend 2023 (Oslo)", 架构峰会（深圳站）.
func (r *reader) placeBehindName(text string) {
	if r.outline.Event.Place != "" || !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "）") {
		return
	}
	open := max(strings.LastIndex(text, "("), strings.LastIndex(text, "（"))
	if open <= 0 {
		return
	}
	inner := strings.Trim(text[open:], "()（） ")
	if city, ok := strings.CutSuffix(inner, "站"); ok || name.IsCity(inner) {
		r.outline.Event.Place = city
		return
	}
	if strings.ToUpper(inner) != inner && strings.Count(inner, " ") <= 2 && !strings.ContainsAny(inner, "0123456789") {
		first, _ := utf8.DecodeRuneInString(inner)
		if first < utf8.RuneSelf && unicode.IsUpper(first) && !isSentence(inner) {
			r.outline.Event.Place = placeIn(inner)
		}
	}
}

// placeInBracket takes what stands between an open bracket and the date behind the
// event's name as its place: "EuroSys '24 (Athens, April 22–25)".
func (r *reader) placeInBracket(s *Span, whole string) {
	text := r.textOf(*s)
	open := max(strings.LastIndex(text, "("), strings.LastIndex(text, "（"))
	if open <= 0 || strings.ContainsAny(text[open:], ")）") || !strings.ContainsAny(whole[len(text):], ")）") {
		return
	}
	_, size := utf8.DecodeRuneInString(text[open:])
	if place := placeIn(text[open+size:]); place != "" && r.outline.Event.Place == "" {
		r.outline.Event.Place = place
	}
	s.End = s.Start + len(strings.TrimRight(text[:open], " "))
}

// eventLabels reads "时间:", "Venue:", "主题:" of the head.
func (r *reader) eventLabels(i int) {
	in := &r.lines[i]
	event := &r.outline.Event
	if len(in.labels) > 0 && in.labels[0].start > 0 {
		return // "A, B, chair: C" is no field of the head
	}
	for _, l := range in.labels {
		if l.value == "" {
			continue
		}
		switch {
		case l.cue&lexicon.ThemeLabel != 0:
			if namesTheEvent(l.word) {
				r.setEventName(r.span(i, l.valueStart, l.valueStart+len(l.value)))
			} else if event.Theme == "" {
				event.Theme = l.value
			}
		case l.cue&lexicon.PlaceLabel != 0:
			if event.Place == "" {
				event.Place = strings.TrimRight(cutNote(l.value), " .。,，")
			}
		case l.cue&(lexicon.DateLabel|lexicon.TimeLabel) != 0:
			r.setEventDates(l.value)
			if l.cue&lexicon.DateLabel != 0 && event.Place == "" && len(in.labels) == 1 {
				r.setPlaceFrom(l.value)
			}
		case l.cue&(lexicon.HostLabel|lexicon.OrganizerLabel) != 0:
			people := r.grammar.People(l.value, name.Labelled)
			r.outline.Hosts = append(r.outline.Hosts, r.speakers(people, i, l.valueStart)...)
		default:
			continue
		}
		in.role = usedRole
	}
}

// namesTheEvent holds for the labels behind which the event's name stands.
func namesTheEvent(label string) bool {
	switch strings.ToLower(strings.Trim(label, " *_")) {
	case "会议", "活动", "event", "conference", "meeting":
		return true
	}
	return strings.Contains(label, "名称")
}

// cutNote leaves out a remark in brackets behind a value.
func cutNote(value string) string {
	for _, bracket := range []string{" (", "（", "  ", "　"} {
		if at := strings.Index(value, bracket); at > 0 {
			value = value[:at]
		}
	}
	return value
}

// setEventDates takes the first whole date of a text, unless the event has one.
func (r *reader) setEventDates(text string) {
	event := &r.outline.Event
	dates := findDates(text)
	if event.Start != "" || len(dates) == 0 {
		return
	}
	first, last := dates[0].first, dates[0].last
	if first.year == 0 {
		first.year = r.yearElsewhere()
		last.year = first.year
	}
	if len(dates) == 2 && dates[0].first == dates[0].last && dates[1].first.known() {
		last = dates[1].first
	}
	event.Start, event.End = first.iso(), last.iso()
	if event.End < event.Start {
		event.End = event.Start
	}
}

// eventDateLine reads a line of the head that says when and where without a label.
func (r *reader) eventDateLine(i int) {
	in := &r.lines[i]
	dates := findDates(in.text)
	if len(dates) == 0 || utf8.RuneCountInString(in.text) > 140 && dates[0].start > 60 {
		return
	}
	if in.role == dateRole && r.outline.Event.Name == "" {
		return
	}
	hadDate := r.outline.Event.Start != ""
	r.setEventDates(in.text)
	if !hadDate && in.role != dateRole && r.outline.Event.Place == "" {
		r.setPlaceFrom(in.text)
	}
}

// setPlaceFrom takes what is left of a short line of dates as the place: capitalised
// words between the separators, or what follows 在 or 地点.
func (r *reader) setPlaceFrom(text string) {
	if utf8.RuneCountInString(text) > 120 {
		return
	}
	if open := strings.IndexAny(text, "(（"); open > 0 {
		text = text[:open]
	}
	dates := findDates(text)
	if len(dates) == 0 {
		return
	}
	before, after := text[:dates[0].start], text[dates[len(dates)-1].end:]
	if place := placeBefore(before); place != "" {
		r.outline.Event.Place = place
		return
	}
	if place := placeIn(after); place != "" && !strings.HasPrefix(strings.TrimLeft(after, ")） "), ".") {
		r.outline.Event.Place = place
		return
	}
	if pieces := strings.Split(strings.Trim(before, " ,，"), ","); len(pieces) > 0 {
		last := pieces[len(pieces)-1]
		if len(pieces) == 1 && fact.Key(last) == fact.Key(r.outline.Event.Name) {
			return
		}
		if weekdayOf(last) < 0 && (len(pieces) > 1 || fact.Key(text) != fact.Key(r.outline.Event.Name)) {
			if place := placeIn(last); place != "" && !strings.Contains(place, ":") && utf8.RuneCountInString(place) <= 40 {
				r.outline.Event.Place = place
			}
		}
	}
}

// placeVerbs end a place in a sentence on where the event was.
var placeVerbs = []string{"圆满举行", "圆满举办", "圆满召开", "圆满落幕", "圆满结束", "成功举行", "顺利举办", "顺利召开", "如期举行", "如期举办", "盛大开幕", "成功举办", "成功召开", "隆重举行", "隆重召开", "顺利举行", "举行", "召开", "举办", "开幕", "进行", "拉开帷幕"}

// notPlaces stand beside dates and are no places.
var notPlaces = words(`记录 笔记 纪要 日程 议程 主会场 分会场 会场 上半场 下半场 全天 hybrid notes agenda programme program schedule keynotes talks`)

// placeIn accepts a short piece that looks like a place.
func placeIn(piece string) string {
	piece = strings.Trim(piece, " ,，.。;；-–—·|@*_　\t")
	if at := strings.IndexAny(piece, ",，.。;；"); at > 0 && isMostlyHan(piece) {
		piece = piece[:at]
	}
	if head, _, ok := strings.Cut(piece, " "); ok && name.IsCity(head) && isMostlyHan(head) {
		return head
	}
	for _, verb := range placeVerbs {
		if head, ok := strings.CutSuffix(piece, verb); ok {
			_, place, found := strings.Cut(head, "在")
			if !found {
				return ""
			}
			piece = place
		}
	}
	piece = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(piece, "in "), "at "), "在")
	first, _ := utf8.DecodeRuneInString(piece)
	if utf8.RuneCountInString(piece) > 60 || !(unicode.IsUpper(first) || unicode.Is(unicode.Han, first)) || weekdayOf(piece) >= 0 || partOf(piece) != "" || strings.ContainsAny(piece, "。！!?？") || strings.ContainsAny(piece, ":：") || isSentence(piece) || notPlaces[strings.ToLower(piece)] || isNumberedSession(piece) || startsWithOne(piece, "第", "是", "有", "的", "为", "我") {
		return ""
	}
	return piece
}

// isSentence holds for English words of which few have a capital.
func isSentence(piece string) bool {
	fields := strings.Fields(piece)
	small := 0
	for _, word := range fields {
		if c, _ := utf8.DecodeRuneInString(word); unicode.IsLower(c) && len(word) > 3 {
			small++
		}
	}
	return fields != nil && (strings.HasPrefix(piece, "I ") || small >= 3)
}

// saysWhere reports whether a text ends in words that a place follows.
func saysWhere(head string) bool {
	for _, word := range []string{"place", "held", "met", "hosted", "happened", "was", "were", "meeting", "meetup", "back", "organised", "organized"} {
		if strings.HasSuffix(head, " "+word) {
			return true
		}
	}
	return false
}

// placeBefore reads "took place in Lisbon, Portugal, on" before a date.
func placeBefore(text string) string {
	text = strings.TrimRight(text, " ,")
	text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, " on"), " from"), ",")
	text = strings.TrimRight(text, " ,")
	at := max(strings.LastIndex(text, " in "), strings.LastIndex(text, " at "))
	if at < 0 || !saysWhere(text[:at]) {
		return ""
	}
	place := text[at+len(" in "):]
	if first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(place, "the ")); !unicode.IsUpper(first) {
		return ""
	}
	return placeIn(strings.TrimPrefix(place, "the "))
}

// yearElsewhere looks for a year that the page gives in another place: "(year: 2022)",
// the event's name, the front matter, the path; 0 when there is none or several.
func (r *reader) yearElsewhere() int {
	if !r.yearKnown {
		r.year, r.yearKnown = r.findYear(), true
	}
	return r.year
}

// findYear does the work of yearElsewhere. It is done once: after the event has its
// name, since its name may hold the year.
func (r *reader) findYear() int {
	texts := []string{r.outline.Event.Name, r.note.Title, r.note.Meta["date"], r.note.Path}
	for i := range r.lines {
		if r.note.Lines[i].Matter() && i < 40 {
			texts = append(texts, r.lines[i].text)
		}
	}
	for _, text := range texts {
		relative := relativeYear(text)
		if year := soleYear(text); relative == 0 && year > 0 {
			return year
		}
		if relative > 0 {
			return relative
		}
	}
	return r.yearOfPage()
}

// yearOfPage returns the year in which a page says that it was posted; 0 when its
// bylines give none.
func (r *reader) yearOfPage() int {
	for i := range r.note.Lines {
		if l := &r.note.Lines[i]; l.Kind == note.Boilerplate && i < headLines {
			for _, m := range findDates(l.Raw) {
				if m.first.known() {
					return m.first.year
				}
			}
		}
	}
	return 0
}

// soleYear returns the only number of a text that looks like a year of our time.
func soleYear(text string) int {
	found := shortYear(text)
	for at := 0; at+4 <= len(text); at++ {
		if at > 0 && isDigit(rune(text[at-1])) || !isDigit(rune(text[at])) {
			continue
		}
		c := cursor{text: text, at: at}
		if insideHan(text, at, at+4) {
			continue // 华为2012实验室 is no year
		}
		if value, ok := c.number(4); ok && value >= 1990 && value < 2100 {
			if found != 0 && found != value {
				return 0
			}
			found = value
		}
	}
	return found
}

// insideHan reports whether Han characters stand on both sides of a piece, of which
// the one behind is not 年.
func insideHan(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	behind, _ := utf8.DecodeRuneInString(text[min(end, len(text)):])
	return unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, behind) && behind != '年'
}

// shortYear reads "'24"; 0 when there is none.
func shortYear(text string) int {
	for _, mark := range []string{"'", "’", "‘"} {
		at := strings.Index(text, mark)
		if at <= 0 {
			continue
		}
		c := cursor{text: text, at: at + len(mark)}
		if value, ok := c.number(2); ok && value >= 10 && value < 50 && (text[at-1] == ' ' || unicode.IsLetter(rune(text[at-1]))) {
			return 2000 + value
		}
	}
	return 0
}

// dateFromContainer takes the day of the front matter or of the file's name when
// the notes give none.
func (r *reader) dateFromContainer() {
	event := &r.outline.Event
	if event.Start != "" {
		return
	}
	path := r.note.Path[strings.LastIndexAny(r.note.Path, `/\`)+1:]
	for _, text := range []string{r.note.Meta["date"], path} {
		if dates := findDates(text); len(dates) > 0 && dates[0].first.known() && dates[0].first.valid() {
			event.Start = dates[0].first.iso()
			event.End = event.Start
			return
		}
	}
}
