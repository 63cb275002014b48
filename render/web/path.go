package web

import (
	"slices"

	"talkgraph/extract/fact"
)

// pathLength is the most steps of a connection that still means something.
const pathLength = 8

// shortest returns the nodes of a shortest connection that a person finds
// meaningful: not through events or documents, and through a session only when
// there is no other way. Nil when there is none.
func (v *view) shortest(from, to int32, s *sieve) []int32 {
	if from == to {
		return []int32{from}
	}
	if way := v.way(from, to, s, fact.Session); way != nil {
		return way
	}
	return v.way(from, to, s)
}

// way searches in breadth, through all types but events, documents and those to
// avoid. Of equally short ways the first in the order of edges is taken.
func (v *view) way(from, to int32, s *sieve, avoid ...fact.Type) []int32 {
	before := map[int32]int32{from: from}
	layer := []int32{from}
	for step := 0; step < pathLength && len(layer) > 0; step++ {
		var next []int32
		for _, at := range layer {
			for _, k := range v.around[at] {
				far := v.other(k, at)
				if _, seen := before[far]; seen || !s.edge(k) {
					continue
				}
				if far == to {
					before[far] = at
					return trace(before, to)
				}
				t := v.nodes[far].Type
				if t == fact.Event || t == fact.Document || slices.Contains(avoid, t) || !s.node(far) {
					continue
				}
				before[far] = at
				next = append(next, far)
			}
		}
		layer = next
	}
	return nil
}

func trace(before map[int32]int32, to int32) []int32 {
	way := []int32{to}
	for before[to] != to {
		to = before[to]
		way = append(way, to)
	}
	slices.Reverse(way)
	return way
}
