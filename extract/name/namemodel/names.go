package namemodel

import (
	"cmp"
	"math"
	"slices"
)

// Likely is the least score of the spans that Names returns: one in twelve. It
// favours finding over precision, since a caller wants a surname and a cue as well.
const Likely = -2.4

// Lowest is the score of what cannot be a name; no score is lower.
const Lowest = -40.0

const (
	maxRun  = 256 // characters read at once; a longer run without a mark is no prose
	context = 12  // characters to either side that Score looks at
)

// hope is how much less probable than at last a name may seem before what follows
// it has been read; less than that and the run, as most are, is not read further.
const hope = 1.0 / 50

// Span is a piece of a text, as byte offsets, that may be the name of a person.
type Span struct {
	Start, End int
	Score      float64 // log odds, natural, from Lowest to -Lowest
}

// Names returns the pieces of a text that are likely to be the Chinese name of a
// person, from left to right and without overlap: see Likely. The time that it
// takes grows with the length of the text and no faster.
func (m *Model) Names(text string) []Span { return m.NamesAbove(text, Likely) }

// NamesAbove is Names with another least score: 0 is an even chance.
func (m *Model) NamesAbove(text string, least float64) []Span {
	s := scan{lattice: lattice{model: m}, least: 1 / (1 + math.Exp(-least))}
	for offset, char := range text {
		if !Han(char) {
			s.finish(offset)
			continue
		}
		if len(s.run) == maxRun {
			s.finish(offset)
		}
		s.run = append(s.run, char)
		s.offsets = append(s.offsets, offset)
	}
	s.finish(len(text))
	return s.found
}

// Score returns the log odds that the characters from one index to another, and
// no more than they, are the Chinese name of a person where they stand. It is
// Lowest for what has not two to four characters or others than Chinese ones.
func (m *Model) Score(text []rune, from, to int) float64 {
	if from < 0 || to > len(text) || to-from < 2 || to-from > 4 {
		return Lowest
	}
	for _, char := range text[from:to] {
		if !Han(char) {
			return Lowest
		}
	}
	start, end := from, to
	for start > 0 && from-start < context && Han(text[start-1]) {
		start--
	}
	for end < len(text) && end-to < context && Han(text[end]) {
		end++
	}
	l := lattice{model: m}
	l.fill(text[start:end], 0)
	return logOdds(l.name(from-start, to-start))
}

// Han tells whether a character is a Chinese one.
func Han(char rune) bool {
	return char >= 0x4E00 && char <= 0x9FFF || char >= 0x3400 && char <= 0x4DBF ||
		char >= 0xF900 && char <= 0xFAFF || char >= 0x20000 && char <= 0x323AF || char == '〇'
}

func logOdds(p float64) float64 {
	return min(max(math.Log(p/(1-min(p, 1))), Lowest), -Lowest)
}

// scan is the reading of one text.
type scan struct {
	lattice    lattice
	least      float64 // probability
	run        []rune  // of Chinese characters, which nothing divides
	offsets    []int   // where they stand
	candidates []candidate
	taken      []bool
	found      []Span
}

// candidate is a piece of the run, as indices.
type candidate struct {
	from, to    int
	probability float64
}

// finish looks for names in the run, which ends at an offset, and starts another.
func (s *scan) finish(end int) {
	if len(s.run) > 1 && s.lattice.fill(s.run, s.least*hope) {
		s.collect()
		s.choose(end)
	}
	s.run, s.offsets = s.run[:0], s.offsets[:0]
}

// collect lists every piece of the run that reaches the least score.
func (s *scan) collect() {
	s.candidates = s.candidates[:0]
	for from := range s.run {
		for to := from + 2; to <= min(from+4, len(s.run)); to++ {
			if p := s.lattice.name(from, to); p >= s.least {
				s.candidates = append(s.candidates, candidate{from, to, p})
			}
		}
	}
}

// choose takes the candidates with the best scores, of which no two overlap.
func (s *scan) choose(end int) {
	slices.SortFunc(s.candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.probability, a.probability), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	s.taken = append(s.taken[:0], make([]bool, len(s.run))...)
	first := len(s.found)
	for _, c := range s.candidates {
		if slices.Contains(s.taken[c.from:c.to], true) {
			continue
		}
		for i := c.from; i < c.to; i++ {
			s.taken[i] = true
		}
		span := Span{Start: s.offsets[c.from], End: end, Score: logOdds(c.probability)}
		if c.to < len(s.run) {
			span.End = s.offsets[c.to]
		}
		s.found = append(s.found, span)
	}
	slices.SortFunc(s.found[first:], func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
}
