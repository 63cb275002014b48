package graphtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// testSharedSnapshot reads one snapshot from several goroutines.
func testSharedSnapshot(t *testing.T, s graph.Store) {
	part := samplePart("doc/a")
	put(t, s, part)
	model := NewModel(part)
	view(t, s, func(snapshot graph.Snapshot) {
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				if err := model.Compare(t.Context(), snapshot); err != nil {
					t.Error(err)
				}
			})
		}
		readers.Wait()
	})
}

// Versioned returns a document whose every node and edge carries a version, with
// names that another version does not have.
func Versioned(document string, version int) graph.Part {
	mark := fmt.Sprint(version)
	part := graph.Part{ID: document, Fingerprint: mark}
	const nodes = 20
	for i := range nodes {
		id := fmt.Sprintf("talk/%s-%02d", document, i)
		part.Nodes = append(part.Nodes, graph.Node{ID: id, Type: fact.Talk, Label: fmt.Sprintf("%s of %d", id, version%3),
			Props: map[string]string{"version": mark}})
		part.Edges = append(part.Edges, graph.Edge{Source: id, Predicate: fact.SuperEvent, Target: "event/" + document,
			Props: map[string]string{"version": mark}, Evidence: []fact.Evidence{{Document: document, Line: i + 1, Column: 1,
				Quote: "version " + mark, Extractor: "rules", Confidence: 1}}})
	}
	return part
}

// CheckVersions finds out whether a snapshot shows one version of each document
// only, and of doc/a, which must be written before doc/b, one as new as of the other.
func CheckVersions(ctx context.Context, s graph.Snapshot) error {
	versions := make([]int, 0, 2)
	for _, document := range []string{"doc/a", "doc/b"} {
		part, err := s.Part(ctx, document)
		if err != nil {
			return err
		}
		var version int
		if _, err := fmt.Sscan(part.Fingerprint, &version); err != nil {
			return fmt.Errorf("fingerprint of %s: %w", document, err)
		}
		versions = append(versions, version)
		want := Versioned(document, version)
		if err := differ("part", []graph.Part{part}, []graph.Part{want}, nil); err != nil {
			return fmt.Errorf("torn read: %w", err)
		}
		edges, err := s.Edges(ctx, "event/"+document, graph.In)
		if err := differ("edges", edges, want.Edges, err); err != nil {
			return fmt.Errorf("torn read: %w", err)
		}
		nodes, err := s.Nodes(ctx, []string{want.Nodes[0].ID, want.Nodes[1].ID})
		if err := differ("nodes", nodes, want.Nodes[:2], err); err != nil {
			return fmt.Errorf("torn read: %w", err)
		}
	}
	if versions[0] < versions[1] {
		return fmt.Errorf("version %d of the first document stands beside %d of the second", versions[0], versions[1])
	}
	return nil
}

// testReadersAndWriter reads all the time while two documents are replaced and
// a third comes and goes.
func testReadersAndWriter(t *testing.T, s graph.Store) {
	const rounds, readers = 20, 3
	put(t, s, Versioned("doc/a", 0), Versioned("doc/b", 0))
	done := make(chan struct{})
	var reading sync.WaitGroup
	for range readers {
		reading.Go(func() { readUntil(t, s, done) })
	}
	for version := 1; version <= rounds; version++ {
		a, b, c := Versioned("doc/a", version), Versioned("doc/b", version), Versioned("doc/c", version)
		changes := append(Changes(a, b, c), graph.Change{Remove: "doc/c"})
		if err := s.Apply(t.Context(), changes); err != nil {
			t.Errorf("Apply: %v", err)
			break
		}
	}
	close(done)
	reading.Wait()
	expect(t, s, NewModel(Versioned("doc/a", rounds), Versioned("doc/b", rounds)))
}

func readUntil(t *testing.T, s graph.Store, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		snapshot, err := s.Snapshot(t.Context())
		if err != nil {
			t.Errorf("Snapshot: %v", err)
			return
		}
		err = CheckVersions(t.Context(), snapshot)
		if closeErr := snapshot.Close(); err != nil || closeErr != nil {
			t.Errorf("read: %v, %v", err, closeErr)
			return
		}
	}
}
