package namemodel

import "slices"

// A compound surname is read by two states of its own, after which a given name
// follows as it follows a surname of one character. The tables hardly know such
// names: they are rare.
const (
	firstState  = begin*stride + stride - 1 // the last group is none of a table
	secondState = middle*stride + stride - 1

	// Probabilities of the characters of a compound surname.
	firstEmit  = 1.0 / 64
	secondEmit = 1.0 / 8
)

// row has a number for each state.
type row [states]float64

// lattice holds what all readings of a run of characters, weighed by their
// probability, say about names in it: the forward-backward algorithm, of which
// only the states of names are kept. It is filled again for each run.
type lattice struct {
	model  *Model
	cells  []cell
	closed []uint8 // backing of cell.closed
}

// faint is the probability below which a reading is left out: far below that of
// any name worth a look.
const faint = 1e-8

// cell is what is kept of one character. Probabilities are scaled so that those
// of all readings together are 1 at each character.
type cell struct {
	column  column
	closed  []uint8 // states that end a word and are not faint
	second  bool    // second character of a compound surname
	scale   float64 // probability of the character after those before it
	begins  float64 // that a surname of one character stands here, after all before
	surname float64 // that a compound surname ends here, after all before
	ends    float64 // that a name ends here, after all before
	follows float64 // weight of all that follows, if a name ends here
	middle  float64 // probability of the character in the middle of a name
	end     float64 // … and at its end
}

// fill reads a run of at least one character. It reports false, and name is of no
// use, when the readings up to each character give no name a probability of least.
func (l *lattice) fill(run []rune, least float64) bool {
	l.cells, l.closed = l.cells[:0], l.closed[:0]
	for i, char := range run {
		c := cell{column: l.model.column(char)}
		c.second = i > 0 && l.model.compound[[2]rune{run[i-1], char}]
		l.cells = append(l.cells, c)
	}
	ended := l.forward()
	if !slices.ContainsFunc(l.cells, func(c cell) bool { return c.ends >= least }) {
		return false
	}
	l.backward(ended)
	return true
}

// first tells whether a compound surname starts at a character.
func (l *lattice) first(i int) bool { return i+1 < len(l.cells) && l.cells[i+1].second }

// forward returns the probability of all readings whose last word has ended.
func (l *lattice) forward() float64 {
	before, now := new(row), new(row)
	for i := range l.cells {
		c := &l.cells[i]
		if i == 0 {
			l.openRun(c, now)
		} else {
			l.openWords(i, before, now)
			l.continueWords(c, before, now)
		}
		c.rescale(now)
		l.close(c, now)
		c.begins, c.surname, c.ends = now[nameBegin], now[secondState], now[nameEnd]
		l.clear(i-1, before)
		before, now = now, before
	}
	ended := 0.0
	for _, state := range l.cells[len(l.cells)-1].closed {
		ended += before[state]
	}
	return ended
}

// openRun sets the states of a run's first character.
func (l *lattice) openRun(c *cell, now *row) {
	for k, state := range c.column.openers() {
		now[state] = l.model.start[state] * c.column.emit[k]
	}
	if l.first(0) {
		now[firstState] = l.model.start[nameBegin] * firstEmit
	}
}

// openWords sets the states in which a word starts, after each in which one ends.
func (l *lattice) openWords(i int, before, now *row) {
	here := &l.cells[i].column
	openers := here.openers()
	compound := l.first(i)
	for _, from := range l.cells[i-1].closed {
		weight, move := before[from], &l.model.open[from-single*stride]
		for _, to := range openers {
			now[to] += weight * move[to]
		}
		if compound {
			now[firstState] += weight * move[nameBegin] * firstEmit
		}
	}
	for k, to := range openers {
		now[to] *= here.emit[k]
	}
}

// continueWords sets the states inside words, after those of the same group.
func (l *lattice) continueWords(c *cell, before, now *row) {
	m := l.model
	for k := int(c.column.ends); k < len(c.column.states); k++ {
		to := c.column.states[k]
		group, move := to%stride, &m.toEnd
		if to >= middle*stride {
			move = &m.toMiddle
		}
		p := before[begin*stride+group]*move[begin][group] + before[middle*stride+group]*move[middle][group]
		if group == 0 {
			p += before[secondState] * move[begin][0]
			c.keep(to, c.column.emit[k])
		}
		now[to] = p * c.column.emit[k]
	}
	if c.second {
		now[secondState] = before[firstState] * secondEmit
	}
}

