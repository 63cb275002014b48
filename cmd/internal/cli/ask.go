package cli

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// newAsk is the command ask.
func newAsk(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ask [QUESTION]",
		Short: "Answer a question from the graph, with the lines of the notes",
		Long: "Answers a question in Chinese or English from the graph alone, and shows the lines\n" +
			"of the notes behind each answer. What it does not understand it says so. Without a\n" +
			"question it asks for questions at a prompt, or reads one from each line of its input." + statusHelp,
		Example: "  talkgraph ask \"who talked about long context\"\n  talkgraph ask 谁讲了长上下文\n  talkgraph ask \"where is Sam Bowman from\" --json",
		GroupID: groupUse,
		Args:    needs(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return runPrompt(cmd.Context(), p, settings)
			}
			return runAsk(cmd.Context(), p, settings, strings.Join(args, " "))
		},
	}
	config.AddFlags(cmd.Flags(), "ask.limit", "ask.evidence", "ask.about_only", "ask.llm", "filter.extractor", "filter.min_confidence")
	return cmd
}

// examples show what can be asked.
const examples = "ask for example \"who talked about RWKV\", \"what did NAME talk about\", \"where is NAME from\", 谁讲了长上下文, NAME讲了什么, NAME是哪个单位的"

func runAsk(ctx context.Context, p *program, settings *config.Config, question string) error {
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		return p.answerQuestion(ctx, snapshot, settings, question)
	})
}

// answerQuestion answers from the snapshot; with --llm a model reads what the grammar
// does not understand.
func (p *program) answerQuestion(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, question string) error {
	result, err := ask.Answer(ctx, snapshot, question, askOptions(settings))
	if err == nil && settings.Ask.LLM && result.Understood.Intent == ask.IntentNone {
		result, err = p.askModel(ctx, snapshot, settings, question)
	}
	if err != nil {
		return err
	}
	return p.writeResult(settings, result, settings.Ask.Evidence, true)
}

// writeResult writes answers as the settings have it, and returns the error of a
// result without answers. Without free the text stays unwritten: stdout is taken.
func (p *program) writeResult(settings *config.Config, result ask.Result, evidence string, free bool) error {
	var err error
	switch {
	case !free:
	case settings.JSON:
		err = p.writeJSON(result)
	default:
		err = ask.Write(p.stdout, result, ask.TextOptions{Color: p.colour(), Evidence: evidence})
	}
	if err != nil {
		return err
	}
	return unanswered(result)
}

// askOptions are the settings that change answers.
func askOptions(settings *config.Config) ask.Options {
	return ask.Options{Limit: settings.Ask.Limit, AboutOnly: settings.Ask.AboutOnly, Thesaurus: newThesaurus(settings)}
}

// unanswered is the error of a result without answers; nil when there are some.
func unanswered(r ask.Result) error {
	switch {
	case len(r.Answers) > 0:
		return nil
	case r.Understood.Intent == ask.IntentNone:
		return nothingFound("the question is not understood", examples)
	case len(r.Understood.Ambiguous) > 0:
		return nothingFound(strings.Join(r.Understood.Ambiguous, ", ")+" may be any of: "+labels(r.Suggestions), "ask again with the full name or the institution")
	}
	mend := ""
	if len(r.Suggestions) > 0 {
		mend = "the graph has: " + labels(r.Suggestions)
	}
	if len(r.Understood.Unknown) > 0 {
		return nothingFound("nothing found: the notes do not speak of "+strings.Join(r.Understood.Unknown, ", "), mend)
	}
	return nothingFound("nothing found", mend)
}

func labels(all []ask.Description) string {
	var names []string
	for _, d := range all {
		name := d.Label
		if len(d.Affiliation) > 0 {
			name += " (" + strings.Join(d.Affiliation, ", ") + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// colour reports whether stdout is a terminal that wants colours.
func (p *program) colour() bool {
	if os.Getenv("NO_COLOR") != "" {
		return false
	}
	return isTerminal(p.terminal())
}
