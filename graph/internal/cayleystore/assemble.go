package cayleystore

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// assembly puts nodes and edges together again from quads that come in any order,
// and merges what several parts say as graph.Snapshot describes.
type assembly struct {
	nodes    map[string]map[string]*nodeClaim // node ID, part ID
	links    []link
	passages map[quad.IRI]*passage
	details  map[quad.IRI]*detail
	parts    map[string]*partClaim
}

// nodeClaim is what one part says of a node.
type nodeClaim struct {
	nodeType fact.Type
	label    string
	labelled bool // a plain label was given
	aliases  []string
	props    map[string]string
}

// link is the quad of an edge.
type link struct {
	source, target string
	predicate      fact.Predicate
	evidence       quad.IRI
}

// passage is what the quads of an evidence node say.
type passage struct {
	document, quote, phrase string
}

// detail is what the quads of an edge node say.
type detail struct {
	weight float64
	props  map[string]string
}

// partClaim is what the quads of the part itself say.
type partClaim struct {
	source, fingerprint, facts string
	present                    bool
}

func newAssembly() *assembly {
	return &assembly{
		nodes:    make(map[string]map[string]*nodeClaim),
		passages: make(map[quad.IRI]*passage),
		details:  make(map[quad.IRI]*detail),
		parts:    make(map[string]*partClaim),
	}
}

// add takes quads in.
func (a *assembly) add(quads []quad.Quad) error {
	for _, q := range quads {
		if err := a.addQuad(q); err != nil {
			return err
		}
	}
	return nil
}

func (a *assembly) addQuad(q quad.Quad) error {
	subject, okSubject := q.Subject.(quad.IRI)
	predicate, okPredicate := q.Predicate.(quad.IRI)
	label, okLabel := q.Label.(quad.IRI)
	if !okSubject || !okPredicate || !okLabel {
		return fmt.Errorf("%w: quad %v is none of ours", graph.ErrDamaged, q)
	}
	switch {
	case isEvidence(label):
		return a.addLink(q, subject, predicate, label)
	case isEvidence(subject):
		a.addPassage(subject, predicate, q.Object)
	case isEdgeNode(subject):
		a.addDetail(subject, predicate, q.Object)
	case !a.addPartClaim(subject, predicate, q.Object, label):
		a.addNodeClaim(subject, predicate, q.Object, label)
	}
	return nil
}

func (a *assembly) addLink(q quad.Quad, subject, predicate, label quad.IRI) error {
	object, ok := q.Object.(quad.IRI)
	p := predicateOf(predicate)
	if !ok || p == "" {
		return fmt.Errorf("%w: quad %v is no edge", graph.ErrDamaged, q)
	}
	a.links = append(a.links, link{string(subject), string(object), p, label})
	return nil
}

func (a *assembly) addPassage(subject, predicate quad.IRI, object quad.Value) {
	p := a.passages[subject]
	if p == nil {
		p = &passage{}
		a.passages[subject] = p
	}
	switch predicate {
	case iriQuote:
		p.quote = textOf(object)
	case iriQuotedFrom:
		p.document = textOf(object)
	case iriPhrase:
		p.phrase = textOf(object)
	}
}

func (a *assembly) addDetail(subject, predicate quad.IRI, object quad.Value) {
	d := a.details[subject]
	if d == nil {
		d = &detail{}
		a.details[subject] = d
	}
	if weight, ok := object.(quad.Float); ok && predicate == iriWeight {
		d.weight = float64(weight)
	} else if key, ok := propertyOf(predicate); ok {
		d.props = with(d.props, key, textOf(object))
	}
}

// addPartClaim takes a quad about the part itself and reports whether it was one.
func (a *assembly) addPartClaim(subject, predicate quad.IRI, object quad.Value, label quad.IRI) bool {
	if subject != label && predicate != iriFacts {
		return false
	}
	p := a.parts[string(label)]
	if p == nil {
		p = &partClaim{}
	}
	switch {
	case predicate == iriType && object == iriPart:
		p.present = true
	case predicate == iriSource:
		p.source = textOf(object)
	case predicate == iriFingerprint:
		p.fingerprint = textOf(object)
	case predicate == iriFacts:
		p.facts = textOf(object)
	case predicate == iriDigest:
	default:
		return false
	}
	a.parts[string(label)] = p
	return true
}

func (a *assembly) addNodeClaim(subject, predicate quad.IRI, object quad.Value, label quad.IRI) {
	byPart := a.nodes[string(subject)]
	if byPart == nil {
		byPart = make(map[string]*nodeClaim, 1)
		a.nodes[string(subject)] = byPart
	}
	c := byPart[string(label)]
	if c == nil {
		c = &nodeClaim{}
		byPart[string(label)] = c
	}
	c.add(predicate, object)
}

func (c *nodeClaim) add(predicate quad.IRI, object quad.Value) {
	switch predicate {
	case iriType:
		class, _ := object.(quad.IRI)
		c.nodeType = typeOf(class)
	case iriName:
		c.label, c.labelled = textOf(object), true
	case iriPreferredLabel:
		if name, ok := object.(quad.LangString); ok {
			c.props = with(c.props, name.Lang, string(name.Value))
			return
		}
		c.label, c.labelled = textOf(object), true
	case iriAlternateName, iriAltLabel:
		c.aliases = append(c.aliases, textOf(object))
	case iriKey:
	default:
		if key, ok := propertyOf(predicate); ok {
			c.props = with(c.props, key, textOf(object))
		}
	}
}

// name returns the label that the part gives the node.
func (c *nodeClaim) name() string {
	if !c.labelled && c.nodeType == fact.Concept {
		return preferredName(c.props)
	}
	return c.label
}

