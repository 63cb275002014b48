package cache_test

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"talkgraph/extract/llm/cache"
)

func files(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAnswersComeBack(t *testing.T) {
	f := cache.Open(filepath.Join(t.TempDir(), "made", "later"))
	key := cache.Key("a", "b")
	if _, ok, err := f.Get(key); ok || err != nil {
		t.Fatalf("an empty folder has an answer: %v %v", ok, err)
	}
	want := cache.Entry{Model: "m", Title: "投机采样", Outcome: "answer", Text: "{\"a\": \"<b>\"}", Prompt: 3, Completion: 4}
	if err := f.Put(key, want); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := f.Get(key); !ok || err != nil || got != want {
		t.Errorf("got %+v %v %v, want %+v", got, ok, err, want)
	}
}

func TestKeysTellPartsApart(t *testing.T) {
	if cache.Key("ab", "c") == cache.Key("a", "bc") {
		t.Error("the border between parts does not count")
	}
}

// TestDamage cuts, changes and empties a file at every place: it then counts as missing.
func TestDamage(t *testing.T) {
	folder := t.TempDir()
	f := cache.Open(folder)
	key := cache.Key("x")
	if err := f.Put(key, cache.Entry{Text: "answer", Outcome: "answer"}); err != nil {
		t.Fatal(err)
	}
	name := files(t, folder)[0]
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := range len(whole) - 2 {
		if err := os.WriteFile(name, whole[:at], 0o600); err != nil {
			t.Fatal(err)
		}
		if e, ok, _ := f.Get(key); ok {
			t.Fatalf("cut after %d bytes it still answers %+v", at, e)
		}
	}
	other := []byte(string(whole))
	for i := range other {
		if string(other[i:min(i+6, len(other))]) == "answer" {
			other[i] = 'b'
		}
	}
	if err := os.WriteFile(name, other, 0o600); err != nil {
		t.Fatal(err)
	}
	if e, ok, _ := f.Get(key); ok {
		t.Errorf("changed, it still answers %+v", e)
	}
	if err := f.Put(key, cache.Entry{Text: "new"}); err != nil {
		t.Fatal(err)
	}
	if e, ok, _ := f.Get(key); !ok || e.Text != "new" {
		t.Error("a damaged file is not replaced")
	}
}

// TestManyWriters has several writers and readers at one answer: whoever reads sees a whole one.
func TestManyWriters(t *testing.T) {
	folder := t.TempDir()
	key := cache.Key("shared")
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			f := cache.Open(folder)
			for i := range 20 {
				text := strconv.Itoa(w * i)
				if err := f.Put(key, cache.Entry{Text: text, Title: text}); err != nil {
					t.Error(err)
				}
				if e, ok, err := f.Get(key); !ok || err != nil || e.Text != e.Title {
					t.Errorf("read %+v %v %v", e, ok, err)
				}
			}
		})
	}
	group.Wait()
	if left := files(t, folder); len(left) != 1 {
		t.Errorf("files left behind: %v", left)
	}
}
