// Package note turns a file into numbered lines that the other rooms of extract
// read: it decodes the text, tells headings, list items and paragraphs apart, and
// sets aside what is not the notes themselves: a page's boilerplate and the asides
// of the note-taker, each with its reason.
//
// Positions are byte offsets into the raw line, so that every quote that is made
// of them is an exact part of the text. The package must not know what a talk, a
// speaker or a concept is.
package note

import (
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// Kind tells what a line is, by its marks and its neighbours.
type Kind uint8

// The kinds of lines.
const (
	Blank       Kind = iota // nothing but white space
	Paragraph               // running text, or a line that stands alone
	Heading                 // marked as a heading; Level 1 to 6
	Bullet                  // list item with a bullet; Level is its depth from 0
	Numbered                // list item or section head with a number: "1)", "2.", "一、"
	TableRow                // row of a table with "|" between cells
	TableRule               // the line of dashes below a table's head
	Code                    // inside a fenced block
	Rule                    // a thematic break
	FrontMatter             // metadata block at the top of the file
	Aside                   // the note-taker speaks of himself or the occasion
	Boilerplate             // the page speaks, not the notes; Reason says how it was told
)

// Range is a span of bytes of a raw line.
type Range struct{ Start, End int }

// Line is one line of the text.
type Line struct {
	Number   int     // from 1
	Raw      string  // as read, without the line break
	Kind     Kind    //
	Level    int     // see Kind
	Start    int     // first byte of the content: after indentation, marks and emphasis
	End      int     // byte after the content
	Mark     string  // the mark of a Numbered line without its punctuation: "1", "一", "A"
	Emphasis bool    // the whole content was set in bold or italics
	Asides   []Range // of the raw line, in order; none when the whole line is an aside
	Reason   string  // why an Aside or Boilerplate line is set aside
}

// Content returns the text of the line without its marks.
func (l *Line) Content() string { return l.Raw[l.Start:l.End] }

// Matter reports whether the line belongs to the notes and says something.
func (l *Line) Matter() bool {
	switch l.Kind {
	case Blank, TableRule, Rule, FrontMatter, Aside, Boilerplate:
		return false
	default:
		return l.End > l.Start
	}
}

// InAside reports whether a byte of the raw line stands in an aside.
func (l *Line) InAside(at int) bool {
	for _, r := range l.Asides {
		if at >= r.Start && at < r.End {
			return true
		}
	}
	return false
}

// Column returns the column, in characters from 1, of a byte of the raw line.
func (l *Line) Column(at int) int { return utf8.RuneCountInString(l.Raw[:at]) + 1 }

// Note is one document, read.
type Note struct {
	Path  string            // as the user gave it
	ID    string            // entity ID of the Document, from the relative path
	Lines []Line            //
	Meta  map[string]string // front matter: keys in lower case
	URL   string            // where the page was published, when it says so
	Title string            // title that the container gives: front matter, <title>, document properties
}

// Text returns the lines joined by line breaks: what evidence positions count in.
func (n *Note) Text() string {
	var b strings.Builder
	for i := range n.Lines {
		b.WriteString(n.Lines[i].Raw)
		b.WriteByte('\n')
	}
	return b.String()
}

// Evidence makes the evidence for bytes of a line.
func (n *Note) Evidence(l *Line, r Range, confidence float64) fact.Evidence {
	return fact.Evidence{
		Document:   n.ID,
		Line:       l.Number,
		Column:     l.Column(r.Start),
		Quote:      l.Raw[r.Start:r.End],
		Extractor:  fact.ExtractorRules,
		Confidence: confidence,
	}
}

// Diagnostic makes a diagnostic about a line.
func (n *Note) Diagnostic(l *Line, severity fact.Severity, message, mend string) fact.Diagnostic {
	return fact.Diagnostic{File: n.Path, Line: l.Number, Column: l.Column(l.Start),
		Severity: severity, Message: message, Mend: mend}
}
