package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/render"
)

// newImport is the command import.
func newImport(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Load an export back into the store",
		Long: "Loads what talkgraph export wrote as graph JSON or N-Quads, so that the store gives\n" +
			"back the same graph. Documents that the store has under the same name are replaced,\n" +
			"others stay. FILE may be - for standard input." + statusHelp,
		Example: "  talkgraph export -o graph.json\n  talkgraph import graph.json --store copy.db",
		GroupID: groupBuild,
		Args:    needs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runImport(cmd.Context(), p, settings, args[0])
		},
	}
}

// importJSON is "import --json".
type importJSON struct {
	Store     string   `json:"store"`
	Documents []string `json:"documents"`
	Nodes     int      `json:"nodes"`
	Edges     int      `json:"edges"`
}

func runImport(ctx context.Context, p *program, settings *config.Config, name string) error {
	g, err := p.readExport(name)
	if err != nil {
		return err
	}
	opened, err := openStore(ctx, settings)
	if err != nil {
		return err
	}
	ids, err := build.Import(ctx, opened, g)
	if err = errors.Join(err, opened.Close()); err != nil {
		return storeError(settings.Store, err)
	}
	store := config.MaskURL(settings.Store)
	if settings.JSON {
		if ids == nil {
			ids = []string{}
		}
		return p.writeJSON(importJSON{store, ids, len(g.Nodes), len(g.Edges)})
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %s imported, with %s and %s\n", store, plural(len(ids), "document"), plural(len(g.Nodes), "node"), plural(len(g.Edges), "edge"))
	return err
}

// readExport reads an export, whose format is told by its first character.
func (p *program) readExport(name string) (*graph.Subgraph, error) {
	data, err := p.readInput(name)
	if err != nil {
		return nil, badInput(fmt.Sprintf("%s: cannot be read: %v", name, bare(err)), "check the path")
	}
	g, err := parseExport(data)
	if err != nil {
		return nil, badInput(name+": "+err.Error(), "import reads what talkgraph export --format json and --format nquads write")
	}
	return g, nil
}

func (p *program) readInput(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(p.stdin)
	}
	return os.ReadFile(name)
}

func parseExport(data []byte) (*graph.Subgraph, error) {
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if len(trimmed) == 0 {
		return nil, errors.New("it is empty")
	}
	if trimmed[0] == '<' || trimmed[0] == '#' { // an IRI or a comment
		return render.ReadNQuads(bytes.NewReader(trimmed))
	}
	return render.ReadJSON(bytes.NewReader(trimmed))
}
