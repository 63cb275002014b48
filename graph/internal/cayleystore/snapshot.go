package cayleystore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// batchSize bounds how many nodes are read at a time, so that long listings
// neither ask once per node nor hold the whole graph.
const batchSize = 512

// snapshot is graph.Snapshot over any backend.
type snapshot struct {
	reader quadReader
}

// Node implements graph.Snapshot.
func (s *snapshot) Node(ctx context.Context, id string) (graph.Node, error) {
	nodes, err := s.Nodes(ctx, []string{id})
	if err != nil {
		return graph.Node{}, err
	}
	if len(nodes) == 0 {
		return graph.Node{}, fmt.Errorf("node %q: %w", id, graph.ErrNotFound)
	}
	return nodes[0], nil
}

// Nodes implements graph.Snapshot.
func (s *snapshot) Nodes(ctx context.Context, ids []string) ([]graph.Node, error) {
	var nodes []graph.Node
	for batch := range slices.Chunk(iris(ids), batchSize) {
		quads, err := s.reader.match(ctx, quad.Subject, batch)
		if err != nil {
			return nil, fmt.Errorf("read nodes: %w", err)
		}
		a := newAssembly()
		if err := a.add(claimsOnly(quads)); err != nil {
			return nil, fmt.Errorf("read nodes: %w", err)
		}
		nodes = append(nodes, a.allNodes()...)
	}
	return nodes, nil
}

// claimsOnly drops the quads of edges.
func claimsOnly(quads []quad.Quad) []quad.Quad {
	return slices.DeleteFunc(quads, func(q quad.Quad) bool {
		label, ok := q.Label.(quad.IRI)
		return ok && isEvidence(label)
	})
}

// iris returns the IDs as IRIs in order, each once.
func iris(ids []string) []quad.IRI {
	out := make([]quad.IRI, len(ids))
	for i, id := range ids {
		out[i] = quad.IRI(id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Edges implements graph.Snapshot.
func (s *snapshot) Edges(ctx context.Context, id string, direction graph.Direction, predicates ...fact.Predicate) ([]graph.Edge, error) {
	if len(predicates) == 0 {
		predicates = fact.Predicates()
	}
	a := newAssembly()
	if direction == graph.Out || direction == graph.Both {
		if err := s.addLinks(ctx, a, quad.Subject, id, predicates); err != nil {
			return nil, fmt.Errorf("read edges of %q: %w", id, err)
		}
	}
	if direction == graph.In || direction == graph.Both {
		if err := s.addLinks(ctx, a, quad.Object, id, predicates); err != nil {
			return nil, fmt.Errorf("read edges of %q: %w", id, err)
		}
	}
	edges, err := s.finishEdges(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("read edges of %q: %w", id, err)
	}
	return edges, nil
}

// addLinks takes in the edge quads at a node.
func (s *snapshot) addLinks(ctx context.Context, a *assembly, in quad.Direction, id string, predicates []fact.Predicate) error {
	wanted := make([]quad.IRI, 0, len(predicates))
	for _, p := range predicates {
		wanted = append(wanted, predicateIRI(p))
	}
	slices.Sort(wanted)
	quads, err := s.reader.match(ctx, in, []quad.IRI{quad.IRI(id)}, slices.Compact(wanted)...)
	if err != nil {
		return err
	}
	for _, q := range quads {
		label, ok := q.Label.(quad.IRI)
		if !ok || !isEvidence(label) {
			continue // a property with the predicate of an edge: the theme of an event
		}
		if err := a.addQuad(q); err != nil {
			return err
		}
	}
	return nil
}

// finishEdges reads the evidence, weights and properties of the links of an assembly.
func (s *snapshot) finishEdges(ctx context.Context, a *assembly) ([]graph.Edge, error) {
	a.links = unique(a.links)
	if len(a.links) == 0 {
		return nil, nil
	}
	evidence := make([]quad.IRI, len(a.links))
	for i, l := range a.links {
		evidence[i] = l.evidence
	}
	if err := s.addSubjects(ctx, a, evidence); err != nil {
		return nil, err
	}
	grouped, err := a.edgeEvidence()
	if err != nil {
		return nil, err
	}
	details := make([]quad.IRI, 0, len(grouped))
	for edge := range maps.Keys(grouped) {
		details = append(details, edge.node())
	}
	if err := s.addSubjects(ctx, a, details); err != nil {
		return nil, err
	}
	return a.allEdges()
}

// addSubjects takes in the quads of evidence or edge nodes.
func (s *snapshot) addSubjects(ctx context.Context, a *assembly, subjects []quad.IRI) error {
	slices.Sort(subjects)
	quads, err := s.reader.match(ctx, quad.Subject, slices.Compact(subjects))
	if err != nil {
		return err
	}
	return a.add(quads)
}

// unique drops links that came from both ends of an edge.
func unique(links []link) []link {
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.evidence, b.evidence), cmp.Compare(a.source, b.source),
			cmp.Compare(a.predicate, b.predicate), cmp.Compare(a.target, b.target))
	})
	return slices.Compact(links)
}

