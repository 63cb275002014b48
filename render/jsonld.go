package render

import (
	"bytes"
	"encoding/json"

	"talkgraph/graph"
)

// writeJSONLD writes JSON-LD 1.1 with the statements of one subject as one object.
func writeJSONLD(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	statements, base, err := statementsOf(g, options, false)
	if err != nil {
		return err
	}
	context := map[string]any{"@version": 1.1, "@base": base}
	for _, p := range prefixes() {
		context[p[0]] = p[1]
	}
	var objects []map[string]any
	index := map[string]map[string]any{}
	for _, s := range statements {
		object := index[s.subject]
		if object == nil {
			object = map[string]any{"@id": s.subject}
			index[s.subject] = object
			objects = append(objects, object)
		}
		addJSONLD(object, s)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(map[string]any{"@context": context, "@graph": objects})
}

// addJSONLD adds the object of a statement to the values of its predicate.
func addJSONLD(object map[string]any, s statement) {
	if s.predicate == rdfSpace+"type" {
		types, _ := object["@type"].([]string) // absent at first
		object["@type"] = append(types, compactIRI(s.object.iri))
		return
	}
	key := compactIRI(s.predicate)
	values, _ := object[key].([]any) // absent at first
	object[key] = append(values, jsonLDValue(s.object))
}

func jsonLDValue(t term) any {
	switch {
	case t.iri != "":
		return map[string]string{"@id": compactIRI(t.iri)}
	case t.language != "":
		return map[string]string{"@value": withoutReplacement(t.text), "@language": t.language}
	case t.datatype != "":
		return map[string]string{"@value": t.text, "@type": compactIRI(t.datatype)}
	default:
		return map[string]string{"@value": withoutReplacement(t.text)}
	}
}

// compactIRI shortens an IRI by a prefix, as the context declares them.
func compactIRI(name string) string {
	if short := turtleName(name); short != "a" && short[0] != '<' {
		return short
	}
	return name
}

// withoutReplacement is the text as encoding/json would write it: bytes that are no
// UTF-8 cannot stand in JSON.
func withoutReplacement(text string) string { return string([]rune(text)) }
