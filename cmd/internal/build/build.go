package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/note"
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
	Progress        func(done, all int)  // called from several goroutines; nil for none
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

// Reading is one document after extraction.
type Reading struct {
	ID          string
	Source      Source
	Facts       fact.Facts
	Err         error // why it could not be read, the path first; then Facts holds only diagnostics
	fingerprint string
	stored      bool // whether the facts are those of the store
	known       bool // whether the store has the document
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
	return readAll(ctx, sources, options, nil)
}

// Run brings the sources into the store. A document that cannot be read stays in
// the store as it was and does not stop the others. After an error the store
// holds whole documents, old or new.
func Run(ctx context.Context, store graph.Store, sources []Source, options Options) (Summary, error) {
	before, err := loadStored(ctx, store)
	if err != nil {
		return Summary{}, err
	}
	defer before.close()
	readings, err := readAll(ctx, sources, options, before)
	if err != nil {
		return Summary{}, err
	}
	summary := Summary{Failures: Failures(readings)}
	given := map[string]bool{}
	for _, r := range readings {
		given[r.ID] = true
		summary.Documents = append(summary.Documents, Document{ID: r.ID, Path: r.Source.Path, State: r.state()})
		summary.Diagnostics = append(summary.Diagnostics, r.Facts.Diagnostics...)
	}
	if options.Prune {
		for _, part := range before.parts {
			if !given[part.ID] {
				summary.Documents = append(summary.Documents, Document{ID: part.ID, Path: part.Source, State: Removed})
			}
		}
	}
	slices.SortFunc(summary.Documents, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	if err := apply(ctx, store, before, readings, options, &summary); err != nil {
		return summary, err
	}
	slices.SortFunc(summary.Diagnostics, fact.CompareDiagnostics)
	summary.Diagnostics = slices.Compact(summary.Diagnostics)
	return summary, nil
}

// apply resolves all documents and writes what came out different. When nothing
// has changed it does nothing.
func apply(ctx context.Context, store graph.Store, before *stored, readings []Reading, options Options, summary *Summary) error {
	resolution := options.resolutionFingerprint()
	if summary.Count(Added)+summary.Count(Changed)+summary.Count(Removed) == 0 && before.resolvedBy(resolution) {
		return nil
	}
	all, err := gather(ctx, before, readings, summary)
	if err != nil {
		return err
	}
	facts := make([]fact.Facts, len(all))
	for i, r := range all {
		facts[i] = r.Facts
		facts[i].Diagnostics = nil
	}
	result := resolve.Resolve(facts, options.Corrections, options.Extract.Lexicon)
	summary.Resolution = &result
	summary.Diagnostics = append(summary.Diagnostics, result.Diagnostics...)
	changes, err := makeChanges(before, all, facts, result.Documents, *summary, resolution)
	if err != nil {
		return err
	}
	if err := store.Apply(ctx, changes); err != nil {
		return err
	}
	return store.Compact(ctx)
}

// makeChanges turns the resolved documents into parts. One of them may be new:
// that of the corrections, which has no notes and so no facts of its own.
func makeChanges(before *stored, all []Reading, facts, resolved []fact.Facts, summary Summary, resolution string) ([]graph.Change, error) {
	var changes []graph.Change
	for _, d := range summary.Documents {
		if d.State == Removed {
			changes = append(changes, graph.Change{Remove: d.ID})
		}
	}
	byID := map[string]int{}
	for i, r := range all {
		byID[r.ID] = i
	}
	corrected := false
	for _, document := range resolved {
		if i, read := byID[document.Document.ID]; read {
			part, err := all[i].part(facts[i], document, resolution)
			if err != nil {
				return nil, err
			}
			changes = append(changes, graph.Change{Part: part})
			continue
		}
		corrected = true
		changes = append(changes, graph.Change{Part: newPart(document, document.Document.Label, separator+resolution, nil)})
	}
	if before.corrected && !corrected {
		changes = append(changes, graph.Change{Remove: resolve.CorrectionsDocument})
	}
	return changes, nil
}

// gather returns every document that the graph is to hold, in order of ID: those
// read now, and those that only the store knows.
func gather(ctx context.Context, before *stored, readings []Reading, summary *Summary) ([]Reading, error) {
	var all []Reading
	have := map[string]bool{}
	for _, r := range readings {
		if r.Err == nil {
			all = append(all, r)
			have[r.ID] = true
		}
	}
	for _, d := range summary.Documents {
		if d.State == Removed {
			have[d.ID] = true
		}
	}
	for _, part := range before.parts {
		if have[part.ID] {
			continue
		}
		facts, err := before.facts(ctx, part.ID)
		if err != nil {
			return nil, err
		}
		extraction, _, _ := strings.Cut(part.Fingerprint, separator)
		all = append(all, Reading{ID: part.ID, Source: Source{Name: part.Source}, Facts: facts, fingerprint: extraction, stored: true, known: true})
	}
	slices.SortFunc(all, func(a, b Reading) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// readAll reads the sources on several processors; the results are in order of ID.
// Facts of documents that are in the store unchanged come from there.
func readAll(ctx context.Context, sources []Source, options Options, before *stored) ([]Reading, error) {
	jobs := options.Jobs
	if jobs == 0 {
		jobs = runtime.NumCPU()
	}
	readings := make([]Reading, len(sources))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	var done atomic.Int64
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
			if options.Progress != nil {
				options.Progress(int(done.Add(1)), len(sources))
			}
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

func readOne(ctx context.Context, source Source, options Options, before *stored) (Reading, error) {
	r := Reading{ID: note.DocumentID(source.Name), Source: source}
	fingerprint, known := before.extraction(r.ID)
	r.known = known
	data, err := source.read()
	if err != nil {
		r.Err = err
		return r, nil
	}
	r.fingerprint = extract.Fingerprint(data, options.Extract)
	if known && fingerprint == r.fingerprint {
		r.stored = true
		r.Facts, err = before.facts(ctx, r.ID)
		return r, err
	}
	read, diagnostics, err := note.Read(source.Path, source.Name, data)
	if err != nil {
		r.Err, r.Facts.Diagnostics = err, diagnostics
		return r, nil
	}
	r.Facts, err = extract.Document(ctx, read, options.Extract)
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

// part makes what the store keeps: the resolved graph of the document, and its
// facts as they were before resolution, for the next build.
func (r Reading) part(facts, resolved fact.Facts, resolution string) (*graph.Part, error) {
	encoded, err := json.Marshal(facts)
	if err != nil {
		return nil, fmt.Errorf("%s: facts cannot be encoded: %w", r.ID, err)
	}
	return newPart(resolved, r.Source.Name, r.fingerprint+separator+resolution, encoded), nil
}

func newPart(resolved fact.Facts, source, fingerprint string, facts []byte) *graph.Part {
	nodes := append([]graph.Node{resolved.Document}, resolved.Entities...)
	slices.SortStableFunc(nodes, fact.CompareEntities)
	nodes = slices.CompactFunc(nodes, func(a, b graph.Node) bool { return a.ID == b.ID })
	edges := slices.Clone(resolved.Relations)
	slices.SortStableFunc(edges, fact.CompareRelations)
	return &graph.Part{ID: resolved.Document.ID, Source: source, Fingerprint: fingerprint, Facts: facts, Nodes: nodes, Edges: edges}
}

// separator stands in a part's fingerprint between what extraction depended on
// and what resolution depended on.
const separator = "/"

func (o Options) resolutionFingerprint() string {
	sum := sha256.Sum256([]byte(o.CorrectionsHash + separator + o.Extract.Lexicon.Hash))
	return hex.EncodeToString(sum[:8])
}
