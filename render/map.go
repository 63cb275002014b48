package render

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/pdf"
	"talkgraph/render/scene/raster"
	"talkgraph/render/scene/svg"
	"talkgraph/render/wording"
)

// MapRequest says which map is drawn. The zero value is the overview.
type MapRequest struct {
	Kind     MapKind          // of the map; empty is AutomaticMap
	Focus    []string         // entity IDs; none for the overview
	Limit    int              // most boxes; 0 is DefaultLimit
	Depth    int              // steps from the focus; 0 is DefaultDepth
	Types    []fact.Type      // only these types; none is all
	Language wording.Language // of names and linking phrases
	Theme    scene.Theme      //
	Layout   layout.Options   //
	Question string           // title; empty words one
	Links    string           // folder or URL under which the notes stand, for links to passages; empty leaves links out
}

// MapKind says what a map shows.
type MapKind string

// The kinds of maps.
const (
	AutomaticMap MapKind = ""         // the overview without a focus, a comparison of two concepts, else the surroundings of the focus
	TalkMap      MapKind = "talk"     // what one talk covers
	PeopleMap    MapKind = "people"   // speakers by institution
	TimelineMap  MapKind = "timeline" // the talks about the focus, by event and day
)

// Bounds of maps: as many concepts as a person takes in at once, after Novak and Cañas.
const (
	DefaultLimit = 25
	DefaultDepth = 2
)

// Map draws a concept map around the focus, or the overview of all events.
func Map(ctx context.Context, g *graph.Subgraph, request MapRequest) (*scene.Scene, []Warning, error) {
	diagram := newMapper(g, request).draw()
	return scene.Build(ctx, diagram, scene.Options{Theme: request.Theme, Layout: request.Layout})
}

// draw chooses what is shown and words it.
func (m *mapper) draw() scene.Diagram {
	switch {
	case m.request.Kind == PeopleMap:
		m.people()
	case m.request.Kind == TimelineMap:
		m.timeline()
	case m.request.Kind == TalkMap:
		m.talk()
	case len(m.request.Focus) == 0:
		m.overview()
	case m.comparable():
		m.comparison()
	default:
		m.focus()
	}
	m.legend()
	m.tint()
	m.sources()
	return m.diagram
}

// Draw writes a scene as svg, png, jpg or pdf; scale is pixels per point and
// matters to png and jpg alone, 0 is 2.
func Draw(w io.Writer, drawing *scene.Scene, format string, scale float64) error {
	switch format {
	case "svg":
		return svg.Write(w, drawing, svg.Options{})
	case "png":
		return raster.PNG(w, drawing, raster.Options{Scale: scale})
	case "jpg", "jpeg":
		return raster.JPEG(w, drawing, raster.Options{Scale: scale})
	case "pdf":
		return pdf.Write(w, drawing)
	default:
		return fmt.Errorf("unknown picture format %q; use svg, png, jpg or pdf", format)
	}
}

// mapper turns a graph into a diagram.
type mapper struct {
	request MapRequest
	words   wording.Words
	nodes   map[string]graph.Node
	edges   []graph.Edge
	around  map[string][]int // node ID → indexes of its edges
	diagram scene.Diagram
	drawn   map[string]bool
	// documents are those of the graph by ID, whatever types are drawn.
	documents map[string]graph.Node
}

func newMapper(g *graph.Subgraph, request MapRequest) *mapper {
	if request.Limit <= 0 {
		request.Limit = DefaultLimit
	}
	if request.Depth <= 0 {
		request.Depth = DefaultDepth
	}
	m := &mapper{request: request, words: wording.New(request.Language, g), nodes: map[string]graph.Node{},
		around: map[string][]int{}, drawn: map[string]bool{}, documents: map[string]graph.Node{}}
	for _, n := range g.Nodes {
		if n.Type == fact.Document {
			m.documents[n.ID] = n
		}
		if len(request.Types) == 0 || slices.Contains(request.Types, n.Type) || slices.Contains(request.Focus, n.ID) {
			m.nodes[n.ID] = n
		}
	}
	for _, e := range sortedEdges(g) {
		if _, ok := m.nodes[e.Source]; !ok {
			continue
		}
		if _, ok := m.nodes[e.Target]; !ok {
			continue
		}
		m.around[e.Source] = append(m.around[e.Source], len(m.edges))
		m.around[e.Target] = append(m.around[e.Target], len(m.edges))
		m.edges = append(m.edges, e)
	}
	m.diagram.Language = m.words.Tag()
	return m
}

