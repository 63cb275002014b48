package cayleystore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"

	"talkgraph/graph"
)

// attempts is how often a group of documents is tried that other writers get in the
// way of; between two tries it waits longer each time, from retryPause on.
const (
	attempts   = 12
	retryPause = 5 * time.Millisecond
)

// errOtherWriter tells that another writer changed the same document meanwhile.
var errOtherWriter = errors.New("another writer changed the same document")

// Apply implements graph.Store. Whole documents are gathered and written in one
// transaction.
func (s *server) Apply(ctx context.Context, changes []graph.Change) error {
	if s.readOnly {
		return fmt.Errorf("write %s: %w", s.address.shown, errReadOnly)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	var group []wanted
	size := 0
	done := make(chan struct{})
	defer close(done)
	for next := range ahead(done, changes) {
		if err := errors.Join(next.err, ctx.Err()); err != nil {
			return errors.Join(err, s.group(context.WithoutCancel(ctx), group))
		}
		document := next.wanted
		twice := slices.ContainsFunc(group, func(w wanted) bool { return w.id == document.id })
		if twice || size+len(document.quads) > stepSize && size > 0 {
			if err := s.group(ctx, group); err != nil {
				return err
			}
			group, size = nil, 0
		}
		group = append(group, document)
		size += len(document.quads)
	}
	return s.group(ctx, group)
}

// group writes documents in one transaction, again when another writer got in the way.
func (s *server) group(ctx context.Context, documents []wanted) error {
	if len(documents) == 0 {
		return nil
	}
	var err error
	for attempt := range attempts {
		if err = s.transaction(ctx, documents); err == nil {
			return nil
		}
		if !errors.Is(err, errOtherWriter) && !s.address.dialect.conflict(err) {
			break
		}
		pause := retryPause << attempt
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause/2 + rand.N(pause)):
		}
	}
	return s.failed("write", err)
}

func (s *server) transaction(ctx context.Context, documents []wanted) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	w := &serverWriter{ctx: ctx, tx: tx, dialect: s.address.dialect, refs: make(map[nodeHash]int), values: make(map[nodeHash]quad.Value)}
	if err := w.write(documents); err != nil {
		_ = tx.Rollback() // fails only with the connection, which ends the transaction as well
		return err
	}
	return tx.Commit()
}

// serverWriter brings documents to what is wanted in one transaction. It reads what is
// stored by hashes alone. That no other writer changed the same document meanwhile shows
// in its digest, a quad that every change of a document takes out or adds.
type serverWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	dialect dialect
	added   []quadRow
	deleted []int64                 // numbers of quads
	refs    map[nodeHash]int        // by how many the references of a value change
	values  map[nodeHash]quad.Value // of the added quads
}

func (w *serverWriter) write(documents []wanted) error {
	changed, err := w.changed(documents)
	if err != nil || len(changed) == 0 {
		return err
	}
	for _, document := range changed {
		stored, err := w.stored(document.id)
		if err != nil {
			return err
		}
		w.compare(stored, document.quads)
	}
	dropped, err := w.changeNodes()
	if err != nil {
		return err
	}
	if err := w.deleteQuads(); err != nil {
		return err
	}
	if len(w.added) > 0 {
		if err := w.dialect.insert(w.ctx, w.tx, w.added); err != nil {
			return err
		}
	}
	return w.deleteNodes(dropped)
}

// changed returns the documents whose digest is not the stored one.
func (w *serverWriter) changed(documents []wanted) ([]wanted, error) {
	digests := make(map[nodeHash]nodeHash)
	ids := make([]nodeHash, len(documents))
	for i, document := range documents {
		ids[i] = csql.HashOf(quad.IRI(document.id))
	}
	for chunk := range slices.Chunk(ids, hashesAtOnce) {
		rows, err := selectQuads(w.ctx, w.tx, w.dialect, quad.Subject, chunk, []quad.IRI{iriDigest})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			digests[row.quadRow[0]] = row.quadRow[2]
		}
	}
	var changed []wanted
	for i, document := range documents {
		stored, there := digests[ids[i]]
		if len(document.quads) == 0 && !there {
			continue
		}
		if n := len(document.quads); n > 0 && there && stored == csql.HashOf(document.quads[n-1].Object) {
			continue
		}
		changed = append(changed, document)
	}
	return changed, nil
}

