package cayleystore

import (
	"strings"

	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
)

// Namespaces of the stored vocabulary.
const (
	namespaceRDF        = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	namespaceRDFS       = "http://www.w3.org/2000/01/rdf-schema#"
	namespaceSchema     = "http://schema.org/"
	namespaceSKOS       = "http://www.w3.org/2004/02/skos/core#"
	namespaceProvenance = "http://www.w3.org/ns/prov#"
	namespaceTalkgraph  = "urn:talkgraph:"
	namespaceProperty   = namespaceTalkgraph + "prop:" // properties that no other vocabulary has
)

// Predicates and classes that have no counterpart in fact.
const (
	iriType           = quad.IRI(namespaceRDF + "type")
	iriName           = quad.IRI(namespaceSchema + "name")
	iriAlternateName  = quad.IRI(namespaceSchema + "alternateName")
	iriPreferredLabel = quad.IRI(namespaceSKOS + "prefLabel")
	iriAltLabel       = quad.IRI(namespaceSKOS + "altLabel")
	iriKey            = quad.IRI(namespaceTalkgraph + "key")
	iriQuote          = quad.IRI(namespaceProvenance + "value")
	iriQuotedFrom     = quad.IRI(namespaceProvenance + "wasQuotedFrom")
	iriPhrase         = quad.IRI(namespaceTalkgraph + "phrase")
	iriWeight         = quad.IRI(namespaceTalkgraph + "weight")
	iriPart           = quad.IRI(namespaceTalkgraph + "Part")
	iriSource         = quad.IRI(namespaceTalkgraph + "source")
	iriFingerprint    = quad.IRI(namespaceTalkgraph + "fingerprint")
	iriFacts          = quad.IRI(namespaceTalkgraph + "facts")
	iriDigest         = quad.IRI(namespaceTalkgraph + "digest")
)

// Languages of concept names.
const (
	languageChinese = "zh"
	languageEnglish = "en"
)

// typeIRI returns the class that stands for a type, or "" for an unknown type.
func typeIRI(t fact.Type) quad.IRI {
	switch t {
	case fact.Event, fact.Person, fact.Organization:
		return quad.IRI(namespaceSchema + string(t))
	case fact.Session, fact.Talk:
		return quad.IRI(namespaceTalkgraph + string(t))
	case fact.Concept:
		return quad.IRI(namespaceSKOS + string(t))
	case fact.Document:
		return quad.IRI(namespaceSchema + "DigitalDocument")
	default:
		return ""
	}
}

// typeOf is the inverse of typeIRI.
func typeOf(iri quad.IRI) fact.Type {
	for _, t := range fact.Types() {
		if typeIRI(t) == iri {
			return t
		}
	}
	return ""
}

// predicateIRI returns the IRI that stands for a predicate, or "" for an unknown one.
func predicateIRI(p fact.Predicate) quad.IRI {
	switch p {
	case fact.Broader, fact.Related:
		return quad.IRI(namespaceSKOS + string(p))
	case fact.SuperEvent, fact.Performer, fact.Affiliation, fact.About,
		fact.ParentOrganization, fact.Mentions, fact.SubjectOf:
		return quad.IRI(namespaceSchema + string(p))
	default:
		return ""
	}
}

// predicateOf is the inverse of predicateIRI.
func predicateOf(iri quad.IRI) fact.Predicate {
	for _, p := range fact.Predicates() {
		if predicateIRI(p) == iri {
			return p
		}
	}
	return ""
}

// propertyIRI returns the predicate of a property of a node or an edge.
func propertyIRI(key string) quad.IRI {
	switch key {
	case fact.PropStartDate, fact.PropEndDate, fact.PropLocation, fact.PropTheme,
		fact.PropJobTitle, fact.PropURL:
		return quad.IRI(namespaceSchema + key)
	case fact.PropLanguage:
		return quad.IRI(namespaceSchema + "inLanguage")
	case fact.PropComment:
		return quad.IRI(namespaceRDFS + "comment")
	default:
		return quad.IRI(namespaceProperty + key)
	}
}

// propertyOf is the inverse of propertyIRI; it reports whether the predicate is
// one of a property.
func propertyOf(iri quad.IRI) (string, bool) {
	switch iri {
	case namespaceSchema + "inLanguage":
		return fact.PropLanguage, true
	case namespaceRDFS + "comment":
		return fact.PropComment, true
	}
	if key, ok := strings.CutPrefix(string(iri), namespaceProperty); ok {
		return key, true
	}
	return strings.CutPrefix(string(iri), namespaceSchema)
}
