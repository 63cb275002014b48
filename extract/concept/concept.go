// Package concept finds the ideas that notes on talks are about, joins the names
// of one idea, and reads the relations that the notes state between ideas.
//
// Every name is found by evidence: small scanners (the lexicon, heads before a
// colon, lists, headings, Latin terms in Chinese text, noun phrases, marked-up
// words) each say how likely a place names an idea, and what they say together
// decides. The package must not know how talks are found, nor who speaks: it is
// given the lines of each talk, and returns facts.
package concept

import (
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// Passage is a piece of one line of a note.
type Passage struct {
	Line       int // index into note.Lines
	Start, End int // bytes of the raw line
}

// Scope is the notes on one talk.
type Scope struct {
	ID       string               // entity ID of the talk
	Title    Passage              // the title in the notes; empty when Start == End
	Lines    []int                // indexes into note.Lines, in order, that are notes on the matter
	Skip     []string             // names of its speakers and institutions: never concepts
	Language string               // "zh", "en" or "mixed"
	Pieces   map[int][]note.Range // of lines that are on the matter in part: the bytes of the raw line that are; nil for whole lines
}

// Options choose among the concepts that were found.
type Options struct {
	Limit    int     // most concepts per talk, the best ones; 0 is no limit
	MinScore float64 // least score of a concept in a talk, 0…1; 0 is DefaultMinScore

	// Different are groups of names that the user keeps apart: no two names of a
	// group become one concept, whatever the lexicon and the notes say.
	Different [][]string
}

// DefaultMinScore is the score from which a concept is believed.
const DefaultMinScore = 0.5

// Result is what Extract found, each list in a fixed order.
type Result struct {
	Concepts  []fact.Entity   // of type Concept, by ID
	Relations []fact.Relation // about, broader and related
	Merges    []Merge         // names that became one concept, and why
	MaybeSame []Merge         // names that look like one concept and were kept apart
}

// Merge is a decision about two names of concepts.
type Merge struct {
	Kept, Merged string
	Reason       string
	Line         int // where Merged stands, from 1
}

// Extract finds the concepts of the talks of a note. Scopes may be given in any
// order; their lines may overlap.
func Extract(n *note.Note, scopes []Scope, l *lexicon.Lexicon, o Options) Result {
	if o.MinScore <= 0 {
		o.MinScore = DefaultMinScore
	}
	x := newExtractor(n, l, o)
	x.apart = newApart(l, o.Different)
	x.everyone = newEveryone(l, scopes)
	x.lowerCase = isLowerCase(n)
	for i := range scopes {
		x.readScope(i, &scopes[i])
	}
	x.join()
	x.choose(scopes)
	return x.result(scopes)
}
