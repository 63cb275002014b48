// Package ask answers questions in words, English, Chinese or both, from a graph.
//
// A question goes through four steps, each in its own files:
//
//	token, word, date   the text becomes tokens; words that carry a question's
//	                    shape ("who", 哪些, "talked about") are recognised
//	link, partial, typo the other words become entities of the graph
//	form                the shape becomes a query: what is asked for, under which conditions
//	find, answer, …     the query becomes answers, each with its passages
//
// Nothing is guessed: words that name nothing in the graph make the answer empty,
// with the nearest names as suggestions, and a question whose shape is not in the
// table of forms has the intent IntentNone.
//
// The package reads a graph.Snapshot and nothing else. It must not know how facts
// are found, which lexicon named the concepts, or how answers are printed in colour
// on which terminal: it only renders plain text and marks the terms when told to.
package ask

import (
	"context"

	"talkgraph/graph"
)

// Options choose which answers are given.
type Options struct {
	// Limit is the most answers; 0 is no limit.
	Limit int

	// AboutOnly leaves out talks that only touch what is asked about: those whose
	// weight for it is below TouchWeight.
	AboutOnly bool

	// Paths is the most connections that a question for connections gives; 0 is 3.
	Paths int
}

// TouchWeight is the weight of an about relation below which a talk only touches a
// concept: an aside, a benchmark, a single word.
const TouchWeight = 0.35

// Answer reads the question and answers it from the snapshot. A question that is
// not understood, or that nothing is found for, is no error: the result says so.
func Answer(ctx context.Context, snapshot graph.Snapshot, question string, options Options) (Result, error) {
	r, err := read(ctx, snapshot, question)
	if err != nil {
		return Result{}, err
	}
	f := &finder{ctx: ctx, snapshot: snapshot, options: options, nodes: map[string]graph.Node{}}
	return f.answer(r)
}

// Parse reads the question without answering it.
func Parse(ctx context.Context, names Names, question string) (Understood, error) {
	r, err := read(ctx, names, question)
	if err != nil {
		return Understood{}, err
	}
	return r.understood(), nil
}
