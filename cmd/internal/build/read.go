package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/note"
)

// Reading is one document after extraction.
type Reading struct {
	ID          string
	Source      Source
	Note        *note.Note // the lines as they were read; only from Read
	Facts       fact.Facts // empty for a document that the store has unchanged
	Err         error      // why it could not be read, the path first; then Facts holds only diagnostics
	fingerprint string
	encoded     []byte // the facts as the store has them; nil for those read now
	stored      bool   // whether the store has the document unchanged
	known       bool   // whether the store has the document
}

// Failures lists the documents that could not be read.
func Failures(readings []Reading) []Failure {
	var failures []Failure
	for _, r := range readings {
		if r.Err != nil {
			failures = append(failures, Failure{r.Source.Path, r.Err})
		}
	}
	return failures
}

// Read extracts the facts of each source, for looking at them without a store. A
// document that cannot be read has its error and does not stop the others; the
// error returned is that of the context.
func Read(ctx context.Context, sources []Source, options Options) ([]Reading, error) {
	options, err := options.withLexicon()
	if err != nil {
		return nil, err
	}
	return readAll(ctx, sources, options, nil)
}

// Progress is how far a build has come: first with reading the documents, then with
// storing those that are new or came out different.
type Progress struct {
	Storing                 bool
	Documents, AllDocuments int
	Bytes, AllBytes         int64  // as far as the sizes are known; 0 while storing
	Model                   string // what a language model has used, in words; "" without one
}

// counter reports the progress of several goroutines.
type counter struct {
	mu     sync.Mutex
	now    Progress
	report func(Progress)
}

func newCounter(sources []Source, report func(Progress)) *counter {
	c := &counter{report: report}
	for _, s := range sources {
		c.now.AllDocuments++
		c.now.AllBytes += s.size()
	}
	return c
}

func (c *counter) done(s Source) {
	if c.report == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now.Documents++
	c.now.Bytes += s.size()
	c.report(c.now)
}

// readAll reads the sources on several processors; the results are in order of ID.
// Documents that the store has unchanged are not extracted.
func readAll(ctx context.Context, sources []Source, options Options, before *stored) ([]Reading, error) {
	readings := make([]Reading, len(sources))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(options.jobs())
	count := newCounter(sources, options.Progress)
	for i, source := range sources {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			reading, err := readOne(ctx, source, options, before)
			if err != nil {
				return err
			}
			readings[i] = reading
			count.done(source)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(readings, func(a, b Reading) int { return cmp.Compare(a.ID, b.ID) })
	return refuseTwins(readings), nil
}

// refuseTwins keeps the first of several documents of one ID. The same file given
// twice is one document; two files whose names differ too little are an error of
// the second.
func refuseTwins(readings []Reading) []Reading {
	kept := readings[:0]
	for _, r := range readings {
		if len(kept) == 0 || kept[len(kept)-1].ID != r.ID {
			kept = append(kept, r)
			continue
		}
		if first := &kept[len(kept)-1]; first.Source.Name != r.Source.Name && first.Err == nil {
			first.Facts.Diagnostics = append(first.Facts.Diagnostics, fact.Diagnostic{
				File: r.Source.Path, Severity: fact.Error,
				Message: "is not read: its name differs too little from " + first.Source.Path, Mend: "rename one of them"})
		}
	}
	return kept
}

// errReader is a fault of the program, not of the notes: the other documents are read
// all the same.
var errReader = errors.New("the notes cannot be read because of a fault in talkgraph; please report it with the document if you can")

func readOne(ctx context.Context, source Source, options Options, before *stored) (r Reading, err error) {
	r = Reading{ID: note.DocumentID(source.Name), Source: source}
	defer func() {
		if fault := recover(); fault != nil {
			r.Err, err = fmt.Errorf("%s: %w (%v)", source.Path, errReader, fault), nil
		}
	}()
	part, known := before.part(r.ID)
	r.known = known
	data, err := source.read()
	if err != nil {
		r.Err = err
		return r, nil
	}
	r.fingerprint = extract.Fingerprint(data, options.Extract)
	if known && extractionOf(part) == r.fingerprint && part.Source == source.Name {
		r.stored = true
		return r, nil
	}
	read, diagnostics, err := note.Read(source.Path, source.Name, data)
	if err != nil {
		r.Err, r.Facts.Diagnostics = err, diagnostics
		return r, nil
	}
	if before == nil {
		r.Note = read
	}
	r.Facts, err = extract.Document(ctx, read, options.Extract)
	if r.Facts.Incomplete {
		r.fingerprint += "+" // unlike that of any whole reading, so that the next build reads again
	}
	r.Facts.Diagnostics = append(diagnostics, r.Facts.Diagnostics...)
	return r, err
}

func (r Reading) state() State {
	switch {
	case r.Err != nil:
		return Failed
	case r.stored:
		return Unchanged
	case r.known:
		return Changed
	default:
		return Added
	}
}
