package extract

import (
	"os"
	"testing"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// BenchmarkDocument reads example notes, Chinese and English, and makes facts of
// them: lines, programme, people and concepts, from bytes on.
func BenchmarkDocument(b *testing.B) {
	l, err := lexicon.Load()
	if err != nil {
		b.Fatal(err)
	}
	paths := []string{"../examples/smp2024/notes.txt", "../examples/gopher-day/notes.md", "testdata/notes/open/systems-forum.txt"}
	texts, size := make([][]byte, len(paths)), 0
	for i, path := range paths {
		if texts[i], err = os.ReadFile(path); err != nil {
			b.Fatal(err)
		}
		size += len(texts[i])
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, path := range paths {
			n, _, err := note.Read(path, path, texts[i])
			if err != nil {
				b.Fatal(err)
			}
			if _, err := Document(b.Context(), n, Options{Lexicon: l}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
