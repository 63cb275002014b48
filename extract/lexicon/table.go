package lexicon

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
)

//go:generate go test -run TestTable -update-table .

// builtinTable is the sorted table of the names of the built-in concepts, made
// beforehand, since folding and sorting them takes longer than all else at the start.
//
//go:embed concepts.table
var builtinTable string

// tableSum is the length of the hash that a table begins with.
const tableSum = sha256.Size

// conceptSum is the hash of the concept files that a table is made of.
func conceptSum(files []file) []byte {
	sum := sha256.New()
	for _, f := range files {
		if f.holdsConcepts() {
			sum.Write([]byte(f.name))
			sum.Write([]byte(f.data))
		}
	}
	return sum.Sum(nil)
}

// encodeTable writes a trie behind the hash of what it was made of: the count of rows
// and bytes, and for each row how many bytes it shares with the one before it, the
// others, and its entries.
func encodeTable(t *trie, sum []byte) []byte {
	size := 0
	for i := range t.rows {
		size += len(t.rows[i].key)
	}
	data := binary.AppendUvarint(slices.Clone(sum), uint64(len(t.rows)))
	data = binary.AppendUvarint(data, uint64(size))
	previous := ""
	for i := range t.rows {
		key := t.rows[i].key
		shared := 0
		for shared < min(len(previous), len(key)) && previous[shared] == key[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(key)-shared))
		data = append(data, key[shared:]...)
		data = binary.AppendUvarint(data, uint64(len(t.rows[i].entries)))
		for _, e := range t.rows[i].entries {
			mark := uint64(0)
			if e.ambiguous {
				mark = 1
			}
			data = binary.AppendUvarint(data, uint64(e.index)<<1|mark)
		}
		previous = key
	}
	return data
}

// tableReader reads what encodeTable wrote.
type tableReader struct{ data string }

func (r *tableReader) number() int {
	value, shift := uint64(0), 0
	for i := 0; i < len(r.data); i++ {
		c := r.data[i]
		value |= uint64(c&0x7F) << shift
		if c < 0x80 {
			r.data = r.data[i+1:]
			return int(value)
		}
		shift += 7
	}
	r.data = ""
	return 0
}

// decodeTable makes the trie of a table; nil when it was made of other files.
func decodeTable(table string, sum []byte) *trie {
	if len(table) < tableSum || table[:tableSum] != string(sum) {
		return nil
	}
	r := tableReader{table[tableSum:]}
	count := r.number()
	var text strings.Builder
	text.Grow(r.number())
	t := &trie{rows: make([]row, count), heads: make([]uint64, count), first: map[rune][2]int32{}}
	entries := make([]entry, 0, count+count/8)
	ends, key := make([]int32, count), make([]byte, 0, 256)
	for i := range t.rows {
		shared := r.number()
		size := r.number()
		key = append(key[:shared], r.data[:size]...)
		r.data = r.data[size:]
		text.Write(key)
		ends[i] = int32(text.Len())
		start := len(entries)
		for range r.number() {
			e := r.number()
			entries = append(entries, entry{index: int32(e >> 1), ambiguous: e&1 != 0})
		}
		t.rows[i].entries = entries[start:len(entries):len(entries)]
	}
	keys, start := text.String(), int32(0)
	for i := range t.rows {
		t.rows[i].key = keys[start:ends[i]]
		start = ends[i]
	}
	t.prepare()
	return t
}
