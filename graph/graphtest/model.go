package graphtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Model is the plainest store there is: its parts, merged anew for every question.
// It says what a snapshot of a store with the same parts must answer.
type Model struct {
	parts map[string]graph.Part
}

// NewModel returns a model that holds the parts.
func NewModel(parts ...graph.Part) Model {
	m := Model{make(map[string]graph.Part)}
	for _, part := range parts {
		m.parts[part.ID] = part
	}
	return m
}

// Apply changes the model as graph.Store.Apply changes a store.
func (m Model) Apply(changes []graph.Change) {
	for _, change := range changes {
		if change.Part == nil {
			delete(m.parts, change.Remove)
		} else {
			m.parts[change.Part.ID] = *change.Part
		}
	}
}

// Parts returns the parts in order of ID.
func (m Model) Parts() []graph.Part {
	parts := make([]graph.Part, 0, len(m.parts))
	for _, id := range slices.Sorted(maps.Keys(m.parts)) {
		parts = append(parts, m.parts[id])
	}
	return parts
}

// Graph returns the parts merged as graph.Snapshot describes.
func (m Model) Graph() *graph.Subgraph {
	nodes := make(map[string]graph.Node)
	edges := make(map[[4]string]graph.Edge)
	for _, part := range m.Parts() {
		for _, node := range part.Nodes {
			nodes[node.ID] = mergeNode(nodes[node.ID], node)
		}
		for _, edge := range part.Edges {
			key := [4]string{edge.Source, string(edge.Predicate), edge.Target, edge.Props[fact.PropPhrase]}
			edges[key] = mergeEdge(edges[key], edge)
		}
	}
	return &graph.Subgraph{
		Nodes: slices.SortedFunc(maps.Values(nodes), fact.CompareEntities),
		Edges: slices.SortedFunc(maps.Values(edges), fact.CompareRelations),
	}
}

// mergeNode adds what a later part says of a node.
func mergeNode(node, more graph.Node) graph.Node {
	names := slices.Concat([]string{node.Label}, node.Aliases, []string{more.Label}, more.Aliases)
	node.ID = more.ID
	node.Type = cmp.Or(node.Type, more.Type)
	node.Label = cmp.Or(node.Label, more.Label)
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == "" || name == node.Label })
	if len(names) == 0 {
		names = nil
	}
	node.Aliases = names
	node.Props = mergeProps(node.Props, more.Props)
	return node
}

func mergeEdge(edge, more graph.Edge) graph.Edge {
	edge.Source, edge.Predicate, edge.Target = more.Source, more.Predicate, more.Target
	edge.Weight = max(edge.Weight, more.Weight)
	edge.Props = mergeProps(edge.Props, more.Props)
	edge.Evidence = fact.SortEvidence(slices.Concat(edge.Evidence, more.Evidence))
	return edge
}

// mergeProps keeps the first value of each key.
func mergeProps(props, more map[string]string) map[string]string {
	if len(props) == 0 && len(more) == 0 {
		return nil
	}
	merged := maps.Clone(more)
	if merged == nil {
		merged = make(map[string]string)
	}
	maps.Copy(merged, props)
	return merged
}

// Compare asks a snapshot everything and returns the first answer that differs.
func (m Model) Compare(ctx context.Context, s graph.Snapshot) error {
	want := m.Graph()
	return errors.Join(
		m.compareGraph(ctx, s, want),
		m.compareParts(ctx, s),
		m.compareStats(ctx, s, want),
		compareNodes(ctx, s, want),
		compareEdges(ctx, s, want),
		compareNames(ctx, s, want),
	)
}

// differ returns an error when got and want are not equal; no elements and nil are.
func differ[T any](what string, got, want []T, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if len(got) == 0 && len(want) == 0 {
		return nil
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			return fmt.Errorf("%s: missing %+v", what, want[i])
		case i >= len(want):
			return fmt.Errorf("%s: too much: %+v", what, got[i])
		case !reflect.DeepEqual(got[i], want[i]):
			return fmt.Errorf("%s: number %d\ngot  %+v\nwant %+v", what, i, got[i], want[i])
		}
	}
	return nil
}

func (m Model) compareGraph(ctx context.Context, s graph.Snapshot, want *graph.Subgraph) error {
	got, err := s.All(ctx)
	if err != nil {
		return fmt.Errorf("reading all: %w", err)
	}
	return errors.Join(differ("nodes of All", got.Nodes, want.Nodes, nil), differ("edges of All", got.Edges, want.Edges, nil))
}

