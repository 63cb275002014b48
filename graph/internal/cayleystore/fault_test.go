package cayleystore

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
)

// faultyEngine fails to write now and then, as a full disk does.
type faultyEngine struct {
	engine
	fails func() error
}

func (e *faultyEngine) write(batch []entry) error {
	if err := e.fails(); err != nil {
		return fmt.Errorf("write batch: %w", err)
	}
	return e.engine.write(batch)
}

// mostlyFree has every Compact write the store anew.
func (e *faultyEngine) mostlyFree() bool { return true }

// faultyStores returns stores whose engines call fails before each writing.
func faultyStores(t *testing.T, fails func() error) map[string]*embedded {
	t.Helper()
	memory := newMemoryEngine()
	path := filepath.Join(t.TempDir(), "talkgraph.db")
	if err := createBolt(path, initQuads); err != nil {
		t.Fatal(err)
	}
	bolt, err := openBoltWriter(path)
	if err := errors.Join(err, initQuads(memory)); err != nil {
		t.Fatal(err)
	}
	stores := make(map[string]*embedded)
	for name, e := range map[string]engine{"memory": memory, "bolt": bolt} {
		rebuild := func(fill func(engine) error) (engine, error) {
			next := &faultyEngine{newMemoryEngine(), fails}
			return next, fill(next)
		}
		stores[name] = newEmbedded(&faultyEngine{e, fails}, rebuild, func() error { return nil })
	}
	return stores
}

// TestFailedWrites lets writing fail at random. What is stored then must be what the
// changes up to one of them make, and the store must go on.
func TestFailedWrites(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	failing := true
	failures := 0
	fails := func() error {
		if failing && random.IntN(3) == 0 {
			failures++
			return syscall.ENOSPC
		}
		return nil
	}
	for name, s := range faultyStores(t, fails) {
		t.Run(name, func(t *testing.T) {
			model := graphtest.NewModel()
			for range 60 {
				changes := randomChanges(random)
				err := s.Apply(t.Context(), changes)
				if err != nil && !errors.Is(err, syscall.ENOSPC) {
					t.Fatal(err)
				}
				if stored := storedPrefix(t, s, model, changes); stored < len(changes) && err == nil {
					t.Fatalf("%d of %d changes are stored, and no error", stored, len(changes))
				}
				if err := s.Compact(t.Context()); err != nil && !errors.Is(err, syscall.ENOSPC) {
					t.Fatal(err)
				}
			}
			if failures == 0 {
				t.Error("nothing failed")
			}
			failing = false
			defer func() { failing = true }()
			changes := randomChanges(random)
			if err := s.Apply(t.Context(), changes); err != nil {
				t.Error(err)
			}
			if stored := storedPrefix(t, s, model, changes); stored < len(changes) {
				t.Errorf("%d of %d changes are stored", stored, len(changes))
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// randomChanges returns changes of which some name the same document, so that they
// cannot be written at once.
func randomChanges(random *rand.Rand) []graph.Change {
	changes := make([]graph.Change, 1+random.IntN(5))
	for i := range changes {
		id := fmt.Sprintf("doc/%d", random.IntN(4))
		if random.IntN(4) == 0 {
			changes[i].Remove = id
			continue
		}
		part := graphtest.RandomPart(random, id)
		changes[i].Part = &part
	}
	return changes
}

// storedPrefix finds out up to which change the store has them, and applies those to
// the model.
func storedPrefix(t *testing.T, s graph.Store, model graphtest.Model, changes []graph.Change) int {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	// From the end: a change that changes nothing counts as stored.
	for stored := len(changes); stored >= 0; stored-- {
		candidate := graphtest.NewModel(model.Parts()...)
		candidate.Apply(changes[:stored])
		if candidate.Compare(t.Context(), snapshot) == nil {
			model.Apply(changes[:stored])
			return stored
		}
	}
	t.Fatalf("what is stored is none of the %d states", len(changes)+1)
	return 0
}
