// Package graphtest holds the conformance suite that every backend of graph.Store
// passes, the simple model that they are compared with, and a generator of corpora
// of any size. It must not know any backend.
package graphtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// TestStore runs the conformance suite. open returns a new, empty store; the suite
// closes it.
func TestStore(t *testing.T, open func(t *testing.T) graph.Store) {
	tests := []struct {
		name string
		run  func(t *testing.T, s graph.Store)
	}{
		{"Empty", testEmpty},
		{"RoundTrip", testRoundTrip},
		{"Replace", testReplace},
		{"Remove", testRemove},
		{"SameDocumentTwice", testSameDocumentTwice},
		{"Unchanged", testUnchanged},
		{"Merge", testMerge},
		{"Edges", testEdges},
		{"Names", testNames},
		{"Isolation", testIsolation},
		{"Invalid", testInvalid},
		{"Cancelled", testCancelled},
		{"LargeDocument", testLargeDocument},
		{"Random", testRandom},
		{"SharedSnapshot", testSharedSnapshot},
		{"ReadersAndWriter", testReadersAndWriter},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			defer func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			}()
			test.run(t, s)
		})
	}
}

// put applies parts and ends the test on an error.
func put(t *testing.T, s graph.Store, parts ...graph.Part) {
	t.Helper()
	if err := s.Apply(t.Context(), Changes(parts...)); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

// Changes returns the changes that put parts in place.
func Changes(parts ...graph.Part) []graph.Change {
	changes := make([]graph.Change, len(parts))
	for i := range parts {
		changes[i].Part = &parts[i]
	}
	return changes
}

// view runs a function on a snapshot.
func view(t *testing.T, s graph.Store, look func(graph.Snapshot)) {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatalf("Snapshot: %v", err)
	}
	defer func() {
		if err := snapshot.Close(); err != nil {
			t.Errorf("Close of the snapshot: %v", err)
		}
	}()
	look(snapshot)
}

// expect compares the whole store with a model.
func expect(t *testing.T, s graph.Store, m Model) {
	t.Helper()
	view(t, s, func(snapshot graph.Snapshot) {
		t.Helper()
		if err := m.Compare(t.Context(), snapshot); err != nil {
			t.Fatal(err)
		}
	})
}

func testEmpty(t *testing.T, s graph.Store) {
	expect(t, s, NewModel())
	view(t, s, func(snapshot graph.Snapshot) {
		if _, err := snapshot.Node(t.Context(), "person/x"); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("Node: got %v, want ErrNotFound", err)
		}
		if _, err := snapshot.Part(t.Context(), "doc/x"); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("Part: got %v, want ErrNotFound", err)
		}
		edges, err := snapshot.Edges(t.Context(), "person/x", graph.Both)
		if err != nil || len(edges) > 0 {
			t.Errorf("Edges: got %v, %v, want none", edges, err)
		}
	})
	if err := s.Compact(t.Context()); err != nil {
		t.Errorf("Compact: %v", err)
	}
}

func testRoundTrip(t *testing.T, s graph.Store) {
	part := samplePart("doc/a")
	put(t, s, part)
	view(t, s, func(snapshot graph.Snapshot) {
		got, err := snapshot.Part(t.Context(), part.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, part) {
			t.Errorf("got  %+v\nwant %+v", got, part)
		}
	})
	expect(t, s, NewModel(part))
}

func testReplace(t *testing.T, s graph.Store) {
	first, other := samplePart("doc/a"), samplePart("doc/b")
	put(t, s, first, other)
	second := first
	second.Fingerprint = "second"
	second.Facts = nil
	second.Nodes = slices.Clone(first.Nodes[:len(first.Nodes)-1])
	second.Nodes[0].Aliases = []string{"another name"}
	second.Edges = first.Edges[1:]
	put(t, s, second)
	expect(t, s, NewModel(second, other))
	put(t, s, first)
	expect(t, s, NewModel(first, other))
}

func testRemove(t *testing.T, s graph.Store) {
	first, second := samplePart("doc/a"), samplePart("doc/b")
	put(t, s, first, second)
	remove := []graph.Change{{Remove: "doc/a"}, {Remove: "doc/never there"}}
	if err := s.Apply(t.Context(), remove); err != nil {
		t.Fatal(err)
	}
	expect(t, s, NewModel(second))
	if err := s.Apply(t.Context(), []graph.Change{{Remove: "doc/b"}}); err != nil {
		t.Fatal(err)
	}
	expect(t, s, NewModel())
	put(t, s, first)
	expect(t, s, NewModel(first))
}

func testSameDocumentTwice(t *testing.T, s graph.Store) {
	first := samplePart("doc/a")
	second := first
	second.Edges = first.Edges[:1]
	changes := slices.Concat(Changes(first), []graph.Change{{Remove: "doc/a"}}, Changes(first, second, first, second))
	if err := s.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	expect(t, s, NewModel(second))
}

