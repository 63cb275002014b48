package layout

import (
	"slices"
	"strconv"
	"strings"
)

const (
	pointsPerInch   = 72
	defaultNodeGap  = 18
	defaultLevelGap = 30
)

// dotSource writes the graph in Graphviz's language: numbers and names of our
// own only.
func dotSource(graph Graph, engine Engine) string {
	var w strings.Builder
	w.WriteString("digraph {\n")
	writeSettings(&w, graph, engine)
	w.WriteString("node [shape=box fixedsize=true label=\"\"]\nedge [dir=none]\n")
	if engine == Dot {
		writeGroups(&w, graph)
	} else {
		for i, node := range graph.Nodes {
			writeNode(&w, i, node)
		}
	}
	if engine == Dot && graph.Ordered {
		writeRoot(&w, graph, componentHeads(graph))
	}
	for _, i := range edgeOrder(graph) {
		writeEdge(&w, i, graph.Edges[i])
	}
	w.WriteString("}\n")
	return w.String()
}

func writeSettings(w *strings.Builder, graph Graph, engine Engine) {
	nodeGap, levelGap := graph.NodeGap, graph.LevelGap
	if nodeGap == 0 {
		nodeGap = defaultNodeGap
	}
	if levelGap == 0 {
		levelGap = defaultLevelGap
	}
	if engine == Sfdp {
		// A fixed start makes the forces repeatable.
		w.WriteString("graph [start=1 overlap=true splines=false]\n")
		return
	}
	w.WriteString("graph [splines=spline nodesep=" + inches(nodeGap) + " ranksep=" + inches(levelGap))
	if graph.Direction == Right {
		w.WriteString(" rankdir=LR")
	}
	if graph.Ordered {
		w.WriteString(" ordering=out")
	}
	if len(graph.Levels) > 0 && len(graph.Clusters) > 0 {
		w.WriteString(" newrank=true") // levels may run through several clusters
	}
	w.WriteString("]\n")
}

// writeGroups writes the nodes inside their clusters, and the levels.
func writeGroups(w *strings.Builder, graph Graph) {
	children, members := clusterContents(graph)
	for _, node := range members[NoCluster] {
		writeNode(w, node, graph.Nodes[node])
	}
	for _, child := range children[NoCluster] {
		writeCluster(w, graph, child, children, members)
	}
	writeLevels(w, graph.Levels)
}

// clusterContents lists the clusters and the nodes directly inside each cluster.
func clusterContents(graph Graph) (children, members map[int][]int) {
	children, members = make(map[int][]int), make(map[int][]int)
	for i, cluster := range graph.Clusters {
		children[cluster.Parent] = append(children[cluster.Parent], i)
	}
	for i, node := range graph.Nodes {
		members[node.Cluster] = append(members[node.Cluster], i)
	}
	return children, members
}

func writeNode(w *strings.Builder, index int, node Node) {
	w.WriteString("n" + strconv.Itoa(index) + " [width=" + inches(node.Size.Width) + " height=" + inches(node.Size.Height))
	if node.Shape == Ellipse {
		w.WriteString(" shape=ellipse")
	}
	w.WriteString("]\n")
}

func writeCluster(w *strings.Builder, graph Graph, index int, children, members map[int][]int) {
	w.WriteString("subgraph cluster_" + strconv.Itoa(index) + " {\ngraph [margin=14")
	if label := graph.Clusters[index].Label; label.Width > 0 {
		// A table cell of fixed size stands for the label: Graphviz would measure
		// Chinese text wrongly. FIXEDSIZE must stand on the cell; on the table it
		// makes the WebAssembly build fail as soon as there are two.
		w.WriteString(" labeljust=l label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\"><TR><TD FIXEDSIZE=\"TRUE\" WIDTH=\"" +
			number(label.Width) + "\" HEIGHT=\"" + number(label.Height) + "\"></TD></TR></TABLE>>")
	} else {
		w.WriteString(" label=\"\"")
	}
	w.WriteString("]\n")
	for _, node := range members[index] {
		writeNode(w, node, graph.Nodes[node])
	}
	for _, child := range children[index] {
		writeCluster(w, graph, child, children, members)
	}
	w.WriteString("}\n")
}