// keep notes the probability of a character inside a name.
func (c *cell) keep(state uint8, emit float64) {
	if state == nameEnd {
		c.end = emit
	} else {
		c.middle = emit
	}
}

// rescale makes the states of a character sum to 1.
func (c *cell) rescale(now *row) {
	sum := now[firstState] + now[secondState]
	for _, state := range c.column.states {
		sum += now[state]
	}
	share := 1 / sum
	c.scale = sum
	for _, state := range c.column.states {
		now[state] *= share
	}
	now[firstState] *= share
	now[secondState] *= share
}

// close keeps the states of a character that end a word and are not faint.
func (l *lattice) close(c *cell, now *row) {
	first := len(l.closed)
	for _, state := range c.column.closers() {
		if now[state] > faint {
			l.closed = append(l.closed, state)
		}
	}
	if len(l.closed) == first { // the run must go on
		l.closed = append(l.closed, c.column.closers()...)
	}
	c.closed = l.closed[first:]
}

// clear sets the states of the character at i, if there is one, to 0.
func (l *lattice) clear(i int, of *row) {
	if i < 0 || i >= len(l.cells) {
		return
	}
	for _, state := range l.cells[i].column.states {
		of[state] = 0
	}
	of[firstState], of[secondState] = 0, 0
}

// backward completes the cells from the last one on.
func (l *lattice) backward(ended float64) {
	after, now := new(row), new(row) // weight of what follows a state; in after, with its character's own
	for i := len(l.cells) - 1; i >= 0; i-- {
		c := &l.cells[i]
		if i == len(l.cells)-1 {
			for _, state := range c.closed {
				now[state] = 1 / ended
			}
		} else {
			l.follow(i, after, now)
		}
		c.follows = now[nameEnd]
		share := 1 / c.scale
		for k, state := range c.column.states {
			now[state] *= c.column.emit[k] * share
		}
		now[firstState] *= firstEmit * share
		now[secondState] *= secondEmit * share
		l.clear(i+1, after)
		after, now = now, after
	}
}

// follow sets the weight of what follows each state of the character at i.
func (l *lattice) follow(i int, after, now *row) {
	here, next := &l.cells[i].column, &l.cells[i+1].column
	openers := next.openers()
	for _, from := range l.cells[i].closed {
		move := &l.model.open[from-single*stride]
		weight := after[firstState] * move[nameBegin]
		for _, to := range openers {
			weight += after[to] * move[to]
		}
		now[from] = weight
	}
	for _, from := range here.states[:here.singles] {
		now[from] = l.inside(begin, from%stride, after)
	}
	for _, from := range here.states[here.middles:] {
		now[from] = l.inside(middle, from%stride, after)
	}
	if l.first(i) {
		now[firstState] = after[secondState]
	}
	if l.cells[i].second {
		now[secondState] = l.inside(begin, 0, after)
	}
}

// inside returns the weight of a word's going on after a place in it.
func (l *lattice) inside(place int, group uint8, after *row) float64 {
	return l.model.toEnd[place][group]*after[end*stride+group] + l.model.toMiddle[place][group]*after[middle*stride+group]
}

// name returns the probability that the characters from a to b, and no more, are
// a name: a surname of one or two characters and a given name of one or two.
func (l *lattice) name(a, b int) float64 {
	p := 0.0
	if length := b - a; length == 2 || length == 3 {
		p = l.cells[a].begins * l.given(a+1, b)
	}
	if length := b - a; (length == 3 || length == 4) && l.cells[a+1].second {
		p += l.cells[a+1].surname * l.given(a+2, b)
	}
	return p
}

// given returns the weight of a given name of one or two characters and of all
// that follows it, after a surname.
func (l *lattice) given(a, b int) float64 {
	m, last := l.model, &l.cells[b-1]
	p := last.end / last.scale * last.follows
	if b-a == 1 {
		return m.toEnd[begin][0] * p
	}
	return m.toMiddle[begin][0] * l.cells[a].middle / l.cells[a].scale * m.toEnd[middle][0] * p
}
