// Package name finds people and institutions in short pieces of text: the
// grammar of speaker lines ("NAME ORG TITLE", "A、B（ORG）", "Name, Title at Org"),
// and names in running prose by the words beside them.
//
// A name is never told by its shape alone: an institution, a title, a label or a
// verb of speech must stand beside it. The package must not know lines, talks or
// documents; positions are byte offsets into the text it was given.
package name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
)

// Span is a piece of a text, as byte offsets.
type Span struct{ Start, End int }

// Affiliation is an institution that a person is said to belong to.
type Affiliation struct {
	Span
	Name       string                // as written, without titles
	Known      *lexicon.Organization // the lexicon's entry of the whole name; nil when it has none
	Parent     string                // the institution whose name this one begins with; "" when there is none
	ParentSpan Span
	Shared     bool // stood behind the second of two names: it may be that one's alone
}

// Person is a person with what the same piece of text says of him or her.
type Person struct {
	Span
	Name         string
	Affiliations []Affiliation
	JobTitle     string
	Extent       Span // name, institutions and titles together
}

// Trust says how much the place of a text tells that persons stand in it.
type Trust uint8

// The degrees of trust.
const (
	// Shape: the text stands alone; a name needs an institution or a job title beside it.
	Shape Trust = iota
	// Position: the text stands where speakers stand (below a title, first item of a list).
	Position
	// Labelled: a label such as "speaker:" says that persons follow.
	Labelled
)

// Grammar reads names with the help of a lexicon. It may be used by several goroutines.
type Grammar struct {
	lexicon *lexicon.Lexicon
	people  *lexicon.People
}

// New returns a grammar over a lexicon.
func New(l *lexicon.Lexicon) *Grammar { return &Grammar{lexicon: l, people: &l.People} }

// People reads a text that consists of persons and what belongs to them, and
// nothing else. It returns nil when anything is left over that it cannot place.
func (g *Grammar) People(text string, trust Trust) []Person {
	if strings.TrimSpace(text) == "" || len(text) > maxList || trust != Labelled && (opensSmall(text) || endsClause(text)) {
		return nil
	}
	r := listReader{grammar: g, text: withoutMarks(text), trust: trust}
	return r.read()
}

// withoutMarks blanks marks of emphasis, and what an arrow leaves behind in brackets:
// of "(ORG → now at ORG)" the second holds.
func withoutMarks(text string) string {
	text = withoutHandles(blankRunes(text, marks))
	for _, arrow := range []string{"→", "->", "=>"} {
		at := strings.LastIndex(text, arrow)
		if at < 0 {
			continue
		}
		end := at + len(arrow)
		for _, now := range []string{"现在在", "现在", "现", "now at", "now"} {
			if rest := strings.TrimLeft(text[end:], " "); strings.HasPrefix(rest, now) {
				end = len(text) - len(rest) + len(now)
				break
			}
		}
		if open := strings.LastIndexAny(text[:at], "(（"); open >= 0 {
			_, size := utf8.DecodeRuneInString(text[open:])
			return text[:open+size] + strings.Repeat(" ", end-open-size) + text[end:]
		}
	}
	return text
}

// marks stand beside names and are no part of them: emphasis, and raised digits and
// daggers that lead to footnotes.
const marks = "*¹²³⁴⁵⁶⁷⁸⁹⁰†‡§"

// blankRunes puts spaces in the place of characters, byte for byte.
func blankRunes(text, characters string) string {
	if !strings.ContainsAny(text, characters) {
		return text
	}
	blanked := []byte(text)
	for at, c := range text {
		if strings.ContainsRune(characters, c) {
			for i := range utf8.RuneLen(c) {
				blanked[at+i] = ' '
			}
		}
	}
	return string(blanked)
}

// withoutHandles blanks the handle in "@handle (NAME, ORG)" and the brackets behind it:
// what stands in them is the person.
func withoutHandles(text string) string {
	for at := strings.IndexByte(text, '@'); at >= 0; {
		end := at + 1
		for end < len(text) && (isLetterOrDigit(text[end]) || strings.IndexByte("_.-", text[end]) >= 0) {
			end++
		}
		open := len(text) - len(strings.TrimLeft(text[end:], " "))
		if end > at+1 && strings.HasPrefix(text[open:], "(") {
			if stop := closing(text, open); stop < len(text) {
				text = text[:at] + strings.Repeat(" ", open+1-at) + text[open+1:stop] + " " + text[stop+1:]
			}
		}
		next := strings.IndexByte(text[end:], '@')
		if next < 0 {
			break
		}
		at = end + next
	}
	return text
}

func isLetterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// opensSmall holds for a text that begins with a small Latin letter: no list of
// people does, unless a label announces it.
func opensSmall(text string) bool {
	text = strings.TrimLeft(text, " ")
	return text != "" && text[0] >= 'a' && text[0] <= 'z'
}

// endsClause holds for a text with a mark that ends sentences: no list of people has
// one, unless a label announces it.
func endsClause(text string) bool { return strings.ContainsAny(text, "。！？!?") }

// maxList bounds the bytes of a text that can be a list of people.
const maxList = 2000

// Institutions reads a text that names institutions and nothing else but titles;
// nil when it does not.
func (g *Grammar) Institutions(text string) []Affiliation {
	r := listReader{grammar: g, text: text, trust: Labelled}
	r.atoms = []atom{{kind: nameAtom}}
	r.runs(Span{0, len(text)}, true)
	if r.failed {
		return nil
	}
	people := assemble(g, text, r.atoms)
	if len(people) != 1 {
		return nil
	}
	return people[0].Affiliations
}

// IsFrequentName reports whether a name in Latin letters begins with a frequent
// given name and has the shape of a name.
func (g *Grammar) IsFrequentName(text string) bool {
	return g.looksLikeLatinName(text) && g.hasGivenName(text)
}

// IsChineseName reports whether a text has the shape of a Chinese name with a surname.
func (g *Grammar) IsChineseName(text string) bool {
	size := g.people.SurnameSize(text)
	return size > 0 && len(text) > size && len(text)-size <= 6 && g.canBeChineseName(text) && nameScoreOf(text) >= unlikelyName || minorityName(text) == len(text)
}

// IsTitle reports whether a text is a job title or honorific as a whole.
func (g *Grammar) IsTitle(text string) bool {
	end, kind := g.people.TitleAt(text, 0)
	return kind != 0 && end == len(text) || isLatin(text) && g.isTitle(text)
}

// HoldsTitle reports whether a word of the text begins a job title.
func (g *Grammar) HoldsTitle(text string) bool { return g.holdsTitle(text) }

// HoldsConceptWord reports whether a word of a name in Latin letters stands in the name
// of a concept: "Slow Interfaces" has the shape of a name.
func (g *Grammar) HoldsConceptWord(name string) bool {
	return slices.ContainsFunc(strings.Fields(name), g.lexicon.IsConceptWord)
}

// IsPlausibleName reports whether a text has the shape of one name in Latin letters,
// two or three words of which none names a concept or stands in titles.
func (g *Grammar) IsPlausibleName(text string) bool {
	plain := stripHonorific(g, text)
	if !g.looksLikeLatinName(plain) || strings.Count(plain, " ") > 3 || g.lexicon.OrganizationNamed(plain) != nil {
		return false
	}
	concept := false
	g.lexicon.MatchConcepts(plain, func(m lexicon.ConceptMatch) { concept = concept || !m.Ambiguous })
	return !concept
}
