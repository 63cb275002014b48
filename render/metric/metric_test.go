package metric

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// cliques is groups of five nodes, each with every edge among its own and one edge
// to the next group.
func cliques(count int) *graph.Subgraph {
	g := &graph.Subgraph{}
	id := func(group, member int) string { return fmt.Sprintf("concept/%d-%d", group, member) }
	for group := range count {
		for member := range 5 {
			g.Nodes = append(g.Nodes, graph.Node{ID: id(group, member), Type: fact.Concept})
			for other := range member {
				g.Edges = append(g.Edges, graph.Edge{Source: id(group, other), Target: id(group, member), Predicate: fact.Related})
			}
		}
		if group > 0 {
			g.Edges = append(g.Edges, graph.Edge{Source: id(group-1, 0), Target: id(group, 0), Predicate: fact.Related})
		}
	}
	return g
}

func TestCommunitiesAreTheCliques(t *testing.T) {
	g := cliques(4)
	found := Communities(g)
	for group := range 4 {
		for member := range 5 {
			if found[fmt.Sprintf("concept/%d-%d", group, member)] != found[fmt.Sprintf("concept/%d-0", group)] {
				t.Errorf("clique %d is torn: %v", group, found)
			}
		}
	}
	if distinct := slices.Compact(slices.Sorted(maps.Values(found))); len(distinct) != 4 {
		t.Errorf("%d communities, want 4", len(distinct))
	}
	slices.Reverse(g.Nodes)
	slices.Reverse(g.Edges)
	if again := Communities(g); !maps.Equal(found, again) {
		t.Errorf("the order of the graph shows: %v and %v", found, again)
	}
}

func TestPageRank(t *testing.T) {
	g := &graph.Subgraph{}
	for i := range 6 {
		g.Nodes = append(g.Nodes, graph.Node{ID: fmt.Sprint(i), Type: fact.Concept})
		if i > 0 {
			g.Edges = append(g.Edges, graph.Edge{Source: fmt.Sprint(i), Target: "0", Predicate: fact.Related})
		}
	}
	ranks, sum := PageRank(g), 0.0
	for _, rank := range ranks {
		sum += rank
	}
	if len(ranks) != 6 || math.Abs(sum-1) > 1e-6 {
		t.Errorf("%d ranks with the sum %g", len(ranks), sum)
	}
	for i := 1; i < 6; i++ {
		if ranks["0"] <= ranks[fmt.Sprint(i)] {
			t.Errorf("the middle of the star ranks %g, its end %d %g", ranks["0"], i, ranks[fmt.Sprint(i)])
		}
	}
	if got := PageRank(&graph.Subgraph{}); len(got) != 0 {
		t.Errorf("an empty graph has ranks: %v", got)
	}
}
