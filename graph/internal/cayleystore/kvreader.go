package cayleystore

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/hidal-go/hidalgo/kv"

	"talkgraph/graph"
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
	matcher
	size  int64
	after func() error // run by close
}

// matcher finds quads in the view of a Cayley store.
type matcher struct {
	view  view
	quads *cayleykv.QuadStore
	known *knownIRIs // nil for a view that changes
}

// newKVReader opens a reader of its own Cayley store on a view, so that it shares
// no cache with a writer.
func newKVReader(v view, size int64, after func() error) (*kvReader, error) {
	quads, err := openQuads(pinned{v})
	if err != nil {
		return nil, err
	}
	return &kvReader{matcher{v, quads, newKnownIRIs()}, size, after}, nil
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

// match implements quadReader.match.
func (m matcher) match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error) {
	objects := make([]quad.Value, len(values))
	for i, value := range values {
		objects[i] = value
	}
	return m.find(ctx, in, objects, predicates)
}

func (m matcher) matchText(ctx context.Context, text quad.String, predicates ...quad.IRI) ([]quad.Quad, error) {
	return m.find(ctx, quad.Object, []quad.Value{text}, predicates)
}

// find reads all of an index first and then the log in the order in which it is stored.
func (m matcher) find(ctx context.Context, in quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if len(values) == 0 {
		return nil, nil
	}
	index, err := indexFor(in)
	if err != nil {
		return nil, err
	}
	ids, err := m.idsOf(values)
	if err != nil {
		return nil, err
	}
	wanted, err := m.predicateIDs(predicates)
	if err != nil {
		return nil, err
	}
	var numbers []uint64
	for _, id := range ids {
		for _, prefix := range prefixes(index, id, wanted) {
			if numbers, err = scanIndex(m.view, index, prefix, numbers); err != nil {
				return nil, err
			}
		}
	}
	found, err := readQuads(ctx, m.view, numbers, wanted)
	if err != nil {
		return nil, err
	}
	return m.resolve(ctx, found)
}

// idsOf returns the IDs of the values that the store knows.
func (m matcher) idsOf(values []quad.Value) ([]uint64, error) {
	ids := make([]uint64, 0, len(values))
	var unknown []quad.Value
	for _, value := range values {
		if id, known := m.known.id(value); known {
			ids = append(ids, id)
		} else {
			unknown = append(unknown, value)
		}
	}
	if len(unknown) == 0 {
		return ids, nil
	}
	refs, err := m.quads.RefsOf(context.Background(), unknown)
	if err != nil {
		return nil, fmt.Errorf("find values: %w", err)
	}
	for i, ref := range refs {
		if id, ok := ref.(cayleykv.Int64Value); ok && id != 0 {
			ids = append(ids, uint64(id))
			m.known.learn(uint64(id), unknown[i])
		}
	}
	return ids, nil
}

// predicateIDs returns the IDs of predicates; nil means any.
func (m matcher) predicateIDs(predicates []quad.IRI) ([]uint64, error) {
	if len(predicates) == 0 {
		return nil, nil
	}
	values := make([]quad.Value, len(predicates))
	for i, p := range predicates {
		values[i] = p
	}
	ids, err := m.idsOf(values)
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

// scanIndex appends the numbers of the quads under an index prefix.
func scanIndex(v view, index cayleykv.QuadIndex, prefix, numbers []uint64) ([]uint64, error) {
	cursor := v.scan(flatKey(index.Key(prefix)))
	for cursor.next() {
		var err error
		if numbers, err = appendNumbersOf(numbers, cursor.value()); err != nil {
			return nil, err
		}
	}
	if err := cursor.err(); err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	return numbers, nil
}

// appendNumbersOf appends the numbers of an index entry.
func appendNumbersOf(numbers []uint64, list []byte) ([]uint64, error) {
	for len(list) > 0 {
		number, size := binary.Uvarint(list)
		if size <= 0 {
			return nil, fmt.Errorf("%w: index entry", graph.ErrDamaged)
		}
		numbers, list = append(numbers, number), list[size:]
	}
	return numbers, nil
}

// readQuads reads from the log the live quads of these numbers that have one of the
// predicates; none mean any.
func readQuads(ctx context.Context, v view, numbers, predicates []uint64) ([][4]uint64, error) {
	found := make([][4]uint64, 0, len(numbers))
	err := readLog(ctx, v, numbers, func(p *proto.Primitive) error {
		if !p.Deleted && (len(predicates) == 0 || slices.Contains(predicates, p.Predicate)) {
			found = append(found, [4]uint64{p.Subject, p.Predicate, p.Object, p.Label})
		}
		return nil
	})
	return found, err
}

// readLog reads the log entries of these numbers, which it puts in order, each once.
func readLog(ctx context.Context, v view, numbers []uint64, yield func(*proto.Primitive) error) error {
	slices.Sort(numbers)
	entries := v.scan(logPrefix())
	var space [keySpace]byte
	for i, number := range slices.Compact(numbers) {
		if i%batchSize == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		value, err := entries.find(appendLogKey(space[:0], number))
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if len(value) == 0 {
			continue
		}
		var p proto.Primitive
		if err := p.Unmarshal(value); err != nil {
			return fmt.Errorf("%w: log entry %d: %w", graph.ErrDamaged, number, err)
		}
		if err := yield(&p); err != nil {
			return err
		}
	}
	return nil
}

// resolve reads the values of all quads at once, each value a single time.
func (m matcher) resolve(ctx context.Context, found [][4]uint64) ([]quad.Quad, error) {
	values := make(map[uint64]quad.Value, len(found))
	var unknown []uint64
	for _, q := range found {
		for _, id := range q {
			if _, there := values[id]; there {
				continue
			}
			values[id] = m.known.value(id)
			if values[id] == nil {
				unknown = append(unknown, id)
			}
		}
	}
	err := readLog(ctx, m.view, unknown, func(p *proto.Primitive) error {
		value, err := pquads.UnmarshalValue(p.Value)
		if err != nil {
			return fmt.Errorf("%w: value in the log: %w", graph.ErrDamaged, err)
		}
		values[p.ID] = value
		m.known.learn(p.ID, value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	quads := make([]quad.Quad, len(found))
	for i, q := range found {
		quads[i] = quad.Quad{Subject: values[q[0]], Predicate: values[q[1]], Object: values[q[2]], Label: values[q[3]]}
	}
	return quads, nil
}
