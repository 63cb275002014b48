package lexicon

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// conceptFiles lists the concept files in the sources.
func conceptFiles(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("concepts/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no concept files: %v", err)
	}
	slices.Sort(names)
	return names
}

// TestArchive holds that the archive in the program is that of the files.
func TestArchive(t *testing.T) {
	files, err := archivedFiles(conceptArchive)
	if err != nil {
		t.Fatal(err)
	}
	names := conceptFiles(t)
	if len(files) != len(names) {
		t.Fatalf("%d files in the archive, %d in the folder: run go generate ./extract/lexicon", len(files), len(names))
	}
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if files[i].name != filepath.ToSlash(name) || files[i].text() != string(data) {
			t.Errorf("%s is not what the archive has: run go generate ./extract/lexicon", name)
		}
	}
	if _, err := archivedFiles(conceptArchive[:len(conceptArchive)/2]); err == nil {
		t.Error("half an archive is taken")
	}
}

// pack makes the archive of files. The same files give the same bytes.
func pack(names []string) ([]byte, error) {
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: filepath.ToSlash(name), Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return archive.Bytes(), err
}
