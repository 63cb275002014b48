package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"talkgraph/cmd/internal/cli"
)

// exportsForReaders are the files that the independent readers get.
var exportsForReaders = map[string]string{
	"graph.json": "json", "graph.gexf": "gexf", "graph.graphml": "graphml", "graph-yed.graphml": "graphml-yed",
	"graph.ttl": "turtle", "graph.jsonld": "jsonld", "graph.nq": "nquads", "graph.canvas": "canvas",
	"graph.dot": "dot", "graph.mmd": "mermaid", "csv": "csv", "obsidian": "obsidian", "graph.txt": "anki",
}

// hostileGraph has labels, phrases and quotes that want escaping in one format or
// another.
var hostileGraph = filepath.Join("testdata", "readers", "hostile.json")

// TestIndependentReaders lets the libraries and programs that people use read the
// exports: networkx, rdflib, Python's csv, Graphviz, xmllint, graphology and mermaid.
// They count as stats does and find every label to the letter.
func TestIndependentReaders(t *testing.T) {
	for _, notes := range append(notesForReaders(t), hostileGraph) {
		t.Run(filepath.Base(notes), func(t *testing.T) {
			t.Parallel()
			folder := exportAll(t, notes)
			file := func(name string) string { return filepath.Join(folder, name) }
			t.Run("graphviz", func(t *testing.T) {
				reader(t, "dot", "-Tjson0", "-Kpatchwork", "-o", file("graph.dot.json"), file("graph.dot"))
			})
			t.Run("python", func(t *testing.T) {
				reader(t, "/usr/bin/python3", filepath.Join("testdata", "readers", "readers.py"), folder)
			})
			t.Run("xmllint", func(t *testing.T) {
				reader(t, "xmllint", "--noout", file("graph.graphml"), file("graph-yed.graphml"))
				schema(t, file("gexf-1.2draft.xsd"), "http://www.gexf.net/1.2draft", file("graph.gexf"))
				schema(t, file("gexf-1.3.xsd"), "http://gexf.net/1.3", file("graph-1.3.gexf"))
			})
			t.Run("node", func(t *testing.T) {
				modules := os.Getenv("TALKGRAPH_TEST_NODE_MODULES")
				if modules == "" {
					skip(t, "TALKGRAPH_TEST_NODE_MODULES does not name a folder with graphology, graphology-gexf, jsdom and mermaid")
				}
				reader(t, "node", filepath.Join("testdata", "readers", "readers.mjs"), modules, folder)
			})
		})
	}
}

// exportAll writes a graph in all formats, and the counts of stats, into a folder.
func exportAll(t *testing.T, notes string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	store := filepath.Join(folder, "graph.db")
	if notes == hostileGraph {
		run(t, "import", notes, "--store", store)
	} else {
		run(t, "build", notes, "--store", store)
	}
	for file, format := range exportsForReaders {
		run(t, "export", "--store", store, "--format", format, "-o", filepath.Join(folder, file))
	}
	run(t, "export", "--store", store, "--format", "gexf", "--gexf-version", "1.3", "-o", filepath.Join(folder, "graph-1.3.gexf"))
	var counts bytes.Buffer
	if status := cli.Run(t.Context(), []string{"stats", "--json", "--store", store}, nil, &counts, os.Stderr); status != 0 {
		t.Fatalf("stats: exit status %d", status)
	}
	if err := os.WriteFile(filepath.Join(folder, "stats.json"), counts.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// schema checks a GEXF file against the schema of its version.
func schema(t *testing.T, name, namespace, file string) {
	t.Helper()
	for from, to := range map[string]string{"gexf.xsd": name, "viz.xsd": strings.TrimSuffix(name, ".xsd") + "-viz.xsd"} {
		text, err := os.ReadFile(filepath.Join("testdata", "readers", from))
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.ReplaceAll(text, []byte("NAMESPACE"), []byte(namespace))
		text = bytes.ReplaceAll(text, []byte(`"viz.xsd"`), []byte(`"`+strings.TrimSuffix(filepath.Base(name), ".xsd")+`-viz.xsd"`))
		if err := os.WriteFile(to, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reader(t, "xmllint", "--noout", "--nonet", "--schema", name, file)
}

// notesForReaders are the examples and, where they are at hand, the notes of the corpus.
func notesForReaders(t *testing.T) []string {
	t.Helper()
	examples := filepath.Join("..", "..", "..", "examples")
	notes := []string{filepath.Join(examples, "smp2024"), filepath.Join(examples, "gopher-day"), filepath.Join(examples, "reading-group")}
	if corpus := os.Getenv("TALKGRAPH_TEST_CORPUS"); corpus != "" {
		for _, name := range []string{"smp2024.txt", "turing50.md", "apply2021.md"} {
			notes = append(notes, filepath.Join(corpus, "notes", name))
		}
	}
	return notes
}

func run(t *testing.T, args ...string) {
	t.Helper()
	var stderr bytes.Buffer
	if status := cli.Run(t.Context(), args, nil, &bytes.Buffer{}, &stderr); status != 0 {
		t.Fatalf("talkgraph %v: exit status %d\n%s", args, status, stderr.Bytes())
	}
}

// reader runs an independent reader, which ends with a failure when it disagrees.
func reader(t *testing.T, program string, args ...string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		skip(t, program+" is not installed")
	}
	if out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", program, err, out)
	}
}

// skip skips the test, or fails it in continuous integration.
func skip(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}
