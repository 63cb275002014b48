package store

import (
	"context"
	"encoding/json"
	"iter"

	"talkgraph/graph"
	"talkgraph/graph/internal/cayleystore"
)

// Limits bound a query. A field that is 0 has its default: 10 seconds, 1000 results,
// 1 GiB by which the process may grow.
type Limits = cayleystore.Limits

// Query runs a Gizmo query, Cayley's JavaScript language, on a snapshot and yields
// each result as one JSON value. When a limit of time or memory is reached, or the
// query is wrong, the last thing that it yields is an error. More results than the
// limit are left out without one.
func Query(ctx context.Context, s graph.Snapshot, source string, limits Limits) iter.Seq2[json.RawMessage, error] {
	return cayleystore.Query(ctx, s, source, limits)
}
