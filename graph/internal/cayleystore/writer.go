package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"

	"talkgraph/graph"
)

// stepSize is how many quads Cayley is given at a time.
const stepSize = 10_000

// gatheredSize is how many quads of several documents are gathered before they are
// written. Most pages of a large file change with every writing, so few large ones
// are several times faster than many small ones.
const gatheredSize = 20_000

// writer changes documents in an engine. It gathers whole documents in a buffer and
// writes them as one batch, while it gathers the next ones. After an error it must be
// thrown away: Cayley's store keeps traces of a failed step that would spoil the next
// one.
type writer struct {
	engine  engine
	buffer  *buffered
	quads   *cayleykv.QuadStore
	touched map[string]struct{} // documents that the buffer holds
	pending int                 // quads that the buffer holds
	written chan error          // gives the end of the writing that is going on; nil when there is none
}

func newWriter(e engine) (*writer, error) {
	base, err := e.view()
	if err != nil {
		return nil, err
	}
	buffer := newBuffered(base)
	quads, err := openQuads(buffer)
	if err != nil {
		return nil, errors.Join(err, base.close())
	}
	return &writer{engine: e, buffer: buffer, quads: quads, touched: make(map[string]struct{})}, nil
}

// close waits for the writing that is going on, of which the error is lost.
func (w *writer) close() error {
	if w.written != nil {
		<-w.written
		w.written = nil
	}
	if w.buffer.base == nil {
		return nil
	}
	return w.buffer.base.close()
}

// change replaces or removes one document in the buffer, and writes the buffer when
// it is full.
func (w *writer) change(ctx context.Context, d wanted) error {
	if _, twice := w.touched[d.id]; twice {
		if err := w.flush(); err != nil {
			return err
		}
	}
	same, err := w.unchanged(ctx, d)
	if err != nil || same {
		return err
	}
	if err := w.replace(ctx, d); err != nil {
		w.buffer.drop()
		return fmt.Errorf("store document %q: %w", d.id, err)
	}
	if w.pending >= gatheredSize {
		return w.write()
	}
	return nil
}

// wanted is a document as it shall be; no quads for a removal.
type wanted struct {
	id    string
	quads []quad.Quad
}

// wantedQuads returns the document of a change.
func wantedQuads(c graph.Change) (wanted, error) {
	if c.Part == nil {
		return wanted{id: c.Remove}, validID(c.Remove)
	}
	part, err := canonical(c.Part)
	if err != nil {
		return wanted{}, err
	}
	quads, err := encodePart(part)
	return wanted{part.ID, quads}, err
}

// unchanged compares the digests of what is stored and what is wanted.
func (w *writer) unchanged(ctx context.Context, d wanted) (bool, error) {
	stored, err := w.match(ctx, quad.Subject, []quad.IRI{quad.IRI(d.id)}, iriDigest)
	if err != nil || len(d.quads) == 0 {
		return len(stored) == 0, err
	}
	return len(stored) == 1 && stored[0] == d.quads[len(d.quads)-1], nil
}

func (w *writer) match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error) {
	return matcher{view: w.buffer.base, quads: w.quads}.match(ctx, in, values, predicates...)
}

// replace brings the quads of a document to those that are wanted.
func (w *writer) replace(ctx context.Context, d wanted) error {
	stored, err := partQuads(ctx, w.match, d.id)
	if err != nil {
		return err
	}
	added, deleted := difference(stored, d.quads)
	// Never both in one step: Cayley loses the ends of an added quad when the step
	// takes more from a node than it gives. Adding first keeps nodes that are in
	// both from being dropped and made again.
	if err := w.steps(cayley.Add, added); err != nil {
		return err
	}
	if err := w.steps(cayley.Delete, deleted); err != nil {
		return err
	}
	if err := w.buffer.forgetDead(); err != nil {
		return err
	}
	w.buffer.keep()
	w.touched[d.id] = struct{}{}
	w.pending += len(added) + len(deleted)
	return nil
}

// steps adds or deletes quads in the buffer.
func (w *writer) steps(action cayley.Procedure, quads []quad.Quad) error {
	for chunk := range slices.Chunk(quads, stepSize) {
		deltas := make([]cayley.Delta, len(chunk))
		for i, q := range chunk {
			deltas[i] = cayley.Delta{Quad: q, Action: action}
		}
		if err := w.quads.ApplyDeltas(deltas, cayley.IgnoreOpts{}); err != nil {
			return err
		}
	}
	return nil
}

// difference returns the quads that are wanted and not stored, and the other way round.
func difference(stored, wanted []quad.Quad) (added, deleted []quad.Quad) {
	kept := make(map[quad.Quad]bool, len(stored))
	for _, q := range stored {
		kept[q] = false
	}
	for _, q := range wanted {
		if _, there := kept[q]; there {
			kept[q] = true
			continue
		}
		added = append(added, q)
	}
	for _, q := range stored {
		if !kept[q] {
			deleted = append(deleted, q)
		}
	}
	return added, deleted
}

// write begins to write what the buffer holds, all of it or nothing.
func (w *writer) write() error {
	if err := w.settle(); err != nil || len(w.buffer.changes) == 0 {
		return err
	}
	changes := w.buffer.changes
	w.buffer.writing, w.buffer.changes = changes, make(map[string][]byte)
	w.pending = 0
	written := make(chan error, 1)
	w.written = written
	if w.engine.growsUnderViews() {
		go func() { written <- w.engine.write(inOrder(changes)) }()
		return nil
	}
	if err := w.buffer.base.close(); err != nil {
		return err
	}
	w.buffer.base = nil
	written <- w.engine.write(inOrder(changes))
	return w.settle()
}

// settle waits for the writing that is going on, and goes on from what it made.
func (w *writer) settle() error {
	if w.written == nil {
		return nil
	}
	err := <-w.written
	w.written = nil
	if err != nil {
		return err
	}
	next, err := w.engine.view()
	if err != nil {
		return err
	}
	old := w.buffer.base
	w.buffer.base, w.buffer.writing = next, nil
	if old == nil {
		return nil
	}
	return old.close()
}

// flush writes what the buffer holds and waits for it. All documents are then in the
// base.
func (w *writer) flush() error {
	if err := w.write(); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	clear(w.touched)
	return nil
}
