package cayleystore

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/hidal-go/hidalgo/kv"
)

// FuzzIndexKeys finds out that the keys of an index stand in the order of their
// numbers, differ where those do, and begin with the keys of their first numbers.
func FuzzIndexKeys(f *testing.F) {
	f.Add(uint64(0), uint64(1), uint64(255), uint64(256))
	f.Add(uint64(1)<<63, uint64(0), uint64(1)<<32, uint64(1)<<32-1)
	f.Fuzz(func(t *testing.T, a, b, c, d uint64) {
		for _, index := range indexes() {
			x, y := []uint64{a, b, c}[:len(index.Dirs)], []uint64{c, d, a}[:len(index.Dirs)]
			first, second := flatKey(index.Key(x)), flatKey(index.Key(y))
			if got, want := bytes.Compare(first, second), slices.Compare(x, y); got != want {
				t.Errorf("keys of %v and %v compare as %d, want %d", x, y, got, want)
			}
			if !bytes.HasPrefix(first, flatKey(index.Key(x[:1]))) {
				t.Errorf("the key of %v does not begin with that of %v", x, x[:1])
			}
		}
	})
}

// TestKeysDiffer writes keys of every kind.
func TestKeysDiffer(t *testing.T) {
	number := binary.BigEndian.AppendUint64(nil, 7)
	hash := bytes.Repeat([]byte{'x'}, 20)
	keys := []kv.Key{
		{[]byte("log"), number}, {[]byte("meta"), []byte("size")}, {[]byte("meta"), []byte("horizon")},
		{[]byte("vxx"), hash}, {[]byte("nxx"), hash}, {[]byte("talkgraph"), []byte("dead")}, {[]byte("meta")},
	}
	for _, index := range indexes() {
		keys = append(keys, index.Key([]uint64{7, 7, 7}[:len(index.Dirs)]), index.Key(nil))
	}
	seen := make(map[string]kv.Key)
	for _, key := range keys {
		flat := string(flatKey(key))
		if other, there := seen[flat]; there {
			t.Errorf("%q and %q have the same key", key, other)
		}
		seen[flat] = key
	}
}

// TestIndexBuckets finds out that every index has the short form of keys.
func TestIndexBuckets(t *testing.T) {
	for _, index := range indexes() {
		if bucket := index.Key(nil)[0]; !isIndexBucket(bucket) {
			t.Errorf("index %q has long keys", bucket)
		}
	}
}

// TestWithoutTime takes the time out of log entries and nothing else.
func TestWithoutTime(t *testing.T) {
	for _, entry := range []proto.Primitive{
		{},
		{ID: 300, Subject: 1, Predicate: 2, Object: 3, Label: 4},
		{ID: 1 << 40, Subject: 1 << 50, Predicate: 2, Object: 3, Label: 4, Deleted: true},
		{ID: 5, Value: []byte("8 is no tag")},
		{Value: bytes.Repeat([]byte{timeTag}, 300)},
	} {
		entry.Timestamp = time.Now().UnixNano()
		text, err := entry.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		var got proto.Primitive
		if err := got.Unmarshal(withoutTime(text)); err != nil {
			t.Fatal(err)
		}
		entry.Timestamp = 0
		if !reflect.DeepEqual(got, entry) {
			t.Errorf("got %v, want %v", got, entry)
		}
	}
}
