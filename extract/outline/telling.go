package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Told is a piece of running text that tells of a talk.
type Told struct {
	Talk int // index into Talks; -1 when the piece tells of none
	At   Span
}

// telling is a piece of running text and the draft that it tells of.
type telling struct {
	draft *draft
	at    Span
}

// opening is where a passage begins to tell of a talk; of none when draft is nil.
type opening struct {
	at    int
	draft *draft
}

// tell cuts a passage into sentences and gives each to the talk that it tells of:
// the one whose speaker it introduces or names as its subject, else the one before.
func (r *reader) tell(p *passage, openings []opening) {
	for _, piece := range sentences(p.text) {
		sentence := p.text[piece[0]:piece[1]]
		inside := slices.DeleteFunc(slices.Clone(openings), func(o opening) bool { return o.at < piece[0] || o.at >= piece[1] })
		if len(inside) == 0 {
			r.telling = r.subject(sentence)
			r.record(p, r.telling, piece[0], piece[1])
			continue
		}
		start := piece[0]
		for k, o := range inside {
			end := piece[1]
			if k+1 < len(inside) {
				end = clauseStart(p.text, inside[k+1].at, o.at)
			}
			r.telling = o.draft
			r.record(p, o.draft, start, end)
			start = end
		}
	}
}

// clauseStart returns where the clause begins that holds a place, not before a least one.
func clauseStart(text string, at, least int) int {
	for start := at; start > least; {
		c, size := utf8.DecodeLastRuneInString(text[:start])
		if strings.ContainsRune("，,；;：:", c) {
			return start
		}
		start -= size
	}
	return at
}

// subject returns the talk that a sentence goes on with: that of the speaker whom it
// names first, none where it turns to something else.
func (r *reader) subject(sentence string) *draft {
	for _, d := range r.drafts {
		if !d.prose {
			continue
		}
		for k := range d.speakers {
			for _, called := range r.callingsInProse(d.speakers, k) {
				if rest, ok := strings.CutPrefix(sentence, called); ok && endsName(called, rest) {
					return d
				}
			}
		}
	}
	if turnsAway(sentence) {
		return nil
	}
	return r.telling
}

// callingsInProse adds to callings a Chinese surname with an honorific: 樊老师.
func (r *reader) callingsInProse(speakers []Speaker, k int) []string {
	forms := callings(speakers, k)
	name := speakers[k].Name
	if size := r.lexicon.People.SurnameSize(name); size > 0 && size < len(name) {
		for _, honorific := range []string{"老师", "教授", "博士", "院士", "主任"} {
			forms = append(forms, name[:size]+honorific)
		}
	}
	return forms
}

// endsName reports whether a name ends where a sentence goes on.
func endsName(called, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(called)
	return unicode.Is(unicode.Han, last) || !unicode.IsLetter(next)
}

// turns begin sentences that leave the talk before.
var turns = []string{"中午", "午饭", "茶歇", "晚饭", "晚宴", "晚上", "下午", "上午", "散场", "最后", "后来", "会后", "总的来说", "总体", "整体", "这次", "明年", "回来",
	"lunch", "after lunch", "coffee", "dinner", "in the evening", "in the afternoon", "in the morning", "on the second day", "the last session", "the best talk", "the rest of", "overall", "next year", "flights", "we then", "there was also", "there were also", "also there", "the poster", "the day ended", "the evening ended"}

// turnsAway reports whether a sentence begins with such words or names a day.
func turnsAway(sentence string) bool {
	lower := strings.ToLower(strings.TrimLeft(sentence, " “\"(（"))
	for _, turn := range turns {
		if rest, ok := strings.CutPrefix(lower, turn); ok && (turn[0] >= utf8.RuneSelf || rest == "" || !isLetterByte(rest[0])) {
			return true
		}
	}
	head, _, _ := strings.Cut(lower, " ")
	return weekdayOf(head) >= 0 || dayNumber(lower[:min(len(lower), 12)]) > 0
}

// record notes which bytes of which lines tell of a draft; nil is none.
func (r *reader) record(p *passage, d *draft, start, end int) {
	for k, from := range p.starts {
		to := len(p.text)
		if k+1 < len(p.starts) {
			to = p.starts[k+1]
		}
		a, b := max(start, from), min(end, to)
		if a >= b {
			continue
		}
		line := p.lines[k]
		size := len(r.lines[line].text)
		r.tellings = append(r.tellings, telling{d, r.span(line, min(a-from, size), min(b-from, size))})
	}
}

// placeTellings turns the tellings into places of talks, in order of lines.
func (r *reader) placeTellings(opened map[*draft]int) {
	for _, t := range r.tellings {
		talk := -1
		if k, ok := opened[t.draft]; ok && t.draft != nil {
			talk = k
		}
		r.outline.Told = append(r.outline.Told, Told{Talk: talk, At: t.at})
	}
}
