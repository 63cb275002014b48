package metric

import (
	"math"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

const (
	damping       = 0.85
	tolerance     = 1e-10 // sum of the changes at which PageRank has settled
	maxIterations = 200
)

// PageRank returns the importance of each node by ID; they add up to 1. With foci
// it is the importance as seen from them: near is more important than far. Foci
// that are not in the graph do not count.
func PageRank(g *graph.Subgraph, foci ...string) map[string]float64 {
	nodes := slices.SortedFunc(slices.Values(g.Nodes), fact.CompareEntities)
	edges := slices.SortedStableFunc(slices.Values(g.Edges), fact.CompareRelations)
	scores := newNetwork(nodes, edges).pageRank(startAt(nodes, foci))
	byID := make(map[string]float64, len(nodes))
	for i, node := range nodes {
		byID[node.ID] = scores[i]
	}
	return byID
}

// startAt is where a walk begins: evenly at the foci, or anywhere.
func startAt(nodes []graph.Node, foci []string) []float64 {
	start := make([]float64, len(nodes))
	found := 0
	for i, node := range nodes {
		if slices.Contains(foci, node.ID) {
			start[i] = 1
			found++
		}
	}
	for i := range start {
		if found == 0 {
			start[i] = 1 / float64(len(nodes))
		} else {
			start[i] /= float64(found)
		}
	}
	return start
}

// pageRank follows the edges by weight and jumps back to the start now and then;
// from a node without edges it always jumps.
func (n network) pageRank(start []float64) []float64 {
	scores := slices.Clone(start)
	next := make([]float64, len(scores))
	for range maxIterations {
		stuck := 0.0
		for i, score := range scores {
			if n.strength[i] == 0 {
				stuck += score
			}
		}
		for i := range next {
			next[i] = (1 - damping + damping*stuck) * start[i]
		}
		for i, score := range scores {
			for _, link := range n.neighbours[i] {
				next[link.to] += damping * score * link.weight / n.strength[i]
			}
		}
		change := 0.0
		for i := range next {
			change += math.Abs(next[i] - scores[i])
		}
		scores, next = next, scores
		if change < tolerance {
			break
		}
	}
	return scores
}
