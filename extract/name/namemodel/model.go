// Package namemodel tells from the characters alone how likely a piece of Chinese
// prose is the name of a person. It is a hidden Markov model over characters,
// distilled by build.py from the tables of jieba (MIT, see LICENSE.jieba).
//
// It proposes; it does not decide. A candidate is a name only when a surname and
// a word beside it say so, and the package must not know either: it knows no
// surnames but those of two characters, no titles, no lines and no documents.
package namemodel

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sync"
)

//go:embed names.tab
var table []byte

// Places of a character in a word, in the order of a table: the places that open a
// word first, those that close one in the middle. A state is stride*place + group.
const (
	begin = iota
	single
	end
	middle
	places
)

const (
	stride     = 32 // more than the groups of a table
	states     = places * stride
	impossible = 255 // the cost of what never happens
	costsNat   = 8   // costs per nat
)

// States of the group of persons' names, which is group 0.
const (
	nameBegin  = begin * stride
	nameEnd    = end * stride
	nameMiddle = middle * stride
)

// Model is a table, ready to use. It does not change and may be used by several
// goroutines.
type Model struct {
	start    [2 * stride]float64             // of B and S
	open     [2 * stride][2 * stride]float64 // from S and E to B and S
	toEnd    [places][stride]float64         // from B and from M to E of the same group
	toMiddle [places][stride]float64         // from B and from M to M of the same group
	compound map[[2]rune]bool                // surnames of two characters
	chars    []entry
	number   []uint16  // of a character's entry; entry 0 is of those not in the table
	states   []uint8   // of all entries
	emit     []float64 // their probabilities
}

// entry says where the states of a character stand.
type entry struct {
	first, end uint32
	division
}

// column is what a character can be: its states, in order, and their probabilities.
type column struct {
	states []uint8
	emit   []float64
	division
}

// division says where the states of one place end and the next begin.
type division struct {
	singles uint8 // index of the first S
	ends    uint8 // index of the first E
	middles uint8 // index of the first M
}

// openers returns the states that start a word, from index 0 on.
func (c *column) openers() []uint8 { return c.states[:c.ends] }

// closers returns the states that end a word, from index c.singles on.
func (c *column) closers() []uint8 { return c.states[c.singles:c.middles] }

// Load returns the built-in model. It reads the table once, in about a millisecond.
func Load() *Model { return builtin() }

var builtin = sync.OnceValue(func() *Model {
	m, err := parse(table)
	if err != nil {
		panic("the built-in table is damaged: " + err.Error()) // a fault of the build, which the tests find
	}
	return m
})

// parse reads a table in the format that build.py describes.
func parse(data []byte) (*Model, error) {
	r := reader{data: data}
	if string(r.next(4)) != "NMT1" {
		return nil, fmt.Errorf("name table: does not begin with NMT1: make it again with build.py")
	}
	groups := int(r.byte())
	if groups == 0 || groups >= stride {
		return nil, fmt.Errorf("name table: %d groups where 1 to %d are wanted: make it again with build.py", groups, stride-1)
	}
	m := &Model{compound: map[[2]rune]bool{}}
	r.openers(groups, &m.start)
	for place := range 2 {
		for group := range groups {
			r.openers(groups, &m.open[place*stride+group])
		}
	}
	for _, place := range []int{begin, middle} {
		r.row(groups, m.toEnd[place][:])
		r.row(groups, m.toMiddle[place][:])
	}
	for range r.byte() {
		m.compound[[2]rune{rune(r.uint16()), rune(r.uint16())}] = true
	}
	m.readColumns(&r)
	if r.failed || len(r.data) > 0 || len(m.chars) == 0 {
		return nil, fmt.Errorf("name table: its length or its states are wrong: make it again with build.py")
	}
	return m, nil
}

func (m *Model) readColumns(r *reader) {
	count := int(r.uint16())
	m.chars = make([]entry, 0, count)
	m.number = make([]uint16, 1<<16)
	m.states = make([]uint8, 0, len(r.data)/2)
	m.emit = make([]float64, 0, len(r.data)/2)
	for number := range count {
		char, size := r.uint16(), int(r.byte())
		if (number == 0) != (char == 0) {
			r.failed = true
		}
		first := uint32(len(m.states))
		for pair := range slices.Chunk(r.next(2*size), 2) {
			r.failed = r.failed || pair[0] >= states
			m.states, m.emit = append(m.states, pair[0]), append(m.emit, probabilities[pair[1]])
		}
		if r.failed {
			return
		}
		m.number[char] = uint16(number)
		m.chars = append(m.chars, entry{first, uint32(len(m.states)), divide(m.states[first:])})
	}
}

// column returns what a character can be.
func (m *Model) column(char rune) column {
	e := m.chars[0]
	if char >= 0 && int(char) < len(m.number) {
		e = m.chars[m.number[char]]
	}
	return column{m.states[e.first:e.end], m.emit[e.first:e.end], e.division}
}

func divide(states []uint8) (d division) {
	for _, state := range states {
		switch {
		case state < single*stride:
			d.singles++
			fallthrough
		case state < end*stride:
			d.ends++
			fallthrough
		case state < middle*stride:
			d.middles++
		}
	}
	return d
}

// probabilities holds what each cost stands for.
var probabilities = func() (p [impossible + 1]float64) {
	for cost := range impossible {
		p[cost] = math.Exp(-float64(cost) / costsNat)
	}
	return p
}()

// reader takes numbers from the front of data; it fails where there are too few.
type reader struct {
	data   []byte
	failed bool
}

func (r *reader) next(n int) []byte {
	if n > len(r.data) {
		r.failed, r.data = true, nil
		return make([]byte, n)
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

// openers reads the costs of B and of S of each group.
func (r *reader) openers(groups int, into *[2 * stride]float64) {
	r.row(groups, into[begin*stride:])
	r.row(groups, into[single*stride:])
}

// row reads the costs of a state of each group.
func (r *reader) row(groups int, into []float64) {
	for group, cost := range r.next(groups) {
		into[group] = probabilities[cost]
	}
}

func (r *reader) byte() byte     { return r.next(1)[0] }
func (r *reader) uint16() uint16 { return binary.LittleEndian.Uint16(r.next(2)) }
