package cli

import (
	"talkgraph/config"
	"talkgraph/graph"
)

// believed is the snapshot with only the passages that --extractor and
// --min-confidence let through.
func believed(snapshot graph.Snapshot, settings *config.Config) graph.Snapshot {
	return graph.Filtered(snapshot, graph.Filter{Extractors: settings.Filter.Extractor, MinConfidence: settings.Filter.MinConfidence})
}
