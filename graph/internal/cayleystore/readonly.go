package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"talkgraph/graph"
)

// errReadOnly is returned by writes to a store that was opened for reading.
var errReadOnly = errors.New("the store was opened for reading only")

// fileReader is graph.Store over a file that others may write and replace: each
// snapshot opens the file that is there at that time.
type fileReader struct {
	path string
}

// openReader finds out whether the store can be read.
func openReader(path string) (graph.Store, error) {
	r := fileReader{path}
	engine, err := openBoltReader(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; build it first", err)
	}
	if err != nil {
		return nil, err
	}
	return r, errors.Join(engine.checkSmall(), engine.close())
}

// Snapshot implements graph.Store.
func (r fileReader) Snapshot(context.Context) (graph.Snapshot, error) {
	engine, err := openBoltReader(r.path)
	if err != nil {
		return nil, err
	}
	v, err := engine.stableView()
	if err != nil {
		return nil, errors.Join(err, engine.close())
	}
	after := sync.OnceValue(func() error { return errors.Join(v.close(), engine.close()) })
	reader, err := newKVReader(v, engine.bytes(), after)
	if err != nil {
		return nil, errors.Join(err, after())
	}
	return &snapshot{reader}, nil
}

// Apply implements graph.Store.
func (r fileReader) Apply(context.Context, []graph.Change) error {
	return fmt.Errorf("write %s: %w", r.path, errReadOnly)
}

// Compact implements graph.Store.
func (r fileReader) Compact(context.Context) error {
	return fmt.Errorf("compact %s: %w", r.path, errReadOnly)
}

// Close implements graph.Store.
func (r fileReader) Close() error { return nil }
