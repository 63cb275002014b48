package web

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Bounds of what is shown at a time.
const (
	shownDefault = 120
	shownMost    = 5000
	depthDefault = 1
	depthMost    = 6
	fociMost     = 50
)

// Reasons why not all is shown.
const (
	reasonLimit = "limit" // more than a picture can bear; the most important are shown
	reasonAll   = "all"   // nothing is left out
)

// choice is the part of the graph that is shown.
type choice struct {
	nodes  []int32 // the more important first
	of     int     // how many there would be
	reason string
}

// choose chooses around the foci, or from the whole graph when there are none, and
// adds the direct neighbours of what is opened, to each so many as the limit.
func (v *view) choose(foci, opened []int32, s *sieve, depth, limit int) choice {
	chosen := v.overview(s, limit)
	if len(foci) > 0 {
		chosen = v.surroundings(foci, s, depth, limit)
	}
	if len(opened) == 0 {
		return chosen
	}
	inside := make(map[int32]bool, len(chosen.nodes))
	for _, at := range chosen.nodes {
		inside[at] = true
	}
	chosen.nodes = slices.Clone(chosen.nodes)
	for _, at := range opened {
		more := v.surroundings([]int32{at}, s, 1, limit)
		for _, at := range more.nodes {
			if !inside[at] {
				inside[at] = true
				chosen.nodes = append(chosen.nodes, at)
			}
		}
		if more.reason != reasonAll {
			chosen.reason = more.reason
		}
	}
	chosen.of = max(chosen.of, len(chosen.nodes))
	return chosen
}

// overview chooses the most important nodes of the graph.
func (v *view) overview(s *sieve, limit int) choice {
	var nodes []int32
	for i := range v.nodes {
		if v.nodes[i].Type != fact.Document && s.node(int32(i)) {
			nodes = append(nodes, int32(i))
		}
	}
	slices.SortFunc(nodes, v.byInterest)
	return cutAt(nodes, limit)
}

// interest weighs types against each other where the whole graph is summed up: the
// programme before the people, the people before what they spoke of.
func interest(t fact.Type) float64 {
	switch t {
	case fact.Event:
		return 100
	case fact.Session:
		return 20
	case fact.Talk:
		return 4
	case fact.Person:
		return 3
	case fact.Organization:
		return 1.5
	default:
		return 1
	}
}

func (v *view) byInterest(a, b int32) int {
	return cmp.Or(cmp.Compare(v.interest[b], v.interest[a]), cmp.Compare(a, b))
}

// surroundings chooses the nodes within so many steps of the foci, the nearer and
// then the more important first. No step leads on through events and documents,
// which are near to everything. The foci themselves are shown whatever the filter.
func (v *view) surroundings(foci []int32, s *sieve, depth, limit int) choice {
	seen := make([]bool, len(v.nodes))
	var nodes []int32
	for _, at := range foci {
		if !seen[at] {
			seen[at] = true
			nodes = append(nodes, at)
		}
	}
	layer := nodes
	for step := 0; step < depth && len(layer) > 0; step++ {
		var next []int32
		for _, at := range layer {
			if t := v.nodes[at].Type; step > 0 && (t == fact.Event || t == fact.Document) {
				continue
			}
			for _, k := range v.around[at] {
				if far := v.other(k, at); !seen[far] && s.edge(k) && s.node(far) {
					seen[far] = true
					next = append(next, far)
				}
			}
		}
		slices.SortFunc(next, v.byInterest)
		nodes = append(nodes, next...)
		layer = next
	}
	return cutAt(nodes, max(limit, len(foci)))
}

func cutAt(nodes []int32, limit int) choice {
	c := choice{nodes: nodes, of: len(nodes), reason: reasonAll}
	if len(nodes) > limit {
		c.nodes, c.reason = nodes[:limit], reasonLimit
	}
	return c
}

// subgraph returns the chosen nodes and the edges among them that the sieve lets
// through, in their orders.
func (v *view) subgraph(c choice, s *sieve) *graph.Subgraph {
	chosen := slices.Sorted(slices.Values(c.nodes))
	inside := make(map[int32]bool, len(chosen))
	for _, at := range chosen {
		inside[at] = true
	}
	g := &graph.Subgraph{}
	var edges []int32
	for _, at := range chosen {
		g.Nodes = append(g.Nodes, v.nodes[at])
		for _, k := range v.around[at] {
			if v.edges[k].Source == v.nodes[at].ID && inside[v.other(k, at)] && s.edge(k) {
				edges = append(edges, k)
			}
		}
	}
	slices.Sort(edges)
	for _, k := range edges {
		g.Edges = append(g.Edges, v.edges[k])
	}
	return g
}
