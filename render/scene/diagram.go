// Package scene draws diagrams: it turns a plain description of boxes and
// arrows into a picture whose every text fits its box.
//
// The way of a picture:
//
//	drawing, warnings, err := scene.Build(ctx, diagram, scene.Options{})
//	err = svg.Write(file, drawing, svg.Options{})        // or raster.PNG, raster.JPEG, pdf.Write
//
// [Build] measures every text with the embedded font, breaks long ones into
// lines, lets package layout find places, puts the linking phrases on the
// curves, and adds title, legend, list and source line. The [Scene] it returns
// is a list of outlines and texts with fixed places, so the writers (packages
// svg, raster and pdf) only translate and all show the same picture.
//
// A diagram is drawn as a concept map: a labelled edge reads as a sentence,
// "from, label, to", and its label stands on the line. Edges that share their
// label and one end share one label in the drawing.
//
// The same diagram gives the same scene on every machine, unless a text has
// characters outside the embedded font. The package knows nothing of notes,
// stores or the vocabulary of the graph; whoever calls it chooses shapes and
// tints for their own types.
package scene

import (
	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
)

// Diagram describes what to draw. Texts may hold any characters; control
// characters are dropped.
type Diagram struct {
	Title    string // the focus question; may be empty
	Subtitle string
	Language string // BCP 47 tag for readers of the file, such as "zh"; may be empty
	Nodes    []Node
	Edges    []Edge
	Groups   []Group
	Legend   []LegendRow
	Aside    Aside
	Source   string // where the content comes from: one line at the foot
	// Ordered keeps what hangs on a node in the order of the edges, as the talks
	// of a session; otherwise the order is the one with the fewest crossings.
	Ordered bool
	// Direction is where the edges run. Automatic chooses what reads best on
	// paper.
	Direction Direction
}

// Direction is where the edges of a diagram run.
type Direction uint8

// The directions.
const (
	Automatic Direction = iota // Down unless the picture gets far too wide
	Down
	Right
)

// Node is one box.
type Node struct {
	ID       string // unique within the diagram, not empty
	Label    string // a line feed in it ends a line
	Detail   string // smaller text below the label; may be empty
	Shape    Shape
	Tint     Tint
	Emphasis bool   // drawn large and in full colour: the focus
	Link     string // where a click leads: http, https, mailto or relative; may be empty
	Tooltip  string // shown by a viewer that can; may be empty
	Group    string // ID of the group it stands in; may be empty
	// Level keeps nodes of the same number side by side and lower numbers
	// above higher ones; 0 leaves the node free.
	Level int
}

// Shape is the outline of a node.
type Shape uint8

// The shapes. They differ enough to be told apart without colour.
const (
	Rounded   Shape = iota // a box with round corners
	Rectangle              // a box with sharp corners
	Pill                   // half circles at both ends
	Ellipse
	Octagon // a box with cut corners
	Sheet   // a box with one corner folded down
	Plain   // text without an outline
)

// Tint is a colour by number, so that each theme can choose its own: 0 is
// neutral grey, 1 to [Tints] can be told apart by colour-blind people.
type Tint uint8

// Tints is the highest tint.
const Tints Tint = 7

// Edge is one arrow, and with its label a sentence.
type Edge struct {
	From, To string // IDs of nodes
	Label    string // the linking phrase; may be empty
	Dashed   bool
	Tint     Tint
	Link     string
	Tooltip  string
	// CrossLink marks an edge between distant parts of the map. It is drawn
	// dashed and has no say in which node stands above which.
	CrossLink bool
	// Plain leaves the arrow head out.
	Plain bool
}

// Group is a frame around nodes.
type Group struct {
	ID     string // unique among the groups, not empty
	Label  string
	Parent string // ID of the group around it, listed before it; may be empty
	Tint   Tint
}

// LegendRow explains one kind of node or edge.
type LegendRow struct {
	Label  string
	Edge   bool // a line is shown, otherwise a small node
	Shape  Shape
	Tint   Tint
	Dashed bool
}

// Aside is a list beside the map, such as the concepts that found no place (the
// "parking lot").
type Aside struct {
	Title string
	Items []AsideItem
}

// AsideItem is one entry of the list.
type AsideItem struct {
	Label   string
	Link    string
	Tooltip string
}

// Options says how a diagram is drawn. The zero value is good.
type Options struct {
	Theme Theme
	// Fonts measures and draws; nil means the embedded fonts with the fonts of
	// the system behind them.
	Fonts *font.Family
	// Layout chooses engine, time limit and the child process.
	Layout layout.Options
}

// Warning is one thing the reader of the picture should know, in one line.
type Warning string
