package cayleystore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/lib/pq"
)

// postgresDialect speaks to PostgreSQL through Cayley's backend of that name.
func postgresDialect() dialect {
	return dialect{
		name:          "postgres",
		cayleyType:    postgres.Type,
		readIsolation: sql.LevelRepeatableRead,
		analyze:       "ANALYZE nodes, quads",
		sizeQuery:     "SELECT pg_total_relation_size('nodes') + pg_total_relation_size('quads')",
		source:        postgresSource,
		open:          openPostgres,
		tuning:        postgresTuning,
		among:         amongArray,
		change:        changePostgres,
		insert:        copyQuads,
		noTable:       func(err error) bool { return postgresCode(err) == "42P01" },
		already:       func(error) bool { return false },
		shutDown: func(err error) bool {
			return slices.Contains([]string{"57P01", "57P02", "57P03"}, postgresCode(err))
		},
		// Serialization failure, deadlock, and the same quad twice: all from another writer.
		conflict: func(err error) bool {
			return slices.Contains([]string{"40001", "40P01", "23505"}, postgresCode(err))
		},
	}
}

// cockroachType is what our backend for CockroachDB is called in Cayley.
const cockroachType = "talkgraph-cockroach"

// cockroachDialect speaks to CockroachDB as to PostgreSQL. Cayley's own backend of
// that name needs a driver that is not kept up any more, so its settings stand here
// with the driver for PostgreSQL. A transaction that CockroachDB wants to be done
// again is: see server.group.
func cockroachDialect() dialect {
	registerCockroach()
	d := postgresDialect()
	d.name = "cockroach"
	d.cayleyType = cockroachType
	d.readIsolation = sql.LevelSerializable
	d.analyze, d.sizeQuery = "", ""
	d.source = func(parsed *url.URL) (string, error) {
		asPostgres := *parsed
		asPostgres.Scheme = "postgres"
		return asPostgres.String(), nil
	}
	d.tuning = func() []string {
		return append([]string{"DROP INDEX IF EXISTS spo_unique CASCADE"}, commonTuning()...)
	}
	return d
}

var registerCockroach = sync.OnceFunc(func() {
	csql.Register(cockroachType, csql.Registration{
		Driver:              "postgres",
		HashType:            "BYTEA",
		BytesType:           "BYTEA",
		HorizonType:         "BIGSERIAL",
		TimeType:            "timestamp with time zone",
		QueryDialect:        postgres.QueryDialect,
		NoForeignKeys:       true,
		NoSchemaChangesInTx: true,
		Error:               postgres.ConvError,
		RunTx:               postgres.RunTxPostgres,
	})
})

func postgresSource(parsed *url.URL) (string, error) { return parsed.String(), nil }

func openPostgres(_ context.Context, a address) (*sql.DB, error) {
	connector, err := pq.NewConnector(a.source)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// postgresTuning drops what makes loading slow: foreign keys, which every quad would
// check four times though the references are counted anyway, and indexes that are the
// beginning of another or that no question asks for. Cayley's index of whole quads leaves
// out those without a label, so the server cannot use it to find subjects; ours has all.
func postgresTuning() []string {
	var statements []string
	for _, direction := range []string{"subject", "predicate", "object", "label"} {
		statements = append(statements, "ALTER TABLE quads DROP CONSTRAINT IF EXISTS "+direction+"_hash_fk")
	}
	statements = append(statements, "DROP INDEX IF EXISTS spo_index", "DROP INDEX IF EXISTS osp_index", "DROP INDEX IF EXISTS pos_index",
		"ALTER TABLE quads SET (autovacuum_analyze_scale_factor = 0.02)",
		"CREATE UNIQUE INDEX IF NOT EXISTS subject_index ON quads (subject_hash, predicate_hash, object_hash, label_hash)",
		"DROP INDEX IF EXISTS spol_unique")
	return append(statements, commonTuning()...)
}

// commonTuning adds the index for labels and the mark.
func commonTuning() []string {
	return []string{
		"CREATE INDEX IF NOT EXISTS ops_index ON quads (object_hash, predicate_hash, subject_hash)",
		"CREATE INDEX IF NOT EXISTS label_index ON quads (label_hash)",
		"CREATE TABLE IF NOT EXISTS " + markTable + " (made INT PRIMARY KEY)",
	}
}

func amongArray(column string, first int, hashes []nodeHash) (string, []any) {
	return fmt.Sprintf("%s = ANY($%d)", column, first), []any{hashArray(hashes)}
}

func hashArray(hashes []nodeHash) pq.ByteaArray {
	array := make(pq.ByteaArray, len(hashes))
	for i := range hashes {
		array[i] = hashes[i].ValueHash[:]
	}
	return array
}

// postgresValues returns the columns of a kind of value beside its hash and
// references, what they get, and the type of its array; none for those stored already.
func postgresValues(kind nodeKind, changes []nodeChange) (columns, values string, arrays []string, arguments []any) {
	texts := make(pq.StringArray, 0, len(changes))
	languages := make(pq.StringArray, 0, len(changes))
	numbers := make(pq.Float64Array, 0, len(changes))
	for _, c := range changes {
		texts = append(texts, c.text)
		languages = append(languages, c.language)
		numbers = append(numbers, c.number)
	}
	switch kind {
	case kindIRI:
		return ", value_string, iri", ", a, true", []string{"text[]"}, []any{texts}
	case kindString:
		return ", value_string", ", a", []string{"text[]"}, []any{texts}
	case kindLangString:
		return ", value_string, language", ", a, b", []string{"text[]", "text[]"}, []any{texts, languages}
	case kindFloat:
		return ", value_float", ", a", []string{"float8[]"}, []any{numbers}
	default:
		return "", "", nil, nil
	}
}

func changePostgres(ctx context.Context, tx *sql.Tx, kind nodeKind, changes []nodeChange) error {
	hashes := make([]nodeHash, len(changes))
	refs := make(pq.Int64Array, len(changes))
	for i, c := range changes {
		hashes[i], refs[i] = c.hash, int64(c.refs)
	}
	columns, values, arrays, arguments := postgresValues(kind, changes)
	unnested, names := []string{"$1::bytea[]", "$2::int[]"}, []string{"hash", "refs"}
	for i, array := range arrays {
		unnested = append(unnested, fmt.Sprintf("$%d::%s", i+3, array))
		names = append(names, string(rune('a'+i)))
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO nodes (hash, refs"+columns+") SELECT hash, refs"+values+
		" FROM unnest("+strings.Join(unnested, ", ")+") AS given("+strings.Join(names, ", ")+")"+
		" ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs",
		append([]any{hashArray(hashes), refs}, arguments...)...)
	return err
}

// copyQuads adds quads with COPY.
func copyQuads(ctx context.Context, tx *sql.Tx, quads []quadRow) (err error) {
	statement, err := tx.PrepareContext(ctx, "COPY quads (subject_hash, predicate_hash, object_hash, label_hash) FROM STDIN")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	for i := range quads {
		q := &quads[i]
		if _, err := statement.ExecContext(ctx, q[0].ValueHash[:], q[1].ValueHash[:], q[2].ValueHash[:], q[3].ValueHash[:]); err != nil {
			return err
		}
	}
	_, err = statement.ExecContext(ctx)
	return err
}

// postgresCode returns the code of an error of the server, "" for other errors.
func postgresCode(err error) string {
	var own *pq.Error
	if errors.As(err, &own) {
		return string(own.Code)
	}
	return ""
}
