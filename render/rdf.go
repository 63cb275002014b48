package render

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// DefaultBase is what entity IDs are appended to when no other base is given. It
// names nothing on the web; whoever publishes a graph sets a base of his own.
const DefaultBase = "https://example.org/talkgraph/"

// Namespaces of the RDF formats, by prefix.
const (
	rdfSpace    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfsSpace   = "http://www.w3.org/2000/01/rdf-schema#"
	xsdSpace    = "http://www.w3.org/2001/XMLSchema#"
	schemaSpace = "https://schema.org/"
	skosSpace   = "http://www.w3.org/2004/02/skos/core#"
	provSpace   = "http://www.w3.org/ns/prov#"
	ownSpace    = "https://talkgraph.example/ns#" // what the three vocabularies above have no word for
)

// prefixes lists the namespaces in the order in which they are declared.
func prefixes() [][2]string {
	return [][2]string{{"rdf", rdfSpace}, {"rdfs", rdfsSpace}, {"xsd", xsdSpace}, {"schema", schemaSpace},
		{"skos", skosSpace}, {"prov", provSpace}, {"tg", ownSpace}}
}

// term is the object of a statement: an IRI, or a literal with a language or a datatype.
type term struct {
	iri      string
	text     string
	language string
	datatype string // IRI; "" is xsd:string
}

func iri(name string) term     { return term{iri: name} }
func literal(text string) term { return term{text: text} }
func typed(text, datatype string) term {
	return term{text: text, datatype: xsdSpace + datatype}
}

// statement is a triple, with the name of the graph it stands in where it has one.
type statement struct {
	subject, predicate string
	object             term
	graph              string
}

// rdfWriter turns a graph into statements.
type rdfWriter struct {
	base       string
	statements []statement
}

// statementsOf returns the statements of a graph. With named, each edge stands in a
// graph named by the edge, as in the store; else the edge is described as a
// statement (rdf:subject, rdf:predicate, rdf:object).
func statementsOf(g *graph.Subgraph, options Options, named bool) ([]statement, string, error) {
	base, err := rdfBase(options.Base)
	if err != nil {
		return nil, "", err
	}
	w := &rdfWriter{base: base}
	w.add(base, rdfSpace+"type", iri(ownSpace+"Graph"))
	for _, node := range sortedNodes(g) {
		w.node(node)
	}
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		w.edge(ids.of(edge), edge, named)
	}
	return w.statements, base, nil
}

// rdfBase checks the base: an absolute IRI that ends so that names can follow.
func rdfBase(base string) (string, error) {
	if base == "" {
		return DefaultBase, nil
	}
	parsed, err := url.Parse(base)
	if err != nil || parsed.Scheme == "" || strings.ContainsAny(base, "<>\"{}|^`\\ ") {
		return "", fmt.Errorf("the base %q is no absolute IRI; use one such as %s", base, DefaultBase)
	}
	if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "#") && !strings.HasSuffix(base, ":") {
		base += "/"
	}
	return base, nil
}

func (w *rdfWriter) add(subject, predicate string, object term) {
	w.statements = append(w.statements, statement{subject: subject, predicate: predicate, object: object})
}

// name is the IRI of an entity: what an IRI may not hold is percent-encoded, other
// characters, Chinese ones too, stay readable (RFC 3987).
func (w *rdfWriter) name(id string) string { return w.base + escapeIRI(id) }

