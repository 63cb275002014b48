package cayleystore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	cayleymysql "github.com/cayleygraph/cayley/graph/sql/mysql"
	"github.com/go-sql-driver/mysql"
)

// mysqlDialect speaks to MySQL, MariaDB and Galera clusters through Cayley's backend.
func mysqlDialect() dialect {
	return dialect{
		name:          "mysql",
		cayleyType:    cayleymysql.Type,
		readIsolation: sql.LevelRepeatableRead,
		sizeQuery: "SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables" +
			" WHERE table_schema = DATABASE() AND table_name IN ('nodes', 'quads')",
		source:   mysqlSource,
		open:     openMySQL,
		tuning:   mysqlTuning,
		among:    amongList,
		change:   changeMySQL,
		insert:   insertMySQL,
		noTable:  func(err error) bool { return mysqlNumber(err) == 1146 },
		already:  func(err error) bool { return slices.Contains([]uint16{1061, 1091}, mysqlNumber(err)) },
		shutDown: mysqlShutDown,
		// The same quad twice, a lock that took too long, a deadlock, which is also what a
		// cluster calls a transaction that met another one's.
		conflict: func(err error) bool {
			return slices.Contains([]uint16{1062, 1205, 1213, 1020}, mysqlNumber(err))
		},
	}
}

func mysqlShutDown(err error) bool {
	return errors.Is(err, mysql.ErrInvalidConn) ||
		slices.Contains([]uint16{1047, 1053, 1077, 1080, 1317, 1927}, mysqlNumber(err))
}

// mysqlSource writes a URL as the driver wants it. The parameter socket names a Unix
// socket; the others are the driver's own.
func mysqlSource(parsed *url.URL) (string, error) {
	parameters := parsed.Query()
	socket := parameters.Get("socket")
	parameters.Del("socket")
	c, err := mysql.ParseDSN("/?" + parameters.Encode())
	if err != nil {
		return "", fmt.Errorf("open %s: a parameter cannot be read: %w", ShownName(parsed.String()), err)
	}
	c.User = parsed.User.Username()
	c.Passwd, _ = parsed.User.Password()
	c.DBName = strings.Trim(parsed.Path, "/")
	c.Net, c.Addr = "tcp", net.JoinHostPort(parsed.Hostname(), portOr(parsed, "3306"))
	if socket != "" {
		c.Net, c.Addr = "unix", socket
	}
	c.Collation = "utf8mb4_bin"
	c.InterpolateParams = true
	return c.FormatDSN(), nil
}

func portOr(parsed *url.URL, port string) string {
	if given := parsed.Port(); given != "" {
		return given
	}
	return port
}

// openMySQL opens the database. A node of a Galera cluster is told to read only after
// it has taken in what other nodes have committed.
func openMySQL(ctx context.Context, a address) (*sql.DB, error) {
	c, err := mysql.ParseDSN(a.source)
	if err != nil {
		return nil, err
	}
	c.Logger = &mysql.NopLogger{}
	db, err := connectMySQL(c)
	if err != nil {
		return nil, err
	}
	var inCluster bool
	err = db.QueryRowContext(ctx, "SELECT @@wsrep_on").Scan(&inCluster)
	const unknownVariable = 1193
	if err == nil && !inCluster || mysqlNumber(err) == unknownVariable {
		return db, nil
	}
	_ = db.Close()
	if err != nil {
		return nil, err
	}
	if c.Params == nil {
		c.Params = make(map[string]string)
	}
	c.Params["wsrep_sync_wait"] = "1"
	return connectMySQL(c)
}

func connectMySQL(c *mysql.Config) (*sql.DB, error) {
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// mysqlTuning makes room for long texts in any script and drops what is wrong or slow:
// the index that forbids one quad under two labels, and foreign keys. MySQL has no words
// for "if it is there"; see already.
func mysqlTuning() []string {
	statements := []string{
		"ALTER TABLE nodes MODIFY value_string LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
	}
	for _, direction := range []string{"subject", "predicate", "object", "label"} {
		statements = append(statements, "ALTER TABLE quads DROP FOREIGN KEY "+direction+"_hash_fk")
	}
	statements = append(statements,
		"CREATE UNIQUE INDEX spol_unique ON quads (subject_hash, predicate_hash, object_hash, label_hash)",
		"DROP INDEX spo_unique ON quads", "DROP INDEX spo_index ON quads", "DROP INDEX osp_index ON quads",
		"DROP INDEX pos_index ON quads")
	return append(statements,
		"CREATE INDEX ops_index ON quads (object_hash, predicate_hash, subject_hash)",
		"CREATE INDEX label_index ON quads (label_hash)",
		"CREATE TABLE IF NOT EXISTS "+markTable+" (made INT PRIMARY KEY)")
}

func amongList(column string, _ int, hashes []nodeHash) (string, []any) {
	arguments := make([]any, len(hashes))
	for i := range hashes {
		arguments[i] = hashes[i].ValueHash[:]
	}
	return column + " IN (?" + strings.Repeat(",?", len(hashes)-1) + ")", arguments
}

// mysqlRows is how many rows are written at a time.
const mysqlRows = 500

func changeMySQL(ctx context.Context, tx *sql.Tx, kind nodeKind, changes []nodeChange) error {
	columns, row, values := mysqlValues(kind)
	for chunk := range slices.Chunk(changes, mysqlRows) {
		var arguments []any
		for _, c := range chunk {
			arguments = append(append(arguments, c.hash.ValueHash[:], c.refs), values(c)...)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO nodes (hash, refs"+columns+") VALUES "+
			strings.Repeat(", "+row, len(chunk))[2:]+" ON DUPLICATE KEY UPDATE refs = refs + VALUES(refs)", arguments...)
		if err != nil {
			return err
		}
	}
	return nil
}

// mysqlValues returns the columns of a kind of value beside its hash and references,
// the placeholders of a row, and what stands in for them.
func mysqlValues(kind nodeKind) (columns, row string, values func(nodeChange) []any) {
	switch kind {
	case kindIRI:
		return ", value_string, iri", "(?, ?, ?, true)", func(c nodeChange) []any { return []any{c.text} }
	case kindString:
		return ", value_string", "(?, ?, ?)", func(c nodeChange) []any { return []any{c.text} }
	case kindLangString:
		return ", value_string, language", "(?, ?, ?, ?)", func(c nodeChange) []any { return []any{c.text, c.language} }
	case kindFloat:
		return ", value_float", "(?, ?, ?)", func(c nodeChange) []any { return []any{c.number} }
	default:
		return "", "(?, ?)", func(nodeChange) []any { return nil }
	}
}

func insertMySQL(ctx context.Context, tx *sql.Tx, quads []quadRow) error {
	for chunk := range slices.Chunk(quads, mysqlRows) {
		arguments := make([]any, 0, 4*len(chunk))
		for i := range chunk {
			for d := range chunk[i] {
				arguments = append(arguments, chunk[i][d].ValueHash[:])
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash) VALUES "+
			strings.Repeat(", (?, ?, ?, ?)", len(chunk))[2:], arguments...)
		if err != nil {
			return err
		}
	}
	return nil
}

// mysqlNumber returns the number of an error of the server, 0 for other errors.
func mysqlNumber(err error) uint16 {
	var own *mysql.MySQLError
	if errors.As(err, &own) {
		return own.Number
	}
	return 0
}
