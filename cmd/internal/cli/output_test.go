package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func text(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// names lists a folder, so that nothing temporary is left in it unseen.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return strings.Join(all, " ")
}

func TestWriteFileReplacesWhole(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "map.svg")
	p := &program{stdout: io.Discard}
	for _, want := range []string{"first", "second and longer"} {
		if err := p.writeFile(file, text(want)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, file); got != want {
			t.Errorf("content %q, want %q", got, want)
		}
	}
	if got := names(t, folder); got != "map.svg" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteFileLeavesTheOldOneOnFailure(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "map.svg")
	p := &program{stdout: io.Discard}
	if err := p.writeFile(file, text("good")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the drawing failed")
	err := p.writeFile(file, func(w io.Writer) error {
		_, _ = io.WriteString(w, strings.Repeat("half ", 100_000))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	if got := content(t, file); got != "good" {
		t.Errorf("the old file is gone: %.20q", got)
	}
	if got := names(t, folder); got != "map.svg" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteFileKeepsLinksAndPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and permissions are different there")
	}
	folder := t.TempDir()
	file, link := filepath.Join(folder, "real.svg"), filepath.Join(folder, "link.svg")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.svg", link); err != nil {
		t.Fatal(err)
	}
	p := &program{stdout: io.Discard}
	if err := p.writeFile(link, text("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became a file: %v %v", info, err)
	}
	info, err = os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions changed: %v %v", info, err)
	}
	if got := content(t, file); got != "new" {
		t.Errorf("content %q", got)
	}
}

func TestWriteFileErrorsAreOneLineWithAMend(t *testing.T) {
	folder := t.TempDir()
	p := &program{stdout: io.Discard}
	for name, want := range map[string]int{
		folder:                               statusWrong,
		filepath.Join(folder, "no", "a.svg"): statusOutside,
	} {
		err := p.writeFile(name, text("x"))
		f := describe(err)
		if f.status != want || !strings.Contains(f.Error(), name+": ") || f.mend == "" || strings.Contains(f.Error(), "\n") {
			t.Errorf("%s: %d %s", name, f.status, f.Error())
		}
	}
}

func TestWriteFileToFullDevice(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	p := &program{stdout: io.Discard}
	f := describe(p.writeFile("/dev/full", text("x")))
	if f.status != statusOutside || !strings.Contains(f.Error(), "disk is full") {
		t.Errorf("%d %s", f.status, f.Error())
	}
}

func TestWriteFileToStdout(t *testing.T) {
	var out bytes.Buffer
	if err := (&program{stdout: &out}).writeFile("-", text("x")); err != nil || out.String() != "x" {
		t.Errorf("%q %v", out.String(), err)
	}
}

func TestOneLine(t *testing.T) {
	if got := oneLine(" a\nb\x1b[31m\u0085c \r\n"); got != "a b [31m c" {
		t.Errorf("%q", got)
	}
}
