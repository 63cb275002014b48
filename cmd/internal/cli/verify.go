package cli

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
	"talkgraph/graph"
)

// newVerify is the command verify.
func newVerify(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "verify PATH…",
		Short: "Look every quote of the graph up in the notes again",
		Long: "Looks up in the notes every passage that the graph stands on, and lists those\n" +
			"that no longer stand there, with the line where they stand now if there is one; also\n" +
			"notes that the store does not have, and with a folder the documents of the store that\n" +
			"are not in it. Give the same PATHs as to build." + statusHelp,
		GroupID: groupBuild,
		Args:    needs(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runVerify(cmd.Context(), p, settings, args)
		},
	}
}

// verifyJSON is "verify --json".
type verifyJSON struct {
	Passages int        `json:"passages"`
	Lost     []lostJSON `json:"lost"`
	Unknown  []string   `json:"unknown"` // notes that the store does not have
	Missing  []string   `json:"missing"` // documents of the store that are not among the notes
}

type lostJSON struct {
	File     string `json:"file"`
	Document string `json:"document"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Quote    string `json:"quote"`
	Moved    int    `json:"movedTo,omitempty"` // line where the quote stands now
	Source   string `json:"source"`
	Relation string `json:"relation"`
	Target   string `json:"target"`
}

func runVerify(ctx context.Context, p *program, settings *config.Config, paths []string) error {
	sources, err := p.sources(paths)
	if err != nil {
		return err
	}
	var result build.Verification
	err = read(ctx, settings, func(snapshot graph.Snapshot) error {
		result, err = build.Verify(ctx, snapshot, sources, slices.ContainsFunc(paths, isFolder))
		return err
	})
	if err != nil {
		return err
	}
	if settings.JSON {
		err = p.writeJSON(newVerifyJSON(result))
	} else {
		writeVerification(p, result)
	}
	if err == nil {
		err = p.unread(result.Failures, paths)
	}
	switch {
	case err != nil:
		return err
	case len(result.Lost) > 0:
		return nothingFound(fmt.Sprintf("%d of %s no longer stand in the notes", len(result.Lost), plural(result.Passages, "passage")),
			"talkgraph build reads the notes anew")
	case len(result.Unknown) > 0:
		return nothingFound(plural(len(result.Unknown), "document")+" of the notes not in the store", "talkgraph build reads them")
	case len(result.Missing) > 0:
		return nothingFound(plural(len(result.Missing), "document")+" of the store not among the notes", "talkgraph build --prune removes them")
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func newVerifyJSON(result build.Verification) verifyJSON {
	rows := verifyJSON{Passages: result.Passages, Lost: []lostJSON{}, Unknown: append([]string{}, result.Unknown...), Missing: append([]string{}, result.Missing...)}
	for _, l := range result.Lost {
		rows.Lost = append(rows.Lost, lostJSON{l.Path, l.Evidence.Document, l.Evidence.Line, l.Evidence.Column, l.Evidence.Quote,
			l.Moved, l.Edge.Source, string(l.Edge.Predicate), l.Edge.Target})
	}
	return rows
}

func writeVerification(p *program, result build.Verification) {
	for _, l := range result.Lost {
		now := "is gone"
		if l.Moved > 0 {
			now = fmt.Sprintf("stands in line %d now", l.Moved)
		}
		fmt.Fprintf(p.stdout, "%s\n", oneLine(fmt.Sprintf("%s:%d:%d: %s: %s (%s %s %s)", l.Path, l.Evidence.Line, l.Evidence.Column,
			now, l.Evidence.Quote, l.Edge.Source, l.Edge.Predicate, l.Edge.Target)))
	}
	for _, path := range result.Unknown {
		fmt.Fprintf(p.stdout, "%s: is not in the store\n", oneLine(path))
	}
	for _, source := range result.Missing {
		fmt.Fprintf(p.stdout, "%s: is not among the notes\n", oneLine(source))
	}
	if result.Clean() {
		fmt.Fprintf(p.stdout, "%s stand in the notes as the graph says\n", plural(result.Passages, "passage"))
	}
}
