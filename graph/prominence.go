package graph

import (
	"strings"

	"talkgraph/extract/fact"
)

// How much a passage counts for what it says of a concept, by how it speaks of it.
const (
	headProminence  = 1.0  // it begins with the concept: a heading, "InfLLM: …"
	innerProminence = 0.5  // the concept stands within
	touchProminence = 0.25 // a test or a comparison names it
)

// Prominence is how much a passage dwells on a concept, from 0 to 1.
func Prominence(e Evidence, n Node) float64 {
	if n.Props[fact.PropKind] == "benchmark" || reportsTest(e.Quote) {
		return touchProminence
	}
	quote := fact.Key(e.Quote)
	for _, name := range append([]string{n.Label}, n.Aliases...) {
		if key := fact.Key(name); key != "" && strings.HasPrefix(quote, key) {
			return headProminence
		}
	}
	return innerProminence
}

// reportsTest holds for passages about a test or a comparison.
func reportsTest(quote string) bool {
	for _, word := range []string{"评测", "测试", "测评", "对比", "benchmark", "Benchmark", "compared with", "Compared with"} {
		if strings.Contains(quote, word) {
			return true
		}
	}
	return false
}
