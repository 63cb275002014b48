package curate

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"talkgraph/extract/resolve"
)

// written is a file as a user writes it.
const written = `# my decisions
same:      [[长上下文, long context]]      # one thing
# who is who
rename:
  候皓文: 侯皓文 # see the badge
drop: [茶歇]
`

func open(t *testing.T, content string) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corrections.yaml")
	if content != "" {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Open(path)
}

func content(t *testing.T, f *File) string {
	t.Helper()
	data, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAddKeepsWhatIsThere(t *testing.T) {
	f := open(t, written)
	for _, d := range []Decision{
		{Section: "same", Names: []string{"Mamba", "曼巴"}},
		{Section: "different", Names: []string{"ResNet", "RetNet"}},
		{Section: "rename", Names: []string{"候皓文"}, Value: "侯浩文"},
		{Section: "type", Names: []string{"yes"}, Value: "Concept"},
		{Section: "drop", Names: []string{"a: b # c"}},
	} {
		if err := f.Add(d); err != nil {
			t.Fatalf("%v: %v", d, err)
		}
	}
	got := content(t, f)
	for _, comment := range []string{"# my decisions", "# one thing", "# who is who", "# see the badge"} {
		if !strings.Contains(got, comment) {
			t.Errorf("the comment %q is lost:\n%s", comment, got)
		}
	}
	c, err := resolve.ReadCorrections("corrections.yaml", []byte(got))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case len(c.Same) != 2 || c.Same[1].Names[1] != "曼巴",
		len(c.Different) != 1 || c.Different[0].Names[0] != "ResNet",
		len(c.Rename) != 1 || c.Rename[0].Value != "侯浩文",
		len(c.Type) != 1 || c.Type[0].Name != "yes",
		len(c.Drop) != 2 || c.Drop[1].Name != "a: b # c":
		t.Errorf("read back: %+v", c)
	}
	info, err := os.Stat(f.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v; want those of before", info.Mode(), err)
	}
}

// TestAddSpeaksOfEntitiesByTheirFirstNames: what the page shows may already be a
// new name, which the file knows only after all else is done.
func TestAddSpeaksOfEntitiesByTheirFirstNames(t *testing.T) {
	f := open(t, "")
	for _, d := range []Decision{
		{Section: "rename", Names: []string{"A"}, Value: "B"},
		{Section: "rename", Names: []string{"B"}, Value: "C"},
		{Section: "same", Names: []string{"C", "D"}},
		{Section: "drop", Names: []string{"C"}},
	} {
		if err := f.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := content(t, f), "rename:\n  A: C\nsame:\n  - [A, D]\ndrop:\n  - A\n  - D\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestUndoGivesTheBytesBack(t *testing.T) {
	for _, before := range []string{written, ""} {
		f := open(t, before)
		for range 2 {
			if err := f.Add(Decision{Section: "drop", Names: []string{"x"}}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := f.Undo(); err != nil {
				t.Fatal(err)
			}
		}
		if before != "" && content(t, f) != before {
			t.Errorf("got %q, want %q", content(t, f), before)
		}
		if _, err := os.Stat(f.Path()); before == "" && err == nil {
			t.Error("the file is there, though it was not before")
		}
		if err := f.Undo(); !errors.Is(err, ErrNothing) {
			t.Errorf("one Undo too many: %v", err)
		}
	}
}

func TestUndoLeavesChangesByHand(t *testing.T) {
	f := open(t, written)
	if err := f.Add(Decision{Section: "drop", Names: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
	mine := content(t, f) + "type: {A: Concept}\n"
	if err := os.WriteFile(f.Path(), []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Undo(); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
	if content(t, f) != mine {
		t.Error("the file was changed")
	}
}

func TestAddRefusesWhatItCannotKeep(t *testing.T) {
	drop := Decision{Section: "drop", Names: []string{"x"}}
	for _, row := range []struct {
		content string
		d       Decision
	}{
		{"same: [", drop},
		{"- a\n- b\n", drop},
		{"drop: {a: b}\n", drop},
		{"rename: [a]\n", Decision{Section: "rename", Names: []string{"x"}, Value: "y"}},
		{written, Decision{Section: "drop", Names: []string{"a\nb"}}},
		{written, Decision{Section: "drop", Names: []string{"\xad"}}},
		{written, Decision{Section: "nonsense", Names: []string{"x"}}},
	} {
		f := open(t, row.content)
		if err := f.Add(row.d); err == nil {
			t.Errorf("%v into %q: no error", row.d, row.content)
		}
		if got := content(t, f); got != row.content {
			t.Errorf("%v: %q became %q", row.d, row.content, got)
		}
	}
}

// FuzzAdd: whatever the file and the name, what is written can be read back.
func FuzzAdd(f *testing.F) {
	f.Add(written, "x")
	f.Add("", "- : #")
	f.Fuzz(func(t *testing.T, before, name string) {
		after, err := with([]byte(before), Decision{Section: "drop", Names: []string{name}})
		if err != nil {
			return
		}
		c, err := resolve.ReadCorrections("f", after)
		if _, was := resolve.ReadCorrections("f", []byte(before)); was != nil {
			return
		}
		if err != nil {
			t.Fatalf("%q with %q became %q: %v", before, name, after, err)
		}
		if last := c.Drop[len(c.Drop)-1].Name; last != name {
			t.Fatalf("%q was written and read as %q", name, last)
		}
	})
}
