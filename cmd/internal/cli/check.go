package cli

import (
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
			"speakers, and what each is about. The numbers in front are lines of the notes.\n" +
			"PATH is a file, a folder, or - for standard input." + statusHelp,
		Example: "  talkgraph check notes/\n  talkgraph check - < notes.md",
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
	config.AddFlags(cmd.Flags(), "corrections", "lexicon", "build.concepts", "build.min_score", "build.jobs")
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
	meter := p.newMeter("reading document")
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
			result.Documents = append(result.Documents, newOutline(r.ID, r.Source.Path, r.Facts))
		}
	}
	if settings.JSON {
		if err := p.writeJSON(result); err != nil {
			return err
		}
	} else {
		for i, o := range result.Documents {
			if i > 0 {
				fmt.Fprintln(p.stdout)
			}
			o.write(p.stdout)
		}
	}
	return p.unread(build.Failures(readings), paths)
}
