package graph

import (
	"context"
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// Filter says which passages count. The zero value lets all through.
type Filter struct {
	// Extractors are those whose passages count: "rules", "llm" for every model,
	// "llm:MODEL" for one, "corrections", "lexicon". Empty lets all through.
	Extractors []string

	// MinConfidence is the least confidence of a passage, 0…1.
	MinConfidence float64
}

// Filtered returns a view of a snapshot in which only edges with a passage that
// counts are left, with those passages alone, and no nodes that such edges alone
// would have joined to the rest. The view needs no closing of its own.
func Filtered(s Snapshot, f Filter) Snapshot {
	if len(f.Extractors) == 0 && f.MinConfidence <= 0 {
		return s
	}
	return &filtered{Snapshot: s, filter: f}
}

// Apply returns what is left of a subgraph.
func (f Filter) Apply(g *Subgraph) *Subgraph {
	kept := &Subgraph{Edges: f.edges(g.Edges)}
	before, after := ends(g.Edges), ends(kept.Edges)
	for _, n := range g.Nodes {
		if after[n.ID] || !before[n.ID] {
			kept.Nodes = append(kept.Nodes, n)
		}
	}
	return kept
}

func ends(edges []Edge) map[string]bool {
	known := map[string]bool{}
	for _, e := range edges {
		known[e.Source], known[e.Target] = true, true
	}
	return known
}

func (f Filter) edges(edges []Edge) []Edge {
	var kept []Edge
	for _, e := range edges {
		if !slices.ContainsFunc(e.Evidence, f.counts) {
			continue
		}
		e.Evidence = slices.DeleteFunc(slices.Clone(e.Evidence), func(v Evidence) bool { return !f.counts(v) })
		kept = append(kept, e)
	}
	return kept
}

func (f Filter) counts(e Evidence) bool {
	if e.Confidence < f.MinConfidence {
		return false
	}
	return len(f.Extractors) == 0 || slices.ContainsFunc(f.Extractors, func(name string) bool {
		return name == e.Extractor || name+":" == fact.ExtractorLLMPrefix && strings.HasPrefix(e.Extractor, fact.ExtractorLLMPrefix)
	})
}

// filtered hides what does not count from whoever reads a snapshot.
type filtered struct {
	Snapshot
	filter Filter
}

// Edges returns the edges at a node that count.
func (s *filtered) Edges(ctx context.Context, id string, direction Direction, predicates ...fact.Predicate) ([]Edge, error) {
	edges, err := s.Snapshot.Edges(ctx, id, direction, predicates...)
	return s.filter.edges(edges), err
}

// All returns what is left of the whole graph.
func (s *filtered) All(ctx context.Context) (*Subgraph, error) {
	g, err := s.Snapshot.All(ctx)
	if err != nil {
		return nil, err
	}
	return s.filter.Apply(g), nil
}
