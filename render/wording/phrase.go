package wording

import (
	"strings"
	"unicode"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// reading is how the edges of one predicate are read: from source to target, and
// the other way round.
type reading struct {
	chinese, english               string
	chineseInverse, englishInverse string
}

// readingOf returns the reading of a predicate. No reading is a predicate's name.
func readingOf(predicate fact.Predicate) reading {
	switch predicate {
	case fact.SuperEvent:
		return reading{"属于", "belongs to", "设有", "comprises"}
	case fact.Performer:
		return reading{"主讲人是", "is presented by", "主讲", "presents"}
	case fact.Affiliation:
		return reading{"来自", "is with", "的成员有", "is the home of"}
	case fact.About:
		return reading{"讲到", "covers", "见于报告", "is covered in"}
	case fact.Broader:
		return reading{"属于", "is a kind of", "包括", "includes"}
	case fact.ParentOrganization:
		return reading{"隶属于", "is part of", "下设", "has the unit"}
	case fact.Mentions:
		return reading{"提到", "speaks of", "被提到于", "is spoken of in"}
	case fact.SubjectOf:
		return reading{"记录于", "is recorded in", "记录了", "records"}
	default:
		return reading{"与之相关的是", "goes with", "与之相关的是", "goes with"}
	}
}

// Phrase returns the linking phrase that makes "source, phrase, target" a
// sentence: in the notes' own words where the edge has them.
func (w Words) Phrase(edge graph.Edge) string {
	if own := ownPhrase(edge); own != "" {
		return own
	}
	r := readingOf(edge.Predicate)
	return w.lines(r.chinese, r.english)
}

// Inverse returns the phrase that makes "target, phrase, source" a sentence, and
// false if there is none because the notes' own words run one way only.
func (w Words) Inverse(edge graph.Edge) (string, bool) {
	if ownPhrase(edge) != "" {
		return "", false
	}
	r := readingOf(edge.Predicate)
	return w.lines(r.chineseInverse, r.englishInverse), true
}

// lines is Choose for the labels of edges: in both languages, an English phrase of
// several words has a line of its own.
func (w Words) lines(chinese, english string) string {
	if w.phrases == Both && strings.Contains(english, " ") {
		return chinese + "\n" + english
	}
	return w.Choose(chinese, english)
}

// HasWords tells whether an edge has linking words of the notes' own.
func HasWords(edge graph.Edge) bool { return ownPhrase(edge) != "" }

// ownPhrase is the notes' own words on an edge; a sign alone, such as a colon, is
// no word.
func ownPhrase(edge graph.Edge) string {
	phrase := strings.Join(strings.Fields(edge.Props[fact.PropPhrase]), " ")
	if !strings.ContainsFunc(phrase, wordy) {
		return ""
	}
	return phrase
}

// wordy holds for characters that say something: letters, digits, and signs that
// are read aloud, such as = and >.
func wordy(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.Sm) }

// Type returns the word for a type of node.
func (w Words) Type(t fact.Type) string {
	switch t {
	case fact.Event:
		return w.Choose("会议", "event")
	case fact.Session:
		return w.Choose("专场", "session")
	case fact.Talk:
		return w.Choose("报告", "talk")
	case fact.Person:
		return w.Choose("人物", "person")
	case fact.Organization:
		return w.Choose("机构", "institution")
	case fact.Concept:
		return w.Choose("概念", "concept")
	default:
		return w.Choose("文档", "document")
	}
}

// Part returns the word for a part of the day, or "" for none.
func (w Words) Part(part string) string {
	switch part {
	case fact.Morning:
		return w.Choose("上午", "morning")
	case fact.Afternoon:
		return w.Choose("下午", "afternoon")
	case fact.Evening:
		return w.Choose("晚上", "evening")
	}
	return ""
}
