package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// Bounds of a search.
const (
	searchLength  = 200 // most characters of what is searched for
	searchDefault = 12  // results, unless asked for more
	searchMost    = 100
)

// searchName is one name, ready to be compared.
type searchName struct {
	node  int32
	label bool // whether it is the name that is shown
	text  string
	key   string
	words []int // where words begin in key, without the first
}

func newSearchName(node int32, text, key string, label bool) searchName {
	return searchName{node: node, label: label, text: text, key: key, words: wordStarts(text, key)}
}

// wordStarts finds where the second and later words of a name begin in its key.
func wordStarts(text, key string) []int {
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(fields) < 2 {
		return nil
	}
	var starts []int
	at := 0
	for _, field := range fields[:len(fields)-1] {
		at += len(fact.Key(field))
		if at >= len(key) || !utf8.RuneStart(key[at]) {
			return starts
		}
		starts = append(starts, at)
	}
	return starts
}

// Classes of matches, the better first.
const (
	matchExact  = iota
	matchMost   // a beginning that is at least half of the name
	matchPrefix // any beginning
	matchWord
	matchInside
	matchNone
)

func (n *searchName) match(key string) int {
	at := strings.Index(n.key, key)
	switch {
	case at < 0:
		return matchNone
	case at == 0 && len(n.key) == len(key):
		return matchExact
	case at == 0 && 2*len(key) >= len(n.key):
		return matchMost
	case at == 0:
		return matchPrefix
	}
	for _, start := range n.words {
		if strings.HasPrefix(n.key[start:], key) {
			return matchWord
		}
	}
	return matchInside
}

// hit is a node that was found.
type hit struct {
	node  int32
	class int
	name  *searchName
}

// search finds the nodes with a name that matches, the best first: whole names,
// then beginnings, the longer before the shorter, beginnings of a word, and any part; among equals the more
// important. It also returns how many there are. An empty query matches nothing.
func (v *view) search(query string, types map[fact.Type]bool, limit int) ([]hit, int) {
	if strings.TrimSpace(query) == "" {
		return nil, 0
	}
	key := fact.Key(query)
	var hits []hit
	for i := range v.names { // names of one node stand together
		name := &v.names[i]
		class := name.match(key)
		if class == matchNone || len(types) > 0 && !types[v.nodes[name.node].Type] {
			continue
		}
		if last := len(hits) - 1; last >= 0 && hits[last].node == name.node {
			if class < hits[last].class {
				hits[last].class, hits[last].name = class, name
			}
			continue
		}
		hits = append(hits, hit{name.node, class, name})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(v.rank[b.node], v.rank[a.node]), cmp.Compare(a.node, b.node))
	})
	return hits[:min(limit, len(hits))], len(hits)
}