// writeLevels ties each level together and hangs each below the one before it.
func writeLevels(w *strings.Builder, levels [][]int) {
	above := -1
	for _, level := range levels {
		if len(level) == 0 {
			continue
		}
		w.WriteString("{rank=same")
		for _, node := range level {
			w.WriteString(";n" + strconv.Itoa(node))
		}
		w.WriteString("}\n")
		if above >= 0 {
			w.WriteString("n" + strconv.Itoa(above) + "->n" + strconv.Itoa(level[0]) + " [style=invis weight=0]\n")
		}
		above = level[0]
	}
}

// writeRoot hangs the parts of an ordered graph that nothing connects on an
// invisible root, so that they come in order too; with Abreast, in rows.
func writeRoot(w *strings.Builder, graph Graph, heads []int) {
	if len(heads) < 2 {
		return
	}
	abreast := graph.Abreast
	if abreast <= 0 {
		abreast = len(heads)
	}
	w.WriteString("root [style=invis width=0.01 height=0.01]\n")
	for _, head := range heads[:min(abreast, len(heads))] {
		w.WriteString("root->n" + strconv.Itoa(head) + " [style=invis]\n")
	}
	ends := make(map[int][]int) // head → the ends of its part
	for i, head := range heads {
		if i+abreast < len(heads) {
			ends[head] = endsBelow(graph, head)
		}
	}
	for i := abreast; i < len(heads); i++ {
		row := i / abreast * abreast
		for _, above := range heads[row-abreast : row] {
			for _, end := range ends[above] {
				w.WriteString("n" + strconv.Itoa(end) + "->n" + strconv.Itoa(heads[i]) + " [style=invis weight=0]\n")
			}
		}
	}
}

// endsBelow lists the nodes that edges lead to from a head and that lead nowhere.
func endsBelow(graph Graph, head int) []int {
	next := make(map[int][]int)
	for _, edge := range graph.Edges {
		next[edge.From] = append(next[edge.From], edge.To)
	}
	var ends []int
	seen, open := map[int]bool{head: true}, []int{head}
	for len(open) > 0 {
		at := open[0]
		open = open[1:]
		if len(next[at]) == 0 {
			ends = append(ends, at)
		}
		for _, to := range next[at] {
			if !seen[to] {
				seen[to] = true
				open = append(open, to)
			}
		}
	}
	return ends
}

// componentHeads lists, for each connected part of the graph, the one node of it
// that no edge leads to; none at all if a part has several such nodes or only
// rings, since those find a better order by themselves.
func componentHeads(graph Graph) []int {
	part := make([]int, len(graph.Nodes)) // node → a node of its part, in a chain
	for i := range part {
		part[i] = i
	}
	find := func(i int) int {
		for part[i] != i {
			part[i] = part[part[i]]
			i = part[i]
		}
		return i
	}
	entered := make([]bool, len(graph.Nodes))
	for _, edge := range graph.Edges {
		entered[edge.To] = entered[edge.To] || edge.From != edge.To
		part[find(edge.To)] = find(edge.From)
	}
	var heads []int
	parts, headed := make(map[int]bool), make(map[int]bool)
	for i := range graph.Nodes {
		parts[find(i)] = true
		if entered[i] {
			continue
		}
		if headed[find(i)] {
			return nil
		}
		headed[find(i)] = true
		heads = append(heads, i)
	}
	if len(heads) < len(parts) {
		return nil
	}
	return heads
}

// edgeOrder is the order in which the edges are written. When edges run to the
// right, Graphviz turns what it was told to keep in order round inside
// clusters; told the other way round, it comes out right.
func edgeOrder(graph Graph) []int {
	var order, inside []int
	for i, edge := range graph.Edges {
		cluster := graph.Nodes[edge.From].Cluster
		if graph.Ordered && graph.Direction == Right && cluster != NoCluster && cluster == graph.Nodes[edge.To].Cluster {
			inside = append(inside, i)
		} else {
			order = append(order, i)
		}
	}
	slices.Reverse(inside)
	return append(order, inside...)
}

func writeEdge(w *strings.Builder, index int, edge Edge) {
	w.WriteString("n" + strconv.Itoa(edge.From) + "->n" + strconv.Itoa(edge.To) + " [id=e" + strconv.Itoa(index))
	if edge.Free {
		w.WriteString(" constraint=false")
	}
	if edge.MinLength > 1 {
		w.WriteString(" minlen=" + strconv.Itoa(edge.MinLength))
	}
	if edge.Weight > 1 {
		w.WriteString(" weight=" + strconv.Itoa(edge.Weight))
	}
	w.WriteString("]\n")
}

func inches(points float64) string { return number(points / pointsPerInch) }

func number(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }
