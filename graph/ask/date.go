package ask

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// LastDay is the value of Time.Nth for the last day of an event.
const LastDay = -1

// Time is the time that a question speaks of; zero fields are not restricted.
type Time struct {
	Year  int    `json:"year,omitempty"`
	Month int    `json:"month,omitempty"` // 1…12
	Day   int    `json:"day,omitempty"`   // of the month, 1…31
	Nth   int    `json:"nth,omitempty"`   // day of the event, from 1, or LastDay
	Week  int    `json:"week,omitempty"`  // day of the week: 1 is Monday, 7 is Sunday
	Part  string `json:"part,omitempty"`  // fact.Morning, fact.Afternoon or fact.Evening
}

// merge fills the fields that s leaves open from t.
func (s Time) merge(t Time) Time {
	pick := func(a, b int) int {
		if a != 0 {
			return a
		}
		return b
	}
	s.Year, s.Month, s.Day = pick(s.Year, t.Year), pick(s.Month, t.Month), pick(s.Day, t.Day)
	s.Nth, s.Week = pick(s.Nth, t.Nth), pick(s.Week, t.Week)
	if s.Part == "" {
		s.Part = t.Part
	}
	return s
}

// dateAt reads the time that begins at tokens[i] and returns how many tokens it
// takes; 0 when none begins there.
func dateAt(t text, i int) (Time, int) {
	tokens := t.tokens[i:]
	for _, read := range []func(text, int) (Time, int){isoDate, dottedDate, englishDate, chineseDate, nthDay, weekDay, dayPart} {
		if s, n := read(t, i); n > 0 && n <= len(tokens) {
			return s, n
		}
	}
	return Time{}, 0
}

// isoDate reads 2024-10-13, 2024/10/13 and 10/13.
func isoDate(t text, i int) (Time, int) {
	a, b, c := t.number(i), t.number(i+1), t.number(i+2)
	if a >= 1900 && a < 2200 && validMonth(b) && validDay(c) {
		return Time{Year: a, Month: b, Day: c}, 3
	}
	if validMonth(a) && validDay(b) && t.folded[t.tokens[i].end:t.tokens[i+1].start] == "/" {
		return Time{Month: a, Day: b}, 2
	}
	return Time{}, 0
}

// dottedDate reads the 10.12 of 10.12下午 and "on 10.12": other numbers with a point
// are versions.
func dottedDate(t text, i int) (Time, int) {
	month, day := t.number(i), t.number(i+1)
	if !validMonth(month) || !validDay(day) || t.folded[t.tokens[i].end:t.tokens[i+1].start] != "." {
		return Time{}, 0
	}
	_, part := dayPart(t, i+2)
	if part > 0 || t.key(i-1) == "on" || t.key(i+2) == "日" || t.key(i+2) == "号" {
		return Time{Month: month, Day: day}, 2
	}
	return Time{}, 0
}

// weekDay reads "Saturday", 周六 and 星期天.
func weekDay(t text, i int) (Time, int) {
	key := strings.TrimSuffix(t.key(i), "s")
	for n, name := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		if key == name {
			return Time{Week: n + 1}, 1
		}
	}
	for _, prefix := range []string{"星期", "礼拜", "周"} {
		if !t.startsWith(i, prefix) {
			continue
		}
		size := utf8.RuneCountInString(prefix)
		if n := strings.Index("一二三四五六日", t.key(i+size)); n >= 0 && t.key(i+size) != "" {
			return Time{Week: n/len("一") + 1}, size + 1
		}
		if t.key(i+size) == "天" {
			return Time{Week: 7}, size + 1
		}
	}
	return Time{}, 0
}

// englishDate reads "13 October 2024", "the 13th of October", "October 13th, 2024",
// "October 2024" and "on the 13th".
func englishDate(t text, i int) (Time, int) {
	at := i
	if month := monthNamed(t.key(at)); month > 0 {
		s := Time{Month: month}
		at++
		if day := t.ordinal(at); validDay(day) {
			s.Day = day
			at++
		}
		return t.withYear(s, i, at)
	}
	day := t.ordinal(at)
	if !validDay(day) || t.tokens[at].han {
		return Time{}, 0
	}
	bare := t.number(at) > 0
	at++
	if t.key(at) == "of" {
		at++
	}
	if month := monthNamed(t.key(at)); month > 0 {
		return t.withYear(Time{Month: month, Day: day}, i, at+1)
	}
	if !bare && i >= 2 && t.key(i-1) == "the" && t.key(i-2) == "on" && t.key(i+1) != "day" {
		return Time{Day: day}, 1
	}
	return Time{}, 0
}

// withYear adds the year that stands at tokens[at], perhaps after a comma.
func (t text) withYear(s Time, from, at int) (Time, int) {
	next := at
	if next < len(t.tokens) && t.tokens[next].comma {
		next++
	}
	if year := t.number(next); year >= 1900 && year < 2200 {
		s.Year, at = year, next+1
	} else if s.Day == 0 {
		return Time{}, 0 // "may", "march" alone are words
	}
	return s, at - from
}

