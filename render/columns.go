package render

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// columnKind is the type of a column, by its name in GEXF and GraphML alike.
type columnKind string

const (
	textColumn    columnKind = "string"
	integerColumn columnKind = "integer"
	numberColumn  columnKind = "double"
)

// column is one attribute of nodes or edges in formats that are tables at heart.
type column struct {
	name string
	kind columnKind
}

// nodeColumns lists the attributes of nodes.
func nodeColumns() []column {
	columns := []column{{"type", textColumn}, {"aliases", textColumn}}
	for _, name := range nodeProps() {
		columns = append(columns, column{name, textColumn})
	}
	return append(columns, column{"community", integerColumn}, column{"pagerank", numberColumn})
}

// nodeProps lists the properties of nodes that have a column of their own.
func nodeProps() []string {
	return []string{fact.PropStartDate, fact.PropEndDate, fact.PropPart, fact.PropLocation, fact.PropTheme,
		fact.PropKind, fact.PropChinese, fact.PropEnglish, fact.PropFormat, fact.PropURL, fact.PropLanguage, fact.PropComment}
}

// nodeValues returns the values of a node by column, but for what must be
// computed on the whole graph.
func nodeValues(node graph.Node) map[string]string {
	values := map[string]string{"type": string(node.Type), "aliases": joined(node.Aliases)}
	for _, name := range nodeProps() {
		values[name] = node.Props[name]
	}
	return values
}

// edgeColumns lists the attributes of edges.
func edgeColumns() []column {
	return []column{{"relation", textColumn}, {fact.PropPhrase, textColumn}, {fact.PropJobTitle, textColumn},
		{"document", textColumn}, {"line", integerColumn}, {"quote", textColumn},
		{"extractor", textColumn}, {"confidence", numberColumn}, {"evidence", integerColumn}}
}

// edgeValues returns the values of an edge by column. Of its evidence the first
// passage is shown, and how many there are.
func edgeValues(edge graph.Edge) map[string]string {
	values := map[string]string{"relation": string(edge.Predicate),
		fact.PropPhrase: edge.Props[fact.PropPhrase], fact.PropJobTitle: edge.Props[fact.PropJobTitle],
		"evidence": strconv.Itoa(len(edge.Evidence))}
	if len(edge.Evidence) > 0 {
		first := edge.Evidence[0]
		values["document"], values["quote"], values["extractor"] = first.Document, first.Quote, first.Extractor
		values["line"] = strconv.Itoa(first.Line)
		values["confidence"] = decimal(first.Confidence, 4)
	}
	return values
}

// edgeIDs makes an ID for each edge that stays the same when others come or go.
type edgeIDs struct{ seen map[string]int }

func newEdgeIDs() *edgeIDs { return &edgeIDs{make(map[string]int)} }

// of returns "e" and a hash of what makes the edge this edge.
func (ids *edgeIDs) of(edge graph.Edge) string {
	hash := fnv.New64a()
	key := strings.Join([]string{edge.Source, string(edge.Predicate), edge.Target, edge.Props[fact.PropPhrase]}, "\x00")
	hash.Write([]byte(key)) // never fails
	id := fmt.Sprintf("e%016x", hash.Sum64())
	ids.seen[id]++
	if turn := ids.seen[id]; turn > 1 {
		id += "-" + strconv.Itoa(turn)
	}
	return id
}

// badOption words an option that has another value than those it may have.
func badOption(what, value string, allowed ...string) error {
	return fmt.Errorf("unknown %s %q; use %s", what, value, strings.Join(allowed, " or "))
}
