package cayleystore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"syscall"

	csql "github.com/cayleygraph/cayley/graph/sql"
)

// nodeHash is the name of a value in Cayley's tables.
type nodeHash = csql.NodeHash

// quadRow is a quad as the tables have it: the hashes of subject, predicate, object
// and label.
type quadRow [4]nodeHash

// nodeKind says in which columns of the table of values a value stands.
type nodeKind uint8

const (
	kindStored     nodeKind = iota // any; it is in the table already
	kindIRI                        // value_string, iri
	kindString                     // value_string
	kindLangString                 // value_string, language
	kindFloat                      // value_float
)

// nodeKinds lists the kinds in the order in which they are written.
func nodeKinds() []nodeKind {
	return []nodeKind{kindStored, kindIRI, kindString, kindLangString, kindFloat}
}

// nodeChange adds to the references of a value.
type nodeChange struct {
	hash     nodeHash
	refs     int // may be negative
	text     string
	language string
	number   float64
}

// dialect is what one kind of database server does in its own way.
type dialect struct {
	name          string
	cayleyType    string // as Cayley has it registered
	readIsolation sql.IsolationLevel
	analyze       string // statement that counts anew what the tables hold; may be empty
	sizeQuery     string // of the tables, in bytes; may be empty
	source        func(*url.URL) (string, error)
	open          func(context.Context, address) (*sql.DB, error)
	tuning        func() []string // what is done after Cayley made its tables, the mark last

	// among returns the condition that a column has one of the values, whose first
	// placeholder has this number, and its arguments.
	among func(column string, first int, hashes []nodeHash) (string, []any)

	// change adds to the references of values, in this order; those that are not there
	// are added.
	change func(ctx context.Context, tx *sql.Tx, kind nodeKind, changes []nodeChange) error

	// insert adds quads.
	insert func(ctx context.Context, tx *sql.Tx, quads []quadRow) error

	noTable  func(error) bool // whether an error says that a table is not there
	already  func(error) bool // whether an error says that what is to be made or dropped is so already
	shutDown func(error) bool // whether an error says that the server ends or is not ready
	conflict func(error) bool // whether an error comes from another writer, so that doing it again helps
}

// dialectOf returns the dialect of a URL's scheme.
func dialectOf(scheme string) (dialect, error) {
	switch scheme {
	case "postgres", "postgresql":
		return postgresDialect(), nil
	case "cockroach":
		return cockroachDialect(), nil
	case "mysql":
		return mysqlDialect(), nil
	default:
		return dialect{}, fmt.Errorf("unknown kind of database %q; use postgres://, cockroach:// or mysql://", scheme)
	}
}

// lost reports whether an error says that the connection to the server broke or could
// not be made.
func (d dialect) lost(err error) bool {
	var network *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.As(err, &network) || d.shutDown(err)
}
