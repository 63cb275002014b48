package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// network is a random graph of talks, people, concepts and an event over all talks.
func network(t *testing.T, seed uint64) (graph.Snapshot, []string) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	part := graph.Part{ID: "doc/n.md", Source: "n.md", Fingerprint: "1",
		Nodes: []graph.Node{{ID: "doc/n.md", Type: fact.Document, Label: "n.md"}, {ID: "event/e", Type: fact.Event, Label: "e"}}}
	evidence := []graph.Evidence{{Document: "doc/n.md", Line: 1, Column: 1, Quote: "q", Extractor: fact.ExtractorRules, Confidence: 1}}
	link := func(source string, predicate fact.Predicate, target string) {
		edge := graph.Edge{Source: source, Predicate: predicate, Target: target, Evidence: evidence}
		if predicate == fact.About {
			edge.Weight = 0.5
		}
		if !slices.ContainsFunc(part.Edges, func(e graph.Edge) bool { return fact.CompareRelations(e, edge) == 0 }) {
			part.Edges = append(part.Edges, edge)
		}
	}
	var ends []string
	for i := range 8 {
		talk, person, concept := fmt.Sprintf("talk/%d", i), fmt.Sprintf("person/%d", i), fmt.Sprintf("concept/%d", i)
		part.Nodes = append(part.Nodes, graph.Node{ID: talk, Type: fact.Talk, Label: talk}, graph.Node{ID: person, Type: fact.Person, Label: person},
			graph.Node{ID: concept, Type: fact.Concept, Label: concept})
		ends = append(ends, talk, person, concept)
		link(talk, fact.SuperEvent, "event/e")
		link(talk, fact.Performer, fmt.Sprintf("person/%d", random.IntN(8)))
		link(talk, fact.About, fmt.Sprintf("concept/%d", random.IntN(8)))
		if random.IntN(2) == 0 {
			link(talk, fact.About, fmt.Sprintf("concept/%d", random.IntN(8)))
		}
		if wider := random.IntN(8); wider != i && random.IntN(3) == 0 {
			link(concept, fact.Broader, fmt.Sprintf("concept/%d", wider))
		}
	}
	slices.SortFunc(part.Nodes, fact.CompareEntities)
	slices.SortFunc(part.Edges, fact.CompareRelations)
	s, err := store.Open(t.Context(), store.Memory, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), []graph.Change{{Part: &part}}); err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = snapshot.Close(); _ = s.Close() }) // in memory
	return snapshot, ends
}

// steps counts the steps of the shortest connection that leads over no event, by
// breadth alone; -1 when there is none.
func steps(t *testing.T, s graph.Snapshot, from, to string) int {
	t.Helper()
	all, err := s.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	distance := map[string]int{from: 0}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, e := range all.Edges {
			for _, ends := range [][2]string{{e.Source, e.Target}, {e.Target, e.Source}} {
				if _, seen := distance[ends[1]]; ends[0] == queue[0] && !seen && ends[1] != "event/e" && ends[1] != "doc/n.md" {
					distance[ends[1]] = distance[queue[0]] + 1
					queue = append(queue, ends[1])
				}
			}
		}
	}
	if d, found := distance[to]; found {
		return d
	}
	return -1
}

// Paths finds a connection wherever breadth-first search does, each is one, none
// goes in circles or through the event, and none is much longer than need be.
func TestPathsAreConnections(t *testing.T) {
	for seed := range uint64(2) {
		s, ends := network(t, seed)
		for _, from := range ends {
			for _, to := range ends {
				if from == to {
					continue
				}
				paths, err := graph.Paths(t.Context(), s, []string{from}, []string{to}, graph.PathOptions{})
				if err != nil {
					t.Fatal(err)
				}
				least := steps(t, s, from, to)
				if want := least >= 0 && least <= graph.DefaultSteps; want != (len(paths) > 0) {
					t.Errorf("seed %d: %s to %s: %d paths, the shortest has %d steps", seed, from, to, len(paths), least)
				}
				for i, p := range paths {
					checkPath(t, p, from, to, least)
					for k, other := range paths {
						if i != k && within(other, p) {
							t.Errorf("%s to %s: a connection is a detour of another", from, to)
						}
					}
				}
			}
		}
	}
}

// within reports whether all nodes of a connection lie on another.
func within(inner, outer graph.Path) bool {
	on := func(p graph.Path) (ids []string) {
		for _, step := range p {
			ids = append(ids, step.Edge.Source, step.Edge.Target)
		}
		return ids
	}
	return !slices.ContainsFunc(on(inner), func(id string) bool { return !slices.Contains(on(outer), id) })
}

func checkPath(t *testing.T, p graph.Path, from, to string, least int) {
	t.Helper()
	at, seen := from, []string{from}
	for _, step := range p {
		start, end := step.Edge.Source, step.Edge.Target
		if !step.Forward {
			start, end = end, start
		}
		if start != at {
			t.Fatalf("%s to %s: a step begins at %s, not at %s", from, to, start, at)
		}
		if slices.Contains(seen, end) || end == "event/e" {
			t.Errorf("%s to %s leads over %s", from, to, end)
		}
		at, seen = end, append(seen, end)
	}
	if at != to {
		t.Errorf("%s to %s ends at %s", from, to, at)
	}
	if len(p) > least+2 {
		t.Errorf("%s to %s: %d steps, the shortest has %d", from, to, len(p), least)
	}
}

func TestPathsBetweenTheSame(t *testing.T) {
	s, ends := network(t, 1)
	paths, err := graph.Paths(t.Context(), s, ends[:2], ends[1:3], graph.PathOptions{})
	if err != nil || len(paths) > 0 {
		t.Errorf("sets that share a node give %v, %v", paths, err)
	}
}

func TestPathsCount(t *testing.T) {
	s, _ := network(t, 2)
	for count := 1; count <= 3; count++ {
		paths, err := graph.Paths(t.Context(), s, []string{"person/1"}, []string{"person/2"}, graph.PathOptions{Count: count})
		if err != nil || len(paths) > count {
			t.Errorf("%d paths, want at most %d; %v", len(paths), count, err)
		}
	}
}
