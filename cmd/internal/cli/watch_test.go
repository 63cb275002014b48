package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// shared is a buffer that two goroutines may use.
type shared struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// await waits until the text has something in it as often as wanted.
func await(t *testing.T, s *shared, wanted string, times int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if strings.Count(s.String(), wanted) >= times {
			return
		}
	}
	t.Fatalf("%q did not come %d times in\n%s", wanted, times, s)
}

// TestWatch builds again after a change, a new file in a new folder and a removal,
// goes on after an error and ends with the context.
func TestWatch(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("notes/a.md", "# Tram Days 2025\n\n## Points and switches\n\nSpeaker: Ida Lund, Fjord Labs\n")
	ctx, stop := context.WithCancel(t.Context())
	var stdout, stderr shared
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{"build", "notes", "--watch", "--prune", "--store", "w.db"}, strings.NewReader(""), &stdout, &stderr)
	}()
	await(t, &stderr, "watching", 1)
	await(t, &stdout, "1 document added", 1)
	write("notes/a.md", "# Tram Days 2025\n\n## Rails as data\n\nSpeaker: Per Holm, Fjord Labs\n")
	await(t, &stdout, "1 document changed", 1)
	await(t, &stderr, "watching", 2)
	write("notes/new/b.md", "# Tram Days 2025\n\n## Noise\n\nSpeaker: Ann Bell, Fjord Labs\n")
	await(t, &stdout, "1 document added, 1 unchanged", 1)
	await(t, &stderr, "watching", 3)
	write("notes/a.md", "\x00\x01")
	await(t, &stderr, "notes/a.md: the file is not text", 1)
	await(t, &stderr, "watching", 4)
	if err := os.RemoveAll("notes/new"); err != nil {
		t.Fatal(err)
	}
	await(t, &stdout, "1 document removed", 1)
	await(t, &stderr, "watching", 5)
	write("notes/picture.png", "not notes")
	stop()
	if status := <-ended; status != statusDone {
		t.Errorf("status %d, stderr\n%s", status, &stderr)
	}
	if _, err := os.Stat("w.db"); err != nil {
		t.Error(err)
	}
}

// TestWatchNeedsFiles refuses what cannot change.
func TestWatchNeedsFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{{"build", "-", "--watch"}, {"build", ".", "--watch", "--store", "memory"}} {
		var stdout, stderr shared
		if status := Run(t.Context(), args, strings.NewReader("notes"), &stdout, &stderr); status != statusWrong {
			t.Errorf("%v: status %d, %s", args, status, &stderr)
		}
	}
}
