package outline

import (
	"strings"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// soleLines bounds how many lines below the title of a note on one talk may say who
// gave it.
const soleLines = 6

// soleTalk reads a note that is on one talk: its title is the title of the note, and
// the speaker stands in it or in the first lines below. There is no event then, its
// day is the day of the talk.
func (r *reader) soleTalk() {
	event := &r.outline.Event
	if len(r.drafts) > 0 || event.Name == "" {
		return
	}
	title := event.At.Line
	if e, ok := r.layouts(title, 0, true); ok && !e.untitled && r.outline.Event.At.Line == e.title.Line && (e.strong || r.allKnownNames(e.people)) {
		r.makeSole(e.title, e.people)
		return
	}
	line := title
	for range soleLines {
		if line = r.next(line); line < 0 {
			return
		}
		if speakers := r.soleSpeakers(line, line == r.next(title)); len(speakers) > 0 {
			r.makeSole(event.At, speakers)
			if r.lines[line].role == labelRole {
				r.lines[line].role = usedRole
			}
			return
		}
	}
}

// soleSpeakers reads a line with a speaker label, people and nothing else right below
// the title, or a sentence that says whose talk these are the notes on.
func (r *reader) soleSpeakers(i int, first bool) []Speaker {
	in := &r.lines[i]
	for _, l := range in.labels {
		if l.cue&lexicon.SpeakerLabel != 0 {
			return r.speakers(r.grammar.People(l.value, name.Labelled), i, l.valueStart)
		}
	}
	if first {
		if people := r.people(i, name.Position); people != nil {
			return r.speakers(people, i, 0)
		}
		if people := r.people(i, name.Labelled); r.allFrequent(people) && utf8.RuneCountInString(in.text) <= 40*len(people) && r.note.Lines[i].Kind != note.Bullet {
			return r.speakers(people, i, 0) // names and nothing else, as a byline
		}
		if opening := speakerOpening(in.text); opening > 0 {
			if people := r.grammar.People(in.text[opening:], name.Labelled); r.plausible(people) {
				return r.speakers(people, i, opening)
			}
		}
	}
	return r.speakerOfNotes(i)
}

// talkNouns tell that a sentence is on a talk.
var talkNouns = []string{"报告", "讲座", "演讲", "课程", "课上", "分享", "talk", "lecture", "keynote", "seminar", "tutorial"}

// speakerOfNotes reads "本记录基于ORG的NAME老师在…上的报告": a sentence on a talk with
// one person in it who has an institution.
func (r *reader) speakerOfNotes(i int) []Speaker {
	text := r.lines[i].text
	mentions := r.grammar.Mentions(text)
	if len(mentions) != 1 || len(mentions[0].Affiliations) == 0 || mentions[0].Role == name.Cited || mentions[0].Role == name.Chairs {
		return nil
	}
	lower := strings.ToLower(text)
	for _, noun := range talkNouns {
		if strings.Contains(lower, noun) {
			return r.speakers([]name.Person{mentions[0].Person}, i, 0)
		}
	}
	return nil
}

// makeSole makes the one talk of the note and takes the event back.
func (r *reader) makeSole(title Span, speakers []Speaker) {
	event := r.outline.Event
	r.outline.Event = Event{Start: event.Start, End: event.End}
	d := r.add(title)
	d.addSpeakers(speakers)
	d.date = ""
	if event.Start == event.End {
		d.date = event.Start
	}
	d.room = event.Place
}
