package cayleystore

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/proto"

	"talkgraph/graph"
)

// forgetDead takes out what Cayley leaves behind of the quads that the document in the
// works has deleted. Cayley only marks them in its log and keeps them in its indexes,
// so each time that a document is replaced, reading it would take longer.
func (b *buffered) forgetDead() error {
	dead := make(map[string][]uint64) // by key of an index
	for _, change := range slices.Clone(b.undo) {
		p, err := deadQuad(change.key, b.changes[change.key])
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		for _, index := range indexes() {
			key := string(flatKey(index.KeyFor(p)))
			dead[key] = append(dead[key], p.ID)
		}
		b.put(change.key, nil)
	}
	for key, numbers := range dead {
		if err := b.dropNumbers(key, numbers); err != nil {
			return err
		}
	}
	return nil
}

// deadQuad returns the quad of a log entry that says it is deleted, nil for all else.
func deadQuad(key string, value []byte) (*proto.Primitive, error) {
	if len(value) == 0 || key[0] != logPrefix()[0] {
		return nil, nil
	}
	var p proto.Primitive
	if err := p.Unmarshal(value); err != nil {
		return nil, fmt.Errorf("%w: log entry: %w", graph.ErrDamaged, err)
	}
	if p.IsNode() || !p.Deleted {
		return nil, nil
	}
	return &p, nil
}

// dropNumbers takes numbers out of an entry of an index; an empty one is deleted.
func (b *buffered) dropNumbers(key string, numbers []uint64) error {
	list, err := b.get([]byte(key))
	if err != nil {
		return err
	}
	stored, err := appendNumbersOf(nil, list)
	if err != nil {
		return err
	}
	slices.Sort(numbers)
	var kept []byte
	for _, number := range stored {
		if _, isDead := slices.BinarySearch(numbers, number); !isDead {
			kept = binary.AppendUvarint(kept, number)
		}
	}
	b.put(key, kept)
	return nil
}
