package fact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// slugLimit bounds the characters of a slug, so that IDs stay readable.
const slugLimit = 80

// Slug turns a name into the readable last part of an ID: lower-case letters
// and digits of any script with single hyphens between them, at most 80 characters.
// Names that differ may have one slug; whoever makes IDs tells them apart.
func Slug(name string) string {
	if !isPlain(name) {
		name = norm.NFKC.String(name)
	}
	var b strings.Builder
	b.Grow(len(name))
	written, gap := 0, false
	for _, r := range name {
		if !keyRune(r) {
			gap = written > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
			written++
		}
		if written >= slugLimit {
			break
		}
		b.WriteRune(unicode.ToLower(r))
		written++
	}
	if b.Len() == 0 {
		return "unnamed"
	}
	return strings.TrimSuffix(b.String(), "-")
}

// isPlain holds for ASCII and common Han, which no normal form changes.
func isPlain(name string) bool {
	for _, r := range name {
		if r >= utf8.RuneSelf && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}
