package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"talkgraph/graph"
)

// Compact implements graph.Store. What is deleted leaves free room in the file, which is
// used again but not given back. When more than half of a file is free, what it holds is
// written anew beside it and takes its place. Snapshots keep what they read.
func (s *embedded) Compact(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.lost != nil {
		return s.lost
	}
	if err := s.dropWriter(); err != nil {
		return fmt.Errorf("compact store: %w", err)
	}
	if !s.shared.engine.mostlyFree() {
		return nil
	}
	from, err := s.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("compact store: %w", err)
	}
	next, err := s.rebuild(func(e engine) error { return copyLive(ctx, from, e) })
	if errors.Is(err, errReplaced) {
		s.lost = err
	}
	if err := errors.Join(err, from.Close()); err != nil {
		return fmt.Errorf("compact store: %w", err)
	}
	return s.swap(next)
}

// swap puts another engine in use.
func (s *embedded) swap(next engine) error {
	s.mu.Lock()
	old := s.shared
	s.shared = newShared(next)
	s.mu.Unlock()
	return old.letGo()
}

// copyLive fills an empty engine with the documents of a snapshot.
func copyLive(ctx context.Context, from graph.Snapshot, to engine) error {
	if err := initQuads(to); err != nil {
		return err
	}
	parts, err := from.Parts(ctx)
	if err != nil {
		return err
	}
	w, err := newWriter(to)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if err := w.copyPart(ctx, from.(*snapshot).reader, part.ID); err != nil {
			return errors.Join(err, w.close())
		}
	}
	return errors.Join(w.flush(), w.close())
}

// copyPart adds the quads of a document that the writer's engine does not have.
func (w *writer) copyPart(ctx context.Context, from quadReader, id string) error {
	quads, err := partQuads(ctx, from.match, id)
	if err != nil {
		return err
	}
	slices.SortFunc(quads, compareQuads)
	if err := w.steps(cayley.Add, quads); err != nil {
		return fmt.Errorf("copy document %q: %w", id, err)
	}
	w.buffer.keep()
	if w.pending += len(quads); w.pending < gatheredSize {
		return nil
	}
	return w.write()
}

// compareQuads orders quads by their text, so that a copy does not depend on the
// order in which an index has them.
func compareQuads(a, b quad.Quad) int {
	for _, direction := range quad.Directions {
		x, y := quad.StringOf(a.Get(direction)), quad.StringOf(b.Get(direction))
		if x != y {
			if x < y {
				return -1
			}
			return 1
		}
	}
	return 0
}
