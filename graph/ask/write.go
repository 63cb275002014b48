package ask

import (
	"fmt"
	"io"
	"strings"

	"talkgraph/extract/fact"
)

// Amounts of evidence that are written.
const (
	EvidenceNone  = "none"
	EvidenceShort = "short" // the best three passages of an answer
	EvidenceFull  = "full"
)

// TextOptions say how a result is written for people.
type TextOptions struct {
	Color    bool   // mark the names that were asked for, for a terminal
	Evidence string // EvidenceNone, EvidenceShort (also when empty) or EvidenceFull
}

// shortEvidence is how many passages EvidenceShort shows.
const shortEvidence = 3

// Write writes a result as text: each answer, the talks that lead to it, and lines
// of the notes with their place.
func Write(w io.Writer, r Result, o TextOptions) error {
	p := &printer{to: w, result: &r, options: o}
	p.corrections()
	if r.Count != nil {
		p.line("%d", *r.Count)
	}
	for i := range r.Answers {
		p.answer(&r.Answers[i])
	}
	return p.err
}

type printer struct {
	to      io.Writer
	result  *Result
	options TextOptions
	err     error
}

func (p *printer) line(format string, arguments ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", arguments...)
	}
}

func (p *printer) corrections() {
	if p.result.Understood.Corrected != "" {
		p.line("(read as: %s)", p.result.Understood.Corrected)
	}
}

func (p *printer) answer(a *Answered) {
	head := a.Entity.Label
	if len(a.Affiliation) > 0 {
		head += " (" + strings.Join(a.Affiliation, ", ") + ")"
	}
	p.line("%s", p.bold(head))
	for _, v := range a.Via {
		if v.ID != a.Entity.ID || when(v) != "" {
			p.line("  %s", strings.Trim(strings.Join([]string{label(v, a), when(v)}, "  "), " "))
		}
	}
	for _, row := range []struct {
		word  string
		names []string
	}{{"part of", a.Broader}, {"includes", a.Narrower}, {"related", a.Related}} {
		if len(row.names) > 0 {
			p.line("  %s: %s", row.word, strings.Join(row.names, ", "))
		}
	}
	for _, s := range a.Steps {
		p.line("  %s —%s→ %s", s.Source.Label, phrase(s), s.Target.Label)
	}
	p.evidence(a.Evidence)
}

func label(v Via, a *Answered) string {
	if v.ID == a.Entity.ID {
		return ""
	}
	return v.Label
}

// phrase words a step; no step is named by its predicate.
func phrase(s Step) string {
	if s.Phrase != "" {
		return s.Phrase
	}
	switch s.Relation {
	case fact.Performer:
		return "by"
	case fact.Affiliation:
		return "of"
	case fact.About:
		return "about"
	case fact.Broader, fact.ParentOrganization:
		return "part of"
	default:
		return "with"
	}
}

// when writes day, half-day and session of a talk.
func when(v Via) string {
	var parts []string
	for _, part := range []string{v.StartDate, v.Part, v.Session} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (p *printer) evidence(all []Passage) {
	if p.options.Evidence == EvidenceNone {
		return
	}
	shown := all
	if p.options.Evidence != EvidenceFull && len(all) > shortEvidence {
		shown = all[:shortEvidence]
	}
	for _, e := range shown {
		p.line("    %s:%d  %s", strings.TrimPrefix(e.Document, "doc/"), e.Line, p.marked(strings.Join(strings.Fields(e.Quote), " ")))
	}
	if rest := len(all) - len(shown); rest > 0 {
		p.line("    … %d more (--evidence full)", rest)
	}
}

func (p *printer) bold(text string) string {
	if !p.options.Color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// marked highlights the names that were asked for in a quote.
func (p *printer) marked(quote string) string {
	if !p.options.Color {
		return quote
	}
	for _, term := range p.result.terms {
		if at := strings.Index(quote, term); at >= 0 && len(term) > 1 {
			return quote[:at] + "\x1b[33m" + term + "\x1b[0m" + quote[at+len(term):]
		}
	}
	return quote
}

// contains compares by key.
func contains(text, part string) bool {
	return strings.Contains(fact.Key(text), fact.Key(part))
}
