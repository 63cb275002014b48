package concept

import (
	"slices"

	"talkgraph/extract/lexicon"
)

// apart holds what the user said of names that look or mean the same and are two.
type apart struct {
	groups [][]string      // folded names
	alone  map[string]bool // folded names that are not those of their concept in the lexicon
}

// newApart reads the user's groups. Where the lexicon has several names of a group
// in one concept, the first of them keeps it.
func newApart(l *lexicon.Lexicon, groups [][]string) apart {
	a := apart{alone: map[string]bool{}}
	for _, group := range groups {
		var keys []string
		var taken []*lexicon.Concept
		for _, name := range group {
			keys = append(keys, nameKey(name))
			for _, c := range l.FindConcepts(name) {
				if slices.Contains(taken, c) {
					a.alone[nameKey(name)] = true
				}
				taken = append(taken, c)
			}
		}
		a.groups = append(a.groups, keys)
	}
	return a
}

// forbids reports whether two candidates have names that the user keeps apart.
func (a *apart) forbids(one, two *candidate) bool {
	for _, group := range a.groups {
		i, j := one.nameIn(group), two.nameIn(group)
		if i >= 0 && j >= 0 && i != j {
			return true
		}
	}
	return false
}

// nameIn returns the index of a name of the candidate in a group; -1 when it has none.
func (c *candidate) nameIn(group []string) int {
	for _, f := range c.forms {
		if i := slices.Index(group, nameKey(f.text)); i >= 0 {
			return i
		}
	}
	return -1
}

// nodeOf returns the candidate of a name of the lexicon: that of its concept, unless
// the user keeps the name apart from it.
func (x *extractor) nodeOf(m lexicon.ConceptMatch) int32 {
	if len(x.apart.alone) > 0 {
		if key := nameKey(x.line.text[m.Start:m.End]); x.apart.alone[key] {
			return x.names.ofKey(key, nil)
		}
	}
	return x.names.of("", m.Concept)
}
