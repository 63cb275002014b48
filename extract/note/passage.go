package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// passages are the stretches of one line that are judged by themselves.
type passages struct {
	text      string
	brackets  []Range // ( ) and 【 】 with their marks; inner ones before outer ones
	dashes    []Range // from a dash to the next one, or to the end
	sentences []Range // of the whole text
}

// maxOpen bounds how many brackets may be open at a time, so that a line of
// opening brackets costs no more than any other.
const maxOpen = 32

// splitPassages finds the sentences, brackets and dash clauses of a line. A mark in
// a bracket ends no sentence, and a dash in a bracket begins no clause.
func splitPassages(text string) *passages {
	p := &passages{text: text}
	var open []int
	sentence, dash := 0, -1
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case (r == '(' || r == '（' || r == '【') && len(open) < maxOpen:
			open = append(open, at)
		case (r == ')' || r == '）' || r == '】') && len(open) > 0:
			p.brackets = append(p.brackets, Range{open[len(open)-1], at + size})
			open = open[:len(open)-1]
		case len(open) == 0 && strings.HasPrefix(text[at:], "——"):
			if dash >= 0 {
				p.dashes = append(p.dashes, Range{dash, at})
			}
			dash, size = at, len("——")
		case len(open) == 0 && endsSentence(text, at, r, size):
			p.sentences = append(p.sentences, Range{sentence, at + size})
			sentence = at + size
		}
		at += size
	}
	if dash >= 0 {
		p.dashes = append(p.dashes, Range{dash, len(text)})
	}
	p.sentences = append(p.sentences, Range{sentence, len(text)})
	return p
}

// around returns the smallest passage that a hit stands in.
func (p *passages) around(h hit) passage {
	for _, r := range p.brackets {
		if h.start > r.Start && h.end < r.End {
			return passage{text: p.text, start: r.Start, end: r.End, aside: true, first: r.Start == 0}
		}
	}
	for _, r := range p.dashes {
		if h.start >= r.Start+len("——") && h.end <= r.End {
			return passage{text: p.text, start: r.Start, end: r.End, aside: true}
		}
	}
	for _, r := range p.sentences {
		if h.start >= r.Start && h.start < r.End {
			return passage{text: p.text, start: r.Start, end: r.End, first: r.Start == 0}
		}
	}
	return passage{text: p.text, end: len(p.text), first: true}
}

// endsSentence reports whether the character at a place ends a sentence. A full
// stop needs a space and a capital behind it, and no abbreviation before it.
func endsSentence(text string, at int, r rune, size int) bool {
	switch r {
	case '。', '！', '？':
		return true
	case '!', '?', '.':
		after := text[at+size:]
		next := strings.TrimLeft(after, " ")
		if next == "" || len(next) == len(after) {
			return false
		}
		begins, _ := utf8.DecodeRuneInString(next)
		return !unicode.IsLower(begins) && (r != '.' || !abbreviated(text[:at]))
	}
	return false
}

// abbreviated reports whether a full stop behind this text belongs to an
// abbreviation or an initial.
func abbreviated(before string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })+1:]
	switch strings.ToLower(word) {
	case "dr", "prof", "mr", "mrs", "ms", "st", "vs", "etc", "e.g", "i.e", "no", "fig", "eq", "al", "inc", "ltd", "co", "dept", "univ":
		return true
	}
	return utf8.RuneCountInString(word) <= 1
}
