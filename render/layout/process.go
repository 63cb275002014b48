package layout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	answers, err := options.ask(ctx, asked)
	if err != nil {
		return nil, err
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

// ask gives a request to the waiting child, if there is one that may answer it,
// else to a child of its own. Only Dot repeats itself in a process that has done
// a layout before.
func (o Options) ask(ctx context.Context, asked request) ([]json.RawMessage, error) {
	if child := o.Waiting.take(asked.Engine); child != nil {
		defer o.Waiting.give(child)
		return child.ask(ctx, asked, o.Timeout)
	}
	child, err := start(o.Command)
	if err != nil {
		return nil, err
	}
	defer child.stop()
	return child.ask(ctx, asked, o.Timeout)
}

// childProcess is a running child.
type childProcess struct {
	command *exec.Cmd
	stdin   io.WriteCloser
	answers *json.Decoder
	stderr  bytes.Buffer // read only after the process has ended
	used    bool
	ended   bool
}

// start starts a child; an empty command is this program.
func start(command []string) (*childProcess, error) {
	if len(command) == 0 {
		program, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("layout: cannot find this program to start its child process: %w", err)
		}
		command = []string{program, ChildArgument}
	}
	c := &childProcess{command: exec.Command(command[0], command[1:]...)}
	c.command.WaitDelay = time.Second // do not wait longer for pipes of a killed child
	c.command.Stderr = &c.stderr
	stdin, err := c.command.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	stdout, err := c.command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	c.stdin, c.answers = stdin, json.NewDecoder(stdout)
	if err := c.command.Start(); err != nil {
		return nil, fmt.Errorf("layout: the child process cannot be started: %w", err)
	}
	return c, nil
}

// ask writes a request and reads the answers. The child is killed when the context
// ends or time runs out.
func (c *childProcess) ask(ctx context.Context, asked request, timeout time.Duration) ([]json.RawMessage, error) {
	c.used = true
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	spare := context.AfterFunc(limited, func() { _ = c.command.Process.Kill() }) // it may have ended by itself
	defer spare()
	var answers []json.RawMessage
	err := json.NewEncoder(c.stdin).Encode(asked)
	if err == nil {
		err = c.answers.Decode(&answers)
	}
	if err == nil {
		return answers, nil
	}
	ending := c.end()
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("layout stopped: %w", context.Cause(ctx))
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("%w: %s did not finish within %v; draw fewer nodes, or allow more time", ErrTimeout, asked.Engine, timeout)
	case ending != nil:
		return nil, fmt.Errorf("layout: the child process failed: %w%s", ending, firstLine(c.stderr.String()))
	default:
		return nil, fmt.Errorf("layout: the child process gave no proper answer: %w", err)
	}
}

// end closes the pipes and waits for the child, once.
func (c *childProcess) end() error {
	if c.ended {
		return nil
	}
	c.ended = true
	_ = c.stdin.Close() // it may be closed already
	return c.command.Wait()
}

// stop ends a child that is of no more use.
func (c *childProcess) stop() {
	if !c.ended {
		_ = c.command.Process.Kill() // it may have ended by itself
		_ = c.end()                  // killed
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
