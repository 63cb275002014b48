package store_test

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// child is this binary as another process.
type child struct {
	command *exec.Cmd
	input   io.WriteCloser
	output  *bufio.Reader
	ended   bool
}

// start runs a child and waits until it has the store open.
func start(t *testing.T, mode, path string) *child {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childMode+"="+mode, childMode+"_STORE="+path)
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{command, input, bufio.NewReader(output), false}
	t.Cleanup(func() { c.kill() })
	if line, err := c.output.ReadString('\n'); err != nil || line != "open\n" {
		t.Fatalf("the other process did not open the store: %q, %v", line, err)
	}
	return c
}

// kill ends the child at once and returns what it still had written.
func (c *child) kill() string {
	if c.ended {
		return ""
	}
	c.ended = true
	_ = c.command.Process.Kill()
	rest, _ := io.ReadAll(c.output)
	_ = c.command.Wait()
	return string(rest)
}

// rest waits until the child ends by itself and returns what it writes.
func (c *child) rest(t *testing.T) string {
	t.Helper()
	c.ended = true
	output, err := io.ReadAll(c.output)
	if err := errors.Join(err, c.command.Wait()); err != nil {
		t.Fatal(err)
	}
	return string(output)
}

// wait waits until the child ends by itself.
func (c *child) wait() error {
	c.ended = true
	_, _ = io.Copy(io.Discard, c.output)
	return c.command.Wait()
}

func storePath(t *testing.T) string { return filepath.Join(t.TempDir(), "talkgraph.db") }

func closeStore(t *testing.T, s graph.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestSecondWriterIsToldTheHolder(t *testing.T) {
	path := storePath(t)
	holder := start(t, "hold", path)
	_, err := store.Open(t.Context(), path, store.Options{Patience: -1})
	if !errors.Is(err, graph.ErrLocked) || !strings.Contains(err.Error(), strconv.Itoa(holder.command.Process.Pid)) {
		t.Errorf("got %v, want ErrLocked and the process %d", err, holder.command.Process.Pid)
	}
	if err := holder.input.Close(); err != nil { // it closes the store
		t.Fatal(err)
	}
	closeStore(t, open(t, path, store.Options{Patience: time.Minute}))
	if _, err := os.Stat(path + ".lock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the lock file is still there: %v", err)
	}
}

func TestLockOfKilledWriterIsFree(t *testing.T) {
	path := storePath(t)
	start(t, "hold", path).kill()
	closeStore(t, open(t, path, store.Options{Patience: -1}))
}

func TestReadersBesideAWriter(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	s := open(t, path, store.Options{})
	first := graphtest.Changes(graphtest.Versioned("doc/a", 0), graphtest.Versioned("doc/b", 0))
	if err := s.Apply(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	// Held from before the writer begins until its states are long gone.
	reader := open(t, path, store.Options{ReadOnly: true})
	oldest, err := reader.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	writer := start(t, "versions", path)
	held, err := reader.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rounds := 60
	if *long {
		rounds = 5000
	}
	for range rounds {
		readVersions(t, reader)
	}
	for _, snapshot := range []graph.Snapshot{oldest, held} {
		if err := graphtest.CheckVersions(t.Context(), snapshot); err != nil {
			t.Errorf("a snapshot held for long: %v", err)
		}
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
	}
	writer.kill()
	readVersions(t, reader)
	closeStore(t, reader)
}

func readVersions(t *testing.T, s graph.Store) {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := graphtest.CheckVersions(t.Context(), snapshot); err != nil {
		t.Fatal(err)
	}
	if err := snapshot.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestKilledBuild ends a build at random moments. The store must open, hold whole
// documents, all that were reported among them, and let a second build complete.
func TestKilledBuild(t *testing.T) {
	t.Parallel()
	kills := 3
	if *long {
		kills = 50
	}
	random := rand.New(rand.NewPCG(1, 2))
	model := graphtest.NewModel()
	for i := range documents {
		model.Apply(graphtest.Changes(document(i)))
	}
	for n := range kills {
		path := storePath(t)
		builder := start(t, "build", path)
		time.Sleep(time.Duration(random.IntN(2500)) * time.Millisecond)
		reported := strings.Count(builder.kill(), "stored ")
		t.Logf("kill %d: %d documents reported", n, reported)
		s := open(t, path, store.Options{Patience: -1})
		checkWhole(t, s, reported)
		if n%10 == 0 {
			rerun(t, s, model)
		}
		closeStore(t, s)
	}
}

// TestKilledCompaction ends a process that compacts again and again, after its first
// round. Whatever it was at, the store must open and hold what was never removed, and
// what was not removed yet must be whole.
func TestKilledCompaction(t *testing.T) {
	t.Parallel()
	kills := 2
	if *long {
		kills = 50
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range kills {
		path := storePath(t)
		other := start(t, "compact", path)
		for range 2 { // what is stored, and one whole round
			if _, err := other.output.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Duration(random.IntN(500)) * time.Millisecond)
		other.kill()
		s := open(t, path, store.Options{Patience: -1})
		checkWhole(t, s, keptDocuments)
		if _, err := os.Stat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the unfinished file is still there: %v", err)
		}
		closeStore(t, s)
	}
}

// checkWhole finds out whether every document is one of the two contents that the
// build gives it, and the reported ones have the last.
func checkWhole(t *testing.T, s graph.Store, reported int) {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	infos, err := snapshot.Parts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(infos) < reported {
		t.Errorf("%d documents are there, %d were reported", len(infos), reported)
	}
	for _, info := range infos {
		i, err := strconv.Atoi(strings.TrimPrefix(info.ID, "doc/"))
		if err != nil {
			t.Fatal(err)
		}
		part, err := snapshot.Part(t.Context(), info.ID)
		if err != nil {
			t.Fatal(err)
		}
		whole := document(i)
		last := len(part.Edges) == len(whole.Edges) && len(part.Nodes) == len(whole.Nodes)
		first := len(part.Edges) == 1 && len(part.Nodes) == 0
		if !last && (!first || i < reported) {
			t.Errorf("%s has %d edges and %d nodes", info.ID, len(part.Edges), len(part.Nodes))
		}
	}
}

// rerun builds the rest and compares the store with the model.
func rerun(t *testing.T, s graph.Store, model graphtest.Model) {
	t.Helper()
	if err := s.Apply(t.Context(), graphtest.Changes(model.Parts()...)); err != nil {
		t.Fatal(err)
	}
	expectDocuments(t, s, model)
}
