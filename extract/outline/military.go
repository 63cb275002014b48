package outline

import (
	"strings"

	"talkgraph/extract/note"
)

// militaryLines is the least number of lines that begin with a time of day without a
// colon, "0910 Title", for it to be one: "1000 images" may begin a line as well.
const militaryLines = 3

// isMilitary reports whether a note gives times of day without a colon: one with a zero
// at its head at least, each later than the one above on the same day.
func (r *reader) isMilitary() bool {
	count, zero, last := 0, false, -1
	for i := range r.note.Lines {
		l := &r.note.Lines[i]
		if !l.Matter() || l.Kind != note.Paragraph && l.Kind != note.Heading {
			continue
		}
		minutes, size := militaryClock(l.Content())
		if size == 0 {
			continue
		}
		if minutes <= last && minutes >= 11*60 {
			return false
		}
		count, last = count+1, minutes
		zero = zero || l.Content()[0] == '0'
	}
	return zero && count >= militaryLines
}

// militaryClock reads "0910", "0910-0950" and "0910h" at the head of a text; size is 0
// when there is none.
func militaryClock(text string) (minutes, size int) {
	minutes, ok := fourDigits(text)
	if !ok {
		return 0, 0
	}
	rest := strings.TrimPrefix(text[4:], "h")
	for _, dash := range []string{"-", "–", " - ", " – ", "~"} {
		if tail, found := strings.CutPrefix(rest, dash); found {
			if _, ok := fourDigits(tail); ok {
				rest = strings.TrimPrefix(tail[4:], "h")
				break
			}
		}
	}
	trimmed := strings.TrimLeft(rest, " \t:：-–—")
	if trimmed == rest || trimmed == "" || isDigit(rune(trimmed[0])) {
		return 0, 0
	}
	return minutes, len(text) - len(trimmed)
}

// fourDigits reads hours and minutes, in steps of five, of four digits.
func fourDigits(text string) (int, bool) {
	if len(text) < 4 || strings.Trim(text[:4], "0123456789") != "" || len(text) > 4 && isDigit(rune(text[4])) {
		return 0, false
	}
	hour := int(text[0]-'0')*10 + int(text[1]-'0')
	minute := int(text[2]-'0')*10 + int(text[3]-'0')
	return hour*60 + minute, hour >= 6 && hour < 24 && minute < 60 && minute%5 == 0
}

// cutMilitary takes such a time off the head of a line.
func (r *reader) cutMilitary(in *info) {
	minutes, size := militaryClock(in.text)
	if size == 0 {
		return
	}
	in.timed, in.hour = true, minutes/60
	in.text, in.base = in.text[size:], in.base+size
}
