package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// titleOf is the title of the whole graph: as asked for, or the names of its
// events, or else the name of this program.
func titleOf(g *graph.Subgraph, options Options) string {
	if options.Title != "" {
		return options.Title
	}
	var names []string
	for _, node := range sortedNodes(g) {
		if node.Type == fact.Event {
			names = append(names, node.Label)
		}
	}
	if len(names) == 0 {
		return "talkgraph"
	}
	return strings.Join(names, " · ")
}

// withoutControls drops what XML and text formats may not hold: control
// characters but tab, line feed and return, and bytes that are no UTF-8.
func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r):
			return -1
		default:
			return r
		}
	}, text)
}

// oneLine is the text without controls and line ends.
func oneLine(text string) string { return strings.Join(strings.Fields(withoutControls(text)), " ") }
