package cli

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"talkgraph/config"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// openStore opens the store of the settings for writing; it is made when it is not there.
func openStore(ctx context.Context, settings *config.Config) (graph.Store, error) {
	opened, err := store.Open(ctx, settings.Store, store.Options{})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, outside(config.MaskURL(settings.Store)+": cannot be made: the folder is not there", "make the folder first, or name another store with --store")
	}
	return opened, storeError(settings.Store, err)
}

// read opens the store of the settings for reading, gives use a snapshot of it
// and closes both.
func read(ctx context.Context, settings *config.Config, use func(graph.Snapshot) error) error {
	opened, err := store.Open(ctx, settings.Store, store.Options{ReadOnly: true})
	if err != nil {
		return storeError(settings.Store, err)
	}
	defer opened.Close() // only read
	snapshot, err := opened.Snapshot(ctx)
	if err != nil {
		return storeError(settings.Store, err)
	}
	defer snapshot.Close() // only read
	return storeError(settings.Store, use(snapshot))
}

// storeError words why a store could not be used; nil for nil. The name of a
// store may hold a password, so it is masked wherever it stands.
func storeError(name string, err error) error {
	var own *failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return badInput(config.MaskURL(name)+": there is no store",
			"make one with talkgraph build PATH, or name another with --store")
	default:
		return maskedError{err, name}
	}
}

// maskedError is an error about a store that does not tell the store's password.
type maskedError struct {
	error
	name string
}

// Error returns the text of the error with the store's name masked.
func (m maskedError) Error() string {
	return strings.ReplaceAll(m.error.Error(), m.name, config.MaskURL(m.name))
}

// Unwrap returns the error itself.
func (m maskedError) Unwrap() error { return m.error }
