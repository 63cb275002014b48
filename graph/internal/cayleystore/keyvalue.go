package cayleystore

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// flatKey makes one ordered key of Cayley's key in parts, such that a prefix of the last
// part is a prefix of the key. The three kinds of which there are many are made short,
// since they take most of a store:
//
//	h hash v|n                   number and references of a value, which change together
//	l number                     log entry
//	i directions number number…  index entry
//
// In all others every part but the last stands behind its length, which is smaller
// than any letter.
func flatKey(key kv.Key) []byte { return appendKey(nil, key) }

func appendKey(flat []byte, key kv.Key) []byte {
	bucket, rest := key[0], []byte(nil)
	if len(key) == 2 {
		rest = key[1]
	}
	switch {
	case len(key) == 2 && len(bucket) == 3 && len(rest) == quad.HashSize && (bucket[0] == 'v' || bucket[0] == 'n'):
		return append(append(append(flat, 'h'), rest...), bucket[0])
	case isLogKey(key):
		return appendNumbers(append(flat, 'l'), rest)
	case len(key) == 2 && isIndexBucket(bucket):
		return appendNumbers(append(append(flat, 'i'), bucket...), rest)
	}
	for i, part := range key {
		if i < len(key)-1 || len(key) == 1 {
			flat = append(flat, byte(len(part)))
		}
		flat = append(flat, part...)
	}
	return flat
}

// isLogKey reports whether a key is that of a log entry.
func isLogKey(key kv.Key) bool { return len(key) <= 2 && string(key[0]) == "log" }

// isIndexBucket reports whether a bucket is that of an index.
func isIndexBucket(bucket []byte) bool {
	switch string(bucket) {
	case "sp", "ops", "cs": // subject, predicate, object, context
		return true
	}
	return false
}

// numberSize is how many bytes Cayley writes a number in.
const numberSize = 8

// appendNumbers writes numbers without their leading zeros behind their lengths, which
// keeps their order.
func appendNumbers(flat, numbers []byte) []byte {
	for ; len(numbers) >= numberSize; numbers = numbers[numberSize:] {
		number := bytes.TrimLeft(numbers[:numberSize], "\x00")
		flat = append(append(flat, byte(len(number))), number...)
	}
	return append(flat, numbers...)
}

// keySpace is more than what keys take, so that they need not be allocated.
const keySpace = 64

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
	base    view
	writing map[string][]byte // is being written over the base by another goroutine
	changes map[string][]byte // over both; nil deletes
	undo    []undone          // takes the document in the works back
}

// undone is what a change of the document in the works replaced.
type undone struct {
	key   string
	value []byte
	there bool
}

func newBuffered(base view) *buffered {
	return &buffered{base: base, changes: make(map[string][]byte)}
}

// put changes a key; nil deletes it.
func (b *buffered) put(key string, value []byte) {
	before, there := b.changes[key]
	b.undo = append(b.undo, undone{key, before, there})
	b.changes[key] = value
}

// keep makes the document in the works a whole one.
func (b *buffered) keep() { b.undo = b.undo[:0] }

// drop forgets the document in the works.
func (b *buffered) drop() {
	for _, u := range slices.Backward(b.undo) {
		if u.there {
			b.changes[u.key] = u.value
		} else {
			delete(b.changes, u.key)
		}
	}
	b.undo = b.undo[:0]
}

// inOrder returns changes in order of key.
func inOrder(changes map[string][]byte) []entry {
	batch := make([]entry, 0, len(changes))
	for key, value := range changes {
		batch = append(batch, entry{key, value})
	}
	slices.SortFunc(batch, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	return batch
}

// get reads through the buffer.
func (b *buffered) get(key []byte) ([]byte, error) {
	if value, ok := b.changes[string(key)]; ok {
		return value, nil
	}
	if value, ok := b.writing[string(key)]; ok {
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
	var space [keySpace]byte
	value, err := tx.buffer.get(appendKey(space[:0], key))
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
	if isLogKey(key) {
		value = withoutTime(value)
	}
	var space [keySpace]byte
	tx.buffer.put(string(appendKey(space[:0], key)), value)
	return nil
}

func (tx bufferedTx) Del(key kv.Key) error {
	var space [keySpace]byte
	tx.buffer.put(string(appendKey(space[:0], key)), nil)
	return nil
}

func (tx bufferedTx) Commit(context.Context) error { return nil }
func (tx bufferedTx) Close() error                 { return nil }

// Scan reads the view below the buffer: a writer scans only the quads of a document
// that the buffer does not hold.
func (tx bufferedTx) Scan(prefix kv.Key) kv.Iterator {
	return &scanIterator{cursor: tx.buffer.base.scan(flatKey(prefix))}
}
