package render

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"talkgraph/graph"
	"talkgraph/render/web/page"
)

// exportHTML writes the explorer's page with the graph in it: one file that opens
// from disk and needs no server.
func exportHTML(_ context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	var data bytes.Buffer
	if err := writeJSON(&data, g, options); err != nil {
		return nil, nil, err
	}
	// Graph JSON has the characters of HTML as they are; inside a page "</script>" in
	// a label would end the data, so they are escaped here, which JSON allows.
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, data.Bytes())
	content, err := page.Standalone(escaped.Bytes())
	if err != nil {
		return nil, nil, fmt.Errorf("make the page: %w", err)
	}
	return []File{{Content: content}}, nil, nil
}
