// Package layout finds places for the boxes and curves of a diagram.
//
// It gives sizes and connections to Graphviz and takes positions back; it never
// sees a text, a colour or an identifier, so nothing found in notes can reach
// Graphviz's language. Graphviz runs inside a child process, because the library
// (go-graphviz, Graphviz compiled to WebAssembly) ignores its context, keeps one
// unsafe global instance, leaks, and gives repeatable results only in a fresh
// process. The child is this same program, started with [ChildArgument]; its
// main function must hand such a call to [Child] before anything else:
//
//	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
//		if err := layout.Child(os.Stdin, os.Stdout); err != nil { … }
//	}
//
// Lengths are points; in the results x grows to the right, y downwards, and the
// diagram's top left corner is (0,0).
package layout

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ChildArgument is the one command-line argument of the child process.
const ChildArgument = "__layout"

// Engine is a way of laying out.
type Engine string

// The two engines that finish in good time and do what diagrams here need.
const (
	// Dot puts nodes on levels, edges running downwards: for up to a few
	// hundred nodes.
	Dot Engine = "dot"
	// Sfdp spreads nodes by forces: for thousands.
	Sfdp Engine = "sfdp"
)

// Size is a width and a height.
type Size struct{ Width, Height float64 }

// Point is a position.
type Point struct{ X, Y float64 }

// Shape says where edges end at a node.
type Shape uint8

// The two shapes.
const (
	Box Shape = iota
	Ellipse
)

// Node is a shape of fixed size.
type Node struct {
	Size    Size
	Shape   Shape
	Cluster int // index into Graph.Clusters, or NoCluster
}

// NoCluster is the cluster of a node or a cluster that stands alone.
const NoCluster = -1

// Edge is a connection of two nodes, given by their indexes.
type Edge struct {
	From, To int
	// Free keeps the edge from pulling To below From (Dot only).
	Free bool
	// MinLength is the least number of levels between the two (Dot only);
	// 0 means 1.
	MinLength int
	// Weight says how much the edge wants to be short and straight; 0 means 1.
	Weight int
}

// Cluster is a group of nodes with a frame around it (Dot only).
type Cluster struct {
	Parent int  // index of the cluster around this one, or NoCluster
	Label  Size // room for its name; zero for none
}

// Direction is where edges run to (Dot only).
type Direction uint8

// The two directions.
const (
	Down Direction = iota
	Right
)

// Graph is what is to be laid out.
type Graph struct {
	Nodes    []Node
	Edges    []Edge
	Clusters []Cluster
	// Levels are groups of nodes, each kept on one level, the first above the
	// second and so on (Dot only).
	Levels    [][]int
	Direction Direction
	// Ordered keeps the targets of each node's edges in the order of the edges,
	// left to right or from the top down (Dot only).
	Ordered bool
	// Abreast is how many of the parts of an ordered graph that nothing connects
	// stand beside each other, the next ones below; 0 means all (Dot only).
	Abreast  int
	NodeGap  float64 // between neighbours on a level; 0 means 18
	LevelGap float64 // between levels; 0 means 30
}

// Options says how the layout is run.
type Options struct {
	Engine Engine // empty means Dot
	// Command starts the child; empty means this program with ChildArgument.
	Command []string
	// Waiting is a child to use rather than to start one; nil starts one.
	Waiting *Waiting
	// Timeout is the longest time for one try; 0 means 20 seconds.
	Timeout time.Duration
	// DotLimit is the size, nodes and edges together, from which Dot is not
	// tried and Sfdp takes its place; 0 means 2000.
	DotLimit int
}

// Rect is an upright rectangle.
type Rect struct{ Left, Top, Right, Bottom float64 }

// Positions is where everything goes. Its slices run parallel to those of the
// graph.
type Positions struct {
	Size  Size
	Nodes []Point // centres
	// Edges are chains of cubic Bézier curves: one point, then three for each
	// curve. They end at the borders of the nodes. An edge that the engine did
	// not draw is empty.
	Edges         [][]Point
	Clusters      []Rect
	ClusterLabels []Point // centres of the labels
	Engine        Engine  // the engine used in the end
	// Note says in one line why another engine than the one asked for was
	// used; empty if it was not.
	Note string
}

// ErrTimeout is wrapped by the error of a layout that took too long.
var ErrTimeout = errors.New("the layout took too long")

