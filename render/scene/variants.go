package scene

import (
	"cmp"
	"context"
	"math"
	"slices"

	"talkgraph/render/layout"
)

// variant is one way to lay the plan out.
type variant struct {
	direction layout.Direction
	// stagger spreads the children of one node over so many levels: a row of
	// many boxes is wider than any page. 1 leaves them in one row.
	stagger int
	// rows is the most rows of a stack; 0 stacks nothing.
	rows int
	// spread multiplies the gaps.
	spread float64
	// abreast is how many parts that nothing connects stand side by side; 0 is all.
	abreast int
}

// Gaps of the layout at spread 1, in points, and the clearance: a strip around
// each node that curves on their way to other nodes keep out of.
const (
	clearance     = 3
	nodeGap       = 16 - 2*clearance
	levelGap      = 20 - clearance
	levelGapRight = 32 - clearance
)

// manyPlaces is the size from which fewer variants are tried, since each takes
// a noticeable time.
const manyPlaces = 160

// candidate is a variant with its picture.
type candidate struct {
	variant
	picture
	width, height float64 // of the page, with title, legend and list
}

// bestPicture lays the plan out in several ways and draws the one with the
// fewest faults that prints largest on a sheet of paper. The note says why
// another engine was used than the one asked for.
func (p *plan) bestPicture(ctx context.Context, options layout.Options) (best candidate, note string, err error) {
	tried, note, err := p.try(ctx, p.variants(), options)
	if err != nil {
		return candidate{}, "", err
	}
	chosen := cheapest(tried)
	if chosen.faults() == 0 || p.large() || p.engine == layout.Sfdp || note != "" {
		return chosen, note, nil
	}
	// More room between things mends most faults.
	var wider []variant
	for _, spread := range []float64{1.25, 1.6} {
		v := chosen.variant
		v.spread = spread
		wider = append(wider, v)
	}
	more, note, err := p.try(ctx, wider, options)
	if err != nil {
		return candidate{}, "", err
	}
	return cheapest(append(tried, more...)), note, nil
}

// try lays the plan out in the given ways. If the layout had to give way to
// another engine there is one candidate only, and the note says why.
func (p *plan) try(ctx context.Context, variants []variant, options layout.Options) (tried []candidate, note string, err error) {
	graphs := make([]layout.Graph, len(variants))
	arrangements := make([]*arrangement, len(variants))
	for i, v := range variants {
		arrangements[i] = p.arrange(v)
		graphs[i] = arrangements[i].graph
	}
	all, err := layout.Variants(ctx, graphs, options)
	if err != nil {
		return nil, "", err
	}
	for i, positions := range all {
		drawn := p.draw(arrangements[i].expand(positions))
		page := p.page(drawn)
		tried = append(tried, candidate{variants[i], drawn, page.Width, page.Height})
	}
	return tried, all[0].Note, nil
}

func cheapest(tried []candidate) candidate {
	return slices.MinFunc(tried, func(a, b candidate) int { return cmp.Compare(a.cost(), b.cost()) })
}

// large tells whether each layout takes a noticeable time, so that few are tried.
func (p *plan) large() bool { return len(p.nodes)+len(p.phrases) > manyPlaces }

// variants lists the ways to try. The first stacks nothing: it is what is left if
// another engine has to be used.
func (p *plan) variants() []variant {
	var list []variant
	add := func(direction layout.Direction, staggers ...int) {
		for _, stagger := range staggers {
			if stagger == 1 || slices.ContainsFunc(p.staggered(stagger), func(length int) bool { return length > 1 }) {
				list = append(list, variant{direction: direction, stagger: stagger, spread: 1})
			}
		}
	}
	stacks := p.stacks()
	switch {
	case p.engine == layout.Sfdp:
		add(layout.Down, 1)
		return list
	case p.diagram.Direction == Right:
		add(layout.Right, 1)
	case len(stacks) > 0 && (p.large() || p.diagram.Ordered):
		add(layout.Down, 1) // several levels of siblings would hide their order
	case len(stacks) > 0:
		add(layout.Down, 1, 2)
	case p.large() && p.diagram.Direction == Down:
		add(layout.Down, 1, 4)
	case p.large():
		add(layout.Down, 4)
		add(layout.Right, 1, 3)
	case p.diagram.Ordered:
		add(layout.Down, 1)
		if p.diagram.Direction == Automatic {
			add(layout.Right, 1)
		}
	default:
		add(layout.Down, 1, 2, 3)
		if p.diagram.Direction == Automatic {
			add(layout.Right, 1)
		}
	}
	return append(list, p.stackedVariants(stacks)...)
}