// OfType implements graph.Snapshot.
func (s *snapshot) OfType(ctx context.Context, t fact.Type) ([]string, error) {
	if typeIRI(t) == "" {
		return nil, nil
	}
	quads, err := s.reader.match(ctx, quad.Object, []quad.IRI{typeIRI(t)}, iriType)
	if err != nil {
		return nil, fmt.Errorf("list nodes of type %s: %w", t, err)
	}
	ids := make([]string, 0, len(quads))
	for batch := range slices.Chunk(subjectsOf(quads), batchSize) {
		types, err := s.types(ctx, batch)
		if err != nil {
			return nil, fmt.Errorf("list nodes of type %s: %w", t, err)
		}
		for _, id := range batch {
			if types[id] == t {
				ids = append(ids, string(id))
			}
		}
	}
	return ids, nil
}

// types returns the type of each node: that of the first part which has it.
func (s *snapshot) types(ctx context.Context, ids []quad.IRI) (map[quad.IRI]fact.Type, error) {
	quads, err := s.reader.match(ctx, quad.Subject, ids, iriType)
	if err != nil {
		return nil, err
	}
	a := newAssembly()
	if err := a.add(quads); err != nil {
		return nil, err
	}
	types := make(map[quad.IRI]fact.Type, len(ids))
	for _, node := range a.allNodes() {
		types[quad.IRI(node.ID)] = node.Type
	}
	return types, nil
}

// subjectsOf returns the subjects of quads in order, each once.
func subjectsOf(quads []quad.Quad) []quad.IRI {
	subjects := make([]quad.IRI, 0, len(quads))
	for _, q := range quads {
		if subject, ok := q.Subject.(quad.IRI); ok {
			subjects = append(subjects, subject)
		}
	}
	slices.Sort(subjects)
	return slices.Compact(subjects)
}

// Lookup implements graph.Snapshot.
func (s *snapshot) Lookup(ctx context.Context, name string) ([]string, error) {
	quads, err := s.reader.matchText(ctx, quad.String(fact.Key(name)), iriKey, iriName, iriAlternateName)
	if err != nil {
		return nil, fmt.Errorf("look up %q: %w", name, err)
	}
	subjects := subjectsOf(quads)
	ids := make([]string, len(subjects))
	for i, subject := range subjects {
		ids[i] = string(subject)
	}
	return ids, nil
}

// Names implements graph.Snapshot.
func (s *snapshot) Names(ctx context.Context) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		ids, err := s.nodeIDs(ctx)
		if err != nil {
			yield(graph.Name{}, fmt.Errorf("list names: %w", err))
			return
		}
		for batch := range slices.Chunk(ids, batchSize) {
			nodes, err := s.Nodes(ctx, batch)
			if err != nil {
				yield(graph.Name{}, err)
				return
			}
			for _, node := range nodes {
				if !yieldNames(node, yield) {
					return
				}
			}
		}
	}
}

// yieldNames yields the names of a node and reports whether to go on.
func yieldNames(node graph.Node, yield func(graph.Name, error) bool) bool {
	for i, name := range namesOf(node) {
		label := i == 0 && node.Label != ""
		if !yield(graph.Name{ID: node.ID, Type: node.Type, Text: name, Label: label}, nil) {
			return false
		}
	}
	return true
}

