// Package proof reads what a language model answered and keeps what the notes
// prove: every fact cites a line, its quote stands in that line, its names stand in
// the quote, and its types and relations are those of the vocabulary. The rest is
// dropped, each piece with its reason.
//
// The package must not know models, prompts or networks: it takes a text and the
// lines that it may speak of. It believes nothing that it cannot look up.
package proof

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/note"
)

// Names is what is known of names besides the notes.
type Names interface {
	// Aliases returns the other names of what a name means; nil when it is unknown.
	Aliases(name string) []string

	// Types returns the types of what a name means; nil when it is unknown.
	Types(name string) []fact.Type

	// MayBePerson reports whether a text has the shape of a person's name.
	MayBePerson(name string) bool
}

// Chunk is what the model was given, and what is known of it.
type Chunk struct {
	Note        *note.Note
	Lines       []int        // indexes of the lines that the model saw, in order
	Talk        bool         // whether the chunk belongs to a talk
	SpeakerLine map[int]bool // indexes of lines that say who speaks
	Speakers    bool         // whether the talk's speakers are known
	People      []string     // people that the rules found in the document
	Hosts       []string     // those of them who lead, and do not speak in the talk
	Phrases     []string     // phrases of related that the user allows though the notes word it otherwise
}

// Name is one end of a fact. The talk has the type fact.Talk and no text.
type Name struct {
	Type    fact.Type
	Text    string
	Aliases []string // those that the notes give beside the name, in brackets

	stands string // the name as the quote has it, which may be another one of the lexicon
}

// Fact is a relation that the notes prove.
type Fact struct {
	Source, Target Name
	Predicate      fact.Predicate
	Phrase         string // related: the linking words; affiliation: the job title, or ""
	Line           int    // index of the line
	Start          int    // byte of the raw line where the quote begins
	Quote          string // exact part of the line, or running on into the next ones
}

// Reason says why something was dropped.
type Reason string

// The reasons.
const (
	Unreadable    Reason = "cannot be read, or is one too many"
	UnknownType   Reason = "the type is not in the vocabulary"
	UnknownKind   Reason = "the relation is not in the vocabulary"
	Dangling      Reason = "an end is not among the entities"
	WrongEnds     Reason = "the relation does not join such entities"
	NoName        Reason = "an end is not a name"
	OtherType     Reason = "an end is known to be of another type"
	UnknownLine   Reason = "the line is not among those given"
	QuoteNowhere  Reason = "the quote does not stand in its line"
	NameNowhere   Reason = "a name does not stand in the quote"
	PhraseNowhere Reason = "the linking words do not stand in the quote"
	PartOfName    Reason = "a name is only a part of a person's name"
	NotASpeaker   Reason = "the line does not say that this person speaks"
	AnotherNearer Reason = "the institution stands nearer to another person"
	Reversed      Reason = "the words of the notes run the other way"
)

// Drop is something that was not proven.
type Drop struct {
	Reason Reason
	Line   int    // as the model cited it; 0 for none
	Text   string // what it was, for people
}

// Check keeps what the chunk proves, in the order of the answer.
func Check(a Answer, c Chunk, names Names) ([]Fact, []Drop) {
	p := &prover{chunk: c, names: names, entities: map[string]entity{}}
	for range a.excess {
		p.drops = append(p.drops, Drop{Reason: Unreadable})
	}
	for _, e := range a.entities {
		if _, twice := p.entities[e.ID]; !twice && e.ID != TalkID {
			p.entities[e.ID] = e
		}
	}
	var facts []Fact
	for _, r := range a.relations {
		f, reason := p.prove(r)
		if reason != "" {
			p.drops = append(p.drops, Drop{Reason: reason, Line: int(r.Line), Text: p.shown(r)})
			continue
		}
		facts = append(facts, f)
	}
	return facts, p.drops
}

type prover struct {
	chunk    Chunk
	names    Names
	entities map[string]entity
	drops    []Drop
}

// shownLimit bounds what is repeated of a dropped fact, in characters.
const shownLimit = 80

func (p *prover) shown(r relation) string {
	name := func(id string) string {
		if e, ok := p.entities[id]; ok {
			return e.Name
		}
		return id
	}
	text := []rune(name(r.Source) + " " + r.Type + " " + name(r.Target) + ": " + r.Quote)
	if len(text) > shownLimit {
		text = append(text[:shownLimit], '…')
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, string(text))
}

