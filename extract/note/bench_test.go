package note

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// BenchmarkRead reads text of two lengths: twice the text must take twice the time.
func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	for _, path := range []string{"../../examples/smp2024/notes.txt", "../../examples/gopher-day/notes.md"} {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(data)
	}
	for _, size := range []int{4 << 20, 8 << 20} {
		data := []byte(strings.Repeat(text.String(), size/text.Len()+1))
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Read("notes.md", "notes.md", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFind looks for all cues in one line that has none.
func BenchmarkFind(b *testing.B) {
	const line = "投机采样：小模型打草稿，大模型校对，快1.6到2倍, speculative decoding is 1.6 to 2 times faster"
	b.SetBytes(int64(len(line)))
	var hits []hit
	for b.Loop() {
		hits = allCues.phrases.find(line, hits[:0])
	}
}