// Tints of the types: colour means type in every map.
const (
	conceptTint scene.Tint = 1
	talkTint    scene.Tint = 2
	personTint  scene.Tint = 3
	eventTint   scene.Tint = 5
	homeTint    scene.Tint = 7
)

// look is how a type is drawn.
func look(t fact.Type) (scene.Shape, scene.Tint) {
	switch t {
	case fact.Talk:
		return scene.Sheet, talkTint
	case fact.Person:
		return scene.Pill, personTint
	case fact.Organization:
		return scene.Octagon, homeTint
	case fact.Event, fact.Session:
		return scene.Rectangle, eventTint
	default:
		return scene.Rounded, conceptTint
	}
}

// box adds a node to the diagram.
func (m *mapper) box(id string, emphasis bool) *scene.Node {
	n := m.nodes[id]
	shape, tint := look(n.Type)
	names := m.words.Names(n)
	m.drawn[id] = true
	m.diagram.Nodes = append(m.diagram.Nodes, scene.Node{ID: id, Label: names.Label, Detail: names.Other, Shape: shape, Tint: tint,
		Emphasis: emphasis, Tooltip: m.quote(id), Link: m.linkTo(id)})
	return &m.diagram.Nodes[len(m.diagram.Nodes)-1]
}

// quote is the first passage about a node, with its place.
func (m *mapper) quote(id string) string { return passageOf(m.firstOf(id)) }

// passageOf writes the first passage of an edge that stands in notes.
func passageOf(e graph.Edge) string {
	for _, evidence := range e.Evidence {
		if evidence.Extractor != fact.ExtractorLexicon {
			return fmt.Sprintf("%s:%d  %s", strings.TrimPrefix(evidence.Document, "doc/"), evidence.Line, oneLine(evidence.Quote))
		}
	}
	return ""
}

// strength says how far an edge carries a reader's interest, 0…1.
func strength(e graph.Edge) float64 {
	switch e.Predicate {
	case fact.About:
		return 0.45 + 0.5*e.Weight
	case fact.Related:
		if !wording.HasWords(e) {
			return 0.3 // the notes do not say how the two are related
		}
		return 0.92
	case fact.Broader:
		if passageOf(e) == "" {
			return 0.55 // the lexicon's word alone
		}
		return 0.95
	case fact.Performer:
		return 0.9
	case fact.Affiliation:
		return 0.85
	case fact.ParentOrganization:
		return 0.4
	default:
		return 0.2
	}
}

// reached is a node on its way into the map.
type reached struct {
	id    string
	from  string // the node that led here; empty for the focus
	score float64
	edge  int // the edge that led here; -1 for the focus
	steps int
}

// focus chooses the nodes nearest to the focus in meaning, best first, and draws
// the edges that led to them and those among them.
func (m *mapper) focus() {
	var chosen, parked []reached
	seen := map[string]bool{}
	children := map[string]int{} // node → how many were chosen through it
	var open []reached
	for _, id := range m.request.Focus {
		open = append(open, reached{id: id, score: 1, edge: -1})
	}
	for len(open) > 0 {
		best := nearest(open, children)
		next := open[best]
		open = slices.Delete(open, best, best+1)
		if _, ok := m.nodes[next.id]; seen[next.id] || !ok {
			continue
		}
		seen[next.id] = true
		if next.from != "" && m.edges[next.edge].Predicate == fact.About && !slices.Contains(m.request.Focus, next.from) && children[next.from] >= max(2, m.request.Limit/mostShare) {
			parked = append(parked, next)
			continue
		}
		chosen = append(chosen, next)
		children[next.from]++
		if next.steps >= m.depth() {
			continue
		}
		for _, k := range m.around[next.id] {
			e := m.edges[k]
			other := e.Target
			if other == next.id {
				other = e.Source
			}
			if t := m.nodes[other].Type; seen[other] || t == fact.Event || t == fact.Document || t == fact.Session || t == fact.Talk && m.strays(next) {
				continue
			}
			open = append(open, reached{id: other, from: next.id, score: next.score * strength(e) * m.crowd(next.id), edge: k, steps: next.steps + 1})
		}
	}
	m.place(chosen, parked)
	m.titleFocus()
}

