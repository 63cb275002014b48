package llm

import (
	"errors"
	"fmt"

	"talkgraph/extract/fact"
	"talkgraph/extract/llm/cache"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/note"
)

// checker proves answers on one note. It may be used by several goroutines.
type checker struct {
	reader *Reader
	note   *note.Note
	talks  []Talk
	people []string
	names  proof.Names
}

// found is what came of asking about a piece.
type found struct {
	facts       []Fact
	dropped     []proof.Drop
	diagnostics []fact.Diagnostic
	unread      error // why some of it was not read
}

func (f *found) add(other found) {
	f.facts = append(f.facts, other.facts...)
	f.dropped = append(f.dropped, other.dropped...)
	f.diagnostics = append(f.diagnostics, other.diagnostics...)
	if f.unread == nil {
		f.unread = other.unread
	}
}

// check keeps what is proven of an answer.
func (c *checker) check(p piece, e cache.Entry) found {
	warning := func(message, mend string) found {
		return found{diagnostics: []fact.Diagnostic{c.note.Diagnostic(&c.note.Lines[p.lines[0]], fact.Warning, message, mend)}}
	}
	if e.Outcome == outcomeRefused {
		return warning("the model has not read "+c.part(p)+": "+e.Message, "")
	}
	answer, err := proof.Parse(e.Text)
	if err != nil {
		return warning(fmt.Sprintf("the model's answer to %s is not used: %v", c.part(p), err), "talkgraph llm ping shows whether the model keeps to the form")
	}
	t := &c.talks[p.talk]
	facts, drops := proof.Check(answer, proof.Chunk{Note: c.note, Lines: p.lines, Talk: !t.None, SpeakerLine: t.SpeakerLine,
		Speakers: t.Speakers, People: c.people, Hosts: t.Hosts, Phrases: c.reader.options.Phrases}, c.names)
	f := found{dropped: drops}
	for _, proven := range facts {
		f.facts = append(f.facts, Fact{proven, p.talk})
	}
	return f
}

// part names the lines of a piece.
func (c *checker) part(p piece) string {
	first, last := c.note.Lines[p.lines[0]].Number, c.note.Lines[p.lines[len(p.lines)-1]].Number
	if first == last {
		return "the line"
	}
	return fmt.Sprintf("lines %d to %d", first, last)
}

// result puts what came of the pieces together, counts it, and words what was not
// read.
func (c *checker) result(read []found) Result {
	var all found
	unread := 0
	for _, f := range read {
		all.add(f)
		if f.unread != nil {
			unread++
		}
	}
	c.count(&all)
	result := Result{Facts: all.facts, Diagnostics: all.diagnostics}
	if c.reader.options.Verbose {
		for _, d := range all.dropped {
			result.Diagnostics = append(result.Diagnostics, fact.Diagnostic{File: c.note.Path, Line: c.known(d.Line), Severity: fact.Info,
				Message: fmt.Sprintf("the model's fact is dropped: %s: %s", d.Reason, d.Text)})
		}
	}
	if unread > 0 {
		result.Incomplete = true
		result.Diagnostics = append(result.Diagnostics, fact.Diagnostic{File: c.note.Path, Severity: fact.Warning,
			Message: fmt.Sprintf("the model has not read %d of %d parts, the rules have: %v", unread, len(read), all.unread), Mend: mend(all.unread)})
	}
	return result
}

func (c *checker) count(all *found) {
	c.reader.budget.count(func(u *Usage) {
		u.Kept += len(all.facts)
		if u.Dropped == nil {
			u.Dropped = map[string]int{}
		}
		for _, d := range all.dropped {
			u.Dropped[string(d.Reason)]++
		}
	})
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
