package cayleystore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime/metrics"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"

	"talkgraph/graph"
)

// Limits bound a query. A field that is 0 has the default of its constant.
type Limits struct {
	Time    time.Duration // from the start until the last result
	Results int           // further ones are not asked for
	Memory  int64         // bytes by which the process may grow meanwhile
}

// The default limits of a query.
const (
	DefaultQueryTime    = 10 * time.Second
	DefaultQueryResults = 1000
	DefaultQueryMemory  = 1 << 30
)

// Errors of queries.
var (
	errQueryTime   = errors.New("the query took longer than its time limit; ask for less or raise the limit")
	errQueryMemory = errors.New("the query took more memory than its limit; ask for less")
)

// quadStorer is a quadReader that Cayley's query languages can read.
type quadStorer interface {
	// quadStore returns Cayley's quad store; the reader closes it.
	quadStore() (cayley.QuadStore, error)
}

// quadStore implements quadStorer.
func (r *kvReader) quadStore() (cayley.QuadStore, error) { return planned{r.quads, r.view}, nil }

// Query runs a Gizmo query on a snapshot and yields each result as one JSON value.
// After an error there are no more. The prefixes schema, skos, prov, rdf, rdfs and tg
// stand for the namespaces of the store in g.IRI("schema:performer").
func Query(ctx context.Context, s graph.Snapshot, source string, limits Limits) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		if err := runQuery(ctx, s, source, limits, yield); err != nil {
			yield(nil, fmt.Errorf("query: %w", err))
		}
	}
}

func runQuery(ctx context.Context, s graph.Snapshot, source string, limits Limits, yield func(json.RawMessage, error) bool) error {
	own, ok := s.(*snapshot)
	if !ok {
		return fmt.Errorf("%T is no snapshot of a store", s)
	}
	reader, ok := own.reader.(quadStorer)
	if !ok {
		return errors.New("this kind of store cannot be queried")
	}
	quads, err := reader.quadStore()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, cmp.Or(limits.Time, DefaultQueryTime), errQueryTime)
	defer cancel()
	ctx, stop := watchMemory(ctx, cmp.Or(limits.Memory, DefaultQueryMemory))
	defer stop()
	session := gizmo.NewSession(quads)
	most := cmp.Or(limits.Results, DefaultQueryResults)
	results, err := session.Execute(ctx, prelude()+source, query.Options{Collation: query.JSON})
	if err != nil {
		return err
	}
	defer waitFor(results)
	for count := 0; count < most && results.Next(ctx); {
		value := results.Result()
		if value == nil {
			continue // the value of the last expression
		}
		text, err := plainJSON(value)
		if err != nil {
			return fmt.Errorf("result %d: %w", count+1, err)
		}
		if !yield(text, nil) {
			return nil
		}
		count++
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return results.Err()
}

// plainJSON writes a value on one line; the brackets of IRIs stay readable.
func plainJSON(value any) (json.RawMessage, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(text.Bytes()), err
}

// waitFor closes the results and waits until nothing reads the store any more.
func waitFor(results query.Iterator) {
	results.Close()
	for results.Next(context.Background()) {
		continue
	}
}

// prelude names the namespaces of the store. It has no line break, so that the lines
// in messages are those of the query.
func prelude() string {
	var b strings.Builder
	for _, namespace := range [][2]string{
		{"rdf", namespaceRDF}, {"rdfs", namespaceRDFS}, {"schema", namespaceSchema}, {"skos", namespaceSKOS},
		{"prov", namespaceProvenance}, {"tg", namespaceTalkgraph},
	} {
		fmt.Fprintf(&b, "g.addNamespace(%q, %q); ", namespace[0], namespace[1])
	}
	return b.String()
}

// memoryPoll is how often the growth of the process is looked at.
const memoryPoll = 20 * time.Millisecond

// watchMemory ends a context when the heap of the process grows by more than the
// limit: the JavaScript machine cannot be bounded itself. stop ends the watching.
func watchMemory(ctx context.Context, limit int64) (watched context.Context, stop func()) {
	watched, cancel := context.WithCancelCause(ctx)
	before := heapBytes()
	go func() {
		ticker := time.NewTicker(memoryPoll)
		defer ticker.Stop()
		for {
			select {
			case <-watched.Done():
				return
			case <-ticker.C:
				if heapBytes() > before+limit {
					cancel(errQueryMemory)
				}
			}
		}
	}()
	return watched, func() { cancel(nil) }
}

// heapBytes returns the bytes of objects on the heap, dead ones among them.
func heapBytes() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