// depth is how far the map reaches: a step further around an institution, whose
// people stand between it and their talks.
func (m *mapper) depth() int {
	if slices.ContainsFunc(m.request.Focus, func(id string) bool { return m.nodes[id].Type == fact.Organization }) {
		return m.request.Depth + 1
	}
	return m.request.Depth
}

// strays holds for a step from which a talk would lead away from the focus: a
// concept that is not the focus is covered in talks of every kind.
func (m *mapper) strays(at reached) bool {
	return at.from != "" && m.nodes[at.id].Type == fact.Concept || m.request.Kind == TalkMap
}

// siblingShare is what is left of the interest in a node for each one that was
// chosen through the same node before: a map of one long list says little.
const siblingShare = 0.9

// mostShare: what hangs on one node that is not the focus fills no more than this
// part of the map.
const mostShare = 3

// nearest is the index of the node that comes next into the map.
func nearest(open []reached, children map[string]int) int {
	best, most := 0, -1.0
	for i, r := range open {
		score := r.score
		if r.from != "" {
			score *= math.Pow(siblingShare, float64(children[r.from]))
		}
		if score > most || score == most && r.id < open[best].id {
			best, most = i, score
		}
	}
	return best
}

// crowd takes interest off what is reached through a node with very many edges.
func (m *mapper) crowd(id string) float64 {
	switch degree := len(m.around[id]); {
	case slices.Contains(m.request.Focus, id) || degree < 12:
		return 1
	case degree < 40:
		return 0.85
	default:
		return 0.7
	}
}

// place draws the best of the chosen nodes and lists the others beside the map.
func (m *mapper) place(chosen, parked []reached) {
	kept := chosen[:min(len(chosen), m.request.Limit)]
	for _, c := range kept {
		m.box(c.id, c.edge < 0)
	}
	tree := map[int]bool{}
	ranked := m.ranked(kept)
	for _, c := range ranked {
		if c.edge >= 0 && !tree[c.edge] {
			tree[c.edge] = true
			m.arrow(m.edges[c.edge], false)
		}
	}
	m.crossLinks(ranked, max(1, len(kept)/crossShare))
	m.parking(append(chosen[len(kept):], parked...))
}

// paired reports whether the two ends have an arrow already.
func (m *mapper) paired(e graph.Edge) bool {
	return slices.ContainsFunc(m.diagram.Edges, func(d scene.Edge) bool {
		return d.From == e.Source && d.To == e.Target || d.From == e.Target && d.To == e.Source
	})
}

// arrow draws an edge as a sentence that is read downwards, the wider concept first.
func (m *mapper) arrow(e graph.Edge, cross bool) {
	from, to, phrase := e.Source, e.Target, m.words.Phrase(e)
	if e.Predicate == fact.Broader || e.Predicate == fact.ParentOrganization || e.Predicate == fact.About && slices.Contains(m.request.Focus, e.Target) ||
		m.aroundPeople() && (e.Predicate == fact.Affiliation || e.Predicate == fact.Performer) {
		if inverse, ok := m.words.Inverse(e); ok {
			from, to, phrase = e.Target, e.Source, inverse
		}
	}
	m.diagram.Edges = append(m.diagram.Edges, scene.Edge{From: from, To: to, Label: phrase, CrossLink: cross, Dashed: cross || passageOf(e) == "",
		Tooltip: passageOf(e), Link: m.linkOf(e)})
}

// aroundPeople holds for a map whose focus is a person or an institution, which
// then stands on top, with the talks below.
func (m *mapper) aroundPeople() bool {
	return slices.ContainsFunc(m.request.Focus, func(id string) bool {
		return m.nodes[id].Type == fact.Person || m.nodes[id].Type == fact.Organization
	})
}

// parkingLimit bounds the list beside the map.
const parkingLimit = 18

