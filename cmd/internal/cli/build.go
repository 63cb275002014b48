package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// newBuild is the command build.
func newBuild(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build PATH…",
		Short: "Read notes into the graph",
		Long: "Reads notes (files, folders, - for standard input), finds events, talks, people,\n" +
			"institutions and concepts in them, and puts them into the store. Run it again after\n" +
			"the notes have changed: only what has changed is read, and a document that is gone\n" +
			"is removed with --prune. With --watch it stays and does so by itself." + statusHelp,
		Example: "  talkgraph build notes/ --map overview.svg\n  talkgraph build smp2024.txt --store smp.db",
		GroupID: groupBuild,
		Args:    needs(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runBuild(cmd.Context(), p, settings, args)
		},
	}
	config.AddFlags(cmd.Flags(), "corrections", "lexicon", "build.concepts", "build.min_score", "build.prune", "build.watch", "build.jobs", "build.map",
		"build.extractor", "build.dry_run", "build.verbose", "build.record", "build.replay")
	return cmd
}

// buildJSON is "build --json".
type buildJSON struct {
	Store     string           `json:"store"`
	Documents []builtJSON      `json:"documents"`
	Nodes     map[string]int   `json:"nodes"`
	Edges     map[string]int   `json:"edges"`
	Evidence  int              `json:"evidence"`
	Merges    []mergeJSON      `json:"merges"`
	MaybeSame []mergeJSON      `json:"maybeSame"`
	Warnings  []diagnosticJSON `json:"warnings"`
	Model     *modelJSON       `json:"model,omitempty"`
}

type builtJSON struct {
	ID    string `json:"id"`
	File  string `json:"file"`
	State string `json:"state"` // added, changed, unchanged, removed, failed
}

type mergeJSON struct {
	Kept     string `json:"kept"`
	Merged   string `json:"merged"`
	Reason   string `json:"reason"`
	Document string `json:"document,omitempty"`
	Line     int    `json:"line,omitempty"`
}

// How much the heap may grow before it is swept, in percent of what is in use: a
// small build lasts too short to be swept at the usual 100, a large one should not
// take twice the room it needs.
const (
	growthOfSmall = 300
	growthOfLarge = 40
	large         = 2 << 20 // bytes of notes, with what each adds
	perDocument   = 2 << 10 // bytes
)

// growth is how much the heap may grow while these notes are read, in percent.
func growth(sources []build.Source) int {
	var size int64
	for _, s := range sources {
		size += max(s.Size, int64(len(s.Data))) + perDocument
	}
	if size > large {
		return growthOfLarge
	}
	return growthOfSmall
}

func runBuild(ctx context.Context, p *program, settings *config.Config, paths []string) error {
	if settings.Build.Map != "" {
		if _, err := pictureFormat(settings.Build.Map); err != nil {
			return err
		}
	}
	if !settings.Build.Watch {
		return p.buildOnce(ctx, settings, paths)
	}
	if slices.Contains(paths, "-") || settings.Store == store.Memory {
		return wrongUse("--watch needs notes in files and a store that stays", "name files or folders, and a file with --store")
	}
	corrections, _ := settings.CorrectionsFile()
	return p.watch(ctx, paths, append([]string{corrections}, settings.Lexicon...), func(ctx context.Context) error {
		return p.buildOnce(ctx, settings, paths)
	})
}

// buildOnce opens the store only as long as it works on it.
func (p *program) buildOnce(ctx context.Context, settings *config.Config, paths []string) error {
	sources, err := p.sources(paths)
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(growth(sources)))
	}
	options, err := p.buildOptions(settings)
	if err != nil {
		return err
	}
	model, err := newModelRun(settings, &options)
	if err != nil {
		return err
	}
	if settings.Build.DryRun {
		return p.dryRun(ctx, settings, sources, options, paths)
	}
	if isNewFile(settings.Store) { // no store is made for notes that cannot be read
		if err := build.Check(sources); err != nil {
			return unreadable(err)
		}
	}
	opened, err := openStore(ctx, settings)
	if err != nil {
		return err
	}
	err = p.build(ctx, settings, opened, sources, options, model, paths)
	if closing := opened.Close(); err == nil {
		err = closing
	}
	return storeError(settings.Store, err)
}

