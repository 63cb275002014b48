package outline

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// day is a calendar day; zero fields are unknown.
type day struct{ year, month, day int }

func (d day) known() bool { return d.year > 0 && d.month > 0 && d.day > 0 }

// valid reports whether the day exists; unknown fields are taken as possible.
func (d day) valid() bool {
	if d.month < 0 || d.month > 12 || d.day < 0 || d.day > 31 {
		return false
	}
	if !d.known() {
		return true
	}
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == d.day
}

// iso returns the day as ISO 8601; "" when it is not wholly known or impossible.
func (d day) iso() string {
	if !d.known() || !d.valid() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (d day) plus(days int) day {
	t := time.Date(d.year, time.Month(d.month), d.day+days, 0, 0, 0, 0, time.UTC)
	return day{t.Year(), int(t.Month()), t.Day()}
}

func (d day) weekday() time.Weekday {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Weekday()
}

// dateMatch is a date or a range of days in a text, as byte offsets.
type dateMatch struct {
	start, end int
	first      day
	last       day // equal to first when it is no range
}

// digits are the digits of dates, narrow and wide.
const digits = "0123456789０１２３４５６７８９"

// findDates finds the dates of a text from the left.
func findDates(text string) []dateMatch {
	if !strings.ContainsAny(text, digits) {
		return nil
	}
	var found []dateMatch
	for at := 0; at < len(text); {
		c := cursor{text: text, at: at}
		if m, ok := c.date(); ok {
			found = append(found, m)
			at = m.end
			continue
		}
		at = nextStart(text, at)
	}
	return found
}

// nextStart skips the rest of a word or number, so that dates start at their start.
func nextStart(text string, at int) int {
	r, size := utf8.DecodeRuneInString(text[at:])
	at += size
	if isDigit(r) {
		for at < len(text) && isDigit(rune(text[at])) {
			at++
		}
		return at
	}
	if r < utf8.RuneSelf && unicode.IsLetter(r) {
		for at < len(text) && text[at] < utf8.RuneSelf && unicode.IsLetter(rune(text[at])) {
			at++
		}
	}
	return at
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// cursor reads a date from a place of a text.
type cursor struct {
	text string
	at   int
}

// number reads up to limit digits, narrow or wide.
func (c *cursor) number(limit int) (int, bool) {
	value, digits := 0, 0
	for digits < limit {
		digit, size := digitAt(c.text, c.at)
		if size == 0 {
			break
		}
		value = value*10 + digit
		c.at += size
		digits++
	}
	if _, more := digitAt(c.text, c.at); digits == 0 || more > 0 {
		return 0, false
	}
	return value, true
}

// digitAt reads a digit, narrow or wide; its size is 0 when there is none.
func digitAt(text string, at int) (digit, size int) {
	if at >= len(text) {
		return 0, 0
	}
	if c := text[at]; c < utf8.RuneSelf {
		if isDigit(rune(c)) {
			return int(c - '0'), 1
		}
		return 0, 0
	}
	if c, size := utf8.DecodeRuneInString(text[at:]); c >= '０' && c <= '９' {
		return int(c - '０'), size
	}
	return 0, 0
}

// any reads the first of the words that stands at the cursor.
func (c *cursor) any(words ...string) bool {
	for _, word := range words {
		if strings.HasPrefix(c.text[c.at:], word) {
			c.at += len(word)
			return true
		}
	}
	return false
}

func (c *cursor) spaces() {
	for c.any(" ", "\u00A0", "\u3000") {
	}
}

// month reads an English month, whole or cut to three letters.
func (c *cursor) month() int {
	end := c.at
	for end < len(c.text) && unicode.IsLetter(rune(c.text[end])) && c.text[end] < utf8.RuneSelf {
		end++
	}
	word := strings.ToLower(c.text[c.at:end])
	if len(word) < 3 {
		return 0
	}
	for i, name := range monthNames {
		if word == name || word == name[:3] || i == 8 && word == "sept" {
			c.at = end
			c.any(".")
			return i + 1
		}
	}
	return 0
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// date reads any of the known forms.
func (c *cursor) date() (dateMatch, bool) {
	start := c.at
	for _, form := range []func(*cursor) (dateMatch, bool){(*cursor).chinese, (*cursor).numeric, (*cursor).dayMonthYear, (*cursor).monthDay, (*cursor).monthFirst, (*cursor).dayFirst} {
		c.at = start
		if m, ok := form(c); ok {
			m.start, m.end = start, c.at
			return m, true
		}
	}
	return dateMatch{}, false
}

// chinese reads 2024年10月12日, 10月12-13日, 2024年10月12日至14日.
func (c *cursor) chinese() (dateMatch, bool) {
	var d day
	value, ok := c.number(4)
	if !ok {
		return dateMatch{}, false
	}
	c.spaces()
	if c.any("年") {
		if value < 1000 {
			return dateMatch{}, false
		}
		d.year = value
		c.spaces()
		if value, ok = c.number(2); !ok {
			return dateMatch{}, false
		}
		c.spaces()
	}
	if !c.any("月") {
		return dateMatch{}, false
	}
	d.month = value
	c.spaces()
	before := c.at
	if d.day, ok = c.number(2); !ok {
		c.at = before
		return dateMatch{first: d, last: d}, d.year > 0
	}
	c.spaces()
	if !c.any("日", "号") {
		c.at = len(strings.TrimRight(c.text[:c.at], " \u00A0\u3000"))
	}
	return dateMatch{first: d, last: c.chineseEnd(d)}, true
}

// chineseEnd reads the end of a range: -13日, 至11月2日, —2024年10月13日.
func (c *cursor) chineseEnd(first day) day {
	before := c.at
	c.spaces()
	if !c.any("-", "–", "—", "－", "~", "～", "至", "到", "、") {
		c.at = before
		return first
	}
	c.any("—", "-")
	c.spaces()
	last := day{year: first.year, month: first.month}
	value, ok := c.number(4)
	if ok && value > 31 && c.any("年") {
		last.year = value
		value, ok = c.number(2)
	}
	c.spaces()
	if ok && c.any("月") {
		last.month = value
		c.spaces()
		value, ok = c.number(2)
		c.spaces()
	}
	if !ok || value > 31 || !c.any("日", "号") {
		c.at = before
		return first
	}
	last.day = value
	return last
}

// numeric reads 2024.10.12, 2024-10-12, 2024/10/12 and 2024.10.12-13.
func (c *cursor) numeric() (dateMatch, bool) {
	year, ok := c.number(4)
	if !ok || year < 1900 || year > 2200 || c.at >= len(c.text) {
		return dateMatch{}, false
	}
	divider := c.text[c.at]
	if divider != '.' && divider != '-' && divider != '/' {
		return dateMatch{}, false
	}
	c.at++
	d := day{year: year}
	if d.month, ok = c.number(2); !ok || c.at >= len(c.text) || c.text[c.at] != divider {
		return dateMatch{}, false
	}
	c.at++
	if d.day, ok = c.number(2); !ok {
		return dateMatch{}, false
	}
	return dateMatch{first: d, last: c.numericEnd(d, divider)}, true
}

func (c *cursor) numericEnd(first day, divider byte) day {
	before := c.at
	c.spaces()
	if !c.any("-", "–", "—", "－", "~", "～", "至", "到", "to ", "→") {
		c.at = before
		return first
	}
	c.any("—", "-")
	c.spaces()
	last := first
	value, ok := c.number(4)
	if ok && value > 31 && c.any(string(divider)) {
		last.year = value
		if last.month, ok = c.number(2); ok && c.any(string(divider)) {
			value, ok = c.number(2)
		}
	} else if ok && c.any(string(divider)) {
		last.month = value
		value, ok = c.number(2)
	}
	if !ok || value < 1 || value > 31 {
		c.at = before
		return first
	}
	last.day = value
	return last
}

// dayMonthYear reads "2.4.2022" and "14/03/2024"; with slashes only where one of the
// two numbers can be no month.
func (c *cursor) dayMonthYear() (dateMatch, bool) {
	number, ok := c.number(2)
	if !ok || c.at >= len(c.text) {
		return dateMatch{}, false
	}
	divider := c.text[c.at]
	if divider != '.' && divider != '/' {
		return dateMatch{}, false
	}
	c.at++
	c.spaces()
	month, ok := c.number(2)
	if !ok || !c.any(string(divider)) {
		return dateMatch{}, false
	}
	c.spaces()
	year, ok := c.number(4)
	if !ok || year < 1990 || year > 2100 {
		return dateMatch{}, false
	}
	if divider == '/' && number <= 12 && month <= 12 && number != month {
		return dateMatch{}, false
	}
	if month > 12 {
		number, month = month, number
	}
	d := day{year: year, month: month, day: number}
	return dateMatch{first: d, last: d}, d.valid()
}

// monthDay reads "7.16 上午" and "7/16（周二" and, at the end of a text, "10.28-10.29":
// a month and a day without a year, where what follows shows that it is a day.
func (c *cursor) monthDay() (dateMatch, bool) {
	start := c.at
	d, ok := c.dotted()
	if !ok {
		return dateMatch{}, false
	}
	after := c.at
	if c.any("-", "–", "—", "~", "～", "至", "到") {
		last, ok := c.dotted()
		if !ok {
			last = day{month: d.month}
			if last.day, ok = c.number(2); !ok || last.day > 31 {
				return dateMatch{}, false
			}
		}
		rest := strings.TrimLeft(c.text[c.at:], " ")
		sure := rest == "" || startsWithOne(rest, "，", ",", "）", ")", "。", "·", "|")
		return dateMatch{first: d, last: last}, sure && last.valid() && (last.month > d.month || last.day > d.day)
	}
	rest := strings.TrimLeft(c.text[after:], " ")
	return dateMatch{first: d, last: d}, endsInDayNumber(c.text[:start]) || startsWithOne(rest, "上午", "下午", "晚上", "早上", "全天", "周", "（周", "(周", "星期", "日", "号")
}

// endsInDayNumber holds for a text that ends in "Day 1", "第二天" and the like: what
// looks like a month and a day behind it is one.
func endsInDayNumber(text string) bool {
	head := strings.TrimRight(text, " :：,，(（|")
	return head != text && len(head) <= 12 && (dayNumber(head) > 0 || weekdayOf(head) >= 0)
}

// dotted reads a month and a day with "." or "/" between them.
func (c *cursor) dotted() (day, bool) {
	month, ok := c.number(2)
	if !ok || month < 1 || month > 12 || !c.any(".", "/") {
		return day{}, false
	}
	number, ok := c.number(2)
	return day{month: month, day: number}, ok && number >= 1 && number <= 31
}

func startsWithOne(text string, words ...string) bool {
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// monthFirst reads "April 21-22, 2021", "Oct 12", "October 2023".
func (c *cursor) monthFirst() (dateMatch, bool) {
	month := c.month()
	if month == 0 {
		return dateMatch{}, false
	}
	d := day{month: month}
	c.spaces()
	value, ok := c.number(4)
	if !ok {
		return dateMatch{}, false
	}
	if value > 31 {
		d.year = value
		return dateMatch{first: d, last: d}, value >= 1900 && value < 2200
	}
	d.day = value
	c.any("st", "nd", "rd", "th")
	last := c.dayEnd(d)
	if year := c.year(); year > 0 {
		d.year, last.year = year, year
	}
	return dateMatch{first: d, last: last}, true
}

// dayEnd reads the end of a range after a day: "-22", "–May 2", "to 23".
func (c *cursor) dayEnd(first day) day {
	before := c.at
	c.spaces()
	if !c.any("-", "–", "—", "to ", "and ", "& ", "through ") {
		c.at = before
		return first
	}
	c.spaces()
	last := first
	if month := c.month(); month > 0 {
		last.month = month
		c.spaces()
	}
	value, ok := c.number(2)
	if !ok || value < 1 || value > 31 {
		c.at = before
		return first
	}
	last.day = value
	c.any("st", "nd", "rd", "th")
	return last
}

// year reads ", 2021" or " 2021".
func (c *cursor) year() int {
	before := c.at
	c.any(",", "，")
	c.spaces()
	if value, ok := c.number(4); ok && value >= 1900 && value < 2200 {
		return value
	}
	c.at = before
	return 0
}

// dayFirst reads "14 June 2025", "6-7 May 2024", "4 July 2022 - 5 July 2022".
func (c *cursor) dayFirst() (dateMatch, bool) {
	value, ok := c.number(2)
	if !ok || value < 1 || value > 31 {
		return dateMatch{}, false
	}
	first := day{day: value}
	c.any("st", "nd", "rd", "th")
	last := c.dayEnd(first)
	c.spaces()
	c.any("of ")
	month := c.month()
	if month == 0 {
		return dateMatch{}, false
	}
	first.month = month
	if last.month == 0 {
		last.month = month
	}
	if year := c.year(); year > 0 {
		first.year, last.year = year, year
	}
	before := c.at
	c.spaces()
	if c.any("-", "–", "—", "to ") {
		c.spaces()
		if end, ok := c.dayFirst(); ok && first.day == last.day {
			last = end.last
			if first.year == 0 {
				first.year = last.year
			}
			return dateMatch{first: first, last: last}, true
		}
	}
	c.at = before
	return dateMatch{first: first, last: last}, true
}

// partOf returns the half-day that a text names; "" when it names none or several.
func partOf(text string) string {
	lower := strings.ToLower(text)
	found := ""
	for _, row := range partWords {
		for _, word := range row.words {
			if strings.Contains(lower, word) {
				if found != "" && found != row.part {
					return ""
				}
				found = row.part
			}
		}
	}
	return found
}

var partWords = []struct {
	part  string
	words []string
}{
	{fact.Morning, []string{"上午", "早上", "早晨", "清晨", "morning", "forenoon"}},
	{fact.Afternoon, []string{"下午", "午后", "afternoon"}},
	{fact.Evening, []string{"晚上", "晚间", "傍晚", "夜间", "evening", "night"}},
}

// partOfClock returns the half-day of a clock time.
func partOfClock(hour int) string {
	switch {
	case hour < 12:
		return fact.Morning
	case hour < 18:
		return fact.Afternoon
	default:
		return fact.Evening
	}
}

// weekdayOf returns the weekday that a text names as a whole word; -1 when none.
func weekdayOf(text string) int {
	lower := strings.ToLower(text)
	for i, name := range []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		if strings.Contains(lower, name) {
			return i
		}
	}
	if first, _, _ := strings.Cut(strings.TrimLeft(lower, " ([（*#"), " "); len(first) <= 7 {
		for i, name := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
			if word := strings.Trim(first, ",.:;)]*"); word == name || word == name+"s" && (name == "tue" || name == "wed") || name == "thu" && (word == "thur" || word == "thurs") {
				return i
			}
		}
	}
	for i, name := range []string{"日", "一", "二", "三", "四", "五", "六"} {
		if strings.Contains(text, "周"+name) || strings.Contains(text, "星期"+name) || strings.Contains(text, "礼拜"+name) {
			return i
		}
	}
	return -1
}

// dayNumber reads "Day 2", "第二天", "第2天"; 0 when there is none.
func dayNumber(text string) int {
	lower := strings.ToLower(text)
	for i, words := range [][]string{{"第一天", "第1天", "首日", "首天"}, {"第二天", "第2天", "次日"}, {"第三天", "第3天"}, {"第四天", "第4天"}, {"第五天", "第5天"}} {
		for _, word := range words {
			if strings.Contains(lower, word) {
				return i + 1
			}
		}
	}
	for i, word := range []string{"first ", "second ", "third ", "fourth ", "fifth "} {
		for _, part := range []string{"day", "morning", "afternoon", "evening"} {
			if strings.Contains(lower, word+part) {
				return i + 1
			}
		}
	}
	at := strings.Index(lower, "day")
	if at < 0 || at > 0 && isLetterByte(lower[at-1]) {
		return 0
	}
	c := cursor{text: strings.TrimLeft(lower[at+3:], " -#")}
	if value, ok := c.number(1); ok && value > 0 {
		return value
	}
	for i, word := range []string{"one", "two", "three", "four", "five"} {
		if strings.HasPrefix(c.text, word) {
			return i + 1
		}
	}
	return 0
}

func isLetterByte(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// clock reads a time of day at the start of a text ("09:00", "9.30", "14：10",
// "9:00 am") or a range of two; it returns the hour and the size, 0 when none.
func clock(text string) (hour, size int) {
	c := cursor{text: text}
	if _, dated := c.monthDay(); dated {
		return 0, 0 // "7.16 上午" is a day
	}
	c.at = 0
	hour, ok := c.clockTime()
	if !ok {
		return 0, 0
	}
	before := c.at
	c.spaces()
	if c.any("-", "–", "—", "－", "~", "～", "至", "到", "to ", "‐", "−") {
		c.any("—", "-")
		c.spaces()
		if _, ok := c.clockTime(); ok {
			return hour, c.at
		}
	}
	return hour, before
}

func (c *cursor) clockTime() (int, bool) {
	before := c.at
	hour, ok := c.number(2)
	if !ok || hour > 24 || !c.any(":", "：", ".", "点", "h") {
		c.at = before
		return 0, false
	}
	digits := c.at
	minute, ok := c.number(2)
	if !ok || minute > 59 || c.at-digits != 2 {
		c.at = before
		return 0, false
	}
	after := c.at
	c.spaces()
	switch {
	case c.any("pm", "PM", "p.m."):
		if hour < 12 {
			hour += 12
		}
	case c.any("am", "AM", "a.m."):
	default:
		c.at = after
	}
	return hour, true
}