// nodeIDs returns the IDs of all nodes in order.
func (s *snapshot) nodeIDs(ctx context.Context) ([]string, error) {
	var classes []quad.IRI
	for _, t := range fact.Types() {
		classes = append(classes, typeIRI(t))
	}
	quads, err := s.reader.match(ctx, quad.Object, classes, iriType)
	if err != nil {
		return nil, err
	}
	subjects := subjectsOf(quads)
	ids := make([]string, len(subjects))
	for i, subject := range subjects {
		ids[i] = string(subject)
	}
	return ids, nil
}

// Parts implements graph.Snapshot.
func (s *snapshot) Parts(ctx context.Context) ([]graph.PartInfo, error) {
	quads, err := s.reader.match(ctx, quad.Object, []quad.IRI{iriPart}, iriType)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	var infos []graph.PartInfo
	for batch := range slices.Chunk(subjectsOf(quads), batchSize) {
		claims, err := s.reader.match(ctx, quad.Subject, batch, iriSource, iriFingerprint)
		if err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		a := newAssembly()
		if err := a.add(claims); err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		for _, id := range batch {
			claim := cmp.Or(a.parts[string(id)], &partClaim{})
			infos = append(infos, graph.PartInfo{ID: string(id), Source: claim.source, Fingerprint: claim.fingerprint})
		}
	}
	return infos, nil
}

// Part implements graph.Snapshot.
func (s *snapshot) Part(ctx context.Context, id string) (graph.Part, error) {
	quads, err := partQuads(ctx, s.reader.match, id)
	if err != nil {
		return graph.Part{}, fmt.Errorf("read document %q: %w", id, err)
	}
	a := newAssembly()
	if err := a.add(quads); err != nil {
		return graph.Part{}, fmt.Errorf("read document %q: %w", id, err)
	}
	return a.onePart(id)
}

// All implements graph.Snapshot.
func (s *snapshot) All(ctx context.Context) (*graph.Subgraph, error) {
	a, err := s.everything(ctx)
	if err != nil {
		return nil, err
	}
	edges, err := a.allEdges()
	if err != nil {
		return nil, fmt.Errorf("read the graph: %w", err)
	}
	return &graph.Subgraph{Nodes: a.allNodes(), Edges: edges}, nil
}

// everything takes in all quads but the opaque facts.
func (s *snapshot) everything(ctx context.Context) (*assembly, error) {
	a := newAssembly()
	err := s.reader.all(ctx, func(quads []quad.Quad) error {
		return a.add(slices.DeleteFunc(quads, func(q quad.Quad) bool { return q.Predicate == iriFacts }))
	})
	if err != nil {
		return nil, fmt.Errorf("read the graph: %w", err)
	}
	return a, nil
}

// Stats implements graph.Snapshot.
func (s *snapshot) Stats(ctx context.Context) (graph.Stats, error) {
	a, err := s.everything(ctx)
	if err != nil {
		return graph.Stats{}, err
	}
	edges, err := a.allEdges()
	if err != nil {
		return graph.Stats{}, fmt.Errorf("count the graph: %w", err)
	}
	stats := graph.Stats{
		Nodes:     make(map[fact.Type]int),
		Edges:     make(map[fact.Predicate]int),
		Lexicon:   make(map[fact.Predicate]int),
		Documents: len(a.parts),
	}
	for _, node := range a.allNodes() {
		stats.Nodes[node.Type]++
	}
	for _, edge := range edges {
		stats.Count(edge)
	}
	if stats.Quads, err = s.reader.count(ctx); err != nil {
		return graph.Stats{}, fmt.Errorf("count the graph: %w", err)
	}
	if stats.Bytes, err = s.reader.bytes(ctx); err != nil {
		return graph.Stats{}, fmt.Errorf("measure the store: %w", err)
	}
	return stats, nil
}

// Close implements graph.Snapshot.
func (s *snapshot) Close() error { return s.reader.close() }
