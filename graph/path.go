package graph

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// Step is one edge of a path.
type Step struct {
	Edge    Edge
	Forward bool // whether the path follows the edge from source to target
}

// Path is a connection between two nodes: steps that follow one another.
type Path []Step

// PathOptions choose which connections are found.
type PathOptions struct {
	Count int // most paths; 0 is DefaultPaths
	Steps int // most steps of a path; 0 is DefaultSteps
}

// Bounds of paths. Connections of more steps say nothing to a person.
const (
	DefaultPaths = 3
	DefaultSteps = 7
)

// detourLimit is how many steps more than the shortest a path may have.
const detourLimit = 1

// edgeLimit is the most edges that are read from either end, but for those of the
// last node, which bounds the time of a search in a large graph.
const edgeLimit = 3000

// Paths returns the shortest connections between two sets of nodes that a person
// finds meaningful, best first and each over another node in its middle. They lead
// through talks, sessions, people, institutions and concepts, never through an event or
// a document, in which everything is together. Concepts that everything is about
// connect worse than rare ones. There is no path where the sets share a node.
func Paths(ctx context.Context, s Snapshot, from, to []string, options PathOptions) ([]Path, error) {
	if options.Count <= 0 {
		options.Count = DefaultPaths
	}
	if options.Steps <= 0 {
		options.Steps = DefaultSteps
	}
	if slices.ContainsFunc(from, func(id string) bool { return slices.Contains(to, id) }) {
		return nil, nil
	}
	search := &pathSearch{ctx: ctx, snapshot: s, options: options, sides: [2]*wave{newWave(from), newWave(to)}}
	if err := search.run(); err != nil {
		return nil, err
	}
	return search.paths()
}

// pathSearch spreads a wave from either end until they have met often enough.
type pathSearch struct {
	ctx      context.Context
	snapshot Snapshot
	options  PathOptions
	sides    [2]*wave
	met      []string // nodes that both waves reached
}

// wave is what was reached from one end.
type wave struct {
	reached map[string]arrival
	settled map[string]bool
	open    arrivals
	read    int // edges that were read
}

// arrival is the best known way to a node.
type arrival struct {
	id    string
	cost  float64
	steps int
	from  string // node before; "" at the end of the path
	edge  Edge
}

func newWave(ids []string) *wave {
	w := &wave{reached: map[string]arrival{}, settled: map[string]bool{}}
	for _, id := range ids {
		a := arrival{id: id}
		w.reached[id] = a
		heap.Push(&w.open, a)
	}
	return w
}

// run expands the waves by a node at a time.
func (p *pathSearch) run() error {
	for {
		side := p.next()
		if side < 0 || p.finished() {
			return nil
		}
		if err := p.expand(side); err != nil {
			return err
		}
	}
}

// next is the wave to expand next, the one that took less reading so far: a rare
// thing is left sooner than a common one. -1 is neither: both have come to their end.
func (p *pathSearch) next() int {
	best := -1
	for i, w := range p.sides {
		w.skipSettled()
		if len(w.open) > 0 && w.read < edgeLimit && (best < 0 || w.read < p.sides[best].read) {
			best = i
		}
	}
	return best
}

func (w *wave) skipSettled() {
	for len(w.open) > 0 && (w.settled[w.open[0].id] || w.open[0].cost > w.reached[w.open[0].id].cost) {
		heap.Pop(&w.open)
	}
}

// finished reports whether no better connection than those found can come.
func (p *pathSearch) finished() bool {
	if len(p.met) < p.options.Count {
		return false
	}
	radius := 0.0
	for _, w := range p.sides {
		if len(w.open) > 0 {
			radius += w.open[0].cost
		}
	}
	costs := make([]float64, len(p.met))
	for i, id := range p.met {
		costs[i] = p.cost(id)
	}
	slices.Sort(costs)
	return radius >= costs[p.options.Count-1]+slack
}

// slack is how much dearer than the last connection wanted one may seem before its
// nodes are read and still turn out to be better.
const slack = 0.5

func (p *pathSearch) cost(id string) float64 {
	return p.sides[0].reached[id].cost + p.sides[1].reached[id].cost
}

// expand reads the edges of the next node of a wave.
func (p *pathSearch) expand(side int) error {
	w := p.sides[side]
	at := heap.Pop(&w.open).(arrival)
	w.settled[at.id] = true
	if at.steps*2 > p.options.Steps+1 {
		return nil
	}
	edges, err := p.snapshot.Edges(p.ctx, at.id, Both, fact.SuperEvent, fact.Performer, fact.Affiliation, fact.About,
		fact.Broader, fact.Related, fact.ParentOrganization, fact.Mentions)
	if err != nil {
		return err
	}
	w.read += 1 + len(edges)
	crowd := 0.0
	if at.steps > 0 {
		crowd = crowdCost * math.Log2(float64(1+len(edges)))
		if strings.HasPrefix(at.id, "talk/") { // a talk about much is no worse a link than one about little
			crowd = 0
		}
	}
	for _, edge := range edges {
		next := arrival{id: otherEnd(edge, at.id), steps: at.steps + 1, from: at.id, edge: edge, cost: at.cost + stepCost(edge) + crowd}
		if closed(next.id) || w.settled[next.id] {
			continue
		}
		if known, ok := w.reached[next.id]; ok && known.cost <= next.cost {
			continue
		}
		_, before := w.reached[next.id]
		w.reached[next.id] = next
		heap.Push(&w.open, next)
		if _, both := p.sides[1-side].reached[next.id]; both && !before {
			p.met = append(p.met, next.id)
		}
	}
	return nil
}

