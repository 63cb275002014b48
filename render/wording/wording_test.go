package wording

import (
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

func TestSpaced(t *testing.T) {
	for want, texts := range map[string][]string{
		"RWKV 讲了什么":  {"RWKV", "讲了什么"},
		"清华大学讲了什么":   {"清华大学", "讲了什么"},
		"A 与 B 有何异同": {"A", "与", "B", "有何异同"},
		"报告（一）讲了什么":  {"报告（一）", "", "讲了什么"},
		"one two":    {"one", "two"},
	} {
		if got := Spaced(texts...); got != want {
			t.Errorf("%q: %q, want %q", texts, got, want)
		}
	}
}

// TestEveryPredicateIsWorded wants a phrase both ways in each language, never the
// predicate's name.
func TestEveryPredicateIsWorded(t *testing.T) {
	for _, language := range []Language{Chinese, English, Both} {
		words := New(language, &graph.Subgraph{})
		for _, predicate := range fact.Predicates() {
			forth := words.Phrase(graph.Edge{Predicate: predicate})
			back, ok := words.Inverse(graph.Edge{Predicate: predicate})
			if forth == "" || back == "" || !ok || forth == string(predicate) || back == string(predicate) {
				t.Errorf("%s in language %d reads %q and back %q", predicate, language, forth, back)
			}
		}
	}
	own := graph.Edge{Predicate: fact.Related, Props: map[string]string{fact.PropPhrase: "1.6–2×  faster"}}
	if got := New(Chinese, &graph.Subgraph{}).Phrase(own); got != "1.6–2× faster" {
		t.Errorf("the notes' own words became %q", got)
	}
	if _, ok := New(Chinese, &graph.Subgraph{}).Inverse(own); ok {
		t.Error("the notes' own words are turned round")
	}
}

func TestNamesInTheLanguageChosen(t *testing.T) {
	concept := graph.Node{Type: fact.Concept, Label: "long context", Props: map[string]string{fact.PropChinese: "长上下文", fact.PropEnglish: "long context"}}
	for language, want := range map[Language]Names{
		AsNotes: {Label: "long context"}, Chinese: {Label: "长上下文"}, English: {Label: "long context"},
		Both: {Label: "长上下文", Other: "long context"},
	} {
		if got := New(language, &graph.Subgraph{}).Names(concept); got != want {
			t.Errorf("language %d: %v, want %v", language, got, want)
		}
	}
}
