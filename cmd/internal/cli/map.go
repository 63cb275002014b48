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
	"talkgraph/graph/ask"
	"talkgraph/render"
	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// pictures are the endings of files that can be drawn.
var pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".pdf", ".dot"}

// newMap is the command map.
func newMap(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "map [FOCUS…]",
		Short: "Draw a concept map around entities, or the overview",
		Long: "Draws a concept map around the named entities into a file; two of one kind are\n" +
			"compared, what they share in the middle. Without a name it is the programme of the\n" +
			"events by day and session. --talk draws what a talk covers, --people who is from\n" +
			"which institution, --timeline when a concept was spoken of.\n" +
			"The ending of the file names the format: " + strings.Join(pictures, " ") + "." + statusHelp,
		Example: "  talkgraph map -o overview.svg\n  talkgraph map RWKV -o rwkv.png --limit 20\n" +
			"  talkgraph map RWKV Mamba -o compared.svg\n  talkgraph map --talk 韩旭 -o talk.pdf\n" +
			"  talkgraph map --people -o people.svg\n  talkgraph map Transformer --timeline -o when.svg",
		GroupID: groupUse,
		Args:    needs(0, -1),
	}
	var kind mapKind
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		settings, err := p.settings(cmd)
		if err != nil {
			return err
		}
		return runMap(cmd.Context(), p, settings, kind, args)
	}
	kind.addFlags(cmd)
	config.AddFlags(cmd.Flags(), "map.output", "map.lang", "map.theme", "map.layout", "map.limit", "map.depth", "map.types", "map.scale", "map.links", "map.timeout", "filter.extractor", "filter.min_confidence")
	return cmd
}

// mapKind is what the flags of this one map ask for; none of them is a setting
// that could stand for all maps.
type mapKind struct {
	talk, people, timeline bool
	question               string
}

func (k *mapKind) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&k.talk, "talk", false, "what the named talk, or the talk of the named person, covers")
	flags.BoolVar(&k.people, "people", false, "speakers by institution; with FOCUS, those who belong to it")
	flags.BoolVar(&k.timeline, "timeline", false, "the talks about FOCUS by day and event")
	flags.StringVar(&k.question, "question", "", "the `QUESTION` that the map answers, as its title")
}

// of is the kind of map; the error says what the flags lack.
func (k *mapKind) of(focus []string) (render.MapKind, error) {
	switch {
	case k.talk && k.people || k.people && k.timeline || k.timeline && k.talk:
		return "", wrongUse("--talk, --people and --timeline are different maps", "give one of them")
	case (k.talk || k.timeline) && len(focus) == 0:
		return "", wrongUse("--talk and --timeline need to know of what", "name an entity: talkgraph map --talk NAME")
	case k.talk:
		return render.TalkMap, nil
	case k.people:
		return render.PeopleMap, nil
	case k.timeline:
		return render.TimelineMap, nil
	default:
		return render.AutomaticMap, nil
	}
}

func runMap(ctx context.Context, p *program, settings *config.Config, flags mapKind, focus []string) error {
	format, err := pictureFormat(settings.Map.Output)
	if err != nil {
		return err
	}
	kind, err := flags.of(focus)
	if err != nil {
		return err
	}
	var placing layout.Options
	if format != "dot" {
		// Both take a while to get ready, in which the store can be read.
		go scene.LoadFonts()
		placing.Waiting = layout.Prepare()
		defer placing.Waiting.Close()
	}
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		ids, err := p.foci(ctx, snapshot, settings, focus)
		if err != nil {
			return err
		}
		return p.drawMap(ctx, snapshot, settings, settings.Map.Output, render.MapRequest{Kind: kind, Focus: ids, Question: flags.question, Layout: placing})
	})
}

// foci finds the entities that a map is drawn around. A name that is unknown or
// may be several people is answered with the candidates.
func (p *program) foci(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, names []string) ([]string, error) {
	words := newThesaurus(settings)
	var ids []string
	for _, name := range names {
		found, err := ask.Resolve(ctx, snapshot, words, name)
		switch {
		case err != nil:
			return nil, err
		case len(found.Entities) == 0:
			mend := "talkgraph ask finds names that are near"
			if len(found.Near) > 0 {
				mend = "the graph has: " + labels(found.Near)
			}
			return nil, nothingFound("nothing in the graph is named "+name, mend)
		case ambiguous(found.Entities):
			return nil, nothingFound(name+" may be any of: "+identified(found.Entities), "name one of them")
		case found.Corrected != "":
			_, _ = fmt.Fprintf(p.stderr, "read as: %s\n", oneLine(found.Corrected)) // nowhere to report to
		}
		for _, entity := range found.Entities {
			ids = append(ids, entity.ID)
		}
	}
	return ids, nil
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
	return p.drawMap(ctx, snapshot, settings, output, render.MapRequest{Focus: focus})
}

// drawMap draws a map of some kind, around some focus, into a file.
func (p *program) drawMap(ctx context.Context, snapshot graph.Snapshot, settings *config.Config, output string, asked render.MapRequest) error {
	format, err := pictureFormat(output)
	if err != nil {
		return err
	}
	focus := asked.Focus
	depth := settings.Map.Depth
	if asked.Kind != render.AutomaticMap {
		depth = max(depth, kindDepth)
	}
	if asked.Kind == render.PeopleMap {
		focus = nil
	}
	g, err := drawn(ctx, snapshot, focus, depth)
	if err != nil {
		return err
	}
	if len(g.Nodes) == 0 {
		return nothingFound("there is nothing to draw", "build notes first, or ask for less with --extractor and --min-confidence")
	}
	request, err := mapRequest(settings, asked.Focus)
	if err != nil {
		return err
	}
	request.Kind, request.Question, request.Layout.Waiting = asked.Kind, asked.Question, asked.Layout.Waiting
	if format == "dot" {
		return p.writeFile(output, func(w io.Writer) error { return render.MapDOT(w, g, request) })
	}
	drawing, warnings, err := render.Map(ctx, g, request)
	if err != nil {
		return err
	}
	p.drawingWarnings(warnings)
	return p.writeFile(output, func(w io.Writer) error { return render.Draw(w, drawing, format, settings.Map.Scale) })
}

// kindDepth is how many steps away lies what the kinds of maps show of a focus:
// concept, talk, session, event.
const kindDepth = 3

// drawn is what a map is made of.
func drawn(ctx context.Context, snapshot graph.Snapshot, focus []string, depth int) (*graph.Subgraph, error) {
	if len(focus) == 0 {
		return snapshot.All(ctx)
	}
	for _, id := range focus {
		if node, err := snapshot.Node(ctx, id); err == nil && node.Type == fact.Organization {
			return graph.Neighbourhood(ctx, snapshot, focus, depth+1) // its people stand between it and their talks
		}
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
	request := render.MapRequest{Focus: focus, Limit: settings.Map.Limit, Depth: settings.Map.Depth, Language: language, Theme: theme, Links: settings.Map.Links,
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
