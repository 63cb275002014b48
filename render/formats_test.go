package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render"
	"talkgraph/render/layout"
)

var update = flag.Bool("update", false, "write the exports that were made")

// TestMain lets the test binary be the layout child that the program starts of itself.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		if err := layout.Child(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// hostile has labels that want escaping in one format or another.
func hostile() *graph.Subgraph {
	evidence := func(line int, quote string) []graph.Evidence {
		return []graph.Evidence{{Document: "doc/notes.md", Line: line, Column: 1, Quote: quote, Extractor: fact.ExtractorRules, Confidence: 0.9}}
	}
	return &graph.Subgraph{
		Nodes: []graph.Node{
			{ID: "concept/a", Type: fact.Concept, Label: `=SUM(A1) "quoted" <b>&amp;</b> ]]>`, Aliases: []string{"a|b", "长上下文"}, Props: map[string]string{fact.PropChinese: "长上下文", fact.PropEnglish: "long context", fact.PropKind: "task"}},
			{ID: "concept/b", Type: fact.Concept, Label: "tab\there, line\nend \\ back`tick` [[link]] #tag ^id", Props: map[string]string{fact.PropEnglish: "B"}},
			{ID: "concept/ר", Type: fact.Concept, Label: "עברית rtl \u202e end", Aliases: []string{"c"}},
			{ID: "doc/notes.md", Type: fact.Document, Label: "notes.md"},
			{ID: "person/张三 (100%)", Type: fact.Person, Label: "张三", Aliases: []string{"Zhang San"}},
			{ID: "talk/con", Type: fact.Talk, Label: "CON", Props: map[string]string{fact.PropStartDate: "2024-10-12", fact.PropPart: fact.Morning, fact.PropComment: "-- %% --> </script> $x$"}},
			{ID: "talk/con-2", Type: fact.Talk, Label: "con: a/b?"},
		},
		Edges: []graph.Edge{
			{Source: "concept/a", Target: "concept/b", Predicate: fact.Related, Props: map[string]string{fact.PropPhrase: `is "1.6–2×" | faster`}, Evidence: evidence(3, "first line\nsecond line\u0001")},
			{Source: "talk/con", Target: "concept/a", Predicate: fact.About, Weight: 0.75, Evidence: append(evidence(4, "@import <x>"), evidence(5, "+1")...)},
			{Source: "talk/con", Target: "person/张三 (100%)", Predicate: fact.Performer, Evidence: evidence(2, "张三 报告")},
			{Source: "talk/con-2", Target: "person/张三 (100%)", Predicate: fact.Performer, Evidence: evidence(9, "张三")},
		},
	}
}

// TestFormats holds every format against testdata/formats, and what its kind demands.
func TestFormats(t *testing.T) {
	for _, format := range render.Formats() {
		if format.Name == "html" {
			continue // a page of its own, tested beside it
		}
		t.Run(format.Name, func(t *testing.T) {
			files, warnings, err := render.Files(t.Context(), format.Name, hostile(), render.Options{Title: "A & B 标题"})
			if err != nil || len(warnings) > 0 {
				t.Fatal(err, warnings)
			}
			again, _, err := render.Files(t.Context(), format.Name, hostile(), render.Options{Title: "A & B 标题"})
			if err != nil || !reflect.DeepEqual(files, again) {
				t.Fatal("two exports of one graph differ", err)
			}
			for _, file := range files {
				wellFormed(t, format.Extension, file)
			}
			golden(t, format, files)
		})
	}
}

func wellFormed(t *testing.T, extension string, file render.File) {
	t.Helper()
	if !bytes.Equal(bytes.ToValidUTF8(file.Content, nil), file.Content) {
		t.Error("the file is not UTF-8")
	}
	switch extension {
	case ".gexf", ".graphml":
		decoder := xml.NewDecoder(bytes.NewReader(file.Content))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
		}
	case ".json", ".jsonld", ".canvas":
		if !json.Valid(file.Content) {
			t.Error("not JSON")
		}
	}
}

// placed finds the places of nodes in the formats that have them.
var placed = regexp.MustCompile(`("?\b[xy]"?)(="|: )-?[0-9.]+`)

