package graph_test

import (
	"context"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// whole is a snapshot of which only the graph is asked.
type whole struct {
	graph.Snapshot
	g *graph.Subgraph
}

func (w whole) All(context.Context) (*graph.Subgraph, error) { return w.g, nil }

func TestFiltered(t *testing.T) {
	by := func(extractor string, confidence float64) graph.Evidence {
		return graph.Evidence{Document: "doc/a", Line: 1, Column: 1, Quote: "q", Extractor: extractor, Confidence: confidence}
	}
	edge := func(target string, evidence ...graph.Evidence) graph.Edge {
		return graph.Edge{Source: "talk/t", Predicate: fact.About, Target: target, Evidence: evidence}
	}
	g := &graph.Subgraph{
		Nodes: []graph.Node{{ID: "concept/a"}, {ID: "concept/b"}, {ID: "concept/c"}, {ID: "doc/a"}, {ID: "talk/t"}},
		Edges: []graph.Edge{edge("concept/a", by("rules", 0.9)), edge("concept/b", by("llm:m", 0.7)), edge("concept/c", by("llm:n", 0.7), by("rules", 0.6))},
	}
	for name, c := range map[string]struct {
		filter                 graph.Filter
		nodes, edges, passages int
	}{
		"all":        {graph.Filter{}, 5, 3, 4},
		"rules":      {graph.Filter{Extractors: []string{"rules"}}, 4, 2, 2},
		"models":     {graph.Filter{Extractors: []string{"llm"}}, 4, 2, 2},
		"one model":  {graph.Filter{Extractors: []string{"llm:m"}}, 3, 1, 1},
		"two":        {graph.Filter{Extractors: []string{"llm:m", "rules"}}, 5, 3, 3},
		"sure":       {graph.Filter{MinConfidence: 0.7}, 5, 3, 3},
		"both":       {graph.Filter{Extractors: []string{"rules"}, MinConfidence: 0.8}, 3, 1, 1},
		"nobody":     {graph.Filter{Extractors: []string{"l"}}, 1, 0, 0},
		"not a name": {graph.Filter{Extractors: []string{"rule"}}, 1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := graph.Filtered(whole{g: g}, c.filter).All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			passages := 0
			for _, e := range got.Edges {
				passages += len(e.Evidence)
			}
			if len(got.Nodes) != c.nodes || len(got.Edges) != c.edges || passages != c.passages {
				t.Errorf("%d nodes, %d edges, %d passages; want %d, %d, %d", len(got.Nodes), len(got.Edges), passages, c.nodes, c.edges, c.passages)
			}
		})
	}
	if len(g.Edges[2].Evidence) != 2 {
		t.Error("the graph itself was changed")
	}
}
