package web

import (
	"context"
	"net/http"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// Bounds of answers.
const (
	questionLength = 500 // characters
	nodeEdges      = 400 // edges in the answer about one node
	contextLines   = 2   // before and after a quote
)

// getOverview tells what the graph holds and what can be done with it.
func (e *Explorer) getOverview(_ context.Context, v *view, _ *http.Request) (answer, error) {
	out := struct {
		Nodes     int    `json:"nodes"`
		Edges     int    `json:"edges"`
		Documents int    `json:"documents"`
		Editable  bool   `json:"editable"`
		Undo      int    `json:"undo"` // corrections that can be taken back
		Passages  bool   `json:"passages"`
		Facets    facets `json:"facets"`
		Leading   struct {
			Concepts     []nodeJSON `json:"concepts"`     // covered by the most talks
			People       []nodeJSON `json:"people"`       // who gave the most talks
			Institutions []nodeJSON `json:"institutions"` // with the most people
		} `json:"leading"`
	}{Nodes: len(v.nodes), Edges: len(v.edges), Documents: len(v.parts), Passages: e.options.Passages != nil, Facets: v.facets}
	out.Leading.Concepts = v.toJSON(&graph.Subgraph{Nodes: v.leading[fact.Concept]}).Nodes
	out.Leading.People = v.toJSON(&graph.Subgraph{Nodes: v.leading[fact.Person]}).Nodes
	out.Leading.Institutions = v.toJSON(&graph.Subgraph{Nodes: v.leading[fact.Organization]}).Nodes
	if e.options.Curator != nil {
		out.Editable, out.Undo = true, e.options.Curator.Undoable()
	}
	return jsonAnswer(out)
}

// getGraph is the surroundings of the foci, or what matters most in all, and the
// direct neighbours of the nodes that are opened.
func (e *Explorer) getGraph(_ context.Context, v *view, r *http.Request) (answer, error) {
	p := &parameters{values: r.URL.Query()}
	foci, opened := p.nodes(v, "focus"), p.nodes(v, "open")
	s := v.sieve(p.filter())
	depth := p.number("depth", depthDefault, 0, depthMost)
	limit := p.number("limit", shownDefault, 1, shownMost)
	if p.err != nil {
		return answer{}, p.err
	}
	chosen := v.choose(foci, opened, s, depth, limit)
	out := v.toJSON(v.subgraph(chosen, s))
	out.Shown = &shownJSON{len(chosen.nodes), chosen.of, chosen.reason}
	return jsonAnswer(out)
}

// getSearch finds entities by the beginning of any of their names.
func (e *Explorer) getSearch(_ context.Context, v *view, r *http.Request) (answer, error) {
	type found struct {
		nodeJSON
		Matched string `json:"matched"` // the name that was met
	}
	p := &parameters{values: r.URL.Query()}
	text := p.text("q", searchLength)
	types := p.types("types")
	limit := p.number("limit", searchDefault, 1, searchMost)
	if p.err != nil {
		return answer{}, p.err
	}
	hits, of := v.search(text, types, limit)
	out := struct {
		Query   string  `json:"query"`
		Of      int     `json:"of"`
		Results []found `json:"results"`
	}{text, of, []found{}}
	for _, h := range hits {
		out.Results = append(out.Results, found{v.nodeToJSON(v.nodes[h.node]), h.name.text})
	}
	return jsonAnswer(out)
}

// getAsk answers a question as the command ask does.
func (e *Explorer) getAsk(ctx context.Context, v *view, r *http.Request) (answer, error) {
	p := &parameters{values: r.URL.Query()}
	question := p.text("q", questionLength)
	if p.err != nil {
		return answer{}, p.err
	}
	result, err := ask.Answer(ctx, v, question, e.options.Ask)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(result)
}

// getNode is all about one entity: itself, its edges with their evidence, and the
// nodes at their other ends. Of very many edges those to the most important nodes.
func (e *Explorer) getNode(ctx context.Context, v *view, r *http.Request) (answer, error) {
	id := r.PathValue("id")
	if t := r.PathValue("type"); t != "" {
		id = t + "/" + id
	}
	node, err := v.Node(ctx, id)
	if err != nil {
		return answer{}, problem{Status: http.StatusNotFound, Title: "there is no such entity: " + shortened(id)}
	}
	at := v.index[id]
	around := slices.Clone(v.around[at])
	if len(around) > nodeEdges {
		slices.SortStableFunc(around, func(a, b int32) int { return v.byInterest(v.other(a, at), v.other(b, at)) })
		around = around[:nodeEdges]
		slices.Sort(around)
	}
	g := &graph.Subgraph{}
	var ends []string
	for _, k := range around {
		g.Edges = append(g.Edges, v.edges[k])
		ends = append(ends, v.nodes[v.other(k, at)].ID)
	}
	if g.Nodes, err = v.Nodes(ctx, ends); err != nil {
		return answer{}, err
	}
	out := struct {
		Node nodeJSON `json:"node"`
		graphJSON
	}{v.nodeToJSON(node), v.toJSON(g)}
	out.Shown = &shownJSON{len(around), len(v.around[at]), reasonAll}
	if len(around) < len(v.around[at]) {
		out.Shown.Reason = reasonLimit
	}
	return jsonAnswer(out)
}

// getPath is a shortest connection between two entities.
func (e *Explorer) getPath(_ context.Context, v *view, r *http.Request) (answer, error) {
	p := &parameters{values: r.URL.Query()}
	from, to := p.nodes(v, "from"), p.nodes(v, "to")
	if p.err == nil && (len(from) != 1 || len(to) != 1) {
		p.refuse("from and to must be one entity each", "add ?from=…&to=…")
	}
	s := v.sieve(filter{relations: map[fact.Predicate]bool{}, notesOnly: p.values.Get("lexicon") == "no"})
	if p.err != nil {
		return answer{}, p.err
	}
	way := v.shortest(from[0], to[0], s)
	out := struct {
		Way []string `json:"path"` // entity IDs in order; empty when there is none
		graphJSON
	}{[]string{}, v.toJSON(v.subgraph(choice{nodes: way}, s))}
	for _, at := range way {
		out.Way = append(out.Way, v.nodes[at].ID)
	}
	return jsonAnswer(out)
}

// getPassage shows a line of the notes with those around it.
func (e *Explorer) getPassage(_ context.Context, _ *view, r *http.Request) (answer, error) {
	type line struct {
		Number int    `json:"number"`
		Text   string `json:"text"`
	}
	p := &parameters{values: r.URL.Query()}
	document := p.text("document", questionLength)
	number := p.number("line", 0, 1, 1<<30)
	count := p.number("count", 1, 1, 50)
	if p.err == nil && number == 0 {
		p.refuse("line is missing", "")
	}
	if p.err != nil {
		return answer{}, p.err
	}
	lines := []line{}
	if e.options.Passages != nil {
		if all, known := e.options.Passages.Lines(document); known {
			for n := max(1, number-contextLines); n <= min(len(all), number+count-1+contextLines); n++ {
				lines = append(lines, line{n, shortenedTo(all[n-1], lineLength)})
			}
		}
	}
	return jsonAnswer(struct {
		Document string `json:"document"`
		Lines    []line `json:"lines"` // empty when the notes are not at hand
	}{document, lines})
}

// lineLength bounds the characters of a line around a quote.
const lineLength = 2000

func shortenedTo(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
