package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// filled makes a store of some documents and returns what its file holds.
func filled(t *testing.T, path string) (graphtest.Model, []byte) {
	t.Helper()
	s := open(t, path, store.Options{})
	parts := []graph.Part{document(0), document(1), graphtest.Versioned("doc/a", 1)}
	if err := s.Apply(t.Context(), graphtest.Changes(parts...)); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return graphtest.NewModel(parts...), content
}

func TestFileOutlastsItsStore(t *testing.T) {
	path := storePath(t)
	model, _ := filled(t, path)
	for _, readOnly := range []bool{false, true} {
		s := open(t, path, store.Options{ReadOnly: readOnly})
		snapshot, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := model.Compare(t.Context(), snapshot); err != nil {
			t.Error(err)
		}
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
		closeStore(t, s)
	}
}

func TestUnchangedWritesNothing(t *testing.T) {
	path := storePath(t)
	_, before := filled(t, path)
	past := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, store.Options{})
	if err := s.Apply(t.Context(), graphtest.Changes(document(1), document(0))); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) || !info.ModTime().Equal(past) {
		t.Errorf("the file was written: time %v, same bytes %v", info.ModTime(), bytes.Equal(before, after))
	}
}

func TestReaderNeedsAStore(t *testing.T) {
	path := storePath(t)
	if _, err := store.Open(t.Context(), path, store.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the reader made a store")
	}
}

func TestReaderCannotWrite(t *testing.T) {
	path := storePath(t)
	filled(t, path)
	s := open(t, path, store.Options{ReadOnly: true})
	defer closeStore(t, s)
	if err := s.Apply(t.Context(), graphtest.Changes(document(2))); err == nil {
		t.Error("Apply: no error")
	}
	if err := s.Compact(t.Context()); err == nil {
		t.Error("Compact: no error")
	}
}

func TestForeignFile(t *testing.T) {
	for name, content := range map[string][]byte{
		"empty":    {},
		"text":     []byte("Subject: notes of the meeting\n"),
		"zeros":    make([]byte, 1<<16),
		"database": otherDatabase(t),
	} {
		t.Run(name, func(t *testing.T) {
			path := storePath(t)
			expectDamaged(t, path, content)
		})
	}
}

// otherDatabase returns a bbolt file of another program.
func otherDatabase(t *testing.T) []byte {
	t.Helper()
	path := storePath(t)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// expectDamaged opens a file in both ways, and finds it as it was.
func expectDamaged(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false} {
		s, err := store.Open(t.Context(), path, store.Options{ReadOnly: readOnly, Patience: -1})
		if err == nil {
			closeStore(t, s)
		}
		if !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("read only %v: got %v, want ErrDamaged", readOnly, err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(content, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

func TestTruncatedFile(t *testing.T) {
	_, content := filled(t, storePath(t))
	content = bytes.TrimRight(content, "\x00") // what the file has grown ahead
	for _, fraction := range []int{2, 3, 10, 1000} {
		expectDamaged(t, storePath(t), content[:len(content)/fraction])
	}
}

// TestDamagedPages spoils one page in each of a few, in two ways; all of them with -long. What is read must be
// right or an error.
func TestDamagedPages(t *testing.T) {
	model, content := filled(t, storePath(t))
	path := storePath(t)
	const page = 4096
	step := 4 * page
	if *long {
		step = page
	}
	found := 0
	for at := 2 * page; at < len(content); at += step {
		for _, spoil := range []func([]byte){clearBytes, flipOne} {
			damaged := bytes.Clone(content)
			spoil(damaged[at : at+page])
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			switch err := readAll(t, path, model); {
			case errors.Is(err, graph.ErrDamaged):
				found++
			case err != nil:
				t.Errorf("page %d: %v", at/page, err)
			}
		}
	}
	if found < 3 {
		t.Errorf("damage was found %d times only", found)
	}
}

func clearBytes(page []byte) { clear(page) }

// flipOne changes one byte in the content of the page.
func flipOne(page []byte) { page[len(page)-1] ^= 0x20 }

// readAll compares a store with a model.
func readAll(t *testing.T, path string, model graphtest.Model) error {
	s, err := store.Open(t.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closeStore(t, s)
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		return err
	}
	return errors.Join(model.Compare(t.Context(), snapshot), snapshot.Close())
}

func TestCompactGivesBackRoom(t *testing.T) {
	path := storePath(t)
	s := open(t, path, store.Options{})
	defer closeStore(t, s)
	if err := s.Apply(t.Context(), graphtest.Changes(graphtest.Versioned("doc/a", 0), document(16))); err != nil {
		t.Fatal(err)
	}
	old, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for version := range 40 {
		if err := s.Apply(t.Context(), graphtest.Changes(graphtest.Versioned("doc/a", version))); err != nil {
			t.Fatal(err)
		}
	}
	before := size(t, path)
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := size(t, path); after > before/2 {
		t.Errorf("%d bytes, %d after compacting", before, after)
	}
	compare(t, old, graphtest.NewModel(graphtest.Versioned("doc/a", 0), document(16)))
	if err := s.Apply(t.Context(), graphtest.Changes(document(3))); err != nil {
		t.Fatal(err)
	}
	now, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	compare(t, now, graphtest.NewModel(graphtest.Versioned("doc/a", 39), document(16), document(3)))
}

// compare compares a snapshot with a model and closes it.
func compare(t *testing.T, s graph.Snapshot, model graphtest.Model) {
	t.Helper()
	if err := errors.Join(model.Compare(t.Context(), s), s.Close()); err != nil {
		t.Error(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
