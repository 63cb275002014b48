package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/ask"
	"talkgraph/render"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// drawPaths draws connections as one map that is read from the one end to the other.
func (p *program) drawPaths(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, result ask.Result) error {
	format, err := pictureFormat(settings.Path.Output)
	if err != nil {
		return err
	}
	request, err := mapRequest(settings, nil)
	if err != nil {
		return err
	}
	nodes, err := connected(ctx, snapshot, result)
	if err != nil {
		return err
	}
	around, err := graph.Neighbourhood(ctx, snapshot, identifiers(nodes), 1)
	if err != nil {
		return err
	}
	c := &connectionMap{words: wording.New(request.Language, around), nodes: nodes, drawn: map[string]bool{}, links: settings.Map.Links}
	c.add(result)
	c.explain()
	if format == "dot" {
		return p.writeFile(settings.Path.Output, func(w io.Writer) error { return render.DiagramDOT(w, c.diagram) })
	}
	drawing, warnings, err := scene.Build(ctx, c.diagram, scene.Options{Theme: request.Theme, Layout: request.Layout})
	if err != nil {
		return err
	}
	p.drawingWarnings(warnings)
	return p.writeFile(settings.Path.Output, func(w io.Writer) error { return render.Draw(w, drawing, format, settings.Map.Scale) })
}

// connected returns the nodes that connections lead over.
func connected(ctx context.Context, snapshot graph.Snapshot, result ask.Result) ([]graph.Node, error) {
	var ids []string
	for _, answer := range result.Answers {
		for _, step := range answer.Steps {
			ids = append(ids, step.Source.ID, step.Target.ID)
		}
	}
	slices.Sort(ids)
	return snapshot.Nodes(ctx, slices.Compact(ids))
}

// identifiers are the IDs of nodes.
func identifiers(nodes []graph.Node) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	return ids
}

// connectionMap collects what is drawn of connections.
type connectionMap struct {
	words   wording.Words
	nodes   []graph.Node
	drawn   map[string]bool // IDs of nodes, and keys of edges
	links   string
	diagram scene.Diagram
}

func (c *connectionMap) add(result ask.Result) {
	for _, answer := range result.Answers {
		for i, step := range answer.Steps {
			from, to := step.Ends()
			c.node(from.ID, i == 0)
			c.node(to.ID, i == len(answer.Steps)-1)
			c.edge(step, from.ID, to.ID)
		}
	}
}

// explain gives the map its question and its legend.
func (c *connectionMap) explain() {
	var ends []string
	types := map[fact.Type]bool{}
	for _, n := range c.diagram.Nodes {
		if n.Emphasis {
			ends = append(ends, n.Label)
		}
		k := slices.IndexFunc(c.nodes, func(node graph.Node) bool { return node.ID == n.ID })
		types[c.nodes[k].Type] = true
	}
	c.diagram.Title = c.words.Title(wording.Spaced(strings.Join(ends, "、"), "之间有什么联系？"), "What connects "+strings.Join(ends, " and ")+"?")
	c.diagram.Language = c.words.Tag()
	for _, t := range fact.Types() {
		if types[t] {
			shape, tint := boxOf(t)
			c.diagram.Legend = append(c.diagram.Legend, scene.LegendRow{Label: c.words.Type(t), Shape: shape, Tint: tint})
		}
	}
}

func (c *connectionMap) node(id string, end bool) {
	k := slices.IndexFunc(c.nodes, func(n graph.Node) bool { return n.ID == id })
	if c.drawn[id] || k < 0 {
		return
	}
	c.drawn[id] = true
	names := c.words.Names(c.nodes[k])
	shape, tint := boxOf(c.nodes[k].Type)
	c.diagram.Nodes = append(c.diagram.Nodes, scene.Node{ID: id, Label: names.Label, Detail: names.Other, Shape: shape, Tint: tint, Emphasis: end})
}

// edge draws a step once, worded in the direction in which the map is read.
func (c *connectionMap) edge(step ask.Step, from, to string) {
	relation := graph.Edge{Source: step.Source.ID, Target: step.Target.ID, Predicate: step.Relation, Props: map[string]string{fact.PropPhrase: step.Phrase}}
	phrase := c.words.Phrase(relation)
	if from != relation.Source {
		if inverse, ok := c.words.Inverse(relation); ok {
			phrase = inverse
		} else {
			from, to = to, from
		}
	}
	key := from + "\x00" + phrase + "\x00" + to
	if c.drawn[key] {
		return
	}
	c.drawn[key] = true
	tooltip, link := "", ""
	if len(step.Evidence) > 0 {
		e := step.Evidence[0]
		tooltip = fmt.Sprintf("%s:%d  %s", strings.TrimPrefix(e.Document, "doc/"), e.Line, oneLine(e.Quote))
		link = render.EvidenceLink(c.links, graph.Node{}, fact.Evidence{Document: e.Document, Quote: e.Quote})
	}
	c.diagram.Edges = append(c.diagram.Edges, scene.Edge{From: from, To: to, Label: phrase, Dashed: step.Lexicon, Tooltip: tooltip, Link: link})
}

// boxOf is how a type is drawn, the same as in other maps.
func boxOf(t fact.Type) (scene.Shape, scene.Tint) {
	switch t {
	case fact.Talk:
		return scene.Sheet, 2
	case fact.Person:
		return scene.Pill, 3
	case fact.Organization:
		return scene.Octagon, 7
	case fact.Event, fact.Session:
		return scene.Rectangle, 5
	default:
		return scene.Rounded, 1
	}
}
