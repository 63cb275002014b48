package cayleystore

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/hidal-go/hidalgo/kv"

	"talkgraph/graph"
)

// logPrefix is where Cayley keeps its log: every node and quad under its number.
func logPrefix() []byte { return flatKey(kv.SKey("log", "")) }

// appendLogKey writes the key of a log entry.
func appendLogKey(flat []byte, number uint64) []byte {
	var long [numberSize]byte
	binary.BigEndian.PutUint64(long[:], number)
	return appendNumbers(append(flat, logPrefix()...), long[:])
}

// all reads Cayley's log from end to end, which is many times faster than looking
// each quad up: a node always has a smaller number than the quads that use it.
func (r *kvReader) all(ctx context.Context, yield func([]quad.Quad) error) error {
	values := make(map[uint64]quad.Value)
	group := make([]quad.Quad, 0, batchSize)
	cursor := r.view.scan(logPrefix())
	for cursor.next() {
		if len(cursor.value()) == 0 {
			continue // the mark that Cayley leaves where a bucket begins
		}
		var p proto.Primitive
		if err := p.Unmarshal(cursor.value()); err != nil {
			return fmt.Errorf("%w: log entry: %w", graph.ErrDamaged, err)
		}
		if p.IsNode() {
			value, err := pquads.UnmarshalValue(p.Value)
			if err != nil {
				return fmt.Errorf("%w: value in the log: %w", graph.ErrDamaged, err)
			}
			values[p.ID] = value
			continue
		}
		if p.Deleted {
			continue
		}
		group = append(group, quad.Quad{Subject: values[p.Subject], Predicate: values[p.Predicate],
			Object: values[p.Object], Label: values[p.Label]})
		if len(group) < batchSize {
			continue
		}
		if err := flushGroup(ctx, &group, yield); err != nil {
			return err
		}
	}
	if err := cursor.err(); err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	return flushGroup(ctx, &group, yield)
}

// flushGroup hands a group over and empties it.
func flushGroup(ctx context.Context, group *[]quad.Quad, yield func([]quad.Quad) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := yield(*group); err != nil {
		return err
	}
	*group = (*group)[:0]
	return nil
}

// timeTag begins the time in a log entry: field 7, a number.
const timeTag = 7 << 3

// withoutTime takes out of a log entry when it was written. Nobody asks for it, and it
// is ten bytes of each. What it cannot take apart it returns as it is.
func withoutTime(entry []byte) []byte {
	for at := 0; at < len(entry); {
		tag := entry[at]
		if tag&7 != 0 {
			return entry // a text; the time stands before it
		}
		_, size := binary.Uvarint(entry[at+1:])
		if size <= 0 {
			return entry
		}
		end := at + 1 + size
		if tag == timeTag {
			return append(entry[:at], entry[end:]...)
		}
		at = end
	}
	return entry
}
