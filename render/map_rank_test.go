package render

import (
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// kinds is a talk that covers a wide concept, two that the wide one includes, and a
// relation between these two in the notes' own words.
func kinds() *graph.Subgraph {
	evidence := []fact.Evidence{{Document: "doc/n.md", Line: 3, Column: 1, Quote: "q", Extractor: fact.ExtractorRules, Confidence: 1}}
	g := &graph.Subgraph{Nodes: []graph.Node{
		{ID: "talk/t", Type: fact.Talk, Label: "Talk"},
		{ID: "concept/wide", Type: fact.Concept, Label: "Wide"},
		{ID: "concept/one", Type: fact.Concept, Label: "One"},
		{ID: "concept/two", Type: fact.Concept, Label: "Two"},
	}}
	edge := func(source string, predicate fact.Predicate, target, phrase string, weight float64) {
		e := graph.Edge{Source: source, Predicate: predicate, Target: target, Weight: weight, Evidence: evidence, Props: map[string]string{}}
		if phrase != "" {
			e.Props[fact.PropPhrase] = phrase
		}
		g.Edges = append(g.Edges, e)
	}
	edge("talk/t", fact.About, "concept/wide", "", 0.1)
	edge("talk/t", fact.About, "concept/one", "", 0.9)
	edge("talk/t", fact.About, "concept/two", "", 0.8)
	edge("concept/one", fact.Broader, "concept/wide", "", 0)
	edge("concept/two", fact.Broader, "concept/wide", "", 0)
	edge("concept/one", fact.Related, "concept/two", "beats", 0)
	return g
}

// sentences reads the edges of a diagram.
func sentences(m *mapper) map[string]bool {
	all := map[string]bool{}
	for _, e := range m.diagram.Edges {
		text := strings.Join([]string{m.nodes[e.From].Label, e.Label, m.nodes[e.To].Label}, " ")
		if e.CrossLink {
			text += " (cross-link)"
		}
		all[text] = true
	}
	return all
}

func TestGeneralStandsAboveSpecial(t *testing.T) {
	m := newMapper(kinds(), MapRequest{Kind: TalkMap, Focus: []string{"talk/t"}})
	m.draw()
	got := sentences(m)
	for _, want := range []string{"Talk covers Wide", "Wide includes One", "Wide includes Two", "One beats Two"} {
		if !got[want] && !got[want+" (cross-link)"] {
			t.Errorf("the map lacks %q: %v", want, got)
		}
	}
	if len(got) != 4 || got["Talk covers One"] {
		t.Errorf("the map says more than that: %v", got)
	}
}

func TestFocusStandsAboveItsTalks(t *testing.T) {
	m := newMapper(kinds(), MapRequest{Focus: []string{"concept/one"}})
	m.draw()
	got := sentences(m)
	for _, want := range []string{"One is covered in Talk", "Wide includes One"} {
		if !got[want] {
			t.Errorf("the map lacks %q: %v", want, got)
		}
	}
}

func TestRingOfWiderConceptsStaysWhole(t *testing.T) {
	g := kinds()
	g.Edges = append(g.Edges, graph.Edge{Source: "concept/wide", Predicate: fact.Broader, Target: "concept/one", Evidence: g.Edges[0].Evidence})
	m := newMapper(g, MapRequest{Kind: TalkMap, Focus: []string{"talk/t"}})
	m.draw()
	reached := map[string]bool{"talk/t": true}
	for range m.diagram.Edges {
		for _, e := range m.diagram.Edges {
			if reached[e.From] && !e.CrossLink {
				reached[e.To] = true
			}
		}
	}
	if len(reached) != 4 {
		t.Errorf("the talk leads to %v only", reached)
	}
}

func TestEvidenceLink(t *testing.T) {
	evidence := fact.Evidence{Document: "doc/my notes/a:b.md", Line: 3, Quote: "slow-fast, R&D 长文本\nnext line", Extractor: fact.ExtractorRules}
	const quoted = "#:~:text=slow%2Dfast%2C%20R%26D%20%E9%95%BF%E6%96%87%E6%9C%AC"
	published := graph.Node{Props: map[string]string{fact.PropURL: "https://example.org/notes#top"}}
	unsafe := graph.Node{Props: map[string]string{fact.PropURL: "javascript:alert(1)"}}
	for _, c := range []struct {
		base     string
		document graph.Node
		want     string
	}{
		{"", graph.Node{}, ""},
		{".", graph.Node{}, "my%20notes/a:b.md" + quoted},
		{"../in", graph.Node{}, "../in/my%20notes/a:b.md" + quoted},
		{"https://example.org/x/", graph.Node{}, "https://example.org/x/my%20notes/a:b.md" + quoted},
		{".", published, "https://example.org/notes" + quoted},
		{"/n", unsafe, "/n/my%20notes/a:b.md" + quoted},
	} {
		got := EvidenceLink(c.base, c.document, evidence)
		if strings.TrimPrefix(got, "./") != c.want {
			t.Errorf("under %q: %s, want %s", c.base, got, c.want)
		}
	}
	evidence.Extractor = fact.ExtractorLexicon
	if got := EvidenceLink(".", graph.Node{}, evidence); got != "" {
		t.Errorf("the lexicon is linked to: %s", got)
	}
}

func TestOverviewTellsThemes(t *testing.T) {
	diagram := newMapper(conference(), MapRequest{}).draw()
	for _, n := range diagram.Nodes {
		if n.ID == "talk/1" && !strings.Contains(n.Detail, "on Alpha, Beta") {
			t.Errorf("the talk is described as %q", n.Detail)
		}
	}
	if len(diagram.Aside.Items) != 2 || diagram.Aside.Items[0].Label != "Alpha ×2" {
		t.Errorf("the shared themes are %v", diagram.Aside.Items)
	}
}
