// Package cli is the command line: one file per command, each with its flags and
// its run function, and the table of exit statuses (status.go).
//
// It joins the other rooms and adds nothing to what they know: a rule about notes
// belongs to extract, about the graph to graph, about pictures and formats to
// render, and a setting is a row of config's table.
//
// Results go to stdout, everything else to stderr. Run works inside a process as
// well as for one, so nothing here may touch os.Stdout, os.Exit or a global.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/render/layout"
)

// Run carries out one call of the program and returns its exit status. The
// arguments are without the program's name. It never panics on wrong input and
// writes nothing but to the three streams and to files that the arguments name.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 1 && args[0] == layout.ChildArgument {
		if err := layout.Child(stdin, stdout); err != nil {
			fmt.Fprintln(stderr, err)
			return statusOutside
		}
		return statusDone
	}
	out := &keepingWriter{to: stdout}
	p := &program{stdin: stdin, stdout: out, stderr: stderr, json: wantsJSON(args)}
	root := newRoot(p)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	if out.err != nil { // whatever the command made of it
		err = outputError("standard output", out.err)
	}
	return p.finish(err)
}

// program is what every command works with.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	json   bool // whether errors are written as JSON
}

// newRoot builds the tree of commands. What is not here does not exist.
func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "talkgraph",
		Short: "Turn notes of talks into a knowledge graph that shows its evidence",
		Long: "talkgraph turns notes of talks, in Chinese, English or both, into a knowledge graph\n" +
			"that you can ask, draw and export. It works offline, gives the same graph for the\n" +
			"same notes, and shows the lines of the notes behind everything it says.",
		Example:           "  talkgraph build notes/ --map overview.svg\n  talkgraph ask \"who talked about RWKV\"",
		Version:           version(),
		Args:              noSuchCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	config.AddFlags(root.PersistentFlags(), "store", "json")
	root.AddGroup(
		&cobra.Group{ID: groupBuild, Title: "From notes to a graph:"},
		&cobra.Group{ID: groupUse, Title: "From the graph:"},
		&cobra.Group{ID: groupProgram, Title: "The program itself:"},
	)
	root.AddCommand(newBuild(p), newCheck(p), newVerify(p), newImport(p), newAsk(p), newPath(p), newMap(p), newExport(p), newServe(p), newStats(p), newQuery(p), newLLM(p), newConfig(p))
	completeNames(p, root)
	root.SetHelpCommand(newHelp())
	root.SetHelpCommandGroupID(groupProgram)
	root.SetCompletionCommandGroupID(groupProgram)
	return root
}

// Groups of commands in the help.
const (
	groupBuild   = "build"
	groupUse     = "use"
	groupProgram = "program"
)

// settings reads the configuration for a command whose flags are parsed.
func (p *program) settings(cmd *cobra.Command) (*config.Config, error) {
	options := config.Options{Folder: ".", Flags: cmd.Flags()}
	if folder, err := os.UserConfigDir(); err == nil {
		options.UserFolder = filepath.Join(folder, "talkgraph")
	}
	settings, err := config.Load(options)
	if err != nil {
		return nil, err
	}
	p.json = settings.JSON
	return settings, nil
}

// wantsJSON looks for --json before the flags are parsed, so that an error in the
// flags is already written the right way.
func wantsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// version says which program this is, from what the Go toolchain knows.
func version() string {
	number := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		number = info.Main.Version
	}
	return fmt.Sprintf("%s %s %s/%s", number, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
