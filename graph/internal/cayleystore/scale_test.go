package cayleystore

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/kv/bolt" // the peer
	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/graphtest"
)

// long asks for the sizes that take minutes.
var long = flag.Bool("long", false, "benchmark 1 and 5 million quads as well")

// corpusSeed is that of every corpus here.
const corpusSeed = 5

// size is a corpus of a benchmark.
type size struct {
	name  string
	talks int // about 56 quads each
}

func sizes() []size {
	if *long {
		return []size{{"100k", 1_800}, {"1M", 18_000}, {"5M", 90_000}}
	}
	return []size{{"100k", 1_800}}
}

// TestMain removes the stores of the benchmarks.
func TestMain(m *testing.M) {
	code := m.Run()
	for _, folder := range benchFolders {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// benchStores keeps the filled stores from one benchmark to the next.
var (
	benchStores  = map[int]graph.Store{}
	benchFolders []string
)

// TestQuadsPerEdge keeps the graph small: an edge, its weight and properties and all
// its evidence are at most four quads on average.
func TestQuadsPerEdge(t *testing.T) {
	quads, edges := 0, 0
	for part := range graphtest.Corpus(corpusSeed, 1000) {
		encoded, err := encodePart(part)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range encoded {
			label, subject := q.Label.(quad.IRI), q.Subject.(quad.IRI)
			if isEvidence(label) || isEvidence(subject) || isEdgeNode(subject) {
				quads++
			}
		}
		edges += len(part.Edges)
	}
	perEdge := float64(quads) / float64(edges)
	t.Logf("%.2f quads for each of %d edges", perEdge, edges)
	if perEdge > 4 {
		t.Error("want at most 4")
	}
}

// TestCorpusIsValid finds out that a generated document can be stored and is what it
// was when it is read.
func TestCorpusIsValid(t *testing.T) {
	s, err := OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	parts := slices.Collect(graphtest.Corpus(corpusSeed, 200))
	if err := s.Apply(t.Context(), graphtest.Changes(parts...)); err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	if err := graphtest.NewModel(parts...).Compare(t.Context(), snapshot); err != nil {
		t.Error(err)
	}
}

// load fills a store with a corpus.
func load(s graph.Store, talks int) error {
	for batch := range batches(graphtest.Corpus(corpusSeed, talks), 16) {
		if err := s.Apply(context.Background(), graphtest.Changes(batch...)); err != nil {
			return err
		}
	}
	return nil
}

// batches groups documents as a build does.
func batches(parts iter.Seq[graph.Part], most int) iter.Seq[[]graph.Part] {
	return func(yield func([]graph.Part) bool) {
		var batch []graph.Part
		for part := range parts {
			if batch = append(batch, part); len(batch) < most {
				continue
			}
			if !yield(batch) {
				return
			}
			batch = nil
		}
		yield(batch)
	}
}

// generate makes a corpus beforehand, so that it is not measured.
func generate(talks int) []graph.Part { return slices.Collect(graphtest.Corpus(corpusSeed, talks)) }

func openBench(b *testing.B, path string, readOnly bool) graph.Store {
	b.Helper()
	s, err := OpenFile(b.Context(), path, FileOptions{ReadOnly: readOnly})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkLoad loads a corpus into a file; BenchmarkLoadCayleyBolt is its peer.
func BenchmarkLoad(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			parts := generate(size.talks)
			benchmarkLoad(b, func(b *testing.B, w *stopwatch) (quads int64) {
				s := openBench(b, filepath.Join(b.TempDir(), "talkgraph.db"), false)
				w.start()
				if err := s.Apply(b.Context(), graphtest.Changes(parts...)); err != nil {
					b.Fatal(err)
				}
				w.stop()
				quads, size := measure(b, s)
				b.ReportMetric(float64(size)/float64(quads), "B/quad")
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				return quads
			})
		})
	}
}

// BenchmarkLoadCayleyBolt loads the same quads with Cayley's own bulk load into its own
// bolt backend.
func BenchmarkLoadCayleyBolt(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			var quads []quad.Quad
			for part := range graphtest.Corpus(corpusSeed, size.talks) {
				encoded, err := encodePart(part)
				if err != nil {
					b.Fatal(err)
				}
				quads = append(quads, encoded...)
			}
			benchmarkLoad(b, func(b *testing.B, w *stopwatch) int64 {
				store := newCayleyBolt(b)
				w.start()
				writer, err := store.NewQuadWriter()
				if err != nil {
					b.Fatal(err)
				}
				if _, err := quad.CopyBatch(writer.(quad.BatchWriter), quad.NewReader(quads), quad.DefaultBatch); err != nil {
					b.Fatal(err)
				}
				if err := writer.Close(); err != nil {
					b.Fatal(err)
				}
				w.stop()
				if err := store.Close(); err != nil {
					b.Fatal(err)
				}
				return int64(len(quads))
			})
		})
	}
}

func newCayleyBolt(b *testing.B) cayley.QuadStore {
	b.Helper()
	folder := b.TempDir()
	if err := cayley.InitQuadStore("bolt", folder, nil); err != nil {
		b.Fatal(err)
	}
	store, err := cayley.NewQuadStore("bolt", folder, cayley.Options{"no_bloom": true})
	if err != nil {
		b.Fatal(err)
	}
	return store
}

// stopwatch measures time and the work of the processors.
type stopwatch struct {
	elapsed, work time.Duration
	since         time.Time
	before        time.Duration
}

func (w *stopwatch) start() { w.since, w.before = time.Now(), processorTime() }

func (w *stopwatch) stop() {
	w.elapsed += time.Since(w.since)
	w.work += processorTime() - w.before
}

// processorTime returns what this process has used of the processors.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// benchmarkLoad reports how fast quads are loaded, and how much work of a processor
// each takes, which does not depend on what else the machine does.
func benchmarkLoad(b *testing.B, load func(*testing.B, *stopwatch) (quads int64)) {
	var w stopwatch
	var quads int64
	for b.Loop() {
		quads += load(b, &w)
	}
	b.ReportMetric(float64(quads)/w.elapsed.Seconds(), "quads/s")
	b.ReportMetric(float64(w.work.Microseconds())/float64(quads), "cpu-µs/quad")
}

// measure returns the number of quads and the size of a store.
func measure(b *testing.B, s graph.Store) (quads, size int64) {
	b.Helper()
	view, err := s.Snapshot(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer view.Close()
	reader := view.(*snapshot).reader
	if quads, err = reader.count(b.Context()); err != nil {
		b.Fatal(err)
	}
	if size, err = reader.bytes(b.Context()); err != nil {
		b.Fatal(err)
	}
	return quads, size
}

var _ = bytes.MinRead
var _ = fmt.Sprint
var _ = strconv.Itoa
var _ sync.Mutex
var _ time.Duration
var _ = fact.Talk
