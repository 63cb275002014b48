// Package store opens a store by its name: a path, "memory", or the URL of a
// database server. It is the table of backends and must not know how they work.
package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"talkgraph/graph"
	"talkgraph/graph/internal/cayleystore"
)

// Memory is the name of a store that lasts as long as the process.
const Memory = "memory"

// DefaultPatience is how long Open waits for another writer unless told otherwise.
const DefaultPatience = 5 * time.Second

// Options say how a store is opened. The zero value opens for writing.
type Options struct {
	// ReadOnly opens for reading alone. A reader never waits for a writer and never
	// makes a store: one that is not there is an error that is fs.ErrNotExist.
	ReadOnly bool

	// Patience is how long to wait for another writer; 0 means DefaultPatience, a
	// negative one not at all.
	Patience time.Duration
}

// Open opens the store with this name. It returns graph.ErrLocked when another
// process is writing and graph.ErrDamaged when the file is not a whole store. No error
// tells the password of a URL.
func Open(ctx context.Context, name string, options Options) (graph.Store, error) {
	patience := options.Patience
	if patience == 0 {
		patience = DefaultPatience
	}
	switch {
	case name == "":
		return nil, fmt.Errorf("open store: no name given; use a path, %q or a URL", Memory)
	case name == Memory:
		return cayleystore.OpenMemory()
	case strings.Contains(name, "://"):
		return cayleystore.OpenServer(ctx, name, cayleystore.ServerOptions{ReadOnly: options.ReadOnly, Patience: patience})
	default:
		return cayleystore.OpenFile(ctx, name, cayleystore.FileOptions{ReadOnly: options.ReadOnly, Patience: patience})
	}
}
