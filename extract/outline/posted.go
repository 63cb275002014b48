package outline

import (
	"strings"

	"talkgraph/extract/note"
)

// postedWords stand beside the day on which a page or a letter was written.
var postedWords = []string{"发布日期", "发布时间", "发布于", "发表于", "发表时间", "更新时间", "更新于", "编辑于", "发件时间", "posted on", "posted:", "published", "last updated", "last edited", "updated on"}

// saysPosted holds for a line whose day is when it was posted or sent, and not the
// event's.
func (r *reader) saysPosted(i int) bool {
	lower := strings.ToLower(r.lines[i].text)
	for _, word := range postedWords {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return (strings.HasPrefix(lower, "date:") || strings.HasPrefix(lower, "sent:")) && r.isLetter()
}

// letterLines bounds how many lines the head of a letter has.
const letterLines = 8

// isLetter reports whether the note begins with the head of a letter.
func (r *reader) isLetter() bool {
	from, subject := false, false
	for i := range r.note.Lines[:min(len(r.note.Lines), letterLines)] {
		lower := strings.ToLower(r.note.Lines[i].Content())
		from = from || strings.HasPrefix(lower, "from:") || strings.HasPrefix(lower, "发件人") || strings.HasPrefix(lower, "to:")
		subject = subject || strings.HasPrefix(lower, "subject:") || strings.HasPrefix(lower, "主题")
	}
	return from && subject
}

// postedDay takes the day on which the page was posted as the event's where the notes
// give no other.
func (r *reader) postedDay() {
	seen := 0
	for i := range r.lines {
		if !r.note.Lines[i].Matter() {
			continue
		}
		if seen++; seen > headLines || r.outline.Event.Start != "" {
			return
		}
		if r.saysPosted(i) {
			r.setEventDates(r.lines[i].text)
		}
	}
}

// besideName is how far behind the event's name in running text its day may stand.
const besideName = 48

// dateBesideName reads "I was at NAME (Antwerp, 24-25 May)" in the first lines: the day
// and the place in brackets right behind the event's name.
func (r *reader) dateBesideName() {
	name, _, _ := strings.Cut(r.outline.Event.Name, ",")
	if r.outline.Event.Start != "" || len(name) < 4 {
		return
	}
	seen := 0
	for i := range r.lines {
		if !r.note.Lines[i].Matter() || r.lines[i].role != body {
			continue
		}
		if seen++; seen > headLines {
			return
		}
		text := r.lines[i].text
		at := strings.Index(text, name)
		if at < 0 {
			continue
		}
		rest := strings.TrimLeft(text[at+len(name):], " *_")
		if inner, _, ok := strings.Cut(strings.TrimLeft(rest, "(（"), ")"); ok && inner != rest && len(inner) <= besideName && len(findDates(inner)) > 0 {
			r.setEventDates(inner)
			if place, _, found := strings.Cut(inner, ", "); found && r.outline.Event.Place == "" && len(findDates(place)) == 0 {
				r.outline.Event.Place = place
			}
			return
		}
	}
}

// dropPlace takes a place back that is a person, a label or the name of the notes.
func (r *reader) dropPlace() {
	place := r.outline.Event.Place
	if r.grammar.IsFrequentName(place) || r.cue(place) != 0 || strings.HasSuffix(place, "记录") || strings.HasSuffix(place, "笔记") {
		r.outline.Event.Place = ""
	}
}

// relativeYears tell the year of the event from one before or after it: "last year
// (2022)", "明年三月还有一场，2024年的".
var relativeYears = []struct {
	words []string
	years int // from the year that is named to that of the event
}{
	{[]string{"去年", "上一届", "上届", "last year", "last yr"}, 1},
	{[]string{"明年", "下一届", "下届", "next year"}, -1},
}

// relativeYear returns the year of the event that a sentence tells so; 0 when it does not.
func relativeYear(sentence string) int {
	lower := strings.ToLower(sentence)
	for _, row := range relativeYears {
		for _, word := range row.words {
			if at := strings.Index(lower, word); at >= 0 {
				if year := soleYear(sentence[at:]); year > 0 {
					return year + row.years
				}
			}
		}
	}
	return 0
}

// ownDays gives talks the day in the line right below their title, where two at least
// have one: "Mon 1 July, after lunch".
func (r *reader) ownDays() {
	type dated struct {
		draft *draft
		line  int
		day   day
	}
	var found []dated
	for _, d := range r.drafts {
		i := d.line + 1
		if i >= len(r.lines) || d.date != "" || r.note.Lines[i].Kind != note.Paragraph || r.lines[i].draft != nil || r.note.Lines[d.line].Kind == note.Bullet || r.note.Lines[d.line].Kind == note.TableRow {
			continue
		}
		if role := r.lines[i].role; role != body && role != dateRole && role != sessionRole {
			continue
		}
		dates := findDates(r.lines[i].text)
		if len(dates) == 0 || dates[0].first != dates[0].last || dates[0].first.day == 0 {
			continue
		}
		before := strings.Trim(r.lines[i].text[:dates[0].start], " ,，(（*_")
		if before == "" || weekdayOf(before) >= 0 && !strings.Contains(before, " ") {
			found = append(found, dated{d, i, dates[0].first})
		}
	}
	if len(found) < 2 {
		return
	}
	for _, f := range found {
		f.draft.date = r.dayOf(f.day)
		f.draft.part = partOf(r.lines[f.line].text)
		f.draft.used[f.line] = true
		r.lines[f.line].role = usedRole
	}
}
