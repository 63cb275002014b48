package proof

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// plausible refuses what the words would allow and the notes contradict: the wrong
// person of several, or the right names the wrong way round.
func (p *prover) plausible(f *Fact, s seen) Reason {
	switch f.Predicate {
	case fact.Performer:
		if p.chunk.Speakers && !p.chunk.SpeakerLine[f.Line] || p.isHost(f.Target.Text) {
			return NotASpeaker
		}
	case fact.About:
		if len(p.names.Types(f.Target.Text)) == 0 && p.labels(f.Target.stands, s.lines) {
			return NoName // of a known concept it is "Topic: Speaker"
		}
	case fact.Affiliation:
		if p.belongsToAnother(f, s, f.Target.stands) {
			return AnotherNearer
		}
		if f.Phrase != "" && (p.labels(plain(f.Phrase), s.lines) || p.belongsToAnother(f, s, plain(f.Phrase))) {
			f.Phrase = ""
		}
	case fact.Related:
		if !slices.Contains(p.chunk.Phrases, f.Phrase) && relatedReversed(f, s.quote) {
			return Reversed
		}
	case fact.Broader:
		if broaderReversed(f, s.quote) {
			return Reversed
		}
	case fact.ParentOrganization:
		if parentReversed(f, s.quote) {
			return Reversed
		}
	}
	return ""
}

func (p *prover) isHost(name string) bool {
	return slices.ContainsFunc(p.chunk.Hosts, func(host string) bool { return sameKey(host, name) })
}

// labelLimit is how many characters a label has at most; longer ones are titles.
const labelLimit = 15

// labels reports whether words only say what somebody does here, as "Speaker" does in
// "Speaker: A".
func (p *prover) labels(words, lines string) bool {
	return utf8.RuneCountInString(words) <= labelLimit && slices.ContainsFunc(p.chunk.People, func(person string) bool {
		for _, gap := range []string{":", ": "} {
			if place(lines, words+gap+plain(person)) >= 0 {
				return true
			}
		}
		return false
	})
}

// belongsToAnother reports whether what is said of a person, an institution or a
// title, stands nearer to another one: in "A (X), B (Y)" X is A's. The whole lines
// count, since a quote may be cut so that it hides the other.
func (p *prover) belongsToAnother(f *Fact, s seen, what string) bool {
	own := distance(s.lines, f.Source.stands, what)
	personFirst := p.personFirst(f, s.lines)
	for _, other := range p.otherPeople(f) {
		theirs := distance(s.lines, other, what)
		if theirs.length < own.length || theirs.length == own.length && theirs.follows == personFirst && own.follows != personFirst {
			return true
		}
	}
	return false
}

// otherPeople lists the people of the rules and of the answer who are not the fact's.
func (p *prover) otherPeople(f *Fact) []string {
	var others []string
	add := func(name string) {
		if !sameKey(name, f.Source.Text) && place(f.Source.Text, name) < 0 && !slices.ContainsFunc(f.Source.Aliases, func(alias string) bool { return sameKey(alias, name) }) {
			others = append(others, plain(name))
		}
	}
	for _, person := range p.chunk.People {
		add(person)
	}
	for _, e := range p.entities {
		if e.Type == string(fact.Person) && isName(e.Name) {
			add(e.Name)
		}
	}
	return others
}

// personFirst reports whether the lines name people before their institutions.
func (p *prover) personFirst(f *Fact, lines string) bool {
	person, institution := place(lines, f.Source.stands), place(lines, f.Target.stands)
	for _, other := range p.otherPeople(f) {
		person = first(person, place(lines, other))
	}
	for _, e := range p.entities {
		if e.Type == string(fact.Organization) && isName(e.Name) {
			institution = first(institution, place(lines, plain(e.Name)))
		}
	}
	return person < institution
}

