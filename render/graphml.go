package render

import (
	"bytes"
	"context"
	"strconv"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/metric"
)

// graphMLType is the type of a column in GraphML.
func graphMLType(kind columnKind) string {
	switch kind {
	case integerColumn:
		return "int"
	case numberColumn:
		return "double"
	default:
		return "string"
	}
}

// writeGraphML writes the attributes as data that Gephi, networkx and Cytoscape read.
// The format has no labels of its own; the key "label" is what they all look for.
func writeGraphML(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.WriteString(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	nodes := append([]column{{"label", textColumn}}, nodeColumns()...)
	edges := append([]column{{"label", textColumn}, {"weight", numberColumn}}, edgeColumns()...)
	graphMLKeys(w, "node", nodes)
	graphMLKeys(w, "edge", edges)
	w.WriteString(`  <graph id="talkgraph" edgedefault="directed">` + "\n")
	w.WriteString("    <desc>知识图谱 · " + xmlText(oneLine(titleOf(g, options))) + "</desc>\n")
	ranks, communities := metric.PageRank(g), metric.Communities(g)
	for _, node := range sortedNodes(g) {
		values := nodeValues(node)
		values["label"] = node.Label
		values["community"] = strconv.Itoa(communities[node.ID])
		values["pagerank"] = decimal(ranks[node.ID], 6)
		w.WriteString(`    <node id="` + xmlText(node.ID) + `">` + "\n")
		graphMLData(w, "node", nodes, values)
		w.WriteString("    </node>\n")
	}
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		values := edgeValues(edge)
		values["label"], values["weight"] = edgeLabel(edge), decimal(metric.Weight(edge), 4)
		w.WriteString(`    <edge id="` + ids.of(edge) + `" source="` + xmlText(edge.Source) + `" target="` + xmlText(edge.Target) + `">` + "\n")
		graphMLData(w, "edge", edges, values)
		w.WriteString("    </edge>\n")
	}
	w.WriteString("  </graph>\n</graphml>\n")
	return nil
}

func graphMLKeys(w *bytes.Buffer, domain string, columns []column) {
	for _, c := range columns {
		w.WriteString(`  <key id="` + domain + "-" + c.name + `" for="` + domain + `" attr.name="` + c.name + `" attr.type="` + graphMLType(c.kind) + `"/>` + "\n")
	}
}

func graphMLData(w *bytes.Buffer, domain string, columns []column, values map[string]string) {
	for _, c := range columns {
		if value := values[c.name]; value != "" {
			w.WriteString(`      <data key="` + domain + "-" + c.name + `">` + xmlText(value) + "</data>\n")
		}
	}
}

// exportGraphMLYED writes GraphML with yEd's extensions: the labels, shapes, colours
// and places that yEd shows, which it does not take from plain attributes.
func exportGraphMLYED(ctx context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	places, warnings, err := placesOf(ctx, g, options.Layout)
	if err != nil {
		return nil, nil, err
	}
	var w bytes.Buffer
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.WriteString(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3">` + "\n")
	w.WriteString(`  <key id="nodegraphics" for="node" yfiles.type="nodegraphics"/>` + "\n")
	w.WriteString(`  <key id="edgegraphics" for="edge" yfiles.type="edgegraphics"/>` + "\n")
	w.WriteString(`  <key id="description" for="node" attr.name="description" attr.type="string"/>` + "\n")
	w.WriteString(`  <graph id="talkgraph" edgedefault="directed">` + "\n")
	for _, node := range sortedNodes(g) {
		yedNode(&w, node, places[node.ID])
	}
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		w.WriteString(`    <edge id="` + ids.of(edge) + `" source="` + xmlText(edge.Source) + `" target="` + xmlText(edge.Target) + `">` + "\n")
		w.WriteString(`      <data key="edgegraphics"><y:PolyLineEdge><y:LineStyle color="#999999" type="line" width="1.0"/><y:Arrows source="none" target="standard"/><y:EdgeLabel>` +
			xmlText(oneLine(edgeLabel(edge))) + `</y:EdgeLabel></y:PolyLineEdge></data>` + "\n")
		w.WriteString("    </edge>\n")
	}
	w.WriteString("  </graph>\n</graphml>\n")
	return []File{{Content: w.Bytes()}}, warnings, nil
}

// yedNode writes a node as yEd draws it: y grows downwards there.
func yedNode(w *bytes.Buffer, node graph.Node, at place) {
	label := oneLine(node.Label)
	width := min(280, 24+11*float64(len([]rune(label))))
	w.WriteString(`    <node id="` + xmlText(node.ID) + `">` + "\n")
	w.WriteString(`      <data key="description">` + xmlText(string(node.Type)) + "</data>\n")
	w.WriteString(`      <data key="nodegraphics"><y:ShapeNode><y:Geometry height="30.0" width="` + decimal(width, 1) + `" x="` + decimal(at.x-width/2, 2) + `" y="` + decimal(-at.y-15, 2) + `"/>` +
		`<y:Fill color="` + colorOf(node.Type).hex() + `" transparent="false"/><y:BorderStyle color="#555555" type="line" width="1.0"/>` +
		`<y:NodeLabel fontFamily="Dialog" fontSize="12">` + xmlText(label) + `</y:NodeLabel><y:Shape type="` + yedShape(node.Type) + `"/></y:ShapeNode></data>` + "\n")
	w.WriteString("    </node>\n")
}

func yedShape(t fact.Type) string {
	switch t {
	case fact.Person:
		return "ellipse"
	case fact.Event, fact.Organization:
		return "octagon"
	case fact.Talk, fact.Session:
		return "rectangle"
	default:
		return "roundrectangle"
	}
}
