// Package web serves the explorer: the page that shows the graph in a browser, and
// the API under it. The page itself, its sources and its built files, is package
// page; everything it shows comes from here.
//
//	explorer, err := web.New(web.Options{Source: source, Log: logger})
//	err = explorer.Serve(ctx, listener)
//
// A request goes through these layers, each in its own file:
//
//	serve      connections: time and size limits, the end of the program
//	guard      who may ask: host, origin, token; headers of every answer
//	route      which handler answers, and how many at a time
//	view       the graph as this request sees it, whole and unchanging
//	choose     which part of the graph a picture can bear, and what was left out
//	respond    JSON, compression, entity tags, problem details (RFC 9457)
//
// The store is read into memory once for each of its states, so that an answer is
// a matter of milliseconds and a request never sees half a change. What a request
// asks for is untrusted; so is every text of the graph, which leaves here as JSON
// or as an escaped drawing only.
//
// The package must not know how facts are found, which database holds the graph,
// or how a correction is carried out: it asks its Source and its Curator.
package web

import (
	"context"
	"log/slog"
	"time"

	"talkgraph/graph"
	"talkgraph/graph/ask"
	"talkgraph/render/layout"
)

// Source gives the server its graph.
type Source interface {
	// Version names the state of the graph in a few characters; it is asked often
	// and must be cheap.
	Version(ctx context.Context) (string, error)

	// Read returns the whole graph and its documents.
	Read(ctx context.Context) (*graph.Subgraph, []graph.PartInfo, error)
}

// Passages gives the notes themselves, where they are at hand.
type Passages interface {
	// Lines returns the lines of a document, by entity ID, and whether it has them.
	Lines(document string) ([]string, bool)
}

// Options say what is served, and to whom. Source is needed.
type Options struct {
	Source   Source
	Passages Passages    // nil: quotes stand alone
	Curator  Curator     // nil: nothing can be changed
	Ask      ask.Options // as the command ask has them
	Layout   layout.Options
	Token    string   // what a client must show; empty for none
	Hosts    []string // names, besides those of this machine, under which it is reached
	Beyond   bool     // whether it is reached from other machines, by any address
	Log      *slog.Logger
}

// Explorer is the web explorer.
type Explorer struct {
	options Options
	views   *views
	guard   *guard
	maps    *mapDrawer
	heavy   chan struct{} // one place for each export or drawing that runs
	asking  chan struct{} // one place for each question that is being answered
	salt    string        // of entity tags, so that they end with the process
}

// New makes an explorer. It does not read the graph yet.
func New(options Options) *Explorer {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return &Explorer{
		options: options,
		views:   newViews(options.Source),
		guard:   newGuard(options),
		maps:    newMapDrawer(),
		heavy:   make(chan struct{}, heavyLimit),
		asking:  make(chan struct{}, askingLimit),
		salt:    time.Now().UTC().Format(time.RFC3339Nano),
	}
}
