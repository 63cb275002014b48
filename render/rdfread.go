package render

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// ReadNQuads reads what the format nquads writes. Exporting the result with the same
// base gives the same bytes. The error says what is wrong in which line or entity.
func ReadNQuads(r io.Reader) (*graph.Subgraph, error) {
	in := rdfReader{about: map[string][]statement{}}
	err := parseNQuads(r, func(s statement) error { in.take(s); return nil })
	if err != nil {
		return nil, fmt.Errorf("not N-Quads: %w", err)
	}
	if in.base == "" {
		return nil, errors.New("not a graph of ours: no statement says that something is a " + ownSpace + "Graph; export it again with --format nquads")
	}
	g, err := in.graph()
	if err != nil {
		return nil, err
	}
	return g, checkGraph(g)
}

// rdfReader collects statements by their subject.
type rdfReader struct {
	base     string
	about    map[string][]statement
	subjects []string // in order of their first statement
	edges    []statement
}

func (in *rdfReader) take(s statement) {
	if s.predicate == rdfSpace+"type" && s.object.iri == ownSpace+"Graph" {
		in.base = s.subject
		return
	}
	if s.graph != "" {
		in.edges = append(in.edges, s)
		return
	}
	if _, ok := in.about[s.subject]; !ok {
		in.subjects = append(in.subjects, s.subject)
	}
	in.about[s.subject] = append(in.about[s.subject], s)
}

func (in *rdfReader) graph() (*graph.Subgraph, error) {
	g := &graph.Subgraph{}
	for _, subject := range in.subjects {
		if typed := typeOf(in.about[subject]); typed != "" && !strings.HasPrefix(subject, in.base+"edge/") {
			node, err := in.node(subject, typed)
			if err != nil {
				return nil, err
			}
			g.Nodes = append(g.Nodes, node)
		}
	}
	for _, s := range in.edges {
		edge, err := in.edge(s)
		if err != nil {
			return nil, fmt.Errorf("edge %s: %w", s.graph, err)
		}
		g.Edges = append(g.Edges, edge)
	}
	return g, nil
}

// typeOf returns the type of a node by its classes; "" when they are not those of a node.
func typeOf(statements []statement) fact.Type {
	var have []string
	for _, s := range statements {
		if s.predicate == rdfSpace+"type" {
			have = append(have, s.object.iri)
		}
	}
	slices.Sort(have)
	for _, t := range fact.Types() {
		want := classes(t)
		slices.Sort(want)
		if slices.Equal(have, want) {
			return t
		}
	}
	return ""
}

// id takes the base off an IRI.
func (in *rdfReader) id(name string) (string, error) {
	local, ok := strings.CutPrefix(name, in.base)
	if !ok || local == "" {
		return "", fmt.Errorf("%s does not begin with the base %s", name, in.base)
	}
	return unescapeIRI(local)
}

func (in *rdfReader) node(subject string, t fact.Type) (graph.Node, error) {
	id, err := in.id(subject)
	node := graph.Node{ID: id, Type: t}
	for _, s := range in.about[subject] {
		switch s.predicate {
		case rdfSpace + "type", schemaSpace + "name", standIn:
		case rdfsSpace + "label":
			node.Label = s.object.text
		case schemaSpace + "alternateName", skosSpace + "altLabel", ownSpace + "alias":
			node.Aliases = append(node.Aliases, s.object.text)
		case skosSpace + "prefLabel":
			preferName(&node, s.object, in.about[subject])
		default:
			setProperty(&node.Props, s)
		}
	}
	slices.Sort(node.Aliases)
	return node, err
}

// preferName keeps a preferred name as the property of its language, but for the one
// that stands in for a concept without any: that is its label.
func preferName(node *graph.Node, name term, all []statement) {
	if slices.ContainsFunc(all, func(s statement) bool { return s.predicate == standIn }) {
		return
	}
	property := fact.PropEnglish
	if name.language == "zh" {
		property = fact.PropChinese
	}
	setText(&node.Props, property, name.text)
}

// setProperty keeps a property by the name that its predicate has in the graph.
func setProperty(props *map[string]string, s statement) {
	for _, name := range append(nodeProps(), fact.PropJobTitle, fact.PropPhrase) {
		if propertyIRI(name) == s.predicate {
			setText(props, name, s.object.text)
			return
		}
	}
	if local, ok := strings.CutPrefix(s.predicate, ownSpace); ok {
		if name, err := unescapeIRI(local); err == nil {
			setText(props, name, s.object.text)
		}
	}
}

func setText(props *map[string]string, name, value string) {
	if *props == nil {
		*props = map[string]string{}
	}
	(*props)[name] = value
}

func (in *rdfReader) edge(s statement) (graph.Edge, error) {
	source, err := in.id(s.subject)
	if err != nil {
		return graph.Edge{}, err
	}
	target, err := in.id(s.object.iri)
	if err != nil {
		return graph.Edge{}, err
	}
	edge := graph.Edge{Source: source, Target: target}
	for _, p := range fact.Predicates() {
		if predicateIRI(p) == s.predicate {
			edge.Predicate = p
		}
	}
	for _, d := range in.about[s.graph] {
		switch d.predicate {
		case rdfSpace + "type":
		case ownSpace + "weight":
			edge.Weight, err = strconv.ParseFloat(d.object.text, 64)
		case provSpace + "wasDerivedFrom":
			var e graph.Evidence
			e, err = in.evidence(d.object.iri)
			edge.Evidence = append(edge.Evidence, e)
		default:
			setProperty(&edge.Props, d)
		}
		if err != nil {
			return edge, err
		}
	}
	return edge, nil
}

func (in *rdfReader) evidence(name string) (graph.Evidence, error) {
	var e graph.Evidence
	var err error
	for _, s := range in.about[name] {
		switch s.predicate {
		case provSpace + "hadPrimarySource":
			e.Document, err = in.id(s.object.iri)
		case provSpace + "value":
			e.Quote = s.object.text
		case ownSpace + "line":
			e.Line, err = strconv.Atoi(s.object.text)
		case ownSpace + "column":
			e.Column, err = strconv.Atoi(s.object.text)
		case ownSpace + "extractor":
			e.Extractor = s.object.text
		case ownSpace + "confidence":
			e.Confidence, err = strconv.ParseFloat(s.object.text, 64)
		}
		if err != nil {
			return e, fmt.Errorf("evidence %s: %w", name, err)
		}
	}
	return e, nil
}
