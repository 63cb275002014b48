package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// askModel lets the model read a question that the grammar does not understand, and
// answers what it read from the graph. How it was read is told on stderr.
func (p *program) askModel(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, question string) (ask.Result, error) {
	if settings.LLM.BaseURL == "" {
		return ask.Result{}, wrongUse("--llm needs a model, and no service is named", "set llm.base_url and llm.model")
	}
	options, err := readerOptions(settings)
	if err != nil {
		return ask.Result{}, err
	}
	reader, err := llm.New(options)
	if err != nil {
		return ask.Result{}, wrongUse(err.Error(), "")
	}
	read, err := reader.Translate(ctx, question, intents())
	if err != nil {
		return ask.Result{}, modelFailure(err)
	}
	query, err := newQuestionQuery(ctx, snapshot, newThesaurus(settings), read)
	if err != nil {
		return ask.Result{}, err
	}
	fmt.Fprintln(p.stderr, oneLine(settings.LLM.Model+" reads the question as "+reading(query)))
	result, err := ask.Run(ctx, snapshot, question, query, askOptions(settings))
	if err != nil {
		return ask.Result{}, nothingFound("the question is not understood, by the model neither: "+err.Error(), examples)
	}
	return result, nil
}

func intents() []string {
	var names []string
	for _, i := range ask.Intents() {
		names = append(names, string(i))
	}
	return names
}

// modelFailure words why the model did not read a question.
func modelFailure(err error) error {
	var failed *client.Error
	if errors.As(err, &failed) {
		return outside("the model does not answer: "+failed.Error(), failed.Mend())
	}
	return err
}

// newQuestionQuery finds the entities of the names that the model saw in a question.
func newQuestionQuery(ctx context.Context, snapshot graph.Snapshot, words thesaurus, read llm.Question) (ask.Query, error) {
	query := ask.Query{Intent: ask.Intent(read.Intent), Want: fact.Type(read.Want)}
	if query.Intent == ask.IntentNone {
		return query, nothingFound("the question is not understood, by the model neither", examples)
	}
	for _, name := range read.Names {
		ids, err := meant(ctx, snapshot, words, name.Text)
		if err != nil {
			return query, err
		}
		if len(ids) == 0 {
			return query, nothingFound("nothing found: the notes do not speak of "+name.Text, "")
		}
		query.Names = append(query.Names, ask.Name{Text: name.Text, Role: ask.Role(name.Role), IDs: ids})
	}
	return query, nil
}

// meant returns the entities of the graph that a name means, under any name that
// the lexicon has for them.
func meant(ctx context.Context, snapshot graph.Snapshot, words thesaurus, name string) ([]string, error) {
	ids, err := snapshot.Lookup(ctx, name)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	nodes, err := snapshot.Nodes(ctx, words.Named(name))
	for _, n := range nodes {
		ids = append(ids, n.ID)
	}
	return ids, err
}

// reading says in one line how a question was read.
func reading(query ask.Query) string {
	var names []string
	for _, n := range query.Names {
		names = append(names, fmt.Sprintf("%s %q", n.Role, n.Text))
	}
	return strings.TrimSpace(strings.Join(append([]string{string(query.Intent), string(query.Want)}, names...), " "))
}
