package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// completionLimit is the most names that a shell is given.
const completionLimit = 60

// completeNames lets the shell complete the names of entities wherever a command
// takes one.
func completeNames(p *program, root *cobra.Command) {
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "ask", "map", "path":
			cmd.ValidArgsFunction = p.completeEntity
		case "export":
			_ = cmd.RegisterFlagCompletionFunc("focus", p.completeEntity) // the flag is there: export made it
		}
	}
}

// completeEntity offers the names of the store that begin as what was typed, or as
// the end of it. It says nothing when there is no store: a shell has no place for errors.
func (p *program) completeEntity(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	settings, err := p.settings(cmd)
	if err != nil || strings.TrimSpace(typed) == "" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	err = read(cmd.Context(), settings, func(snapshot graph.Snapshot) error {
		for name, err := range ask.Complete(cmd.Context(), snapshot, typed, completionLimit) {
			if err != nil {
				return err
			}
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
