package layout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

// Child is the whole work of the child process: it reads requests, runs Graphviz,
// and writes an answer for each, until the requests end.
func Child(stdin io.Reader, stdout io.Writer) error {
	if restored != nil {
		return fmt.Errorf("restore %s: %w", privatetemp.Variable, restored)
	}
	ctx := context.Background() // go-graphviz ignores it; the parent kills this process
	engine, err := graphviz.New(ctx)
	if err != nil {
		return fmt.Errorf("start Graphviz: %w", err)
	}
	requests, answers := json.NewDecoder(stdin), json.NewEncoder(stdout)
	for {
		var asked request
		if err := requests.Decode(&asked); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read the layout request: %w", err)
		}
		positions, err := layOut(ctx, engine, asked)
		if err != nil {
			return err
		}
		if err := answers.Encode(positions); err != nil {
			return fmt.Errorf("write the layout: %w", err)
		}
	}
}

// layOut answers a request: Graphviz's output for each source.
func layOut(ctx context.Context, engine *graphviz.Graphviz, asked request) ([]json.RawMessage, error) {
	answers := make([]json.RawMessage, 0, len(asked.Sources))
	for _, source := range asked.Sources {
		graph, err := graphviz.ParseBytes([]byte(source))
		if err != nil {
			return nil, fmt.Errorf("the graph cannot be read by Graphviz: %w", err)
		}
		var positions bytes.Buffer
		engine.SetLayout(graphviz.Layout(asked.Engine))
		if err := engine.Render(ctx, graph, "json0", &positions); err != nil {
			return nil, fmt.Errorf("the graph cannot be laid out by Graphviz: %w", err)
		}
		answers = append(answers, positions.Bytes())
	}
	return answers, nil
}
