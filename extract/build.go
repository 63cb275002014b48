package extract

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"talkgraph/extract/concept"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

// Confidences of what the outline says.
const (
	confidenceStructure = 0.98 // a title, a speaker line, a label
	confidenceElsewhere = 0.9  // an institution that stands in another line than its person
)

// builder turns an outline into facts.
type builder struct {
	note          *note.Note
	lexicon       *lexicon.Lexicon
	skeleton      *outline.Outline
	facts         fact.Facts
	organizations map[string]bool // IDs that have an entity
	people        int
}

func newBuilder(n *note.Note, l *lexicon.Lexicon, skeleton *outline.Outline) *builder {
	label := path.Base(strings.ReplaceAll(n.Path, `\`, "/"))
	document := fact.Entity{ID: n.ID, Type: fact.Document, Label: label, Props: map[string]string{fact.PropLanguage: language(n)}}
	if n.URL != "" {
		document.Props[fact.PropURL] = n.URL
	}
	return &builder{note: n, lexicon: l, skeleton: skeleton, organizations: map[string]bool{},
		facts: fact.Facts{Document: document, Diagnostics: skeleton.Diagnostics}}
}

// Provisional IDs; resolve makes the final ones.
const eventID = "event/1"

func sessionID(i int) string { return fmt.Sprintf("session/%d", i+1) }
func talkID(i int) string    { return fmt.Sprintf("talk/%d", i+1) }

func (b *builder) outline() {
	b.event()
	for i := range b.skeleton.Sessions {
		b.session(i)
	}
	for i := range b.skeleton.Talks {
		b.talk(i)
	}
}

func (b *builder) hasEvent() bool { return b.skeleton.Event.Name != "" }

func (b *builder) event() {
	if !b.hasEvent() {
		return
	}
	e := &b.skeleton.Event
	b.entity(eventID, fact.Event, e.Name, map[string]string{fact.PropStartDate: e.Start, fact.PropEndDate: e.End,
		fact.PropLocation: e.Place, fact.PropTheme: e.Theme})
	b.relation(eventID, fact.SubjectOf, b.note.ID, nil, b.evidence(e.At, confidenceStructure))
}

func (b *builder) session(i int) {
	s := &b.skeleton.Sessions[i]
	b.entity(sessionID(i), fact.Session, s.Name, map[string]string{fact.PropStartDate: s.Date, fact.PropPart: s.Part, fact.PropLocation: s.Room})
	if b.hasEvent() {
		b.relation(sessionID(i), fact.SuperEvent, eventID, nil, b.evidence(s.At, confidenceStructure))
	}
}

func (b *builder) talk(i int) {
	t := &b.skeleton.Talks[i]
	id := talkID(i)
	b.entity(id, fact.Talk, t.Title, map[string]string{fact.PropStartDate: t.Date, fact.PropPart: t.Part,
		fact.PropLocation: t.Room, fact.PropFormat: t.Format, fact.PropComment: b.comment(t)})
	title := b.evidence(t.At, confidenceStructure)
	switch {
	case t.Session >= 0:
		b.relation(id, fact.SuperEvent, sessionID(t.Session), nil, title)
	case b.hasEvent():
		b.relation(id, fact.SuperEvent, eventID, nil, title)
	}
	for k := range t.Speakers {
		s := &t.Speakers[k]
		b.relation(id, fact.Performer, b.person(s), nil, b.evidence(s.Extent, confidenceStructure))
	}
	for k := range t.Hosts {
		h := &t.Hosts[k]
		b.relation(id, fact.Mentions, b.person(h), nil, b.evidence(h.Extent, confidenceStructure))
	}
}

// person adds a person and the affiliations, and returns the provisional ID.
func (b *builder) person(s *outline.Speaker) string {
	b.people++
	id := fmt.Sprintf("person/%d", b.people)
	b.entity(id, fact.Person, s.Name, nil)
	for _, a := range s.Affiliations {
		organization := b.organization(a)
		at, confidence := a.At, confidenceElsewhere
		if a.At.Line == s.Extent.Line {
			at, confidence = outline.Span{Line: a.At.Line, Start: min(s.Extent.Start, a.At.Start), End: max(s.Extent.End, a.At.End)}, confidenceStructure
		}
		var props map[string]string
		if s.JobTitle != "" {
			props = map[string]string{fact.PropJobTitle: s.JobTitle}
		}
		b.relation(id, fact.Affiliation, organization, props, b.evidence(at, confidence))
	}
	return id
}

// organization adds an institution, and the one that it is a part of.
func (b *builder) organization(a outline.Affiliation) string {
	id := b.addOrganization(a.Name, a.Known)
	if a.Parent != "" {
		known := b.lexicon.OrganizationNamed(a.Parent)
		parent := b.addOrganization(a.Parent, known)
		if parent != id {
			b.relation(id, fact.ParentOrganization, parent, nil, b.evidence(a.At, confidenceStructure))
		}
	}
	return id
}

func (b *builder) addOrganization(name string, known *lexicon.Organization) string {
	id, label := "organization/"+fact.Slug(name), name
	var aliases []string
	if known != nil {
		id = known.ID
		label = known.Chinese
		if !hasHan(name) && known.English != "" || label == "" {
			label = known.English
		}
		for _, n := range known.Names {
			if !n.Ambiguous {
				aliases = append(aliases, n.Text)
			}
		}
		aliases = append(aliases, name)
	}
	if b.organizations[id] {
		return id
	}
	b.organizations[id] = true
	b.facts.Entities = append(b.facts.Entities, fact.Entity{ID: id, Type: fact.Organization, Label: label, Aliases: withoutLabel(aliases, label)})
	if known != nil && known.Parent != "" {
		b.lexiconParent(known)
	}
	return id
}

// lexiconParent adds the institution that the lexicon puts above a known one.
func (b *builder) lexiconParent(known *lexicon.Organization) {
	parent := b.lexicon.Organization(known.Parent)
	if parent == nil {
		return
	}
	name := parent.Chinese
	if name == "" || known.Chinese == "" {
		name = parent.English
	}
	id := b.addOrganization(name, parent)
	b.relation(known.ID, fact.ParentOrganization, id, nil, fact.Evidence{Document: lexicon.DocumentID, Line: known.Place.Line,
		Column: 1, Quote: known.Place.Text, Extractor: fact.ExtractorLexicon, Confidence: 1})
}

func (b *builder) entity(id string, t fact.Type, label string, props map[string]string) {
	for key, value := range props {
		if value == "" {
			delete(props, key)
		}
	}
	if len(props) == 0 {
		props = nil
	}
	b.facts.Entities = append(b.facts.Entities, fact.Entity{ID: id, Type: t, Label: label, Props: props})
}

func (b *builder) relation(source string, p fact.Predicate, target string, props map[string]string, evidence fact.Evidence) {
	b.facts.Relations = append(b.facts.Relations, fact.Relation{Source: source, Target: target, Predicate: p, Props: props, Evidence: []fact.Evidence{evidence}})
}

func (b *builder) evidence(s outline.Span, confidence float64) fact.Evidence {
	return b.note.Evidence(&b.note.Lines[s.Line], note.Range{Start: s.Start, End: s.End}, confidence)
}

// comment joins what the note-taker said beside the matter of a talk.
func (b *builder) comment(t *outline.Talk) string {
	var said []string
	for _, run := range runs(t) {
		for i := run[0]; i < run[1]; i++ {
			l := &b.note.Lines[i]
			if l.Kind == note.Aside {
				said = append(said, strings.Trim(l.Content(), "【】 "))
			}
			for _, r := range l.Asides {
				said = append(said, strings.Trim(l.Raw[r.Start:r.End], "【】()（） —"))
			}
		}
	}
	return strings.Join(said, "\n")
}

// runs lists the line ranges of a talk.
func runs(t *outline.Talk) [][2]int { return append([][2]int{{t.From, t.To}}, t.Also...) }

// scopes gives each talk's lines of matter to the search for concepts.
func (b *builder) scopes() []concept.Scope {
	scopes := make([]concept.Scope, 0, len(b.skeleton.Talks))
	spoken := b.facts.Document.Props[fact.PropLanguage]
	told := b.toldLines()
	for i := range b.skeleton.Talks {
		t := &b.skeleton.Talks[i]
		s := concept.Scope{ID: talkID(i), Title: concept.Passage{Line: t.At.Line, Start: t.At.Start, End: t.At.End}, Language: spoken}
		for _, run := range runs(t) {
			for j := run[0]; j < run[1]; j++ {
				if l := &b.note.Lines[j]; !t.Used[j] && l.Matter() && !told[j] {
					s.Lines = append(s.Lines, j)
				}
			}
		}
		b.addTold(&s, i)
		for _, person := range append(slices.Clone(t.Speakers), t.Hosts...) {
			s.Skip = append(s.Skip, person.Name)
			for _, a := range person.Affiliations {
				s.Skip = append(s.Skip, a.Name)
			}
		}
		scopes = append(scopes, s)
	}
	return scopes
}

// toldLines are the lines of running text, of which each piece tells of a talk of
// its own.
func (b *builder) toldLines() map[int]bool {
	lines := map[int]bool{}
	for _, t := range b.skeleton.Told {
		lines[t.At.Line] = true
	}
	return lines
}

// addTold gives a scope the pieces of running text that tell of its talk.
func (b *builder) addTold(s *concept.Scope, talk int) {
	for _, t := range b.skeleton.Told {
		if t.Talk != talk {
			continue
		}
		if s.Pieces == nil {
			s.Pieces = map[int][]note.Range{}
		}
		if _, ok := s.Pieces[t.At.Line]; !ok {
			s.Lines = append(s.Lines, t.At.Line)
		}
		s.Pieces[t.At.Line] = append(s.Pieces[t.At.Line], note.Range{Start: t.At.Start, End: t.At.End})
	}
	slices.Sort(s.Lines)
}

// merges reports which names of concepts became one, and which look alike.
func (b *builder) merges(found concept.Result) {
	for _, m := range found.Merges {
		b.diagnostic(m.Line, fmt.Sprintf("“%s” and “%s” are one concept: %s", m.Kept, m.Merged, m.Reason), "")
	}
	for _, m := range found.MaybeSame {
		b.diagnostic(m.Line, fmt.Sprintf("“%s” may be “%s”: %s", m.Merged, m.Kept, m.Reason), "add both to same or different in corrections.yaml")
	}
}

func (b *builder) diagnostic(line int, message, mend string) {
	b.facts.Diagnostics = append(b.facts.Diagnostics, fact.Diagnostic{File: b.note.Path, Line: line, Severity: fact.Info, Message: message, Mend: mend})
}

// language tells Chinese, English and mixed notes by their letters.
func language(n *note.Note) string {
	han, latin := 0, 0
	for i := range n.Lines {
		if !n.Lines[i].Matter() {
			continue
		}
		for _, r := range n.Lines[i].Content() {
			switch {
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.IsLetter(r):
				latin++
			}
		}
	}
	switch {
	case han*20 < latin:
		return "en"
	case latin < han*2:
		return "zh"
	default:
		return "mixed"
	}
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// withoutLabel sorts names and drops doubles and the label.
func withoutLabel(names []string, label string) []string {
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.DeleteFunc(names, func(name string) bool { return name == label || name == "" })
}
