package scene

import "slices"

// withFirm is the diagram with some cross-links as dashed edges that have a say in
// the order of levels, so that the layout makes room for their labels: those that
// want it, but for any that would run against the order there is.
func (d Diagram) withFirm(wanted func(Edge) bool) Diagram {
	d.Edges = slices.Clone(d.Edges)
	for i := range d.Edges {
		edge := &d.Edges[i]
		if edge.CrossLink && wanted(*edge) && !d.leads(edge.To, edge.From) {
			edge.Dashed, edge.CrossLink = true, false
		}
	}
	return d
}

// siblings tells of a cross-link whether both its ends hang on one node: they stand
// side by side, where a label between them has no room.
func (d Diagram) siblings() func(Edge) bool {
	parents := make(map[string][]string)
	levelled := make(map[string]bool)
	for _, edge := range d.Edges {
		if !edge.CrossLink {
			parents[edge.To] = append(parents[edge.To], edge.From)
		}
	}
	for _, node := range d.Nodes {
		levelled[node.ID] = node.Level != 0
	}
	return func(edge Edge) bool {
		return !levelled[edge.From] && !levelled[edge.To] &&
			slices.ContainsFunc(parents[edge.From], func(parent string) bool { return slices.Contains(parents[edge.To], parent) })
	}
}

// leads tells whether edges that order the levels lead from one node to another.
func (d Diagram) leads(from, to string) bool {
	seen := map[string]bool{from: true}
	open := []string{from}
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		if at == to {
			return true
		}
		for _, edge := range d.Edges {
			if edge.From == at && !edge.CrossLink && !seen[edge.To] {
				seen[edge.To] = true
				open = append(open, edge.To)
			}
		}
	}
	return false
}
