package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render"
	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// pictures are the endings of files that can be drawn.
var pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".pdf"}

// newMap is the command map.
func newMap(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "map [FOCUS…]",
		Short: "Draw a concept map around entities, or the overview",
		Long: "Draws a concept map around the named entities into a file; without a name, the\n" +
			"overview of the events. The ending of the file names the format: " + strings.Join(pictures, " ") + "." + statusHelp,
		Example: "  talkgraph map -o overview.svg\n  talkgraph map RWKV -o rwkv.png --limit 20",
		GroupID: groupUse,
		Args:    needs(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runMap(cmd.Context(), p, settings, args)
		},
	}
	config.AddFlags(cmd.Flags(), "map.output", "map.lang", "map.theme", "map.layout", "map.limit", "map.depth", "map.types", "map.scale", "map.timeout", "filter.extractor", "filter.min_confidence")
	return cmd
}

func runMap(ctx context.Context, p *program, settings *config.Config, focus []string) error {
	if _, err := pictureFormat(settings.Map.Output); err != nil {
		return err
	}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		ids, err := entities(ctx, snapshot, focus)
		if err != nil {
			return err
		}
		return p.draw(ctx, snapshot, settings, settings.Map.Output, ids)
	})
}

// pictureFormat is the format that the ending of a file names.
func pictureFormat(name string) (string, error) {
	if name == "-" {
		return "svg", nil
	}
	ending := strings.ToLower(filepath.Ext(name))
	if !slices.Contains(pictures, ending) {
		return "", wrongUse(fmt.Sprintf("%s: the ending %q names no picture format", name, ending), "use one of "+strings.Join(pictures, " "))
	}
	return ending[1:], nil
}

// draw draws the map around some entities, or the overview, into a file.
func (p *program) draw(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, output string, focus []string) error {
	format, err := pictureFormat(output)
	if err != nil {
		return err
	}
	g, err := drawn(ctx, snapshot, focus, settings.Map.Depth)
	if err != nil {
		return err
	}
	request, err := mapRequest(settings, focus)
	if err != nil {
		return err
	}
	drawing, warnings, err := render.Map(ctx, g, request)
	if err != nil {
		return err
	}
	p.drawingWarnings(warnings)
	return p.writeFile(output, func(w io.Writer) error { return render.Draw(w, drawing, format, settings.Map.Scale) })
}

// drawn is what a map is made of.
func drawn(ctx context.Context, snapshot graph.Snapshot, focus []string, depth int) (*graph.Subgraph, error) {
	if len(focus) == 0 {
		return snapshot.All(ctx)
	}
	return graph.Neighbourhood(ctx, snapshot, focus, depth)
}

func mapRequest(settings *config.Config, focus []string) (render.MapRequest, error) {
	language, err := wording.ParseLanguage(settings.Map.Lang)
	if err != nil {
		return render.MapRequest{}, wrongUse(err.Error(), "")
	}
	theme, err := scene.ParseTheme(settings.Map.Theme)
	if err != nil {
		return render.MapRequest{}, wrongUse(err.Error(), "")
	}
	request := render.MapRequest{Focus: focus, Limit: settings.Map.Limit, Depth: settings.Map.Depth, Language: language, Theme: theme,
		Layout: layout.Options{Timeout: settings.Map.Timeout}}
	if settings.Map.Layout == string(layout.Sfdp) {
		request.Layout.Engine = layout.Sfdp
	}
	for _, name := range settings.Map.Types {
		t, err := typeNamed(name)
		if err != nil {
			return render.MapRequest{}, err
		}
		request.Types = append(request.Types, t)
	}
	return request, nil
}

// typeNamed reads the name of a type in any case.
func typeNamed(name string) (fact.Type, error) {
	var names []string
	for _, t := range fact.Types() {
		if strings.EqualFold(string(t), name) {
			return t, nil
		}
		names = append(names, string(t))
	}
	return "", wrongUse(fmt.Sprintf("--types %s: there is no such type", name), "use "+strings.Join(names, ", "))
}
