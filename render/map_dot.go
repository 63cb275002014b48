package render

import (
	"bytes"
	"cmp"
	"io"
	"strings"

	"talkgraph/graph"
	"talkgraph/render/scene"
)

// MapDOT writes the map that Map draws in Graphviz's language, for those who want
// to place and colour it themselves. It fails only if writing fails.
func MapDOT(w io.Writer, g *graph.Subgraph, request MapRequest) error {
	return DiagramDOT(w, newMapper(g, request).draw())
}

// DiagramDOT writes a diagram in Graphviz's language. It fails only if writing
// fails.
func DiagramDOT(w io.Writer, diagram scene.Diagram) error {
	var b bytes.Buffer
	b.WriteString("digraph map {\n  graph [charset=\"UTF-8\", labelloc=t, label=" + dotLines(diagram.Title))
	if diagram.Direction == scene.Right {
		b.WriteString(", rankdir=LR")
	}
	b.WriteString("];\n  node [style=filled, fillcolor=white];\n")
	for _, n := range diagram.Nodes {
		text := cmp.Or(n.Label, n.ID)
		if n.Detail != "" {
			text += "\n" + n.Detail
		}
		b.WriteString("  " + dotString(n.ID) + " [label=" + dotLines(text) + ", shape=" + dotOutline(n.Shape) + ", tooltip=" + dotString(n.Tooltip) + "];\n")
	}
	for _, e := range diagram.Edges {
		b.WriteString("  " + dotString(e.From) + " -> " + dotString(e.To) + " [label=" + dotLines(e.Label) + ", tooltip=" + dotString(e.Tooltip))
		if e.Dashed {
			b.WriteString(", style=dashed")
		}
		if e.CrossLink {
			b.WriteString(", constraint=false")
		}
		b.WriteString("];\n")
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// dotLines quotes a text whose line feeds end lines.
func dotLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		quoted := dotString(line)
		lines[i] = quoted[1 : len(quoted)-1]
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

func dotOutline(shape scene.Shape) string {
	switch shape {
	case scene.Sheet:
		return "note"
	case scene.Pill, scene.Ellipse:
		return "ellipse"
	case scene.Octagon:
		return "octagon"
	case scene.Plain:
		return "plaintext"
	default:
		return "box"
	}
}
