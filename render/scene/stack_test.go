package scene

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
)

// family is a node with so many leaves that share a phrase.
func family(leaves int) Diagram {
	d := Diagram{Title: "A family", Nodes: []Node{{ID: "root", Label: "root", Emphasis: true}}}
	for i := range leaves {
		id := fmt.Sprintf("leaf%02d", i)
		d.Nodes = append(d.Nodes, Node{ID: id, Label: "leaf number " + id, Shape: Sheet})
		d.Edges = append(d.Edges, Edge{From: "root", To: id, Label: "has"})
	}
	return d
}

func planOf(t *testing.T, d Diagram) *plan {
	t.Helper()
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return newPlan(d, colorsOf(Light), setter{fonts}, layout.Dot)
}

func TestFewLeavesAreNotStacked(t *testing.T) {
	if stacks := planOf(t, family(stackFrom-1)).stacks(); stacks != nil {
		t.Errorf("%d leaves are stacked: %v", stackFrom-1, stacks)
	}
	tied := family(stackFrom)
	tied.Edges = append(tied.Edges, Edge{From: "leaf00", To: "leaf01", Label: "knows"})
	if stacks := planOf(t, tied).stacks(); stacks != nil {
		t.Errorf("nodes with other ties are stacked: %v", stacks)
	}
}

// TestStackShapes wants members that never overlap, in order, inside the stack.
func TestStackShapes(t *testing.T) {
	for _, direction := range []layout.Direction{layout.Down, layout.Right} {
		for leaves := stackFrom; leaves < 14; leaves++ {
			p := planOf(t, family(leaves))
			stacks := p.stacks()
			if len(stacks) != 1 || len(stacks[0].members) != leaves {
				t.Fatalf("%d leaves make %v", leaves, stacks)
			}
			for rows := 1; rows <= leaves; rows++ {
				checkShape(t, p.shape(stacks[0], rows, direction), rows, direction)
			}
		}
	}
}

func checkShape(t *testing.T, s shapedStack, rows int, direction layout.Direction) {
	t.Helper()
	heights := map[float64]bool{}
	for i, at := range s.centres {
		size := s.sizes[i]
		heights[at.Y] = true
		if at.X-size.Width/2 < -0.01 || at.X+size.Width/2 > s.size.Width+0.01 || at.Y-size.Height/2 < -0.01 || at.Y+size.Height/2 > s.size.Height+0.01 {
			t.Errorf("%d members in %d rows: member %d stands outside", len(s.members), rows, i)
		}
		for k := range i {
			other := s.centres[k]
			if abs(at.X-other.X) < (size.Width+s.sizes[k].Width)/2 && abs(at.Y-other.Y) < (size.Height+s.sizes[k].Height)/2 {
				t.Errorf("%d members in %d rows: %d lies on %d", len(s.members), rows, i, k)
			}
		}
	}
	if direction == layout.Down && len(heights) > rows {
		t.Errorf("%d members stand in %d rows, at most %d were asked for", len(s.members), len(heights), rows)
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestLargeFamiliesFitThePage wants a picture near the sides of a page, without
// faults, in which every leaf is met by its own arrow.
func TestLargeFamiliesFitThePage(t *testing.T) {
	for _, leaves := range []int{5, 13, 40} {
		d := family(leaves)
		drawing, warnings, err := Build(context.Background(), d, Options{})
		if err != nil || len(warnings) > 0 {
			t.Fatal(err, warnings)
		}
		if problems := Problems(drawing); len(problems) > 0 {
			t.Errorf("%d leaves: %v", leaves, problems)
		}
		if ratio := max(drawing.Width/drawing.Height, drawing.Height/drawing.Width); ratio > 2.5 {
			t.Errorf("%d leaves: %.0f by %.0f points", leaves, drawing.Width, drawing.Height)
		}
		for _, node := range d.Nodes[1:] {
			if !slices.ContainsFunc(drawing.Elements, func(e Element) bool { return e.Kind == EdgeElement && e.To == node.ID }) {
				t.Errorf("no arrow leads to %s", node.ID)
			}
		}
	}
}

func TestSiblingCrossLinksGetRoom(t *testing.T) {
	d := family(2)
	d.Edges = append(d.Edges,
		Edge{From: "leaf00", To: "leaf01", Label: "is much faster than the other one", CrossLink: true},
		Edge{From: "leaf01", To: "leaf00", Label: "learns from", CrossLink: true})
	firm := d.withFirm(d.siblings())
	if firm.Edges[2].CrossLink || !firm.Edges[2].Dashed {
		t.Error("a cross-link between siblings has no say in the levels")
	}
	if !firm.Edges[3].CrossLink {
		t.Error("a second one, the other way round, makes a ring")
	}
	drawing, warnings, err := Build(context.Background(), d, Options{})
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if problems := Problems(drawing); len(problems) > 0 {
		t.Error(problems)
	}
}
