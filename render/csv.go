package render

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"

	"talkgraph/graph"
	"talkgraph/render/metric"
)

// exportCSV writes the two tables that Gephi's import of spreadsheets knows: Id and
// Label, Source, Target, Type and Weight are names that it looks for.
func exportCSV(_ context.Context, g *graph.Subgraph, _ Options) ([]File, []Warning, error) {
	nodes, err := nodeTable(g)
	if err != nil {
		return nil, nil, err
	}
	edges, err := edgeTable(g)
	if err != nil {
		return nil, nil, err
	}
	return []File{{Name: "nodes.csv", Content: nodes}, {Name: "edges.csv", Content: edges}}, nil, nil
}

func nodeTable(g *graph.Subgraph) ([]byte, error) {
	columns := nodeColumns()
	head := []string{"Id", "Label"}
	for _, c := range columns {
		head = append(head, c.name)
	}
	rows := [][]string{head}
	ranks, communities := metric.PageRank(g), metric.Communities(g)
	for _, node := range sortedNodes(g) {
		values := nodeValues(node)
		values["community"], values["pagerank"] = strconv.Itoa(communities[node.ID]), decimal(ranks[node.ID], 6)
		row := []string{node.ID, node.Label}
		for _, c := range columns {
			row = append(row, values[c.name])
		}
		rows = append(rows, row)
	}
	return table(rows)
}

func edgeTable(g *graph.Subgraph) ([]byte, error) {
	columns := edgeColumns()
	head := []string{"Source", "Target", "Type", "Id", "Label", "Weight"}
	for _, c := range columns {
		head = append(head, c.name)
	}
	rows := [][]string{head}
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		values := edgeValues(edge)
		row := []string{edge.Source, edge.Target, "Directed", ids.of(edge), edgeLabel(edge), decimal(metric.Weight(edge), 4)}
		for _, c := range columns {
			row = append(row, values[c.name])
		}
		rows = append(rows, row)
	}
	return table(rows)
}

// table writes rows as CSV (RFC 4180, line feeds only).
func table(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range rows {
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// cell keeps a spreadsheet from taking a text for a formula: an apostrophe before
// the signs that formulas begin with. Numbers stay numbers.
func cell(text string) string {
	text = withoutControls(text)
	if text == "" || !strings.ContainsAny(text[:1], "=+-@\t\r") {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}
