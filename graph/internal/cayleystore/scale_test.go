//go:build unix

package cayleystore

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
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

// TestMain removes the stores of the benchmarks, or plays the process of one.
func TestMain(m *testing.M) {
	if talks, err := strconv.Atoi(os.Getenv(childTalks)); err == nil {
		if err := memoryChild(talks, os.Getenv(childStore)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	for _, folder := range benchFolders {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// benchStores keeps the filled stores from one benchmark to the next.
var (
	benchStores  = map[int]string{} // paths by talks
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

// documentsAtOnce is how many documents a store is given at a time here, so that the
// corpus need not be in memory.
const documentsAtOnce = 64

// load fills a store with a corpus. Only the store's part of it is measured.
func load(s graph.Store, talks int, w *stopwatch) error {
	for batch := range batches(graphtest.Corpus(corpusSeed, talks), documentsAtOnce) {
		w.start()
		if err := s.Apply(context.Background(), graphtest.Changes(batch...)); err != nil {
			return err
		}
		w.stop()
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

func openBench(b *testing.B, path string, readOnly bool) graph.Store {
	b.Helper()
	s, err := OpenFile(b.Context(), path, FileOptions{ReadOnly: readOnly})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkLoad loads a corpus into a file, which the benchmarks of reading then use;
// BenchmarkLoadCayleyBolt is its peer.
func BenchmarkLoad(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			benchmarkLoad(b, func(b *testing.B, w *stopwatch) (quads int64) {
				s := openBench(b, fillStore(b, size.talks, w), true)
				defer s.Close()
				quads, size := measure(b, s)
				b.ReportMetric(float64(size)/float64(quads), "B/quad")
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

// filledStore returns the path of a store with the corpus of a size.
func filledStore(b *testing.B, talks int) string {
	b.Helper()
	if path, there := benchStores[talks]; there {
		return path
	}
	return fillStore(b, talks, &stopwatch{})
}

// fillStore makes a store with the corpus of a size for filledStore.
func fillStore(b *testing.B, talks int, w *stopwatch) string {
	b.Helper()
	if before, there := benchStores[talks]; there {
		os.RemoveAll(filepath.Dir(before))
	}
	folder, err := os.MkdirTemp("", "scale")
	if err != nil {
		b.Fatal(err)
	}
	benchFolders = append(benchFolders, folder)
	path := filepath.Join(folder, "talkgraph.db")
	s := openBench(b, path, false)
	if err := errors.Join(load(s, talks, w), s.Close()); err != nil {
		b.Fatal(err)
	}
	b.Logf("loading took %v, and %v of the processors", w.elapsed, w.work)
	benchStores[talks] = path
	return path
}

// benchmarkRead runs a question on a snapshot of each size, each time with other
// random numbers.
func benchmarkRead(b *testing.B, ask func(*testing.B, graph.Snapshot, *rand.Rand, int)) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			s := openBench(b, filledStore(b, size.talks), true)
			defer s.Close()
			snapshot, err := s.Snapshot(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			defer snapshot.Close()
			random := rand.New(rand.NewPCG(1, 1))
			defer reportWork(b)()
			for b.Loop() {
				ask(b, snapshot, random, size.talks)
			}
		})
	}
}

// reportWork begins to measure the work of the processors, which does not depend on
// what else the machine does; the returned function reports it for each round.
func reportWork(b *testing.B) func() {
	before := processorTime()
	return func() {
		b.ReportMetric(float64((processorTime()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	}
}

// edges asks for the edges of a node.
func edges(b *testing.B, s graph.Snapshot, id string, d graph.Direction, p fact.Predicate) []graph.Edge {
	b.Helper()
	found, err := s.Edges(b.Context(), id, d, p)
	if err != nil {
		b.Fatal(err)
	}
	return found
}

// BenchmarkOneHop asks what a talk is about.
func BenchmarkOneHop(b *testing.B) {
	benchmarkRead(b, func(b *testing.B, s graph.Snapshot, random *rand.Rand, talks int) {
		if len(edges(b, s, randomTalk(random, talks), graph.Out, fact.About)) == 0 {
			b.Fatal("a talk about nothing")
		}
	})
}

// randomTalk returns the ID of a talk of a corpus.
func randomTalk(random *rand.Rand, talks int) string {
	number := random.IntN(talks)
	return graphtest.TalkID(number)
}

// BenchmarkWhoTalkedAbout asks who gave the talks about a concept or a narrower one:
// one of average size, with those below it.
func BenchmarkWhoTalkedAbout(b *testing.B) {
	benchmarkRead(b, func(b *testing.B, s graph.Snapshot, random *rand.Rand, _ int) {
		people := make(map[string]struct{})
		talks := make(map[string]struct{})
		narrower := []string{graphtest.ConceptID(100 + random.IntN(100))}
		for len(narrower) > 0 {
			concept := narrower[0]
			narrower = narrower[1:]
			for _, edge := range edges(b, s, concept, graph.In, fact.Broader) {
				narrower = append(narrower, edge.Source)
			}
			for _, edge := range edges(b, s, concept, graph.In, fact.About) {
				talks[edge.Source] = struct{}{}
			}
		}
		for talk := range talks {
			for _, edge := range edges(b, s, talk, graph.Out, fact.Performer) {
				people[edge.Target] = struct{}{}
			}
		}
		nodes, err := s.Nodes(b.Context(), slices.Collect(maps.Keys(people)))
		if err != nil || len(nodes) != len(people) || len(nodes) == 0 {
			b.Fatalf("%d people of %d: %v", len(nodes), len(people), err)
		}
		b.ReportMetric(float64(len(talks)), "talks")
	})
}

// BenchmarkOpen opens a store and asks for a node.
func BenchmarkOpen(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			path := filledStore(b, size.talks)
			defer reportWork(b)()
			for b.Loop() {
				s := openBench(b, path, true)
				snapshot, err := s.Snapshot(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if _, err := snapshot.Node(b.Context(), graphtest.TalkID(0)); err != nil {
					b.Fatal(err)
				}
				if err := errors.Join(snapshot.Close(), s.Close()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReplace replaces a document of 2,000 quads by one in which every passage
// stands a line lower, and back.
func BenchmarkReplace(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			s := openBench(b, filledStore(b, size.talks), false)
			defer s.Close()
			versions := [2][]graph.Change{replacement(1), replacement(2)}
			b.ReportMetric(float64(quadsOf(b, versions[0])), "quads")
			round := 0
			defer reportWork(b)()
			for b.Loop() {
				if err := s.Apply(b.Context(), versions[round%2]); err != nil {
					b.Fatal(err)
				}
				round++
			}
		})
	}
}

// replacement returns a document whose passages stand some lines lower.
func replacement(lower int) []graph.Change {
	for part := range graphtest.Corpus(corpusSeed+1, 36) {
		part.ID = "doc/replaced"
		for i := range part.Edges {
			for j := range part.Edges[i].Evidence {
				evidence := &part.Edges[i].Evidence[j]
				evidence.Line += lower
				if evidence.Extractor == fact.ExtractorRules {
					evidence.Document = part.ID
				}
			}
		}
		return []graph.Change{{Part: &part}}
	}
	return nil
}

func quadsOf(b *testing.B, changes []graph.Change) int {
	b.Helper()
	encoded, err := encodePart(*changes[0].Part)
	if err != nil {
		b.Fatal(err)
	}
	return len(encoded)
}

// BenchmarkAll reads the whole graph.
func BenchmarkAll(b *testing.B) {
	benchmarkRead(b, func(b *testing.B, s graph.Snapshot, _ *rand.Rand, _ int) {
		if _, err := s.All(b.Context()); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkMemory loads a store in a process of its own and asks questions in another,
// and reports the most memory that they took: all of it, and for the first without the
// pages of the store's file, which the system takes back when it needs them.
func BenchmarkMemory(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				path := filepath.Join(b.TempDir(), "talkgraph.db")
				resident, heap := runMemoryChild(b, size.talks, path)
				b.ReportMetric(resident, "MB-loading")
				b.ReportMetric(heap, "MB-loading-without-file")
				resident, _ = runMemoryChild(b, size.talks, path)
				b.ReportMetric(resident, "MB-asking")
			}
		})
	}
}

// runMemoryChild runs memoryChild in another process and returns what it prints.
func runMemoryChild(b *testing.B, talks int, path string) (resident, heap float64) {
	b.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childTalks+"="+strconv.Itoa(talks), childStore+"="+path)
	output, err := command.CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, output)
	}
	if _, err := fmt.Sscan(string(output), &resident, &heap); err != nil {
		b.Fatalf("%v: %s", err, output)
	}
	return resident, heap
}

// What tells this binary to play the process of BenchmarkMemory.
const (
	childTalks = "TALKGRAPH_TEST_TALKS"
	childStore = "TALKGRAPH_TEST_STORE"
)

// growthOfLargeBuilds is how much the heap may grow between two sweeps while the command
// build reads many notes, in percent.
const growthOfLargeBuilds = 40

// memoryChild loads a corpus, or asks questions when the store is there, and prints the
// memory in megabytes that it took.
func memoryChild(talks int, path string) error {
	debug.SetGCPercent(growthOfLargeBuilds)
	heap := 0.0
	if _, err := os.Stat(path); err != nil {
		s, err := OpenFile(context.Background(), path, FileOptions{})
		if err != nil {
			return err
		}
		for batch := range batches(graphtest.Corpus(corpusSeed, talks), 8) {
			if err := s.Apply(context.Background(), graphtest.Changes(batch...)); err != nil {
				return err
			}
			heap = max(heap, status("RssAnon"))
		}
		if err := s.Close(); err != nil {
			return err
		}
	} else if err := askAround(talks, path); err != nil {
		return err
	}
	fmt.Println(status("VmHWM"), heap)
	return nil
}

// askAround asks for the neighbours of many talks and concepts.
func askAround(talks int, path string) error {
	s, err := OpenFile(context.Background(), path, FileOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	snapshot, err := s.Snapshot(context.Background())
	if err != nil {
		return err
	}
	defer snapshot.Close()
	random := rand.New(rand.NewPCG(2, 2))
	for range 1000 {
		for _, id := range []string{graphtest.TalkID(random.IntN(talks)), graphtest.ConceptID(100 + random.IntN(900))} {
			if _, err := snapshot.Edges(context.Background(), id, graph.Both); err != nil {
				return err
			}
		}
	}
	return nil
}

// status returns a line of this process's status in megabytes, 0 where there is none.
func status(name string) float64 {
	content, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(content)) {
		value, found := strings.CutPrefix(line, name+":")
		if !found {
			continue
		}
		kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
		if err != nil {
			return 0
		}
		return kilobytes / 1024
	}
	return 0
}
