package web

import (
	"cmp"
	"maps"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// facets is what a person can filter by.
type facets struct {
	Types     []count        `json:"types"`
	Relations []count        `json:"relations"`
	Sessions  []sessionFacet `json:"sessions"`
	Days      []string       `json:"days"` // of talks, sorted
}

type count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type sessionFacet struct {
	ID    string    `json:"id"`
	Type  fact.Type `json:"type"`
	Label string    `json:"label"`
}

func (v *view) countFacets() facets {
	types, relations := map[fact.Type]int{}, map[fact.Predicate]int{}
	f := facets{Types: []count{}, Relations: []count{}, Sessions: []sessionFacet{}, Days: []string{}}
	for i := range v.nodes {
		node := &v.nodes[i]
		types[node.Type]++
		switch node.Type {
		case fact.Event, fact.Session:
			f.Sessions = append(f.Sessions, sessionFacet{node.ID, node.Type, node.Label})
		case fact.Talk:
			if day := v.day(int32(i)); day != "" {
				f.Days = append(f.Days, day)
			}
		}
	}
	for i := range v.edges {
		relations[v.edges[i].Predicate]++
	}
	for _, t := range fact.Types() {
		if types[t] > 0 {
			f.Types = append(f.Types, count{string(t), types[t]})
		}
	}
	for _, p := range fact.Predicates() {
		if relations[p] > 0 {
			f.Relations = append(f.Relations, count{string(p), relations[p]})
		}
	}
	slices.SortFunc(f.Sessions, func(a, b sessionFacet) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
	})
	slices.Sort(f.Days)
	f.Days = slices.Compact(f.Days)
	return f
}

// leadingMost is how many of a type are named as the leading ones.
const leadingMost = 10

// mostPointedAt returns the nodes of a type that the most edges of a predicate lead
// to, the most first; among equals the more important.
func (v *view) mostPointedAt(t fact.Type, p fact.Predicate) []graph.Node {
	counts := map[int32]int{}
	for i := range v.edges {
		if v.edges[i].Predicate == p {
			if at := v.index[v.edges[i].Target]; v.nodes[at].Type == t {
				counts[at]++
			}
		}
	}
	sorted := slices.SortedFunc(maps.Keys(counts), func(a, b int32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), v.byInterest(a, b))
	})
	var nodes []graph.Node
	for _, at := range sorted[:min(leadingMost, len(sorted))] {
		nodes = append(nodes, v.nodes[at])
	}
	return nodes
}
