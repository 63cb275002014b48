package store_test

import (
	"path/filepath"
	"testing"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

func open(t *testing.T, name string, options store.Options) graph.Store {
	t.Helper()
	s, err := store.Open(t.Context(), name, options)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMemory(t *testing.T) {
	t.Parallel()
	graphtest.TestStore(t, func(t *testing.T) graph.Store { return open(t, store.Memory, store.Options{}) })
}

func TestFile(t *testing.T) {
	t.Parallel()
	graphtest.TestStore(t, func(t *testing.T) graph.Store {
		return open(t, filepath.Join(t.TempDir(), "talkgraph.db"), store.Options{})
	})
}
