package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// outline is what a document says, ordered as a person reads it. Its JSON form is
// that of "check --json".
type outline struct {
	ID       string           `json:"id"`
	Path     string           `json:"path"`
	Events   []outlineEvent   `json:"events"`
	Sessions []outlineSession `json:"sessions"` // the last one has no name: talks outside any session
	Counts   map[string]int   `json:"counts"`   // entities per type
	Warnings []diagnosticJSON `json:"warnings"`
}

type outlineEvent struct {
	Label     string `json:"label"`
	StartDate string `json:"startDate,omitempty"`
	EndDate   string `json:"endDate,omitempty"`
	Location  string `json:"location,omitempty"`
	Theme     string `json:"about,omitempty"`
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
	Line      int              `json:"line,omitempty"`
	Speakers  []outlineSpeaker `json:"speakers"`
	Concepts  []string         `json:"concepts"` // the weightiest first
}

type outlineSpeaker struct {
	Label        string   `json:"label"`
	JobTitle     string   `json:"jobTitle,omitempty"`
	Affiliations []string `json:"affiliations"`
}

// newOutline arranges the facts of one document.
func newOutline(id, path string, facts fact.Facts) outline {
	x := indexFacts(facts)
	o := outline{ID: id, Path: path, Events: []outlineEvent{}, Counts: map[string]int{}, Warnings: newDiagnosticsJSON(facts.Diagnostics)}
	for _, t := range fact.Types() {
		o.Counts[string(t)] = len(x.ofType[t])
	}
	for _, e := range x.ofType[fact.Event] {
		o.Events = append(o.Events, outlineEvent{e.Label, e.Props[fact.PropStartDate], e.Props[fact.PropEndDate],
			e.Props[fact.PropLocation], e.Props[fact.PropTheme]})
	}
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
		o.Sessions = append(o.Sessions, session)
	}
	var outside []outlineTalk
	for _, t := range x.ofType[fact.Talk] {
		if !inSession[t.ID] {
			outside = append(outside, x.talk(t))
		}
	}
	if len(outside) > 0 {
		o.Sessions = append(o.Sessions, outlineSession{Talks: outside})
	}
	for _, s := range o.Sessions {
		slices.SortStableFunc(s.Talks, func(a, b outlineTalk) int { return cmp.Compare(a.Line, b.Line) })
	}
	if o.Sessions == nil {
		o.Sessions = []outlineSession{}
	}
	return o
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

func (x *factIndex) talk(e fact.Entity) outlineTalk {
	talk := outlineTalk{Label: e.Label, StartDate: e.Props[fact.PropStartDate], Part: e.Props[fact.PropPart],
		Location: e.Props[fact.PropLocation], Line: x.line[e.ID], Speakers: []outlineSpeaker{}, Concepts: []string{}}
	var about []fact.Relation
	for _, r := range x.from[e.ID] {
		switch r.Predicate {
		case fact.Performer:
			talk.Speakers = append(talk.Speakers, x.speaker(r.Target))
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

// conceptsShown bounds the concepts that a talk's line of text shows.
const conceptsShown = 8

// write prints the outline for a person.
func (o outline) write(w io.Writer) {
	fmt.Fprintln(w, oneLine(o.Path))
	for _, e := range o.Events {
		fmt.Fprintf(w, "  %s\n", joinWords("  ", e.Label, dates(e.StartDate, e.EndDate), e.Location, e.Theme))
	}
	for _, s := range o.Sessions {
		fmt.Fprintln(w)
		if s.Label != "" {
			fmt.Fprintf(w, "%6s  %s\n", lineNumber(s.Line), joinWords("  ", s.Label, s.StartDate, s.Part, s.Location))
		}
		for _, t := range s.Talks {
			t.write(w)
		}
	}
	fmt.Fprintf(w, "\n  %s\n", o.counts())
}

func (t outlineTalk) write(w io.Writer) {
	fmt.Fprintf(w, "%6s    %s\n", lineNumber(t.Line), joinWords("  ", t.Label, t.StartDate, t.Part))
	for _, s := range t.Speakers {
		fmt.Fprintf(w, "            %s\n", joinWords(", ", s.Label, strings.Join(s.Affiliations, " / "), s.JobTitle))
	}
	if len(t.Concepts) == 0 {
		return
	}
	shown := t.Concepts[:min(len(t.Concepts), conceptsShown)]
	more := ""
	if len(shown) < len(t.Concepts) {
		more = fmt.Sprintf(" … and %d more", len(t.Concepts)-len(shown))
	}
	fmt.Fprintf(w, "            about %s%s\n", oneLine(strings.Join(shown, ", ")), more)
}

func (o outline) counts() string {
	var parts []string
	for _, t := range fact.Types() {
		if count := o.Counts[string(t)]; count > 0 && t != fact.Document {
			parts = append(parts, plural(count, strings.ToLower(string(t))))
		}
	}
	if parts == nil {
		return "nothing was found in it"
	}
	return strings.Join(parts, ", ")
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
