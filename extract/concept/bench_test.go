package concept

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// benchmarkSize is how much text BenchmarkExtract reads, in bytes.
const benchmarkSize = 10 << 20

// BenchmarkExtract finds the concepts of example notes, Chinese and English, that
// are repeated until they fill 10 MB in one document, each copy a talk of its own.
func BenchmarkExtract(b *testing.B) {
	l, err := lexicon.Load()
	if err != nil {
		b.Fatal(err)
	}
	n, scopes := concatenation(b)
	b.SetBytes(benchmarkSize)
	b.ReportAllocs()
	for b.Loop() {
		Extract(n, scopes, l, Options{})
	}
}

// concatenation repeats the example notes in one document.
func concatenation(b *testing.B) (*note.Note, []Scope) {
	b.Helper()
	var text []byte
	for _, path := range []string{"../../examples/smp2024/notes.txt", "../../examples/gopher-day/notes.md", "../testdata/notes/open/systems-forum.txt"} {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		text = append(append(text, data...), '\n')
	}
	once, _, err := note.Read("notes.txt", "notes.txt", text)
	if err != nil {
		b.Fatal(err)
	}
	n, _, err := note.Read("notes.txt", "notes.txt", bytes.Repeat(text, benchmarkSize/len(text)+1)[:benchmarkSize])
	if err != nil {
		b.Fatal(err)
	}
	var scopes []Scope
	for start := 0; start < len(n.Lines); start += len(once.Lines) {
		s := Scope{ID: fmt.Sprintf("talk/%d", len(scopes)), Title: Passage{Line: -1}, Language: "mixed"}
		for i := start; i < min(start+len(once.Lines), len(n.Lines)); i++ {
			s.Lines = append(s.Lines, i)
		}
		scopes = append(scopes, s)
	}
	return n, scopes
}
