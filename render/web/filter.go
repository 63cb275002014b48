package web

import (
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// filter says which nodes and edges may be shown. The zero value lets all through.
type filter struct {
	types     map[fact.Type]bool
	relations map[fact.Predicate]bool
	sessions  []string // entity IDs of sessions or events
	from, to  string   // ISO dates of talks, inclusive; empty for open
	notesOnly bool     // only what the notes say, not what the lexicon adds
}

// sieve is a filter prepared for one view.
type sieve struct {
	filter
	view    *view
	allowed []bool // by node; nil when sessions and dates let all through
}

func (v *view) sieve(f filter) *sieve {
	s := &sieve{filter: f, view: v}
	if len(f.sessions) == 0 && f.from == "" && f.to == "" {
		return s
	}
	s.allowed = make([]bool, len(v.nodes))
	for i := range v.nodes {
		if v.nodes[i].Type == fact.Talk && s.talk(int32(i)) {
			s.allowWithSurroundings(int32(i))
		}
	}
	return s
}

// talk reports whether a talk is of the sessions and days that are wanted.
func (s *sieve) talk(at int32) bool {
	if len(s.sessions) > 0 && !slices.ContainsFunc(s.sessions, func(id string) bool { return s.view.within(at, id, 3) }) {
		return false
	}
	if s.from == "" && s.to == "" {
		return true
	}
	day := s.view.day(at)
	return day != "" && day >= s.from && (s.to == "" || day <= s.to)
}

// within reports whether a node is a part of an event or session, steps up at most.
func (v *view) within(at int32, id string, steps int) bool {
	if v.nodes[at].ID == id {
		return true
	}
	if steps == 0 {
		return false
	}
	for _, k := range v.around[at] {
		if e := &v.edges[k]; e.Predicate == fact.SuperEvent && e.Source == v.nodes[at].ID && v.within(v.index[e.Target], id, steps-1) {
			return true
		}
	}
	return false
}

// day is the date of a talk, or else that of its session; empty when unknown.
func (v *view) day(at int32) string {
	if day := v.nodes[at].Props[fact.PropStartDate]; day != "" {
		return day
	}
	for _, k := range v.around[at] {
		if e := &v.edges[k]; e.Predicate == fact.SuperEvent && e.Source == v.nodes[at].ID {
			if day := v.nodes[v.index[e.Target]].Props[fact.PropStartDate]; day != "" {
				return day
			}
		}
	}
	return ""
}

// allowWithSurroundings lets a talk through with all that stands around it, and
// the institutions of its people.
func (s *sieve) allowWithSurroundings(talk int32) {
	s.allowed[talk] = true
	for _, k := range s.view.around[talk] {
		next := s.view.other(k, talk)
		s.allowed[next] = true
		if s.view.nodes[next].Type != fact.Person && s.view.nodes[next].Type != fact.Session {
			continue
		}
		for _, l := range s.view.around[next] {
			far := s.view.other(l, next)
			if t := s.view.nodes[far].Type; t == fact.Organization || t == fact.Event {
				s.allowed[far] = true
			}
		}
	}
}

func (s *sieve) node(at int32) bool {
	if s.allowed != nil && !s.allowed[at] {
		return false
	}
	return len(s.types) == 0 || s.types[s.view.nodes[at].Type]
}

func (s *sieve) edge(at int32) bool {
	e := &s.view.edges[at]
	if len(s.relations) > 0 && !s.relations[e.Predicate] {
		return false
	}
	return !s.notesOnly || !lexiconOnly(e)
}

// lexiconOnly holds for edges that no passage of the notes supports.
func lexiconOnly(e *graph.Edge) bool {
	return !slices.ContainsFunc(e.Evidence, func(e graph.Evidence) bool { return e.Extractor != fact.ExtractorLexicon })
}
