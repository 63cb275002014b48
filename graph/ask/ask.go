// Package ask answers questions in words, English, Chinese or both, from a graph.
//
// A question goes through these steps, each in its own files:
//
//	token, word, date   the text becomes tokens; words that carry a question's
//	                    shape ("who", 哪些, "talked about") are recognised
//	link, near, phrase  the other words become entities of the graph
//	read, role, form    the shape becomes a Query: what is asked for, of what
//	run, talks, …       the Query becomes answers, each with its passages
//
// Nothing is guessed: words that name nothing in the graph make the answer empty,
// with the nearest names as suggestions, and a question whose shape is not in the
// table of forms has the intent IntentNone. The table holds grammar alone: which
// words ask for people, which join names. No name of any notes stands in it.
//
// The package reads a graph.Snapshot, and a Thesaurus where it is given one. It
// must not know how facts are found, where the thesaurus gets its names, or how
// answers look on which terminal: it writes plain text and marks terms when told to.
package ask

import (
	"context"

	"talkgraph/graph"
)

// Options choose which answers are given.
type Options struct {
	// Limit is the most answers; 0 is no limit.
	Limit int

	// AboutOnly leaves out talks that only touch what is asked about: those that
	// score below TouchScore.
	AboutOnly bool

	// Paths is the most connections that a question for connections gives; 0 is
	// graph.DefaultPaths.
	Paths int

	// Thesaurus knows names that the graph does not hold; nil is none. It is asked
	// only when a question holds words that the graph does not know.
	Thesaurus Thesaurus
}

// Thesaurus knows more names of things than notes use.
type Thesaurus interface {
	// Named returns the IDs of the entities that a name may mean, nil when it is unknown.
	Named(name string) []string

	// Names returns the names of an entity.
	Names(id string) []string

	// Narrower returns the IDs of the concepts that lie below a concept, at any depth.
	Narrower(id string) []string
}

// Answer reads the question and answers it from the snapshot. A question that is
// not understood, or that nothing is found for, is no error: the result says so.
func Answer(ctx context.Context, snapshot graph.Snapshot, question string, options Options) (Result, error) {
	r, err := read(ctx, snapshot, options.Thesaurus, question)
	if err != nil {
		return Result{}, err
	}
	result := r.result()
	if !r.answerable() {
		return result, nil
	}
	f := newFinder(ctx, snapshot, question, r.query, options)
	return f.fill(result)
}

// Parse reads the question without answering it. The query is of use when the
// understanding has an intent, no unknown words and no ambiguous names.
func Parse(ctx context.Context, snapshot graph.Snapshot, thesaurus Thesaurus, question string) (Query, Understood, error) {
	r, err := read(ctx, snapshot, thesaurus, question)
	if err != nil {
		return Query{}, Understood{}, err
	}
	return r.query, r.understood(), nil
}

// Run answers a query. The question is only shown. A query that names what is not
// in the graph, or that lacks what its intent needs, is an error.
func Run(ctx context.Context, snapshot graph.Snapshot, question string, query Query, options Options) (Result, error) {
	if err := query.check(ctx, snapshot); err != nil {
		return Result{}, err
	}
	f := newFinder(ctx, snapshot, question, query, options)
	return f.fill(emptyResult(question, query))
}
