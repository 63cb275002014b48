package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"talkgraph/config"
)

// newConfig is the command config with its two subcommands.
func newConfig(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "config",
		Short:   "Show the settings, or write a file to change them",
		GroupID: groupProgram,
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newConfigShow(p), newConfigInit(p))
	return cmd
}

func newConfigShow(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "show",
		Short: "Print every setting with where it came from; secrets are masked",
		Args:  needs(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runConfigShow(p, settings)
		},
	}
}

// settingJSON is a row of "config show --json".
type settingJSON struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`
	Source string `json:"source"`
	Name   string `json:"name,omitempty"` // of the flag, variable or file:line
}

func runConfigShow(p *program, settings *config.Config) error {
	if settings.JSON {
		rows := []settingJSON{}
		for _, s := range settings.Settings() {
			rows = append(rows, settingJSON{s.Key, jsonValue(s.Shown), s.Source.Kind, s.Source.Name})
		}
		return p.writeJSON(rows)
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, s := range settings.Settings() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Key, textValue(s.Shown), s.Source)
	}
	return table.Flush()
}

// jsonValue writes times as people do, and a list that is not set as an empty one.
func jsonValue(value any) any {
	switch value := value.(type) {
	case fmt.Stringer:
		return value.String()
	case []string:
		if value == nil {
			return []string{}
		}
	}
	return value
}

func textValue(value any) string {
	if list, isList := value.([]string); isList {
		value = strings.Join(list, ", ")
	}
	if value == "" {
		return "–"
	}
	return oneLine(fmt.Sprint(value))
}

func newConfigInit(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a commented settings file, talkgraph.yaml here unless named; - is stdout",
		Args:  needs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := config.FileName
			if len(args) == 1 {
				name = args[0]
			}
			return runConfigInit(p, name)
		},
	}
}

func runConfigInit(p *program, name string) error {
	if name != "-" {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return badInput(name+": is there already", "remove it first, or name another file")
		}
	}
	err := p.writeFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, config.Template())
		return err
	})
	if err == nil && name != "-" {
		fmt.Fprintf(p.stdout, "%s: written; every line in it is a comment until you change it\n", name)
	}
	return err
}
