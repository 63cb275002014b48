package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// tree makes a folder with these files.
func tree(t *testing.T, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, file := range files {
		path := filepath.Join(root, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("notes"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestSourcesOfAFolder(t *testing.T) {
	root := tree(t, "b.md", "a.TXT", "deep/er/c.markdown", "picture.png", ".hidden.md", ".git/d.md", "talkgraph.yaml")
	found, err := (&program{}).sources([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range found {
		got = append(got, s.Name)
		if !strings.HasPrefix(s.Path, root) {
			t.Errorf("path %s is not as the user gave it", s.Path)
		}
	}
	if want := "a.TXT b.md deep/er/c.markdown"; strings.Join(got, " ") != want {
		t.Errorf("found %v, want %s", got, want)
	}
}

func TestSourcesNamesDoNotDependOnWhereTheFolderIs(t *testing.T) {
	root := tree(t, "day1/notes.md")
	for _, given := range []string{root, root + string(filepath.Separator), filepath.Join(root, "day1", "..")} {
		found, err := (&program{}).sources([]string{given})
		if err != nil || len(found) != 1 || found[0].Name != "day1/notes.md" {
			t.Errorf("%s: %v %v", given, found, err)
		}
	}
}

func TestSourcesThroughLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making links needs rights there")
	}
	root := tree(t, "real/notes.md")
	for link, target := range map[string]string{"folder": "real", "real/again.md": "notes.md", "real/round": "..", "real/dangling.md": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	found, err := (&program{}).sources([]string{filepath.Join(root, "folder")})
	if err != nil || len(found) != 2 || found[0].Name != "again.md" || found[1].Name != "notes.md" {
		t.Errorf("%v %v", found, err)
	}
}

func TestSourcesRefused(t *testing.T) {
	root := tree(t, "a/notes.md", "b/notes.md", "empty/picture.png")
	at := func(name string) string { return filepath.Join(root, name) }
	for want, given := range map[string][]string{
		"there is no such file or folder": {at("nowhere")},
		"holds no notes":                  {at("empty")},
		"would both be the document":      {at("a"), at("b")},
		"would both be the document ":     {at("a/notes.md"), at("b/notes.md")},
	} {
		_, err := (&program{}).sources(given)
		if f := describe(err); err == nil || f.status != statusWrong || !strings.Contains(f.message, want) || f.mend == "" {
			t.Errorf("%v: %v", given, err)
		}
	}
}

func TestSourcesOneFileTwice(t *testing.T) {
	root := tree(t, "notes.md")
	file := filepath.Join(root, "notes.md")
	if _, err := (&program{}).sources([]string{root, file}); err != nil {
		t.Error(err)
	}
}

func TestSourcesFromStdin(t *testing.T) {
	found, err := (&program{stdin: strings.NewReader("notes")}).sources([]string{"-"})
	if err != nil || len(found) != 1 || string(found[0].Data) != "notes" {
		t.Errorf("%v %v", found, err)
	}
	if _, err := (&program{stdin: strings.NewReader("")}).sources([]string{"-"}); describe(err).status != statusWrong {
		t.Errorf("empty stdin: %v", err)
	}
}
