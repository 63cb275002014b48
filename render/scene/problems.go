package scene

import (
	"fmt"

	"talkgraph/render/scene/geometry"
)

// ProblemKind is a kind of fault in a drawing.
type ProblemKind uint8

// The kinds of faults.
const (
	TextOutside   ProblemKind = iota // a text sticks out of its box or the page
	BoxesOverlap                     // two nodes
	LabelOverlaps                    // a label lies on a node or on another label
	CurveOverBox                     // a curve runs through a node that it does not join
	CurveOverText                    // a curve runs through a label that is not its own
)

// Problem is one fault in a drawing.
type Problem struct {
	Kind    ProblemKind
	Message string
}

// String says what is wrong where.
func (p Problem) String() string { return p.Message }

// tolerance is how much things may overlap before it counts, in points:
// neighbours may touch.
const tolerance = 0.5

// Problems looks for faults that a reader of the drawing would see. It is meant
// for tests and for choosing between layouts.
func Problems(s *Scene) []Problem {
	problems := findProblems(s.Elements)
	page := geometry.Rect{Right: s.Width, Bottom: s.Height}
	for _, element := range s.Elements {
		if !page.Grow(tolerance).Contains(element.Bounds) && !element.Bounds.Empty() {
			problems = append(problems, Problem{TextOutside, fmt.Sprintf("%q is not on the page", element.Name)})
		}
		for _, text := range element.Texts {
			if !page.Contains(text.Bounds()) {
				problems = append(problems, Problem{TextOutside, fmt.Sprintf("the text %q is not on the page", text.Content)})
			}
		}
	}
	return problems
}

// findProblems looks for faults among elements.
func findProblems(elements []Element) []Problem {
	var boxes, curves []Element
	var tracks []track
	for _, element := range elements {
		switch element.Kind {
		case NodeElement, PhraseElement:
			boxes = append(boxes, element)
		case EdgeElement:
			curves = append(curves, element)
			tracks = append(tracks, trackOf(element.Shapes[0].Path))
		}
	}
	var problems []Problem
	for _, element := range elements {
		if element.Kind == GroupElement {
			problems = append(problems, groupProblems(element, curves, tracks)...)
		}
	}
	for i, box := range boxes {
		problems = append(problems, textsOutside(box)...)
		for _, other := range boxes[:i] {
			if box.Bounds.Grow(-tolerance).Overlap(other.Bounds.Grow(-tolerance)) > 0 {
				problems = append(problems, overlapProblem(other, box))
			}
		}
		for i, curve := range curves {
			if tracks[i].crosses(box.Bounds) && !belongs(curve, box) {
				problems = append(problems, curveProblem(curve, box))
			}
		}
	}
	return problems
}

// groupProblems finds curves that run through the name of a group.
func groupProblems(group Element, curves []Element, tracks []track) []Problem {
	problems := textsOutside(group)
	for i, curve := range curves {
		for _, text := range group.Texts {
			if tracks[i].crosses(text.Bounds()) {
				problems = append(problems, Problem{CurveOverText, fmt.Sprintf("the curve %q runs through the name %q", curve.Name, text.Content)})
			}
		}
	}
	return problems
}

func textsOutside(box Element) []Problem {
	var problems []Problem
	for _, text := range box.Texts {
		if !box.Bounds.Grow(tolerance).Contains(text.Bounds()) {
			problems = append(problems, Problem{TextOutside, fmt.Sprintf("the text %q sticks out of its box", text.Content)})
		}
	}
	return problems
}

func overlapProblem(a, b Element) Problem {
	kind := LabelOverlaps
	if a.Kind == NodeElement && b.Kind == NodeElement {
		kind = BoxesOverlap
	}
	return Problem{kind, fmt.Sprintf("%q lies on %q", shown(b), shown(a))}
}

// shown is what a reader sees of an element.
func shown(e Element) string {
	text := ""
	for _, line := range e.Texts {
		text += line.Content
	}
	return text
}

// belongs tells whether a box is at an end of a curve, or is its own label.
func belongs(curve, box Element) bool {
	return box.ID == curve.From || box.ID == curve.To || (box.Kind == PhraseElement && box.Name == curve.Name)
}

func curveProblem(curve, box Element) Problem {
	kind := CurveOverBox
	if box.Kind == PhraseElement {
		kind = CurveOverText
	}
	return Problem{kind, fmt.Sprintf("the curve %q runs through %q", curve.Name, shown(box))}
}
