package lexicon

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entry is what a name in a trie stands for.
type entry struct {
	index     int32
	ambiguous bool
}

// trie matches many names in one pass over a text. Names and text are folded
// rune by rune: lower case, half width, and separators read over. It is a sorted
// table of folded names, in which the longest name that begins a text is found by
// bisection. That is built faster than nodes and edges, and holds few pointers for
// the garbage collector to follow.
type trie struct {
	keys        string   // folded names, one after the other
	keyStarts   []int32  // row → byte of keys; one more at the end
	entries     []entry  // what the names stand for
	entryStarts []int32  // row → first entry; one more at the end
	shorter     []int32  // row → row of the longest name that begins this one; -1 when there is none
	heads       []uint64 // the first eight bytes of each row's key, which decide most comparisons

	first map[rune][2]int32 // first character, but for Han and ASCII → range of rows
	han   []int32           // first character from firstHan on → first row not below it
	ascii []int32           // first two ASCII characters, 7 bits each → first row not below them
	pairs pairSet           // first two characters of the rows, to leave most text at a glance
}

// size returns how many rows there are.
func (t *trie) size() int { return len(t.keyStarts) - 1 }

func (t *trie) key(row int32) string { return t.keys[t.keyStarts[row]:t.keyStarts[row+1]] }

func (t *trie) entriesOf(row int32) []entry {
	return t.entries[t.entryStarts[row]:t.entryStarts[row+1]:t.entryStarts[row+1]]
}

// Bounds of the common Chinese characters.
const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// index fills the tables that tell where in the rows a first character begins.
func (t *trie) index() {
	t.han, t.ascii = make([]int32, lastHan-firstHan+2), make([]int32, 1<<14+1)
	for i := range int32(t.size()) {
		key := t.key(i)
		r, size := utf8.DecodeRuneInString(key)
		switch {
		case isHan(r):
			t.han[r-firstHan+1] = i + 1
		case r < utf8.RuneSelf:
			second, _ := utf8.DecodeRuneInString(key[size:])
			second = min(second, utf8.RuneSelf-1)
			if len(key) == 1 {
				second = 0
			}
			t.ascii[r<<7|second+1] = i + 1
		}
	}
	for i := 1; i < len(t.ascii); i++ {
		t.ascii[i] = max(t.ascii[i], t.ascii[i-1])
	}
	t.han[0] = t.firstAbove()
	for i := 1; i < len(t.han); i++ {
		t.han[i] = max(t.han[i], t.han[i-1])
	}
}

// firstAbove returns the first row that begins with a common Chinese character or a
// character after them.
func (t *trie) firstAbove() int32 {
	bound := string(rune(firstHan))
	return int32(sort.Search(t.size(), func(i int) bool { return t.key(int32(i)) >= bound }))
}

// span returns the range of the rows that begin with the first one or two
// characters of a folded text.
func (t *trie) span(text []byte) (int32, int32) {
	r, size := utf8.DecodeRune(text)
	switch {
	case isHan(r):
		return t.han[r-firstHan], t.han[r-firstHan+1]
	case r >= utf8.RuneSelf:
		span := t.first[r]
		return span[0], span[1]
	case len(text) == size:
		return t.ascii[r<<7], t.ascii[r<<7|1]
	}
	second, _ := utf8.DecodeRune(text[size:])
	second = min(second, utf8.RuneSelf-1)
	return t.ascii[r<<7|second], t.ascii[r<<7|second+1]
}

// pairSet is a set of pairs of characters that may hold a few more than were added.
type pairSet [1 << 12]uint64

