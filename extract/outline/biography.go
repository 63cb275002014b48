package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
)

// biographyLines bounds how many lines of a talk's notes are read for what they say
// of its speakers.
const biographyLines = 8

// biographies gives speakers without an institution the one that the notes on
// their talk state: "NAME works at ORG", "清华大学NAME教授介绍了…".
func (r *reader) biographies() {
	for k := range r.outline.Talks {
		t := &r.outline.Talks[k]
		if !slices.ContainsFunc(t.Speakers, func(s Speaker) bool { return len(s.Affiliations) == 0 }) {
			continue
		}
		read := 0
		for i := t.From; i < t.To && read < biographyLines; i++ {
			if !r.note.Lines[i].Matter() || r.lines[i].role != body || r.lines[i].draft != nil {
				continue
			}
			read++
			r.statedInLine(t, i, read <= 2)
		}
	}
}

// statedInLine reads the sentences of one line that say where a speaker is from.
func (r *reader) statedInLine(t *Talk, i int, near bool) {
	text := r.lines[i].text
	if mentionsAny(text, t.Speakers) && utf8.RuneCountInString(text) < 400 {
		for _, m := range r.grammar.Mentions(text) {
			for k := range t.Speakers {
				s := &t.Speakers[k]
				if len(s.Affiliations) == 0 && len(m.Affiliations) > 0 && m.Role != name.Cited && fact.Key(m.Name) == fact.Key(s.Name) {
					r.giveStated(s, i, 0, m.Affiliations)
				}
			}
		}
	}
	for _, piece := range sentences(text) {
		r.statedInSentence(t, i, piece, near)
	}
}

func mentionsAny(text string, speakers []Speaker) bool {
	return slices.ContainsFunc(speakers, func(s Speaker) bool { return strings.Contains(text, s.Name) })
}

// statedInSentence reads "NAME works at ORG" and "both are engineers at ORG".
func (r *reader) statedInSentence(t *Talk, i int, piece [2]int, near bool) {
	sentence := r.lines[i].text[piece[0]:piece[1]]
	lower := strings.ToLower(sentence)
	for _, plural := range []string{"both ", "they ", "all "} {
		if rest, ok := strings.CutPrefix(lower, plural); ok && len(t.Speakers) > 1 && near {
			offset := len(sentence) - len(rest)
			r.state(t.Speakers, i, piece[0]+offset, sentence[offset:])
			return
		}
	}
	for _, pronoun := range []string{"she ", "he "} {
		if rest, ok := strings.CutPrefix(lower, pronoun); ok && len(t.Speakers) == 1 && near {
			offset := len(sentence) - len(rest)
			r.state(t.Speakers, i, piece[0]+offset, sentence[offset:])
			return
		}
	}
	for k := range t.Speakers {
		for _, called := range callings(t.Speakers, k) {
			if rest, ok := strings.CutPrefix(sentence, called+" "); ok {
				offset := len(sentence) - len(rest)
				r.state(t.Speakers[k:k+1], i, piece[0]+offset, rest)
			}
		}
	}
}

// callings are the forms under which a sentence may speak of a speaker: the whole
// name, and its first or last word where no other speaker shares it.
func callings(speakers []Speaker, k int) []string {
	forms := []string{speakers[k].Name}
	words := strings.Fields(speakers[k].Name)
	if len(words) < 2 {
		return forms
	}
	for _, word := range []string{words[0], words[len(words)-1]} {
		shared := false
		for j := range speakers {
			shared = shared || j != k && slices.Contains(strings.Fields(speakers[j].Name), word)
		}
		if !shared && len(word) > 2 {
			forms = append(forms, word)
		}
	}
	return forms
}

func (r *reader) state(speakers []Speaker, i, offset int, clause string) {
	stated := r.grammar.Stated(clause)
	for k := range speakers {
		if len(speakers[k].Affiliations) == 0 && len(stated) > 0 {
			r.giveStated(&speakers[k], i, offset, stated)
		}
	}
}

func (r *reader) giveStated(s *Speaker, i, offset int, stated []name.Affiliation) {
	at := func(inner name.Span) Span { return r.span(i, offset+inner.Start, offset+inner.End) }
	for _, a := range stated {
		s.Affiliations = append(s.Affiliations, affiliation(a, at))
	}
}

// headingProse finds the speakers of talks whose titles are headings and whose
// speakers stand in the first sentences below: believed where two headings of a
// level have such sentences, or the level has talks already.
func (r *reader) headingProse() {
	type found struct {
		line     int
		speakers []Speaker
	}
	byLevel := map[int][]found{}
	anchored := r.anchoredLevels()
	for i := range r.lines {
		if !r.isProseTitle(i) {
			continue
		}
		if speakers := r.speakersBelow(i); speakers != nil {
			level := r.note.Lines[i].Level
			byLevel[level] = append(byLevel[level], found{i, speakers})
		}
	}
	for level := range 7 {
		if len(byLevel[level]) < 2 && anchored[level] == 0 {
			continue
		}
		for _, f := range byLevel[level] {
			d := r.add(r.whole(f.line))
			d.addSpeakers(f.speakers)
		}
	}
}

func (r *reader) isProseTitle(i int) bool {
	l := &r.note.Lines[i]
	return l.Matter() && l.Kind == note.Heading && r.lines[i].draft == nil && r.titleLike(i) && r.lines[i].role == body && !isGenericHead(r.lines[i].text) && !r.holdsTalks(i)
}

// speakersBelow reads the first lines below a heading for a person who speaks.
func (r *reader) speakersBelow(i int) []Speaker {
	j := i
	for range 2 {
		j = r.next(j)
		if j < 0 || !r.isProse(j) {
			return nil
		}
		mentions := r.grammar.Mentions(r.lines[j].text)
		for k := range mentions {
			if mentions[k].Role != name.Speaks || mentions[k].Extent.Start > 120 {
				continue
			}
			first := k
			for k+1 < len(mentions) && mentions[k].Together {
				k++
			}
			var people []name.Person
			for _, m := range mentions[first : k+1] {
				people = append(people, m.Person)
			}
			return r.speakers(people, j, 0)
		}
	}
	return nil
}

// settleShared drops an institution that may be the last one's of a list alone from
// speakers who have one of their own elsewhere, and then from the rest of the list.
func (r *reader) settleShared() {
	own := map[string]bool{}
	each := func(visit func(s *Speaker)) {
		for k := range r.outline.Talks {
			for i := range r.outline.Talks[k].Speakers {
				visit(&r.outline.Talks[k].Speakers[i])
			}
		}
	}
	each(func(s *Speaker) {
		if len(s.Affiliations) > 0 && !s.Affiliations[0].shared {
			own[fact.Key(s.Name)] = true
		}
	})
	refuted := map[Span]bool{}
	each(func(s *Speaker) {
		if len(s.Affiliations) > 0 && s.Affiliations[0].shared && own[fact.Key(s.Name)] {
			refuted[s.Affiliations[0].At] = true
		}
	})
	each(func(s *Speaker) {
		s.Affiliations = slices.DeleteFunc(slices.Clone(s.Affiliations), func(a Affiliation) bool { return a.shared && refuted[a.At] })
	})
}
