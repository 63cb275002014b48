package resolve

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
)

// organizations mends misspelt names of known institutions: in Latin letters, long,
// with one or two letters wrong, in a document that also writes the name right.
func (r *resolver) organizations() {
	for i := range r.documents {
		d := &r.documents[i]
		for _, e := range d.Entities {
			if e.Type != fact.Organization || r.lexicon == nil || r.lexicon.Organization(e.ID) != nil {
				continue
			}
			known := r.misspelt(e.Label)
			if known == nil || r.separated(e.Label, known.English) {
				continue
			}
			r.ids[key{i, e.ID}] = known.ID
			r.respelt[key{i, e.ID}] = known.English
			r.result.Merges = append(r.result.Merges, Merge{Kept: known.English, Merged: e.Label, Document: d.Document.ID,
				Line: lineOf(d, e.ID), Reason: "a misspelling of a known institution"})
		}
	}
}

// misspeltLetters is the least length of a name that may be misspelt.
const misspeltLetters = 8

// misspelt finds the one known institution that a name misspells; nil when there is
// none or more than one.
func (r *resolver) misspelt(name string) *lexicon.Organization {
	if len(name) < misspeltLetters || !isASCII(name) || strings.Contains(name, " ") {
		return nil
	}
	var only *lexicon.Organization
	for i := range r.lexicon.Organizations {
		known := &r.lexicon.Organizations[i]
		for _, n := range known.Names {
			if n.Ambiguous || len(n.Text) < misspeltLetters || !isASCII(n.Text) || !strings.EqualFold(n.Text[:4], name[:min(4, len(name))]) || digits(n.Text) != digits(name) {
				continue
			}
			if Distance(strings.ToLower(n.Text), strings.ToLower(name)) > 2 {
				continue
			}
			if only != nil && only != known {
				return nil
			}
			only = known
		}
	}
	return only
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// lineOf returns the line of the first evidence that an entity stands in.
func lineOf(d *fact.Facts, id string) int {
	for _, relation := range d.Relations {
		if (relation.Target == id || relation.Source == id) && len(relation.Evidence) > 0 {
			return relation.Evidence[0].Line
		}
	}
	return 0
}

// Distance is the Damerau-Levenshtein distance (optimal string alignment) of two
// texts in characters.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, previous, current := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(x); i++ {
		current[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(y)]
}

// uniqueIDs gives each group of one slug its IDs: alone it keeps the plain slug,
// several are told apart by what distinguishes them and then by numbers.
func uniqueIDs(prefix, slug string, discriminators []string) []string {
	ids := make([]string, len(discriminators))
	if len(ids) == 1 {
		ids[0] = prefix + slug
		return ids
	}
	used := map[string]int{}
	for i, discriminator := range discriminators {
		id := prefix + slug
		if discriminator != "" {
			id += "-" + fact.Slug(discriminator)
		}
		used[id]++
		if n := used[id]; n > 1 {
			id = fmt.Sprintf("%s-%d", id, n)
		}
		ids[i] = id
	}
	return ids
}