func testUnchanged(t *testing.T, s graph.Store) {
	part := samplePart("doc/a")
	put(t, s, part)
	before := quadsOf(t, s)
	put(t, s, part, part)
	if after := quadsOf(t, s); after != before || after == 0 {
		t.Errorf("%d quads, %d after applying the same again", before, after)
	}
	expect(t, s, NewModel(part))
}

func quadsOf(t *testing.T, s graph.Store) (quads int64) {
	t.Helper()
	view(t, s, func(snapshot graph.Snapshot) {
		stats, err := snapshot.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		quads = stats.Quads
	})
	return quads
}

func testMerge(t *testing.T, s graph.Store) {
	nodeOf := func(label string, props map[string]string, aliases ...string) graph.Node {
		return graph.Node{ID: "concept/moe", Type: fact.Concept, Label: label, Props: props, Aliases: aliases}
	}
	edgeOf := func(document string, weight float64, props map[string]string) graph.Edge {
		return graph.Edge{Source: "talk/1", Predicate: fact.About, Target: "concept/moe", Weight: weight, Props: props,
			Evidence: []fact.Evidence{{Document: document, Line: 1, Column: 1, Quote: "q", Extractor: "rules", Confidence: 1}}}
	}
	a := graph.Part{ID: "doc/a", Nodes: []graph.Node{nodeOf("", nil, "MoE")},
		Edges: []graph.Edge{edgeOf("doc/a", 0.25, map[string]string{"kind": "first"})}}
	b := graph.Part{ID: "doc/b", Nodes: []graph.Node{nodeOf("混合专家", map[string]string{"zh": "混合专家", "kind": "model"})},
		Edges: []graph.Edge{edgeOf("doc/b", 0.75, map[string]string{"kind": "second", "comment": "c"})}}
	c := graph.Part{ID: "doc/c", Nodes: []graph.Node{nodeOf("mixture of experts", map[string]string{"kind": "task", "en": "mixture of experts"}, "sparse experts")}}
	put(t, s, c, b, a)
	expect(t, s, NewModel(a, b, c))
	view(t, s, func(snapshot graph.Snapshot) {
		got, err := snapshot.Node(t.Context(), "concept/moe")
		if err != nil {
			t.Fatal(err)
		}
		want := nodeOf("混合专家", map[string]string{"zh": "混合专家", "en": "mixture of experts", "kind": "model"},
			"MoE", "mixture of experts", "sparse experts")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("node: got %+v, want %+v", got, want)
		}
		edges, err := snapshot.Edges(t.Context(), "concept/moe", graph.In, fact.About)
		if err != nil {
			t.Fatal(err)
		}
		wantEdge := edgeOf("doc/a", 0.75, map[string]string{"kind": "first", "comment": "c"})
		wantEdge.Evidence = append(wantEdge.Evidence, b.Edges[0].Evidence...)
		if !reflect.DeepEqual(edges, []graph.Edge{wantEdge}) {
			t.Errorf("edges: got %+v, want %+v", edges, wantEdge)
		}
	})
}

func testEdges(t *testing.T, s graph.Store) {
	evidence := []fact.Evidence{{Document: "doc/a", Line: 3, Column: 1, Quote: "A beats B, and uses it", Extractor: "rules", Confidence: 0.5}}
	related := func(source, target, phrase string) graph.Edge {
		edge := graph.Edge{Source: source, Predicate: fact.Related, Target: target, Evidence: evidence}
		if phrase != "" {
			edge.Props = map[string]string{fact.PropPhrase: phrase, fact.PropComment: "on " + phrase}
		}
		return edge
	}
	edges := []graph.Edge{related("concept/a", "concept/a", "is"), related("concept/a", "concept/b", ""),
		related("concept/a", "concept/b", "beats"), related("concept/a", "concept/b", "uses"), related("concept/b", "concept/a", "uses")}
	part := graph.Part{ID: "doc/a", Edges: edges, Nodes: []graph.Node{
		{ID: "concept/a", Type: fact.Concept, Label: "A"}, {ID: "concept/b", Type: fact.Concept, Label: "B"},
		{ID: "event/e", Type: fact.Event, Label: "E", Props: map[string]string{fact.PropTheme: "the theme"}},
	}}
	put(t, s, part)
	expect(t, s, NewModel(part))
	view(t, s, func(snapshot graph.Snapshot) {
		for _, test := range []struct {
			direction graph.Direction
			want      []graph.Edge
		}{
			{graph.Out, edges[:4]},
			{graph.In, []graph.Edge{edges[0], edges[4]}},
			{graph.Both, edges},
		} {
			got, err := snapshot.Edges(t.Context(), "concept/a", test.direction, fact.Related, fact.Broader)
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("direction %d: got %+v, %v, want %+v", test.direction, got, err, test.want)
			}
		}
		for _, id := range []string{"concept/a", "event/e"} {
			if got, err := snapshot.Edges(t.Context(), id, graph.Both, fact.About); err != nil || len(got) > 0 {
				t.Errorf("%s has edges of another predicate: %+v, %v", id, got, err)
			}
		}
	})
}