// golden compares the files with those kept; of places it is kept that they are
// there, since their numbers are Graphviz's.
func golden(t *testing.T, format render.Format, files []render.File) {
	t.Helper()
	archive := &txtar.Archive{}
	for _, file := range files {
		name := file.Name
		if name == "" {
			name = "export" + format.Extension
		}
		content := file.Content
		if format.Layout {
			content = placed.ReplaceAll(content, []byte("$1${2}PLACE"))
		}
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: content})
	}
	got := txtar.Format(archive)
	path := filepath.Join("testdata", "formats", format.Name+".txtar")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the export changed; if it is right, run go test ./render -update\ngot\n%s", got)
	}
}

// TestReadBack reads the two lossless formats and exports the result again.
func TestReadBack(t *testing.T) {
	for name, read := range map[string]func(io.Reader) (*graph.Subgraph, error){"json": render.ReadJSON, "nquads": render.ReadNQuads} {
		t.Run(name, func(t *testing.T) {
			first := export(t, name, hostile())
			g, err := read(bytes.NewReader(first))
			if err != nil {
				t.Fatal(err)
			}
			if second := export(t, name, g); !bytes.Equal(first, second) {
				t.Errorf("reading and writing changed\n%s\nto\n%s", first, second)
			}
			if got, want := export(t, "json", g), export(t, "json", hostile()); !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func export(t testing.TB, format string, g *graph.Subgraph) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := render.Export(t.Context(), &b, format, g, render.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReadNQuadsProblems wants errors that name the line.
func TestReadNQuadsProblems(t *testing.T) {
	for text, want := range map[string]string{
		"<a> <b> <c>":             "line 1: a statement must end with a full stop",
		"\n<a> <b> \"c .":         "line 2: a literal",
		"<a> <b> \"\\x\" .":       `unknown escape \x`,
		"_:a <b> <c> .":           "blank nodes are not read",
		"<a> <b> <c> .":           "not a graph of ours",
		"<a> <b> \"c\"^^<d> <e> ": "full stop",
	} {
		_, err := render.ReadNQuads(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

// FuzzReadNQuads reads anything; what is read as a graph must survive another export.
func FuzzReadNQuads(f *testing.F) {
	f.Add(export(f, "nquads", hostile()))
	f.Add([]byte("<a> <b> \"c\"@en .\n# comment\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := render.ReadNQuads(bytes.NewReader(data))
		if err == nil {
			if _, err := render.ReadNQuads(bytes.NewReader(export(t, "nquads", g))); err != nil {
				t.Errorf("the export of what was read is refused: %v", err)
			}
		}
	})
}

// TestMergeNote keeps what a user wrote around the text of a note.
func TestMergeNote(t *testing.T) {
	files, _, err := render.Files(t.Context(), "obsidian", hostile(), render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fresh := files[0].Content
	if got := render.MergeNote(fresh, fresh); !bytes.Equal(got, fresh) {
		t.Errorf("merging a note with itself changed it to\n%s", got)
	}
	edited := strings.Replace(string(fresh), "%% talkgraph: begin %%", "My words above.\n\n%% talkgraph: begin %%\nold", 1) + "My words below.\n"
	merged := string(render.MergeNote([]byte(edited), fresh))
	for _, want := range []string{"My words above.", "My words below."} {
		if strings.Count(merged, want) != 1 {
			t.Errorf("%q is not kept once in\n%s", want, merged)
		}
	}
	if strings.Contains(merged, "\nold") {
		t.Error("our old text is kept")
	}
	if again := string(render.MergeNote([]byte(merged), fresh)); again != merged {
		t.Errorf("a second merge changed\n%s\nto\n%s", merged, again)
	}
	if own := string(render.MergeNote([]byte("# mine\n"), fresh)); !strings.Contains(own, "# mine") {
		t.Error("a note without markers lost its text")
	}
}

// TestBase refuses a base that is no absolute IRI and ends others in a divider.
func TestBase(t *testing.T) {
	if _, _, err := render.Files(t.Context(), "turtle", hostile(), render.Options{Base: "not an iri"}); err == nil {
		t.Error("a base with spaces is taken")
	}
	files, _, err := render.Files(t.Context(), "turtle", hostile(), render.Options{Base: "https://me.example/graph"})
	if err != nil || !bytes.Contains(files[0].Content, []byte("<https://me.example/graph/talk/con>")) {
		t.Errorf("the base is not used: %v", err)
	}
}