// prove checks one relation; the reason is "" when all of it is proven.
func (p *prover) prove(r relation) (Fact, Reason) {
	f := Fact{Predicate: fact.Predicate(r.Type), Phrase: strings.TrimSpace(r.Phrase)}
	shape, known := signatureOf(f.Predicate)
	if !known {
		return f, UnknownKind
	}
	var reason Reason
	if f.Source, reason = p.end(r.Source); reason != "" {
		return f, reason
	}
	if f.Target, reason = p.end(r.Target); reason != "" {
		return f, reason
	}
	if !slices.Contains(shape.from, f.Source.Type) || !slices.Contains(shape.to, f.Target.Type) || fact.Key(f.Source.Text) == fact.Key(f.Target.Text) {
		return f, WrongEnds
	}
	s, reason := p.quote(r, &f)
	if reason != "" {
		return f, reason
	}
	for _, end := range []*Name{&f.Source, &f.Target} {
		if reason := p.stands(end, s.quote); reason != "" {
			return f, reason
		}
	}
	if reason := p.phrase(&f, s.quote); reason != "" {
		return f, reason
	}
	return f, p.plausible(&f, s)
}

// seen is what can be seen of a passage, with width and spaces folded.
type seen struct {
	quote string // the passage
	lines string // all of the lines that it stands in
}

// end turns an ID into a name of a type that it may have.
func (p *prover) end(id string) (Name, Reason) {
	if id == TalkID {
		if !p.chunk.Talk {
			return Name{}, Dangling
		}
		return Name{Type: fact.Talk}, ""
	}
	e, known := p.entities[id]
	if !known {
		return Name{}, Dangling
	}
	n := Name{Type: fact.Type(e.Type), Text: strings.TrimSpace(e.Name), Aliases: e.Aliases}
	switch n.Type {
	case fact.Person, fact.Organization, fact.Concept:
	default:
		return n, UnknownType
	}
	if !isName(n.Text) || n.Type == fact.Person && !p.isKnownPerson(n.Text) && !p.names.MayBePerson(n.Text) {
		return n, NoName
	}
	if p.otherwiseKnown(n) {
		return n, OtherType
	}
	return n, ""
}

// conceptLimit bounds a name, in characters: what is longer is a sentence.
const conceptLimit = 60

func isName(text string) bool {
	count := utf8.RuneCountInString(text)
	if count < 2 || count > conceptLimit || !utf8.ValidString(text) || strings.ContainsAny(text, "，。；！？\n\r\t|<>") {
		return false
	}
	return strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsFunc(text, unicode.IsControl)
}

func (p *prover) isKnownPerson(name string) bool {
	return slices.ContainsFunc(p.chunk.People, func(person string) bool { return sameKey(person, name) })
}

// otherwiseKnown reports whether the lexicon or the rules know the name as
// something else.
func (p *prover) otherwiseKnown(n Name) bool {
	if n.Type != fact.Person && p.isKnownPerson(n.Text) {
		return true
	}
	types := p.names.Types(n.Text)
	return len(types) > 0 && !slices.Contains(types, n.Type)
}

// runOn is how many lines a quote may run on from the one it begins in.
const runOn = 2

// quote looks the quote up in its line and returns what can be seen of it.
func (p *prover) quote(r relation, f *Fact) (seen, Reason) {
	at := slices.IndexFunc(p.chunk.Lines, func(i int) bool { return p.chunk.Note.Lines[i].Number == int(r.Line) })
	if at < 0 {
		return seen{}, UnknownLine
	}
	wanted := foldText(r.Quote)
	if len(wanted) < 2 || len(wanted) > quoteLimit {
		return seen{}, QuoteNowhere
	}
	var text folded
	first := p.chunk.Lines[at]
	for k := at; k < len(p.chunk.Lines) && p.chunk.Lines[k]-first == k-at && k-at <= runOn; k++ {
		text.add(&p.chunk.Note.Lines[p.chunk.Lines[k]], p.chunk.Lines[k])
	}
	start := find(text.runes, wanted, 0)
	if start < 0 || text.lines[start] != first {
		return seen{}, QuoteNowhere
	}
	last := start + len(wanted) - 1
	f.Line, f.Start = first, text.at[start]
	end := text.lines[last]
	var quote, lines string
	f.Quote, quote = p.cut(first, text.at[start], end, text.ends[last])
	_, lines = p.cut(first, 0, end, len(p.chunk.Note.Lines[end].Raw))
	return seen{plain(quote), plain(lines)}, ""
}

