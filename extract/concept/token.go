package concept

import (
	"unicode"
	"unicode/utf8"
)

// tokenKind tells the tokens of a line apart.
type tokenKind uint8

const (
	han    tokenKind = iota // one Chinese character
	word                    // a word in Latin letters, digits included: "RWKV-7", "k-means"
	number                  // digits without letters: "14.3"
	mark                    // punctuation; r tells which
)

// token is a piece of a line, as bytes of its text.
type token struct {
	start, end int
	kind       tokenKind
	r          rune // the character of han and mark tokens, marks in half width
	gap        bool // white space stands before it
	known      bool // inside a name of the lexicon
	cut        bool // a function word or verb: no part of a name
}

// tokenize appends the tokens of a text to tokens.
func tokenize(text string, tokens []token) []token {
	gap := false
	for at := 0; at < len(text); {
		if c := text[at]; c < utf8.RuneSelf {
			if c == ' ' || c == '\t' {
				gap = true
				at++
				continue
			}
			t := token{start: at, gap: gap}
			if isWordByte(c) || (c == '.' || c == '@') && at+1 < len(text) && isLetterByte(text[at+1]) && (at == 0 || text[at-1] == ' ' || text[at-1] == '`') {
				t.end, t.kind = wordEnd(text, at)
			} else {
				t.end, t.kind, t.r = at+1, mark, rune(c)
			}
			tokens = append(tokens, t)
			at, gap = t.end, false
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		t := token{start: at, end: at + size, r: r, gap: gap, kind: han}
		switch {
		case r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || unicode.Is(unicode.Han, r):
		case unicode.IsLetter(r) || r >= 0xFF10 && r <= 0xFF19:
			t.end, t.kind = wordEnd(text, at)
			if t.end == at {
				t.end, t.kind = at+size, mark
			}
		case unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF':
			gap = true
			at += size
			continue
		default:
			t.kind, t.r = mark, halfWidth(r)
		}
		tokens = append(tokens, t)
		at, gap = t.end, false
	}
	return tokens
}

// wordEnd returns the end of the word or number that starts at a byte. Signs such
// as "-", "." and "+" belong to it where they stand between its letters.
func wordEnd(text string, at int) (int, tokenKind) {
	w := wordScan{text: text, start: at, at: at, kind: number}
	if c := text[at]; c == '.' || c == '@' {
		w.at++
	}
	for w.at < len(text) && w.step() {
	}
	return w.at, w.kind
}

// wordScan walks over a word.
type wordScan struct {
	text      string
	start, at int
	kind      tokenKind
}

// step reads the next sign of the word; it reports whether there was one.
func (w *wordScan) step() bool {
	c := w.text[w.at]
	inner := w.at > w.start
	switch {
	case c >= '0' && c <= '9':
		w.at++
	case isLetterByte(c):
		w.kind = word
		w.at++
	case c >= utf8.RuneSelf:
		return w.wide(inner)
	case c == '%' && w.kind == word:
		w.at++
	case (c == '+' || c == '#') && w.kind == word && !isWordByteAt(w.text, w.at+1):
		if w.at-w.start > 2 || w.at+1 < len(w.text) && w.text[w.at+1] == ' ' && c == '+' && w.text[w.at-1] != '+' {
			return false
		}
		w.at++ // C, C++ and C# are three languages
	case joinsWord(c) && inner && isWordByteAt(w.text, w.at+1):
		w.at++
	default:
		return false
	}
	return true
}

// wide reads a letter or apostrophe outside ASCII.
func (w *wordScan) wide(inner bool) bool {
	r, size := utf8.DecodeRuneInString(w.text[w.at:])
	switch {
	case isLatinLetter(r) || r >= 0xFF10 && r <= 0xFF19:
		w.kind = word
	case r == '’' && inner && isLetterAt(w.text, w.at+size):
	case unicode.IsMark(r) && inner:
	default:
		return false
	}
	w.at += size
	return true
}

// joinsWord holds for signs that stand inside words.
func joinsWord(c byte) bool {
	return c == '-' || c == '.' || c == '_' || c == '\'' || c == '+' || c == '&' || c == '@'
}

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isWordByte(c byte) bool   { return isLetterByte(c) || c >= '0' && c <= '9' }

func isWordByteAt(text string, at int) bool {
	if at >= len(text) {
		return false
	}
	if text[at] < utf8.RuneSelf {
		return isWordByte(text[at])
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	return isLatinLetter(r)
}

func isLetterAt(text string, at int) bool { return at < len(text) && isLetterByte(text[at]) }

// isLatinLetter holds for letters of scripts that write words with spaces.
func isLatinLetter(r rune) bool {
	return r >= 0xC0 && r < 0x530 && unicode.IsLetter(r) || r >= 0xFF21 && r <= 0xFF5A && unicode.IsLetter(r)
}

// halfWidth brings Chinese punctuation to the sign that does its work in ASCII.
func halfWidth(r rune) rune {
	switch r {
	case '：':
		return ':'
	case '；':
		return ';'
	case '，':
		return ','
	case '（', '［', '〔':
		return '('
	case '）', '］', '〕':
		return ')'
	case '！', '？':
		return r - 0xFEE0
	case '—', '–', '―', '─':
		return '—'
	case '→', '⇒', '➜', '⟶':
		return '→'
	case '“', '”', '「', '」', '『', '』', '〝', '〞':
		return '"'
	case '‘':
		return '"'
	case '／':
		return '/'
	case '＝':
		return '='
	case '＋':
		return '+'
	case '｜':
		return '|'
	default:
		return r
	}
}
