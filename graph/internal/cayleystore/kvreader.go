package cayleystore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// indexes are the quad indexes of every embedded store. None is Unique, which makes
// Cayley drop quads; the planner wants them in this order.
func indexes() []cayleykv.QuadIndex {
	return []cayleykv.QuadIndex{
		{Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
		{Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject}},
		{Dirs: []quad.Direction{quad.Label, quad.Subject}},
	}
}

// indexesText returns the index list as Cayley keeps it in a store.
func indexesText() ([]byte, error) {
	return json.Marshal(indexes())
}

// indexFor returns the index whose first direction is the given one.
func indexFor(direction quad.Direction) (cayleykv.QuadIndex, error) {
	for _, index := range indexes() {
		if index.Dirs[0] == direction {
			return index, nil
		}
	}
	return cayleykv.QuadIndex{}, fmt.Errorf("no index begins with %v", direction)
}

// options are those of every Cayley store: the bloom filter would take hundreds of
// megabytes and read the whole log at each opening.
func options() cayley.Options { return cayley.Options{cayleykv.OptNoBloom: true} }

// openQuads opens Cayley's quad store on a key-value store that holds one.
func openQuads(db kv.KV) (*cayleykv.QuadStore, error) {
	qs, err := cayleykv.New(db, options())
	if err != nil {
		return nil, fmt.Errorf("open quad store: %w", err)
	}
	quads, ok := qs.(*cayleykv.QuadStore)
	if !ok {
		return nil, fmt.Errorf("open quad store: unexpected %T", qs)
	}
	return quads, nil
}

// kvReader reads quads from a Cayley key-value quad store by scanning its indexes.
// Cayley's own iterators choose badly and fetch one value at a time.
type kvReader struct {
	view  view
	quads *cayleykv.QuadStore
	size  int64
	after func() error // run by close
}

// newKVReader opens a reader of its own Cayley store on a view, so that it shares
// no cache with a writer.
func newKVReader(v view, size int64, after func() error) (*kvReader, error) {
	quads, err := openQuads(pinned{v})
	if err != nil {
		return nil, err
	}
	return &kvReader{view: v, quads: quads, size: size, after: after}, nil
}

func (r *kvReader) close() error                             { return r.after() }
func (r *kvReader) bytes(context.Context) (int64, error)     { return r.size, nil }
func (r *kvReader) count(ctx context.Context) (int64, error) { return countQuads(ctx, r.quads) }

func countQuads(ctx context.Context, quads *cayleykv.QuadStore) (int64, error) {
	stats, err := quads.Stats(ctx, false)
	if errors.Is(err, cayleykv.ErrNoBucket) {
		return 0, nil // nothing was ever written
	}
	if err != nil {
		return 0, fmt.Errorf("count quads: %w", err)
	}
	return stats.Quads.Size, nil
}

func (r *kvReader) match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error) {
	objects := make([]quad.Value, len(values))
	for i, value := range values {
		objects[i] = value
	}
	return matchKV(ctx, r.quads, in, objects, predicates)
}

func (r *kvReader) matchText(ctx context.Context, text quad.String, predicates ...quad.IRI) ([]quad.Quad, error) {
	return matchKV(ctx, r.quads, quad.Object, []quad.Value{text}, predicates)
}

// matchKV implements quadReader.match on a Cayley store.
func matchKV(ctx context.Context, qs *cayleykv.QuadStore, in quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if len(values) == 0 {
		return nil, nil
	}
	index, err := indexFor(in)
	if err != nil {
		return nil, err
	}
	ids, err := idsOf(qs, values)
	if err != nil {
		return nil, err
	}
	wanted, err := predicateIDs(qs, predicates)
	if err != nil {
		return nil, err
	}
	var found []*proto.Primitive
	for _, id := range ids {
		for _, prefix := range prefixes(index, id, wanted) {
			if found, err = scanIndex(ctx, qs, index, prefix, wanted, found); err != nil {
				return nil, err
			}
		}
	}
	return resolve(ctx, qs, found)
}

// idsOf returns the IDs of the values that the store knows.
func idsOf(qs *cayleykv.QuadStore, values []quad.Value) ([]uint64, error) {
	refs, err := qs.RefsOf(context.Background(), values)
	if err != nil {
		return nil, fmt.Errorf("find values: %w", err)
	}
	ids := make([]uint64, 0, len(refs))
	for _, ref := range refs {
		if id, ok := ref.(cayleykv.Int64Value); ok && id != 0 {
			ids = append(ids, uint64(id))
		}
	}
	return ids, nil
}

// predicateIDs returns the IDs of predicates; nil means any.
func predicateIDs(qs *cayleykv.QuadStore, predicates []quad.IRI) ([]uint64, error) {
	if len(predicates) == 0 {
		return nil, nil
	}
	values := make([]quad.Value, len(predicates))
	for i, p := range predicates {
		values[i] = p
	}
	ids, err := idsOf(qs, values)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	return []uint64{0}, nil // none is known: no quad has them
}

// prefixes returns the index prefixes to scan for a value: one for each predicate
// where they come second in the index.
func prefixes(index cayleykv.QuadIndex, id uint64, predicates []uint64) [][]uint64 {
	if len(predicates) == 0 || index.Dirs[1] != quad.Predicate {
		return [][]uint64{{id}}
	}
	out := make([][]uint64, len(predicates))
	for i, predicate := range predicates {
		out[i] = []uint64{id, predicate}
	}
	return out
}

// scanIndex appends the live quads under an index prefix that have one of the predicates.
func scanIndex(ctx context.Context, qs *cayleykv.QuadStore, index cayleykv.QuadIndex, prefix, predicates []uint64, found []*proto.Primitive) ([]*proto.Primitive, error) {
	it := cayleykv.NewQuadIterator(qs, index, prefix)
	defer it.Close()
	for it.Next(ctx) {
		p, ok := it.Result().(*proto.Primitive)
		if ok && (len(predicates) == 0 || containsID(predicates, p.Predicate)) {
			found = append(found, p)
		}
	}
	if err := it.Err(); err != nil {
		return nil, fmt.Errorf("scan quads: %w", err)
	}
	return found, nil
}

func containsID(ids []uint64, id uint64) bool {
	for _, other := range ids {
		if other == id {
			return true
		}
	}
	return false
}

// resolve reads the values of all quads at once, each value a single time.
func resolve(ctx context.Context, qs *cayleykv.QuadStore, found []*proto.Primitive) ([]quad.Quad, error) {
	place := make(map[uint64]int)
	var refs []cayley.Ref
	for _, p := range found {
		for _, id := range directionsOf(p) {
			if _, known := place[id]; !known {
				place[id] = len(refs)
				refs = append(refs, cayleykv.Int64Value(id))
			}
		}
	}
	values, err := qs.ValuesOf(ctx, refs)
	if err != nil {
		return nil, fmt.Errorf("read values: %w", err)
	}
	quads := make([]quad.Quad, len(found))
	for i, p := range found {
		ids := directionsOf(p)
		quads[i] = quad.Quad{Subject: values[place[ids[0]]], Predicate: values[place[ids[1]]],
			Object: values[place[ids[2]]], Label: values[place[ids[3]]]}
	}
	return quads, nil
}

// directionsOf returns the IDs of subject, predicate, object and label.
func directionsOf(p *proto.Primitive) [4]uint64 {
	return [4]uint64{p.Subject, p.Predicate, p.Object, p.Label}
}
