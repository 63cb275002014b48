package llm

import (
	"talkgraph/extract/note"
)

// Talk is what the outline knows of a talk, or of notes without talks.
type Talk struct {
	Title, Session, Event string       // "" where there is none
	Lines                 []int        // indexes of the lines on it, ascending
	SpeakerLine           map[int]bool // indexes of lines that say who speaks
	Speakers              bool         // whether the outline found its speakers
	Hosts                 []string     // who leads it or its session, and does not speak in it
	None                  bool         // the lines belong to no talk
}

// chunkTokens is how many tokens of notes are asked about at once: answers grow
// with them, and their quality falls.
const chunkTokens = 3000

// piece is a part of a talk that is asked about at once.
type piece struct {
	talk  int
	lines []int
}

// pieces cuts talks into parts, at sections where there are some.
func pieces(n *note.Note, talks []Talk) []piece {
	var all []piece
	for i := range talks {
		for _, lines := range split(n, talks[i].Lines, chunkTokens) {
			all = append(all, piece{i, lines})
		}
	}
	return all
}

// split cuts lines into runs of at most so many tokens, if single lines are not
// longer.
func split(n *note.Note, lines []int, limit float64) [][]int {
	var runs [][]int
	for len(lines) > 0 {
		sum, end, section := 0.0, 0, 0
		for end < len(lines) {
			cost := lineTokens(n, lines[end])
			if end > 0 && sum+cost > limit {
				break
			}
			if sum > limit/3 && opens(&n.Lines[lines[end]]) {
				section = end
			}
			sum += cost
			end++
		}
		if end < len(lines) && section > 0 {
			end = section
		}
		runs = append(runs, lines[:end])
		lines = lines[end:]
	}
	return runs
}

// halve cuts a piece in two, at the section nearest to the middle; nil when it has
// one line.
func halve(n *note.Note, p piece) []piece {
	if len(p.lines) < 2 {
		return nil
	}
	middle := len(p.lines) / 2
	for distance := range len(p.lines) / 4 {
		for _, at := range []int{middle - distance, middle + distance} {
			if at > 0 && at < len(p.lines) && opens(&n.Lines[p.lines[at]]) {
				return []piece{{p.talk, p.lines[:at]}, {p.talk, p.lines[at:]}}
			}
		}
	}
	return []piece{{p.talk, p.lines[:middle]}, {p.talk, p.lines[middle:]}}
}

// opens reports whether a section begins with a line.
func opens(l *note.Line) bool {
	return l.Kind == note.Heading || l.Kind == note.Numbered && l.Level == 0
}

// lineOverhead is what a line's number costs, in tokens.
const lineOverhead = 4

func lineTokens(n *note.Note, i int) float64 { return tokens(n.Lines[i].Content()) + lineOverhead }
