package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
)

// newLLM is the command llm with its subcommands.
func newLLM(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "llm",
		Short:   "Try the language model, or write its prompts to change them",
		GroupID: groupProgram,
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLLMPing(p), newLLMPrompts(p))
	return cmd
}

func newLLMPing(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "ping",
		Short: "Show in one line whether service, model and structured answers work",
		Long: "Makes one small call to the service of llm.base_url and shows in one line whether it,\n" +
			"the model and structured answers work." + statusHelp,
		Args: needs(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runPing(cmd.Context(), p, settings)
		},
	}
}

// pingJSON is "llm ping --json".
type pingJSON struct {
	BaseURL    string  `json:"baseURL"`
	Model      string  `json:"model"`
	Structured string  `json:"structured"`
	Readable   bool    `json:"readable"`
	Seconds    float64 `json:"seconds"`
}

func runPing(ctx context.Context, p *program, settings *config.Config) error {
	if settings.LLM.BaseURL == "" {
		return wrongUse("no service is named", "set llm.base_url in talkgraph.yaml or TALKGRAPH_LLM_BASE_URL")
	}
	options, err := clientOptions(&settings.LLM)
	if err != nil {
		return err
	}
	address := config.MaskURL(settings.LLM.BaseURL)
	ping, err := llm.TryService(ctx, options)
	var failed *client.Error
	switch {
	case errors.As(err, &failed):
		return outside(fmt.Sprintf("%s: model %s does not answer: %v", address, settings.LLM.Model, failed), failed.Mend())
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return wrongUse(err.Error(), "")
	}
	if err := p.showPing(settings, address, ping); err != nil {
		return err
	}
	if !ping.Readable {
		return outside("the model's answer to the trial has not the form asked for", "name a model that can give JSON")
	}
	return nil
}

// showPing shows what a trial call has shown.
func (p *program) showPing(settings *config.Config, address string, ping llm.Ping) error {
	if settings.JSON {
		return p.writeJSON(pingJSON{address, settings.LLM.Model, ping.Form.String(), ping.Readable, ping.Took.Seconds()})
	}
	works := "works"
	if !ping.Readable {
		works = "does not work"
	}
	_, err := fmt.Fprintf(p.stdout, "%s: model %s answers after %s; structured output by %s %s\n",
		address, oneLine(settings.LLM.Model), ping.Took.Round(time.Millisecond), ping.Form, works)
	return err
}

func newLLMPrompts(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "prompts FOLDER",
		Short: "Write the built-in prompts into a folder, to read and change them",
		Long: "Writes the built-in prompts, in Chinese and English, into a folder. Change them and\n" +
			"name the folder in llm.prompts." + statusHelp,
		Args: needs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := p.settings(cmd); err != nil {
				return err
			}
			written, err := llm.WritePrompts(args[0])
			for _, path := range written {
				fmt.Fprintln(p.stdout, path)
			}
			if errors.Is(err, fs.ErrExist) {
				return badInput(err.Error(), "name another folder, or remove the file")
			}
			return err
		},
	}
}