// first is the lesser of two places, of which -1 is none.
func first(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

// span is how far what is said of a person stands from the name.
type span struct {
	length  int  // in characters, and much more for what parts them
	follows bool // whether it follows the name
}

// What parts a person from an institution, in characters that it counts for.
const (
	apart       = 1 << 20 // one of them does not stand there
	pastClause  = 1000
	pastBracket = 500
	pastComma   = 10
)

// distance is the least one between any two places of a person and what is said.
func distance(lines, person, what string) span {
	least := span{length: apart}
	for _, at := range places(lines, person) {
		for _, to := range places(lines, what) {
			between, follows := "", to >= at
			switch {
			case at+len(person) <= to:
				between = lines[at+len(person) : to]
			case to+len(what) <= at:
				between = lines[to+len(what) : at]
			default:
				continue // one within the other
			}
			if length := parted(between); length < least.length {
				least = span{length, follows}
			}
		}
	}
	return least
}

// parted measures what stands between two names. A bracket that closes without
// having opened ends what was said of somebody before.
func parted(between string) int {
	length, open := 0, 0
	for _, r := range between {
		length++
		switch r {
		case '。', ';':
			length += pastClause
		case '、', ',', '/', '|':
			length += pastComma
		case '(', '[':
			open++
		case ')', ']':
			if open--; open < 0 {
				length += pastBracket
			}
		}
	}
	return length
}

// relatedReversed reports whether a relation runs against its words: they stand
// between target and source ("A improves B" stated of B), or compare them ("A 比 B 快"
// stated of B). Chinese puts the words before the source where they describe it ("A
// 增强的 B"), and some words turn the order round.
func relatedReversed(f *Fact, quote string) bool {
	words := plain(f.Phrase)
	between, ok := gap(quote, places(quote, f.Target.stands), f.Target.stands, places(quote, f.Source.stands))
	if !ok {
		return false
	}
	if compares(between) {
		return true
	}
	at := place(between, words)
	return at >= 0 && !strings.HasSuffix(words, "的") && !strings.HasPrefix(between[at+len(words):], "的") &&
		!containsAny(lower(between), "被", "由", "相比", "相较", "compared", " by ")
}

// compares reports whether 比 stands after a name, as a word of its own.
func compares(after string) bool {
	rest, found := strings.CutPrefix(after, "比")
	next, _ := utf8.DecodeRuneInString(rest)
	return found && !strings.ContainsRune("例如较赛特率", next)
}

// broaderReversed reports whether the words between the names say that it is the
// wider concept which is a kind of the other.
func broaderReversed(f *Fact, quote string) bool {
	sources, targets := places(quote, f.Source.stands), places(quote, f.Target.stands)
	if between, ok := gap(quote, sources, f.Source.stands, targets); ok {
		return begins(between, "包括", "包含", "例如", "比如", "如", "分为", "分成", "such as", "including", "include", "e.g.")
	}
	between, ok := gap(quote, targets, f.Target.stands, sources)
	return ok && begins(between, "是", "属于", "is a", "are a", "is one", "are kinds", "belongs to")
}

// parentReversed reports whether an institution is stated to be part of its own part:
// of one whose name begins with its own, or stands right after it in Chinese.
func parentReversed(f *Fact, quote string) bool {
	child, parent := strings.ToLower(f.Source.stands), strings.ToLower(f.Target.stands)
	if strings.Contains(parent, child) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(child)
	return !isWord(last) && strings.Contains(strings.ToLower(quote), child+parent)
}

// gap is what stands between two names when all places of one are before those of
// the other.
func gap(quote string, before []int, name string, after []int) (string, bool) {
	if len(before) == 0 || len(after) == 0 {
		return "", false
	}
	from := before[len(before)-1] + len(name)
	if from > after[0] {
		return "", false
	}
	return quote[from:after[0]], true
}

func begins(between string, cues ...string) bool {
	between = strings.ToLower(strings.TrimLeft(between, " ,:(["))
	return slices.ContainsFunc(cues, func(cue string) bool { return strings.HasPrefix(between, cue) })
}

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

func sameKey(a, b string) bool { return fact.Key(a) == fact.Key(b) }