// chineseDate reads 2024年10月13日, 10月13号, 十月十三日 and 13号.
func chineseDate(t text, i int) (Time, int) {
	var s Time
	at := i
	for at < len(t.tokens) {
		number, n := t.chineseNumber(at)
		if n == 0 {
			break
		}
		unit := t.key(at + n)
		switch {
		case unit == "年" && number >= 1900 && s.Month == 0:
			s.Year = number
		case (unit == "月" || unit == "月份") && validMonth(number) && s.Day == 0:
			s.Month = number
		case (unit == "日" || unit == "号") && validDay(number):
			s.Day = number
		default:
			return s, at - i
		}
		at += n + 1
	}
	return s, at - i
}

// nthDay reads "day 2", "the second day", "last day", 第二天 and 最后一天.
func nthDay(t text, i int) (Time, int) {
	switch {
	case t.key(i) == "day" || t.key(i) == "days":
		if n := t.ordinal(i + 1); n > 0 && n < 100 {
			return Time{Nth: n}, 2
		}
	case t.key(i) == "last" && t.key(i+1) == "day", t.key(i) == "final" && t.key(i+1) == "day":
		return Time{Nth: LastDay}, 2
	case t.key(i+1) == "day":
		if n := t.ordinal(i); n > 0 && n < 100 && t.number(i) == 0 {
			return Time{Nth: n}, 2
		}
	case t.key(i) == "第":
		n, size := t.chineseNumber(i + 1)
		if unit := t.key(i + 1 + size); size > 0 && (unit == "天" || unit == "日") {
			return Time{Nth: n}, size + 2
		}
	}
	switch {
	case t.startsWith(i, "最后一天"):
		return Time{Nth: LastDay}, 4
	case t.startsWith(i, "首日"), t.startsWith(i, "首天"), t.startsWith(i, "头天"):
		return Time{Nth: 1}, 2
	}
	return Time{}, 0
}

// dayPart reads "morning" and 上午.
func dayPart(t text, i int) (Time, int) {
	switch t.key(i) {
	case "morning", "mornings":
		return Time{Part: fact.Morning}, 1
	case "afternoon", "afternoons":
		return Time{Part: fact.Afternoon}, 1
	case "evening", "evenings", "night":
		return Time{Part: fact.Evening}, 1
	}
	for _, p := range []struct{ word, part string }{
		{"上午", fact.Morning}, {"早上", fact.Morning}, {"早晨", fact.Morning}, {"清晨", fact.Morning},
		{"下午", fact.Afternoon}, {"午后", fact.Afternoon},
		{"晚上", fact.Evening}, {"傍晚", fact.Evening}, {"晚间", fact.Evening}, {"夜里", fact.Evening},
	} {
		if t.startsWith(i, p.word) && !t.startsWith(i, p.word+"还是") {
			return Time{Part: p.part}, 2
		}
	}
	return Time{}, 0
}

// key returns the key of tokens[i], "" beyond the end.
func (t text) key(i int) string {
	if i < 0 || i >= len(t.tokens) {
		return ""
	}
	return t.tokens[i].key
}

// startsWith reports whether the tokens from i spell a text of single characters.
func (t text) startsWith(i int, s string) bool {
	for _, r := range s {
		if t.key(i) != string(r) {
			return false
		}
		i++
	}
	return true
}

// number returns the value of tokens[i] written in digits, 0 when it is none.
func (t text) number(i int) int {
	key := t.key(i)
	if key == "" || len(key) > 4 || strings.Trim(key, "0123456789") != "" {
		return 0
	}
	n, err := strconv.Atoi(key)
	if err != nil {
		return 0
	}
	return n
}

// ordinal returns the value of "13", "13th", "second" or "two"; 0 for others.
func (t text) ordinal(i int) int {
	key := t.key(i)
	if n := t.number(i); n > 0 {
		return n
	}
	for _, names := range [][]string{
		{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"},
		{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"},
	} {
		if n := slices.Index(names, key); n >= 0 {
			return n + 1
		}
	}
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if digits, ok := strings.CutSuffix(key, ending); ok && len(digits) <= 2 {
			if n, err := strconv.Atoi(digits); err == nil && n > 0 {
				return n
			}
		}
	}
	return 0
}

// chineseNumber reads a number in digits or in Chinese numerals up to 99 and
// returns how many tokens it takes.
func (t text) chineseNumber(i int) (value, size int) {
	if n := t.number(i); n > 0 {
		return n, 1
	}
	const digits = "一二三四五六七八九"
	digit := func(at int) int {
		key := t.key(at)
		if key == "" || !strings.Contains(digits, key) {
			return 0
		}
		return strings.Index(digits, key)/len("一") + 1
	}
	at := i
	tens := digit(at)
	if tens > 0 {
		at++
	}
	if t.key(at) != "十" {
		return tens, at - i
	}
	return max(tens, 1)*10 + digit(at+1), at + 1 + min(1, digit(at+1)) - i
}

func monthNamed(key string) int {
	if len(key) < 3 {
		return 0
	}
	for i, name := range []string{"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december"} {
		if key == name || key == name[:3] || key == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

func validMonth(n int) bool { return n >= 1 && n <= 12 }

func validDay(n int) bool { return n >= 1 && n <= 31 }
