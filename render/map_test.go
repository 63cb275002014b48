package render

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// conference is a graph with two concepts that share a talk.
func conference() *graph.Subgraph {
	g := &graph.Subgraph{Nodes: []graph.Node{
		{ID: "event/e", Type: fact.Event, Label: "Event"},
		{ID: "org/u", Type: fact.Organization, Label: "University"},
		{ID: "concept/a", Type: fact.Concept, Label: "Alpha"},
		{ID: "concept/b", Type: fact.Concept, Label: "Beta"},
	}}
	edge := func(source string, predicate fact.Predicate, target string) {
		evidence := fact.Evidence{Document: "doc/n", Line: len(g.Edges) + 1, Column: 1, Quote: "q", Extractor: "rules", Confidence: 1}
		g.Edges = append(g.Edges, graph.Edge{Source: source, Predicate: predicate, Target: target, Weight: 0.5, Evidence: []fact.Evidence{evidence}})
	}
	// The later talk has the smaller ID, so that order of ID is not that of the programme.
	for i, day := range []string{"2025-01-03", "2025-01-02", "2025-01-01"} {
		talk, person := fmt.Sprintf("talk/%d", i), fmt.Sprintf("person/%d", i)
		g.Nodes = append(g.Nodes,
			graph.Node{ID: talk, Type: fact.Talk, Label: "Talk " + day, Props: map[string]string{fact.PropStartDate: day}},
			graph.Node{ID: person, Type: fact.Person, Label: "Person " + day})
		edge(talk, fact.SuperEvent, "event/e")
		edge(talk, fact.Performer, person)
		edge(person, fact.Affiliation, "org/u")
	}
	edge("talk/0", fact.About, "concept/a")
	edge("talk/1", fact.About, "concept/a")
	edge("talk/1", fact.About, "concept/b")
	edge("talk/2", fact.About, "concept/b")
	return g
}

func requests() map[string]MapRequest {
	return map[string]MapRequest{
		"overview": {},
		"focus":    {Focus: []string{"concept/a"}},
		"compare":  {Focus: []string{"concept/a", "concept/b"}},
		"talk":     {Kind: TalkMap, Focus: []string{"person/1"}},
		"people":   {Kind: PeopleMap},
		"timeline": {Kind: TimelineMap, Focus: []string{"concept/a"}},
	}
}

func TestMapsAreReadable(t *testing.T) {
	for name, request := range requests() {
		for _, language := range []wording.Language{wording.AsNotes, wording.Chinese, wording.English, wording.Both} {
			request.Language = language
			diagram := newMapper(conference(), request).draw()
			if diagram.Title == "" || diagram.Source == "" || len(diagram.Legend) == 0 || len(diagram.Edges) == 0 {
				t.Errorf("%s: title %q, source %q, %d rows of legend, %d edges", name, diagram.Title, diagram.Source, len(diagram.Legend), len(diagram.Edges))
			}
			for _, e := range diagram.Edges {
				if e.Label == "" || strings.Contains("superEvent performer affiliation about subjectOf", e.Label) {
					t.Errorf("%s: edge %s to %s is worded %q", name, e.From, e.To, e.Label)
				}
			}
		}
	}
}

func TestMapsHaveNoFaults(t *testing.T) {
	for name, request := range requests() {
		drawing, _, err := Map(context.Background(), conference(), request)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if problems := scene.Problems(drawing); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestMapIsTheSameForAnotherOrder(t *testing.T) {
	turned := conference()
	for i, k := 0, len(turned.Nodes)-1; i < k; i, k = i+1, k-1 {
		turned.Nodes[i], turned.Nodes[k] = turned.Nodes[k], turned.Nodes[i]
	}
	for i, k := 0, len(turned.Edges)-1; i < k; i, k = i+1, k-1 {
		turned.Edges[i], turned.Edges[k] = turned.Edges[k], turned.Edges[i]
	}
	for name, request := range requests() {
		var first, second bytes.Buffer
		if err := MapDOT(&first, conference(), request); err != nil {
			t.Fatal(err)
		}
		if err := MapDOT(&second, turned, request); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("%s: the order of the graph shows:\n%s\n%s", name, &first, &second)
		}
	}
}

func TestOverviewFollowsTheProgramme(t *testing.T) {
	var days []string
	for _, n := range newMapper(conference(), MapRequest{}).draw().Nodes {
		if strings.HasPrefix(n.ID, "talk/") {
			days = append(days, n.Label)
		}
	}
	if got := strings.Join(days, ", "); got != "Talk 2025-01-01, Talk 2025-01-02, Talk 2025-01-03" {
		t.Errorf("the talks stand as %s", got)
	}
}

func TestComparisonPutsTheSharedTalkBetween(t *testing.T) {
	m := newMapper(conference(), requests()["compare"])
	m.draw()
	for id, column := range map[string]int{"talk/0": onlyFirst, "concept/a": firstColumn, "talk/1": sharedColumn, "concept/b": secondColumn, "talk/2": onlySecond} {
		if got := m.levelOf(id); got != column {
			t.Errorf("%s stands in column %d, want %d", id, got, column)
		}
	}
}
