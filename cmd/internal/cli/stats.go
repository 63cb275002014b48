package cli

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// newStats is the command stats.
func newStats(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "stats",
		Short:   "Count the graph: entities, relations, evidence, documents, size",
		Long:    "Counts the entities of each type, the relations of each kind, the passages of the\nnotes behind them and the documents of the store, as in an export. What the lexicon alone\nknows is counted beside it." + statusHelp,
		GroupID: groupUse,
		Args:    needs(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runStats(cmd.Context(), p, settings)
		},
	}
}

// statsJSON is "stats --json".
type statsJSON struct {
	Store     string         `json:"store"`
	Nodes     map[string]int `json:"nodes"`
	Edges     map[string]int `json:"edges"`
	Lexicon   map[string]int `json:"lexicon"` // edges that the lexicon alone knows, not counted above
	Evidence  int            `json:"evidence"`
	Documents []documentJSON `json:"documents"`
	Quads     int64          `json:"quads"`
	Bytes     int64          `json:"bytes"`
}

type documentJSON struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

func runStats(ctx context.Context, p *program, settings *config.Config) error {
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		stats, err := snapshot.Stats(ctx)
		if err != nil {
			return err
		}
		parts, err := snapshot.Parts(ctx)
		if err != nil {
			return err
		}
		if settings.JSON {
			return p.writeJSON(newStatsJSON(config.MaskURL(settings.Store), stats, parts))
		}
		return writeStats(p, config.MaskURL(settings.Store), stats, parts)
	})
}

func newStatsJSON(store string, stats graph.Stats, parts []graph.PartInfo) statsJSON {
	result := statsJSON{Store: store, Nodes: nodeCounts(stats), Edges: edgeCounts(stats), Lexicon: lexiconCounts(stats), Evidence: stats.Evidence - stats.LexiconEvidence,
		Documents: []documentJSON{}, Quads: stats.Quads, Bytes: stats.Bytes}
	for _, part := range parts {
		result.Documents = append(result.Documents, documentJSON{part.ID, part.Source})
	}
	return result
}

// nodeCounts has every type, those that are not there with 0.
func nodeCounts(stats graph.Stats) map[string]int {
	counts := map[string]int{}
	for _, t := range fact.Types() {
		counts[string(t)] = stats.Nodes[t]
	}
	return counts
}

// lexiconCounts has the predicates of edges that the lexicon alone knows.
func lexiconCounts(stats graph.Stats) map[string]int {
	counts := map[string]int{}
	for predicate, count := range stats.Lexicon {
		if count > 0 {
			counts[string(predicate)] = count
		}
	}
	return counts
}

// edgeCounts has every predicate, those that are not there with 0: the edges that
// the notes give, as in an export.
func edgeCounts(stats graph.Stats) map[string]int {
	counts := map[string]int{}
	for _, predicate := range fact.Predicates() {
		counts[string(predicate)] = stats.Edges[predicate] - stats.Lexicon[predicate]
	}
	return counts
}

func writeStats(p *program, store string, stats graph.Stats, parts []graph.PartInfo) error {
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, t := range fact.Types() {
		fmt.Fprintf(table, "%d\t %s\n", stats.Nodes[t], t)
	}
	fmt.Fprintln(table)
	for _, predicate := range fact.Predicates() {
		more := ""
		if count := stats.Lexicon[predicate]; count > 0 {
			more = fmt.Sprintf("  and %d from the lexicon alone", count)
		}
		fmt.Fprintf(table, "%d\t %s%s\n", stats.Edges[predicate]-stats.Lexicon[predicate], predicate, more)
	}
	fmt.Fprintf(table, "\n%d\t passages of evidence\n", stats.Evidence-stats.LexiconEvidence)
	fmt.Fprintf(table, "%d\t quads\n", stats.Quads)
	if err := table.Flush(); err != nil {
		return err
	}
	size := ""
	if stats.Bytes > 0 {
		size = ", " + humanBytes(stats.Bytes)
	}
	fmt.Fprintf(p.stdout, "\n%s%s, %s\n", store, size, plural(len(parts), "document"))
	for _, part := range parts {
		fmt.Fprintf(p.stdout, "  %s\n", oneLine(part.Source))
	}
	return nil
}
