// Package metric computes on a graph what a picture shows by size and colour: how
// important each node is (PageRank) and which nodes belong together (Louvain).
// The results do not depend on the order of nodes or edges, nor on chance.
//
// It knows the graph and nothing of pictures.
package metric

import (
	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// network is an undirected weighted graph over the indexes of nodes.
type network struct {
	neighbours [][]link
	strength   []float64 // sum of the weights at each node
}

type link struct {
	to     int
	weight float64
}

// newNetwork ignores directions: who is presented by whom says nothing about
// importance. Edges to nodes that are not in the graph are left out.
func newNetwork(nodes []graph.Node, edges []graph.Edge) network {
	index := make(map[string]int, len(nodes))
	for i, node := range nodes {
		index[node.ID] = i
	}
	n := network{neighbours: make([][]link, len(nodes)), strength: make([]float64, len(nodes))}
	for _, edge := range edges {
		from, known := index[edge.Source]
		to, knownToo := index[edge.Target]
		if !known || !knownToo || from == to {
			continue
		}
		weight := Weight(edge)
		n.neighbours[from] = append(n.neighbours[from], link{to, weight})
		n.neighbours[to] = append(n.neighbours[to], link{from, weight})
		n.strength[from] += weight
		n.strength[to] += weight
	}
	return n
}

// Weight is how strongly an edge ties its ends together, above 0 and at most 1:
// what was said counts for more than the frame in which it was said.
func Weight(edge graph.Edge) float64 {
	switch edge.Predicate {
	case fact.About:
		if edge.Weight <= 0 {
			return leastAbout
		}
		return max(min(edge.Weight, 1), leastAbout)
	case fact.SuperEvent, fact.SubjectOf:
		return 0.2
	case fact.Mentions:
		return 0.3
	default:
		return 1
	}
}

// leastAbout is the weight of a concept that a talk only touches.
const leastAbout = 0.1
