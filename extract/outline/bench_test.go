package outline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

// concatenation joins the evaluation notes again and again to a note of a size in bytes.
func concatenation(t testing.TB, size int) []byte {
	t.Helper()
	files, err := filepath.Glob("../testdata/notes/open/*")
	if err != nil {
		t.Fatal(err)
	}
	var once bytes.Buffer
	for _, file := range files {
		if ext := filepath.Ext(file); ext != ".md" && ext != ".txt" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		once.Write(data)
		once.WriteString("\n\n")
	}
	return bytes.Repeat(once.Bytes(), max(1, size/once.Len()))
}

// BenchmarkRead measures the outline of a long note; its lines are read beforehand.
func BenchmarkRead(b *testing.B) {
	l := load(b)
	for _, size := range []struct {
		name  string
		bytes int
	}{{"1MB", 1 << 20}, {"2MB", 2 << 20}, {"10MB", 10 << 20}} {
		b.Run(size.name, func(b *testing.B) {
			data := concatenation(b, size.bytes)
			n, _, err := note.Read("note.md", "note.md", data)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				outline.Read(n, l)
			}
		})
	}
}
