package cayleystore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// hashesAtOnce bounds how many values one statement asks for.
const hashesAtOnce = 2000

// serverReader reads quads from Cayley's tables in one transaction, which sees one
// state of them. Cayley's own store would use any connection and so any state, and
// ask for each value alone.
type serverReader struct {
	server *server
	mu     sync.Mutex // a connection does one thing at a time
	tx     *sql.Tx
}

func newServerReader(s *server, tx *sql.Tx) *serverReader {
	return &serverReader{server: s, tx: tx}
}

func (r *serverReader) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return r.server.failed("read", err)
	}
	return nil
}

// quadStore implements quadStorer. Queries see the present state of the store.
func (r *serverReader) quadStore() (cayley.QuadStore, error) { return r.server.cayley() }

func (r *serverReader) count(ctx context.Context) (int64, error) {
	return r.number(ctx, "SELECT COUNT(*) FROM quads")
}

func (r *serverReader) bytes(ctx context.Context) (int64, error) {
	if r.server.address.dialect.sizeQuery == "" {
		return 0, nil
	}
	return r.number(ctx, r.server.address.dialect.sizeQuery)
}

func (r *serverReader) number(ctx context.Context, query string) (n int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.tx.QueryRowContext(ctx, query).Scan(&n); err != nil {
		return 0, r.server.failed("read", err)
	}
	return n, nil
}

func (r *serverReader) match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error) {
	objects := make([]quad.Value, len(values))
	for i, value := range values {
		objects[i] = value
	}
	return r.matchValues(ctx, in, objects, predicates)
}

func (r *serverReader) matchText(ctx context.Context, text quad.String, predicates ...quad.IRI) ([]quad.Quad, error) {
	return r.matchValues(ctx, quad.Object, []quad.Value{text}, predicates)
}

func (r *serverReader) matchValues(ctx context.Context, in quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := knownValues(values, predicates)
	var found []quadRow
	for chunk := range slices.Chunk(hashesOf(values), hashesAtOnce) {
		rows, err := selectQuads(ctx, r.tx, r.server.address.dialect, in, chunk, predicates)
		if err != nil {
			return nil, r.server.failed("read", err)
		}
		for _, row := range rows {
			found = append(found, row.quadRow)
		}
	}
	if err := r.learn(ctx, known, found); err != nil {
		return nil, r.server.failed("read", err)
	}
	return named(found, known)
}

// storedRow is a quad with its number in the table.
type storedRow struct {
	quadRow
	number int64
}

