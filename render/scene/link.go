package scene

import (
	"slices"
	"strings"
)

// withSafeLinks is the diagram without links that could do harm.
func (d Diagram) withSafeLinks() Diagram {
	d.Nodes, d.Edges, d.Aside.Items = slices.Clone(d.Nodes), slices.Clone(d.Edges), slices.Clone(d.Aside.Items)
	for i := range d.Nodes {
		d.Nodes[i].Link = safeLink(d.Nodes[i].Link)
	}
	for i := range d.Edges {
		d.Edges[i].Link = safeLink(d.Edges[i].Link)
	}
	for i := range d.Aside.Items {
		d.Aside.Items[i].Link = safeLink(d.Aside.Items[i].Link)
	}
	return d
}

// safeLink lets links through that only lead somewhere, http, https, mailto and
// relative ones, not ones that run code.
func safeLink(link string) string {
	link = oneLine(link)
	scheme, _, found := strings.Cut(link, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return link
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return link
	}
	return ""
}
