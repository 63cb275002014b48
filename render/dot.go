package render

import (
	"bytes"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// writeDOT writes the graph in Graphviz's language. Edges carry their linking
// phrase as label and their predicate as class.
func writeDOT(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	words := wording.New(options.Language, g)
	w.WriteString("digraph talkgraph {\n")
	w.WriteString("  graph [charset=\"UTF-8\", overlap=false, label=" + dotString(titleOf(g, options)) + "];\n")
	w.WriteString("  node [fontname=\"Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,PingFang SC,sans-serif\", style=filled];\n")
	w.WriteString("  edge [fontname=\"Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,PingFang SC,sans-serif\", fontsize=10];\n")
	for _, node := range sortedNodes(g) {
		w.WriteString("  " + dotString(node.ID) + " [label=" + dotString(node.Label) + ", shape=" + dotShape(node.Type) +
			", fillcolor=\"" + colorOf(node.Type).hex() + "\", class=" + dotString(string(node.Type)) + "];\n")
	}
	for _, edge := range sortedEdges(g) {
		w.WriteString("  " + dotString(edge.Source) + " -> " + dotString(edge.Target) + " [label=" + dotString(words.Phrase(edge)) +
			", class=" + dotString(string(edge.Predicate)) + "];\n")
	}
	w.WriteString("}\n")
	return nil
}

func dotShape(t fact.Type) string {
	switch t {
	case fact.Event, fact.Organization:
		return "octagon"
	case fact.Session:
		return "tab"
	case fact.Talk:
		return "note"
	case fact.Person:
		return "ellipse"
	case fact.Document:
		return "folder"
	default:
		return "box"
	}
}

// dotString quotes a text. Graphviz reads escapes such as \N and HTML entities in
// labels even inside quotes, so backslash and ampersand are written so that they
// stay what they are.
func dotString(text string) string {
	text = strings.NewReplacer(
		`\`, `\\`, `"`, `\"`, "&", "&amp;", "\r\n", " ", "\n", " ", "\r", " ", "\t", " ",
	).Replace(withoutControls(text))
	return `"` + text + `"`
}
