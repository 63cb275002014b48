package render

import (
	"bytes"
	"fmt"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// writeMermaid writes a Mermaid flowchart. Nodes have numbers for names, since IDs
// may hold anything; their order is that of the graph, so the numbers are stable.
func writeMermaid(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	words := wording.New(options.Language, g)
	w.WriteString("%% " + strings.ReplaceAll(oneLine(titleOf(g, options)), "%", "") + "\nflowchart LR\n")
	numbers := map[string]int{}
	for i, node := range sortedNodes(g) {
		numbers[node.ID] = i
		left, right := mermaidShape(node.Type)
		fmt.Fprintf(w, "  n%d%s\"%s\"%s:::%s\n", i, left, mermaidText(node.Label), right, node.Type)
	}
	for _, edge := range sortedEdges(g) {
		from, known := numbers[edge.Source]
		to, knownToo := numbers[edge.Target]
		if known && knownToo {
			fmt.Fprintf(w, "  n%d -->|\"%s\"| n%d\n", from, mermaidText(words.Phrase(edge)), to)
		}
	}
	for _, t := range fact.Types() {
		fmt.Fprintf(w, "  classDef %s fill:%s,stroke:#333333,color:#000000\n", t, colorOf(t).hex())
	}
	return nil
}

func mermaidShape(t fact.Type) (left, right string) {
	switch t {
	case fact.Person:
		return "([", "])"
	case fact.Event, fact.Organization:
		return "{{", "}}"
	case fact.Concept:
		return "(", ")"
	default:
		return "[", "]"
	}
}

// mermaidText escapes a text for a quoted label: Mermaid decodes entities that begin
// with "#", and would read tags and Markdown in it.
func mermaidText(text string) string {
	var b strings.Builder
	for _, r := range oneLine(text) {
		switch {
		case strings.ContainsRune("\"#<>&;`*_~[]{}|\\%$", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return " "
	}
	return b.String()
}
