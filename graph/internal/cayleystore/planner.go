package cayleystore

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// planned is Cayley's key-value quad store with a better planner for queries. The
// planner of Cayley v0.7.7 uses an index only when all of its directions are
// given, and takes every scan for half of the store; so it reads the whole log
// where one posting list would do.
type planned struct {
	*cayleykv.QuadStore
	view view
}

// OptimizeShape implements shape.Optimizer.
func (p planned) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	action, ok := s.(shape.QuadsAction)
	if !ok || len(action.Filter) == 0 {
		return s, false
	}
	var best indexScan
	for _, index := range indexes() {
		values := leading(index, action.Filter)
		if len(values) > len(best.values) {
			best = indexScan{p, index, values}
		}
	}
	if len(best.values) < len(action.Filter) {
		return s, false // the rest would not be checked
	}
	return action.SimplifyFrom(best), true
}

// leading returns the given values of an index, up to the first that is missing.
func leading(index cayleykv.QuadIndex, filter map[quad.Direction]cayley.Ref) []uint64 {
	var values []uint64
	for _, direction := range index.Dirs {
		id, ok := filter[direction].(cayleykv.Int64Value)
		if !ok {
			break
		}
		values = append(values, uint64(id))
	}
	return values
}

// QuadIterator implements graph.QuadIndexer.
func (p planned) QuadIterator(direction quad.Direction, ref cayley.Ref) cayley.Iterator {
	index, err := indexFor(direction)
	id, ok := ref.(cayleykv.Int64Value)
	if err != nil || !ok {
		return p.QuadStore.QuadIterator(direction, ref)
	}
	return indexScan{p, index, []uint64{uint64(id)}}.BuildIterator(p)
}

// indexScan is the shape of all quads under an index prefix.
type indexScan struct {
	store  planned
	index  cayleykv.QuadIndex
	values []uint64
}

// BuildIterator implements shape.Shape.
func (s indexScan) BuildIterator(cayley.QuadStore) cayley.Iterator {
	size, err := s.size()
	if err != nil {
		return iterator.NewError(err)
	}
	scan := cayleykv.NewQuadIterator(s.store.QuadStore, s.index, s.values)
	return cayley.AsLegacy(sizedScan{scan.AsShape(), size})
}

// Optimize implements shape.Shape.
func (s indexScan) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// enough is up to how many quads of a scan are counted: beyond, it is large.
const enough = 500

// size counts the quads of the scan in the index, the deleted ones among them.
func (s indexScan) size() (cayley.Size, error) {
	var count int64
	cursor := s.store.view.scan(flatKey(s.index.Key(s.values)))
	for count < enough && cursor.next() {
		for _, b := range cursor.value() {
			if b < 0x80 { // the last byte of a number
				count++
			}
		}
	}
	if err := cursor.err(); err != nil {
		return cayley.Size{}, fmt.Errorf("read index: %w", err)
	}
	return cayley.Size{Size: count, Exact: false}, nil
}

// sizedScan is an iterator whose size is known.
type sizedScan struct {
	cayley.IteratorShape
	size cayley.Size
}

// Stats implements graph.IteratorShape.
func (s sizedScan) Stats(context.Context) (cayley.IteratorCosts, error) {
	return cayley.IteratorCosts{ContainsCost: 1, NextCost: 2, Size: s.size}, nil
}

// Optimize implements graph.IteratorShape.
func (s sizedScan) Optimize(context.Context) (cayley.IteratorShape, bool) { return s, false }
