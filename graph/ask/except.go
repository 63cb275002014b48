package ask

import (
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// isExcepted holds for a name that the question leaves out: 除了X, "besides X and Y".
func (r *reading) isExcepted(i int) bool {
	if c, _ := r.beside(i, 1); c&exceptAfter != 0 {
		return true
	}
	c, k := r.beside(i, -1)
	if c&(joins|either) != 0 && k > 0 {
		before, at := r.beside(k, -1)
		return before == 0 && at >= 0 && r.items[at].role == RoleExcept
	}
	return c&except != 0
}

// withoutExcepted drops the answers that the query leaves out: what is named, who
// belongs to an institution that is named, and the talks of people who are.
func (f *finder) withoutExcepted(answers []Answered) ([]Answered, error) {
	out := map[string]bool{}
	for _, name := range f.query.with(RoleExcept) {
		for _, id := range name.IDs {
			out[id] = true
		}
	}
	if len(out) == 0 {
		return answers, nil
	}
	kept := answers[:0]
	for _, a := range answers {
		edges, err := f.out(a.Entity.ID, fact.Affiliation, fact.Performer)
		if err != nil {
			return nil, err
		}
		leads := slices.ContainsFunc(edges, func(e graph.Edge) bool { return out[e.Target] })
		if !out[a.Entity.ID] && !leads {
			kept = append(kept, a)
		}
	}
	return kept, nil
}
