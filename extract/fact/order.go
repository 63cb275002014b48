package fact

import (
	"cmp"
	"fmt"
	"slices"
)

// CompareEntities orders entities by ID.
func CompareEntities(a, b Entity) int { return cmp.Compare(a.ID, b.ID) }

// CompareRelations orders relations by source, predicate, target and phrase.
func CompareRelations(a, b Relation) int {
	// Each comparison is made only when those before it tell nothing: relations are many.
	if c := cmp.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Predicate, b.Predicate); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Target, b.Target); c != 0 {
		return c
	}
	return cmp.Compare(a.Props[PropPhrase], b.Props[PropPhrase])
}

// CompareEvidence orders evidence by document, place and then by what it says.
func CompareEvidence(a, b Evidence) int {
	if c := cmp.Compare(a.Document, b.Document); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Line, b.Line); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Quote, b.Quote),
		cmp.Compare(a.Extractor, b.Extractor),
		cmp.Compare(b.Confidence, a.Confidence),
	)
}

// CompareDiagnostics orders diagnostics by file, line, column and message.
func CompareDiagnostics(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Message, b.Message),
	)
}

// SortEvidence sorts evidence and drops what is there twice.
func SortEvidence(evidence []Evidence) []Evidence {
	if len(evidence) < 2 {
		return evidence
	}
	slices.SortFunc(evidence, CompareEvidence)
	return slices.CompactFunc(evidence, func(a, b Evidence) bool {
		a.Confidence, b.Confidence = 0, 0 // the surer one comes first and stays
		return a == b
	})
}

// String returns the diagnostic as one line, "file:line:column: severity: message (mend)".
func (d Diagnostic) String() string {
	place := d.File
	if d.Line > 0 {
		place += fmt.Sprintf(":%d", d.Line)
	}
	if d.Line > 0 && d.Column > 0 {
		place += fmt.Sprintf(":%d", d.Column)
	}
	text := d.Severity.String() + ": " + d.Message
	if d.Mend != "" {
		text += " (" + d.Mend + ")"
	}
	if place == "" {
		return text
	}
	return place + ": " + text
}