// selectQuads returns the quads with one of these values in a direction.
func selectQuads(ctx context.Context, tx *sql.Tx, d dialect, in quad.Direction, values []nodeHash, predicates []quad.IRI) ([]storedRow, error) {
	condition, arguments := d.among(in.String()+"_hash", 1, values)
	if len(predicates) > 0 {
		hashes := make([]nodeHash, len(predicates))
		for i, p := range predicates {
			hashes[i] = csql.HashOf(p)
		}
		more, also := d.among("predicate_hash", 2, hashes)
		condition, arguments = condition+" AND "+more, append(arguments, also...)
	}
	rows, err := tx.QueryContext(ctx, "SELECT horizon, subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE "+condition, arguments...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []storedRow
	for rows.Next() {
		var row storedRow
		if err := rows.Scan(&row.number, &row.quadRow[0], &row.quadRow[1], &row.quadRow[2], &row.quadRow[3]); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, rows.Err()
}

// hashesOf returns the hashes of values.
func hashesOf(values []quad.Value) []nodeHash {
	hashes := make([]nodeHash, len(values))
	for i, value := range values {
		hashes[i] = csql.HashOf(value)
	}
	return hashes
}

// vocabularyValues are those that most quads have.
var vocabularyValues = sync.OnceValue(func() map[nodeHash]quad.Value {
	values := []quad.Value{iriType, iriName, iriAlternateName, iriPreferredLabel, iriAltLabel, iriKey, iriQuote,
		iriQuotedFrom, iriPhrase, iriWeight, iriPart, iriSource, iriFingerprint, iriFacts, iriDigest}
	for _, t := range fact.Types() {
		values = append(values, typeIRI(t))
	}
	for _, p := range fact.Predicates() {
		values = append(values, predicateIRI(p))
	}
	known := make(map[nodeHash]quad.Value, len(values))
	for _, value := range values {
		known[csql.HashOf(value)] = value
	}
	return known
})

// knownValues returns the values of a question by their hashes.
func knownValues(values []quad.Value, predicates []quad.IRI) map[nodeHash]quad.Value {
	known := make(map[nodeHash]quad.Value, len(values)+len(predicates))
	for _, value := range values {
		known[csql.HashOf(value)] = value
	}
	for _, predicate := range predicates {
		known[csql.HashOf(predicate)] = predicate
	}
	return known
}

// learn adds the values of quads that are not known yet.
func (r *serverReader) learn(ctx context.Context, known map[nodeHash]quad.Value, quads []quadRow) error {
	var unknown []nodeHash
	for _, row := range quads {
		for _, hash := range row {
			if _, there := known[hash]; there {
				continue
			}
			value, common := vocabularyValues()[hash]
			known[hash] = value
			if !common {
				unknown = append(unknown, hash)
			}
		}
	}
	for chunk := range slices.Chunk(unknown, hashesAtOnce) {
		condition, arguments := r.server.address.dialect.among("hash", 1, chunk)
		if err := r.values(ctx, known, " WHERE "+condition, arguments...); err != nil {
			return err
		}
	}
	return nil
}

// values reads values into known.
func (r *serverReader) values(ctx context.Context, known map[nodeHash]quad.Value, where string, arguments ...any) error {
	rows, err := r.tx.QueryContext(ctx, "SELECT hash, value_string, language, iri, value_float FROM nodes"+where, arguments...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash nodeHash
		var text, language sql.NullString
		var iri sql.NullBool
		var number sql.NullFloat64
		if err := rows.Scan(&hash, &text, &language, &iri, &number); err != nil {
			return err
		}
		switch {
		case iri.Bool:
			known[hash] = quad.IRI(text.String)
		case language.Valid:
			known[hash] = quad.LangString{Value: quad.String(text.String), Lang: language.String}
		case text.Valid:
			known[hash] = quad.String(text.String)
		case number.Valid:
			known[hash] = quad.Float(number.Float64)
		}
	}
	return rows.Err()
}

// named puts the values in the place of their hashes.
func named(rows []quadRow, known map[nodeHash]quad.Value) ([]quad.Quad, error) {
	quads := make([]quad.Quad, len(rows))
	for i, row := range rows {
		var values [4]quad.Value
		for d, hash := range row {
			if values[d] = known[hash]; values[d] == nil {
				return nil, fmt.Errorf("%w: a quad has the value %s, which is not there; drop the tables nodes, quads and %s and build again",
					graph.ErrDamaged, strings.ToLower(hash.String()), markTable)
			}
		}
		quads[i] = quad.Quad{Subject: values[0], Predicate: values[1], Object: values[2], Label: values[3]}
	}
	return quads, nil
}

// all reads first all values and then all quads.
func (r *serverReader) all(ctx context.Context, yield func([]quad.Quad) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := make(map[nodeHash]quad.Value)
	if err := r.values(ctx, known, ""); err != nil {
		return r.server.failed("read", err)
	}
	rows, err := r.tx.QueryContext(ctx, "SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads")
	if err != nil {
		return r.server.failed("read", err)
	}
	defer rows.Close()
	group := make([]quadRow, 0, batchSize)
	for rows.Next() {
		var row quadRow
		if err := rows.Scan(&row[0], &row[1], &row[2], &row[3]); err != nil {
			return r.server.failed("read", err)
		}
		if group = append(group, row); len(group) < batchSize {
			continue
		}
		if err := yieldNamed(group, known, yield); err != nil {
			return err
		}
		group = group[:0]
	}
	if err := rows.Err(); err != nil {
		return r.server.failed("read", err)
	}
	return yieldNamed(group, known, yield)
}

func yieldNamed(group []quadRow, known map[nodeHash]quad.Value, yield func([]quad.Quad) error) error {
	quads, err := named(group, known)
	if err != nil {
		return err
	}
	return yield(quads)
}
