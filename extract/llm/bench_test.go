package llm_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/llmtest"
	"talkgraph/extract/note"
)

// conference makes a note of many talks, and its talks.
func conference(t testing.TB, first, count int) (*note.Note, []llm.Talk) {
	t.Helper()
	var b strings.Builder
	talks := make([]llm.Talk, count)
	for i := range talks {
		fmt.Fprintf(&b, "Talk %d\nOak pruning improves sapling survival in year %d.\n", first+i, first+i)
		talks[i] = llm.Talk{Title: fmt.Sprint("Talk ", first+i), Lines: []int{2 * i, 2*i + 1}}
	}
	n, _, err := note.Read("many.txt", "many.txt", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return n, talks
}

const short = `{"entities":[{"id":"e1","type":"Concept","name":"Oak pruning","aliases":[]}],"relations":[]}`

// plain is a service that answers always the same and keeps nothing.
func plain(t testing.TB, thinks time.Duration, text string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(thinks)
		llmtest.Answer(w, text)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// latency is how long the service of the benchmark thinks.
const latency = 50 * time.Millisecond

// BenchmarkThroughput asks about 1,000 pieces at 8 a time, with a cache, and
// compares with the time in which the service could have answered.
func BenchmarkThroughput(b *testing.B) {
	const count, concurrency = 1000, 8
	url := plain(b, latency, short)
	n, talks := conference(b, 0, count)
	for b.Loop() {
		r, err := llm.New(llm.Options{Model: "m", Concurrency: concurrency, Cache: b.TempDir(), Client: client.Options{BaseURL: url}})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if _, err := r.Read(b.Context(), n, talks, nil, nameless{}); err != nil {
			b.Fatal(err)
		}
		ideal := latency * count / concurrency
		b.ReportMetric(100*float64(ideal)/float64(time.Since(began)), "%ideal")
	}
}

// TestMemory holds that what a reader keeps does not grow with what it has read.
func TestMemory(t *testing.T) {
	url := plain(t, 0, short+strings.Repeat(" ", 20<<10))
	r, err := llm.New(llm.Options{Model: "m", Concurrency: 4, Cache: t.TempDir(), Client: client.Options{BaseURL: url}})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	read := func(notes int) uint64 {
		for range notes {
			n, talks := conference(t, seen, 20)
			seen += 20
			if _, err := r.Read(t.Context(), n, talks, nil, nameless{}); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	few, many := read(3), read(60)
	if many > few+4<<20 {
		t.Errorf("%d kB in use after 3 notes, %d kB after 60 more", few>>10, many>>10)
	}
}
