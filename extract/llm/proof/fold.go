package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"talkgraph/extract/note"
)

// folded is a text in which width and white space do not count, with the byte of
// the text that each of its characters came from. Letters keep their case here;
// quotes are exact but for typing.
type folded struct {
	runes []rune
	at    []int // byte of the raw text where the character begins
	ends  []int // byte after it
	lines []int // index of the line
}

// add folds a line in, without what stands in asides.
func (f *folded) add(l *note.Line, index int) {
	for at := l.Start; at < l.End; {
		r, size := utf8.DecodeRuneInString(l.Raw[at:])
		if !l.InAside(at) && !unicode.IsSpace(r) {
			for _, plain := range foldWidth(r) {
				f.runes = append(f.runes, plain)
				f.at = append(f.at, at)
				f.ends = append(f.ends, at+size)
				f.lines = append(f.lines, index)
			}
		}
		at += size
	}
}

// foldText folds a text that came from elsewhere.
func foldText(text string) []rune {
	var runes []rune
	for _, r := range text {
		if !unicode.IsSpace(r) {
			runes = append(runes, []rune(foldWidth(r))...)
		}
	}
	return runes
}

// foldWidth gives a character in its usual width: ａ as a, （ as (, 。 stays.
func foldWidth(r rune) string {
	if r < utf8.RuneSelf {
		return string(r)
	}
	switch r {
	case '“', '”', '„', '‟', '「', '」', '『', '』':
		return `"`
	case '‘', '’':
		return "'"
	}
	return norm.NFKC.String(string(r))
}

// find returns the first place of a text in another, -1 when it does not stand there.
func find(in, what []rune, from int) int {
	if len(what) == 0 {
		return -1
	}
	for i := from; i+len(what) <= len(in); i++ {
		if in[i] == what[0] && equal(in[i:i+len(what)], what) {
			return i
		}
	}
	return -1
}

func equal(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// place returns where a name first stands in a plain text, -1 when it does not.
func place(text, name string) int {
	if all := places(text, name); len(all) > 0 {
		return all[0]
	}
	return -1
}

// places returns where a name stands in a plain text, in any case. In scripts that put
// spaces between words it must stand as whole words, but for the ending of a plural:
// "AR" is not in "WARM", "model" is in "models".
func places(text, name string) []int {
	text, name = lower(text), lower(name)
	if name == "" {
		return nil
	}
	first, size := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	var all []int
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return all
		}
		start := from + at
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		if !(isWord(before) && isWord(first)) && (!isWord(last) || endsWord(text[start+len(name):])) {
			all = append(all, start)
		}
		from = start + size
	}
}

// lower is a text in small letters, each of as many bytes as before, so that places
// in one are places in the other.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if small := unicode.ToLower(r); utf8.RuneLen(small) == utf8.RuneLen(r) {
			return small
		}
		return r
	}, text)
}

// endsWord reports whether no word goes on here, but for a plural's ending.
func endsWord(rest string) bool {
	for _, ending := range []string{"", "s", "es"} {
		after, found := strings.CutPrefix(rest, ending)
		next, _ := utf8.DecodeRuneInString(after)
		if found && !isWord(next) {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWord holds for letters of scripts that put spaces between words, and digits.
func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || isDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// plain folds width and makes every run of white space one space, and none between
// characters of which one is Han.
func plain(text string) string {
	var b strings.Builder
	gap := false
	previous := rune(0)
	for _, r := range text {
		if unicode.IsSpace(r) {
			gap = previous != 0
			continue
		}
		for _, p := range foldWidth(r) {
			if gap && isWord(previous) && isWord(p) {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(p)
			previous = p
		}
	}
	return b.String()
}
