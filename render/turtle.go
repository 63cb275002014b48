package render

import (
	"bytes"
	"strings"

	"talkgraph/graph"
)

// writeTurtle writes RDF 1.1 Turtle, the statements of one subject together.
func writeTurtle(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	statements, base, err := statementsOf(g, options, false)
	if err != nil {
		return err
	}
	for _, p := range prefixes() {
		w.WriteString("@prefix " + p[0] + ": <" + p[1] + "> .\n")
	}
	w.WriteString("@base <" + base + "> .\n")
	for i, s := range statements {
		if i == 0 || s.subject != statements[i-1].subject {
			w.WriteString("\n<" + s.subject + ">")
		}
		w.WriteString(" " + turtleName(s.predicate) + " " + turtleTerm(s.object))
		if i+1 < len(statements) && statements[i+1].subject == s.subject {
			w.WriteString(" ;\n   ")
		} else {
			w.WriteString(" .\n")
		}
	}
	return nil
}

// turtleName shortens an IRI by a prefix where what is left is a plain name.
func turtleName(name string) string {
	if name == rdfSpace+"type" {
		return "a"
	}
	for _, p := range prefixes() {
		if local, ok := strings.CutPrefix(name, p[1]); ok && isPlainName(local) {
			return p[0] + ":" + local
		}
	}
	return "<" + name + ">"
}

func isPlainName(local string) bool {
	for _, r := range local {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return local != ""
}

func turtleTerm(t term) string {
	if t.iri != "" {
		if name := turtleName(t.iri); name != "a" {
			return name
		}
		return "<" + t.iri + ">"
	}
	text := `"` + escapeLiteral(t.text) + `"`
	switch {
	case t.language != "":
		return text + "@" + t.language
	case t.datatype != "":
		return text + "^^" + turtleName(t.datatype)
	default:
		return text
	}
}
