package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"talkgraph/extract/fact"
)

// questionLimit is the most characters of a question that are read. No question
// that a person types is longer; what is longer is not understood.
const questionLimit = 400

// token is a word of a spaced script, or one character of a script that writes
// without spaces, or a comma that joins names.
type token struct {
	key        string // fact.Key of the text
	start, end int    // bytes in the folded question
	han        bool   // one character of a script without spaces
	comma      bool
	possessive bool // the s of "Bowman's"
}

// text is a question cut into tokens.
type text struct {
	folded string // NFKC, without control characters
	tokens []token
	long   bool // longer than questionLimit: nothing was read
}

// tokenize cuts a question into tokens. Punctuation is dropped, except for the
// commas that list names.
func tokenize(question string) text {
	if len(question) > 8*questionLimit { // spares folding what is too long in any script
		return text{long: true}
	}
	folded := fold(question)
	if utf8.RuneCountInString(folded) > questionLimit {
		return text{long: true}
	}
	t := text{folded: folded}
	start := -1
	flush := func(end int) {
		if start >= 0 {
			t.addWord(start, end)
			start = -1
		}
	}
	for i, r := range folded {
		size := len(string(r))
		switch {
		case isUnspaced(r):
			flush(i)
			t.tokens = append(t.tokens, token{key: fact.Key(folded[i : i+size]), start: i, end: i + size, han: true})
		case isWordRune(r):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
			if r == '、' || r == ',' || r == '&' {
				t.tokens = append(t.tokens, token{start: i, end: i + size, comma: true})
			}
		}
	}
	flush(len(folded))
	return t
}

func (t *text) addWord(start, end int) {
	word := token{key: fact.Key(t.folded[start:end]), start: start, end: end}
	before := t.folded[:start]
	word.possessive = word.key == "s" && (strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’"))
	t.tokens = append(t.tokens, word)
}

// between returns the text of the tokens from i up to j, without j.
func (t *text) between(i, j int) string {
	if i >= j {
		return ""
	}
	return t.folded[t.tokens[i].start:t.tokens[j-1].end]
}

// fold makes full width, composed and compatibility characters one, and every
// control character a space.
func fold(s string) string {
	s = strings.ToValidUTF8(s, " ")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFKC.String(s))
}

// isUnspaced reports whether a character belongs to a script without spaces.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '+' || r == '#'
}

// hasUnspaced reports whether a text holds Chinese or Japanese.
func hasUnspaced(s string) bool { return strings.ContainsFunc(s, isUnspaced) }