func pairBit(a, b rune) (word, bit uint32) {
	h := (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 14
	return h >> 6, h & 63
}

func (s *pairSet) add(a, b rune) {
	word, bit := pairBit(a, b)
	s[word] |= 1 << bit
}

func (s *pairSet) has(a, b rune) bool {
	word, bit := pairBit(a, b)
	return s[word]&(1<<bit) != 0
}

// name is one name on its way into a trie.
type name struct {
	key   string
	head  uint64 // first eight bytes of the key, which decide most comparisons
	entry entry
}

// names collects what a trie is made of.
type nameList []name

func (l *nameList) add(text string, e entry) {
	key := foldName(text)
	if key == "" {
		return
	}
	*l = append(*l, name{key: key, head: headOf(key), entry: e})
}

// headOf packs the first eight bytes of a key, so that numbers order as keys do.
func headOf[T string | []byte](key T) uint64 {
	var head uint64
	for i := range 8 {
		head <<= 8
		if i < len(key) {
			head |= uint64(key[i])
		}
	}
	return head
}

// foldName keeps the folded runes that tell names apart.
func foldName(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if r = fold(r); nameRune(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// trie sorts the names into a table.
func (l nameList) trie() *trie {
	slices.SortFunc(l, func(a, b name) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return cmp.Compare(a.entry.index, b.entry.index)
	})
	t := &trie{first: map[rune][2]int32{}, keyStarts: []int32{0}, entryStarts: []int32{0}}
	var keys strings.Builder
	for from := 0; from < len(l); {
		start, to := len(t.entries), from
		for ; to < len(l) && l[to].key == l[from].key; to++ {
			if !slices.ContainsFunc(t.entries[start:], func(e entry) bool { return e.index == l[to].entry.index }) {
				t.entries = append(t.entries, l[to].entry)
			}
		}
		keys.WriteString(l[from].key)
		t.keyStarts = append(t.keyStarts, int32(keys.Len()))
		t.entryStarts = append(t.entryStarts, int32(len(t.entries)))
		from = to
	}
	t.keys = keys.String()
	t.prepare()
	return t
}

// prepare fills what follows from the sorted keys.
func (t *trie) prepare() {
	t.heads, t.shorter = make([]uint64, t.size()), make([]int32, t.size())
	for i := range int32(t.size()) {
		key := t.key(i)
		t.heads[i] = headOf(key)
		t.shorter[i] = t.beginning(i)
		r, size := utf8.DecodeRuneInString(key)
		second, _ := utf8.DecodeRuneInString(key[size:])
		t.pairs.add(r, second)
		if r >= utf8.RuneSelf && !isHan(r) {
			span, ok := t.first[r]
			if !ok {
				span[0] = i
			}
			span[1] = i + 1
			t.first[r] = span
		}
	}
	t.index()
}

// beginning returns the last row before a row whose key begins its key.
func (t *trie) beginning(at int32) int32 {
	i := at - 1
	for i >= 0 && !strings.HasPrefix(t.key(at), t.key(i)) {
		i = t.shorter[i]
	}
	return i
}

// whole returns the entries of a name as a whole; a plural "s" is read over.
func (t *trie) whole(name string) []entry {
	for at, r := range name {
		if nameRune(fold(r)) {
			end, entries := t.longest(name, at)
			for _, rest := range name[end:] {
				if nameRune(fold(rest)) {
					return nil
				}
			}
			return entries
		}
	}
	return nil
}

// scan reports the longest names from the left, without overlap.
func (t *trie) scan(text string, found func(start, end int, entries []entry)) {
	previous := rune(0)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !startsName(previous, r) {
			previous = r
			at += size
			continue
		}
		end, entries := t.longest(text, at)
		if len(entries) == 0 {
			previous = r
			at += size
			continue
		}
		found(at, end, entries)
		previous, _ = utf8.DecodeLastRuneInString(text[:end])
		at = end
	}
}

// startsName reports whether a name may start with r after the rune before it:
// names in Latin letters start at the start of a word.
func startsName(previous, r rune) bool {
	if isAlphanumeric(r) {
		return !isAlphanumeric(previous)
	}
	return nameRune(fold(r))
}

// nameLimit is the most bytes of a folded name that are looked at in a text.
const nameLimit = 96

// folding is the beginning of a text as names are folded.
type folding struct {
	bytes [nameLimit]byte
	ends  [nameLimit + 1]int32 // length of a folded part → byte of the text after it
	size  int
}

// read folds the text from a byte on, as far as a name may reach. It stops early
// where no name of the table begins so.
func (f *folding) read(t *trie, text string, at int) {
	f.size = 0
	previous, first := rune(0), rune(0)
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		folded := fold(r)
		if !nameRune(folded) {
			skipped := separators(text[at:])
			if f.size == 0 || skipped == 0 || r != '·' && betweenHan(previous, text[at+skipped:]) {
				return
			}
			at += skipped
			continue
		}
		length := utf8.RuneLen(folded)
		if f.size+length > nameLimit {
			return
		}
		switch f.size {
		case 0:
			first = folded
		case utf8.RuneLen(first):
			if !t.pairs.has(first, folded) {
				return
			}
		}
		previous = r
		f.size += utf8.EncodeRune(f.bytes[f.size:f.size+length], folded)
		at += size
		f.ends[f.size] = int32(at)
	}
}