// cut takes a passage out of the lines: exactly, and without its asides.
func (p *prover) cut(first, start, last, end int) (exact, visible string) {
	var whole, seen strings.Builder
	for i := first; i <= last; i++ {
		l := &p.chunk.Note.Lines[i]
		from, to := 0, len(l.Raw)
		if i == first {
			from = start
		} else {
			whole.WriteByte('\n')
			seen.WriteByte('\n')
		}
		if i == last {
			to = end
		}
		whole.WriteString(l.Raw[from:to])
		for at, r := range l.Raw[from:to] {
			if !l.InAside(from + at) {
				seen.WriteRune(r)
			}
		}
	}
	return whole.String(), seen.String()
}

// stands looks a name up in the quote, under any name that the lexicon has for it,
// and leaves only those aliases that the quote gives itself.
func (p *prover) stands(n *Name, quote string) Reason {
	if n.Type == fact.Talk {
		return ""
	}
	aliases := n.Aliases
	n.Aliases = nil
	name := plain(n.Text)
	n.stands = name
	if place(quote, name) < 0 {
		known := p.names.Aliases(n.Text)
		k := slices.IndexFunc(known, func(alias string) bool { return place(quote, plain(alias)) >= 0 })
		if k < 0 {
			return NameNowhere
		}
		n.stands = plain(known[k])
		return ""
	}
	if p.partOfPerson(n.Text, quote) {
		return PartOfName
	}
	for _, alias := range aliases[:min(len(aliases), aliasLimit)] {
		if isName(alias) && glossed(quote, name, plain(alias)) {
			n.Aliases = append(n.Aliases, strings.TrimSpace(alias))
		}
	}
	return ""
}

// partOfPerson reports whether all that the quote has of a name are pieces of a
// longer name of a person: 韩旭 in 韩旭东.
func (p *prover) partOfPerson(name, quote string) bool {
	for _, person := range p.chunk.People {
		longer := plain(person)
		if longer != plain(name) && place(longer, plain(name)) >= 0 && place(strings.ReplaceAll(quote, longer, "\n"), plain(name)) < 0 {
			return true
		}
	}
	return false
}

// glossed holds where one name explains the other in brackets.
func glossed(quote, name, alias string) bool {
	quote = strings.ToLower(quote)
	name, alias = strings.ToLower(name), strings.ToLower(alias)
	for _, pair := range [][2]string{{name, alias}, {alias, name}} {
		if strings.Contains(quote, pair[0]+"("+pair[1]+")") || strings.Contains(quote, pair[0]+" ("+pair[1]+")") {
			return true
		}
	}
	return false
}

// phrase checks the words of a relation: they are the quote's or the user's.
func (p *prover) phrase(f *Fact, quote string) Reason {
	stands := f.Phrase != "" && utf8.RuneCountInString(f.Phrase) <= nameLimit && place(quote, plain(f.Phrase)) >= 0
	switch f.Predicate {
	case fact.Related:
		if !stands && !slices.Contains(p.chunk.Phrases, f.Phrase) {
			return PhraseNowhere
		}
	case fact.Affiliation:
		if !stands {
			f.Phrase = ""
		}
	default:
		f.Phrase = ""
	}
	return ""
}

// signature is which types a relation joins.
type signature struct {
	predicate fact.Predicate
	from, to  []fact.Type
}

// signatures lists the relations that a model may state.
func signatures() []signature {
	talk, person, organization, concept := []fact.Type{fact.Talk}, []fact.Type{fact.Person}, []fact.Type{fact.Organization}, []fact.Type{fact.Concept}
	return []signature{
		{fact.Performer, talk, person},
		{fact.Affiliation, person, organization},
		{fact.About, talk, concept},
		{fact.Broader, concept, concept},
		{fact.Related, concept, concept},
		{fact.ParentOrganization, organization, organization},
		{fact.Mentions, talk, []fact.Type{fact.Person, fact.Organization}},
	}
}

func signatureOf(p fact.Predicate) (signature, bool) {
	all := signatures()
	i := slices.IndexFunc(all, func(s signature) bool { return s.predicate == p })
	if i < 0 {
		return signature{}, false
	}
	return all[i], true
}