// mostAbreast: rows of parts are tried with fewer than so many in a row.
const mostAbreast = 4

// rows counts the parts that can stand in rows: those that nothing connects, if
// each hangs on one node; else there is one.
func (p *plan) rows() int {
	entered := make(map[int]bool)
	for _, l := range p.lines {
		entered[l.to] = true
	}
	heads := 0
	for i := range p.nodes {
		if !entered[i] {
			heads++
		}
	}
	if parts := len(p.connected()); parts == heads {
		return parts
	}
	return 1
}

// manyStacks is from how many stacks on two rows of them are tried.
const manyStacks = 6

// stackedVariants are the ways to try with stacks: of several heights when lines
// run down.
func (p *plan) stackedVariants(stacks []stack) []variant {
	longest := 0
	for _, s := range stacks {
		longest = max(longest, len(s.members))
	}
	if longest == 0 {
		return nil
	}
	var list []variant
	if p.diagram.Direction != Right {
		for _, rows := range []int{2, 3, 4, 6, 8, 12} {
			if list = append(list, variant{direction: layout.Down, stagger: 1, rows: rows, spread: 1}); rows >= longest {
				break
			}
		}
		if len(stacks) >= manyStacks && !p.large() && !p.diagram.Ordered {
			list = append(list, variant{direction: layout.Down, stagger: 2, rows: 4, spread: 1},
				variant{direction: layout.Down, stagger: 2, rows: longest, spread: 1})
		}
	}
	for abreast := 1; abreast < min(p.rows(), mostAbreast) && p.diagram.Ordered && p.diagram.Direction != Right; abreast++ {
		list = append(list, variant{direction: layout.Down, stagger: 1, rows: longest, spread: 1, abreast: abreast})
	}
	if p.diagram.Direction != Down {
		list = append(list, variant{direction: layout.Right, stagger: 1, rows: longest, spread: 1})
	}
	return list
}

// fewChildren stay in one row, whatever the stagger.
const fewChildren = 3

// staggered returns the length in levels of each line: the children that hang
// on one parent alone are put in turn on one of so many levels.
func (p *plan) staggered(levels int) []int {
	lengths := make([]int, len(p.lines))
	if levels < 2 {
		return lengths
	}
	incoming := make(map[int]int)
	for _, l := range p.lines {
		if !l.free {
			incoming[l.to]++
		}
	}
	children := make(map[int][]int) // place → lines to its own children
	for i, l := range p.lines {
		if !l.free && incoming[l.to] == 1 && !p.onLevel(l.to) {
			children[l.from] = append(children[l.from], i)
		}
	}
	for _, own := range children {
		if len(own) <= fewChildren {
			continue
		}
		for turn, i := range own {
			lengths[i] = 1 + turn%levels
		}
	}
	return lengths
}

// onLevel tells whether a place is a node that the diagram puts on a level.
func (p *plan) onLevel(place int) bool {
	return place < len(p.nodes) && p.nodes[place].Level != 0
}

// paperSides is the ratio of the sides of a sheet of A4.
const paperSides = math.Sqrt2

// cost is how bad a picture is: the length of the side that the paper must have
// for it, whichever way the paper is turned, made worse by faults.
func (c candidate) cost() float64 {
	paper := min(max(c.width/paperSides, c.height), max(c.width, c.height/paperSides))
	if c.direction == layout.Right {
		paper *= 1.15 // a map is read from the top, unless that costs much
	}
	return paper*(1+0.12*float64(c.faults())+0.02*float64(c.crossings)) + c.meanLength
}
