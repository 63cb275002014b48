package scene

import (
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
)

// Scene is a finished drawing. Lengths are points; x grows to the right and y
// downwards from the top left corner of the page.
type Scene struct {
	Width, Height float64
	Background    Color
	Title         string // the accessible name of the whole picture
	Description   string // what a reader who cannot see it is told
	Language      string
	Elements      []Element // in the order of painting
	Fonts         *font.Family
}

// Kind is the role of an element in the drawing.
type Kind uint8

// The roles.
const (
	GroupElement  Kind = iota // the frame of a group
	EdgeElement               // a curve
	PhraseElement             // the label of one or more edges
	NodeElement
	PageElement // title, legend, list, source line
)

// Element is one thing with a meaning of its own: a node, a curve, a label.
type Element struct {
	Kind    Kind
	ID      string // of the node or group; empty for others
	From    string // ID of the node where a curve begins; with several, empty
	To      string // likewise for its end
	Name    string // what a screen reader says; may be empty
	Link    string
	Tooltip string
	Bounds  geometry.Rect
	Shapes  []Shaped
	Texts   []Text
}

// Shaped is an outline with its paint.
type Shaped struct {
	Path   geometry.Path
	Fill   Color // nothing is filled if it is not Visible
	Stroke Color // nothing is stroked if it is not Visible
	Width  float64
	Dash   []float64 // lengths of dash and gap; empty for a solid line
}

// Text is one line of text.
type Text struct {
	Content string
	At      geometry.Point // on the base line: the middle if Centred, else the left end
	Centred bool
	Width   float64 // as measured with the scene's fonts
	Size    float64
	Weight  font.Weight
	Color   Color
}

// Left is the x of the first character's left edge.
func (t Text) Left() float64 {
	if t.Centred {
		return t.At.X - t.Width/2
	}
	return t.At.X
}

// Bounds is the rectangle that the characters of the text may fill.
func (t Text) Bounds() geometry.Rect {
	left := t.Left()
	return geometry.Rect{Left: left, Top: t.At.Y - font.IdeoAscent*t.Size, Right: left + t.Width, Bottom: t.At.Y + font.IdeoDescent*t.Size}
}

// Color is a colour without transparency, or none: the zero value.
type Color struct {
	R, G, B uint8
	Visible bool
}

// hex makes a colour of 0xRRGGBB.
func hex(value uint32) Color {
	return Color{R: uint8(value >> 16), G: uint8(value >> 8), B: uint8(value), Visible: true}
}
