package name

import (
	"strings"
	"unicode"
)

// initials and finals make the syllables of Chinese in Latin letters. Combinations
// that do not occur are let through: they make no difference here.
var (
	pinyinInitials = []string{"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", ""}
	pinyinFinals   = set("a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve er")
)

// isPinyinName holds for a Chinese name in Latin letters, as it stands in brackets
// behind the name in Chinese: "Xiaoming Wang", "Zhang San", "Li-Na Ma".
func isPinyinName(run string) bool {
	words := strings.FieldsFunc(run, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",，、-‐'’", c) })
	if len(words) < 2 || len(words) > 12 {
		return false
	}
	for _, word := range words {
		if strings.ToUpper(word[:1]) != word[:1] && len(words) == 2 {
			return false
		}
		if !isPinyin(strings.ToLower(word), 3) {
			return false
		}
	}
	return true
}

// isPinyin reports whether a word is one to so many syllables.
func isPinyin(word string, syllables int) bool {
	if word == "" {
		return true
	}
	if syllables == 0 {
		return false
	}
	for _, initial := range pinyinInitials {
		rest, ok := strings.CutPrefix(word, initial)
		if !ok {
			continue
		}
		for size := min(len(rest), 4); size > 0; size-- {
			if pinyinFinals[rest[:size]] && isPinyin(rest[size:], syllables-1) {
				return true
			}
		}
	}
	return false
}
