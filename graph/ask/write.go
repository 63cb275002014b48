package ask

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// Amounts of evidence that are written.
const (
	EvidenceNone  = "none"
	EvidenceShort = "short" // the best three passages of an answer, trimmed to what matters
	EvidenceFull  = "full"
)

// TextOptions say how a result is written for people.
type TextOptions struct {
	Color    bool   // mark the names that were asked for, for a terminal
	Evidence string // EvidenceNone, EvidenceShort (also when empty) or EvidenceFull
}

// shortEvidence is how many passages EvidenceShort shows of an answer.
const shortEvidence = 3

// Write writes a result as text: each answer, the talks that lead to it, and below
// each the lines of the notes with their place. The names of the notes stand as they
// are; the few words beside them are in the language of the question.
func Write(w io.Writer, r Result, o TextOptions) error {
	p := &printer{to: w, result: &r, options: o, words: wordsFor(r.Question), quotes: newQuoter(r.terms, o)}
	if r.Understood.Corrected != "" && len(r.Answers) > 0 {
		p.line("(%s: %s)", p.words.readAs, plain(r.Understood.Corrected))
	}
	if r.Count != nil {
		p.line("%d", *r.Count)
	}
	for i := range r.Answers {
		p.answer(&r.Answers[i])
	}
	switch {
	case r.AtLeast:
		p.line("… (--limit)")
	case r.Left > 0:
		p.line("… %d %s (--limit)", r.Left, p.words.more)
	}
	return p.err
}

// labels are the words that are written beside the names of the notes.
type labels struct{ readAs, more, broader, narrower, related, only, maybeSame, lexicon string }

func wordsFor(question string) labels {
	if isChinese(question) {
		return labels{"读作", "条未列出", "属于", "包括", "相关", "只有", "可能就是", "词典所知"}
	}
	return labels{"read as", "more", "part of", "includes", "related", "only", "maybe the same as", "known to the lexicon"}
}

type printer struct {
	to      io.Writer
	result  *Result
	options TextOptions
	words   labels
	quotes  quoter
	talk    string // ID of the talk that was written last: the concepts of one talk name it once
	err     error
}

func (p *printer) line(format string, arguments ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", arguments...)
	}
}

func (p *printer) answer(a *Answered) {
	p.line("%s", p.heading(a))
	if len(a.Steps) > 0 {
		p.steps(a)
		return
	}
	for _, row := range []struct {
		word  string
		names []string
	}{{p.words.broader, a.Broader}, {p.words.narrower, a.Narrower}, {p.words.related, a.Related}} {
		if len(row.names) > 0 {
			p.line("  %s: %s", row.word, plain(strings.Join(row.names, ", ")))
		}
	}
	p.talks(a)
}

// heading is the name of an answer with what tells it from others.
func (p *printer) heading(a *Answered) string {
	if len(a.Steps) > 0 {
		first, _ := a.Steps[0].Ends()
		return p.bold(plain(first.Label + " … " + a.Entity.Label))
	}
	var notes []string
	if len(a.Affiliation) > 0 {
		notes = append(notes, strings.Join(a.Affiliation, ", "))
	}
	if a.JobTitle != "" {
		notes = append(notes, a.JobTitle)
	}
	if len(a.MaybeSame) > 0 {
		notes = append(notes, p.words.maybeSame+" "+strings.Join(a.MaybeSame, ", "))
	}
	if a.Only != "" {
		notes = append(notes, p.words.only+" "+a.Only)
	}
	if len(notes) == 0 {
		return p.bold(plain(a.Entity.Label))
	}
	return p.bold(plain(a.Entity.Label)) + " (" + plain(strings.Join(notes, "; ")) + ")"
}

// talks writes the talks that lead to an answer, each with its lines, and then the
// lines that belong to none.
func (p *printer) talks(a *Answered) {
	left := shortEvidence
	if p.options.Evidence == EvidenceFull {
		left = len(a.Evidence)
	}
	written := map[Passage]bool{}
	shown := a.Entity.Type == fact.Concept && len(a.Via) == 1 && a.Via[0].ID == p.talk
	for i, v := range a.Via {
		if !shown && (v.ID != a.Entity.ID || when(v) != "") {
			p.line("  %s", plain(strings.Trim(strings.Join([]string{title(v, a), when(v)}, "  "), " ")))
		}
		p.talk = v.ID
		share := max(1, left-(len(a.Via)-i-1)) // the best talk shows most, and each a line
		left -= p.passages(v.evidence, min(share, left), written)
	}
	p.passages(a.Evidence, left, written)
	if rest := len(a.Evidence) - len(written); rest > 0 && p.options.Evidence != EvidenceNone {
		p.line("    … %d %s (--evidence full)", rest, p.words.more)
	}
}

// steps writes a connection, each step with a line of the notes.
func (p *printer) steps(a *Answered) {
	for _, s := range a.Steps {
		if s.Lexicon {
			p.line("  %s (%s)", plain(s.Words), p.words.lexicon)
			continue
		}
		p.line("  %s", plain(s.Words))
		count := 1
		if p.options.Evidence == EvidenceFull {
			count = len(s.Evidence)
		}
		p.passages(s.Evidence, count, map[Passage]bool{})
	}
}

// passages writes at most so many passages that were not written yet, and returns how many.
func (p *printer) passages(all []Passage, count int, written map[Passage]bool) int {
	if p.options.Evidence == EvidenceNone {
		return 0
	}
	done := 0
	for _, e := range all {
		if done == count || written[e] {
			continue
		}
		written[e] = true
		done++
		p.line("    %s:%d  %s", plain(strings.TrimPrefix(e.Document, "doc/")), e.Line, p.quotes.write(e.Quote))
	}
	return done
}

func title(v Via, a *Answered) string {
	if v.ID == a.Entity.ID {
		return ""
	}
	return v.Label
}

// when writes day, half-day, session and room of a talk.
func when(v Via) string {
	parts := []string{v.StartDate, v.Part, v.Session, v.Location}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

func (p *printer) bold(text string) string {
	if !p.options.Color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}
