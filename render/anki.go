package render

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// writeAnki writes question cards as text that Anki imports: fields are parted by
// tabs, the lines that begin with "#" say how to read them. A card asks only what
// an edge answers, and its back shows the passage.
func writeAnki(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	w.WriteString("#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n#columns:guid\tfront\tback\ttags\n")
	deck := newDeck(g, options)
	for _, edge := range sortedEdges(g) {
		if front, answer := deck.card(edge); front != "" {
			deck.add(edge, front, answer)
		}
	}
	for _, c := range deck.cards {
		c.write(w)
	}
	return nil
}

// card is a question with all answers that the notes give, and the passages.
type card struct {
	guid, front string
	answers     []string
	quotes      []string
	tags        []string
}

// deck carries what the cards of one export share.
type deck struct {
	words wording.Words
	nodes map[string]graph.Node
	ids   *edgeIDs
	cards []*card
	asked map[string]*card // by front
}

func newDeck(g *graph.Subgraph, options Options) *deck {
	d := &deck{words: wording.New(options.Language, g), nodes: map[string]graph.Node{}, ids: newEdgeIDs(), asked: map[string]*card{}}
	for _, node := range g.Nodes {
		d.nodes[node.ID] = node
	}
	return d
}

// definitions are linking phrases that make an edge the definition of its source.
var definitions = []string{"是", "是一种", "即", "指", "is", "is a", "is an", "is the", "means", "="}

// card words the question that an edge answers, and the answer; "" when it answers
// none that is worth asking.
func (d *deck) card(edge graph.Edge) (front, answer string) {
	source, target := d.nodes[edge.Source], d.nodes[edge.Target]
	switch edge.Predicate {
	case fact.Performer:
		return d.words.Choose("谁讲了《"+source.Label+"》？", "Who presented “"+source.Label+"”?"), target.Label
	case fact.Affiliation:
		return d.words.Choose(source.Label+"来自哪里？", "Where is "+source.Label+" from?"), target.Label
	case fact.Broader:
		name := d.words.Name(source)
		return d.words.Choose(name+"属于什么？", "What is "+name+" a kind or a part of?"), d.words.Name(target)
	case fact.Related:
		for _, phrase := range definitions {
			if strings.EqualFold(edge.Props[fact.PropPhrase], phrase) {
				name := d.words.Name(source)
				return d.words.Choose("什么是"+name+"？", "What is "+name+"?"), d.words.Name(target)
			}
		}
	}
	return "", ""
}

// add gives the card of a question one more answer; the card's ID is that of the
// first edge, so that it stays when answers come.
func (d *deck) add(edge graph.Edge, front, answer string) {
	c := d.asked[front]
	if c == nil {
		c = &card{guid: "talkgraph-" + d.ids.of(graph.Edge{Source: edge.Source, Predicate: edge.Predicate}), front: front,
			tags: []string{"talkgraph", "talkgraph::" + string(edge.Predicate)}}
		d.asked[front] = c
		d.cards = append(d.cards, c)
	}
	c.answers = appendNew(c.answers, answer)
	for _, e := range edge.Evidence[:min(1, len(edge.Evidence))] {
		c.quotes = appendNew(c.quotes, e.Quote)
	}
	for _, e := range edge.Evidence {
		c.tags = appendNew(c.tags, ankiTag(e.Document))
	}
}

func appendNew(all []string, text string) []string {
	if slices.Contains(all, text) {
		return all
	}
	return append(all, text)
}

func (c *card) write(w *bytes.Buffer) {
	answers, quotes := make([]string, len(c.answers)), make([]string, len(c.quotes))
	for i, answer := range c.answers {
		answers[i] = ankiText(answer)
	}
	for i, quote := range c.quotes {
		quotes[i] = "<br><small>" + ankiText(quote) + "</small>"
	}
	w.WriteString(c.guid + "\t" + ankiText(c.front) + "\t" + strings.Join(answers, "<br>") + strings.Join(quotes, "") + "\t" + strings.Join(c.tags, " ") + "\n")
}

// ankiTag makes one tag of a text: tags have no white space.
func ankiTag(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(withoutControls(text), `"`, "")), "_")
}

// ankiText escapes a field: HTML, and no tab or line end.
func ankiText(text string) string { return html.EscapeString(oneLine(text)) }
