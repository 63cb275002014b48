package cayleystore

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"talkgraph/graph"
)

// engine keeps ordered keys with values: the floor under Cayley's key-value quad
// store. It has snapshots and one kind of write, a batch that is stored whole or
// not at all.
type engine interface {
	// view opens a snapshot, which stays readable while batches are written.
	view() (view, error)

	// write stores a batch whose keys are in order and differ.
	write(batch []entry) error

	// growsUnderViews reports whether a batch can be written while a view is open; if
	// not, writing waits for the views to be closed.
	growsUnderViews() bool

	// mostlyFree reports whether more than half of the room on disk is not used.
	mostlyFree() bool

	// bytes returns the size on disk, 0 for an engine in memory.
	bytes() int64

	close() error
}

// view reads one state of an engine. It may be used by several goroutines.
type view interface {
	// get returns the value of a key; nil and no error when it is not there.
	// The value must not be changed nor used after close.
	get(key []byte) ([]byte, error)

	// scan returns a cursor over the keys with a prefix, in order.
	scan(prefix []byte) cursor

	close() error
}

// cursor walks over keys. It stands before the first one.
type cursor interface {
	next() bool

	// find goes to a key and returns its value; nil and no error when it is not there.
	// It is fast where the keys of several calls are in order and near to each other.
	find(key []byte) ([]byte, error)

	key() []byte
	value() []byte
	err() error
}

// entry is one change of a batch; a nil value deletes the key.
type entry struct {
	key   string
	value []byte
}

// checksumSize is the length of the checksum that follows every stored value.
const checksumSize = 4

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// arenaSize is how many bytes are allocated at a time for sealed values.
const arenaSize = 1 << 16

// seal returns the value with the checksum of key and value behind it, in the arena or
// a new one, and what is left of the arena.
func seal(arena, key, value []byte) (sealed, rest []byte) {
	size := len(value) + checksumSize
	if len(arena) < size {
		arena = make([]byte, max(arenaSize, size))
	}
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
	sealed = append(arena[:0:size], value...)
	return binary.BigEndian.AppendUint32(sealed, sum), arena[size:]
}

// unseal checks and takes off the checksum.
func unseal(key, sealed []byte) ([]byte, error) {
	if len(sealed) < checksumSize {
		return nil, fmt.Errorf("%w: the value of key %q is cut off", graph.ErrDamaged, key)
	}
	value, stored := sealed[:len(sealed)-checksumSize], sealed[len(sealed)-checksumSize:]
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
	if binary.BigEndian.Uint32(stored) != sum {
		return nil, fmt.Errorf("%w: the value of key %q does not fit its checksum", graph.ErrDamaged, key)
	}
	return value, nil
}
