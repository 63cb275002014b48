package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"

	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	server := startPostgreSQL(t)
	testDatabase(t, server)
	t.Run("Indexes", func(t *testing.T) { testIndexes(t, server) })
}

// testIndexes finds out that PostgreSQL can find quads in every direction without
// reading all of them: an index that leaves some quads out would not do.
func testIndexes(t *testing.T, server *dbServer) {
	closeStore(t, open(t, server.database(t), store.Options{}))
	db, err := server.connect(server.latest())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // which has the setting
	if _, err := db.Exec("SET enable_seqscan = off"); err != nil {
		t.Fatal(err)
	}
	for column, index := range map[string]string{"subject_hash": "subject_index", "object_hash": "ops_index", "label_hash": "label_index"} {
		plan := explain(t, db, "SELECT 1 FROM quads WHERE "+column+" = ANY('{a,b}'::bytea[])")
		if !strings.Contains(plan, index) {
			t.Errorf("%s: the plan is without %s\n%s", column, index, plan)
		}
	}
}

// explain returns how the server would answer a query.
func explain(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.Query("EXPLAIN " + query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}

func TestMariaDB(t *testing.T) {
	t.Parallel()
	testDatabase(t, startMariaDB(t))
}

// testDatabase runs all tests of a store on a database server.
func testDatabase(t *testing.T, server *dbServer) {
	t.Run("Conformance", func(t *testing.T) {
		graphtest.TestStore(t, func(t *testing.T) graph.Store {
			return open(t, server.database(t), store.Options{})
		})
	})
	for _, test := range []struct {
		name string
		run  func(*testing.T, *dbServer)
	}{
		{"ReaderNeedsAStore", testReaderNeedsTables},
		{"ReaderCannotWrite", testDatabaseReader},
		{"ForeignQuads", testForeignQuads},
		{"OpenedAtOnce", testOpenedAtOnce},
		{"SameDocumentAtOnce", testSameDocumentAtOnce},
		{"HalvesAtOnce", testHalvesAtOnce},
		{"Query", testDatabaseQuery},
		{"ServerKilled", testServerKilled},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, server) })
	}
}

func testReaderNeedsTables(t *testing.T, server *dbServer) {
	url := server.database(t)
	for range 2 {
		if _, err := store.Open(t.Context(), url, store.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want fs.ErrNotExist", err)
		}
	}
}

func testDatabaseReader(t *testing.T, server *dbServer) {
	url := server.database(t)
	s := open(t, url, store.Options{})
	defer closeStore(t, s)
	if err := s.Apply(t.Context(), graphtest.Changes(document(2))); err != nil {
		t.Fatal(err)
	}
	reader := open(t, url, store.Options{ReadOnly: true})
	defer closeStore(t, reader)
	if err := reader.Apply(t.Context(), graphtest.Changes(document(3))); err == nil {
		t.Error("Apply: no error")
	}
	if err := reader.Compact(t.Context()); err == nil {
		t.Error("Compact: no error")
	}
	expectDocuments(t, reader, graphtest.NewModel(document(2)))
}

// expectDocuments compares a store with a model.
func expectDocuments(t *testing.T, s graph.Store, model graphtest.Model) {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	compare(t, snapshot, model)
}

// testForeignQuads opens a database that another program keeps quads in.
func testForeignQuads(t *testing.T, server *dbServer) {
	url := server.database(t)
	closeStore(t, open(t, url, store.Options{}))
	database := server.latest()
	server.execute(t, database, "DROP TABLE talkgraph_1")
	closeStore(t, open(t, url, store.Options{Patience: -1})) // half made: completed
	server.execute(t, database, "DROP TABLE talkgraph_1")
	server.execute(t, database, "INSERT INTO quads (subject_hash, predicate_hash, object_hash) VALUES ('a', 'b', 'c')")
	_, err := store.Open(t.Context(), url, store.Options{Patience: -1})
	if err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("got %v, want an error about another program", err)
	}
}

