package cayleystore

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hidal-go/hidalgo/kv"
)

// flatKey makes one ordered key of Cayley's key in parts: every part but the last
// stands behind its length, so that a prefix of the last part is a prefix of the key.
func flatKey(key kv.Key) []byte {
	size := 0
	for _, part := range key {
		size += len(part) + 1
	}
	flat := make([]byte, 0, size)
	for i, part := range key {
		if i < len(key)-1 || len(key) == 1 {
			flat = append(flat, byte(len(part)))
		}
		flat = append(flat, part...)
	}
	return flat
}

// pinned is a Cayley key-value store over one view: every transaction on it reads
// the same state, and none can write.
type pinned struct {
	view view
}

// Tx implements kv.KV.
func (p pinned) Tx(writable bool) (kv.Tx, error) {
	if writable {
		return nil, kv.ErrReadOnly
	}
	return readTx(p), nil
}

// Close implements kv.KV; whoever opened the view closes it.
func (p pinned) Close() error { return nil }

// readTx is a transaction of pinned.
type readTx struct {
	view view
}

func (tx readTx) Get(_ context.Context, key kv.Key) (kv.Value, error) {
	value, err := tx.view.get(flatKey(key))
	if err == nil && value == nil {
		return nil, kv.ErrNotFound
	}
	return value, err
}

func (tx readTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return kv.GetBatch(ctx, tx, keys)
}

func (tx readTx) Put(kv.Key, kv.Value) error   { return kv.ErrReadOnly }
func (tx readTx) Del(kv.Key) error             { return kv.ErrReadOnly }
func (tx readTx) Commit(context.Context) error { return kv.ErrReadOnly }
func (tx readTx) Close() error                 { return nil }

func (tx readTx) Scan(prefix kv.Key) kv.Iterator {
	return &scanIterator{cursor: tx.view.scan(flatKey(prefix))}
}

// scanIterator shows a cursor to Cayley.
type scanIterator struct {
	cursor cursor
	failed error
}

// errNoKeys tells that keys cannot be taken apart again; Cayley never asks for them.
var errNoKeys = errors.New("keys of a scan cannot be read")

func (it *scanIterator) Next(ctx context.Context) bool {
	if it.failed = ctx.Err(); it.failed != nil {
		return false
	}
	return it.cursor.next()
}

func (it *scanIterator) Err() error {
	if it.failed != nil {
		return it.failed
	}
	return it.cursor.err()
}

func (it *scanIterator) Key() kv.Key {
	it.failed = errNoKeys
	return nil
}

func (it *scanIterator) Val() kv.Value { return it.cursor.value() }
func (it *scanIterator) Close() error  { return nil }

// buffered is a Cayley key-value store whose writes stay in a buffer over a view.
// Its transactions are steps of one document: committing one only keeps its writes
// for keep or drop to decide.
type buffered struct {
	base view
	kept map[string][]byte // documents that are whole; nil deletes
	open map[string][]byte // the document in the works
}

func newBuffered(base view) *buffered {
	return &buffered{base: base, kept: make(map[string][]byte), open: make(map[string][]byte)}
}

// keep makes the document in the works a whole one.
func (b *buffered) keep() {
	for key, value := range b.open {
		b.kept[key] = value
	}
	clear(b.open)
}

// drop forgets the document in the works.
func (b *buffered) drop() { clear(b.open) }

// sorted returns the writes of whole documents in order of key.
func (b *buffered) sorted() []entry {
	batch := make([]entry, 0, len(b.kept))
	for _, key := range slices.Sorted(maps.Keys(b.kept)) {
		batch = append(batch, entry{key, b.kept[key]})
	}
	return batch
}

// get reads through the buffer.
func (b *buffered) get(key []byte) ([]byte, error) {
	if value, ok := b.open[string(key)]; ok {
		return value, nil
	}
	if value, ok := b.kept[string(key)]; ok {
		return value, nil
	}
	return b.base.get(key)
}

// Tx implements kv.KV.
func (b *buffered) Tx(bool) (kv.Tx, error) { return bufferedTx{b}, nil }

// Close implements kv.KV; whoever opened the view closes it.
func (b *buffered) Close() error { return nil }

// bufferedTx is a transaction of buffered.
type bufferedTx struct {
	buffer *buffered
}

func (tx bufferedTx) Get(_ context.Context, key kv.Key) (kv.Value, error) {
	value, err := tx.buffer.get(flatKey(key))
	if err == nil && value == nil {
		return nil, kv.ErrNotFound
	}
	return value, err
}

func (tx bufferedTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	return kv.GetBatch(ctx, tx, keys)
}

func (tx bufferedTx) Put(key kv.Key, value kv.Value) error {
	if value == nil {
		value = kv.Value{} // nil would delete
	}
	tx.buffer.open[string(flatKey(key))] = value
	return nil
}

func (tx bufferedTx) Del(key kv.Key) error {
	tx.buffer.open[string(flatKey(key))] = nil
	return nil
}

func (tx bufferedTx) Commit(context.Context) error { return nil }
func (tx bufferedTx) Close() error                 { return nil }

// Scan reads the view below the buffer: a writer scans only the quads of a document
// that the buffer does not hold.
func (tx bufferedTx) Scan(prefix kv.Key) kv.Iterator {
	return &scanIterator{cursor: tx.buffer.base.scan(flatKey(prefix))}
}
