package cli_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/store"
	"talkgraph/render"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// TestMapsOfNotes draws maps of all kinds, in all languages, small and large, from
// the examples and the corpus, and looks for what a reader would see: texts outside
// their boxes, boxes on boxes, labels on boxes or labels, lines through boxes or
// labels, and edges without words. With TALKGRAPH_TEST_MAPS=all it draws a map
// around everything that has neighbours enough.
func TestMapsOfNotes(t *testing.T) {
	for _, notes := range notesForReaders(t) {
		t.Run(filepath.Base(notes), func(t *testing.T) {
			t.Parallel()
			g := graphOf(t, notes)
			requests := mapRequests(g)
			for i, request := range requests {
				request.Language = wording.Language(i % 4)
				request.Theme = scene.Theme(i % 3)
				checkMap(t, g, request)
			}
			t.Logf("%d maps", len(requests))
		})
	}
}

func checkMap(t *testing.T, g *graph.Subgraph, request render.MapRequest) {
	t.Helper()
	name := fmt.Sprintf("%s map of %v in language %d, limit %d", request.Kind, request.Focus, request.Language, request.Limit)
	drawing, warnings, err := render.Map(t.Context(), g, request)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, problem := range scene.Problems(drawing) {
		t.Errorf("%s: %v", name, problem)
	}
	for _, warning := range warnings {
		t.Errorf("%s: %s", name, warning)
	}
	if drawing.Title == "" {
		t.Errorf("%s: no title", name)
	}
}

// graphOf builds notes and returns all of the graph.
func graphOf(t *testing.T, notes string) *graph.Subgraph {
	t.Helper()
	name := filepath.Join(t.TempDir(), "graph.db")
	run(t, "build", notes, "--store", name)
	opened, err := store.Open(t.Context(), name, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	snapshot, err := opened.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	g, err := snapshot.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// mapRequests are maps of every kind around the nodes with most neighbours.
func mapRequests(g *graph.Subgraph) []render.MapRequest {
	degree := map[string]int{}
	for _, e := range g.Edges {
		degree[e.Source]++
		degree[e.Target]++
	}
	most := 1
	if os.Getenv("TALKGRAPH_TEST_MAPS") == "all" {
		most = len(g.Nodes)
	}
	requests := []render.MapRequest{{}, {Limit: 60}, {Kind: render.PeopleMap}}
	for _, kind := range []fact.Type{fact.Talk, fact.Person, fact.Organization, fact.Concept} {
		var ids []string
		for _, n := range g.Nodes {
			if n.Type == kind && degree[n.ID] > 1 {
				ids = append(ids, n.ID)
			}
		}
		slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(degree[b], degree[a]) })
		if kind == fact.Concept {
			most++ // two to compare
		}
		ids = ids[:min(len(ids), most)]
		for i, id := range ids {
			requests = append(requests, render.MapRequest{Focus: []string{id}}, render.MapRequest{Focus: []string{id}, Limit: 10 + 5*(i%5)})
			switch kind {
			case fact.Talk:
				requests = append(requests, render.MapRequest{Kind: render.TalkMap, Focus: []string{id}})
			case fact.Concept:
				requests = append(requests, render.MapRequest{Kind: render.TimelineMap, Focus: []string{id}})
			}
			if i > 0 {
				requests = append(requests, render.MapRequest{Focus: []string{id, ids[i-1]}})
			}
		}
	}
	return requests
}
