package store_test

import (
	"testing"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/internal/servertest"
	"talkgraph/graph/store"
)

func TestPostgreSQL(t *testing.T) {
	server := servertest.PostgreSQL(t)
	t.Run("Conformance", func(t *testing.T) {
		graphtest.TestStore(t, func(t *testing.T) graph.Store {
			return open(t, server.Database(t), store.Options{})
		})
	})
}
