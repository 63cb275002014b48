package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterh/liner"

	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// promptText stands before each question.
const promptText = "? "

// questionBytes is the longest line that is read as a question.
const questionBytes = 1 << 20

// runPrompt answers one question after the other: at a terminal with history and
// completion, elsewhere one for each line of standard input. It ends with the input.
func runPrompt(ctx context.Context, p *program, settings *config.Config) error {
	return read(ctx, settings, func(snapshot graph.Snapshot) error {
		snapshot = believed(snapshot, settings)
		answer := p.answerer(ctx, snapshot, settings)
		if p.stdin == io.Reader(os.Stdin) && isTerminal(os.Stdin) && isTerminal(p.terminal()) {
			return p.converse(ctx, snapshot, answer)
		}
		lines := bufio.NewScanner(p.stdin)
		lines.Buffer(nil, questionBytes)
		for lines.Scan() {
			if question := strings.TrimSpace(lines.Text()); question != "" {
				if err := answer(question); err != nil {
					return err
				}
			}
		}
		if errors.Is(lines.Err(), bufio.ErrTooLong) {
			return badInput("standard input: a line is longer than 1 MB", "write one question on each line")
		}
		return lines.Err()
	})
}

// terminal is where results go, without what Run wraps around it.
func (p *program) terminal() io.Writer {
	if kept, ok := p.stdout.(*keepingWriter); ok {
		return kept.to
	}
	return p.stdout
}

// answerer answers a question of a conversation. That nothing was found, or that a
// question was not understood, is said and ends nothing.
func (p *program) answerer(ctx context.Context, snapshot graph.Snapshot, settings *config.Config) func(string) error {
	return func(question string) error {
		err := p.answerQuestion(ctx, snapshot, settings, question)
		var nothing *failure
		if errors.As(err, &nothing) && nothing.status == statusNothing {
			_, err = fmt.Fprintln(p.stderr, nothing.Error())
		}
		return err
	}
}

// converse reads questions at a terminal.
func (p *program) converse(ctx context.Context, snapshot graph.Snapshot, answer func(string) error) error {
	line := liner.NewLiner()
	defer line.Close() // gives the terminal back; there is nothing to do about a failure
	line.SetCtrlCAborts(true)
	line.SetTabCompletionStyle(liner.TabPrints)
	line.SetCompleter(func(typed string) []string {
		var texts []string
		for text, err := range ask.Complete(ctx, snapshot, typed, completionLimit) {
			if err != nil {
				return nil
			}
			texts = append(texts, text)
		}
		return texts
	})
	history := historyFile()
	readHistory(line, history)
	defer writeHistory(line, history)
	_, _ = fmt.Fprintln(p.stderr, "Ask in English or Chinese; Tab completes names, Ctrl-D ends.") // nowhere to report to
	for {
		question, err := line.Prompt(promptText)
		if errors.Is(err, io.EOF) || errors.Is(err, liner.ErrPromptAborted) {
			return nil
		}
		if err != nil {
			return err
		}
		if question = strings.TrimSpace(question); question == "" {
			continue
		}
		line.AppendHistory(question)
		if err := answer(question); err != nil {
			return err
		}
	}
}

// historyFile is where questions are kept between conversations; empty for nowhere.
func historyFile() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "talkgraph", "history")
}

// readHistory reads the questions of before; one can do without them.
func readHistory(line *liner.State, name string) {
	file, err := os.Open(name)
	if err != nil {
		return
	}
	defer file.Close()            // only read
	_, _ = line.ReadHistory(file) // as far as it can be read
}

// writeHistory keeps the questions, for their asker alone to read.
func writeHistory(line *liner.State, name string) {
	if name == "" || os.MkdirAll(filepath.Dir(name), 0o700) != nil {
		return
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return
	}
	_, _ = line.WriteHistory(file) // one can do without
	_ = file.Close()
}
