package ask_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// words is the built-in lexicon.
var words = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load() })

func lexiconOf(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := words()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// notesIn reads the graph of some files or folders into memory.
func notesIn(t testing.TB, paths ...string) graph.Snapshot {
	t.Helper()
	var documents []fact.Facts
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !slices.Contains([]string{".md", ".txt"}, filepath.Ext(path)) {
				return err
			}
			documents = append(documents, factsOf(t, path, filepath.ToSlash(path)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var changes []graph.Change
	for _, d := range resolve.Resolve(documents, nil, lexiconOf(t)).Documents {
		changes = append(changes, graph.Change{Part: partOf(d)})
	}
	return snapshotOf(t, changes)
}

func factsOf(t testing.TB, path, name string) fact.Facts {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n, _, err := note.Read(path, name, data)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := extract.Document(t.Context(), n, extract.Options{Lexicon: lexiconOf(t)})
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func partOf(d fact.Facts) *graph.Part {
	nodes := append([]graph.Node{d.Document}, d.Entities...)
	slices.SortStableFunc(nodes, fact.CompareEntities)
	nodes = slices.CompactFunc(nodes, func(a, b graph.Node) bool { return a.ID == b.ID })
	edges := slices.Clone(d.Relations)
	slices.SortStableFunc(edges, fact.CompareRelations)
	return &graph.Part{ID: d.Document.ID, Source: strings.TrimPrefix(d.Document.ID, "doc/"), Fingerprint: "test", Nodes: nodes, Edges: edges}
}

func snapshotOf(t testing.TB, changes []graph.Change) graph.Snapshot {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return snapshot
}

// thesaurus is the lexicon as questions use it.
type thesaurus struct{ words *lexicon.Lexicon }

func (t thesaurus) Named(name string) []string {
	var ids []string
	for _, c := range t.words.FindConcepts(name) {
		ids = append(ids, c.ID)
	}
	if o := t.words.OrganizationNamed(name); o != nil {
		ids = append(ids, o.ID)
	}
	return ids
}

func (t thesaurus) Names(id string) []string {
	var names []string
	if c := t.words.Concept(id); c != nil {
		for _, n := range c.Names {
			names = append(names, n.Text)
		}
	}
	return names
}

func (t thesaurus) Narrower(id string) []string {
	return t.words.Narrower(id)
}