// testOpenedAtOnce opens an empty database many times at once.
func testOpenedAtOnce(t *testing.T, server *dbServer) {
	url := server.database(t)
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			s, err := store.Open(t.Context(), url, store.Options{Patience: time.Minute})
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(s.Apply(t.Context(), graphtest.Changes(document(i))), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	s := open(t, url, store.Options{ReadOnly: true})
	defer closeStore(t, s)
	expectDocuments(t, s, graphtest.NewModel(document(0), document(1), document(2), document(3)))
}

// testSameDocumentAtOnce replaces the same documents from several stores. Whoever is
// last, each document must be one version of it.
func testSameDocumentAtOnce(t *testing.T, server *dbServer) {
	const rounds, stores = 10, 3
	url := server.database(t)
	var writers sync.WaitGroup
	for n := range stores {
		s := open(t, url, store.Options{})
		defer closeStore(t, s)
		writers.Go(func() {
			for round := range rounds {
				version := round*stores + n
				changes := graphtest.Changes(graphtest.Versioned("doc/a", version), graphtest.Versioned("doc/b", version))
				if round%5 == 4 {
					changes = append(changes, graph.Change{Remove: "doc/a"}, changes[0])
				}
				if err := s.Apply(t.Context(), changes); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	s := open(t, url, store.Options{})
	defer closeStore(t, s)
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	model := graphtest.NewModel()
	for _, id := range []string{"doc/a", "doc/b"} {
		part, err := snapshot.Part(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var version int
		if _, err := fmt.Sscan(part.Fingerprint, &version); err != nil {
			t.Fatal(err)
		}
		model.Apply(graphtest.Changes(graphtest.Versioned(id, version)))
	}
	compare(t, snapshot, model)
	empty(t, s, server)
}

// empty removes all documents and finds out that nothing stays behind.
func empty(t *testing.T, s graph.Store, server *dbServer) {
	t.Helper()
	if err := s.Apply(t.Context(), []graph.Change{{Remove: "doc/a"}, {Remove: "doc/b"}}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"quads", "nodes"} {
		if n := server.count(t, server.latest(), table); n > 0 {
			t.Errorf("%d rows stay behind in %s", n, table)
		}
	}
}

// testHalvesAtOnce has two processes build the halves of a corpus at once.
func testHalvesAtOnce(t *testing.T, server *dbServer) {
	url := server.database(t)
	halves := []*child{start(t, "even", url), start(t, "odd", url)}
	for _, half := range halves {
		if err := half.wait(); err != nil {
			t.Error(err)
		}
	}
	model := graphtest.NewModel()
	for i := range halfDocuments {
		model.Apply(graphtest.Changes(document(i)))
	}
	s := open(t, url, store.Options{ReadOnly: true})
	defer closeStore(t, s)
	expectDocuments(t, s, model)
}

func testDatabaseQuery(t *testing.T, server *dbServer) {
	s := open(t, server.database(t), store.Options{})
	defer closeStore(t, s)
	if err := s.Apply(t.Context(), graphtest.Changes(document(0))); err != nil {
		t.Fatal(err)
	}
	got, err := ask(t, s, `g.V("<concept/3>").in(g.IRI("schema:about")).out(g.IRI("schema:name")).all()`, store.Limits{})
	if err != nil || len(got) != 1 || got[0] != `{"id":"Talk 3"}` {
		t.Errorf("got %q, %v", got, err)
	}
}

// testServerKilled ends the server in the middle of a build. The store must hold whole
// documents, all that were stored among them, say what to do, and be completed by
// another run.
func testServerKilled(t *testing.T, server *dbServer) {
	url := server.database(t)
	model := graphtest.NewModel()
	s := open(t, url, store.Options{})
	go func() {
		time.Sleep(300 * time.Millisecond)
		server.kill()
	}()
	stored := 0
	var failed error
	for i := 0; failed == nil && i < documents; i++ {
		model.Apply(graphtest.Changes(document(i)))
		if failed = s.Apply(t.Context(), graphtest.Changes(document(i))); failed == nil {
			stored++
		}
	}
	if failed == nil || !strings.Contains(failed.Error(), "run the command again") {
		t.Errorf("after %d documents: got %v, want an error that says what to do", stored, failed)
	}
	_ = s.Close()
	if err := server.start(); err != nil {
		t.Fatal(err)
	}
	s = open(t, url, store.Options{})
	defer closeStore(t, s)
	checkWhole(t, s, stored)
	rerun(t, s, model)
}

// TestGalera has a cluster of three nodes take a build of which one node is killed in
// the middle. It takes a minute.
func TestGalera(t *testing.T) {
	if !*long {
		t.Skip("runs with -long")
	}
	cluster := startGalera(t, 3)
	t.Run("Conformance", func(t *testing.T) {
		graphtest.TestStore(t, func(t *testing.T) graph.Store {
			return open(t, cluster[0].database(t), store.Options{})
		})
	})
	t.Run("WritersOnTwoNodes", func(t *testing.T) {
		url := cluster[0].database(t)
		closeStore(t, open(t, url, store.Options{}))
		halves := []*child{start(t, "even", url), start(t, "odd", cluster[1].url(cluster[0].latest()))}
		for _, half := range halves {
			if err := half.wait(); err != nil {
				t.Error(err)
			}
		}
		model := graphtest.NewModel()
		for i := range halfDocuments {
			model.Apply(graphtest.Changes(document(i)))
		}
		expectOnNode(t, cluster[2], cluster[0].latest(), model)
	})
	t.Run("NodeKilled", func(t *testing.T) { testNodeKilled(t, cluster) })
}

// testNodeKilled ends the node that a build writes to. Another node must have all that
// was stored, and take the rest.
func testNodeKilled(t *testing.T, cluster []*dbServer) {
	s := open(t, cluster[0].database(t), store.Options{})
	database := cluster[0].latest()
	go func() {
		time.Sleep(time.Second)
		cluster[0].kill()
	}()
	stored := 0
	var failed error
	for i := 0; failed == nil && i < documents; i++ {
		if failed = s.Apply(t.Context(), graphtest.Changes(document(i))); failed == nil {
			stored++
		}
	}
	t.Logf("%d documents were stored, then: %v", stored, failed)
	if failed == nil || !strings.Contains(failed.Error(), "run the command again") {
		t.Errorf("got %v, want an error that says what to do", failed)
	}
	_ = s.Close()
	s = openPatiently(t, cluster[1].url(database))
	checkWhole(t, s, stored)
	model := graphtest.NewModel()
	for i := range stored + 5 {
		model.Apply(graphtest.Changes(document(i)))
	}
	rerun(t, s, model)
	closeStore(t, s)
	expectOnNode(t, cluster[2], database, model)
	if err := cluster[0].start(); err != nil {
		t.Fatal(err)
	}
	expectOnNode(t, cluster[0], database, model)
}

// openPatiently opens a store on a cluster that is about to find out that it lost a node.
func openPatiently(t *testing.T, url string) graph.Store {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		s, err := store.Open(t.Context(), url, store.Options{})
		if err == nil {
			return s
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// expectOnNode compares what a node of a cluster has with a model.
func expectOnNode(t *testing.T, node *dbServer, database string, model graphtest.Model) {
	t.Helper()
	s := openPatiently(t, node.url(database))
	defer closeStore(t, s)
	expectDocuments(t, s, model)
}

// TestPasswordStaysSecret looks for the password in what cannot be opened.
func TestPasswordStaysSecret(t *testing.T) {
	for _, url := range []string{
		"postgres://someone:s3cret-word@127.0.0.1:1/database",
		"postgres://someone:s3cret-word@127.0.0.1:1/",
		"postgres://someone:s3cret-word@/database?host=/nowhere",
		"postgres://127.0.0.1:1/database?password=s3cret-word",
		"postgres://someone:s3cret-word%zz@127.0.0.1/database",
		"postgres://someone:s3cret-word@127.0.0.1:port/database",
		"postgres://someone:s3cret-word@127.0.0.1:1/database?sslmode=s3cret-word",
		"cockroach://someone:s3cret-word@127.0.0.1:1/database",
		"mysql://someone:s3cret-word@127.0.0.1:1/database",
		"mysql://someone:s3cret-word@127.0.0.1:1/database?timeout=s3cret-word",
		"oracle://someone:s3cret-word@127.0.0.1:1/database",
		"://someone:s3cret-word@127.0.0.1",
	} {
		s, err := store.Open(t.Context(), url, store.Options{Patience: -1})
		if err == nil {
			closeStore(t, s)
			t.Errorf("%s: no error", url)
			continue
		}
		if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "s3cret-word") || strings.Contains(text, "\n") {
			t.Errorf("%s: the error is %q", url, text)
		}
	}
}
