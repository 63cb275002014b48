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

// OfTypes keeps the nodes of some types and the edges among them; of all types when
// none is named.
func OfTypes(g *Subgraph, types []fact.Type) *Subgraph {
	if len(types) == 0 {
		return g
	}
	return among(g, func(node Node) bool { return slices.Contains(types, node.Type) })
}

// Between keeps the talks from one day to another, both ISO 8601 dates and both
// included, and what is still tied to a talk, session or event that is kept. A talk
// without a day is kept only when neither day is given.
func Between(g *Subgraph, since, until string) *Subgraph {
	if since == "" && until == "" {
		return g
	}
	outside := map[string]bool{}
	for _, node := range g.Nodes {
		day := node.Props[fact.PropStartDate]
		if node.Type == fact.Talk && (day == "" || since != "" && day < since || until != "" && day > until) {
			outside[node.ID] = true
		}
	}
	reached := reachable(g, outside)
	return among(g, func(node Node) bool { return reached[node.ID] })
}

// reachable walks from the talks that are kept, along the edges and never against
// them: from a person to the institution, but not on to the others who are there.
func reachable(g *Subgraph, outside map[string]bool) map[string]bool {
	next := map[string][]string{}
	for _, edge := range g.Edges {
		if !outside[edge.Target] {
			next[edge.Source] = append(next[edge.Source], edge.Target)
		}
	}
	reached := map[string]bool{}
	var queue []string
	for _, node := range g.Nodes {
		if node.Type == fact.Talk && !outside[node.ID] {
			reached[node.ID] = true
			queue = append(queue, node.ID)
		}
	}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, target := range next[id] {
			if !reached[target] {
				reached[target] = true
				queue = append(queue, target)
			}
		}
	}
	return reached
}

// among keeps some nodes and the edges whose ends are both kept.
func among(g *Subgraph, keep func(Node) bool) *Subgraph {
	kept, known := &Subgraph{}, map[string]bool{}
	for _, node := range g.Nodes {
		if keep(node) {
			kept.Nodes = append(kept.Nodes, node)
			known[node.ID] = true
		}
	}
	for _, edge := range g.Edges {
		if known[edge.Source] && known[edge.Target] {
			kept.Edges = append(kept.Edges, edge)
		}
	}
	return kept
}
