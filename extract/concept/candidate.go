package concept

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
)

// source is a kind of evidence that a place names a concept.
type source uint32

// The sources. A mention has the evidence of several.
const (
	fromLexicon   source = 1 << iota // the lexicon has the name
	fromTitle                        // in the title of the talk
	fromHeading                      // a heading or short line by itself
	fromHead                         // before ":", "——", "=" or "("
	fromList                         // an item of a list
	fromSuffix                       // ends in a word that ends names
	fromLatin                        // Latin letters in Chinese text
	fromMixed                        // Latin letters with a Chinese suffix
	fromMark                         // bold, in quotes or in code
	fromBracket                      // before or in brackets, with its other name
	fromPhrase                       // an English noun phrase
	fromProper                       // capitals inside an English sentence
	fromShort                        // a whole clause
	fromListTerm                     // an item of a list in which others are terms
	fromChain                        // an arm of a "——" chain
	fromAmbiguous                    // the lexicon has the name as an ambiguous word
	fromShortForm                    // the lexicon has the name as an ambiguous abbreviation
	fromLong                         // ends in such a word and is long
	fromSubject                      // begins an English line
	fromMiddle                       // before ":" inside a line, or all that follows it
	fromItem                         // a whole list item
	fromCapital                      // one word with a capital inside an English sentence
	fromOpening                      // all of the first clause of a Chinese list item
	fromContrast                     // an arm of "A vs B"
	fromHyphen                       // its first word is a compound with a hyphen
)

// likelihood is how likely a place with this one evidence names a concept that
// people would put on a map; measured on notes that were read by hand.
var likelihood = [...]float64{
	0.85, 0.50, 0.42, 0.50, 0.22, 0.42, 0.50, 0.55, 0.40, 0.50, 0.36, 0.50, 0.30, 0.40, 0.30, 0.40, 0.10, 0.15, 0.25, 0.36, 0.42, 0.44, 0.50, 0.50, 0.30,
}

// score joins the evidence of several sources as if each were independent.
func (s source) score() float64 {
	doubt := 1.0
	for i, p := range likelihood {
		if s&(1<<i) != 0 {
			doubt *= 1 - p
		}
	}
	return 1 - doubt
}

// mention is one place that may name a concept.
type mention struct {
	scope      int32
	line       int32 // index into the note's lines
	start, end int32 // bytes of the raw line
	spill      int32 // bytes of the next line that it reaches into
	node       int32 // index of the candidate
	from       source
}

// candidate is a name, under all spellings that fold together, that may be a concept.
type candidate struct {
	key      string
	forms    []form
	lexical  *lexicon.Concept // the concept of the lexicon that has the name
	never    bool             // a generic word, a person, an institution
	into     int32            // the candidate that this one was merged into; itself when none
	mentions []int32
}

// form is a spelling of a candidate.
type form struct {
	text  string
	count int
	line  int // first line, from 1
}

// candidates finds the candidate of a name in one step.
type candidates struct {
	all    []candidate
	byText map[string]int32
	byKey  map[string]int32
}

// of returns the index of the candidate of a name.
func (c *candidates) of(text string, lexical *lexicon.Concept) int32 {
	if lexical != nil {
		return c.ofKey(lexical.ID, lexical)
	}
	if i, ok := c.byText[text]; ok {
		return i
	}
	i := c.ofKey(nameKey(text), nil)
	c.byText[strings.Clone(text)] = i
	return i
}

func (c *candidates) ofKey(key string, lexical *lexicon.Concept) int32 {
	if i, ok := c.byKey[key]; ok {
		return i
	}
	i := int32(len(c.all))
	c.all = append(c.all, candidate{key: key, lexical: lexical, into: i})
	c.byKey[key] = i
	return i
}

// root follows merges to the candidate that stands for the concept.
func (c *candidates) root(i int32) int32 {
	for c.all[i].into != i {
		i = c.all[i].into
	}
	return i
}

// seen counts a spelling.
func (c *candidate) seen(text string, line int) {
	for i := range c.forms {
		if c.forms[i].text == text {
			c.forms[i].count++
			return
		}
	}
	if len(c.forms) < 32 {
		c.forms = append(c.forms, form{text, 1, line})
	}
}

// nameKey folds a name as fact.Key does and reads over a plural "s".
func nameKey(text string) string {
	key := fact.Key(text)
	last := len(key) - 1
	if last < 3 || key[last] != 's' || !isLetterByte(key[last-1]) || !isLower(text) {
		return key
	}
	switch {
	case strings.HasSuffix(key, "ss") || strings.HasSuffix(key, "us") || strings.HasSuffix(key, "is") || strings.HasSuffix(key, "ics"):
		return key
	case strings.HasSuffix(key, "ies") && last > 4:
		return key[:last-2] + "y"
	case strings.HasSuffix(key, "xes") || strings.HasSuffix(key, "ches") || strings.HasSuffix(key, "shes") || strings.HasSuffix(key, "sses"):
		return key[:last-1]
	default:
		return key[:last]
	}
}

// isLower reports whether the last word of a text is more than capitals: the "S"
// of an abbreviation is no plural.
func isLower(text string) bool {
	return strings.HasSuffix(text, "s")
}

// characters counts the letters, Chinese characters and digits of a name.
func characters(text string) int {
	count := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			count++
		}
	}
	return count
}

func hasHan(text string) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.Is(unicode.Han, r) {
			return true
		}
		i += size
	}
	return false
}
