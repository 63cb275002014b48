package render

import (
	"context"
	"math"

	"talkgraph/graph"
	"talkgraph/render/layout"
	"talkgraph/render/metric"
)

// place is a position in points; y grows upwards.
type place struct{ x, y float64 }

// placesOf finds a position for each node by forces. If the layout fails, the
// nodes are placed on a spiral and a warning says so: an export without good
// positions is better than none.
func placesOf(ctx context.Context, g *graph.Subgraph, options layout.Options) (map[string]place, []Warning, error) {
	nodes := sortedNodes(g)
	if len(nodes) == 0 {
		return nil, nil, nil
	}
	options.Engine = layout.Sfdp
	positions, err := layout.Layout(ctx, forceGraph(g), options)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	places := make(map[string]place, len(nodes))
	if err != nil {
		for i, node := range nodes {
			places[node.ID] = onSpiral(i)
		}
		return places, []Warning{Warning("nodes are placed on a spiral, for " + err.Error() + "; lay the graph out in the program that opens it")}, nil
	}
	for i, node := range nodes {
		at := positions.Nodes[i]
		places[node.ID] = place{at.X - positions.Size.Width/2, positions.Size.Height/2 - at.Y}
	}
	return places, nil, nil
}

// forceGraph is the graph as round nodes with room for a short label.
func forceGraph(g *graph.Subgraph) layout.Graph {
	nodes := sortedNodes(g)
	ranks := metric.PageRank(g)
	index := make(map[string]int, len(nodes))
	out := layout.Graph{}
	for i, node := range nodes {
		index[node.ID] = i
		side := 2*nodeSize(ranks[node.ID], len(nodes)) + 12
		out.Nodes = append(out.Nodes, layout.Node{Size: layout.Size{Width: side, Height: side}, Shape: layout.Ellipse, Cluster: layout.NoCluster})
	}
	for _, edge := range sortedEdges(g) {
		from, known := index[edge.Source]
		to, knownToo := index[edge.Target]
		if known && knownToo && from != to {
			out.Edges = append(out.Edges, layout.Edge{From: from, To: to})
		}
	}
	return out
}

// onSpiral spreads nodes evenly over a disc, in their order from the middle.
func onSpiral(i int) place {
	const goldenAngle, gap = 2.399963229728653, 30
	radius := gap * math.Sqrt(float64(i))
	angle := goldenAngle * float64(i)
	return place{radius * math.Cos(angle), radius * math.Sin(angle)}
}
