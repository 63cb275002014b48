package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// testRandom applies random changes and compares the store with the model after each.
func testRandom(t *testing.T, s graph.Store) {
	const rounds = 20
	random := rand.New(rand.NewPCG(5, 7))
	model := NewModel()
	for range rounds {
		changes := make([]graph.Change, 1+random.IntN(3))
		for i := range changes {
			id := fmt.Sprintf("doc/%d", random.IntN(6))
			if random.IntN(4) == 0 {
				changes[i].Remove = id
				continue
			}
			part := RandomPart(random, id)
			changes[i].Part = &part
		}
		if err := s.Apply(t.Context(), changes); err != nil {
			t.Fatal(err)
		}
		model.Apply(changes)
		expect(t, s, model)
	}
}

// texts are what random names, values and quotes are made of; the empty one is last.
var texts = [...]string{"长上下文", "Long Context", "long-context", "Ｌong\tcontext", "C++", "C#", "“q”\n\"r\"",
	`back\slash`, "<b>&amp;", "🦜", "a b c", "文", "#", "/", "@zh", "é", " lead", "trail ", ""}

func text(random *rand.Rand) string { return texts[random.IntN(len(texts)-1)] }

// RandomPart returns a document of a few nodes and edges that random parts share.
func RandomPart(random *rand.Rand, id string) graph.Part {
	part := graph.Part{ID: id, Source: texts[random.IntN(len(texts))], Fingerprint: texts[random.IntN(len(texts))]}
	if random.IntN(2) == 0 {
		part.Facts = []byte(text(random) + "\x00\xff")
	}
	for i := range 8 {
		if random.IntN(2) == 0 {
			part.Nodes = append(part.Nodes, randomNode(random, fmt.Sprintf("node/%d", i)))
		}
	}
	for range random.IntN(12) {
		edge := randomEdge(random, id)
		if !slices.ContainsFunc(part.Edges, func(e graph.Edge) bool { return fact.CompareRelations(e, edge) == 0 }) {
			part.Edges = append(part.Edges, edge)
		}
	}
	slices.SortFunc(part.Edges, fact.CompareRelations)
	return part
}

func randomNode(random *rand.Rand, id string) graph.Node {
	types := fact.Types()
	node := graph.Node{ID: id, Type: types[random.IntN(len(types))], Props: randomProps(random,
		fact.PropChinese, fact.PropEnglish, fact.PropTheme, fact.PropLanguage, fact.PropComment, fact.PropKind, "own")}
	node.Label = texts[random.IntN(len(texts))]
	if chinese := node.Props[fact.PropChinese]; chinese != "" && random.IntN(2) == 0 {
		node.Label = chinese
	}
	for range random.IntN(4) {
		node.Aliases = append(node.Aliases, text(random))
	}
	slices.Sort(node.Aliases)
	node.Aliases = slices.DeleteFunc(slices.Compact(node.Aliases), func(alias string) bool { return alias == node.Label })
	if len(node.Aliases) == 0 {
		node.Aliases = nil
	}
	return node
}

func randomEdge(random *rand.Rand, document string) graph.Edge {
	predicates := fact.Predicates()
	edge := graph.Edge{
		Source:    fmt.Sprintf("node/%d", random.IntN(8)),
		Target:    fmt.Sprintf("node/%d", random.IntN(8)),
		Predicate: predicates[random.IntN(3)],
		Weight:    float64(random.IntN(4)) / 3,
		Props:     randomProps(random, fact.PropPhrase, fact.PropJobTitle, "own"),
	}
	for range 1 + random.IntN(3) {
		evidence := fact.Evidence{Document: document, Line: random.IntN(3), Column: random.IntN(2), Quote: texts[random.IntN(len(texts))],
			Extractor: text(random), Confidence: random.Float64()}
		if random.IntN(4) == 0 {
			evidence.Document = "doc/lexicon"
		}
		edge.Evidence = append(edge.Evidence, evidence)
	}
	edge.Evidence = fact.SortEvidence(edge.Evidence)
	return edge
}

// randomProps gives a value to some of the keys.
func randomProps(random *rand.Rand, keys ...string) map[string]string {
	props := make(map[string]string)
	for _, key := range keys {
		if random.IntN(3) == 0 {
			props[key] = texts[random.IntN(len(texts))]
		}
	}
	if len(props) == 0 {
		return nil
	}
	return props
}