func (m *mapper) parking(rest []reached) {
	for _, r := range rest {
		if len(m.diagram.Aside.Items) == parkingLimit {
			break
		}
		if m.nodes[r.id].Type == fact.Concept {
			m.diagram.Aside.Items = append(m.diagram.Aside.Items, scene.AsideItem{Label: m.words.Name(m.nodes[r.id]), Tooltip: m.quote(r.id), Link: m.linkTo(r.id)})
		}
	}
	if len(m.diagram.Aside.Items) > 0 {
		m.diagram.Aside.Title = m.words.Choose("还讲到（未画出）", "Also covered, not drawn")
	}
}

func (m *mapper) titleFocus() {
	var names []string
	for _, id := range m.request.Focus {
		if n, ok := m.nodes[id]; ok {
			names = append(names, m.words.Names(n).Label)
		}
	}
	m.diagram.Title = m.request.Question
	if m.diagram.Title != "" {
		return
	}
	if len(names) == 1 {
		m.diagram.Title = m.words.Title(wording.Spaced(names[0], "与什么有关，谁讲过它？"), "How is "+names[0]+" connected, and who spoke about it?")
		if n := m.nodes[m.request.Focus[0]]; n.Type == fact.Person || n.Type == fact.Organization || n.Type == fact.Talk {
			m.diagram.Title = m.words.Title(wording.Spaced(names[0], "讲了什么？"), "What did "+names[0]+" cover?")
		}
		return
	}
	m.diagram.Title = m.words.Title(wording.Spaced(strings.Join(names, "、"), "有什么关系？"), "How do "+strings.Join(names, " and ")+" go together?")
}

// legend explains the types that were drawn.
func (m *mapper) legend() {
	for _, t := range fact.Types() {
		if !slices.ContainsFunc(m.diagram.Nodes, func(n scene.Node) bool { return m.nodes[n.ID].Type == t }) {
			continue
		}
		shape, tint := look(t)
		label := m.words.Type(t)
		if t == fact.Event && m.drawsSessions() {
			label = m.words.Choose("会议与专场", "event and its sessions")
		}
		m.diagram.Legend = append(m.diagram.Legend, scene.LegendRow{Label: label, Shape: shape, Tint: tint})
	}
	if m.request.Kind == TimelineMap && m.drawsSessions() {
		m.diagram.Legend = append(m.diagram.Legend, scene.LegendRow{Label: m.words.Choose("日期", "day"), Shape: scene.Rectangle, Tint: eventTint})
	}
	cross := slices.ContainsFunc(m.diagram.Edges, func(e scene.Edge) bool { return e.CrossLink })
	lexicon := slices.ContainsFunc(m.diagram.Edges, func(e scene.Edge) bool { return e.Dashed && !e.CrossLink })
	label := ""
	switch {
	case cross && lexicon:
		label = m.words.Choose("跨区关系或仅出自词库", "cross-link, or known from the lexicon only")
	case cross:
		label = m.words.Choose("跨区关系", "cross-link")
	case lexicon:
		label = m.words.Choose("仅出自词库", "known from the lexicon only")
	default:
		return
	}
	m.diagram.Legend = append(m.diagram.Legend, scene.LegendRow{Label: label, Edge: true, Dashed: true})
}

// drawsSessions holds for a map with boxes for the sessions or half-days.
func (m *mapper) drawsSessions() bool {
	return slices.ContainsFunc(m.diagram.Nodes, func(n scene.Node) bool { return n.Tint == eventTint && m.nodes[n.ID].Type != fact.Event })
}

// sources names the documents that the map comes from.
func (m *mapper) sources() {
	seen := map[string]bool{}
	var names []string
	for _, e := range m.edges {
		for _, evidence := range e.Evidence {
			if evidence.Extractor != fact.ExtractorLexicon && !seen[evidence.Document] {
				seen[evidence.Document] = true
				names = append(names, strings.TrimPrefix(evidence.Document, "doc/"))
			}
		}
	}
	slices.Sort(names)
	if len(names) > 4 {
		names = append(names[:4], "…")
	}
	m.diagram.Source = m.words.Choose("来源：", "Source: ") + strings.Join(names, ", ")
}