func escapeIRI(id string) string {
	var b strings.Builder
	for _, r := range id {
		if r <= 0x20 || r == 0x7F || strings.ContainsRune("<>\"{}|^`\\%#?", r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unescapeIRI takes escapeIRI back.
func unescapeIRI(name string) (string, error) {
	if !strings.Contains(name, "%") {
		return name, nil
	}
	return url.PathUnescape(name)
}

// classes are the types of a node: of schema.org or SKOS, and our own where they
// have no narrower one.
func classes(t fact.Type) []string {
	switch t {
	case fact.Event:
		return []string{schemaSpace + "Event"}
	case fact.Session, fact.Talk:
		return []string{schemaSpace + "Event", ownSpace + string(t)}
	case fact.Concept:
		return []string{skosSpace + "Concept"}
	case fact.Document:
		return []string{schemaSpace + "DigitalDocument", provSpace + "Entity"}
	default:
		return []string{schemaSpace + string(t)}
	}
}

// propertyIRI is the predicate of a property of a node.
func propertyIRI(name string) string {
	switch name {
	case fact.PropStartDate, fact.PropEndDate, fact.PropLocation, fact.PropURL:
		return schemaSpace + name
	case fact.PropTheme:
		return schemaSpace + "about"
	case fact.PropLanguage:
		return schemaSpace + "inLanguage"
	case fact.PropComment:
		return rdfsSpace + "comment"
	case fact.PropJobTitle:
		return schemaSpace + "jobTitle"
	default:
		return ownSpace + escapeIRI(name)
	}
}

// node describes an entity: its label as shown, its names, its properties.
func (w *rdfWriter) node(node graph.Node) {
	subject := w.name(node.ID)
	for _, class := range classes(node.Type) {
		w.add(subject, rdfSpace+"type", iri(class))
	}
	w.add(subject, rdfsSpace+"label", literal(node.Label))
	if node.Type == fact.Concept {
		w.conceptNames(subject, node)
	} else {
		w.add(subject, schemaSpace+"name", literal(node.Label))
		for _, alias := range node.Aliases {
			w.add(subject, schemaSpace+"alternateName", literal(alias))
		}
	}
	for _, name := range sortedKeys(node.Props) {
		if node.Type == fact.Concept && (name == fact.PropChinese || name == fact.PropEnglish) {
			continue // the preferred names
		}
		w.add(subject, propertyIRI(name), propertyValue(name, node.Props[name]))
	}
}

// standIn marks a concept whose preferred name is only its label, for want of one.
const standIn = ownSpace + "standIn"

// conceptNames writes one preferred name for each language and the others as
// alternative ones: SKOS wants the two sets disjoint.
func (w *rdfWriter) conceptNames(subject string, node graph.Node) {
	preferred := map[string]string{"zh": node.Props[fact.PropChinese], "en": node.Props[fact.PropEnglish]}
	for _, language := range []string{"en", "zh"} {
		if name := preferred[language]; name != "" {
			w.add(subject, skosSpace+"prefLabel", term{text: name, language: language})
		}
	}
	if preferred["zh"] == "" && preferred["en"] == "" {
		w.add(subject, skosSpace+"prefLabel", term{text: node.Label, language: languageOf(node.Label)})
		w.add(subject, standIn, literal(languageOf(node.Label)))
	}
	for _, alias := range node.Aliases {
		predicate := skosSpace + "altLabel"
		if alias == preferred["zh"] || alias == preferred["en"] {
			predicate = ownSpace + "alias" // a preferred name cannot be an alternative one as well
		}
		w.add(subject, predicate, term{text: alias, language: languageOf(alias)})
	}
}

func languageOf(text string) string {
	if wording.HasChinese(text) {
		return "zh"
	}
	return "en"
}

// propertyValue gives dates their datatype where they are whole.
func propertyValue(name, value string) term {
	if name == fact.PropStartDate || name == fact.PropEndDate {
		if _, err := time.Parse(time.DateOnly, value); err == nil {
			return typed(value, "date")
		}
	}
	return literal(value)
}

// predicateIRI is the IRI of a predicate of the vocabulary, as in the store.
func predicateIRI(p fact.Predicate) string {
	if p == fact.Broader || p == fact.Related {
		return skosSpace + string(p)
	}
	return schemaSpace + string(p)
}

// edge writes the relation itself and a description of it: its weight and words, and
// the passages that it stands on.
func (w *rdfWriter) edge(id string, edge graph.Edge, named bool) {
	name := w.base + "edge/" + id
	relation := statement{w.name(edge.Source), predicateIRI(edge.Predicate), iri(w.name(edge.Target)), ""}
	if named {
		relation.graph = name
	}
	w.statements = append(w.statements, relation)
	w.add(name, rdfSpace+"type", iri(ownSpace+"Relation"))
	if !named {
		w.add(name, rdfSpace+"type", iri(rdfSpace+"Statement"))
		w.add(name, rdfSpace+"subject", iri(relation.subject))
		w.add(name, rdfSpace+"predicate", iri(relation.predicate))
		w.add(name, rdfSpace+"object", relation.object)
	}
	if edge.Weight != 0 {
		w.add(name, ownSpace+"weight", typed(exactNumber(edge.Weight), "double"))
	}
	for _, key := range sortedKeys(edge.Props) {
		w.add(name, propertyIRI(key), literal(edge.Props[key]))
	}
	for i, e := range edge.Evidence {
		w.evidence(name, name+"/"+strconv.Itoa(i+1), e)
	}
}

func (w *rdfWriter) evidence(edge, name string, e graph.Evidence) {
	w.add(edge, provSpace+"wasDerivedFrom", iri(name))
	w.add(name, rdfSpace+"type", iri(provSpace+"Entity"))
	w.add(name, provSpace+"hadPrimarySource", iri(w.name(e.Document)))
	w.add(name, provSpace+"value", literal(e.Quote))
	w.add(name, ownSpace+"line", typed(strconv.Itoa(e.Line), "integer"))
	w.add(name, ownSpace+"column", typed(strconv.Itoa(e.Column), "integer"))
	w.add(name, ownSpace+"extractor", literal(e.Extractor))
	w.add(name, ownSpace+"confidence", typed(exactNumber(e.Confidence), "double"))
}

// exactNumber writes a number so that reading it gives the same number.
func exactNumber(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }

func sortedKeys(values map[string]string) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