func testNames(t *testing.T, s graph.Store) {
	part := graph.Part{ID: "doc/a", Nodes: []graph.Node{
		{ID: "concept/mamba", Type: fact.Concept, Label: "Mamba-2", Aliases: []string{"曼巴"}},
		{ID: "concept/nameless", Type: fact.Concept, Aliases: []string{"only an alias"}},
		{ID: "person/mamba", Type: fact.Person, Label: "ＭＡＭＢＡ 2", Aliases: []string{"mamba2"}},
		{ID: "talk/zh", Type: fact.Talk, Label: "长上下文"},
	}}
	put(t, s, part)
	view(t, s, func(snapshot graph.Snapshot) {
		for _, test := range []struct {
			name string
			want []string
		}{
			{"mamba 2", []string{"concept/mamba", "person/mamba"}},
			{"曼巴", []string{"concept/mamba"}},
			{"长上下文", []string{"talk/zh"}},
			{"长 上下文", []string{"talk/zh"}},
			{"only-an-alias", []string{"concept/nameless"}},
			{"Mamba", nil},
			{"", nil},
		} {
			got, err := snapshot.Lookup(t.Context(), test.name)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("Lookup(%q) = %q, %v, want %q", test.name, got, err, test.want)
			}
		}
		for name, err := range snapshot.Names(t.Context()) {
			if err != nil || name.ID != "concept/mamba" || !name.Label {
				t.Errorf("first name is %+v, %v", name, err)
			}
			break
		}
	})
}

func testIsolation(t *testing.T, s graph.Store) {
	first, second := samplePart("doc/a"), samplePart("doc/b")
	put(t, s, first)
	view(t, s, func(old graph.Snapshot) {
		put(t, s, second)
		if err := s.Apply(t.Context(), []graph.Change{{Remove: first.ID}}); err != nil {
			t.Fatal(err)
		}
		if err := NewModel(first).Compare(t.Context(), old); err != nil {
			t.Errorf("the snapshot changed: %v", err)
		}
		expect(t, s, NewModel(second))
	})
}

func testInvalid(t *testing.T, s graph.Store) {
	good, after := samplePart("doc/a"), samplePart("doc/c")
	for _, test := range []struct {
		name  string
		spoil func(*graph.Part)
	}{
		{"no ID", func(p *graph.Part) { p.ID = "" }},
		{"unknown type", func(p *graph.Part) { p.Nodes[0].Type = "Gadget" }},
		{"node without ID", func(p *graph.Part) { p.Nodes[0].ID = "" }},
		{"node twice", func(p *graph.Part) { p.Nodes[1].ID = p.Nodes[0].ID }},
		{"text that is not UTF-8", func(p *graph.Part) { p.Nodes[0].Label = "\xff" }},
		{"unknown predicate", func(p *graph.Part) { p.Edges[0].Predicate = "likes" }},
		{"edge without evidence", func(p *graph.Part) { p.Edges[0].Evidence = nil }},
		{"edge twice", func(p *graph.Part) { p.Edges = append(p.Edges, p.Edges[0]) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			bad := samplePart("doc/b")
			test.spoil(&bad)
			if err := s.Apply(t.Context(), Changes(good, bad, after)); err == nil {
				t.Fatal("no error")
			}
			expect(t, s, NewModel(good))
		})
	}
	put(t, s, after)
	expect(t, s, NewModel(good, after))
}

func testCancelled(t *testing.T, s graph.Store) {
	part := samplePart("doc/a")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Apply(cancelled, Changes(part)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	expect(t, s, NewModel())
	put(t, s, part)
	expect(t, s, NewModel(part))
}

func testLargeDocument(t *testing.T, s graph.Store) {
	large := graph.Part{ID: "doc/large", Source: "large.txt", Facts: []byte{0, 1, 2}}
	for i := range 2200 {
		id := fmt.Sprintf("talk/%05d", i)
		large.Nodes = append(large.Nodes, graph.Node{ID: id, Type: fact.Talk, Label: fmt.Sprintf("Talk %d", i)})
		large.Edges = append(large.Edges, graph.Edge{Source: id, Predicate: fact.SuperEvent, Target: "event/e",
			Evidence: []fact.Evidence{{Document: large.ID, Line: i + 1, Column: 1, Quote: "Talk", Extractor: "rules", Confidence: 1}}})
	}
	small := samplePart("doc/small")
	put(t, s, small, large)
	expect(t, s, NewModel(small, large))
	large.Edges = large.Edges[:10]
	put(t, s, large)
	expect(t, s, NewModel(small, large))
}
