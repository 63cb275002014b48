package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// jsonFormat is the value of "format" in graph JSON; a change that old readers
// cannot bear gets another number.
const jsonFormat = "talkgraph/1"

// weightKey is the property of an edge in graph JSON that is a number.
const weightKey = "weight"

type jsonNode struct {
	ID      string            `json:"id"`
	Type    fact.Type         `json:"type"`
	Label   string            `json:"label"`
	Aliases []string          `json:"aliases"`
	Props   map[string]string `json:"props"`
}

type jsonEdge struct {
	Source    string         `json:"source"`
	Target    string         `json:"target"`
	Predicate fact.Predicate `json:"relation"`
	Props     map[string]any `json:"props"`
	Evidence  []jsonEvidence `json:"evidence"`
}

type jsonEvidence struct {
	Document   string  `json:"document"`
	Line       int     `json:"line"`
	Column     int     `json:"column"`
	Quote      string  `json:"quote"`
	Extractor  string  `json:"extractor"`
	Confidence float64 `json:"confidence"`
}

// writeJSON writes graph JSON, one node or edge to a line so that two exports can
// be compared line by line.
func writeJSON(w *bytes.Buffer, g *graph.Subgraph, _ Options) error {
	w.WriteString(`{"format":"` + jsonFormat + `",` + "\n" + ` "nodes":[`)
	for i, node := range sortedNodes(g) {
		if err := writeJSONLine(w, i, nodeToJSON(node)); err != nil {
			return fmt.Errorf("node %s: %w", node.ID, err)
		}
	}
	w.WriteString("],\n" + ` "edges":[`)
	for i, edge := range sortedEdges(g) {
		if err := writeJSONLine(w, i, edgeToJSON(edge)); err != nil {
			return fmt.Errorf("edge from %s to %s: %w", edge.Source, edge.Target, err)
		}
	}
	w.WriteString("]}\n")
	return nil
}

func writeJSONLine(w *bytes.Buffer, index int, value any) error {
	if index > 0 {
		w.WriteString(",")
	}
	w.WriteString("\n  ")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	w.Truncate(w.Len() - 1) // the line feed that Encode adds
	return nil
}

func nodeToJSON(node graph.Node) jsonNode {
	out := jsonNode{ID: node.ID, Type: node.Type, Label: node.Label, Aliases: node.Aliases, Props: node.Props}
	if out.Aliases == nil {
		out.Aliases = []string{}
	}
	if out.Props == nil {
		out.Props = map[string]string{}
	}
	return out
}

func edgeToJSON(edge graph.Edge) jsonEdge {
	out := jsonEdge{Source: edge.Source, Target: edge.Target, Predicate: edge.Predicate,
		Props: make(map[string]any), Evidence: make([]jsonEvidence, 0, len(edge.Evidence))}
	for name, value := range edge.Props {
		out.Props[name] = value
	}
	if edge.Weight != 0 {
		out.Props[weightKey] = edge.Weight
	}
	for _, e := range edge.Evidence {
		out.Evidence = append(out.Evidence, jsonEvidence(e))
	}
	return out
}

// ReadJSON reads graph JSON. Exporting the result gives the same bytes as the
// export that was read. The error says what is wrong in which node or edge.
func ReadJSON(r io.Reader) (*graph.Subgraph, error) {
	var in struct {
		Format string     `json:"format"`
		Nodes  []jsonNode `json:"nodes"`
		Edges  []jsonEdge `json:"edges"`
	}
	decoder := json.NewDecoder(r)
	if err := decoder.Decode(&in); err != nil {
		return nil, fmt.Errorf("not graph JSON: %w", jsonProblem(err))
	}
	if in.Format != jsonFormat {
		return nil, fmt.Errorf("the format is %q, not %q; export it again with --format json", in.Format, jsonFormat)
	}
	g := &graph.Subgraph{}
	for _, node := range in.Nodes {
		g.Nodes = append(g.Nodes, nodeFromJSON(node))
	}
	for _, edge := range in.Edges {
		out, err := edgeFromJSON(edge)
		if err != nil {
			return nil, fmt.Errorf("edge from %q to %q: %w", edge.Source, edge.Target, err)
		}
		g.Edges = append(g.Edges, out)
	}
	return g, checkGraph(g)
}

