package graph

import (
	"context"
	"slices"

	"talkgraph/extract/fact"
)

// Neighbourhood returns the nodes that are at most depth steps from any of the
// starting nodes, with the edges among them. Steps lead through every node but
// events and documents, which are near to everything.
func Neighbourhood(ctx context.Context, s Snapshot, start []string, depth int) (*Subgraph, error) {
	known := map[string]bool{}
	frontier := slices.Clone(start)
	for _, id := range start {
		known[id] = true
	}
	first := slices.Clone(start)
	edges := map[string]Edge{}
	for step := 0; step <= depth && len(frontier) > 0; step++ {
		var next []string
		for _, id := range frontier {
			if closed(id) && !slices.Contains(first, id) {
				continue
			}
			around, err := s.Edges(ctx, id, Both)
			if err != nil {
				return nil, err
			}
			for _, edge := range around {
				edges[edgeKey(edge)] = edge
				for _, end := range []string{edge.Source, edge.Target} {
					if !known[end] && step < depth {
						known[end] = true
						next = append(next, end)
					}
				}
			}
		}
		frontier = next
	}
	return collect(ctx, s, known, edges)
}

// closed holds for nodes that no step leads through.
func closed(id string) bool {
	return hasPrefix(id, "event/") || hasPrefix(id, "doc/")
}

func hasPrefix(id, prefix string) bool { return len(id) > len(prefix) && id[:len(prefix)] == prefix }

func edgeKey(e Edge) string {
	return e.Source + "\x00" + string(e.Predicate) + "\x00" + e.Target + "\x00" + e.Props[fact.PropPhrase]
}

// collect reads the nodes and keeps the edges whose ends are both known.
func collect(ctx context.Context, s Snapshot, known map[string]bool, edges map[string]Edge) (*Subgraph, error) {
	ids := make([]string, 0, len(known))
	for id := range known {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	nodes, err := s.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	g := &Subgraph{Nodes: nodes}
	for _, edge := range edges {
		if known[edge.Source] && known[edge.Target] {
			g.Edges = append(g.Edges, edge)
		}
	}
	slices.SortFunc(g.Edges, fact.CompareRelations)
	return g, nil
}
