package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// entry is what a name in a trie stands for.
type entry struct {
	index     int32
	ambiguous bool
}

// trie matches many names in one pass over a text. Names and text are folded
// rune by rune: lower case, half width, and separators read over.
type trie struct {
	next    map[uint64]int32 // node<<21 | rune → node
	entries map[int32][]entry
	nodes   int32
}

func newTrie(size int) *trie {
	return &trie{next: make(map[uint64]int32, size), entries: make(map[int32][]entry, size/8), nodes: 1}
}

func edge(node int32, r rune) uint64 { return uint64(node)<<21 | uint64(r) }

func (t *trie) add(name string, e entry) {
	node := int32(0)
	for _, r := range name {
		r = fold(r)
		if !nameRune(r) {
			continue
		}
		child, ok := t.next[edge(node, r)]
		if !ok {
			child = t.nodes
			t.nodes++
			t.next[edge(node, r)] = child
		}
		node = child
	}
	if node == 0 {
		return
	}
	for _, old := range t.entries[node] {
		if old.index == e.index {
			return
		}
	}
	t.entries[node] = append(t.entries[node], e)
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

// longest walks from a byte of the text and returns the end of the longest name
// that starts there, with its entries.
func (t *trie) longest(text string, at int) (int, []entry) {
	node, end := int32(0), at
	var best []entry
	previous := rune(0)
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		folded := fold(r)
		if !nameRune(folded) {
			skipped := separators(text[at:])
			if node == 0 || skipped == 0 || r != '·' && betweenHan(previous, text[at+skipped:]) {
				break
			}
			at += skipped
			continue
		}
		previous = r
		child, ok := t.next[edge(node, folded)]
		if !ok {
			break
		}
		node = child
		at += size
		if entries, ok := t.entries[node]; ok {
			if stop, ok := endsName(text, at, r); ok {
				end, best = stop, entries
			}
		}
	}
	return end, best
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
	return r >= 0xC0 && r < 0x250 && unicode.IsLetter(r) || r >= 0x370 && r < 0x530 && unicode.IsLetter(r)
}

// fold brings a rune to lower case and half width.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 0x4E00 && r <= 0x9FFF:
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
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
