package render

import (
	"bytes"
	"context"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/metric"
)

// Versions of GEXF, the values of Options.GEXF.
const (
	GEXFDraft   = "1.2draft" // read by everything, networkx too
	GEXFRelease = "1.3"
)

// gexfWriter writes one file. XML is written by hand because encoding/xml cannot
// write prefixed names without declaring the prefix again on each element.
type gexfWriter struct {
	bytes.Buffer
	version   string
	places    map[string]place
	ranks     map[string]float64
	community map[string]int
}

func exportGEXF(ctx context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	version := options.GEXF
	if version == "" {
		version = GEXFDraft
	}
	if version != GEXFDraft && version != GEXFRelease {
		return nil, nil, badOption("GEXF version", version, GEXFDraft, GEXFRelease)
	}
	places, warnings, err := placesOf(ctx, g, options.Layout)
	if err != nil {
		return nil, nil, err
	}
	w := &gexfWriter{version: version, places: places, ranks: metric.PageRank(g), community: metric.Communities(g)}
	w.document(g, titleOf(g, options))
	return []File{{Content: w.Bytes()}}, warnings, nil
}

// document writes the whole file. The description has Chinese characters in any
// case: old versions of Gephi guess the encoding from the beginning of a file.
func (w *gexfWriter) document(g *graph.Subgraph, title string) {
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	space := "http://www.gexf.net/" + w.version
	if w.version == GEXFRelease {
		space = "http://gexf.net/" + w.version
	}
	w.WriteString(`<gexf xmlns="` + space + `" xmlns:viz="` + space + `/viz" version="` + strings.TrimSuffix(w.version, "draft") + `">` + "\n")
	w.WriteString("  <meta>\n    <creator>talkgraph</creator>\n    <description>知识图谱 · " + xmlText(title) + "</description>\n  </meta>\n")
	w.WriteString(`  <graph defaultedgetype="directed" mode="static">` + "\n")
	w.attributes("node", nodeColumns())
	w.attributes("edge", w.edgeColumns())
	w.WriteString("    <nodes>\n")
	for _, node := range sortedNodes(g) {
		w.node(node)
	}
	w.WriteString("    </nodes>\n    <edges>\n")
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		w.edge(ids.of(edge), edge)
	}
	w.WriteString("    </edges>\n  </graph>\n</gexf>\n")
}

func (w *gexfWriter) attributes(class string, columns []column) {
	w.WriteString(`    <attributes class="` + class + `">` + "\n")
	for _, c := range columns {
		w.WriteString(`      <attribute id="` + c.name + `" title="` + c.name + `" type="` + string(c.kind) + `"/>` + "\n")
	}
	w.WriteString("    </attributes>\n")
}

func (w *gexfWriter) node(node graph.Node) {
	w.WriteString(`      <node id="` + xmlText(node.ID) + `" label="` + xmlText(node.Label) + `">` + "\n")
	values := nodeValues(node)
	values["community"] = strconv.Itoa(w.community[node.ID])
	values["pagerank"] = decimal(w.ranks[node.ID], 6)
	w.values(nodeColumns(), values)
	c, at := colorOf(node.Type), w.places[node.ID]
	w.WriteString(`        <viz:size value="` + decimal(nodeSize(w.ranks[node.ID], len(w.ranks)), 2) + `"/>` + "\n")
	w.WriteString(`        <viz:position x="` + decimal(at.x, 2) + `" y="` + decimal(at.y, 2) + `" z="0.0"/>` + "\n")
	w.WriteString(`        <viz:color r="` + strconv.Itoa(int(c.r)) + `" g="` + strconv.Itoa(int(c.g)) + `" b="` + strconv.Itoa(int(c.b)) + `"/>` + "\n")
	w.WriteString("      </node>\n")
}

// kindColumn has the name of the attribute that 1.3 has for the kind of an edge.
const kindColumn = "kind"

// edgeColumns are the columns of edges; before 1.3 the kind is one of them.
func (w *gexfWriter) edgeColumns() []column {
	if w.version == GEXFRelease {
		return edgeColumns()
	}
	return append([]column{{kindColumn, textColumn}}, edgeColumns()...)
}

// edge writes an edge. Its kind is the predicate, so that Gephi keeps the parallel
// edges of a pair apart; only 1.3 knows the attribute, in 1.2draft it is a column.
func (w *gexfWriter) edge(id string, edge graph.Edge) {
	w.WriteString(`      <edge id="` + id + `" source="` + xmlText(edge.Source) + `" target="` + xmlText(edge.Target) + `"`)
	if w.version == GEXFRelease {
		w.WriteString(` kind="` + xmlText(string(edge.Predicate)) + `"`)
	}
	w.WriteString(` label="` + xmlText(edgeLabel(edge)) + `" weight="` + decimal(metric.Weight(edge), 4) + `">` + "\n")
	values := edgeValues(edge)
	values[kindColumn] = string(edge.Predicate)
	w.values(w.edgeColumns(), values)
	w.WriteString("      </edge>\n")
}

func (w *gexfWriter) values(columns []column, values map[string]string) {
	w.WriteString("        <attvalues>\n")
	for _, c := range columns {
		if value := values[c.name]; value != "" {
			w.WriteString(`          <attvalue for="` + c.name + `" value="` + xmlText(value) + `"/>` + "\n")
		}
	}
	w.WriteString("        </attvalues>\n")
}

// edgeLabel is the word on an edge in formats for programs: the linking phrase of
// the notes, or else the predicate, by which such programs filter.
func edgeLabel(edge graph.Edge) string {
	if phrase := edge.Props[fact.PropPhrase]; phrase != "" {
		return phrase
	}
	return string(edge.Predicate)
}

// nodeSize is a size in points from a PageRank: the area grows with the rank, and
// the average node of any graph has the same size.
func nodeSize(rank float64, count int) float64 {
	const average, least, most = 10, 4, 60
	return max(least, min(most, average*math.Sqrt(rank*float64(count))))
}

// decimal writes a number without exponent and with at most so many digits after
// the point.
func decimal(value float64, digits int) string {
	rounding := math.Pow10(digits)
	value = math.Round(value*rounding) / rounding
	if value == 0 {
		value = 0 // not -0
	}
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// xmlText escapes a text for XML, in attributes and between tags. What XML cannot
// hold at all is dropped.
func xmlText(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(withoutControls(text))); err != nil {
		return "" // a strings.Builder does not fail
	}
	return b.String()
}

// joined joins names for a column of lists; a bar in a name would part it.
func joined(names []string) string {
	clean := make([]string, len(names))
	for i, name := range names {
		clean[i] = strings.ReplaceAll(oneLine(name), "|", "¦")
	}
	return strings.Join(slices.Compact(clean), "|")
}
