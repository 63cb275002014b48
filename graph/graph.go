// Package graph holds the vocabulary of the knowledge graph, the Store interface
// and what can be computed on a graph: neighbourhoods, paths, statistics.
//
// A graph is a set of nodes and edges. Every edge carries evidence: the passages
// of the notes that it stands on. The graph is kept per document: a Document part
// holds the nodes and edges that one document's notes say, and the whole graph is
// the union of the parts. So one document can be replaced or removed alone.
//
// The package must not know how facts are found (extract), how they are drawn
// (render) or which database holds them (graph/internal/cayleystore).
package graph

import "talkgraph/extract/fact"

// Node is an entity of the graph.
type Node = fact.Entity

// Edge is a relation of the graph; it always has evidence.
type Edge = fact.Relation

// Evidence is a passage that an edge stands on.
type Evidence = fact.Evidence

// Subgraph is a set of nodes and the edges among them, both sorted
// (fact.CompareEntities, fact.CompareRelations).
type Subgraph struct {
	Nodes []Node
	Edges []Edge
}

// Part is what one document contributes to the graph, and the unit that a store
// replaces. Nodes that several documents speak of stand in each one's part.
type Part struct {
	ID          string // entity ID of the Document, "doc/…"
	Source      string // path as given to build, relative; for messages and verify
	Fingerprint string // hash of content, extractor version, lexicon and options: equal means unchanged
	Facts       []byte // what extraction found before resolution, opaque to the store
	Nodes       []Node // sorted, without duplicates
	Edges       []Edge // sorted, without duplicates; evidence of this document or the lexicon only
}

// PartInfo is a Part without its content.
type PartInfo struct {
	ID          string
	Source      string
	Fingerprint string
}