const (
	defaultTimeout  = 20 * time.Second
	defaultDotLimit = 2000
)

// Layout finds positions for one graph. If Dot is asked for and the graph is too
// large for it or takes too long, Sfdp is used instead and Positions.Note says
// so. The error wraps ctx.Err() if the context ended and ErrTimeout if time ran
// out; then the child process is gone.
func Layout(ctx context.Context, graph Graph, options Options) (Positions, error) {
	all, err := Variants(ctx, []Graph{graph}, options)
	if err != nil {
		return Positions{}, err
	}
	return all[0], nil
}

// Variants finds positions for several forms of one diagram, so that the caller
// can choose the best looking. The result has one
// entry for each graph; if Dot had to give way to Sfdp it has one entry in all,
// for the first graph.
func Variants(ctx context.Context, graphs []Graph, options Options) ([]Positions, error) {
	if len(graphs) == 0 {
		return nil, errors.New("layout: no graph given")
	}
	for _, graph := range graphs {
		if err := graph.check(); err != nil {
			return nil, err
		}
	}
	options = options.withDefaults()
	if options.Engine == Sfdp {
		return run(ctx, graphs[:1], options)
	}
	first := graphs[0]
	if size := len(first.Nodes) + len(first.Edges); options.EngineFor(size) == Sfdp {
		note := fmt.Sprintf("%d nodes and edges are too many for the layout by levels (limit %d): placed by forces instead", size, options.DotLimit)
		return fallBack(ctx, first, options, note)
	}
	all, err := runAll(ctx, graphs, options)
	if errors.Is(err, ErrTimeout) {
		note := fmt.Sprintf("the layout by levels did not finish within %v: placed by forces instead", options.Timeout)
		return fallBack(ctx, first, options, note)
	}
	return all, err
}

func fallBack(ctx context.Context, graph Graph, options Options, note string) ([]Positions, error) {
	options.Engine = Sfdp
	all, err := run(ctx, []Graph{graph}, options)
	if err != nil {
		return nil, err
	}
	all[0].Note = note
	return all, nil
}

// EngineFor is the engine that these options give a graph of so many nodes and
// edges together.
func (o Options) EngineFor(size int) Engine {
	o = o.withDefaults()
	if size > o.DotLimit {
		return Sfdp
	}
	return o.Engine
}

func (o Options) withDefaults() Options {
	if o.Engine == "" {
		o.Engine = Dot
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.DotLimit == 0 {
		o.DotLimit = defaultDotLimit
	}
	return o
}

// check refuses indexes that point nowhere and sizes that are no numbers, so
// that Graphviz never sees them.
func (g Graph) check() error {
	if len(g.Nodes) == 0 {
		return errors.New("layout: the graph has no nodes")
	}
	for i, node := range g.Nodes {
		if !(node.Size.Width > 0 && node.Size.Width < maxLength && node.Size.Height > 0 && node.Size.Height < maxLength) {
			return fmt.Errorf("layout: node %d has the impossible size %v", i, node.Size)
		}
		if node.Cluster != NoCluster && (node.Cluster < 0 || node.Cluster >= len(g.Clusters)) {
			return fmt.Errorf("layout: node %d is in cluster %d, of %d", i, node.Cluster, len(g.Clusters))
		}
	}
	for i, edge := range g.Edges {
		if edge.From < 0 || edge.From >= len(g.Nodes) || edge.To < 0 || edge.To >= len(g.Nodes) {
			return fmt.Errorf("layout: edge %d joins node %d and %d, of %d", i, edge.From, edge.To, len(g.Nodes))
		}
	}
	for i, cluster := range g.Clusters {
		// A parent comes before its children: so there is no ring of clusters.
		if cluster.Parent != NoCluster && (cluster.Parent < 0 || cluster.Parent >= i) {
			return fmt.Errorf("layout: cluster %d has the parent %d; parents come first", i, cluster.Parent)
		}
	}
	for _, level := range g.Levels {
		for _, node := range level {
			if node < 0 || node >= len(g.Nodes) {
				return fmt.Errorf("layout: a level holds node %d, of %d", node, len(g.Nodes))
			}
		}
	}
	return nil
}

// maxLength is the largest side of a node, in points; larger ones are mistakes.
const maxLength = 100000
