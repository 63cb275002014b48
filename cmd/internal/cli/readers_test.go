package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"talkgraph/cmd/internal/cli"
)

// exportsForReaders are the files that the independent readers get.
var exportsForReaders = map[string]string{
	"graph.json": "json", "graph.gexf": "gexf", "graph.graphml": "graphml", "graph-yed.graphml": "graphml-yed",
	"graph.ttl": "turtle", "graph.jsonld": "jsonld", "graph.nq": "nquads", "graph.canvas": "canvas",
	"graph.dot": "dot", "graph.mmd": "mermaid", "csv": "csv", "obsidian": "obsidian",
}

// TestIndependentReaders lets the libraries and programs that people use read the
// exports: networkx, rdflib, Python's csv, Graphviz, xmllint, graphology and mermaid.
func TestIndependentReaders(t *testing.T) {
	for _, notes := range notesForReaders(t) {
		t.Run(filepath.Base(notes), func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			store := filepath.Join(folder, "graph.db")
			run(t, "build", notes, "--store", store)
			for file, format := range exportsForReaders {
				run(t, "export", "--store", store, "--format", format, "-o", filepath.Join(folder, file))
			}
			t.Run("python", func(t *testing.T) {
				reader(t, "/usr/bin/python3", filepath.Join("testdata", "readers", "readers.py"), folder)
			})
			t.Run("graphviz", func(t *testing.T) {
				reader(t, "dot", "-Tsvg", "-Kpatchwork", "-o", os.DevNull, filepath.Join(folder, "graph.dot"))
			})
			t.Run("xmllint", func(t *testing.T) {
				reader(t, "xmllint", "--noout", filepath.Join(folder, "graph.gexf"), filepath.Join(folder, "graph.graphml"), filepath.Join(folder, "graph-yed.graphml"))
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

// notesForReaders are the examples and, where they are at hand, the notes of the corpus.
func notesForReaders(t *testing.T) []string {
	t.Helper()
	examples := filepath.Join("..", "..", "..", "examples")
	notes := []string{filepath.Join(examples, "smp2024"), filepath.Join(examples, "gopher-day")}
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
