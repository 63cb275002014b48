package cli

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/render"
)

// newExport is the command export.
func newExport(p *program) *cobra.Command {
	var names []string
	for _, format := range render.Formats() {
		names = append(names, format.Name+" ("+format.About+")")
	}
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write the graph for Gephi, Graphviz and other programs",
		Long:    "Writes the graph in a format of other programs: " + strings.Join(names, "; ") + "." + statusHelp,
		Example: "  talkgraph export -o graph.gexf\n  talkgraph export --format json | jq .nodes",
		GroupID: groupUse,
		Args:    needs(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runExport(cmd.Context(), p, settings)
		},
	}
	config.AddFlags(cmd.Flags(), "export.output", "export.format", "export.focus", "export.depth", "export.lexicon", "export.gexf_version", "filter.extractor", "filter.min_confidence")
	return cmd
}

func runExport(ctx context.Context, p *program, settings *config.Config) error {
	name := exportFormat(settings)
	format, err := render.FormatOf(name)
	if err != nil {
		return wrongUse(err.Error(), "")
	}
	options := render.Options{GEXF: settings.Export.GEXFVersion}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		g, err := focused(ctx, snapshot, settings.Export.Focus, settings.Export.Depth)
		if err != nil {
			return err
		}
		if !settings.Export.Lexicon {
			g = graph.FromNotes(g)
		}
		return p.writeFile(settings.Export.Output, func(w io.Writer) error {
			warnings, err := render.Export(ctx, w, format.Name, g, options)
			p.drawingWarnings(warnings)
			return err
		})
	})
}

// exportFormat is the format asked for, or the one of the output file's ending.
func exportFormat(settings *config.Config) string {
	if settings.Export.Format != "" {
		return settings.Export.Format
	}
	ending := strings.ToLower(filepath.Ext(settings.Export.Output))
	for _, format := range render.Formats() {
		if format.Extension == ending {
			return format.Name
		}
	}
	return "json"
}

// focused is the whole graph, or what is near the entities that are named.
func focused(ctx context.Context, snapshot graph.Snapshot, focus []string, depth int) (*graph.Subgraph, error) {
	if len(focus) == 0 {
		return snapshot.All(ctx)
	}
	ids, err := entities(ctx, snapshot, focus)
	if err != nil {
		return nil, err
	}
	return graph.Neighbourhood(ctx, snapshot, ids, depth)
}

// entities finds the entities of the names that a user gave.
func entities(ctx context.Context, snapshot graph.Snapshot, names []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		if _, err := snapshot.Node(ctx, name); err == nil {
			ids = append(ids, name)
			continue
		}
		found, err := snapshot.Lookup(ctx, name)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, nothingFound("nothing in the graph is named "+name, "talkgraph ask finds names that are near")
		}
		ids = append(ids, found...)
	}
	return ids, nil
}

// drawingWarnings writes the warnings of an export or a drawing to stderr.
func (p *program) drawingWarnings(warnings []render.Warning) {
	for _, warning := range warnings {
		_, _ = io.WriteString(p.stderr, "warning: "+oneLine(string(warning))+"\n") // nowhere to report to
	}
}
