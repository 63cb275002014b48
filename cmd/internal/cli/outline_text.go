package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"talkgraph/extract/fact"
)

// conceptsShown bounds the concepts that a talk's line of text shows.
const conceptsShown = 8

// columns of the text of an outline: the line numbers take six characters.
const (
	talkIndent   = "        "
	detailIndent = "            "
)

// write prints the outline for a person.
func (o outline) write(w io.Writer) {
	fmt.Fprintf(w, "%s  (%s)\n", oneLine(o.Path), joinWords(", ", o.Language, plural(o.Lines, "line")))
	for _, e := range o.Events {
		fmt.Fprintf(w, "%6s  %s\n", lineNumber(e.Line), joinWords(" · ", e.Label, dates(e.StartDate, e.EndDate), e.Location, e.Theme))
	}
	for _, s := range o.Sessions {
		fmt.Fprintln(w)
		if s.Label != "" {
			fmt.Fprintf(w, "%6s  %s\n", lineNumber(s.Line), joinWords(" · ", s.Label, s.StartDate, s.Part, s.Location))
		}
		for _, t := range s.Talks {
			t.write(w, s)
		}
	}
	if len(o.SetAside) > 0 {
		fmt.Fprintf(w, "\n%sset aside\n", talkIndent)
	}
	for _, a := range o.SetAside {
		fmt.Fprintf(w, "%6s  %s%s: %s\n", lineNumber(a.Line), a.through(), a.Reason, shorten(oneLine(a.Text)))
	}
	fmt.Fprintf(w, "\n%s%s\n", talkIndent, o.counts())
}

// through says up to which line a run of more than one goes.
func (a outlineAside) through() string {
	if a.EndLine == a.Line {
		return ""
	}
	return fmt.Sprintf("to %d, ", a.EndLine)
}

// write prints a talk. What its session says already is not said again.
func (t outlineTalk) write(w io.Writer, s outlineSession) {
	words := []string{t.Label, t.Format}
	if t.StartDate != s.StartDate || t.Part != s.Part {
		words = append(words, t.StartDate, t.Part)
	}
	if t.Location != s.Location {
		words = append(words, t.Location)
	}
	fmt.Fprintf(w, "%6s    %s\n", lineNumber(t.Line), joinWords(" · ", words...))
	for _, speaker := range t.Speakers {
		fmt.Fprintf(w, "%sby %s\n", detailIndent, joinWords(", ", speaker.Label, strings.Join(speaker.Affiliations, " / "), speaker.JobTitle))
	}
	if len(t.Mentions) > 0 {
		fmt.Fprintf(w, "%swith %s\n", detailIndent, oneLine(strings.Join(t.Mentions, ", ")))
	}
	if len(t.Concepts) > 0 {
		fmt.Fprintf(w, "%sabout %s\n", detailIndent, oneLine(t.conceptText()))
	}
	for _, comment := range t.Comments {
		fmt.Fprintf(w, "%sbeside: %s\n", detailIndent, shorten(oneLine(comment)))
	}
}

func (t outlineTalk) conceptText() string {
	shown := t.Concepts[:min(len(t.Concepts), conceptsShown)]
	text := strings.Join(shown, ", ")
	if more := len(t.Concepts) - len(shown); more > 0 {
		text += fmt.Sprintf(" … and %d more", more)
	}
	return text
}

// textLimit bounds the characters of a quoted line.
const textLimit = 100

func shorten(text string) string {
	if characters := []rune(text); len(characters) > textLimit {
		return string(characters[:textLimit]) + "…"
	}
	return text
}

// counts says how many entities of each type there are.
func (o outline) counts() string {
	var words []string
	for _, t := range fact.Types() {
		if count := o.Counts[string(t)]; count > 0 && t != fact.Document {
			words = append(words, plural(count, strings.ToLower(string(t))))
		}
	}
	if words == nil {
		return "nothing was found in it"
	}
	return strings.Join(words, ", ")
}

// writeText prints the text as it was read, with the numbers of its lines.
func (o outline) writeText(w io.Writer, named bool) {
	if named {
		fmt.Fprintln(w, oneLine(o.Path))
	}
	for i, line := range o.Text {
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%6d  %s", i+1, printable(line)), " "))
	}
}

// printable keeps a terminal unharmed; tabs stay.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return ' '
		}
		return r
	}, line)
}

func lineNumber(line int) string {
	if line == 0 {
		return ""
	}
	return fmt.Sprint(line)
}

func dates(start, end string) string {
	if end == "" || end == start {
		return start
	}
	return start + " to " + end
}

// joinWords joins what is not empty.
func joinWords(separator string, words ...string) string {
	words = slices.DeleteFunc(words, func(word string) bool { return word == "" })
	return oneLine(strings.Join(words, separator))
}
