package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/llm/cache"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/proof"
)

// Question is a question in words, read by a model: what is asked for, and which
// of its words are names. It is no answer and holds nothing that the question does
// not.
type Question struct {
	Intent string         `json:"intent"`
	Want   string         `json:"want"`
	Names  []QuestionName `json:"names"`
}

// QuestionName is a name in a question.
type QuestionName struct {
	Text string `json:"text"`
	Role string `json:"role"`
}

// Bounds of questions.
const (
	questionLimit      = 1000 // characters of a question
	questionNames      = 10   // names of a question
	questionCompletion = 150  // tokens that a translation is expected to have
)

// Translate lets the model read a question. The intents are those that it may choose.
func (r *Reader) Translate(ctx context.Context, question string, intents []string) (Question, error) {
	if len([]rune(question)) > questionLimit {
		return Question{}, fmt.Errorf("the question is longer than %d characters", questionLimit)
	}
	text, err := r.translated(ctx, question, intents)
	if err != nil {
		return Question{}, err
	}
	var q Question
	err = proof.Scan(text, func(object []byte) error {
		q = Question{}
		return json.Unmarshal(object, &q)
	})
	if err != nil {
		return Question{}, fmt.Errorf("the model's reading of the question is not used: %w", err)
	}
	return q, q.check(question)
}

// check refuses names that are not the question's.
func (q Question) check(question string) error {
	if len(q.Names) > questionNames {
		return fmt.Errorf("the model's reading of the question is not used: it has more than %d names", questionNames)
	}
	for _, name := range q.Names {
		if key := fact.Key(name.Text); key == "" || !strings.Contains(fact.Key(question), key) {
			return errors.New("the model's reading of the question is not used: it has a name that the question has not")
		}
	}
	return nil
}

func (r *Reader) translated(ctx context.Context, question string, intents []string) (string, error) {
	user := "<question>\n" + harmless(question) + "\n</question>\n"
	system := r.prompts.translation(question)
	key := cache.Key(version, r.options.Model, system, user)
	if r.cache != nil {
		e, ok, err := r.cache.Get(key)
		if err != nil || ok {
			return e.Text, err
		}
	}
	if r.asker == nil {
		return "", errNoService
	}
	reply, err := r.asker.Complete(ctx, client.Request{System: system, User: user, Schema: questionSchema(intents), SchemaName: "query",
		Prompt: int(tokens(system) + tokens(user)), Completion: questionCompletion, Limit: answerLimit})
	if err != nil {
		return "", err
	}
	return reply.Text, r.keep(r.cache, key, cache.Entry{Model: r.options.Model, Title: question, Outcome: outcomeAnswer, Text: reply.Text,
		Prompt: reply.Usage.Prompt, Completion: reply.Usage.Completion})
}

func questionSchema(intents []string) json.RawMessage {
	types := []string{""}
	for _, t := range fact.Types() {
		types = append(types, string(t))
	}
	text := map[string]any{"type": "string"}
	name := map[string]any{"type": "object", "additionalProperties": false, "required": []string{"text", "role"},
		"properties": map[string]any{"text": text, "role": map[string]any{"type": "string", "enum": []string{"topic", "actor", "scope", "under"}}}}
	data, err := json.Marshal(map[string]any{"type": "object", "additionalProperties": false, "required": []string{"intent", "want", "names"},
		"properties": map[string]any{"intent": map[string]any{"type": "string", "enum": intents},
			"want":  map[string]any{"type": "string", "enum": types},
			"names": map[string]any{"type": "array", "items": name}}})
	if err != nil {
		panic("llm: the schema does not encode: " + err.Error()) // maps and strings always do
	}
	return data
}
