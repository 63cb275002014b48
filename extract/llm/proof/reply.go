package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"talkgraph/extract/fact"
)

// Bounds of what is read of an answer. Honest answers stay far below them.
const (
	textLimit     = 1 << 20 // bytes of an answer
	depthLimit    = 16      // brackets within brackets
	entityLimit   = 1000    // entities of an answer
	relationLimit = 2000    // relations of an answer
	nameLimit     = 120     // characters of a name or a phrase
	quoteLimit    = 600     // characters of a quote
	aliasLimit    = 8       // other names of an entity
)

// TalkID is how relations name the talk of the chunk.
const TalkID = "talk"

// Answer is what a model said, read but not believed.
type Answer struct {
	entities  []entity
	relations []relation
	excess    int // elements left unread: too many, or of no known form
}

type entity struct {
	ID      string   `json:"id"`
	Type    string   `json:"type"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
}

type relation struct {
	Source string     `json:"source"`
	Type   string     `json:"type"`
	Target string     `json:"target"`
	Phrase string     `json:"phrase"`
	Line   lineNumber `json:"line"`
	Quote  string     `json:"quote"`
}

// lineNumber reads 23, "23" and "L23".
type lineNumber int

// UnmarshalJSON reads a number in any of the forms that models write.
func (l *lineNumber) UnmarshalJSON(data []byte) error {
	text := strings.TrimLeft(strings.Trim(string(data), `" `), "Ll")
	number, err := strconv.Atoi(text)
	if err != nil {
		return errors.New("the line is not a number")
	}
	*l = lineNumber(number)
	return nil
}

// Parse reads an answer: JSON, alone, in a code fence or with prose around it. An
// error says what is wrong with it in words that a model understands.
func Parse(text string) (Answer, error) {
	var a Answer
	err := Scan(text, func(object []byte) error {
		var err error
		a, err = decode(object)
		return err
	})
	return a, err
}

// Scan gives the JSON objects of an answer to accept, one after the other, until one
// is accepted. Answers and nesting beyond reason are errors.
func Scan(text string, accept func(object []byte) error) error {
	if len(text) > textLimit {
		return fmt.Errorf("the answer is longer than %d kB", textLimit>>10)
	}
	text = afterThinking(text)
	cause := errors.New("there is no JSON object")
	for start := strings.IndexByte(text, '{'); start >= 0; {
		end, err := objectEnd(text[start:])
		if err != nil {
			return err
		}
		if end == 0 {
			return errors.New("the JSON object does not end")
		}
		if cause = accept([]byte(text[start : start+end])); cause == nil {
			return nil
		}
		next := strings.IndexByte(text[start+end:], '{')
		if next < 0 {
			break
		}
		start += end + next
	}
	return cause
}

// afterThinking leaves out what models think aloud.
func afterThinking(text string) string {
	if _, said, found := strings.Cut(text, "</think>"); found {
		return said
	}
	return text
}

// objectEnd is the length of the JSON object that a text begins with; 0 when it
// does not end. Nesting beyond reason is an error.
func objectEnd(text string) (int, error) {
	depth, quoted, escaped := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > depthLimit {
				return 0, fmt.Errorf("the JSON is nested deeper than %d", depthLimit)
			}
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		}
	}
	return 0, nil
}

func decode(data []byte) (Answer, error) {
	var raw struct {
		Entities  *[]json.RawMessage `json:"entities"`
		Relations *[]json.RawMessage `json:"relations"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return Answer{}, fmt.Errorf("the JSON is damaged: %w", err)
	}
	if raw.Entities == nil || raw.Relations == nil {
		return Answer{}, errors.New(`the JSON object lacks "entities" or "relations"`)
	}
	var a Answer
	a.entities = elements[entity](*raw.Entities, entityLimit, &a.excess)
	a.relations = elements[relation](*raw.Relations, relationLimit, &a.excess)
	return a, nil
}

// elements reads what has the form of an element and counts the rest.
func elements[T any](raw []json.RawMessage, limit int, excess *int) []T {
	if len(raw) > limit {
		*excess += len(raw) - limit
		raw = raw[:limit]
	}
	var read []T
	for _, data := range raw {
		var element T
		if bytes.Equal(data, []byte("null")) || json.Unmarshal(data, &element) != nil {
			*excess++
			continue
		}
		read = append(read, element)
	}
	return read
}

// Schema is the JSON schema of an answer: flat, without references, which many
// servers refuse.
func Schema() json.RawMessage {
	text := map[string]any{"type": "string"}
	object := func(properties map[string]any, required ...string) map[string]any {
		return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	list := func(items map[string]any) map[string]any { return map[string]any{"type": "array", "items": items} }
	oneOf := func(words []string) map[string]any { return map[string]any{"type": "string", "enum": words} }
	var types, predicates []string
	for _, t := range []fact.Type{fact.Person, fact.Organization, fact.Concept} {
		types = append(types, string(t))
	}
	for _, s := range signatures() {
		predicates = append(predicates, string(s.predicate))
	}
	schema := object(map[string]any{
		"entities": list(object(map[string]any{"id": text, "type": oneOf(types), "name": text, "aliases": list(text)},
			"id", "type", "name", "aliases")),
		"relations": list(object(map[string]any{"source": text, "type": oneOf(predicates), "target": text, "phrase": text,
			"line": map[string]any{"type": "integer"}, "quote": text}, "source", "type", "target", "phrase", "line", "quote")),
	}, "entities", "relations")
	data, err := json.Marshal(schema)
	if err != nil {
		panic("proof: the schema does not encode: " + err.Error()) // maps and strings always do
	}
	return data
}
