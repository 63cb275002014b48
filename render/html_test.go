package render_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render"
)

// TestHTMLEscapes: what stands in notes cannot leave the data of the page.
func TestHTMLEscapes(t *testing.T) {
	const hostile = `</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>&amp;` + "\u2028"
	node := graph.Node{ID: "concept/x", Type: fact.Concept, Label: hostile, Aliases: []string{hostile}, Props: map[string]string{fact.PropComment: hostile}}
	other := graph.Node{ID: "concept/y", Type: fact.Concept, Label: "y"}
	edge := graph.Edge{Source: "concept/x", Target: "concept/y", Predicate: fact.Related, Props: map[string]string{fact.PropPhrase: hostile},
		Evidence: []graph.Evidence{{Document: "doc/a", Line: 1, Column: 1, Quote: hostile}}}
	var plain, hostilePage bytes.Buffer
	exportPage(t, &plain, &graph.Subgraph{})
	exportPage(t, &hostilePage, &graph.Subgraph{Nodes: []graph.Node{node, other}, Edges: []graph.Edge{edge}})
	for _, mark := range []string{"<script", "</script", "<img", "<!--"} {
		if got, want := strings.Count(hostilePage.String(), mark), strings.Count(plain.String(), mark); got != want {
			t.Errorf("%s stands there %d times, without the notes' texts %d times", mark, got, want)
		}
	}
	_, data, _ := strings.Cut(hostilePage.String(), `<script type="application/json" id="data">`)
	data, _, _ = strings.Cut(data, "</script>")
	var read struct{ Nodes []struct{ Label string } }
	if err := json.Unmarshal([]byte(data), &read); err != nil || len(read.Nodes) != 2 || read.Nodes[0].Label != hostile {
		t.Errorf("the data does not read back: %v %+v", err, read)
	}
	if !strings.Contains(hostilePage.String(), `http-equiv="Content-Security-Policy"`) || strings.Contains(hostilePage.String(), "unsafe-inline") || strings.Contains(hostilePage.String(), `src="/`) {
		t.Error("the page has no strict policy, or loads something")
	}
	if size := plain.Len(); size > 1<<20 {
		t.Errorf("a page without data has %d bytes, more than a megabyte", size)
	}
}

func exportPage(t *testing.T, w *bytes.Buffer, g *graph.Subgraph) {
	t.Helper()
	if _, err := render.Export(t.Context(), w, "html", g, render.Options{}); err != nil {
		t.Fatal(err)
	}
}
