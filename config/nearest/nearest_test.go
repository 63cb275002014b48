package nearest_test

import (
	"testing"

	"talkgraph/config/nearest"
)

func TestWord(t *testing.T) {
	words := []string{"store", "stats", "min_score", "map.depth", "llm.base_url"}
	for word, want := range map[string]string{
		"stroe":       "store",
		"STORE":       "store",
		"min-score":   "min_score",
		"map.dept":    "map.depth",
		"llm.baseurl": "llm.base_url",
		"colour":      "",
		"x":           "",
		"":            "",
	} {
		if got := nearest.Word(word, words); got != want {
			t.Errorf("Word(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestWordPrefersTheNearer(t *testing.T) {
	if got := nearest.Word("mapp", []string{"maps", "map"}); got != "map" && got != "maps" {
		t.Errorf("got %q", got)
	}
	if got := nearest.Word("export", []string{"expert", "export"}); got != "export" {
		t.Errorf("an exact match lost to %q", got)
	}
}
