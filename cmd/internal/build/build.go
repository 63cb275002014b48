package build

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
)

// Options are what a build depends on besides the notes.
type Options struct {
	Extract         extract.Options
	Corrections     *resolve.Corrections // nil for none
	CorrectionsHash string               // of their text; a change resolves everything again
	Prune           bool                 // remove the stored documents that are not among the sources
	Jobs            int                  // documents read at the same time; 0 is one per processor
	Progress        func(Progress)       // called by one goroutine at a time; nil for none
}

func (o Options) jobs() int {
	if o.Jobs == 0 {
		return runtime.NumCPU()
	}
	return o.Jobs
}

func (o Options) report(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// withLexicon puts the built-in lexicon where none is given.
func (o Options) withLexicon() (Options, error) {
	var err error
	if o.Extract.Lexicon == nil {
		o.Extract.Lexicon, err = lexicon.Load()
	}
	return o, err
}

// State is what became of a document.
type State string

// The states.
const (
	Added     State = "added"
	Changed   State = "changed"
	Unchanged State = "unchanged"
	Removed   State = "removed"
	Failed    State = "failed"
)

// Document tells what became of one document.
type Document struct {
	ID    string
	Path  string // as the user gave it; the stored name of a removed one
	State State
}

// Summary is the outcome of a build.
type Summary struct {
	Documents   []Document        // those given and those removed, in order of ID
	Failures    []Failure         // of the documents in the state Failed
	Diagnostics []fact.Diagnostic // of the documents read and of the resolution, sorted
	Resolution  *resolve.Result   // nil when nothing had changed
}

// Count returns the number of documents in a state.
func (s Summary) Count(state State) int {
	count := 0
	for _, d := range s.Documents {
		if d.State == state {
			count++
		}
	}
	return count
}

// Run brings the sources into the store. A document that cannot be read stays in
// the store as it was and does not stop the others. After an error the store
// holds whole documents, old or new, and the next build completes the work.
func Run(ctx context.Context, store graph.Store, sources []Source, options Options) (Summary, error) {
	options, err := options.withLexicon()
	if err != nil {
		return Summary{}, err
	}
	before, err := loadStored(ctx, store)
	if err != nil {
		return Summary{}, err
	}
	defer before.close()
	readings, err := readAll(ctx, sources, options, before)
	if err != nil {
		return Summary{}, err
	}
	summary := summarize(readings, before, options)
	if summary.changes() || !before.resolvedBy(options.resolutionFingerprint()) {
		all, err := gather(ctx, before, readings, summary, options.jobs())
		if err != nil {
			return summary, err
		}
		if err := settle(ctx, store, before, all, options, &summary); err != nil {
			return summary, err
		}
	}
	slices.SortFunc(summary.Diagnostics, fact.CompareDiagnostics)
	summary.Diagnostics = slices.Compact(summary.Diagnostics)
	return summary, nil
}

// summarize tells what is to become of each document.
func summarize(readings []Reading, before *stored, options Options) Summary {
	summary := Summary{Failures: Failures(readings)}
	given := map[string]bool{}
	for i := range readings {
		r := &readings[i]
		given[r.ID] = true
		summary.Documents = append(summary.Documents, Document{ID: r.ID, Path: r.Source.Path, State: r.state()})
		summary.Diagnostics = append(summary.Diagnostics, r.Facts.Diagnostics...)
		r.Facts.Diagnostics = nil // they belong to this build, not to the document
	}
	if options.Prune {
		for _, part := range before.parts {
			if !given[part.ID] {
				summary.Documents = append(summary.Documents, Document{ID: part.ID, Path: part.Source, State: Removed})
			}
		}
	}
	slices.SortFunc(summary.Documents, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	return summary
}

func (s Summary) changes() bool { return s.Count(Added)+s.Count(Changed)+s.Count(Removed) > 0 }

// gather returns every document that the graph is to hold, in order of ID: those
// read now, and those of which only the store has the facts.
func gather(ctx context.Context, before *stored, readings []Reading, summary Summary, jobs int) ([]Reading, error) {
	var all []Reading
	have := map[string]bool{}
	for _, d := range summary.Documents {
		have[d.ID] = d.State == Removed
	}
	for _, r := range readings {
		if r.Err == nil {
			all = append(all, r)
			have[r.ID] = true
		}
	}
	for _, part := range before.parts {
		if !have[part.ID] {
			all = append(all, Reading{ID: part.ID, Source: Source{Name: part.Source}, fingerprint: extractionOf(part), stored: true, known: true})
		}
	}
	slices.SortFunc(all, func(a, b Reading) int { return cmp.Compare(a.ID, b.ID) })
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	for i := range all {
		if r := &all[i]; r.stored {
			group.Go(func() error {
				var err error
				r.Facts, r.encoded, err = before.facts(ctx, r.ID)
				return err
			})
		}
	}
	return all, group.Wait()
}

// rounds bounds how often a build begins anew because another one wrote meanwhile.
const rounds = 10

// settle resolves all documents together and writes what came out different. Where
// another program has written documents meanwhile, as a database server allows, it
// does so again with them: the last one to write has seen everything.
func settle(ctx context.Context, store graph.Store, before *stored, all []Reading, options Options, summary *Summary) error {
	for range rounds {
		wanted := fingerprints(all, options.resolutionFingerprint())
		before.close() // an open snapshot would keep the room of all that is replaced
		if err := write(ctx, store, before, all, options, summary); err != nil {
			return err
		}
		now, err := loadStored(ctx, store)
		if err != nil {
			return err
		}
		if now.holds(wanted) {
			now.close()
			return store.Compact(ctx)
		}
		before = now
		all, err = gather(ctx, now, nil, Summary{}, options.jobs())
		if err != nil {
			now.close()
			return err
		}
	}
	return errors.New("other programs keep writing into the store; run build again when they have finished")
}

// batch is how many documents are made ready and stored at a time.
const batch = 100

// write resolves documents and brings them into the store, in the order of plan. Its
// arguments are used up: what is written is let go.
func write(ctx context.Context, store graph.Store, before *stored, all []Reading, options Options, summary *Summary) error {
	facts := make([]fact.Facts, len(all))
	for i := range all {
		facts[i] = all[i].Facts
		all[i].Facts = fact.Facts{}
	}
	result := resolve.Resolve(facts, options.Corrections, options.Extract.Lexicon)
	documents := result.Documents
	result.Documents = nil
	summary.Resolution = &result
	summary.Diagnostics = append(summary.Diagnostics, result.Diagnostics...)
	steps := plan(before, all, documents, *summary)
	stored := Progress{Storing: true, AllDocuments: len(steps)}
	for len(steps) > 0 {
		options.report(stored)
		var changes []graph.Change
		for _, s := range steps[:min(batch, len(steps))] {
			change, err := s.change(all, facts, documents, options.resolutionFingerprint())
			if err != nil {
				return err
			}
			changes = append(changes, change)
		}
		if err := store.Apply(ctx, changes); err != nil {
			return err
		}
		steps = steps[len(changes):]
		stored.Documents += len(changes)
	}
	return nil
}
