package render

import (
	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/metric"
	"talkgraph/render/scene"
)

// communityTints are the colours of groups of concepts, none of them that of
// another type.
var communityTints = [...]scene.Tint{conceptTint, 4, 6}

// leastCommunity is how many concepts make a group that gets a colour.
const leastCommunity = 3

// tint colours the concepts by their communities in the map, that of the focus first;
// concepts of small ones keep the colour of the first.
func (m *mapper) tint() {
	var g graph.Subgraph
	for _, n := range m.diagram.Nodes {
		if node, ok := m.nodes[n.ID]; ok {
			g.Nodes = append(g.Nodes, node)
		}
	}
	for _, e := range m.edges {
		if m.drawn[e.Source] && m.drawn[e.Target] {
			g.Edges = append(g.Edges, e)
		}
	}
	community := metric.Communities(&g)
	concepts := make([]int, len(g.Nodes)+1) // community → concepts in it
	for _, n := range g.Nodes {
		if n.Type == fact.Concept {
			concepts[community[n.ID]]++
		}
	}
	tints := map[int]scene.Tint{}
	for _, id := range m.request.Focus {
		if m.nodes[id].Type == fact.Concept && len(tints) == 0 {
			tints[community[id]] = conceptTint // the focus has the colour of the legend
		}
	}
	for number, count := range concepts {
		if tints[number] == 0 && count >= leastCommunity && len(tints) < len(communityTints) {
			tints[number] = communityTints[len(tints)]
		}
	}
	for i := range m.diagram.Nodes {
		n := &m.diagram.Nodes[i]
		if m.nodes[n.ID].Type == fact.Concept {
			n.Tint = max(tints[community[n.ID]], conceptTint)
		}
	}
	if len(tints) > 1 {
		for i := range m.diagram.Legend {
			if m.diagram.Legend[i].Label == m.words.Type(fact.Concept) {
				m.diagram.Legend[i].Label = m.words.Choose("概念（颜色表示主题群）", "concept (coloured by topic)")
			}
		}
	}
}
