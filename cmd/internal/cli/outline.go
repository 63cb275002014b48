package cli

import (
	"cmp"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/note"
)

// outline is what a document says, ordered as a person reads it. Its JSON form is
// that of "check --json".
type outline struct {
	ID       string           `json:"id"`
	Path     string           `json:"path"`
	Language string           `json:"language"`
	Lines    int              `json:"lines"`
	Events   []outlineEvent   `json:"events"`
	Sessions []outlineSession `json:"sessions"` // in order of line; those without a name are talks outside any session
	SetAside []outlineAside   `json:"setAside"` // lines that feed nothing, in order
	Counts   map[string]int   `json:"counts"`   // entities per type
	Warnings []diagnosticJSON `json:"warnings"`
	Text     []string         `json:"text,omitempty"` // the lines, with --text
}

type outlineEvent struct {
	Label     string `json:"label"`
	StartDate string `json:"startDate,omitempty"`
	EndDate   string `json:"endDate,omitempty"`
	Location  string `json:"location,omitempty"`
	Theme     string `json:"about,omitempty"`
	Line      int    `json:"line,omitempty"`
}

type outlineSession struct {
	Label     string        `json:"label"`
	StartDate string        `json:"startDate,omitempty"`
	Part      string        `json:"part,omitempty"`
	Location  string        `json:"location,omitempty"`
	Line      int           `json:"line,omitempty"`
	Talks     []outlineTalk `json:"talks"`
}

type outlineTalk struct {
	Label     string           `json:"label"`
	StartDate string           `json:"startDate,omitempty"`
	Part      string           `json:"part,omitempty"`
	Location  string           `json:"location,omitempty"`
	Format    string           `json:"format,omitempty"`
	Line      int              `json:"line,omitempty"`
	Speakers  []outlineSpeaker `json:"speakers"`
	Mentions  []string         `json:"mentions"` // people and institutions beside the speakers
	Concepts  []string         `json:"concepts"` // the weightiest first
	Comments  []string         `json:"comments"` // what the note-taker said beside the matter
}

type outlineSpeaker struct {
	Label        string   `json:"label"`
	JobTitle     string   `json:"jobTitle,omitempty"`
	Affiliations []string `json:"affiliations"`
}

// outlineAside is a run of lines that were set aside for one reason.
type outlineAside struct {
	Line    int    `json:"line"`
	EndLine int    `json:"endLine"`
	Reason  string `json:"reason"`
	Text    string `json:"text"` // of the first line
}

// newOutline arranges the facts of one document.
func newOutline(id, path string, facts fact.Facts, n *note.Note) outline {
	x := indexFacts(facts)
	o := outline{ID: id, Path: path, Language: facts.Document.Props[fact.PropLanguage], Lines: len(n.Lines),
		Events: []outlineEvent{}, Sessions: []outlineSession{}, Counts: map[string]int{}, Warnings: newDiagnosticsJSON(facts.Diagnostics)}
	for _, t := range fact.Types() {
		o.Counts[string(t)] = len(x.ofType[t])
	}
	for _, e := range x.ofType[fact.Event] {
		o.Events = append(o.Events, outlineEvent{e.Label, e.Props[fact.PropStartDate], e.Props[fact.PropEndDate],
			e.Props[fact.PropLocation], e.Props[fact.PropTheme], x.line[e.ID]})
	}
	o.Sessions = append(o.Sessions, x.sessions()...)
	o.SetAside = setAside(n, o.comments())
	return o
}

// comments returns everything that the talks have as comments.
func (o outline) comments() string {
	var all strings.Builder
	for _, s := range o.Sessions {
		for _, t := range s.Talks {
			all.WriteString(strings.Join(t.Comments, "\n"))
			all.WriteByte('\n')
		}
	}
	return all.String()
}

// setAside lists the lines that feed nothing, neighbours of one reason together.
// Asides that a talk has as a comment are there already.
func setAside(n *note.Note, comments string) []outlineAside {
	runs := []outlineAside{}
	last := 0 // the line before that says something
	for i := range n.Lines {
		l := &n.Lines[i]
		if l.Kind == note.Blank {
			continue
		}
		before := last
		last = l.Number
		if l.Kind != note.Boilerplate && (l.Kind != note.Aside || strings.Contains(comments, strings.Trim(l.Content(), "【】 "))) {
			continue
		}
		if k := len(runs) - 1; k >= 0 && runs[k].Reason == l.Reason && runs[k].EndLine == before {
			runs[k].EndLine = l.Number
			continue
		}
		runs = append(runs, outlineAside{l.Number, l.Number, l.Reason, l.Content()})
	}
	return runs
}

// textLines returns the text as it was read.
func textLines(n *note.Note) []string {
	lines := make([]string, len(n.Lines))
	for i := range n.Lines {
		lines[i] = n.Lines[i].Raw
	}
	return lines
}

