package render

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// ranked hangs the chosen nodes where a reader looks for them, the general above
// the special: a wider concept on the talk that covers it, and what it includes
// below it and not beside it.
func (m *mapper) ranked(kept []reached) []reached {
	ranked := slices.Clone(kept)
	at := map[string]int{} // node ID → index
	for i, r := range ranked {
		at[r.id] = i
	}
	for i, r := range ranked {
		if r.edge < 0 || m.edges[r.edge].Predicate != fact.Broader || m.edges[r.edge].Target != r.id || slices.Contains(m.request.Focus, r.from) {
			continue // not a wider concept that was found through a narrower one
		}
		if k := m.coveredBy(r.id, at); k >= 0 && !below(m.edges[k].Source, r.id, ranked, at) {
			ranked[i].edge, ranked[i].from = k, m.edges[k].Source
		}
	}
	for i, r := range ranked {
		if r.edge < 0 || m.edges[r.edge].Predicate != fact.About && m.edges[r.edge].Predicate != fact.Related {
			continue
		}
		if k := m.widerEdge(r, ranked, at); k >= 0 {
			ranked[i].edge, ranked[i].from = k, m.edges[k].Target
		}
	}
	return ranked
}

// below tells whether a node hangs on another, directly or not, or is it.
func below(id, above string, ranked []reached, at map[string]int) bool {
	for range len(ranked) + 1 {
		if id == above {
			return true
		}
		i, drawn := at[id]
		if !drawn || ranked[i].from == "" {
			return false
		}
		id = ranked[i].from
	}
	return true // a ring holds everything that leads to it
}

// coveredBy is the edge from a talk in the map that covers a concept; -1 if there
// is none.
func (m *mapper) coveredBy(id string, at map[string]int) int {
	for _, k := range m.around[id] {
		if _, drawn := at[m.edges[k].Source]; drawn && m.edges[k].Predicate == fact.About && m.edges[k].Target == id {
			return k
		}
	}
	return -1
}

// widerEdge is the edge from a concept to a drawn wider one that it can hang on
// instead; -1 if there is none. A relation in the notes' own words gives way only
// to what the notes say too, and becomes a cross-link.
func (m *mapper) widerEdge(r reached, ranked []reached, at map[string]int) int {
	for _, k := range m.around[r.id] {
		e := m.edges[k]
		i, drawn := at[e.Target]
		if !drawn || e.Predicate != fact.Broader || e.Source != r.id || below(e.Target, r.id, ranked, at) {
			continue
		}
		if m.edges[r.edge].Predicate == fact.Related && passageOf(e) != "" || ranked[i].from == r.from {
			return k
		}
	}
	return -1
}

// crossShare: of so many nodes one may have a cross-link. A few carry the insight,
// many hide it.
const crossShare = 5

// crossLinks draws what else is known between drawn nodes, up to a limit; what the
// notes say in their own words comes first.
func (m *mapper) crossLinks(ranked []reached, limit int) {
	at := map[string]int{}
	for i, r := range ranked {
		at[r.id] = i
	}
	var found []graph.Edge
	for _, e := range m.edges {
		implied := e.Predicate == fact.Broader && below(e.Source, e.Target, ranked, at)
		if m.drawn[e.Source] && m.drawn[e.Target] && crossRank(e) > 0 && !implied {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b graph.Edge) int { return cmp.Compare(crossRank(b), crossRank(a)) })
	for _, e := range found {
		if limit > 0 && !m.paired(e) {
			m.arrow(e, true)
			limit--
		}
	}
}

// crossRank says how much an edge tells as a cross-link; 0 is nothing new.
func crossRank(e graph.Edge) int {
	switch {
	case e.Predicate == fact.Related:
		return 4
	case e.Predicate == fact.Performer:
		return 3
	case e.Predicate == fact.Broader && passageOf(e) != "":
		return 2
	case e.Predicate == fact.Affiliation:
		return 1
	}
	return 0
}