// jsonProblem words the end of a cut file, which the decoder calls EOF.
func jsonProblem(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends too early")
	}
	return err
}

func nodeFromJSON(in jsonNode) graph.Node {
	node := graph.Node{ID: in.ID, Type: in.Type, Label: in.Label}
	if len(in.Aliases) > 0 {
		node.Aliases = in.Aliases
	}
	if len(in.Props) > 0 {
		node.Props = in.Props
	}
	return node
}

func edgeFromJSON(in jsonEdge) (graph.Edge, error) {
	edge := graph.Edge{Source: in.Source, Target: in.Target, Predicate: in.Predicate}
	for name, value := range in.Props {
		switch value := value.(type) {
		case string:
			if edge.Props == nil {
				edge.Props = make(map[string]string)
			}
			edge.Props[name] = value
		case float64:
			if name != weightKey {
				return graph.Edge{}, fmt.Errorf("the property %q is a number; only %q may be one", name, weightKey)
			}
			edge.Weight = value
		default:
			return graph.Edge{}, fmt.Errorf("the property %q is neither text nor a number", name)
		}
	}
	for _, e := range in.Evidence {
		edge.Evidence = append(edge.Evidence, graph.Evidence(e))
	}
	return edge, nil
}

// checkGraph sorts what was read and refuses what no graph of ours can be.
func checkGraph(g *graph.Subgraph) error {
	slices.SortFunc(g.Nodes, fact.CompareEntities)
	slices.SortStableFunc(g.Edges, fact.CompareRelations)
	known := make(map[string]bool, len(g.Nodes))
	for _, node := range g.Nodes {
		switch {
		case node.ID == "":
			return fmt.Errorf("the node %q has no id", node.Label)
		case known[node.ID]:
			return fmt.Errorf("the node %q is there twice", node.ID)
		case !slices.Contains(fact.Types(), node.Type):
			return fmt.Errorf("the node %q has the unknown type %q", node.ID, node.Type)
		}
		known[node.ID] = true
	}
	for i, edge := range g.Edges {
		if err := checkEdge(edge, known); err != nil {
			return fmt.Errorf("edge from %q to %q: %w", edge.Source, edge.Target, err)
		}
		if i > 0 && fact.CompareRelations(g.Edges[i-1], edge) == 0 {
			return fmt.Errorf("edge from %q to %q: it is there twice", edge.Source, edge.Target)
		}
	}
	return nil
}

func checkEdge(edge graph.Edge, known map[string]bool) error {
	switch {
	case !known[edge.Source]:
		return errors.New("its source is not among the nodes")
	case !known[edge.Target]:
		return errors.New("its target is not among the nodes")
	case !slices.Contains(fact.Predicates(), edge.Predicate):
		return fmt.Errorf("unknown relation %q", edge.Predicate)
	case len(edge.Evidence) == 0:
		return errors.New("it has no evidence")
	}
	for _, e := range edge.Evidence {
		if e.Document == "" || strings.TrimSpace(e.Quote) == "" {
			return errors.New("its evidence has no document or no quote")
		}
	}
	return nil
}

// sortedNodes returns the nodes in order of ID without touching the graph.
func sortedNodes(g *graph.Subgraph) []graph.Node {
	return slices.SortedStableFunc(slices.Values(g.Nodes), fact.CompareEntities)
}

// sortedEdges returns the edges in their order without touching the graph.
func sortedEdges(g *graph.Subgraph) []graph.Edge {
	return slices.SortedStableFunc(slices.Values(g.Edges), fact.CompareRelations)
}
