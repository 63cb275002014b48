package note

import (
	"slices"
	"strings"
	"testing"
)

// FuzzPhrases holds the one pass over a text to a search for each phrase.
func FuzzPhrases(f *testing.F) {
	f.Add("没听懂，I MISSED it", "没听懂|i missed|missed")
	f.Add("aaaa", "aaa|aaaa")
	f.Add("İstanbul", "stan|bul")
	f.Fuzz(func(t *testing.T, text, list string) {
		var phrases []string
		for _, phrase := range strings.Split(list, "|") {
			if len(phrase) >= headBytes && !slices.Contains(phrases, lower(phrase)) {
				phrases = append(phrases, lower(phrase))
			}
		}
		found := map[hit]bool{}
		last := 0
		for _, h := range newPhraseSet(phrases).find(text, nil) {
			if found[h] || h.start < last {
				t.Fatalf("hit %v twice or out of order", h)
			}
			found[h], last = true, h.start
		}
		for i, phrase := range phrases {
			for at := 0; at+len(phrase) <= len(text); at++ {
				h := hit{i, at, at + len(phrase)}
				if want := lower(text[at:at+len(phrase)]) == phrase; want != found[h] {
					t.Fatalf("%q at %d: found %v, want %v", phrase, at, found[h], want)
				}
			}
		}
	})
}

// lower makes ASCII letters small and leaves all other bytes alone.
func lower(text string) string {
	small := []byte(text)
	for i, c := range small {
		small[i] = fold(c)
	}
	return string(small)
}
