package web

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
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
