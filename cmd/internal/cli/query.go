package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// newQuery is the command query.
func newQuery(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "query GIZMO",
		Short: "Run a Gizmo query of Cayley on the store, as JSON lines",
		Long: "Passes a query in Gizmo, the query language of Cayley, to the store and prints each\n" +
			"result as one line of JSON. GIZMO may be - for standard input. talkgraph export\n" +
			"--format nquads shows what there is to ask for." + statusHelp,
		Example: "  talkgraph query 'g.V(\"<person/ada-winter>\").in(g.IRI(\"schema:performer\")).all()'",
		GroupID: groupUse,
		Args:    needs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runQuery(cmd.Context(), p, settings, args[0])
		},
	}
	config.AddFlags(cmd.Flags(), "query.limit", "query.timeout")
	return cmd
}

func runQuery(ctx context.Context, p *program, settings *config.Config, source string) error {
	if source == "-" {
		text, err := io.ReadAll(p.stdin)
		if err != nil {
			return badInput("standard input: "+err.Error(), "")
		}
		source = string(text)
	}
	if strings.TrimSpace(source) == "" {
		return wrongUse("the query is empty", "talkgraph query --help has an example")
	}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		return p.query(ctx, snapshot, source, settings.Query)
	})
}

// query prints the results up to the limit. One more is asked for, to know whether
// something is left out.
func (p *program) query(ctx context.Context, snapshot graph.Snapshot, source string, settings config.Query) error {
	to := bufio.NewWriter(p.stdout)
	count := 0
	for result, err := range store.Query(ctx, snapshot, source, store.Limits{Time: settings.Timeout, Results: settings.Limit + 1}) {
		if err != nil {
			return errors.Join(to.Flush(), queryError(ctx, err))
		}
		if count++; count > settings.Limit {
			break
		}
		_, _ = fmt.Fprintf(to, "%s\n", result) // Flush tells
	}
	if err := to.Flush(); err != nil {
		return err
	}
	switch {
	case count == 0:
		return nothingFound("the query has no results", "")
	case count > settings.Limit:
		fmt.Fprintf(p.stderr, "warning: there are more than %s; raise --limit to see them\n", plural(settings.Limit, "result"))
	}
	return nil
}

// queryError tells a wrong query from a failure of the store.
func queryError(ctx context.Context, err error) error {
	if ctx.Err() != nil || errors.Is(err, graph.ErrDamaged) {
		return err
	}
	message, mend, _ := strings.Cut(err.Error(), "; ")
	return badInput(message, mend)
}
