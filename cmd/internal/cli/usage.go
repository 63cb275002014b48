package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"talkgraph/config/nearest"
)

// noSuchCommand is the check of the root's arguments: all it is ever given are
// words that are not commands.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	full := strings.TrimPrefix(cmd.CommandPath()+" "+args[0], "talkgraph ")
	mend := cmd.CommandPath() + " --help lists them"
	if near := nearest.Word(args[0], names); near != "" {
		mend = "the nearest is " + near
	}
	return wrongUse("unknown command "+full, mend)
}

// flagError words what pflag found wrong with the flags.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown)
	case errors.As(err, &invalid):
		return wrongUse(fmt.Sprintf("--%s %v", invalid.GetFlag().Name, invalid.Unwrap()), "")
	case errors.As(err, &missing):
		return wrongUse("--"+missing.GetFlag().Name+" needs a value", missing.GetFlag().Usage)
	default:
		return wrongUse(err.Error(), "")
	}
}

func unknownFlag(cmd *cobra.Command, err *pflag.NotExistError) error {
	name, dashes := err.GetSpecifiedName(), "--"
	if err.GetSpecifiedShortnames() != "" {
		dashes = "-"
	}
	var known []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			known = append(known, flag.Name)
		}
	})
	slices.Sort(known)
	mend := cmd.CommandPath() + " --help lists the flags"
	if near := nearest.Word(name, known); near != "" && dashes == "--" {
		mend = "the nearest is --" + near
	}
	return wrongUse("unknown flag "+dashes+name, mend)
}

// needs checks the number of arguments; most is -1 for any number. The usage
// line of the command tells what they are.
func needs(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		usage := "usage: " + strings.TrimSuffix(cmd.UseLine(), " [flags]")
		switch {
		case len(args) < least:
			return wrongUse(cmd.CommandPath()+" needs more to work on", usage)
		case most >= 0 && len(args) > most:
			return wrongUse(fmt.Sprintf("%s does not know what to do with %q", cmd.CommandPath(), args[most]), usage)
		}
		return nil
	}
}

// newHelp is cobra's help command with an error for what does not exist.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(cmd.Root(), args)
			}
			return found.Help()
		},
	}
}
