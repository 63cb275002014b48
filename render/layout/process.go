package layout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// parallelSize is the size, nodes and edges of all graphs together, from which
// each graph gets a child process of its own: below it, starting one takes longer
// than the work.
const parallelSize = 600

// runAll lays the graphs out, side by side if they are large.
func runAll(ctx context.Context, graphs []Graph, options Options) ([]Positions, error) {
	size := 0
	for _, graph := range graphs {
		size += len(graph.Nodes) + len(graph.Edges)
	}
	if size < parallelSize || len(graphs) == 1 {
		return run(ctx, graphs, options)
	}
	all, failures := make([]Positions, len(graphs)), make([]error, len(graphs))
	var group sync.WaitGroup
	for i := range graphs {
		group.Go(func() {
			var one []Positions
			if one, failures[i] = run(ctx, graphs[i:i+1], options); failures[i] == nil {
				all[i] = one[0]
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// run lays the graphs out in one child process with one engine.
func run(ctx context.Context, graphs []Graph, options Options) ([]Positions, error) {
	asked := request{Engine: options.Engine}
	for _, graph := range graphs {
		asked.Sources = append(asked.Sources, dotSource(graph, options.Engine))
	}
	output, err := runChild(ctx, asked, options)
	if err != nil {
		return nil, err
	}
	var answers []json.RawMessage
	if err := json.Unmarshal(output, &answers); err != nil {
		return nil, fmt.Errorf("layout: the child process gave no proper answer: %w", err)
	}
	if len(answers) != len(graphs) {
		return nil, fmt.Errorf("layout: the child process gave %d answers to %d questions", len(answers), len(graphs))
	}
	all := make([]Positions, len(graphs))
	for i, answer := range answers {
		if all[i], err = parse(answer, graphs[i]); err != nil {
			return nil, err
		}
		all[i].Engine = options.Engine
		if options.Engine == Sfdp {
			settle(&all[i], graphs[i])
		}
	}
	return all, nil
}

// runChild starts the child, feeds it, and returns its output. The child is
// killed when the context ends or time runs out.
func runChild(ctx context.Context, asked request, options Options) ([]byte, error) {
	command := options.Command
	if len(command) == 0 {
		program, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("layout: cannot find this program to start its child process: %w", err)
		}
		command = []string{program, ChildArgument}
	}
	input, err := json.Marshal(asked)
	if err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, options.Timeout)
	defer cancel()

	child := exec.CommandContext(limited, command[0], command[1:]...)
	child.WaitDelay = time.Second // do not wait longer for pipes of a killed child
	var stdout, stderr bytes.Buffer
	child.Stdin, child.Stdout, child.Stderr = bytes.NewReader(input), &stdout, &stderr
	err = child.Run()
	switch {
	case err == nil:
		return stdout.Bytes(), nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("layout stopped: %w", context.Cause(ctx))
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("%w: %s did not finish within %v; draw fewer nodes, or use the engine %s", ErrTimeout, asked.Engine, options.Timeout, Sfdp)
	default:
		return nil, fmt.Errorf("layout: the child process failed: %w%s", err, firstLine(stderr.String()))
	}
}

// firstLine returns the first line of what the child complained of, to be put
// behind the error.
func firstLine(complaint string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(complaint), "\n")
	if line == "" {
		return ""
	}
	return ": " + line
}
