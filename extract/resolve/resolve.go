// Package resolve joins the facts of many documents: it decides which people,
// institutions, events and talks are the same, gives every entity its readable and
// stable ID, and applies the user's corrections, which always win.
//
// Identity needs a reason: a person is a name with an institution or a talk in
// common, an event is a name, a talk is a title in its event. A wrong merge is
// worse than a missed one. The result does not depend on the order of documents.
// The package must not know how facts are found or stored.
package resolve

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
)

// Merge is a decision of the program that two names are one entity.
type Merge struct {
	Kept, Merged string
	Reason       string
	Document     string // entity ID of the document
	Line         int    // from 1; 0 when it is about the whole document
}

// Result is the joined facts.
type Result struct {
	Documents   []fact.Facts // with final IDs, in order of document ID
	Merges      []Merge      // what was joined, and why
	MaybeSame   []Merge      // what looks the same and was kept apart
	Diagnostics []fact.Diagnostic
}

// Resolve joins documents. Facts are not changed; corrections may be nil.
func Resolve(documents []fact.Facts, corrections *Corrections, l *lexicon.Lexicon) Result {
	documents = slices.Clone(documents)
	slices.SortFunc(documents, func(a, b fact.Facts) int { return cmp.Compare(a.Document.ID, b.Document.ID) })
	r := &resolver{documents: documents, lexicon: l, corrections: corrections, ids: map[key]string{}, respelt: map[key]string{}}
	r.organizations()
	r.events()
	r.people()
	for i := range documents {
		r.result.Documents = append(r.result.Documents, r.apply(i))
	}
	r.correct()
	for i := range r.result.Documents {
		tidy(&r.result.Documents[i])
	}
	slices.SortFunc(r.result.Merges, compareMerges)
	slices.SortFunc(r.result.MaybeSame, compareMerges)
	r.result.MaybeSame = slices.Compact(r.result.MaybeSame)
	return r.result
}

func compareMerges(a, b Merge) int {
	return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kept, b.Kept), cmp.Compare(a.Merged, b.Merged))
}

// key names a provisional entity: a document and the ID in it.
type key struct {
	document int
	id       string
}

// resolver carries the decisions.
type resolver struct {
	documents   []fact.Facts
	lexicon     *lexicon.Lexicon
	corrections *Corrections
	ids         map[key]string // provisional → final
	respelt     map[key]string // label of a misspelt institution, as the lexicon has it
	result      Result
}

// final returns the final ID of an entity of a document.
func (r *resolver) final(document int, id string) string {
	if final, ok := r.ids[key{document, id}]; ok {
		return final
	}
	return id
}

// apply rewrites the IDs of a document's facts.
func (r *resolver) apply(document int) fact.Facts {
	old := &r.documents[document]
	facts := fact.Facts{Document: old.Document, Diagnostics: old.Diagnostics}
	for _, e := range old.Entities {
		if known := r.respelt[key{document, e.ID}]; known != "" {
			e.Aliases = append(slices.Clone(e.Aliases), e.Label)
			e.Label = known
		}
		e.ID = r.final(document, e.ID)
		e.Aliases = slices.Clone(e.Aliases)
		facts.Entities = append(facts.Entities, e)
	}
	for _, relation := range old.Relations {
		relation.Source = r.final(document, relation.Source)
		relation.Target = r.final(document, relation.Target)
		relation.Evidence = slices.Clone(relation.Evidence)
		facts.Relations = append(facts.Relations, relation)
	}
	return facts
}

// tidy merges what became equal and sorts.
func tidy(facts *fact.Facts) {
	facts.Entities = mergeEntities(facts.Entities)
	facts.Relations = mergeRelations(facts.Relations)
}

// mergeEntities joins entities with one ID: the first label stays, the others
// become aliases, properties of the first win.
func mergeEntities(entities []fact.Entity) []fact.Entity {
	at := map[string]int{}
	var merged []fact.Entity
	for _, e := range entities {
		k, ok := at[e.ID]
		if !ok {
			at[e.ID] = len(merged)
			merged = append(merged, e)
			continue
		}
		first := &merged[k]
		first.Aliases = append(append(first.Aliases, e.Aliases...), e.Label)
		first.Props = joinProps(first.Props, e.Props)
	}
	for i := range merged {
		e := &merged[i]
		slices.Sort(e.Aliases)
		e.Aliases = slices.Compact(e.Aliases)
		e.Aliases = slices.DeleteFunc(e.Aliases, func(name string) bool { return name == e.Label || name == "" })
		if len(e.Aliases) == 0 {
			e.Aliases = nil
		}
	}
	slices.SortFunc(merged, fact.CompareEntities)
	return merged
}

// joinProps adds what the first map lacks.
func joinProps(first, second map[string]string) map[string]string {
	if len(second) == 0 {
		return first
	}
	joined := make(map[string]string, len(first)+len(second))
	for name, value := range second {
		joined[name] = value
	}
	for name, value := range first {
		joined[name] = value
	}
	return joined
}

// mergeRelations joins relations with the same ends, predicate and phrase.
func mergeRelations(relations []fact.Relation) []fact.Relation {
	slices.SortStableFunc(relations, fact.CompareRelations)
	var merged []fact.Relation
	for _, relation := range relations {
		if relation.Source == relation.Target {
			continue
		}
		if n := len(merged); n > 0 && fact.CompareRelations(merged[n-1], relation) == 0 {
			last := &merged[n-1]
			last.Evidence = append(last.Evidence, relation.Evidence...)
			last.Weight = max(last.Weight, relation.Weight)
			last.Props = joinProps(last.Props, relation.Props)
			continue
		}
		merged = append(merged, relation)
	}
	for i := range merged {
		merged[i].Evidence = fact.SortEvidence(merged[i].Evidence)
	}
	return merged
}