// stored returns the quads of a document: those with its label and those with the
// label of one of its evidence nodes.
func (w *serverWriter) stored(id string) ([]storedRow, error) {
	claims, err := selectQuads(w.ctx, w.tx, w.dialect, quad.Label, []nodeHash{csql.HashOf(quad.IRI(id))}, nil)
	if err != nil {
		return nil, err
	}
	quote := csql.HashOf(iriQuote)
	var passages []nodeHash
	for _, row := range claims {
		if row.quadRow[1] == quote {
			passages = append(passages, row.quadRow[0])
		}
	}
	for chunk := range slices.Chunk(passages, hashesAtOnce) {
		edges, err := selectQuads(w.ctx, w.tx, w.dialect, quad.Label, chunk, nil)
		if err != nil {
			return nil, err
		}
		claims = append(claims, edges...)
	}
	return claims, nil
}

// compare notes what is to be added and deleted.
func (w *serverWriter) compare(stored []storedRow, quads []quad.Quad) {
	kept := make(map[quadRow]bool, len(stored))
	for _, row := range stored {
		kept[row.quadRow] = false
	}
	for _, q := range quads {
		row := w.rowOf(q)
		if _, there := kept[row]; there {
			kept[row] = true
			continue
		}
		w.added = append(w.added, row)
		for _, hash := range row {
			w.refs[hash]++
		}
	}
	for _, row := range stored {
		if kept[row.quadRow] {
			continue
		}
		w.deleted = append(w.deleted, row.number)
		for _, hash := range row.quadRow {
			w.refs[hash]--
		}
	}
}

// rowOf returns the hashes of a quad and keeps its values.
func (w *serverWriter) rowOf(q quad.Quad) (row quadRow) {
	for d, value := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		row[d] = csql.HashOf(value)
		w.values[row[d]] = value
	}
	return row
}

// changeNodes changes the references of values and returns those that lost some. It
// goes in the order of the hashes, so that two writers never wait for each other.
func (w *serverWriter) changeNodes() (dropped []nodeHash, err error) {
	byKind := make(map[nodeKind][]nodeChange)
	for _, hash := range slices.SortedFunc(maps.Keys(w.refs), compareHashes) {
		refs := w.refs[hash]
		if refs == 0 {
			continue
		}
		kind, change := kindStored, nodeChange{hash: hash, refs: refs}
		if refs < 0 {
			dropped = append(dropped, hash)
		} else if kind, err = change.fill(w.values[hash]); err != nil {
			return nil, err
		}
		byKind[kind] = append(byKind[kind], change)
	}
	for _, kind := range nodeKinds() {
		if len(byKind[kind]) == 0 {
			continue
		}
		if err := w.dialect.change(w.ctx, w.tx, kind, byKind[kind]); err != nil {
			return nil, err
		}
	}
	return dropped, nil
}

func compareHashes(a, b nodeHash) int { return bytes.Compare(a.ValueHash[:], b.ValueHash[:]) }

// fill takes in the value and returns its kind.
func (c *nodeChange) fill(value quad.Value) (nodeKind, error) {
	switch v := value.(type) {
	case quad.IRI:
		c.text = string(v)
		return kindIRI, nil
	case quad.String:
		c.text = string(v)
		return kindString, nil
	case quad.LangString:
		c.text, c.language = string(v.Value), v.Lang
		return kindLangString, nil
	case quad.Float:
		c.number = float64(v)
		return kindFloat, nil
	default:
		return kindStored, fmt.Errorf("value %v of type %T cannot be stored", value, value)
	}
}

// numbersAtOnce bounds how many quads one statement deletes.
const numbersAtOnce = 1000

// deleteQuads deletes quads by their numbers. One that is gone was deleted by another
// writer.
func (w *serverWriter) deleteQuads() error {
	slices.Sort(w.deleted)
	for chunk := range slices.Chunk(w.deleted, numbersAtOnce) {
		result, err := w.tx.ExecContext(w.ctx, "DELETE FROM quads WHERE horizon IN ("+numberList(chunk)+")")
		if err != nil {
			return err
		}
		count, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if count != int64(len(chunk)) {
			return errOtherWriter
		}
	}
	return nil
}

// numberList writes numbers with commas.
func numberList(numbers []int64) string {
	var list []byte
	for i, n := range numbers {
		if i > 0 {
			list = append(list, ',')
		}
		list = fmt.Append(list, n)
	}
	return string(list)
}

// deleteNodes deletes those of the values that nothing refers to any more.
func (w *serverWriter) deleteNodes(dropped []nodeHash) error {
	for chunk := range slices.Chunk(dropped, hashesAtOnce) {
		condition, arguments := w.dialect.among("hash", 1, chunk)
		if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM nodes WHERE refs <= 0 AND "+condition, arguments...); err != nil {
			return err
		}
	}
	return nil
}
