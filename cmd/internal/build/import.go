package build

import (
	"context"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/graph"
)

// orphans is the document of what an imported graph says without any document.
const orphans = "doc/import"

// importedFingerprint is what imported documents have in place of the fingerprint of
// their notes: the notes themselves always count as changed.
const importedFingerprint = "imported"

// Import brings a graph into the store so that the store gives back the same graph.
// Documents of the same ID are replaced, others stay. It returns the IDs of the
// documents that the graph speaks of, sorted.
func Import(ctx context.Context, store graph.Store, g *graph.Subgraph) ([]string, error) {
	parts := split(g)
	var changes []graph.Change
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(parts)) {
		part, err := parts[id].part(id)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
		changes = append(changes, graph.Change{Part: part})
	}
	if err := store.Apply(ctx, changes); err != nil {
		return nil, err
	}
	return ids, store.Compact(ctx)
}

// share is what one document has of a graph.
type share struct {
	nodes map[string]graph.Node
	edges []graph.Edge
}

// split divides a graph by the documents of its evidence. An edge that several
// documents support goes to each with the evidence of each; its ends go with it.
func split(g *graph.Subgraph) map[string]*share {
	s := splitter{nodes: map[string]graph.Node{}, shares: map[string]*share{}, home: map[string]string{}}
	for _, node := range g.Nodes {
		s.nodes[node.ID] = node
		if node.Type == fact.Document {
			s.of(node.ID).nodes[node.ID] = node
		}
	}
	var elsewhere []graph.Edge // edges without evidence from any notes
	for _, edge := range g.Edges {
		if !s.divide(edge) {
			elsewhere = append(elsewhere, edge)
		}
	}
	for _, edge := range elsewhere {
		s.add(s.homeOf(edge), edge)
	}
	for _, node := range g.Nodes {
		if _, placed := s.home[node.ID]; !placed && node.Type != fact.Document {
			s.of(s.anywhere()).nodes[node.ID] = node
		}
	}
	return s.shares
}

// splitter carries the work of split.
type splitter struct {
	nodes  map[string]graph.Node
	shares map[string]*share
	home   map[string]string // node → the first document that has it
}

func (s *splitter) of(document string) *share {
	if s.shares[document] == nil {
		s.shares[document] = &share{nodes: map[string]graph.Node{}}
	}
	return s.shares[document]
}

// divide gives an edge to the documents of its evidence; it reports whether there was
// one. Evidence of the lexicon, which is no document of the store, goes to the first.
func (s *splitter) divide(edge graph.Edge) bool {
	evidence := map[string][]graph.Evidence{}
	var lexical []graph.Evidence
	for _, e := range edge.Evidence {
		if e.Document == lexicon.DocumentID {
			lexical = append(lexical, e)
			continue
		}
		evidence[e.Document] = append(evidence[e.Document], e)
	}
	for i, document := range slices.Sorted(maps.Keys(evidence)) {
		own := edge
		own.Evidence = evidence[document]
		if i == 0 {
			own.Evidence = append(own.Evidence, lexical...)
		}
		s.add(document, own)
	}
	return len(evidence) > 0
}

func (s *splitter) add(document string, edge graph.Edge) {
	part := s.of(document)
	part.edges = append(part.edges, edge)
	for _, end := range []string{edge.Source, edge.Target} {
		part.nodes[end] = s.nodes[end]
		if first, placed := s.home[end]; !placed || document < first {
			s.home[end] = document
		}
	}
}

// homeOf returns the document that has an end of an edge.
func (s *splitter) homeOf(edge graph.Edge) string {
	for _, end := range []string{edge.Source, edge.Target} {
		if document, placed := s.home[end]; placed {
			return document
		}
	}
	return s.anywhere()
}

// anywhere returns the first document.
func (s *splitter) anywhere() string {
	if len(s.shares) == 0 {
		return orphans
	}
	return slices.Min(slices.Collect(maps.Keys(s.shares)))
}

// part makes what the store keeps. The graph stands in for the facts that were
// extracted, so that later builds can resolve them together with others.
func (s *share) part(id string) (*graph.Part, error) {
	p := &graph.Part{ID: id, Source: strings.TrimPrefix(id, "doc/"), Fingerprint: importedFingerprint + separator, Edges: s.edges}
	facts := fact.Facts{Document: graph.Node{ID: id, Type: fact.Document, Label: path.Base(id)}, Relations: s.edges}
	for _, node := range slices.SortedFunc(maps.Values(s.nodes), fact.CompareEntities) {
		p.Nodes = append(p.Nodes, node)
		if node.ID == id {
			facts.Document = node
			p.Source = path.Join(path.Dir(p.Source), node.Label)
			continue
		}
		facts.Entities = append(facts.Entities, node)
	}
	var err error
	p.Facts, err = json.Marshal(facts)
	return p, err
}
