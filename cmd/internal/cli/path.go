package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// newPath is the command path.
func newPath(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "path A B",
		Short: "Show what connects two entities, step by step",
		Long: "Shows the shortest connections between two entities that mean something: through\n" +
			"talks, people, institutions and concepts, not through the event that everything is\n" +
			"part of. Every step stands on a line of the notes. With -o they are drawn as a map." + statusHelp,
		Example: "  talkgraph path 韩旭 吕鑫\n  talkgraph path RWKV LSTM -k 1 -o path.svg",
		GroupID: groupUse,
		Args:    needs(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runPath(cmd.Context(), p, settings, args[0], args[1])
		},
	}
	config.AddFlags(cmd.Flags(), "path.count", "path.output", "path.evidence")
	return cmd
}

func runPath(ctx context.Context, p *program, settings *config.Config, from, to string) error {
	if settings.Path.Output != "" {
		if _, err := pictureFormat(settings.Path.Output); err != nil {
			return err
		}
	}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		ends, err := p.ends(ctx, snapshot, settings, from, to)
		if err != nil {
			return err
		}
		result, err := ask.Connect(ctx, snapshot, from+" "+to, ends[0], ends[1], ask.Options{Paths: settings.Path.Count})
		if err != nil {
			return err
		}
		if settings.Path.Output != "" && len(result.Answers) > 0 {
			if err := p.drawPaths(ctx, snapshot, settings, result); err != nil {
				return err
			}
		}
		return p.writeResult(settings, result, settings.Path.Evidence, settings.Path.Output != "-")
	})
}

// ends finds the entities of the two names.
func (p *program) ends(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, names ...string) ([2][]string, error) {
	words := newThesaurus(settings)
	var ends [2][]string
	for i, name := range names {
		found, err := ask.Resolve(ctx, snapshot, words, name)
		switch {
		case err != nil:
			return ends, err
		case len(found.Entities) == 0:
			mend := ""
			if len(found.Near) > 0 {
				mend = "the graph has: " + labels(found.Near)
			}
			return ends, nothingFound("nothing in the graph is named "+name, mend)
		case ambiguous(found.Entities):
			return ends, nothingFound(name+" may be any of: "+identified(found.Entities), "name one of them")
		case found.Corrected != "":
			_, _ = fmt.Fprintf(p.stderr, "read as: %s\n", oneLine(found.Corrected)) // nowhere to report to
		}
		for _, entity := range found.Entities {
			ends[i] = append(ends[i], entity.ID)
		}
	}
	if slices.ContainsFunc(ends[0], func(id string) bool { return slices.Contains(ends[1], id) }) {
		return ends, nothingFound(names[0]+" and "+names[1]+" are the same", "name two different entities")
	}
	return ends, nil
}

// ambiguous reports whether a name means several people or several institutions.
func ambiguous(all []ask.Description) bool {
	count := map[fact.Type]int{}
	for _, d := range all {
		count[d.Type]++
	}
	return count[fact.Person] > 1 || count[fact.Organization] > 1
}

// identified lists entities so that each can be named again, by its ID.
func identified(all []ask.Description) string {
	var ids []string
	for _, d := range all {
		ids = append(ids, d.ID)
	}
	return strings.Join(ids, ", ")
}
