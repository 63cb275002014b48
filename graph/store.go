package graph

import (
	"context"
	"errors"
	"iter"

	"talkgraph/extract/fact"
)

// Errors that every store returns, wrapped with what and where.
var (
	ErrNotFound = errors.New("not found")
	ErrLocked   = errors.New("the store is locked by another process")
	ErrDamaged  = errors.New("the store is damaged")
)

// Store keeps a graph. It has one writer and any number of readers at a time;
// readers see the graph as it was when they took their snapshot.
type Store interface {
	// Apply replaces and removes parts. Each part is written whole or not at all,
	// in the order given; after an error the parts before it are in the store,
	// and the store stays usable. A part equal to the stored one costs no write.
	Apply(ctx context.Context, changes []Change) error

	// Snapshot opens a consistent view for reading. The caller closes it.
	Snapshot(ctx context.Context) (Snapshot, error)

	// Compact gives back the room of what was replaced, where the backend needs it.
	Compact(ctx context.Context) error

	// Close releases the store; snapshots must be closed before.
	Close() error
}

// Change is one step of Apply: a part to put in place of the stored one with its
// ID, or a removal.
type Change struct {
	Part   *Part  // nil for a removal
	Remove string // document ID to remove, when Part is nil
}

// Direction says which edges of a node are meant.
type Direction uint8

// The directions.
const (
	Out  Direction = iota // edges whose source is the node
	In                    // edges whose target is the node
	Both                  // either
)

// Snapshot reads one state of the graph. Its results are merged over the parts:
// a node has the label of the first part (in order of document ID) that names it
// and the aliases and properties of all; an edge has the evidence of all.
// Results are sorted. It may be used by several goroutines.
type Snapshot interface {
	// Node returns the node, or ErrNotFound.
	Node(ctx context.Context, id string) (Node, error)

	// Nodes returns the nodes of these IDs in order of ID; IDs that are not there are left out.
	Nodes(ctx context.Context, ids []string) ([]Node, error)

	// Edges returns the edges at a node, all predicates when none is given.
	Edges(ctx context.Context, id string, direction Direction, predicates ...fact.Predicate) ([]Edge, error)

	// OfType returns the IDs of all nodes of a type, sorted.
	OfType(ctx context.Context, t fact.Type) ([]string, error)

	// Lookup returns the IDs of the nodes with this name (label or alias), compared by
	// fact.Key, sorted.
	Lookup(ctx context.Context, name string) ([]string, error)

	// Names yields every name of every node in order of ID, the label first.
	Names(ctx context.Context) iter.Seq2[Name, error]

	// Parts lists the documents of the store in order of ID.
	Parts(ctx context.Context) ([]PartInfo, error)

	// Part returns one document's part, or ErrNotFound.
	Part(ctx context.Context, id string) (Part, error)

	// All returns the whole graph.
	All(ctx context.Context) (*Subgraph, error)

	// Stats counts the graph.
	Stats(ctx context.Context) (Stats, error)

	// Close releases the snapshot.
	Close() error
}

// Name is one name of one node.
type Name struct {
	ID    string
	Type  fact.Type
	Text  string
	Label bool // whether it is the name that is shown
}

// Stats counts a graph.
type Stats struct {
	Nodes    map[fact.Type]int
	Edges    map[fact.Predicate]int
	Evidence int // passages over all edges
	// Lexicon counts the edges that no notes speak of, the lexicon alone; Edges has
	// them too. LexiconEvidence counts the lexicon's entries in Evidence.
	Lexicon         map[fact.Predicate]int
	LexiconEvidence int
	Documents       int   // parts
	Quads           int64 // rows in the store
	Bytes           int64 // size of the store on disk; 0 in memory or when the backend cannot tell
}

// Count adds an edge. The maps of the statistics must be there.
func (s *Stats) Count(edge Edge) {
	s.Edges[edge.Predicate]++
	s.Evidence += len(edge.Evidence)
	lexicon := 0
	for _, evidence := range edge.Evidence {
		if evidence.Extractor == fact.ExtractorLexicon {
			lexicon++
		}
	}
	s.LexiconEvidence += lexicon
	if lexicon > 0 && lexicon == len(edge.Evidence) {
		s.Lexicon[edge.Predicate]++
	}
}
