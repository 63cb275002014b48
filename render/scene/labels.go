package scene

import (
	"fmt"
	"math"

	"talkgraph/render/layout"
	"talkgraph/render/scene/geometry"
)

// placeLabels puts the labels of cross-links on their curves, each where it
// hides least. A label without any room is left out with a warning; its words
// are still in the tooltip of the curve.
func (p *plan) placeLabels(d *picture, curves []track) {
	for i, l := range p.lines {
		if l.label.lines == nil {
			continue
		}
		centre, ok := d.roomFor(phraseBox(l.label), curves, i)
		if ok && curves[i].length() < 1.6*phraseBox(l.label).Width {
			d.crossings += shortLine
		}
		if ok {
			d.elements = append(d.elements, p.drawPhrase(l.label, l.edges, layout.NoCluster, centre))
			continue
		}
		edge := p.diagram.Edges[l.edges[0]]
		d.warnings = append(d.warnings, Warning(fmt.Sprintf("the phrase %q found no room in the drawing; it is in the tooltip of its line", p.sentence(edge))))
		for e := range d.elements {
			if element := &d.elements[e]; element.Kind == EdgeElement && element.Tooltip == "" && element.Name == p.sentence(edge) {
				element.Tooltip = element.Name
			}
		}
	}
}

// shortLine is how many crossings weigh as much as a curve with little left to see
// beside its label.
const shortLine = 3

// Steps in which places along a curve are tried, and what a place costs.
const (
	labelSteps    = 24
	crossingCost  = 40.0
	offCentreCost = 25.0
	offLineCost   = 15.0
	hiddenCost    = 100.0 // of a curve that is all but hidden by its label
)

// roomFor finds the best place for a label of the given size on curve own.
func (d *picture) roomFor(size layout.Size, curves []track, own int) (geometry.Point, bool) {
	points := curves[own].points
	if len(points) < 2 {
		return geometry.Point{}, false
	}
	best, lowest := geometry.Point{}, math.Inf(1)
	for step := 3; step <= labelSteps-3; step++ {
		fraction := float64(step) / labelSteps
		on, direction := along(points, fraction)
		side := geometry.Point{X: -direction.Y, Y: direction.X}
		reach := math.Abs(side.X)*size.Width/2 + math.Abs(side.Y)*size.Height/2 + 2
		for _, offset := range []float64{0, -1, 1} {
			centre := on.Add(side.Scale(offset * reach))
			cost := math.Abs(fraction-0.5)*offCentreCost + math.Abs(offset)*offLineCost
			bounds := geometry.Around(centre, size.Width, size.Height)
			if offset == 0 {
				cost += hidden(points, direction, size) * hiddenCost
			}
			if cost < lowest && d.inside(bounds) && d.unobstructed(bounds) {
				cost += float64(crossings(bounds, curves, own)) * crossingCost
				if cost < lowest {
					best, lowest = centre, cost
				}
			}
		}
	}
	return best, !math.IsInf(lowest, 1)
}

// visiblePart is the part of a curve that a label on it may hide at no cost.
const visiblePart = 0.3

// hidden is the part of a curve that a label on it hides beyond that: 0…1.
func hidden(points []geometry.Point, direction geometry.Point, size layout.Size) float64 {
	hides := min(size.Width/max(math.Abs(direction.X), 1e-9), size.Height/max(math.Abs(direction.Y), 1e-9))
	return max(0, min(1, hides/track{points: points}.length()-visiblePart))
}

// along returns the point at a fraction of the length of a chain of lines, and
// the direction there.
func along(points []geometry.Point, fraction float64) (on, direction geometry.Point) {
	total := 0.0
	for i := 1; i < len(points); i++ {
		total += points[i].Sub(points[i-1]).Length()
	}
	rest := total * fraction
	for i := 1; i < len(points); i++ {
		step := points[i].Sub(points[i-1])
		if length := step.Length(); rest <= length && length > 0 {
			return geometry.Lerp(points[i-1], points[i], rest/length), step.Unit()
		}
		rest -= step.Length()
	}
	return points[len(points)-1], geometry.Point{X: 1}
}

func (d *picture) inside(r geometry.Rect) bool {
	return d.bounds.Contains(r)
}

// labelClearance is the least distance of a label from boxes and other labels.
const labelClearance = 2

// unobstructed tells whether neither node nor label nor the name of a group is
// at r.
func (d *picture) unobstructed(r geometry.Rect) bool {
	r = r.Grow(labelClearance)
	for _, element := range d.elements {
		switch element.Kind {
		case NodeElement, PhraseElement:
			if r.Overlap(element.Bounds) > 0 {
				return false
			}
		case GroupElement:
			for _, text := range element.Texts {
				if r.Overlap(text.Bounds()) > 0 {
					return false
				}
			}
		}
	}
	return true
}

// crossings counts the curves, but for number own, that run through r.
func crossings(r geometry.Rect, curves []track, own int) int {
	count := 0
	for i, curve := range curves {
		if i != own && curve.crosses(r) {
			count++
		}
	}
	return count
}
