package cayleystore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"

	"talkgraph/graph"
)

// stepSize is how many quads Cayley is given at a time, and how many are gathered
// of several documents before they are written.
const stepSize = 10_000

// deadKey counts the quads that were deleted and still take room.
func deadKey() []byte { return flatKey(kv.SKey("talkgraph", "dead")) }

// writer changes documents in an engine. It gathers whole documents in a buffer and
// writes them as one batch. After an error it must be thrown away: Cayley's store
// keeps traces of a failed step that would spoil the next one.
type writer struct {
	engine  engine
	base    view
	buffer  *buffered
	quads   *cayleykv.QuadStore
	touched map[string]struct{} // documents that the buffer holds
	pending int                 // quads that the buffer holds
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
	return &writer{engine: e, base: base, buffer: buffer, quads: quads, touched: make(map[string]struct{})}, nil
}

func (w *writer) close() error {
	if w.base == nil {
		return nil
	}
	return w.base.close()
}

// change replaces or removes one document in the buffer, and writes the buffer when
// it is full.
func (w *writer) change(ctx context.Context, c graph.Change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	id, wanted, err := wantedQuads(c)
	if err != nil {
		return err
	}
	if _, twice := w.touched[id]; twice {
		if err := w.flush(); err != nil {
			return err
		}
	}
	same, err := w.unchanged(ctx, id, wanted)
	if err != nil || same {
		return err
	}
	if err := w.replace(ctx, id, wanted); err != nil {
		w.buffer.drop()
		return fmt.Errorf("store document %q: %w", id, err)
	}
	if w.pending >= stepSize {
		return w.flush()
	}
	return nil
}

// wantedQuads returns the document of a change and the quads that it shall have.
func wantedQuads(c graph.Change) (string, []quad.Quad, error) {
	if c.Part == nil {
		return c.Remove, nil, validID(c.Remove)
	}
	part, err := canonical(c.Part)
	if err != nil {
		return "", nil, err
	}
	quads, err := encodePart(part)
	return part.ID, quads, err
}

// unchanged compares the digests of what is stored and what is wanted.
func (w *writer) unchanged(ctx context.Context, id string, wanted []quad.Quad) (bool, error) {
	stored, err := w.match(ctx, quad.Subject, []quad.IRI{quad.IRI(id)}, iriDigest)
	if err != nil || len(wanted) == 0 {
		return len(stored) == 0, err
	}
	return len(stored) == 1 && stored[0] == wanted[len(wanted)-1], nil
}

func (w *writer) match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error) {
	objects := make([]quad.Value, len(values))
	for i, value := range values {
		objects[i] = value
	}
	return matchKV(ctx, w.quads, in, objects, predicates)
}

// replace brings the quads of a document to those that are wanted.
func (w *writer) replace(ctx context.Context, id string, wanted []quad.Quad) error {
	stored, err := partQuads(ctx, w.match, id)
	if err != nil {
		return err
	}
	added, deleted := difference(stored, wanted)
	// Never both in one step: Cayley loses the ends of an added quad when the step
	// takes more from a node than it gives. Adding first keeps nodes that are in
	// both from being dropped and made again.
	if err := w.steps(cayley.Add, added); err != nil {
		return err
	}
	if err := w.steps(cayley.Delete, deleted); err != nil {
		return err
	}
	if err := w.addDead(len(deleted)); err != nil {
		return err
	}
	w.buffer.keep()
	w.touched[id] = struct{}{}
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

// addDead counts deleted quads.
func (w *writer) addDead(n int) error {
	if n == 0 {
		return nil
	}
	value, err := w.buffer.get(deadKey())
	if err != nil {
		return err
	}
	count := deadCount(value) + uint64(n)
	w.buffer.open[string(deadKey())] = binary.BigEndian.AppendUint64(nil, count)
	return nil
}

func deadCount(value []byte) uint64 {
	if len(value) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(value)
}

// flush writes what the buffer holds, all of it or nothing.
func (w *writer) flush() error {
	if len(w.buffer.kept) == 0 {
		return nil
	}
	// Not to stand in its own way where a file cannot grow under a view.
	if err := w.base.close(); err != nil {
		return err
	}
	w.base = nil
	if err := w.engine.write(w.buffer.sorted()); err != nil {
		return err
	}
	next, err := w.engine.view()
	if err != nil {
		return err
	}
	w.base, w.buffer.base = next, next
	clear(w.buffer.kept)
	clear(w.touched)
	w.pending = 0
	return nil
}
