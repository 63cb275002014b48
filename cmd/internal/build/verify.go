package build

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/note"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
)

// Lost is a passage of evidence that no longer stands where the graph says.
type Lost struct {
	Path     string // of the notes, as the user gave it
	Edge     graph.Edge
	Evidence graph.Evidence
	Moved    int // line where the quote stands now, the nearest; 0 when it is nowhere
}

// Verification is the outcome of Verify.
type Verification struct {
	Passages int      // looked up
	Lost     []Lost   // in order of document, line and column
	Unknown  []string // paths of notes that the store does not have
	Missing  []string // documents of the store that are not among the notes, by the names they were built with
	Failures []Failure
}

// Clean reports whether every passage was found and nothing else is amiss.
func (v *Verification) Clean() bool {
	return len(v.Lost)+len(v.Unknown)+len(v.Missing)+len(v.Failures) == 0
}

// Verify looks every passage of the stored documents up in the sources again.
// Passages from the lexicon or from corrections are not in any notes and are not
// asked for. A source that cannot be read does not stop the others. When the sources
// are all that there is, documents of the store without one are missing.
func Verify(ctx context.Context, snapshot graph.Snapshot, sources []Source, all bool) (Verification, error) {
	var result Verification
	if all {
		if err := result.missing(ctx, snapshot, sources); err != nil {
			return result, err
		}
	}
	for _, source := range sources {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		part, err := snapshot.Part(ctx, note.DocumentID(source.Name))
		if errors.Is(err, graph.ErrNotFound) {
			result.Unknown = append(result.Unknown, source.Path)
			continue
		}
		if err != nil {
			return result, err
		}
		read, err := source.note()
		if err != nil {
			result.Failures = append(result.Failures, Failure{source.Path, err})
			continue
		}
		result.verify(source, part, read)
	}
	return result, nil
}

// missing lists the documents of the store that have no source.
func (v *Verification) missing(ctx context.Context, snapshot graph.Snapshot, sources []Source) error {
	parts, err := snapshot.Parts(ctx)
	if err != nil {
		return err
	}
	given := map[string]bool{resolve.CorrectionsDocument: true}
	for _, source := range sources {
		given[note.DocumentID(source.Name)] = true
	}
	for _, part := range parts {
		if !given[part.ID] {
			v.Missing = append(v.Missing, part.Source)
		}
	}
	return nil
}

func (v *Verification) verify(source Source, part graph.Part, read *note.Note) {
	var lost []Lost
	for _, edge := range part.Edges {
		for _, evidence := range edge.Evidence {
			if evidence.Document != part.ID {
				continue
			}
			v.Passages++
			if !stands(read, evidence.Line, evidence.Column, evidence.Quote) {
				lost = append(lost, Lost{source.Path, edge, evidence, nearestLine(read, evidence)})
			}
		}
	}
	slices.SortStableFunc(lost, func(a, b Lost) int { return fact.CompareEvidence(a.Evidence, b.Evidence) })
	v.Lost = append(v.Lost, lost...)
}

// Check returns why none of the sources can be read, nil when at least one can.
func Check(sources []Source) error {
	var first error
	for _, source := range sources {
		_, err := source.note()
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// stands reports whether the quote begins at this place. It may run on into the
// following lines; white space does not count, since lines are joined by it.
func stands(n *note.Note, line, column int, quote string) bool {
	if line < 1 || line > len(n.Lines) || column < 1 {
		return false
	}
	rest := n.Lines[line-1].Raw
	for skip := column - 1; skip > 0; skip-- {
		_, size := utf8.DecodeRuneInString(rest)
		if size == 0 {
			return false
		}
		rest = rest[size:]
	}
	wanted := squeeze(quote)
	found := squeeze(rest)
	for next := line; len(found) < len(wanted) && next < len(n.Lines); next++ {
		found += squeeze(n.Lines[next].Raw)
	}
	return wanted != "" && strings.HasPrefix(found, wanted)
}

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// nearestLine returns the line nearest to where the quote stood that has it now.
func nearestLine(n *note.Note, evidence graph.Evidence) int {
	first, _, _ := strings.Cut(evidence.Quote, "\n")
	best := 0
	for i := range n.Lines {
		number := n.Lines[i].Number
		if strings.Contains(n.Lines[i].Raw, first) && (best == 0 || distance(number, evidence.Line) < distance(best, evidence.Line)) {
			best = number
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }
