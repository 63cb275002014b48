package graphtest

import (
	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// samplePart returns a small document with every kind of node and edge. Two of them
// share their nodes and differ in their evidence.
func samplePart(document string) graph.Part {
	evidence := func(line int, quote string) []fact.Evidence {
		return []fact.Evidence{{Document: document, Line: line, Column: 1, Quote: quote,
			Extractor: fact.ExtractorRules, Confidence: 0.9}}
	}
	speaker := evidence(4, "李明 某某大学 教授")
	concepts := append(evidence(5, "• 长上下文与 “state space models”\n第二行"), fact.Evidence{Document: document, Line: 9,
		Column: 7, Quote: "RWKV", Extractor: "llm:some/model #1", Confidence: 1.0 / 3})
	fromLexicon := []fact.Evidence{{Document: "doc/lexicon", Line: 12, Column: 3, Quote: "RWKV: long context",
		Extractor: fact.ExtractorLexicon, Confidence: 1}}
	return graph.Part{
		ID: document, Source: "notes/" + document + ".txt", Fingerprint: "first", Facts: []byte("facts of " + document + "\x00\xff"),
		Nodes: []graph.Node{
			{ID: "concept/long-context", Type: fact.Concept, Label: "长上下文", Aliases: []string{"long text", "长文本"},
				Props: map[string]string{fact.PropChinese: "长上下文", fact.PropEnglish: "long context"}},
			{ID: "concept/rwkv", Type: fact.Concept, Label: "RWKV", Props: map[string]string{fact.PropKind: "model", fact.PropEnglish: ""}},
			{ID: document, Type: fact.Document, Label: "notes", Props: map[string]string{fact.PropURL: "https://example.org/#a", fact.PropLanguage: "mixed"}},
			{ID: "event/e", Type: fact.Event, Label: "Event", Aliases: []string{"事件"},
				Props: map[string]string{fact.PropStartDate: "2024-10-12", fact.PropTheme: "about all", fact.PropLocation: "北京"}},
			{ID: "org/u", Type: fact.Organization, Label: "某某大学"},
			{ID: "person/李明", Type: fact.Person, Label: "李明", Aliases: []string{"LI \"Ming\"\n"}, Props: map[string]string{"own key": "value", "empty": ""}},
			{ID: "session/s", Type: fact.Session, Label: "Session 1", Props: map[string]string{fact.PropPart: fact.Morning}},
			{ID: "talk/t#1", Type: fact.Talk, Label: "长上下文是什么", Props: map[string]string{fact.PropComment: "good <b>"}},
		},
		Edges: []graph.Edge{
			{Source: "concept/rwkv", Predicate: fact.Broader, Target: "concept/long-context", Evidence: fromLexicon},
			{Source: "concept/rwkv", Predicate: fact.Related, Target: "concept/long-context", Evidence: concepts,
				Props: map[string]string{fact.PropPhrase: "超越"}},
			{Source: "event/e", Predicate: fact.SubjectOf, Target: document, Evidence: evidence(1, "Event")},
			{Source: "person/李明", Predicate: fact.Affiliation, Target: "org/u", Evidence: speaker,
				Props: map[string]string{fact.PropJobTitle: "教授"}},
			{Source: "session/s", Predicate: fact.SuperEvent, Target: "event/e", Evidence: evidence(2, "Session 1")},
			{Source: "talk/t#1", Predicate: fact.About, Target: "concept/long-context", Weight: 0.7, Evidence: concepts},
			{Source: "talk/t#1", Predicate: fact.About, Target: "concept/rwkv", Weight: 1.0 / 3, Evidence: concepts},
			{Source: "talk/t#1", Predicate: fact.Mentions, Target: "org/u", Evidence: concepts[:1]},
			{Source: "talk/t#1", Predicate: fact.Performer, Target: "person/李明", Evidence: speaker},
			{Source: "talk/t#1", Predicate: fact.SuperEvent, Target: "session/s", Evidence: evidence(3, "长上下文是什么")},
		},
	}
}
