package web

import (
	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// graphJSON is graph JSON, with what was left out.
type graphJSON struct {
	Format string     `json:"format"`
	Shown  *shownJSON `json:"shown,omitempty"`
	Nodes  []nodeJSON `json:"nodes"`
	Edges  []edgeJSON `json:"edges"`
}

// shownJSON says how much of what was asked for is in the answer, and why.
type shownJSON struct {
	Nodes  int    `json:"nodes"`
	Of     int    `json:"of"`
	Reason string `json:"reason"`
}

type nodeJSON struct {
	ID      string            `json:"id"`
	Type    fact.Type         `json:"type"`
	Label   string            `json:"label"`
	Aliases []string          `json:"aliases"`
	Props   map[string]string `json:"props"`
	Degree  int               `json:"degree"` // edges in the whole graph
}

type edgeJSON struct {
	Source    string         `json:"source"`
	Target    string         `json:"target"`
	Predicate fact.Predicate `json:"relation"`
	Props     map[string]any `json:"props"`
	Evidence  []evidenceJSON `json:"evidence"`
}

type evidenceJSON struct {
	Document   string  `json:"document"`
	Line       int     `json:"line"`
	Column     int     `json:"column"`
	Quote      string  `json:"quote"`
	Extractor  string  `json:"extractor"`
	Confidence float64 `json:"confidence"`
}

// formatName is the value of "format", as in exports.
const formatName = "talkgraph/1"

func (v *view) toJSON(g *graph.Subgraph) graphJSON {
	out := graphJSON{Format: formatName, Nodes: make([]nodeJSON, 0, len(g.Nodes)), Edges: make([]edgeJSON, 0, len(g.Edges))}
	for _, node := range g.Nodes {
		out.Nodes = append(out.Nodes, v.nodeToJSON(node))
	}
	for _, edge := range g.Edges {
		out.Edges = append(out.Edges, edgeToJSON(edge))
	}
	return out
}

func (v *view) nodeToJSON(node graph.Node) nodeJSON {
	out := nodeJSON{ID: node.ID, Type: node.Type, Label: node.Label, Aliases: node.Aliases, Props: node.Props, Degree: len(v.around[v.index[node.ID]])}
	if out.Aliases == nil {
		out.Aliases = []string{}
	}
	if out.Props == nil {
		out.Props = map[string]string{}
	}
	return out
}

func edgeToJSON(edge graph.Edge) edgeJSON {
	out := edgeJSON{Source: edge.Source, Target: edge.Target, Predicate: edge.Predicate,
		Props: make(map[string]any, len(edge.Props)+1), Evidence: make([]evidenceJSON, 0, len(edge.Evidence))}
	for name, value := range edge.Props {
		out.Props[name] = value
	}
	if edge.Weight != 0 {
		out.Props["weight"] = edge.Weight
	}
	for _, e := range edge.Evidence {
		out.Evidence = append(out.Evidence, evidenceJSON(e))
	}
	return out
}
