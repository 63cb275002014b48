package layout

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	graphviz "github.com/goccy/go-graphviz"

	"talkgraph/render/layout/internal/privatetemp"
)

// restored sets the environment back as soon as go-graphviz has started; see
// the package privatetemp.
var restored = privatetemp.Restore()

// request is what the parent writes to the child's standard input.
type request struct {
	Engine  Engine   `json:"engine"`
	Sources []string `json:"sources"`
}

// Child is the whole work of the child process: it reads a request, runs
// Graphviz, and writes the answer.
func Child(stdin io.Reader, stdout io.Writer) error {
	if restored != nil {
		return fmt.Errorf("restore %s: %w", privatetemp.Variable, restored)
	}
	var asked request
	if err := json.NewDecoder(stdin).Decode(&asked); err != nil {
		return fmt.Errorf("read the layout request: %w", err)
	}
	ctx := context.Background() // go-graphviz ignores it; the parent kills this process
	engine, err := graphviz.New(ctx)
	if err != nil {
		return fmt.Errorf("start Graphviz: %w", err)
	}
	answers := make([]json.RawMessage, 0, len(asked.Sources))
	for _, source := range asked.Sources {
		graph, err := graphviz.ParseBytes([]byte(source))
		if err != nil {
			return fmt.Errorf("the graph cannot be read by Graphviz: %w", err)
		}
		var positions bytes.Buffer
		engine.SetLayout(graphviz.Layout(asked.Engine))
		if err := engine.Render(ctx, graph, "json0", &positions); err != nil {
			return fmt.Errorf("the graph cannot be laid out by Graphviz: %w", err)
		}
		answers = append(answers, positions.Bytes())
	}
	return json.NewEncoder(stdout).Encode(answers)
}
