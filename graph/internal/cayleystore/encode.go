package cayleystore

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode"

	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// encoder turns one part into its quads, each once.
type encoder struct {
	part  quad.IRI
	quads []quad.Quad
	seen  map[quad.Quad]struct{}
}

// encodePart returns the quads of a part in canonical form, in a fixed order; the
// last one is its digest. See the package comment for what they say.
func encodePart(part graph.Part) ([]quad.Quad, error) {
	e := &encoder{part: quad.IRI(part.ID), seen: make(map[quad.Quad]struct{})}
	facts, err := packFacts(part.Facts)
	if err != nil {
		return nil, err
	}
	e.claim(e.part, iriType, iriPart)
	e.claim(e.part, iriSource, quad.String(part.Source))
	e.claim(e.part, iriFingerprint, quad.String(part.Fingerprint))
	e.claim(factsIRI(part.ID), iriFacts, facts)
	for _, node := range part.Nodes {
		e.node(node)
	}
	for _, edge := range part.Edges {
		e.edge(edge)
	}
	e.claim(e.part, iriDigest, digest(e.quads))
	return e.quads, nil
}

// add keeps a quad unless it is there already.
func (e *encoder) add(q quad.Quad) {
	if _, there := e.seen[q]; there {
		return
	}
	e.seen[q] = struct{}{}
	e.quads = append(e.quads, q)
}

// claim adds a quad that is labelled with the part.
func (e *encoder) claim(subject, predicate quad.IRI, object quad.Value) {
	e.add(quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: e.part})
}

func (e *encoder) node(node graph.Node) {
	id := quad.IRI(node.ID)
	e.claim(id, iriType, typeIRI(node.Type))
	if node.Type == fact.Concept {
		e.conceptNames(id, node)
	} else {
		e.plainNames(id, node)
	}
	for _, key := range slices.Sorted(maps.Keys(node.Props)) {
		if node.Type == fact.Concept && (key == fact.PropChinese || key == fact.PropEnglish) {
			continue // a skos:prefLabel
		}
		e.claim(id, propertyIRI(key), quad.String(node.Props[key]))
	}
}

// plainNames writes the names of a node that is no concept.
func (e *encoder) plainNames(id quad.IRI, node graph.Node) {
	if node.Label != "" {
		e.claim(id, iriName, quad.String(node.Label))
	}
	for _, alias := range node.Aliases {
		e.claim(id, iriAlternateName, quad.String(alias))
	}
	for _, name := range namesOf(node) {
		if key := fact.Key(name); key != name {
			e.claim(id, iriKey, quad.String(key))
		}
	}
}

// conceptNames writes the names of a concept, each in its language.
func (e *encoder) conceptNames(id quad.IRI, node graph.Node) {
	for _, language := range []string{languageChinese, languageEnglish} {
		if name, ok := node.Props[language]; ok {
			e.claim(id, iriPreferredLabel, quad.LangString{Value: quad.String(name), Lang: language})
		}
	}
	if node.Label != preferredName(node.Props) {
		e.claim(id, iriPreferredLabel, quad.String(node.Label))
	}
	for _, alias := range node.Aliases {
		e.claim(id, iriAltLabel, quad.LangString{Value: quad.String(alias), Lang: languageOf(alias)})
	}
	for _, name := range namesOf(node) {
		e.claim(id, iriKey, quad.String(fact.Key(name)))
	}
}

// preferredName is the label of a concept that says nothing else.
func preferredName(props map[string]string) string {
	if name := props[fact.PropChinese]; name != "" {
		return name
	}
	return props[fact.PropEnglish]
}

// namesOf returns every name of a node, the label first.
func namesOf(node graph.Node) []string {
	names := make([]string, 0, 1+len(node.Aliases))
	if node.Label != "" {
		names = append(names, node.Label)
	}
	return append(names, node.Aliases...)
}

// languageOf tells the language of a concept's alias by its script.
func languageOf(name string) string {
	for _, r := range name {
		if unicode.Is(unicode.Han, r) {
			return languageChinese
		}
	}
	return languageEnglish
}

func (e *encoder) edge(edge graph.Edge) {
	source, target, predicate := quad.IRI(edge.Source), quad.IRI(edge.Target), predicateIRI(edge.Predicate)
	phrase := edge.Props[fact.PropPhrase]
	for _, evidence := range edge.Evidence {
		node := e.evidence(evidence, phrase)
		e.add(quad.Quad{Subject: source, Predicate: predicate, Object: target, Label: node})
	}
	details := edgeIRI(string(e.part), edge.Source, string(edge.Predicate), edge.Target, phrase)
	if edge.Weight != 0 {
		e.claim(details, iriWeight, quad.Float(edge.Weight))
	}
	for _, key := range slices.Sorted(maps.Keys(edge.Props)) {
		if key == fact.PropPhrase && phrase != "" {
			continue // stands on the evidence
		}
		e.claim(details, propertyIRI(key), quad.String(edge.Props[key]))
	}
}

// evidence writes the node of a passage and returns it.
func (e *encoder) evidence(evidence fact.Evidence, phrase string) quad.IRI {
	node := evidenceIRI(string(e.part), evidence, phrase)
	e.claim(node, iriQuote, quad.String(evidence.Quote))
	if evidence.Document != string(e.part) {
		e.claim(node, iriQuotedFrom, quad.IRI(evidence.Document))
	}
	if phrase != "" {
		e.claim(node, iriPhrase, quad.String(phrase))
	}
	return node
}

// digest hashes quads in their order.
func digest(quads []quad.Quad) quad.String {
	h := sha256.New()
	for _, q := range quads {
		for _, value := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			io.WriteString(h, value.String())
			h.Write([]byte{0})
		}
	}
	return quad.String(hex.EncodeToString(h.Sum(nil)[:16]))
}

// packFacts makes the opaque facts a text that every backend keeps as it is.
func packFacts(facts []byte) (quad.String, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return "", fmt.Errorf("pack facts: %w", err)
	}
	if _, err := w.Write(facts); err != nil {
		return "", fmt.Errorf("pack facts: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("pack facts: %w", err)
	}
	return quad.String(base64.StdEncoding.EncodeToString(packed.Bytes())), nil
}

// unpackFacts is the inverse of packFacts; no facts are nil.
func unpackFacts(text string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("unpack facts: %w", err)
	}
	facts, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("unpack facts: %w", err)
	}
	if len(facts) == 0 {
		return nil, nil
	}
	return facts, nil
}
