package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// lookupLimit bounds the names that are looked up for one question.
const lookupLimit = 1200

// The most tokens of a name: words, or characters of an unspaced script.
const longestName = 48

// mention is a name in a question and the nodes that bear it.
type mention struct {
	from, to int // tokens
	text     string
	nodes    []graph.Node // in order of ID; empty when nothing bears the name
	absent   bool         // the name is known, but the graph has nothing that it means
}

// linker finds the exact names in a question.
type linker struct {
	ctx   context.Context
	names graph.Snapshot
	text  text
	found map[string][]string // key → node IDs
}

// exact returns the names that stand in the question as they stand in the graph,
// overlapping ones too.
func (l *linker) exact() ([]mention, error) {
	var found []mention
	ids := map[string]bool{}
	left := lookupLimit
	for size := min(longestName, len(l.text.tokens)); size >= 1; size-- {
		for from := 0; from+size <= len(l.text.tokens); from++ {
			if !l.nameable(from, from+size) {
				continue
			}
			if left--; left < 0 && size > 8 {
				continue // a long question: its short names matter more
			}
			nodes, err := l.lookup(l.text.between(from, from+size))
			if err != nil {
				return nil, err
			}
			if len(nodes) == 0 {
				continue
			}
			m := mention{from: from, to: from + size, text: l.text.between(from, from+size)}
			for _, id := range nodes {
				ids[id] = true
				m.nodes = append(m.nodes, graph.Node{ID: id})
			}
			found = append(found, m)
		}
	}
	return found, l.fill(found, ids)
}

// nameable reports whether a name may span these tokens.
func (l *linker) nameable(from, to int) bool {
	first, last := l.text.tokens[from], l.text.tokens[to-1]
	if first.comma || last.comma || first.possessive || last.possessive {
		return false
	}
	if to-from == 1 {
		return !first.han && (len(first.key) > 1 || first.key == "r" || first.key == "c")
	}
	return true
}

// lookup returns the nodes with a name, or with its singular.
func (l *linker) lookup(name string) ([]string, error) {
	for _, form := range singulars(name) {
		key := fact.Key(form)
		ids, known := l.found[key]
		if !known {
			var err error
			if ids, err = l.names.Lookup(l.ctx, form); err != nil {
				return nil, fmt.Errorf("look up a name of the question: %w", err)
			}
			l.found[key] = ids
		}
		if len(ids) > 0 {
			return ids, nil
		}
	}
	return nil, nil
}

// singulars returns a name and what it may be the plural of.
func singulars(name string) []string {
	forms := []string{name}
	n := len(name)
	if n < 4 || name[n-1] != 's' && name[n-1] != 'S' {
		return forms
	}
	if strings.HasSuffix(name, "ies") {
		forms = append(forms, name[:n-3]+"y")
	}
	if strings.HasSuffix(name, "es") {
		forms = append(forms, name[:n-2])
	}
	if !strings.HasSuffix(name, "ss") {
		forms = append(forms, name[:n-1])
	}
	return forms
}

// fill replaces the IDs of mentions by nodes, leaving out documents.
func (l *linker) fill(found []mention, ids map[string]bool) error {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	nodes, err := l.names.Nodes(l.ctx, list)
	if err != nil {
		return fmt.Errorf("read the entities of the question: %w", err)
	}
	byID := make(map[string]graph.Node, len(nodes))
	for _, n := range nodes {
		byID[n.ID] = n
	}
	for i := range found {
		m := &found[i]
		kept := m.nodes[:0]
		for _, n := range m.nodes {
			if node, ok := byID[n.ID]; ok && node.Type != fact.Document {
				kept = append(kept, node)
			}
		}
		m.nodes = kept
	}
	return nil
}

// pieceKind says what a piece of a question is.
type pieceKind uint8

const (
	unknownPiece pieceKind = iota // one token that means nothing here
	wordPiece
	datePiece
	namePiece
	absentPiece // a name for what the graph does not have
)

// piece is a run of tokens with one meaning.
type piece struct {
	kind     pieceKind
	from, to int
	word     word
	span     Time
	mention  int // index of the mention, for namePiece
}

// costs of pieces: as few unknown tokens as can be, then as few pieces as can be,
// and a word rather than a name that is spelt like it.
const (
	unknownCost = 1000
	pieceCost   = 10
	nameCost    = 11
)

// cut divides the tokens into pieces of the least cost; of equal ones, those whose
// first piece is longer.
func cut(t text, mentions []mention) []piece {
	n := len(t.tokens)
	best := make([]int, n+1)
	choice := make([]piece, n+1)
	for i := n - 1; i >= 0; i-- {
		best[i] = best[i+1] + unknownCost
		choice[i] = piece{kind: unknownPiece, from: i, to: i + 1}
		if t.tokens[i].comma {
			best[i] = best[i+1] + pieceCost
			choice[i] = piece{kind: wordPiece, from: i, to: i + 1, word: word{class: joins}}
		}
		for _, p := range piecesAt(t, mentions, i) {
			cost := pieceCost
			if p.kind == namePiece {
				cost = nameCost
			}
			total := best[p.to] + cost
			if total < best[i] || total == best[i] && p.to > choice[i].to {
				best[i], choice[i] = total, p
			}
		}
	}
	var pieces []piece
	for i := 0; i < n; i = choice[i].to {
		pieces = append(pieces, choice[i])
	}
	return pieces
}

// piecesAt returns the words, dates and names that begin at a token.
func piecesAt(t text, mentions []mention, from int) []piece {
	var pieces []piece
	v := vocabulary()
	for size := min(v.longest, len(t.tokens)-from); size >= 1; size-- {
		if w, ok := v.entries[joinedKey(t.tokens[from:from+size])]; ok {
			pieces = append(pieces, piece{kind: wordPiece, from: from, to: from + size, word: w})
		}
	}
	if t.tokens[from].possessive {
		pieces = append(pieces, piece{kind: wordPiece, from: from, to: from + 1, word: word{class: noise}})
	}
	if s, size := dateAt(t, from); size > 0 {
		pieces = append(pieces, piece{kind: datePiece, from: from, to: from + size, span: s})
	}
	for i, m := range mentions {
		if m.from == from && (len(m.nodes) > 0 || m.absent) {
			pieces = append(pieces, piece{kind: namePiece, from: m.from, to: m.to, mention: i})
		}
	}
	return pieces
}