func (m Model) compareParts(ctx context.Context, s graph.Snapshot) error {
	var infos []graph.PartInfo
	for _, want := range m.Parts() {
		infos = append(infos, graph.PartInfo{ID: want.ID, Source: want.Source, Fingerprint: want.Fingerprint})
		got, err := s.Part(ctx, want.ID)
		if err := differ("Part", []graph.Part{got}, []graph.Part{want}, err); err != nil {
			return err
		}
	}
	got, err := s.Parts(ctx)
	return differ("Parts", got, infos, err)
}

func (m Model) compareStats(ctx context.Context, s graph.Snapshot, want *graph.Subgraph) error {
	got, err := s.Stats(ctx)
	stats := graph.Stats{Nodes: make(map[fact.Type]int), Edges: make(map[fact.Predicate]int), Lexicon: make(map[fact.Predicate]int),
		Documents: len(m.parts), Quads: got.Quads, Bytes: got.Bytes}
	for _, node := range want.Nodes {
		stats.Nodes[node.Type]++
	}
	for _, edge := range want.Edges {
		stats.Count(edge)
	}
	if len(m.parts) == 0 && got.Quads != 0 {
		return fmt.Errorf("counting: %d quads in an empty store", got.Quads)
	}
	return differ("Stats", []graph.Stats{got}, []graph.Stats{stats}, err)
}

func compareNodes(ctx context.Context, s graph.Snapshot, want *graph.Subgraph) error {
	ids := []string{"node/that is not there"}
	byType := make(map[fact.Type][]string)
	for _, node := range want.Nodes {
		ids = append(ids, node.ID)
		byType[node.Type] = append(byType[node.Type], node.ID)
	}
	for _, t := range fact.Types() {
		got, err := s.OfType(ctx, t)
		if err := differ("OfType "+string(t), got, byType[t], err); err != nil {
			return err
		}
	}
	slices.Reverse(ids)
	got, err := s.Nodes(ctx, ids)
	return differ("Nodes", got, want.Nodes, err)
}

// compareEdges asks for the edges of some nodes: of all would take long on a large graph.
func compareEdges(ctx context.Context, s graph.Snapshot, want *graph.Subgraph) error {
	const most = 30
	for _, node := range want.Nodes[:min(len(want.Nodes), most)] {
		var out, in, both []graph.Edge
		for _, edge := range want.Edges {
			if edge.Source == node.ID {
				out = append(out, edge)
			}
			if edge.Target == node.ID {
				in = append(in, edge)
			}
			if edge.Source == node.ID || edge.Target == node.ID {
				both = append(both, edge)
			}
		}
		for direction, edges := range map[graph.Direction][]graph.Edge{graph.Out: out, graph.In: in, graph.Both: both} {
			got, err := s.Edges(ctx, node.ID, direction)
			if err := differ(fmt.Sprintf("Edges of %s, direction %d", node.ID, direction), got, edges, err); err != nil {
				return err
			}
		}
	}
	return nil
}

func compareNames(ctx context.Context, s graph.Snapshot, want *graph.Subgraph) error {
	var names []graph.Name
	byKey := make(map[string][]string)
	for _, node := range want.Nodes {
		if node.Label != "" {
			names = append(names, graph.Name{ID: node.ID, Type: node.Type, Text: node.Label, Label: true})
		}
		for _, alias := range node.Aliases {
			names = append(names, graph.Name{ID: node.ID, Type: node.Type, Text: alias})
		}
	}
	var got []graph.Name
	for name, err := range s.Names(ctx) {
		if err != nil {
			return fmt.Errorf("reading names: %w", err)
		}
		got = append(got, name)
	}
	for _, name := range names {
		key := fact.Key(name.Text)
		if !slices.Contains(byKey[key], name.ID) {
			byKey[key] = append(byKey[key], name.ID)
		}
	}
	const most = 30
	for _, name := range names[:min(len(names), most)] {
		ids, err := s.Lookup(ctx, name.Text)
		if err := differ("Lookup "+name.Text, ids, byKey[fact.Key(name.Text)], err); err != nil {
			return err
		}
	}
	return differ("Names", got, names, nil)
}