// isNewFile reports whether opening the store would make a file.
func isNewFile(name string) bool {
	if name == store.Memory || strings.Contains(name, "://") {
		return false
	}
	_, err := os.Stat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// build does the work of the command on an open store.
func (p *program) build(ctx context.Context, settings *config.Config, opened graph.Store, sources []build.Source, options build.Options, model *modelRun, paths []string) error {
	meter := p.newMeter()
	options.Progress = model.progress(meter.step, len(sources))
	summary, err := build.Run(ctx, opened, sources, options)
	meter.end()
	if err != nil {
		return err
	}
	snapshot, err := opened.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Close() // only read
	stats, err := snapshot.Stats(ctx)
	if err != nil {
		return err
	}
	p.warn(summary.Diagnostics)
	name := config.MaskURL(settings.Store)
	if settings.JSON {
		result := newBuildJSON(name, summary, stats)
		result.Model = model.json()
		err = p.writeJSON(result)
	} else {
		p.writeBuild(name, summary, stats)
		model.write(p.stdout)
	}
	if err != nil {
		return err
	}
	if settings.Build.Map != "" {
		if err := p.draw(ctx, snapshot, settings, settings.Build.Map, nil); err != nil {
			return err
		}
	}
	if err := p.unread(summary.Failures, paths); err != nil {
		return err
	}
	return model.failure()
}

func newBuildJSON(store string, summary build.Summary, stats graph.Stats) buildJSON {
	result := buildJSON{Store: store, Documents: []builtJSON{}, Nodes: nodeCounts(stats), Edges: edgeCounts(stats),
		Evidence: stats.Evidence, Merges: []mergeJSON{}, MaybeSame: []mergeJSON{}, Warnings: newDiagnosticsJSON(summary.Diagnostics)}
	for _, d := range summary.Documents {
		result.Documents = append(result.Documents, builtJSON{d.ID, d.Path, string(d.State)})
	}
	if summary.Resolution != nil {
		result.Merges = append(result.Merges, mergeRows(summary.Resolution.Merges)...)
		result.MaybeSame = append(result.MaybeSame, mergeRows(summary.Resolution.MaybeSame)...)
	}
	return result
}

func mergeRows(merges []resolve.Merge) []mergeJSON {
	var rows []mergeJSON
	for _, m := range merges {
		rows = append(rows, mergeJSON{m.Kept, m.Merged, m.Reason, m.Document, m.Line})
	}
	return rows
}

// writeBuild prints the summary for a person.
func (p *program) writeBuild(store string, summary build.Summary, stats graph.Stats) {
	if summary.Resolution != nil {
		p.writeMerges("same", summary.Resolution.Merges)
		p.writeMerges("maybe same", summary.Resolution.MaybeSame)
	}
	fmt.Fprintf(p.stdout, "%s: %s\n", store, documentCounts(summary))
	var counts []string
	for _, t := range fact.Types() {
		if count := stats.Nodes[t]; count > 0 && t != fact.Document {
			counts = append(counts, plural(count, strings.ToLower(string(t))))
		}
	}
	if counts == nil {
		counts = []string{"nothing in it"}
	}
	edges := 0
	for predicate, count := range stats.Edges {
		edges += count - stats.Lexicon[predicate]
	}
	fmt.Fprintf(p.stdout, "%s, %s on %s of the notes\n", strings.Join(counts, ", "), plural(edges, "relation"), plural(stats.Evidence-stats.LexiconEvidence, "passage"))
}

func (p *program) writeMerges(what string, merges []resolve.Merge) {
	for _, m := range merges {
		fmt.Fprintf(p.stdout, "%s\n", oneLine(fmt.Sprintf("%s: %s = %s (%s)", what, m.Kept, m.Merged, m.Reason)))
	}
}

// documentCounts says what became of the documents: "2 documents added, 1 unchanged".
func documentCounts(summary build.Summary) string {
	var parts []string
	for _, state := range []build.State{build.Added, build.Changed, build.Unchanged, build.Removed, build.Failed} {
		count := summary.Count(state)
		switch {
		case count == 0:
		case parts == nil:
			parts = append(parts, fmt.Sprintf("%s %s", plural(count, "document"), state))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", count, state))
		}
	}
	return strings.Join(parts, ", ")
}
