package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// ask runs a query on a store of two documents.
func ask(t *testing.T, s graph.Store, source string, limits store.Limits) (results []string, failed error) {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	for result, err := range store.Query(t.Context(), snapshot, source, limits) {
		if err != nil {
			return results, err
		}
		results = append(results, string(result))
	}
	return results, nil
}

func queried(t *testing.T) graph.Store {
	t.Helper()
	s := open(t, store.Memory, store.Options{})
	t.Cleanup(func() { closeStore(t, s) })
	if err := s.Apply(t.Context(), graphtest.Changes(graphtest.Versioned("doc/a", 0), document(0))); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestQuery(t *testing.T) {
	s := queried(t)
	for _, test := range []struct {
		name, source string
		want         []string
	}{
		{"out", `g.V("<talk/0-003>").out(g.IRI("schema:about")).all()`, []string{`{"id":"<concept/3>"}`}},
		{"in", `g.V("<concept/3>").in(g.IRI("schema:about")).all()`, []string{`{"id":"<talk/0-003>"}`}},
		{"two hops", `g.V("<talk/0-000>").out(g.IRI("schema:about")).in(g.IRI("schema:about")).all()`,
			[]string{`{"id":"<talk/0-000>"}`, `{"id":"<talk/0-007>"}`}},
		{"tags", `g.V("<talk/0-002>").tag("t").out(g.IRI("schema:name")).all()`, []string{`{"id":"Talk 2","t":"<talk/0-002>"}`}},
		{"emit", `g.emit({a: [1, "x"]})`, []string{`{"a":[1,"x"]}`}},
		{"intersection", `g.V("<concept/0>").in(g.IRI("schema:about")).and(g.V().has(g.IRI("schema:name"), "Talk 7")).all()`,
			[]string{`{"id":"<talk/0-007>"}`}},
		{"nothing", `g.V("<talk/unknown>").out().all()`, nil},
	} {
		got, err := ask(t, s, test.source, store.Limits{})
		slices.Sort(got)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestQueryLimits(t *testing.T) {
	s := queried(t)
	got, err := ask(t, s, `g.V().all()`, store.Limits{Results: 3})
	if err != nil || len(got) != 3 {
		t.Errorf("got %d results, %v, want 3", len(got), err)
	}
	for _, test := range []struct{ source, want string }{
		{`while (true) {}`, "time limit"},
		{`while (true) { g.V().count() }`, "time limit"},
		{`g.V(`, "SyntaxError"},
		{"\n\nnothing.there()", ":3:"},
	} {
		if _, err := ask(t, s, test.source, store.Limits{Time: 100 * time.Millisecond}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %v, want an error with %q", test.source, err, test.want)
		}
	}
	if _, err := ask(t, s, `var a = []; while (true) { a.push(new Array(100000).join("x" + a.length)) }`,
		store.Limits{Memory: 32 << 20, Time: time.Minute}); err == nil || !strings.Contains(err.Error(), "memory") {
		t.Errorf("got %v, want the limit of memory", err)
	}
	if _, err := ask(t, s, `function f() { return f() } f()`, store.Limits{Memory: 32 << 20}); err == nil {
		t.Error("a recursion without end: no error")
	}
}
