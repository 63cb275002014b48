package cayleystore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
)

// IDs that begin with these are the store's own; nodes and parts cannot have them.
const (
	evidencePrefix = "evidence/"
	edgePrefix     = "edge/"
	factsPrefix    = "facts/"
)

// evidenceIRI names the evidence node of a passage: its part, place, extractor
// and confidence can be read from it, the rest is told apart by a hash.
func evidenceIRI(part string, e fact.Evidence, phrase string) quad.IRI {
	var b strings.Builder
	b.WriteString(evidencePrefix)
	b.WriteString(part)
	b.WriteByte('#')
	b.WriteString(strconv.Itoa(e.Line))
	b.WriteByte(':')
	b.WriteString(strconv.Itoa(e.Column))
	b.WriteByte('/')
	b.WriteString(url.PathEscape(e.Extractor))
	b.WriteByte('/')
	b.WriteString(strconv.FormatFloat(e.Confidence, 'g', -1, 64))
	b.WriteByte('/')
	b.WriteString(shortHash(e.Document, e.Quote, phrase))
	return quad.IRI(b.String())
}

// edgeIRI names the node that holds the weight and properties of an edge.
func edgeIRI(part string, source, predicate, target, phrase string) quad.IRI {
	return quad.IRI(edgePrefix + part + "#" + shortHash(source, predicate, target, phrase))
}

// shortHash tells texts apart within one part: 64 bits of their SHA-256.
func shortHash(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// isEvidence reports whether a label is an evidence node rather than a part.
func isEvidence(iri quad.IRI) bool { return strings.HasPrefix(string(iri), evidencePrefix) }

// isEdgeNode reports whether a subject holds an edge's weight and properties.
func isEdgeNode(iri quad.IRI) bool { return strings.HasPrefix(string(iri), edgePrefix) }

// factsIRI names the node that holds the opaque facts of a part, apart from the
// document's node so that reading that one does not read them.
func factsIRI(part string) quad.IRI { return quad.IRI(factsPrefix + part) }

// parseEvidence reads back what evidenceIRI wrote. The document is taken to be the
// part's; quote and phrase are not in the name.
func parseEvidence(iri quad.IRI) (part string, e fact.Evidence, err error) {
	rest, _ := strings.CutPrefix(string(iri), evidencePrefix)
	mark := strings.LastIndexByte(rest, '#')
	if mark < 0 {
		return "", e, fmt.Errorf("evidence node %q has no place", string(iri))
	}
	part, rest = rest[:mark], rest[mark+1:]
	fields := strings.Split(rest, "/")
	if len(fields) != 4 {
		return "", e, fmt.Errorf("evidence node %q has %d fields instead of 4", string(iri), len(fields))
	}
	line, column, _ := strings.Cut(fields[0], ":")
	e.Document = part
	if e.Line, err = strconv.Atoi(line); err != nil {
		return "", e, fmt.Errorf("evidence node %q: %w", string(iri), err)
	}
	if e.Column, err = strconv.Atoi(column); err != nil {
		return "", e, fmt.Errorf("evidence node %q: %w", string(iri), err)
	}
	if e.Extractor, err = url.PathUnescape(fields[1]); err != nil {
		return "", e, fmt.Errorf("evidence node %q: %w", string(iri), err)
	}
	if e.Confidence, err = strconv.ParseFloat(fields[2], 64); err != nil {
		return "", e, fmt.Errorf("evidence node %q: %w", string(iri), err)
	}
	return part, e, nil
}