// node merges what the parts say of a node. A node that no part types is none:
// its claims are those of an edge's end that no part describes.
func (a *assembly) node(id string) (graph.Node, bool) {
	byPart := a.nodes[id]
	n := graph.Node{ID: id}
	names := make(map[string]struct{})
	for _, part := range slices.Sorted(maps.Keys(byPart)) {
		c := byPart[part]
		n.Type = cmp.Or(n.Type, c.nodeType)
		n.Label = cmp.Or(n.Label, c.name())
		for _, name := range append(c.aliases, c.name()) {
			names[name] = struct{}{}
		}
		n.Props = withoutOverwriting(n.Props, c.props)
	}
	delete(names, n.Label)
	delete(names, "")
	n.Aliases = slices.Sorted(maps.Keys(names))
	return n, n.Type != ""
}

// allNodes returns the nodes in order of ID.
func (a *assembly) allNodes() []graph.Node {
	var nodes []graph.Node
	for _, id := range slices.Sorted(maps.Keys(a.nodes)) {
		if node, ok := a.node(id); ok {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// edgeKey is the identity of an edge.
type edgeKey struct {
	source, target, phrase string
	predicate              fact.Predicate
}

// partEdge is an edge as one part has it.
type partEdge struct {
	key  edgeKey
	part string
}

// edgeEvidence groups the evidence of the links by edge and part.
func (a *assembly) edgeEvidence() (map[partEdge][]fact.Evidence, error) {
	grouped := make(map[partEdge][]fact.Evidence, len(a.links))
	for _, l := range a.links {
		part, e, err := parseEvidence(l.evidence)
		p := a.passages[l.evidence]
		if err != nil || p == nil {
			return nil, fmt.Errorf("%w: evidence node %q has no passage", graph.ErrDamaged, string(l.evidence))
		}
		e.Quote = p.quote
		e.Document = cmp.Or(p.document, e.Document)
		key := partEdge{edgeKey{l.source, l.target, p.phrase, l.predicate}, part}
		grouped[key] = append(grouped[key], e)
	}
	return grouped, nil
}

// allEdges merges the edges of the parts and returns them in order.
func (a *assembly) allEdges() ([]graph.Edge, error) {
	grouped, err := a.edgeEvidence()
	if err != nil {
		return nil, err
	}
	inOrder := slices.SortedFunc(maps.Keys(grouped), func(x, y partEdge) int {
		return cmp.Or(cmp.Compare(x.key.source, y.key.source), cmp.Compare(x.key.predicate, y.key.predicate),
			cmp.Compare(x.key.target, y.key.target), cmp.Compare(x.key.phrase, y.key.phrase),
			cmp.Compare(x.part, y.part))
	})
	var edges []graph.Edge
	for i, key := range inOrder {
		if i == 0 || inOrder[i-1].key != key.key {
			edges = append(edges, newEdge(key.key))
		}
		a.mergeEdge(&edges[len(edges)-1], key, grouped[key])
	}
	for i := range edges {
		edges[i].Evidence = fact.SortEvidence(edges[i].Evidence)
	}
	return edges, nil
}

func newEdge(key edgeKey) graph.Edge {
	edge := graph.Edge{Source: key.source, Target: key.target, Predicate: key.predicate}
	if key.phrase != "" {
		edge.Props = map[string]string{fact.PropPhrase: key.phrase}
	}
	return edge
}

// mergeEdge adds what one part says to an edge.
func (a *assembly) mergeEdge(edge *graph.Edge, key partEdge, evidence []fact.Evidence) {
	edge.Evidence = append(edge.Evidence, evidence...)
	if d := a.details[key.node()]; d != nil {
		edge.Weight = max(edge.Weight, d.weight)
		edge.Props = withoutOverwriting(edge.Props, d.props)
	}
}

// node returns the edge node of the edge in its part.
func (e partEdge) node() quad.IRI {
	return edgeIRI(e.part, e.key.source, string(e.key.predicate), e.key.target, e.key.phrase)
}

// onePart returns the part whose quads, and no others, were added.
func (a *assembly) onePart(id string) (graph.Part, error) {
	claim := a.parts[id]
	if claim == nil || !claim.present {
		return graph.Part{}, fmt.Errorf("document %q: %w", id, graph.ErrNotFound)
	}
	facts, err := unpackFacts(claim.facts)
	if err != nil {
		return graph.Part{}, fmt.Errorf("%w: document %q: %w", graph.ErrDamaged, id, err)
	}
	edges, err := a.allEdges()
	if err != nil {
		return graph.Part{}, fmt.Errorf("document %q: %w", id, err)
	}
	return graph.Part{ID: id, Source: claim.source, Fingerprint: claim.fingerprint,
		Facts: facts, Nodes: orNil(a.allNodes()), Edges: orNil(edges)}, nil
}

// orNil returns nil for no elements, as a part has it that was written with none.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// textOf returns the text of a literal or the ID of an IRI.
func textOf(value quad.Value) string {
	switch v := value.(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.IRI:
		return string(v)
	default:
		return quad.ToString(value)
	}
}

// with sets a property, making the map when it is nil.
func with(props map[string]string, key, value string) map[string]string {
	if props == nil {
		props = make(map[string]string)
	}
	props[key] = value
	return props
}

// withoutOverwriting adds the properties that are not there yet.
func withoutOverwriting(props, more map[string]string) map[string]string {
	for key, value := range more {
		if _, there := props[key]; !there {
			props = with(props, key, value)
		}
	}
	return props
}
