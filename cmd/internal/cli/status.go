package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"unicode"

	"talkgraph/config"
	"talkgraph/graph"
)

// Exit statuses.
const (
	statusDone        = 0
	statusNothing     = 1   // understood, but nothing was found
	statusWrong       = 2   // wrong use or bad input
	statusOutside     = 3   // a failure outside: store, network, disk
	statusInterrupted = 130 // stopped by the user, as shells have it
)

// statusHelp stands in the help of every command that can fail in these ways.
const statusHelp = "\n\nExit status: 0 done; 1 nothing was found; 2 wrong use or bad input; 3 a failure outside (store, disk, network)."

// failure is an error as the user reads it.
type failure struct {
	status  int
	kind    string // short name for programs, part of the problem's type
	message string // what is wrong, and where
	mend    string // what to do; may be empty
}

// Error returns one line.
func (f *failure) Error() string {
	if f.mend == "" {
		return oneLine(f.message)
	}
	return oneLine(f.message + "; " + f.mend)
}

func wrongUse(message, mend string) error {
	return &failure{statusWrong, "wrong-use", message, mend}
}

func badInput(message, mend string) error {
	return &failure{statusWrong, "bad-input", message, mend}
}

func nothingFound(message, mend string) error {
	return &failure{statusNothing, "nothing-found", message, mend}
}

func outside(message, mend string) error {
	return &failure{statusOutside, "outside", message, mend}
}

// describe turns any error into one that a user can read. It is the one table of
// which error has which status.
func describe(err error) *failure {
	var own *failure
	var setting *config.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &setting):
		return &failure{statusWrong, "bad-setting", setting.Where + ": " + setting.Message, setting.Mend}
	case errors.Is(err, context.Canceled):
		return &failure{statusInterrupted, "interrupted", "interrupted", "what was stored before stays; run the command again"}
	case errors.Is(err, graph.ErrLocked):
		return foreign(statusOutside, "store-locked", err, "wait until the other program has finished, or name another store with --store")
	case errors.Is(err, graph.ErrDamaged):
		return foreign(statusOutside, "store-damaged", err, "move it away and build again, or name another store with --store")
	case errors.Is(err, syscall.ENOSPC):
		return foreign(statusOutside, "disk-full", err, "make room on the disk and run the command again")
	case errors.Is(err, graph.ErrNotFound):
		return foreign(statusNothing, "nothing-found", err, "")
	default:
		return foreign(statusOutside, "outside", err, "")
	}
}

// foreign makes a failure of another room's error. Those that know a mend have it
// behind a semicolon; the others get ours.
func foreign(status int, kind string, err error, mend string) *failure {
	message, theirs, found := strings.Cut(err.Error(), "; ")
	if found {
		mend = theirs
	}
	return &failure{status, kind, message, mend}
}

// problem is a failure as JSON, after RFC 9457; exit is the exit status.
type problem struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	Mend  string `json:"mend,omitempty"`
	Exit  int    `json:"exit"`
}

// finish reports an error, if there is one, and returns the exit status.
func (p *program) finish(err error) int {
	if err == nil {
		return statusDone
	}
	f := describe(err)
	if !p.json {
		fmt.Fprintln(p.stderr, "talkgraph: "+f.Error())
		return f.status
	}
	encoder := json.NewEncoder(p.stderr)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(problem{Type: "talkgraph:" + f.kind, Title: oneLine(f.message), Mend: oneLine(f.mend), Exit: f.status}) // nowhere to report to
	return f.status
}

// oneLine keeps a message on one line and a terminal unharmed, whatever a file
// name or a note brings into it.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.TrimSpace(text))
}
