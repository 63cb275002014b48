package ask

import (
	"slices"
	"strings"
)

// commonWords are the words of questions that are read in spite of a slip. They are few:
// a name that nobody knows must not become a word that carries nothing.
var commonWords = strings.Fields("what which when where about talked talks talking mentioned discussed presented presentation speaker speakers " +
	"institution institutions university company definition between connection connects difference common morning afternoon session sessions conference")

// correctWords reads unknown words that are one slip away from a common one of questions as
// that one, and reports whether there were any.
func (r *reader) correctWords(pieces []piece) bool {
	corrected := false
	for _, p := range pieces {
		t := &r.text.tokens[p.from]
		if p.kind != unknownPiece || t.han {
			continue
		}
		at := slices.IndexFunc(commonWords, func(word string) bool { return slip(t.key, word) == 1 })
		if at < 0 {
			continue
		}
		r.reading.corrected = append(r.reading.corrected, t.key+" → "+commonWords[at])
		t.key, corrected = commonWords[at], true
	}
	return corrected
}
