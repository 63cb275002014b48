package name

import (
	"strings"
	"unicode/utf8"
)

// statementVerbs open what is said of a person's post now; pastWords tell that it
// is over or another's.
var (
	statementVerbs = []string{"works ", "work ", "is ", "are ", "leads ", "lead ", "runs ", "heads ", "teaches ", "comes ", "come ", "both work ", "both are ", "is now "}
	pastWords      = []string{" was ", " were ", " used to ", " formerly ", " previously ", " former ", " ex-", " until ", " not ", " graduated ", " phd from ", " degree ", " advised ", " supervised "}
)

// Stated reads the clause behind a person's name, "works at ORG", "is a professor at
// ORG", and returns the institution that it gives; nil when it gives none.
func (g *Grammar) Stated(clause string) []Affiliation {
	lower := strings.ToLower(clause)
	if !startsWithAny(lower, statementVerbs) {
		return nil
	}
	for _, word := range pastWords {
		if strings.Contains(" "+lower+" ", word) {
			return nil
		}
	}
	for _, joint := range []string{" at the ", " at ", " from the ", " from ", " with ", " for the ", " for ", " of the ", " of "} {
		at := strings.Index(lower, joint)
		if at < 0 || strings.Count(clause[:at], " ") > 7 || strings.ContainsAny(clause[:at], ",;:") {
			continue
		}
		if a, ok := g.institutionAt(clause, at+len(joint), joint == " at " || joint == " at the "); ok {
			return []Affiliation{a}
		}
	}
	return nil
}

func startsWithAny(text string, openings []string) bool {
	for _, opening := range openings {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	return false
}

// institutionAt reads an institution of the lexicon at a place or, where it must
// stand there, a run of capitalised words with a word that institutions carry.
func (g *Grammar) institutionAt(text string, at int, sure bool) (Affiliation, bool) {
	if known, end, ambiguous := g.lexicon.OrganizationAt(text, at); known != nil && (!ambiguous || sure) {
		return Affiliation{Span: Span{at, end}, Name: text[at:end], Known: known}, true
	}
	size := capitalisedRun(text[at:])
	if !sure || size == 0 {
		return Affiliation{}, false
	}
	run := text[at : at+size]
	first, _ := utf8.DecodeRuneInString(run)
	if g.IsFrequentName(run) || len(g.lexicon.FindConcepts(run)) > 0 || first < utf8.RuneSelf && size < 3 {
		return Affiliation{}, false
	}
	return Affiliation{Span: Span{at, at + size}, Name: run, Known: g.lexicon.OrganizationNamed(run)}, true
}
