package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/extract/fact"
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
	config.AddFlags(cmd.Flags(), "export.output", "export.format", "export.focus", "export.depth", "export.types", "export.since", "export.until", "export.base", "export.lexicon", "export.gexf_version", "filter.extractor", "filter.min_confidence")
	return cmd
}

func runExport(ctx context.Context, p *program, settings *config.Config) error {
	name := exportFormat(settings)
	format, err := render.FormatOf(name)
	if err != nil {
		return wrongUse(err.Error(), "")
	}
	options := render.Options{GEXF: settings.Export.GEXFVersion, Base: settings.Export.Base}
	if err := options.Check(); err != nil {
		return wrongUse(err.Error(), "")
	}
	filter, err := exportFilter(settings)
	if err != nil {
		return err
	}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		g, err := focused(ctx, snapshot, settings.Export.Focus, settings.Export.Depth)
		if err != nil {
			return err
		}
		if !settings.Export.Lexicon {
			g = graph.FromNotes(g)
		}
		if len(g.Nodes) > 0 {
			if g = filter(g); len(g.Nodes) == 0 {
				return nothingFound("nothing is left of the graph", "widen --types, --since and --until")
			}
		}
		if format.Folder && namesFolder(settings.Export.Output) {
			return p.writeFolder(ctx, settings.Export.Output, format.Name, g, options)
		}
		return p.writeFile(settings.Export.Output, func(w io.Writer) error {
			warnings, err := render.Export(ctx, w, format.Name, g, options)
			p.drawingWarnings(warnings)
			return err
		})
	})
}

// exportFilter makes the filter that --types, --since and --until ask for.
func exportFilter(settings *config.Config) (func(*graph.Subgraph) *graph.Subgraph, error) {
	var types []fact.Type
	for _, name := range settings.Export.Types {
		known := slices.IndexFunc(fact.Types(), func(t fact.Type) bool { return strings.EqualFold(string(t), strings.TrimSpace(name)) })
		if known < 0 {
			return nil, wrongUse(fmt.Sprintf("--types: unknown type %q", name), fmt.Sprint("use some of ", fact.Types()))
		}
		types = append(types, fact.Types()[known])
	}
	for flag, date := range map[string]string{"--since": settings.Export.Since, "--until": settings.Export.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return nil, wrongUse(fmt.Sprintf("%s: %q is no date", flag, date), "write it as 2024-10-12")
		}
	}
	return func(g *graph.Subgraph) *graph.Subgraph {
		g = graph.Between(g, settings.Export.Since, settings.Export.Until)
		return graph.OfTypes(g, types)
	}, nil
}

// namesFolder holds for an output that names a folder: neither stdout nor an archive.
func namesFolder(output string) bool {
	return output != "-" && !strings.EqualFold(filepath.Ext(output), ".zip")
}

// writeFolder writes the files of a format into a folder. Files that are there are
// replaced, but what a user wrote around the text of a note is kept; other files stay.
func (p *program) writeFolder(ctx context.Context, folder, format string, g *graph.Subgraph, options render.Options) error {
	files, warnings, err := render.Files(ctx, format, g, options)
	p.drawingWarnings(warnings)
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Join(folder, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return outputError(name, err)
		}
		content := file.Content
		if old, err := os.ReadFile(name); err == nil && strings.HasSuffix(name, ".md") {
			content = render.MergeNote(old, content)
		}
		err := p.writeFile(name, func(w io.Writer) error {
			_, err := w.Write(content)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
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
