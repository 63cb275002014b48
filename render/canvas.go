package render

import (
	"bytes"
	"context"
	"encoding/json"
	"math"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// canvasNode and canvasEdge are those of JSON Canvas 1.0 (jsoncanvas.org/spec/1.0).
type canvasNode struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Color  string `json:"color,omitempty"`
	Text   string `json:"text"`
}

type canvasEdge struct {
	ID       string `json:"id"`
	FromNode string `json:"fromNode"`
	ToNode   string `json:"toNode"`
	Label    string `json:"label,omitempty"`
}

// canvasScale spreads the places of the layout, which are those of small circles, so
// that cards of text find room.
const canvasScale = 3.5

// exportCanvas writes a JSON Canvas that Obsidian and others show.
func exportCanvas(ctx context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	places, warnings, err := placesOf(ctx, g, options.Layout)
	if err != nil {
		return nil, nil, err
	}
	words := wording.New(options.Language, g)
	canvas := struct {
		Nodes []canvasNode `json:"nodes"`
		Edges []canvasEdge `json:"edges"`
	}{[]canvasNode{}, []canvasEdge{}}
	for _, node := range sortedNodes(g) {
		canvas.Nodes = append(canvas.Nodes, canvasCard(node, places[node.ID]))
	}
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		canvas.Edges = append(canvas.Edges, canvasEdge{ids.of(edge), edge.Source, edge.Target, oneLine(words.Phrase(edge))})
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "\t")
	if err := encoder.Encode(canvas); err != nil {
		return nil, nil, err
	}
	return []File{{Content: b.Bytes()}}, warnings, nil
}

// canvasCard makes the card of a node, in the middle of its place; y grows downwards.
func canvasCard(node graph.Node, at place) canvasNode {
	label := oneLine(node.Label)
	width := min(320, 60+14*len([]rune(label)))
	height := 60 + 24*(len([]rune(label))*14/260)
	return canvasNode{ID: node.ID, Type: "text", X: int(math.Round(at.x*canvasScale)) - width/2, Y: int(math.Round(-at.y*canvasScale)) - height/2,
		Width: width, Height: height, Color: colorOf(node.Type).hex(), Text: markdownText(label) + canvasNote(node)}
}

// canvasNote is the second line of a card: when a talk was.
func canvasNote(node graph.Node) string {
	if node.Type == fact.Talk && node.Props[fact.PropStartDate] != "" {
		return "\n" + node.Props[fact.PropStartDate]
	}
	return ""
}
