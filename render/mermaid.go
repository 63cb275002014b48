package render

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// What Mermaid draws unless a page sets other limits: it refuses the rest.
const (
	mermaidEdges = 500
	mermaidText  = 50000 // characters
)

// exportMermaid writes the chart, and warns of one that Mermaid will refuse.
func exportMermaid(_ context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	var b bytes.Buffer
	if err := writeMermaid(&b, g, options); err != nil {
		return nil, nil, err
	}
	var warnings []Warning
	if len(g.Edges) > mermaidEdges || utf8.RuneCount(b.Bytes()) > mermaidText {
		warnings = append(warnings, Warning(fmt.Sprintf("%d edges are more than Mermaid draws by itself (%d edges, %d characters); export a part, around --focus",
			len(g.Edges), mermaidEdges, mermaidText)))
	}
	return []File{{Content: b.Bytes()}}, warnings, nil
}

// writeMermaid writes a Mermaid flowchart. Nodes have numbers for names, since IDs
// may hold anything; their order is that of the graph, so the numbers are stable.
func writeMermaid(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	words := wording.New(options.Language, g)
	w.WriteString("%% " + strings.ReplaceAll(oneLine(titleOf(g, options)), "%", "") + "\nflowchart LR\n")
	numbers := map[string]int{}
	for i, node := range sortedNodes(g) {
		numbers[node.ID] = i
		left, right := mermaidShape(node.Type)
		fmt.Fprintf(w, "  n%d%s\"%s\"%s:::%s\n", i, left, mermaidLabel(node.Label), right, node.Type)
	}
	for _, edge := range sortedEdges(g) {
		from, known := numbers[edge.Source]
		to, knownToo := numbers[edge.Target]
		if known && knownToo {
			fmt.Fprintf(w, "  n%d -->|\"%s\"| n%d\n", from, mermaidLabel(words.Phrase(edge)), to)
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

// mermaidLabel escapes a text for a quoted label: Mermaid decodes entities that begin
// with "#", and would read tags and Markdown in it.
func mermaidLabel(text string) string {
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
