package fact

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key folds a name so that spellings that differ only in case, width, spaces,
// hyphens or punctuation fall together: "Mamba-2", "mamba 2" and "Ｍａｍｂａ２" have
// one key. Letters, digits, "+" and "#" stay (C, C++ and C# are three languages).
// The key of a name without any of these is the name itself.
func Key(name string) string {
	if key, plain := plainKey(name); plain {
		return key
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(name) {
		if keyRune(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 {
		return strings.TrimSpace(name)
	}
	return b.String()
}

// plainKey is Key for names whose characters are all ASCII or common Han, which
// no normal form changes; it reports whether the name is one.
func plainKey(name string) (string, bool) {
	var b strings.Builder
	b.Grow(len(name))
	for _, r := range name {
		switch {
		case r < unicode.MaxASCII:
			if keyRune(r) {
				b.WriteRune(unicode.ToLower(r))
			}
		case r >= 0x4E00 && r <= 0x9FFF:
			b.WriteRune(r)
		default:
			return "", false
		}
	}
	return b.String(), b.Len() > 0
}

func keyRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '+' || r == '#'
}
