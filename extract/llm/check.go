package llm

import (
	"errors"
	"fmt"

	"talkgraph/extract/fact"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/note"
)

// checker proves the answers of one note, in their order.
type checker struct {
	reader  *Reader
	note    *note.Note
	talks   []Talk
	people  []string
	names   proof.Names
	result  Result
	dropped []proof.Drop
	unread  int
	cause   error
}

func (c *checker) take(f *found) {
	if f.err != nil {
		c.unread++
		if c.cause == nil {
			c.cause = f.err
		}
	}
	for i := range f.answers {
		c.check(&f.answers[i])
	}
	f.answers = nil
}

func (c *checker) check(a *answered) {
	line := &c.note.Lines[a.lines[0]]
	if a.entry.Outcome == outcomeRefused {
		c.result.Diagnostics = append(c.result.Diagnostics, c.note.Diagnostic(line, fact.Warning,
			"the model did not read from here on: "+a.entry.Message, ""))
		return
	}
	answer, err := proof.Parse(a.entry.Text)
	if err != nil {
		c.result.Diagnostics = append(c.result.Diagnostics, c.note.Diagnostic(line, fact.Warning,
			fmt.Sprintf("the answer of the model is not used from here on: %v", err), ""))
		return
	}
	t := &c.talks[a.talk]
	facts, drops := proof.Check(answer, proof.Chunk{Note: c.note, Lines: a.lines, Talk: !t.None, SpeakerLine: t.SpeakerLine,
		Speakers: t.Speakers, People: c.people, Phrases: c.reader.options.Phrases}, c.names)
	for _, f := range facts {
		c.result.Facts = append(c.result.Facts, Fact{f, a.talk})
	}
	c.dropped = append(c.dropped, drops...)
}

// finish counts, and words what was not read.
func (c *checker) finish(all int) Result {
	c.reader.budget.count(func(u *Usage) {
		u.Kept += len(c.result.Facts)
		if u.Dropped == nil {
			u.Dropped = map[string]int{}
		}
		for _, d := range c.dropped {
			u.Dropped[string(d.Reason)]++
		}
	})
	if c.reader.options.Verbose {
		for _, d := range c.dropped {
			c.result.Diagnostics = append(c.result.Diagnostics, fact.Diagnostic{File: c.note.Path, Line: c.known(d.Line), Severity: fact.Info,
				Message: fmt.Sprintf("the model's fact is dropped: %s: %s", d.Reason, d.Text)})
		}
	}
	if c.unread > 0 {
		c.result.Incomplete = true
		c.result.Diagnostics = append(c.result.Diagnostics, fact.Diagnostic{File: c.note.Path, Severity: fact.Warning,
			Message: fmt.Sprintf("the model has not read %d of %d parts, the rules have: %v", c.unread, all, c.cause), Mend: mend(c.cause)})
	}
	return c.result
}

// known is a line that the note has, else 0.
func (c *checker) known(line int) int {
	if line < 1 || line > len(c.note.Lines) {
		return 0
	}
	return line
}

func mend(err error) string {
	var failed *client.Error
	if errors.As(err, &failed) {
		return failed.Mend()
	}
	return ""
}