// longest returns the end of the longest name that starts at a byte of the text,
// with its entries.
func (t *trie) longest(text string, at int) (int, []entry) {
	if !t.mayStart(text, at) {
		return at, nil
	}
	var f folding
	f.read(t, text, at)
	if f.size == 0 {
		return at, nil
	}
	low, high := t.span(f.bytes[:f.size])
	// The longest name is the last row that is not above the text, or a row that
	// begins it.
	for i := t.notAbove(low, high, f.bytes[:f.size]); i >= 0; i = t.shorter[i] {
		key := t.key(i)
		if len(key) > f.size || string(f.bytes[:len(key)]) != key {
			continue
		}
		end := int(f.ends[len(key)])
		last, _ := utf8.DecodeLastRuneInString(text[:end])
		if stop, ok := endsName(text, end, last); ok {
			return stop, t.entriesOf(i)
		}
	}
	return at, nil
}

// mayStart reports whether a name may start at a byte of the text, by the first two
// characters: at most places none does.
func (t *trie) mayStart(text string, at int) bool {
	first, size := utf8.DecodeRuneInString(text[at:])
	first = fold(first)
	if !nameRune(first) {
		return false
	}
	second, _ := utf8.DecodeRuneInString(text[at+size:])
	second = fold(second)
	return !nameRune(second) || t.pairs.has(first, second) || t.pairs.has(first, utf8.RuneError)
}

// notAbove returns the last row of a range whose key is not above the folded text;
// the row before the range when there is none.
func (t *trie) notAbove(low, high int32, text []byte) int32 {
	head := headOf(text)
	for low < high {
		middle := low + (high-low)/2
		if h := t.heads[middle]; h < head || h == head && t.key(middle) <= string(text) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low - 1
}

// betweenHan reports whether a separator stands between two Han characters: there
// it divides two words, where Latin letters have it inside a name.
func betweenHan(previous rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.Is(unicode.Han, previous) && unicode.Is(unicode.Han, next)
}

// separators returns the size of what may stand between the parts of a name: one
// hyphen, slash, dot, apostrophe or the like, or up to two spaces. A dot followed
// by a space ends a sentence.
func separators(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case ' ', '\u00A0', '\u3000':
		if len(text) > size && text[size] == ' ' {
			return size + 1
		}
		return size
	case '.':
		if len(text) > 1 && text[1] != ' ' {
			return 1
		}
		return 0
	case '-', '_', '/', '\'', '’', '·', '‐', '‑', '×', '&', '*':
		return size
	default:
		return 0
	}
}

// endsName reports whether a name may end at a byte after the rune last, and the
// end with a plural: a Latin word must be whole, and "-7" after a name makes
// another name of it.
func endsName(text string, at int, last rune) (int, bool) {
	if !isAlphanumeric(last) {
		return at, true
	}
	rest := text[at:]
	if unicode.IsLetter(last) && last != 's' && len(rest) > 0 && rest[0] == 's' && (len(rest) == 1 || !isAlphanumericAt(rest, 1)) {
		return at + 1, true
	}
	if isAlphanumericAt(rest, 0) {
		return at, false
	}
	if len(rest) > 1 && (rest[0] == '-' || rest[0] == '.') && rest[1] >= '0' && rest[1] <= '9' {
		return at, false
	}
	if len(rest) > 1 && rest[0] == '+' && isAlphanumericAt(rest, 1) {
		return at, false // "LLM+MapReduce" is one name
	}
	return at, true
}

func isAlphanumericAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return isAlphanumeric(r)
}

// isAlphanumeric holds for letters that make words with spaces between, and digits.
func isAlphanumeric(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return !isHan(r) && r >= 0xC0 && r < 0x250 && unicode.IsLetter(r) || r >= 0x370 && r < 0x530 && unicode.IsLetter(r)
}

// fold brings a rune to lower case and half width.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case isHan(r):
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return fold(r - 0xFEE0)
	}
	return unicode.ToLower(r)
}

// nameRune holds for the runes that tell names apart, as fact.Key keeps them.
func nameRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '#' || r >= 'A' && r <= 'Z'
	}
	return isHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isHan holds for the common Chinese characters.
func isHan(r rune) bool { return r >= firstHan && r <= lastHan }
