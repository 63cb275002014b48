package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// listsGuests holds for a block in the head of a note that is a label for guests and a
// list of them below: it says who they are, and no talk is told there.
func (b *block) listsGuests() bool {
	r := b.reader
	if !b.guests || b.titled || len(b.speakers) < 2 || r.lines[b.start].labels[0].value != "" && len(b.lines) < 3 {
		return false
	}
	above := r.previous(b.start)
	if above < 0 || r.note.Lines[above].Kind == note.Heading || r.lines[above].draft != nil || r.lines[above].role != usedRole && r.lines[above].role != labelRole {
		return false
	}
	last := b.speakers[len(b.speakers)-1].At.Line
	return last > b.start && !slices.ContainsFunc(r.drafts, func(d *draft) bool { return d.line < b.start })
}

// nameWithRemark reads a line of a list of guests that is a name and, behind a gap or a
// comma, what the person does in words that name no institution.
func (r *reader) nameWithRemark(i int) []name.Person {
	text := r.lines[i].text
	end := len(text)
	for _, divider := range []string{"  ", "\t", "　", "，", ", ", "：", ": ", " - ", "——"} {
		if at := strings.Index(text, divider); at > 0 {
			end = min(end, at)
		}
	}
	people := r.grammar.People(text[:end], name.Labelled)
	if len(people) != 1 || !r.isKnownName(people[0].Name) {
		return nil
	}
	return people
}

// dialogues gives panels without guests those who speak in the lines below, "NAME: …".
func (r *reader) dialogues() {
	for k, d := range r.drafts {
		if d.format != "panel" || len(d.speakers) > 0 {
			continue
		}
		stop := len(r.lines)
		if k+1 < len(r.drafts) {
			stop = r.drafts[k+1].line
		}
		if voices := r.voices(d.line, stop); len(voices) >= 2 {
			d.addSpeakers(slices.DeleteFunc(voices, func(s Speaker) bool { return r.isHost(d, s) }))
		}
	}
}

// voices lists the people of whom two lines at least begin with the name and a colon, or
// one where the note names them elsewhere.
func (r *reader) voices(line, stop int) []Speaker {
	var all []Speaker
	count := map[string]int{}
	level := r.note.Lines[line].Level
	for i := line + 1; i < stop; i++ {
		l := &r.note.Lines[i]
		if r.lines[i].role == sessionRole || l.Kind == note.Heading && l.Matter() && l.Level <= level {
			break
		}
		speaker, ok := r.voice(i)
		if !ok {
			continue
		}
		if count[speaker.Name]++; count[speaker.Name] == 1 {
			all = append(all, speaker)
		}
	}
	return slices.DeleteFunc(all, func(s Speaker) bool { return count[s.Name] < 2 && !r.isNamed(s.Name) })
}

// voice reads the name at the head of a line of a dialogue.
func (r *reader) voice(i int) (Speaker, bool) {
	text := r.lines[i].text
	colon := strings.IndexAny(text, ":：")
	if !r.note.Lines[i].Matter() || colon <= 0 || utf8.RuneCountInString(text[:colon]) > 24 || r.lines[i].draft != nil {
		return Speaker{}, false
	}
	head := strings.TrimSpace(text[:colon])
	if !r.isNamed(head) && !r.isKnownName(head) {
		return Speaker{}, false
	}
	at := r.span(i, 0, colon)
	return Speaker{Name: head, At: at, Extent: at}, true
}

// isNamed reports whether the note names a person as a guest, a host or a speaker.
func (r *reader) isNamed(called string) bool {
	same := func(s Speaker) bool { return fact.Key(s.Name) == fact.Key(called) }
	return slices.ContainsFunc(r.directory, same) || slices.ContainsFunc(r.outline.Hosts, same) ||
		slices.ContainsFunc(r.drafts, func(d *draft) bool { return slices.ContainsFunc(d.speakers, same) })
}

func (r *reader) isHost(d *draft, s Speaker) bool {
	return isOneOf(s, d.hosts) || isOneOf(s, r.outline.Hosts)
}
