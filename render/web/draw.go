package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// Bounds of drawings.
const (
	mapMost       = 200 // boxes
	mapsKept      = 64  // drawings that are remembered
	mapNeighbours = 600 // nodes that a map chooses its boxes from
	overviewMost  = 4000
)

// mapDrawer remembers the last drawings, since a layout takes a moment.
type mapDrawer struct {
	mu    sync.Mutex
	drawn map[string][]byte
	order []string // of drawn, the oldest first
}

func newMapDrawer() *mapDrawer { return &mapDrawer{drawn: map[string][]byte{}} }

func (d *mapDrawer) get(key string) ([]byte, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	drawing, ok := d.drawn[key]
	return drawing, ok
}

func (d *mapDrawer) put(key string, drawing []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.drawn[key]; ok {
		return
	}
	d.drawn[key] = drawing
	d.order = append(d.order, key)
	if len(d.order) > mapsKept {
		delete(d.drawn, d.order[0])
		d.order = slices.Delete(d.order, 0, 1)
	}
}

// getMap is the concept map of the foci, or the overview, as the command map
// draws it; its boxes are links to the page.
func (e *Explorer) getMap(ctx context.Context, v *view, r *http.Request) (answer, error) {
	p := &parameters{values: r.URL.Query()}
	foci := p.nodes(v, "focus")
	request := render.MapRequest{Limit: p.number("limit", render.DefaultLimit, 1, mapMost),
		Depth: p.number("depth", render.DefaultDepth, 1, depthMost), Layout: e.options.Layout}
	for _, t := range fact.Types() {
		if p.types("types")[t] {
			request.Types = append(request.Types, t)
		}
	}
	var err error
	if request.Language, err = wording.ParseLanguage(p.values.Get("lang")); err != nil {
		p.refuse("lang must be zh, en or both", "")
	}
	if request.Theme, err = scene.ParseTheme(themeName(p.values.Get("theme"))); err != nil {
		p.refuse("theme must be light, dark or print", "")
	}
	if p.err != nil {
		return answer{}, p.err
	}
	key := v.version + "\x00" + r.URL.RawQuery
	drawing, known := e.maps.get(key)
	if !known {
		if drawing, err = v.drawMap(ctx, foci, request); err != nil {
			return answer{}, err
		}
		e.maps.put(key, drawing)
	}
	return answer{mime: "image/svg+xml", body: drawing}, nil
}

func themeName(name string) string {
	if name == "" {
		return scene.Light.String()
	}
	return name
}

func (v *view) drawMap(ctx context.Context, foci []int32, request render.MapRequest) ([]byte, error) {
	g := &graph.Subgraph{Nodes: v.nodes, Edges: v.edges}
	all := v.sieve(filter{})
	if len(foci) > 0 {
		g = v.subgraph(v.surroundings(foci, all, request.Depth, mapNeighbours), all)
		for _, at := range foci {
			request.Focus = append(request.Focus, v.nodes[at].ID)
		}
	} else if len(v.nodes) > overviewMost {
		g = v.subgraph(v.overview(all, overviewMost), all)
	}
	drawing, _, err := render.Map(ctx, g, request)
	if err != nil {
		return nil, err
	}
	for i := range drawing.Elements {
		if element := &drawing.Elements[i]; element.ID != "" && element.Kind != scene.PageElement {
			if _, known := v.index[element.ID]; known {
				element.Link = "/?focus=" + url.QueryEscape(element.ID)
			}
		}
	}
	var b bytes.Buffer
	err = render.Draw(&b, drawing, "svg", 0)
	return b.Bytes(), err
}

// getExport is the graph, or the surroundings of the foci, in an export format.
func (e *Explorer) getExport(ctx context.Context, v *view, r *http.Request) (answer, error) {
	format, err := render.FormatOf(r.PathValue("format"))
	if err != nil {
		return answer{}, problem{Status: http.StatusNotFound, Title: err.Error()}
	}
	p := &parameters{values: r.URL.Query()}
	foci := p.nodes(v, "focus")
	s := v.sieve(p.filter())
	depth := p.number("depth", render.DefaultDepth, 0, depthMost)
	limit := p.number("limit", len(v.nodes)+1, 1, 1<<30)
	if p.err != nil {
		return answer{}, p.err
	}
	chosen := choice{}
	if len(foci) > 0 {
		chosen = v.surroundings(foci, s, depth, limit)
	} else {
		for i := range v.nodes {
			if s.node(int32(i)) {
				chosen.nodes = append(chosen.nodes, int32(i))
			}
		}
	}
	var b bytes.Buffer
	if _, err := render.Export(ctx, &b, format.Name, v.subgraph(chosen, s), render.Options{Layout: e.options.Layout}); err != nil {
		return answer{}, err
	}
	return answer{mime: format.MIME, body: b.Bytes(), filename: "talkgraph" + format.Extension}, nil
}
