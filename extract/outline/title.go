package outline

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// leastTitle is the least size in bytes of a title's key that may be the cut form of
// a longer title.
const leastTitle = 12

// sameTitle compares titles by their keys; one may be cut or carry a format before it.
func sameTitle(a, b string) bool { return sameKey(fact.Key(a), fact.Key(b)) }

func sameKey(x, y string) bool {
	if x == y {
		return true
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) >= leastTitle && (strings.HasPrefix(y, x) || strings.HasSuffix(y, x))
}

// titleIndex finds the places of titles that sameTitle holds for without comparing
// all of them: by the whole key, by its first and by its last bytes.
type titleIndex struct {
	whole, heads, tails map[string][]titlePlace
}

type titlePlace struct {
	key  string
	line int
}

func newTitleIndex() *titleIndex {
	return &titleIndex{whole: map[string][]titlePlace{}, heads: map[string][]titlePlace{}, tails: map[string][]titlePlace{}}
}

// add records a title at a line; lines must come in ascending order for after.
func (x *titleIndex) add(title string, line int) {
	key := fact.Key(title)
	p := titlePlace{key, line}
	if len(key) < leastTitle {
		x.whole[key] = append(x.whole[key], p)
		return
	}
	head, tail := key[:leastTitle], key[len(key)-leastTitle:]
	x.heads[head] = append(x.heads[head], p)
	x.tails[tail] = append(x.tails[tail], p)
}

// holds reports whether a title like this one was added.
func (x *titleIndex) holds(title string) bool {
	found := false
	x.after(title, -1, func(int) bool { found = true; return false })
	return found
}

// after calls visit with the lines below a line that have a title like this one, in
// order, until it returns false.
func (x *titleIndex) after(title string, line int, visit func(line int) bool) {
	key := fact.Key(title)
	if len(key) < leastTitle {
		eachAfter(x.whole[key], nil, key, line, visit)
		return
	}
	eachAfter(x.heads[key[:leastTitle]], x.tails[key[len(key)-leastTitle:]], key, line, visit)
}

// eachAfter walks two lists of places, each in ascending order, as one.
func eachAfter(a, b []titlePlace, key string, line int, visit func(line int) bool) {
	a, b = placesAfter(a, line), placesAfter(b, line)
	last := line
	for len(a) > 0 || len(b) > 0 {
		var p titlePlace
		if len(b) == 0 || len(a) > 0 && a[0].line <= b[0].line {
			p, a = a[0], a[1:]
		} else {
			p, b = b[0], b[1:]
		}
		if p.line == last || !sameKey(p.key, key) {
			continue
		}
		last = p.line
		if !visit(p.line) {
			return
		}
	}
}

func placesAfter(places []titlePlace, line int) []titlePlace {
	at, _ := slices.BinarySearchFunc(places, line+1, func(p titlePlace, line int) int { return p.line - line })
	return places[at:]
}
