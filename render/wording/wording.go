// Package wording puts the graph into words: which name of a node is shown, and
// with which linking phrase an edge is read as a sentence, in Chinese, in English
// or in both.
//
// It knows the vocabulary of the graph and nothing of pictures or files.
package wording

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Language is the language of names and linking phrases.
type Language uint8

// The languages.
const (
	AsNotes Language = iota // names as the notes have them, phrases in the notes' main language
	Chinese
	English
	Both
)

// ParseLanguage reads "zh", "en" or "both"; "" and "notes" mean AsNotes.
func ParseLanguage(name string) (Language, error) {
	switch name {
	case "", "notes":
		return AsNotes, nil
	case "zh":
		return Chinese, nil
	case "en":
		return English, nil
	case "both":
		return Both, nil
	}
	return AsNotes, fmt.Errorf("unknown language %q; use zh, en or both", name)
}

// Words words one graph in one language.
type Words struct {
	names   Language // of names
	phrases Language // of phrases: never AsNotes
}

// New returns the words for a graph.
func New(language Language, g *graph.Subgraph) Words {
	if language == AsNotes {
		return Words{names: AsNotes, phrases: mainLanguage(g)}
	}
	return Words{names: language, phrases: language}
}

// mainLanguage is Chinese if a third of the talks and concepts, at least, have
// Chinese names: Chinese notes are full of English terms, not the reverse.
func mainLanguage(g *graph.Subgraph) Language {
	chinese, all := 0, 0
	for _, node := range g.Nodes {
		if node.Type == fact.Document {
			continue
		}
		all++
		if HasChinese(node.Label) {
			chinese++
		}
	}
	if 3*chinese >= all && chinese > 0 {
		return Chinese
	}
	return English
}

// HasChinese reports whether a text has a Chinese character.
func HasChinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Tag is the BCP 47 tag of the phrases' language.
func (w Words) Tag() string {
	if w.phrases == English {
		return "en"
	}
	return "zh"
}

// Choose returns the text in the language of the phrases; in both, the Chinese
// one and then the English one.
func (w Words) Choose(chinese, english string) string {
	switch w.phrases {
	case English:
		return english
	case Both:
		if chinese == english || english == "" {
			return chinese
		}
		return chinese + " " + english
	default:
		return chinese
	}
}

// Spaced joins texts as Chinese is set: a blank between Chinese and other writing,
// none between Chinese and Chinese.
func Spaced(texts ...string) string {
	var joined strings.Builder
	last := ' '
	for _, text := range texts {
		first, _ := utf8.DecodeRuneInString(text)
		if text == "" {
			continue
		}
		if joined.Len() > 0 && !(wide(last) && wide(first)) {
			joined.WriteByte(' ')
		}
		joined.WriteString(text)
		last, _ = utf8.DecodeLastRuneInString(text)
	}
	return joined.String()
}

// wide holds for Chinese characters and their punctuation.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// Separator stands between the members of a list of names.
func (w Words) Separator() string {
	if w.phrases == English {
		return ", "
	}
	return "、"
}

// Title is Choose for whole sentences: in both languages, each has its own line.
func (w Words) Title(chinese, english string) string {
	if w.phrases == Both {
		return chinese + "\n" + english
	}
	return w.Choose(chinese, english)
}

// Names are the names of a node as they are shown.
type Names struct {
	Label string
	Other string // the name in the other language, with Both; may be empty
}

// Name returns the name of a node in one line.
func (w Words) Name(node graph.Node) string {
	names := w.Names(node)
	if names.Other == "" {
		return names.Label
	}
	return names.Label + " " + names.Other
}

// Names returns the preferred names of a node in the language chosen. A node
// without a name in that language keeps its label.
func (w Words) Names(node graph.Node) Names {
	switch w.names {
	case Chinese:
		return Names{Label: inChinese(node)}
	case English:
		return Names{Label: inEnglish(node)}
	case Both:
		names := Names{Label: inChinese(node), Other: inEnglish(node)}
		if fact.Key(names.Label) == fact.Key(names.Other) || strings.Contains(names.Label, names.Other) {
			names.Other = ""
		}
		return names
	default:
		return Names{Label: node.Label}
	}
}

// inChinese: of several Chinese names the shown one is preferred, then the
// lexicon's, then the first alias.
func inChinese(node graph.Node) string {
	if HasChinese(node.Label) {
		return node.Label
	}
	if name := node.Props[fact.PropChinese]; name != "" {
		return name
	}
	if node.Type == fact.Concept {
		return node.Label
	}
	if i := slices.IndexFunc(node.Aliases, HasChinese); i >= 0 {
		return node.Aliases[i]
	}
	return node.Label
}

func inEnglish(node graph.Node) string {
	if !HasChinese(node.Label) {
		return node.Label
	}
	if name := node.Props[fact.PropEnglish]; name != "" {
		return name
	}
	if node.Type == fact.Concept {
		return node.Label
	}
	if i := slices.IndexFunc(node.Aliases, func(name string) bool { return !HasChinese(name) }); i >= 0 {
		return node.Aliases[i]
	}
	return node.Label
}