// crowdCost is what a node costs for each doubling of its edges.
const crowdCost = 0.12

// stepCost is how far apart an edge leaves its ends.
func stepCost(e Edge) float64 {
	switch {
	case e.Predicate == fact.About:
		return 1.5 - 0.5*e.Weight
	case e.Predicate == fact.SuperEvent:
		return 1.6
	case onlyLexicon(e):
		return 1.3
	default:
		return 1
	}
}

func onlyLexicon(e Edge) bool {
	return !slices.ContainsFunc(e.Evidence, func(v Evidence) bool { return v.Extractor != fact.ExtractorLexicon })
}

func otherEnd(e Edge, id string) string {
	if e.Source == id {
		return e.Target
	}
	return e.Source
}

// candidateLimit is the most connections that are weighed against one another.
const candidateLimit = 60

// weighedPath is a connection with what it costs a reader.
type weighedPath struct {
	path Path
	key  string
	cost float64
}

// paths puts the two halves of each connection together and chooses the best.
func (p *pathSearch) paths() ([]Path, error) {
	slices.SortFunc(p.met, func(a, b string) int { return cmp.Or(cmp.Compare(p.cost(a), p.cost(b)), strings.Compare(a, b)) })
	var found []weighedPath
	seen := map[string]bool{}
	for _, id := range p.met[:min(len(p.met), candidateLimit)] {
		path, key := p.through(id)
		if path == nil || seen[key] || len(path) > p.options.Steps {
			continue
		}
		seen[key] = true
		cost, err := p.weigh(path)
		if err != nil {
			return nil, err
		}
		found = append(found, weighedPath{path, key, cost})
	}
	slices.SortFunc(found, func(a, b weighedPath) int { return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.key, b.key)) })
	return p.shortest(found), nil
}

// shortest takes the best connections and leaves out detours.
func (p *pathSearch) shortest(found []weighedPath) []Path {
	least := p.options.Steps
	for _, w := range found {
		least = min(least, len(w.path))
	}
	var paths []Path
	for _, w := range found {
		if len(w.path) <= least+detourLimit && len(paths) < p.options.Count && !slices.ContainsFunc(found, w.isDetourOf) {
			paths = append(paths, w.path)
		}
	}
	return paths
}

// isDetourOf reports whether a connection is another one with more nodes between.
func (w weighedPath) isDetourOf(other weighedPath) bool {
	nodes := strings.Split(w.key, "\x00")
	return len(other.path) < len(w.path) && !slices.ContainsFunc(strings.Split(other.key, "\x00"), func(id string) bool { return !slices.Contains(nodes, id) })
}

// weigh is the cost of a connection when its concepts are looked at: one that a
// talk dwells on and that few talks share says more.
func (p *pathSearch) weigh(path Path) (float64, error) {
	total := 0.0
	for i, step := range path {
		cost := stepCost(step.Edge)
		if step.Edge.Predicate == fact.About {
			n, err := p.snapshot.Node(p.ctx, step.Edge.Target)
			if err != nil {
				return 0, err
			}
			best := 0.0
			for _, e := range step.Edge.Evidence {
				best = max(best, Prominence(e, n))
			}
			cost = 1.5 - 0.5*step.Edge.Weight*best
		}
		total += cost
		if i == 0 {
			continue
		}
		between := step.Edge.Source
		if !step.Forward {
			between = step.Edge.Target
		}
		if strings.HasPrefix(between, "concept/") {
			edges, err := p.snapshot.Edges(p.ctx, between, In, fact.About)
			if err != nil {
				return 0, err
			}
			total += crowdCost * math.Log2(float64(1+len(edges)))
		}
	}
	return total, nil
}

// through is the connection over a node and a key of the nodes on it; nil when it
// comes through a node twice.
func (p *pathSearch) through(middle string) (Path, string) {
	var path Path
	ids := []string{middle}
	for at := p.sides[0].reached[middle]; at.from != ""; at = p.sides[0].reached[at.from] {
		path = append(path, Step{Edge: at.edge, Forward: at.edge.Source == at.from})
		ids = append(ids, at.from)
	}
	slices.Reverse(path)
	slices.Reverse(ids)
	for at := p.sides[1].reached[middle]; at.from != ""; at = p.sides[1].reached[at.from] {
		path = append(path, Step{Edge: at.edge, Forward: at.edge.Target == at.from})
		ids = append(ids, at.from)
	}
	key := strings.Join(ids, "\x00")
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(path)+1 {
		return nil, ""
	}
	return path, key
}

// arrivals is a heap of arrivals by cost, then by ID, so that the order is fixed.
type arrivals []arrival

func (a arrivals) Len() int { return len(a) }
func (a arrivals) Less(i, j int) bool {
	if a[i].cost != a[j].cost {
		return a[i].cost < a[j].cost
	}
	return a[i].id < a[j].id
}
func (a arrivals) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push implements heap.Interface.
func (a *arrivals) Push(x any) { *a = append(*a, x.(arrival)) }

// Pop implements heap.Interface.
func (a *arrivals) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}
