package lexicon

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"io"
	"slices"
	"sync/atomic"
)

//go:generate go test -run TestTable -update-table .

// builtinTable is the table of the built-in concept files, packed. It is made
// beforehand, since reading, folding and sorting them takes longer than all else at the
// start.
//
//go:embed concepts.table.gz
var builtinTable []byte

// unpackTable returns a table without its packing; "" when it is damaged, which no
// decodeTable takes.
func unpackTable(packed []byte) string {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return ""
	}
	table, err := io.ReadAll(reader)
	if err != nil {
		return ""
	}
	return string(table)
}

// tableSum is the length of the hash that a table begins with.
const tableSum = sha256.Size

// table is what the concept files hold, ready to match: the places of the concepts,
// and their sorted names.
type table struct {
	rows  *conceptRows
	names *trie
}

// encode writes a table behind the hash of what it was made of.
func (t *table) encode(sum []byte) []byte {
	return appendTrie(appendRows(slices.Clone(sum), t.rows), t.names)
}

// appendRows writes the places of the concepts with the numbers of their broader
// ones, and the numbers of their IDs by hash.
func appendRows(data []byte, rows *conceptRows) []byte {
	data = binary.AppendUvarint(data, uint64(len(rows.places)))
	last := rowPlace{}
	for i, p := range rows.places {
		if p.file != last.file {
			last = rowPlace{file: last.file}
		}
		data = binary.AppendUvarint(data, uint64(p.file-last.file))
		data = binary.AppendUvarint(data, uint64(p.line-last.line))
		data = binary.AppendUvarint(data, uint64(p.offset-last.offset))
		last = p
		data = binary.AppendUvarint(data, uint64(len(rows.broader[i])))
		for _, number := range rows.broader[i] {
			data = binary.AppendUvarint(data, uint64(number))
		}
	}
	hash := uint32(0)
	for _, id := range rows.ids {
		data = binary.AppendUvarint(data, uint64(id.hash-hash))
		data = binary.AppendUvarint(data, uint64(id.number))
		hash = id.hash
	}
	return data
}

// appendTrie writes the counts of rows, of bytes and of entries, and for each row how
// many bytes it shares with the one before it, the others, and its entries.
func appendTrie(data []byte, t *trie) []byte {
	data = binary.AppendUvarint(data, uint64(t.size()))
	data = binary.AppendUvarint(data, uint64(len(t.keys)))
	data = binary.AppendUvarint(data, uint64(len(t.entries)))
	previous := ""
	for i := range int32(t.size()) {
		key := t.key(i)
		shared := 0
		for shared < min(len(previous), len(key)) && previous[shared] == key[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(key)-shared))
		data = append(data, key[shared:]...)
		data = binary.AppendUvarint(data, uint64(len(t.entriesOf(i))))
		for _, e := range t.entriesOf(i) {
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

// tableReader reads what encode wrote.
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

// decodeTable reads a table; nil when it was made of other files.
func decodeTable(data string, sum []byte) *table {
	if len(data) < tableSum || data[:tableSum] != string(sum) {
		return nil
	}
	r := tableReader{data[tableSum:]}
	return &table{rows: r.rows(), names: r.trie()}
}

func (r *tableReader) rows() *conceptRows {
	count := r.number()
	rows := &conceptRows{places: make([]rowPlace, count), broader: make([][]int32, count), ids: make([]idHash, count), made: make([]atomic.Pointer[Concept], count)}
	last, numbers := rowPlace{}, make([]int32, 0, 2*count)
	for i := range rows.places {
		if step := int32(r.number()); step > 0 {
			last = rowPlace{file: last.file + step}
		}
		last.line += int32(r.number())
		last.offset += int32(r.number())
		rows.places[i] = last
		start := len(numbers)
		for range r.number() {
			numbers = append(numbers, int32(r.number()))
		}
		rows.broader[i] = numbers[start:len(numbers):len(numbers)]
	}
	hash := uint32(0)
	for i := range rows.ids {
		hash += uint32(r.number())
		rows.ids[i] = idHash{hash, int32(r.number())}
	}
	return rows
}

func (r *tableReader) trie() *trie {
	count := r.number()
	keys := make([]byte, r.number())
	t := &trie{first: map[rune][2]int32{}, keyStarts: make([]int32, count+1), entryStarts: make([]int32, count+1)}
	t.entries = make([]entry, 0, r.number())
	previous, end := 0, 0
	for i := range count {
		shared := r.number()
		size := r.number()
		start := end
		end += copy(keys[end:], keys[previous:previous+shared])
		end += copy(keys[end:], r.data[:size])
		r.data = r.data[size:]
		previous = start
		for range r.number() {
			e := r.number()
			t.entries = append(t.entries, entry{index: int32(e >> 1), ambiguous: e&1 != 0})
		}
		t.keyStarts[i+1], t.entryStarts[i+1] = int32(end), int32(len(t.entries))
	}
	t.keys = string(keys)
	t.prepare()
	return t
}
