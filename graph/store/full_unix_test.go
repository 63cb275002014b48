//go:build unix

package store_test

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// buildUntilFull builds until no file may grow any more, and prints why it ended. The
// store must stay usable for reading.
func buildUntilFull(s graph.Store) error {
	signal.Ignore(syscall.SIGXFSZ)
	const bytes = 4 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		return err
	}
	stored := 0
	failed := build(s, func(int) { stored++ })
	if failed == nil {
		return errors.New("the disk was not full")
	}
	snapshot, err := s.Snapshot(context.Background())
	if err != nil {
		return err
	}
	parts, err := snapshot.Parts(context.Background())
	if err := errors.Join(err, snapshot.Close()); err != nil {
		return err
	}
	if len(parts) < stored {
		return fmt.Errorf("%d documents are there, %d were reported", len(parts), stored)
	}
	for range stored {
		fmt.Println("stored")
	}
	fmt.Println("failed:", failed)
	return nil
}

// TestDiskFull has a build run into the end of the disk: the limit of file sizes stands
// in for it. The store must hold whole documents, and be completed when there is room.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	builder := start(t, "full", path)
	output := builder.rest(t)
	reported := strings.Count(output, "stored")
	_, reason, failed := strings.Cut(output, "failed: ")
	if !failed || !strings.Contains(reason, syscall.EFBIG.Error()) || reported == 0 {
		t.Fatalf("%d documents, then %q; want the error %q", reported, reason, syscall.EFBIG.Error())
	}
	t.Logf("%d documents, then %s", reported, reason)
	s := open(t, path, store.Options{Patience: -1})
	defer closeStore(t, s)
	checkWhole(t, s, reported)
	model := graphtest.NewModel()
	for i := range reported + 10 {
		model.Apply(graphtest.Changes(document(i)))
	}
	rerun(t, s, model)
}
