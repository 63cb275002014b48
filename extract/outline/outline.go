// Package outline finds the skeleton of notes on talks: the event with its dates
// and place, sessions, talks with title, day and half-day, and who spoke from where.
//
// Structure comes first: the kinds of lines, labels, headings, tables and
// timetables; prose is read only where no structure speaks. A talk without a
// speaker is believed where it stands beside talks that have one. The package must
// not know concepts, and it makes no graph: it says what stands where.
package outline

import (
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// Span is a piece of one line of a note: bytes of the raw line.
type Span struct {
	Line       int // index into the note's lines
	Start, End int
}

// Outline is the skeleton of one note.
type Outline struct {
	Event       Event
	Sessions    []Session
	Talks       []Talk
	Hosts       []Speaker // hosts and organisers of the event
	Told        []Told    // the pieces of running text, in order, and the talks they tell of
	Diagnostics []fact.Diagnostic
}

// Event is what the notes are about as a whole. Dates are ISO 8601, "" when unknown.
type Event struct {
	Name       string
	At         Span
	Start, End string
	Place      string
	Theme      string
	fromTalks  bool // the dates are those of the talks
}

// Session is a part of an event with talks of its own.
type Session struct {
	Name  string
	At    Span
	Room  string
	Date  string
	Part  string
	Hosts []Speaker
}

// Talk is one contribution: a talk, a panel, an opening.
type Talk struct {
	Title    string
	At       Span
	Session  int // index into Sessions; -1 when it belongs to the event alone
	Date     string
	Part     string
	Room     string
	Format   string // "panel", "opening", "tutorial" …; "" for a plain talk
	Speakers []Speaker
	Hosts    []Speaker
	From, To int          // lines [From, To) are the notes on the talk, as indexes
	Also     [][2]int     // further runs of lines on the same talk
	Used     map[int]bool // lines that say who, when and where, and nothing of the matter
	level    int          // of the title's heading; 0 when it is none
	anchored bool         // a speaker stands with it
}

// Speaker is a person in a place of the notes.
type Speaker struct {
	Name         string
	At           Span
	Extent       Span // the name with what stands beside it in the same line
	Affiliations []Affiliation
	JobTitle     string
}

// Affiliation is an institution that a speaker is said to belong to.
type Affiliation struct {
	Name     string
	At       Span
	Known    *lexicon.Organization // nil when the lexicon does not know the whole name
	Parent   string                // institution whose name this one begins with; "" when there is none
	ParentAt Span
	shared   bool // may belong to the last of the people of its line alone
}

// Read finds the outline of a note.
func Read(n *note.Note, l *lexicon.Lexicon) *Outline {
	r := newReader(n, l)
	r.scan()
	r.readEvent()
	r.findTalks()
	r.assemble()
	return r.outline
}
