package graph

import (
	"slices"

	"talkgraph/extract/fact"
)

// FromNotes leaves out the edges that no passage of the notes supports: those
// that only the lexicon knows.
func FromNotes(g *Subgraph) *Subgraph {
	kept := &Subgraph{Nodes: g.Nodes}
	for _, edge := range g.Edges {
		if slices.ContainsFunc(edge.Evidence, func(e Evidence) bool { return e.Extractor != fact.ExtractorLexicon }) {
			edge.Evidence = slices.DeleteFunc(slices.Clone(edge.Evidence), func(e Evidence) bool { return e.Extractor == fact.ExtractorLexicon })
			kept.Edges = append(kept.Edges, edge)
		}
	}
	return kept
}
