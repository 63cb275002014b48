package cayleystore

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// errInvalid is the root of errors about parts that cannot be stored.
var errInvalid = errors.New("the part cannot be stored")

// canonical returns the part with nodes and edges in order, or an error that
// names what cannot be stored: an unknown type or predicate, an edge without
// evidence, a node or an edge that is there twice, text that is not UTF-8.
func canonical(part *graph.Part) (graph.Part, error) {
	p := *part
	p.Nodes = slices.SortedFunc(slices.Values(part.Nodes), fact.CompareEntities)
	p.Edges = slices.SortedFunc(slices.Values(part.Edges), fact.CompareRelations)
	if err := cmp.Or(validID(p.ID), validText(p.Source), validText(p.Fingerprint)); err != nil {
		return p, fmt.Errorf("%w: part %q: %w", errInvalid, p.ID, err)
	}
	for i, node := range p.Nodes {
		err := validNode(node)
		if err == nil && i > 0 && p.Nodes[i-1].ID == node.ID {
			err = errors.New("it is there twice")
		}
		if err != nil {
			return p, fmt.Errorf("%w: part %q: node %q: %w", errInvalid, p.ID, node.ID, err)
		}
	}
	for i, edge := range p.Edges {
		err := validEdge(edge)
		if err == nil && i > 0 && fact.CompareRelations(p.Edges[i-1], edge) == 0 {
			err = errors.New("it is there twice")
		}
		if err != nil {
			return p, fmt.Errorf("%w: part %q: edge %q %s %q: %w",
				errInvalid, p.ID, edge.Source, edge.Predicate, edge.Target, err)
		}
	}
	return p, nil
}

func validNode(node graph.Node) error {
	if typeIRI(node.Type) == "" {
		return fmt.Errorf("unknown type %q", node.Type)
	}
	if err := cmp.Or(validID(node.ID), validText(node.Label), validProps(node.Props)); err != nil {
		return err
	}
	return validTexts(node.Aliases)
}

func validEdge(edge graph.Edge) error {
	if predicateIRI(edge.Predicate) == "" {
		return fmt.Errorf("unknown predicate %q", edge.Predicate)
	}
	if !finite(edge.Weight) {
		return fmt.Errorf("weight %v is not a number", edge.Weight)
	}
	if len(edge.Evidence) == 0 {
		return errors.New("no evidence")
	}
	for _, e := range edge.Evidence {
		if !finite(e.Confidence) {
			return fmt.Errorf("confidence %v is not a number", e.Confidence)
		}
		if err := cmp.Or(validID(e.Document), validTexts([]string{e.Quote, e.Extractor})); err != nil {
			return fmt.Errorf("evidence: %w", err)
		}
	}
	return cmp.Or(validID(edge.Source), validID(edge.Target), validProps(edge.Props))
}

func validID(id string) error {
	switch {
	case id == "":
		return errors.New("empty ID")
	case strings.HasPrefix(id, evidencePrefix), strings.HasPrefix(id, edgePrefix),
		strings.HasPrefix(id, factsPrefix):
		return fmt.Errorf("ID %q begins with a word that the store keeps for itself", id)
	}
	return validText(id)
}

func validProps(props map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(props)) {
		if err := cmp.Or(validText(key), validText(props[key])); err != nil {
			return err
		}
	}
	return nil
}

func validTexts(texts []string) error {
	for _, text := range texts {
		if err := validText(text); err != nil {
			return err
		}
	}
	return nil
}

// validText keeps out what SQL databases do not take.
func validText(text string) error {
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return fmt.Errorf("text %q is not UTF-8 or holds a zero byte", text)
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
