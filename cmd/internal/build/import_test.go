package build_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"talkgraph/cmd/internal/build"
	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render"
)

// export writes a store in a format that can be imported.
func export(t *testing.T, s graph.Store, format string) []byte {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	all, err := snapshot.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return exportGraph(t, all, format)
}

func exportGraph(t *testing.T, g *graph.Subgraph, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := render.Export(t.Context(), &b, format, g, render.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// imported loads an export into a new store.
func imported(t *testing.T, data []byte, format string) graph.Store {
	t.Helper()
	read := render.ReadJSON
	if format == "nquads" {
		read = render.ReadNQuads
	}
	g, err := read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s := open(t)
	if _, err := build.Import(t.Context(), s, g); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestImportIsLossless exports random notes, imports and exports again.
func TestImportIsLossless(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 2))
		notes := folder{}
		for range 6 {
			notes.edit(r)
		}
		s, options := open(t), build.Options{}
		if seed%2 == 0 {
			options.Corrections, options.CorrectionsHash = corrections(t, pick(r, correctionTexts))
		}
		run(t, s, notes.sources(r), options)
		for _, format := range []string{"json", "nquads"} {
			want := export(t, s, format)
			if got := export(t, imported(t, want, format), format); !bytes.Equal(got, want) {
				t.Fatalf("seed %d, %s\ngot\n%s\nwant\n%s", seed, format, got, want)
			}
		}
	}
}

// TestImportOfAPart imports what an export around one entity holds: documents may be
// missing, and nodes may have no edges.
func TestImportOfAPart(t *testing.T) {
	evidence := []graph.Evidence{{Document: "doc/gone.md", Line: 1, Column: 1, Quote: "quote", Extractor: fact.ExtractorRules, Confidence: 1}}
	for name, g := range map[string]*graph.Subgraph{
		"nothing":   {},
		"one node":  {Nodes: []graph.Node{{ID: "person/a", Type: fact.Person, Label: "A", Aliases: []string{"AA"}, Props: map[string]string{"x": "y"}}}},
		"no source": {Nodes: []graph.Node{{ID: "person/a", Type: fact.Person, Label: "A"}, {ID: "talk/b", Type: fact.Talk, Label: "B"}, {ID: "talk/c", Type: fact.Talk, Label: "C"}}, Edges: []graph.Edge{{Source: "talk/b", Target: "person/a", Predicate: fact.Performer, Evidence: evidence}}},
	} {
		want := exportGraph(t, g, "json")
		if got := export(t, imported(t, want, "json"), "json"); !bytes.Equal(got, want) {
			t.Errorf("%s\ngot\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestBuildAfterImport reads the notes of an imported document anew and keeps the
// documents whose notes are not given.
func TestBuildAfterImport(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	notes := folder{"a.md": randomNote(r), "b.txt": randomNote(r)}
	first := open(t)
	run(t, first, notes.sources(r), build.Options{})
	want := content(t, first)
	s := imported(t, export(t, first, "json"), "json")
	if got := run(t, s, notes.sources(r), build.Options{}); got.Count(build.Changed) != 2 {
		t.Errorf("documents: %v", got.Documents)
	}
	if !bytes.Equal(content(t, s), want) {
		t.Error("the notes gave another graph after an import")
	}
	s = imported(t, export(t, first, "json"), "json")
	if got := run(t, s, folder{"c.md": randomNote(r)}.sources(r), build.Options{}); got.Count(build.Added) != 1 {
		t.Errorf("documents: %v", got.Documents)
	}
}
