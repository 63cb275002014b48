package extract

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/name"
	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

// What facts of a model count for: the notes prove their words, not their sense.
const (
	confidenceModel = 0.75
	weightModel     = 0.5
)

// Estimate tells what letting a model read a document would use. It makes no call.
func Estimate(n *note.Note, o Options) (llm.Estimate, error) {
	l, err := o.lexicon()
	if err != nil {
		return llm.Estimate{}, err
	}
	return o.Model.Estimate(n, newBuilder(n, l, outline.Read(n, l)).modelTalks())
}

// model adds what a language model finds and the notes prove.
func (b *builder) model(ctx context.Context, o Options) error {
	result, err := o.Model.Read(ctx, b.note, b.modelTalks(), b.knownPeople(), lexicalNames{b.lexicon, name.New(b.lexicon)})
	if err != nil {
		return err
	}
	m := &modelFacts{builder: b, extractor: o.Model.Extractor(), apart: namesOf(o.Different), concepts: map[string]string{}, people: map[string]string{}}
	m.index()
	for _, f := range result.Facts {
		m.add(f)
	}
	b.facts.Diagnostics = append(b.facts.Diagnostics, result.Diagnostics...)
	b.facts.Incomplete = result.Incomplete
	return nil
}

// modelTalks gives the lines of each talk, or all lines where there are no talks.
func (b *builder) modelTalks() []llm.Talk {
	if len(b.skeleton.Talks) == 0 {
		var lines []int
		for i := range b.note.Lines {
			if b.note.Lines[i].Matter() {
				lines = append(lines, i)
			}
		}
		return []llm.Talk{{None: true, Event: b.skeleton.Event.Name, Lines: lines}}
	}
	talks := make([]llm.Talk, 0, len(b.skeleton.Talks))
	for i := range b.skeleton.Talks {
		t := &b.skeleton.Talks[i]
		talk := llm.Talk{Title: t.Title, Event: b.skeleton.Event.Name, Speakers: len(t.Speakers) > 0, SpeakerLine: map[int]bool{t.At.Line: true}}
		if t.Session >= 0 {
			talk.Session = b.skeleton.Sessions[t.Session].Name
		}
		for line := range t.Used {
			talk.SpeakerLine[line] = true
		}
		for _, s := range t.Speakers {
			talk.SpeakerLine[s.At.Line] = true
		}
		talk.Hosts = b.modelHosts(t)
		talk.Lines = b.modelLines(i)
		talks = append(talks, talk)
	}
	return talks
}

// modelHosts are the people who lead a talk, its session or the event, and do not
// speak in it.
func (b *builder) modelHosts(t *outline.Talk) []string {
	hosts := slices.Concat(t.Hosts, b.skeleton.Hosts)
	if t.Session >= 0 {
		hosts = append(hosts, b.skeleton.Sessions[t.Session].Hosts...)
	}
	var names []string
	for _, host := range hosts {
		if !slices.ContainsFunc(t.Speakers, func(s outline.Speaker) bool { return s.Name == host.Name }) {
			names = append(names, host.Name)
		}
	}
	return names
}

// modelLines are the lines that speak of a talk: its title, its run, and the pieces
// of running text that tell of it.
func (b *builder) modelLines(talk int) []int {
	t := &b.skeleton.Talks[talk]
	told := b.toldLines()
	lines := []int{t.At.Line}
	for _, run := range runs(t) {
		for i := run[0]; i < run[1]; i++ {
			if !told[i] {
				lines = append(lines, i)
			}
		}
	}
	for _, piece := range b.skeleton.Told {
		if piece.Talk == talk {
			lines = append(lines, piece.At.Line)
		}
	}
	slices.Sort(lines)
	return slices.DeleteFunc(slices.Compact(lines), func(i int) bool { return !b.note.Lines[i].Matter() })
}

// knownPeople lists the people of the outline.
func (b *builder) knownPeople() []string {
	var names []string
	add := func(people []outline.Speaker) {
		for _, p := range people {
			names = append(names, p.Name)
		}
	}
	for i := range b.skeleton.Talks {
		add(b.skeleton.Talks[i].Speakers)
		add(b.skeleton.Talks[i].Hosts)
	}
	for i := range b.skeleton.Sessions {
		add(b.skeleton.Sessions[i].Hosts)
	}
	add(b.skeleton.Hosts)
	slices.Sort(names)
	return slices.Compact(names)
}

// programmeOnly leaves only what model facts hang on: event, sessions and talks.
func (b *builder) programmeOnly() {
	b.facts.Entities = slices.DeleteFunc(b.facts.Entities, func(e fact.Entity) bool {
		return e.Type != fact.Event && e.Type != fact.Session && e.Type != fact.Talk
	})
	b.facts.Relations = slices.DeleteFunc(b.facts.Relations, func(r fact.Relation) bool {
		return r.Predicate != fact.SuperEvent && r.Predicate != fact.SubjectOf
	})
	clear(b.organizations)
}

// lexicalNames answers the proof's questions from the lexicon.
type lexicalNames struct {
	lexicon *lexicon.Lexicon
	grammar *name.Grammar
}

// Aliases returns the other names of the one concept or institution of a name.
func (l lexicalNames) Aliases(name string) []string {
	var aliases []string
	if c := l.lexicon.ConceptNamed(name); c != nil {
		aliases = unambiguous(c.Names)
	}
	if o := l.lexicon.OrganizationNamed(name); o != nil {
		aliases = append(aliases, unambiguous(o.Names)...)
	}
	return aliases
}

func unambiguous(names []lexicon.Name) []string {
	var texts []string
	for _, n := range names {
		if !n.Ambiguous {
			texts = append(texts, n.Text)
		}
	}
	return texts
}

