package cli

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
)

// newCheck is the command check.
func newCheck(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check PATH…",
		Short: "Show what build would read from the notes, with every warning; stores nothing",
		Long: "Shows the outline that build would read: the event, its sessions, the talks with their\n" +
			"speakers, what each is about and what you said beside it, in order of lines, and what\n" +
			"was set aside and why. The numbers in front are lines of the text as it is read, which\n" +
			"--text prints: that of a web page, a Word file or a PDF is not that of the file.\n" +
			"PATH is a file, a folder, or - for standard input." + statusHelp,
		Example: "  talkgraph check notes/\n  talkgraph check - < notes.md\n  talkgraph check --text page.html",
		GroupID: groupBuild,
		Args:    needs(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runCheck(cmd.Context(), p, settings, args)
		},
	}
	config.AddFlags(cmd.Flags(), "check.text", "corrections", "lexicon", "build.concepts", "build.min_score", "build.jobs")
	return cmd
}

// checkJSON is "check --json".
type checkJSON struct {
	Documents []outline `json:"documents"`
}

func runCheck(ctx context.Context, p *program, settings *config.Config, paths []string) error {
	sources, err := p.sources(paths)
	if err != nil {
		return err
	}
	options, err := p.buildOptions(settings)
	if err != nil {
		return err
	}
	meter := p.newMeter()
	options.Progress = meter.step
	readings, err := build.Read(ctx, sources, options)
	meter.end()
	if err != nil {
		return err
	}
	result := checkJSON{Documents: []outline{}}
	for _, r := range readings {
		p.warn(r.Facts.Diagnostics)
		if r.Err == nil {
			o := newOutline(r.ID, r.Source.Path, r.Facts, r.Note)
			if settings.Check.Text {
				o.Text = textLines(r.Note)
			}
			result.Documents = append(result.Documents, o)
		}
	}
	if err := p.writeCheck(settings, result); err != nil {
		return err
	}
	return p.unread(build.Failures(readings), paths)
}

func (p *program) writeCheck(settings *config.Config, result checkJSON) error {
	if settings.JSON {
		return p.writeJSON(result)
	}
	to := bufio.NewWriter(p.stdout)
	for i, o := range result.Documents {
		if i > 0 {
			fmt.Fprintln(to)
		}
		if settings.Check.Text {
			o.writeText(to, len(result.Documents) > 1)
		} else {
			o.write(to)
		}
	}
	return to.Flush()
}
