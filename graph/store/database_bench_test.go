package store_test

import (
	"slices"
	"testing"
	"time"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// talksOfBenchmark make about 100,000 quads.
const talksOfBenchmark = 1800

// BenchmarkPostgreSQL loads a corpus into PostgreSQL, deletes and replaces a document
// of 2,000 quads there, and asks for edges.
func BenchmarkPostgreSQL(b *testing.B) { benchmarkDatabase(b, startPostgreSQL(b)) }

// BenchmarkMariaDB does so with MariaDB.
func BenchmarkMariaDB(b *testing.B) { benchmarkDatabase(b, startMariaDB(b)) }

func benchmarkDatabase(b *testing.B, server *dbServer) {
	parts := slices.Collect(graphtest.Corpus(5, talksOfBenchmark))
	var s graph.Store
	outer := b // closes the store at its end
	b.Run("Load", func(b *testing.B) {
		var elapsed time.Duration
		var quads int64
		for b.Loop() {
			s = openBench(outer, server.database(b))
			since := time.Now()
			apply(b, s, graphtest.Changes(parts...))
			elapsed += time.Since(since)
			quads += countQuads(b, s)
		}
		b.ReportMetric(float64(quads)/elapsed.Seconds(), "quads/s")
	})
	if s == nil {
		s = openBench(b, server.database(b))
		apply(b, s, graphtest.Changes(parts...))
	}
	if err := s.Compact(b.Context()); err != nil {
		b.Fatal(err)
	}
	before := countQuads(b, s)
	small := smallDocument()
	b.Run("Delete", func(b *testing.B) {
		var elapsed time.Duration
		for b.Loop() {
			apply(b, s, small)
			quads := countQuads(b, s) - before
			since := time.Now()
			apply(b, s, []graph.Change{{Remove: small[0].Part.ID}})
			elapsed += time.Since(since)
			b.ReportMetric(float64(quads), "quads")
		}
		b.ReportMetric(float64(elapsed.Milliseconds())/float64(b.N), "ms/delete")
	})
	b.Run("OneHop", func(b *testing.B) {
		snapshot, err := s.Snapshot(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		defer snapshot.Close()
		talk := 0
		for b.Loop() {
			talk = (talk + 77) % talksOfBenchmark
			edges, err := snapshot.Edges(b.Context(), graphtest.TalkID(talk), graph.Out, fact.About)
			if err != nil || len(edges) == 0 {
				b.Fatalf("%d edges: %v", len(edges), err)
			}
		}
	})
}

// smallDocument returns a document of about 2,000 quads that is none of the corpus.
func smallDocument() []graph.Change {
	for part := range graphtest.Corpus(6, 36) {
		part.ID = "doc/small"
		return graphtest.Changes(part)
	}
	return nil
}

func openBench(b *testing.B, url string) graph.Store {
	b.Helper()
	s, err := store.Open(b.Context(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func apply(b *testing.B, s graph.Store, changes []graph.Change) {
	b.Helper()
	if err := s.Apply(b.Context(), changes); err != nil {
		b.Fatal(err)
	}
}

func countQuads(b *testing.B, s graph.Store) int64 {
	b.Helper()
	snapshot, err := s.Snapshot(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer snapshot.Close()
	stats, err := snapshot.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return stats.Quads
}
