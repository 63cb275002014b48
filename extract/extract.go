// Package extract is the face of the extraction stage: it turns one document into
// facts by running its rooms one after the other. note reads lines, outline finds
// event, sessions, talks and people, concept finds ideas and how they are related.
// Where the user wants it, llm lets a language model read after them.
//
// What it returns speaks of one document alone; extract/resolve joins documents.
// The package must not know the graph or how it is stored and drawn.
package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"talkgraph/extract/concept"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/llm"
	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

// Version changes whenever the same document can give other facts than before, so
// that stored facts are made anew.
const Version = "2"

// Options choose what is extracted.
type Options struct {
	Lexicon  *lexicon.Lexicon // nil is the built-in one
	Concepts int              // most concepts per talk; 0 is no limit
	MinScore float64          // least score of a concept, 0…1; 0 is the default

	// Different are groups of names of concepts that the user keeps apart.
	Different [][]string

	// Model is a language model that reads after the rules; nil is none.
	Model *llm.Reader

	// ModelOnly leaves only the programme to the rules, and people, institutions and
	// concepts to the model.
	ModelOnly bool
}

// Fingerprint identifies what a document's facts depend on: its content, the
// program's rules, the lexicon and the options.
func Fingerprint(content []byte, o Options) string {
	l, err := o.lexicon()
	if err != nil {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%d\n%g\n", Version, l.Hash, o.Concepts, o.MinScore)
	if len(o.Different) > 0 {
		fmt.Fprintf(sum, "%q\n", o.Different)
	}
	if o.Model != nil {
		fmt.Fprintf(sum, "%s %t\n", o.Model.Fingerprint(), o.ModelOnly)
	}
	sum.Write(content)
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

func (o Options) lexicon() (*lexicon.Lexicon, error) {
	if o.Lexicon != nil {
		return o.Lexicon, nil
	}
	return lexicon.Load()
}

// Document returns what one document says. Entity IDs other than those of concepts
// and of the document itself are provisional: extract/resolve makes the final ones.
// The error is that of the lexicon or of a cancelled context.
func Document(ctx context.Context, n *note.Note, o Options) (fact.Facts, error) {
	l, err := o.lexicon()
	if err != nil {
		return fact.Facts{}, err
	}
	skeleton := outline.Read(n, l)
	if err := ctx.Err(); err != nil {
		return fact.Facts{}, err
	}
	b := newBuilder(n, l, skeleton)
	b.outline()
	if o.ModelOnly {
		b.programmeOnly()
		return b.facts, b.model(ctx, o)
	}
	found := concept.Extract(n, b.scopes(), l, concept.Options{Limit: o.Concepts, MinScore: o.MinScore, Different: o.Different})
	b.facts.Entities = append(b.facts.Entities, found.Concepts...)
	b.facts.Relations = append(b.facts.Relations, found.Relations...)
	b.merges(found)
	if o.Model != nil {
		if err := b.model(ctx, o); err != nil {
			return fact.Facts{}, err
		}
	}
	return b.facts, ctx.Err()
}
