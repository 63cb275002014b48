package cayleystore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"

	"talkgraph/graph"
)

// ServerOptions say how a store on a database server is opened.
type ServerOptions struct {
	ReadOnly bool          // never makes tables
	Patience time.Duration // how long to wait for another process that makes the tables
}

// server is graph.Store on a database server, in the tables of Cayley's SQL backend.
// Any number of processes may write: each group of documents is one transaction,
// and one that meets another of the same document is done again.
//
// The tables are made by Cayley, and Cayley answers queries on them. What it does not
// do itself in version 0.7.7 is done here: loading in bulk, deleting by label,
// reading one state of the store, and telling counts from estimates.
type server struct {
	db       *sql.DB
	address  address
	readOnly bool
	writing  sync.Mutex // one Apply at a time

	openQuads func() (cayley.QuadStore, error) // Cayley's own store, opened once
	opened    bool                             // whether it was; guarded by writing
}

// OpenServer opens the store at the URL of a database: postgres://, cockroach:// or
// mysql://. A writer makes the tables when they are not there; a reader gets an error
// that is fs.ErrNotExist. No error tells the password of the URL.
func OpenServer(ctx context.Context, url string, options ServerOptions) (graph.Store, error) {
	address, err := parseAddress(url)
	if err != nil {
		return nil, err
	}
	s := &server{address: address, readOnly: options.ReadOnly}
	if s.db, err = address.dialect.open(ctx, address); err != nil {
		return nil, s.failed("open", err)
	}
	s.db.SetConnMaxIdleTime(time.Minute)
	if err := s.ready(ctx, options); err != nil {
		_ = s.db.Close()
		return nil, s.failed("open", err)
	}
	s.openQuads = sync.OnceValues(func() (cayley.QuadStore, error) {
		silenceCayley()
		return csql.New(address.dialect.cayleyType, address.source, nil)
	})
	return s, nil
}

// failed words an error of the server.
func (s *server) failed(what string, err error) error {
	if s.address.dialect.lost(err) {
		err = fmt.Errorf("%w; what was stored until then is whole: run the command again when the server is back", err)
	}
	return s.address.hide(fmt.Errorf("%s %s: %w", what, s.address.shown, err))
}

// ready finds the tables of the store, or makes them.
func (s *server) ready(ctx context.Context, options ServerOptions) error {
	if err := s.db.PingContext(ctx); err != nil {
		return err
	}
	state, err := s.tables(ctx)
	switch {
	case err != nil || state == tablesReady:
		return err
	case options.ReadOnly:
		return fmt.Errorf("the database holds no store; build it first: %w", fs.ErrNotExist)
	}
	return s.makeTables(ctx, options.Patience)
}

// tableState says how far the tables of a store are made.
type tableState uint8

const (
	tablesMissing tableState = iota
	tablesBegun              // Cayley's are there
	tablesReady
)

// markTable is made last: a store whose database has it is complete. The number is
// the version of all that the tables hold.
const markTable = "talkgraph_1"

func (s *server) tables(ctx context.Context) (tableState, error) {
	for _, step := range []struct {
		table string
		state tableState
	}{{markTable, tablesReady}, {"quads", tablesBegun}} {
		there, err := s.hasTable(ctx, step.table)
		if err != nil || there {
			return step.state, err
		}
	}
	return tablesMissing, nil
}

func (s *server) hasTable(ctx context.Context, name string) (bool, error) {
	var one int
	err := s.db.QueryRowContext(ctx, "SELECT 1 FROM "+name+" LIMIT 1").Scan(&one)
	switch {
	case err == nil, errors.Is(err, sql.ErrNoRows):
		return true, nil
	case s.address.dialect.noTable(err):
		return false, nil
	}
	return false, err
}

// makeTables has Cayley make its tables and adds what they lack. Another process may
// be at the same: it is waited for.
func (s *server) makeTables(ctx context.Context, patience time.Duration) error {
	silenceCayley()
	initErr := csql.Init(s.address.dialect.cayleyType, s.address.source, nil)
	for deadline := time.Now().Add(patience); initErr != nil; {
		state, err := s.tables(ctx)
		switch {
		case err != nil || state == tablesReady:
			return err
		case time.Now().Before(deadline):
		case state == tablesMissing:
			return fmt.Errorf("make tables: %w", initErr)
		default:
			initErr = s.checkAbandoned(ctx)
			if initErr != nil {
				return initErr
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPoll):
		}
	}
	for _, statement := range s.address.dialect.tuning() {
		if _, err := s.db.ExecContext(ctx, statement); err != nil && !s.address.dialect.already(err) {
			return fmt.Errorf("make tables: %w", err)
		}
	}
	return nil
}

// checkAbandoned tells tables that a process left half made from those of another
// program that uses Cayley.
func (s *server) checkAbandoned(ctx context.Context) error {
	var one int
	err := s.db.QueryRowContext(ctx, "SELECT 1 FROM quads LIMIT 1").Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.New("the database holds quads of another program; name another database")
}

// Snapshot implements graph.Store.
func (s *server) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	// Not bound to ctx: a snapshot lasts until it is closed.
	tx, err := s.db.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{Isolation: s.address.dialect.readIsolation, ReadOnly: true})
	if err != nil {
		return nil, s.failed("read", err)
	}
	// A transaction sees the state of its first reading.
	rows, err := tx.QueryContext(ctx, "SELECT horizon FROM quads LIMIT 1")
	if err == nil {
		err = rows.Close()
	}
	if err != nil {
		_ = tx.Rollback() // fails only with the connection, which ends the transaction as well
		return nil, s.failed("read", err)
	}
	return &snapshot{newServerReader(s, tx)}, nil
}

// Compact implements graph.Store. A database server gives back room by itself; it is
// told to count anew what the tables hold, for the plans of its queries.
func (s *server) Compact(ctx context.Context) error {
	statement := s.address.dialect.analyze
	if s.readOnly {
		return fmt.Errorf("compact %s: %w", s.address.shown, errReadOnly)
	}
	if statement == "" {
		return nil
	}
	if _, err := s.db.ExecContext(ctx, statement); err != nil {
		return s.failed("compact", err)
	}
	return nil
}

// Close implements graph.Store.
func (s *server) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	var err error
	if s.opened {
		if quads, openErr := s.openQuads(); openErr == nil {
			err = quads.Close()
		}
	}
	return errors.Join(err, s.db.Close())
}

// cayley returns Cayley's own store on the tables, for queries.
func (s *server) cayley() (cayley.QuadStore, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.opened = true
	quads, err := s.openQuads()
	if err != nil {
		return nil, s.failed("query", err)
	}
	return quads, nil
}
