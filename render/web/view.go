package web

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/metric"
)

// view is one state of the graph in memory. It is a graph.Snapshot, never changes
// once made, and may be used by any number of requests.
type view struct {
	version  string
	nodes    []graph.Node // in order of ID
	edges    []graph.Edge // in their order
	around   [][]int32    // node → its edges
	rank     []float64    // node → importance, adding up to 1
	interest []float64    // node → rank, weighed by what its type means to a reader
	index    map[string]int32
	byKey    map[string][]string // folded name → node IDs
	parts    []graph.PartInfo
	names    []searchName
	facets   facets
	leading  map[fact.Type][]graph.Node // those that talks speak of most
}

// newView indexes a graph. Edges without both of their ends are left out.
func newView(version string, g *graph.Subgraph, parts []graph.PartInfo) *view {
	v := &view{
		version: version, parts: parts,
		nodes: slices.SortedStableFunc(slices.Values(g.Nodes), fact.CompareEntities),
		index: make(map[string]int32, len(g.Nodes)), byKey: make(map[string][]string, 2*len(g.Nodes)),
	}
	for i, node := range v.nodes {
		v.index[node.ID] = int32(i)
		v.addNames(int32(i), node)
	}
	v.around = make([][]int32, len(v.nodes))
	for _, edge := range slices.SortedStableFunc(slices.Values(g.Edges), fact.CompareRelations) {
		source, hasSource := v.index[edge.Source]
		target, hasTarget := v.index[edge.Target]
		if !hasSource || !hasTarget {
			continue
		}
		at := int32(len(v.edges))
		v.edges = append(v.edges, edge)
		v.around[source] = append(v.around[source], at)
		if target != source {
			v.around[target] = append(v.around[target], at)
		}
	}
	v.rankNodes()
	v.facets = v.countFacets()
	v.leading = map[fact.Type][]graph.Node{
		fact.Concept: v.mostPointedAt(fact.Concept, fact.About), fact.Person: v.mostPointedAt(fact.Person, fact.Performer),
		fact.Organization: v.mostPointedAt(fact.Organization, fact.Affiliation),
	}
	return v
}

func (v *view) addNames(at int32, node graph.Node) {
	for i, name := range append([]string{node.Label}, node.Aliases...) {
		key := fact.Key(name)
		if !slices.Contains(v.byKey[key], node.ID) {
			v.byKey[key] = append(v.byKey[key], node.ID)
		}
		v.names = append(v.names, newSearchName(at, name, key, i == 0))
	}
}

func (v *view) rankNodes() {
	ranks := metric.PageRank(&graph.Subgraph{Nodes: v.nodes, Edges: v.edges})
	v.rank, v.interest = make([]float64, len(v.nodes)), make([]float64, len(v.nodes))
	for i, node := range v.nodes {
		v.rank[i] = ranks[node.ID]
		v.interest[i] = v.rank[i] * interest(node.Type)
	}
}

// other is the node at the far end of an edge.
func (v *view) other(edge int32, from int32) int32 {
	e := &v.edges[edge]
	if v.nodes[from].ID == e.Source {
		return v.index[e.Target]
	}
	return v.index[e.Source]
}

// Node returns the node, or graph.ErrNotFound.
func (v *view) Node(_ context.Context, id string) (graph.Node, error) {
	at, ok := v.index[id]
	if !ok {
		return graph.Node{}, fmt.Errorf("%s: %w", id, graph.ErrNotFound)
	}
	return v.nodes[at], nil
}

// Nodes returns the nodes of these IDs in order of ID.
func (v *view) Nodes(_ context.Context, ids []string) ([]graph.Node, error) {
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	nodes := make([]graph.Node, 0, len(sorted))
	for _, id := range sorted {
		if at, ok := v.index[id]; ok {
			nodes = append(nodes, v.nodes[at])
		}
	}
	return nodes, nil
}

// Edges returns the edges at a node in their order.
func (v *view) Edges(_ context.Context, id string, direction graph.Direction, predicates ...fact.Predicate) ([]graph.Edge, error) {
	at, ok := v.index[id]
	if !ok {
		return nil, nil
	}
	var edges []graph.Edge
	for _, k := range v.around[at] {
		edge := v.edges[k]
		if direction == graph.Out && edge.Source != id || direction == graph.In && edge.Target != id {
			continue
		}
		if len(predicates) == 0 || slices.Contains(predicates, edge.Predicate) {
			edges = append(edges, edge)
		}
	}
	return edges, nil
}

// OfType returns the IDs of all nodes of a type, sorted.
func (v *view) OfType(_ context.Context, t fact.Type) ([]string, error) {
	var ids []string
	for i := range v.nodes {
		if v.nodes[i].Type == t {
			ids = append(ids, v.nodes[i].ID)
		}
	}
	return ids, nil
}

// Lookup returns the IDs of the nodes with this name, sorted.
func (v *view) Lookup(_ context.Context, name string) ([]string, error) {
	return slices.Clone(v.byKey[fact.Key(name)]), nil
}

// Names yields every name of every node in order of ID, the label first.
func (v *view) Names(ctx context.Context) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		for i, name := range v.names {
			if i%4096 == 0 && ctx.Err() != nil {
				yield(graph.Name{}, ctx.Err())
				return
			}
			node := &v.nodes[name.node]
			if !yield(graph.Name{ID: node.ID, Type: node.Type, Text: name.text, Label: name.label}, nil) {
				return
			}
		}
	}
}

// Parts lists the documents.
func (v *view) Parts(context.Context) ([]graph.PartInfo, error) { return slices.Clone(v.parts), nil }

// Part is not kept in memory.
func (v *view) Part(_ context.Context, id string) (graph.Part, error) {
	return graph.Part{}, fmt.Errorf("part %s: %w", id, graph.ErrNotFound)
}

// All returns the whole graph; the caller must not change it.
func (v *view) All(context.Context) (*graph.Subgraph, error) {
	return &graph.Subgraph{Nodes: v.nodes, Edges: v.edges}, nil
}

// Stats counts the graph.
func (v *view) Stats(context.Context) (graph.Stats, error) {
	stats := graph.Stats{Nodes: map[fact.Type]int{}, Edges: map[fact.Predicate]int{}, Lexicon: map[fact.Predicate]int{}, Documents: len(v.parts)}
	for i := range v.nodes {
		stats.Nodes[v.nodes[i].Type]++
	}
	for i := range v.edges {
		stats.Count(v.edges[i])
	}
	return stats, nil
}

// Close does nothing: a view lives as long as somebody looks at it.
func (v *view) Close() error { return nil }