// Types returns what the lexicon knows of a name.
func (l lexicalNames) Types(name string) []fact.Type {
	var types []fact.Type
	if len(l.lexicon.FindConcepts(name)) > 0 {
		types = append(types, fact.Concept)
	}
	if l.lexicon.OrganizationNamed(name) != nil {
		types = append(types, fact.Organization)
	}
	return types
}

// shortName is how many characters a Chinese name may have that the grammar does not
// know: 图灵, 马斯克.
const shortName = 3

// MayBePerson holds for names that the grammar takes behind a label, and for short
// ones that it cannot know: a surname alone, a name put into Chinese.
func (l lexicalNames) MayBePerson(text string) bool {
	if people := l.grammar.People(text, name.Labelled); len(people) == 1 && people[0].Name == text {
		return true
	}
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.Is(unicode.Han, first) {
		return utf8.RuneCountInString(text) <= shortName
	}
	return unicode.IsUpper(first) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' })
}

// modelFacts turns proven facts into entities and relations of the document, under
// the IDs of those that the rules found where they are the same.
type modelFacts struct {
	*builder
	extractor string
	apart     map[string]bool   // keys of names that the user keeps apart from others
	concepts  map[string]string // key of a name → ID
	people    map[string]string // talk and key of a name → ID
}

func namesOf(groups [][]string) map[string]bool {
	names := map[string]bool{}
	for _, group := range groups {
		for _, name := range group {
			names[fact.Key(name)] = true
		}
	}
	return names
}

// index learns the names that the rules use.
func (m *modelFacts) index() {
	labels := map[string]string{}
	for _, e := range m.facts.Entities {
		switch e.Type {
		case fact.Concept:
			for _, name := range append([]string{e.Label}, e.Aliases...) {
				if key := fact.Key(name); m.concepts[key] == "" {
					m.concepts[key] = e.ID
				}
			}
		case fact.Person:
			labels[e.ID] = fact.Key(e.Label)
		}
	}
	for _, r := range m.facts.Relations {
		if key := labels[r.Target]; key != "" && (r.Predicate == fact.Performer || r.Predicate == fact.Mentions) {
			m.people[r.Source+"/"+key] = r.Target
		}
	}
}

func (m *modelFacts) add(f llm.Fact) {
	source, target := m.end(f.Source, f.Talk), m.end(f.Target, f.Talk)
	if source == target || m.performs(source, target, f.Predicate) {
		return
	}
	line := &m.note.Lines[f.Line]
	relation := fact.Relation{Source: source, Target: target, Predicate: f.Predicate, Evidence: []fact.Evidence{{
		Document: m.note.ID, Line: line.Number, Column: line.Column(f.Start), Quote: f.Quote, Extractor: m.extractor, Confidence: confidenceModel}}}
	switch {
	case f.Predicate == fact.About:
		relation.Weight = weightModel
	case f.Predicate == fact.Related:
		relation.Props = map[string]string{fact.PropPhrase: f.Phrase}
	case f.Predicate == fact.Affiliation && f.Phrase != "":
		relation.Props = map[string]string{fact.PropJobTitle: f.Phrase}
	}
	m.facts.Relations = append(m.facts.Relations, relation)
}

// performs reports whether a talk only mentions who speaks in it.
func (m *modelFacts) performs(talk, person string, p fact.Predicate) bool {
	return p == fact.Mentions && slices.ContainsFunc(m.facts.Relations, func(r fact.Relation) bool {
		return r.Predicate == fact.Performer && r.Source == talk && r.Target == person
	})
}

// end returns the ID of an end, and adds its entity where it is new.
func (m *modelFacts) end(n proof.Name, talk int) string {
	switch n.Type {
	case fact.Talk:
		return talkID(talk)
	case fact.Person:
		return m.namedPerson(n.Text, talk)
	case fact.Organization:
		return m.addOrganization(n.Text, m.lexicon.OrganizationNamed(n.Text))
	default:
		return m.concept(n)
	}
}

func (m *modelFacts) namedPerson(name string, talk int) string {
	key := talkID(talk) + "/" + fact.Key(name)
	if id := m.people[key]; id != "" {
		return id
	}
	m.builder.people++
	id := fmt.Sprintf("person/%d", m.builder.people)
	m.people[key] = id
	m.entity(id, fact.Person, name, nil)
	return id
}

func (m *modelFacts) concept(n proof.Name) string {
	key := fact.Key(n.Text)
	if id := m.concepts[key]; id != "" {
		return id
	}
	id, label, props := "concept/"+fact.Slug(n.Text), n.Text, map[string]string{}
	aliases := slices.Clone(n.Aliases)
	if known := m.lexicon.ConceptNamed(n.Text); known != nil && !m.apart[key] {
		id, props[fact.PropEnglish], props[fact.PropChinese], props[fact.PropKind] = known.ID, known.English, known.Chinese, known.Kind
		aliases = append(aliases, known.English, known.Chinese)
	} else if hasHan(label) {
		props[fact.PropChinese] = label
	} else {
		props[fact.PropEnglish] = label
	}
	aliases = slices.DeleteFunc(aliases, func(alias string) bool { return m.apart[fact.Key(alias)] })
	m.concepts[key] = id
	if slices.ContainsFunc(m.facts.Entities, func(e fact.Entity) bool { return e.ID == id }) {
		return id
	}
	m.entity(id, fact.Concept, strings.TrimSpace(label), props)
	last := &m.facts.Entities[len(m.facts.Entities)-1]
	last.Aliases = withoutLabel(aliases, label)
	return id
}
