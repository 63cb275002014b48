package scene

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
)

// sharedFonts are those of all drawings that bring none of their own: unpacking
// them takes a noticeable time.
var sharedFonts = sync.OnceValues(func() (*font.Family, error) { return font.Open(font.Options{}) })

// LoadFonts unpacks the fonts, which Build does by itself when it needs them. A
// program that will draw calls it in a goroutine while it reads what to draw.
func LoadFonts() { _, _ = sharedFonts() } // Build reports the error

// Build draws a diagram. It fails if the diagram contradicts itself (an edge to
// a node that is not there, two nodes with one ID) or if no layout can be found;
// then the error says what and how to mend it. Warnings tell of texts that were
// cut, characters that no font has, labels without room, another engine than
// the one asked for.
func Build(ctx context.Context, diagram Diagram, options Options) (*Scene, []Warning, error) {
	if err := diagram.check(); err != nil {
		return nil, nil, err
	}
	fonts := options.Fonts
	if fonts == nil {
		var err error
		if fonts, err = sharedFonts(); err != nil {
			return nil, nil, err
		}
	}
	diagram = diagram.withSafeLinks()
	p, drawn, note, err := bestPlan(ctx, diagram, colorsOf(options.Theme), setter{fonts}, options.Layout)
	if err != nil {
		return nil, nil, err
	}
	scene := p.page(drawn)
	scene.Fonts = fonts

	warnings := p.warnings
	if note != "" {
		warnings = append(warnings, Warning(note))
	}
	warnings = append(warnings, drawn.warnings...)
	warnings = append(warnings, missingCharacters(scene)...)
	return scene, warnings, nil
}

// bestPlan plans and draws a diagram. If labels of cross-links find no room where
// the curves happen to run, the cross-links are laid out like all other edges.
func bestPlan(ctx context.Context, diagram Diagram, colors colors, set setter, options layout.Options) (*plan, picture, string, error) {
	diagram = diagram.withFirm(diagram.siblings())
	p := newPlan(diagram, colors, set, options.EngineFor(0))
	if engine := options.EngineFor(p.size()); engine != p.engine {
		p = newPlan(diagram, colors, set, engine)
	}
	drawn, note, err := p.bestPicture(ctx, options)
	if err != nil || drawn.faults() == 0 || note != "" || p.engine != layout.Dot || p.large() || !p.hasFreeLabels() {
		return p, drawn.picture, note, err
	}
	firm := newPlan(diagram.withFirm(func(Edge) bool { return true }), colors, set, p.engine)
	again, note, err := firm.bestPicture(ctx, options)
	if err != nil || note != "" || again.cost() >= drawn.cost() {
		return p, drawn.picture, "", err
	}
	return firm, again.picture, "", nil
}

// hasFreeLabels tells whether labels are put on their curves after the layout.
func (p *plan) hasFreeLabels() bool {
	return slices.ContainsFunc(p.lines, func(l line) bool { return l.label.lines != nil })
}

// check finds the contradictions in a diagram.
func (d Diagram) check() error {
	if len(d.Nodes) == 0 {
		return errors.New("the diagram has no nodes; choose a focus that is in the graph, or raise the limit")
	}
	groups := make(map[string]bool)
	for _, group := range d.Groups {
		if group.ID == "" || groups[group.ID] {
			return fmt.Errorf("group %q has no ID of its own", group.ID)
		}
		if group.Parent != "" && !groups[group.Parent] {
			return fmt.Errorf("group %q stands in %q, which is not listed before it", group.ID, group.Parent)
		}
		groups[group.ID] = true
	}
	nodes := make(map[string]bool)
	for _, node := range d.Nodes {
		if node.ID == "" || nodes[node.ID] {
			return fmt.Errorf("node %q (%s) has no ID of its own", node.ID, node.Label)
		}
		if node.Group != "" && !groups[node.Group] {
			return fmt.Errorf("node %q stands in the group %q, which is not there", node.ID, node.Group)
		}
		nodes[node.ID] = true
	}
	for _, edge := range d.Edges {
		if !nodes[edge.From] || !nodes[edge.To] {
			return fmt.Errorf("an edge joins %q and %q, and one of them is not there", edge.From, edge.To)
		}
	}
	return nil
}

// missingCharacters reports what no font on this machine can draw.
func missingCharacters(s *Scene) []Warning {
	var warnings []Warning
	seen := make(map[rune]bool)
	for _, element := range s.Elements {
		for _, text := range element.Texts {
			for _, r := range text.Content {
				if seen[r] || s.Fonts.Source(text.Weight, r) != font.Missing {
					continue
				}
				seen[r] = true
				warnings = append(warnings, Warning(fmt.Sprintf("no font has the character %q (U+%04X) of %q: drawn as an empty box; install a font that has it", r, r, text.Content)))
			}
		}
	}
	return warnings
}