// factIndex finds the facts of a document by what they are about.
type factIndex struct {
	entity   map[string]fact.Entity
	ofType   map[fact.Type][]fact.Entity // in order of line
	from, to map[string][]fact.Relation
	line     map[string]int // the first line that places the entity, by what it takes part in
}

func indexFacts(facts fact.Facts) *factIndex {
	x := &factIndex{entity: map[string]fact.Entity{}, ofType: map[fact.Type][]fact.Entity{},
		from: map[string][]fact.Relation{}, to: map[string][]fact.Relation{}, line: map[string]int{}}
	for _, r := range facts.Relations {
		x.from[r.Source] = append(x.from[r.Source], r)
		x.to[r.Target] = append(x.to[r.Target], r)
		for _, e := range r.Evidence {
			if first, known := x.line[r.Source]; e.Document == facts.Document.ID && (!known || e.Line < first) {
				x.line[r.Source] = e.Line
			}
		}
	}
	for _, e := range facts.Entities {
		x.entity[e.ID] = e
		x.ofType[e.Type] = append(x.ofType[e.Type], e)
	}
	for _, entities := range x.ofType {
		slices.SortStableFunc(entities, func(a, b fact.Entity) int { return cmp.Compare(x.line[a.ID], x.line[b.ID]) })
	}
	return x
}

// sessions returns the sessions with their talks in order of line. Talks outside any
// session stand in sessions without a name, where their lines put them.
func (x *factIndex) sessions() []outlineSession {
	var found []outlineSession
	inSession := map[string]bool{}
	for _, s := range x.ofType[fact.Session] {
		session := outlineSession{Label: s.Label, StartDate: s.Props[fact.PropStartDate], Part: s.Props[fact.PropPart],
			Location: s.Props[fact.PropLocation], Line: x.line[s.ID], Talks: []outlineTalk{}}
		for _, r := range x.to[s.ID] {
			if r.Predicate == fact.SuperEvent && x.entity[r.Source].Type == fact.Talk && !inSession[r.Source] {
				inSession[r.Source] = true
				session.Talks = append(session.Talks, x.talk(x.entity[r.Source]))
			}
		}
		slices.SortStableFunc(session.Talks, func(a, b outlineTalk) int { return cmp.Compare(a.Line, b.Line) })
		found = append(found, session)
	}
	for _, t := range x.ofType[fact.Talk] {
		if !inSession[t.ID] {
			found = append(found, outlineSession{Line: x.line[t.ID], Talks: []outlineTalk{x.talk(t)}})
		}
	}
	slices.SortStableFunc(found, func(a, b outlineSession) int { return cmp.Compare(a.Line, b.Line) })
	return joinNameless(found)
}

// joinNameless joins neighbours without a name.
func joinNameless(sessions []outlineSession) []outlineSession {
	var joined []outlineSession
	for _, s := range sessions {
		if k := len(joined) - 1; k >= 0 && s.Label == "" && joined[k].Label == "" {
			joined[k].Talks = append(joined[k].Talks, s.Talks...)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func (x *factIndex) talk(e fact.Entity) outlineTalk {
	talk := outlineTalk{Label: e.Label, StartDate: e.Props[fact.PropStartDate], Part: e.Props[fact.PropPart],
		Location: e.Props[fact.PropLocation], Format: e.Props[fact.PropFormat], Line: x.line[e.ID],
		Speakers: []outlineSpeaker{}, Mentions: []string{}, Concepts: []string{}, Comments: []string{}}
	if comment := e.Props[fact.PropComment]; comment != "" {
		talk.Comments = strings.Split(comment, "\n")
	}
	var about []fact.Relation
	for _, r := range x.from[e.ID] {
		switch r.Predicate {
		case fact.Performer:
			talk.Speakers = append(talk.Speakers, x.speaker(r.Target))
		case fact.Mentions:
			talk.Mentions = append(talk.Mentions, x.entity[r.Target].Label)
		case fact.About:
			about = append(about, r)
		}
	}
	slices.SortStableFunc(about, func(a, b fact.Relation) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, r := range about {
		talk.Concepts = append(talk.Concepts, x.entity[r.Target].Label)
	}
	return talk
}

func (x *factIndex) speaker(id string) outlineSpeaker {
	speaker := outlineSpeaker{Label: x.entity[id].Label, Affiliations: []string{}}
	for _, r := range x.from[id] {
		if r.Predicate != fact.Affiliation {
			continue
		}
		speaker.Affiliations = append(speaker.Affiliations, x.entity[r.Target].Label)
		if speaker.JobTitle == "" {
			speaker.JobTitle = r.Props[fact.PropJobTitle]
		}
	}
	return speaker
}
