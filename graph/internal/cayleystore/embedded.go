package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/hidal-go/hidalgo/kv"

	"talkgraph/graph"
)

// FileOptions say how a store file is opened.
type FileOptions struct {
	ReadOnly bool          // never writes and never waits for a writer
	Patience time.Duration // how long to wait for another writer
}

// OpenFile opens the embedded store at path. A writer makes the file when it is not
// there; a reader gets an error that is fs.ErrNotExist. A file that cannot be read
// gives graph.ErrDamaged, another writer graph.ErrLocked.
func OpenFile(ctx context.Context, path string, options FileOptions) (graph.Store, error) {
	if options.ReadOnly {
		return openReader(path)
	}
	lock, err := lockWriter(ctx, path, options.Patience)
	if err != nil {
		return nil, err
	}
	opened, err := openOrCreate(path)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	rebuild := func(fill func(engine) error) (engine, error) {
		if err := createBolt(path, fill); err != nil {
			return nil, err
		}
		replaced, err := openBoltWriter(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errReplaced, err)
		}
		return replaced, nil
	}
	return newEmbedded(opened, rebuild, lock.release), nil
}

// openOrCreate opens the file for writing.
func openOrCreate(path string) (engine, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := createBolt(path, initQuads); err != nil {
			return nil, err
		}
	}
	// What a process that was ended left over.
	if err := os.Remove(besideName(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	e, err := openBoltWriter(path)
	if err != nil {
		return nil, err
	}
	if err := e.checkSmall(); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// OpenMemory opens a new store that lasts as long as the process.
func OpenMemory() (graph.Store, error) {
	empty := newMemoryEngine()
	if err := initQuads(empty); err != nil {
		return nil, err
	}
	return newEmbedded(empty, nil, func() error { return nil }), nil
}

// initQuads makes Cayley's quad store in an empty engine.
func initQuads(e engine) error {
	base, err := e.view()
	if err != nil {
		return err
	}
	buffer := newBuffered(base)
	err = cayleykv.Init(buffer, options())
	if err == nil {
		err = writeMetadata(buffer)
	}
	if err := errors.Join(err, base.close()); err != nil {
		return fmt.Errorf("make quad store: %w", err)
	}
	return e.write(inOrder(buffer.changes))
}

// embedded is graph.Store over an engine.
type embedded struct {
	writing sync.Mutex                                    // one Apply or Compact at a time
	writer  *writer                                       // nil when there is none or it was thrown away
	lost    error                                         // why nothing can be written any more
	rebuild func(fill func(engine) error) (engine, error) // nil for an engine that is never mostly free
	release func() error

	mu     sync.Mutex // guards shared
	shared *shared
}

// errReplaced is returned by a rebuild that put a new store in the place of the old
// one and then could not open it: the old one must not be written any more.
var errReplaced = errors.New("the store was compacted but could not be opened again; run the command anew")

// newEmbedded returns a store over an engine. rebuild replaces the engine by a new
// one that fill has filled; release is called by Close.
func newEmbedded(e engine, rebuild func(fill func(engine) error) (engine, error), release func() error) *embedded {
	return &embedded{shared: newShared(e), rebuild: rebuild, release: release}
}

// shared is an engine that is closed when its last user lets go of it: snapshots
// outlive the engine that a compaction replaced.
type shared struct {
	engine engine
	mu     sync.Mutex
	users  int
}

func newShared(e engine) *shared { return &shared{engine: e, users: 1} }

func (s *shared) use() *shared {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
	return s
}

func (s *shared) letGo() error {
	s.mu.Lock()
	s.users--
	last := s.users == 0
	s.mu.Unlock()
	if !last {
		return nil
	}
	return s.engine.close()
}

// current returns the engine in use; the caller lets go of it.
func (s *embedded) current() *shared {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shared.use()
}

// Snapshot implements graph.Store.
func (s *embedded) Snapshot(context.Context) (graph.Snapshot, error) {
	shared := s.current()
	v, err := shared.engine.view()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read store: %w", err), shared.letGo())
	}
	after := sync.OnceValue(func() error { return errors.Join(v.close(), shared.letGo()) })
	reader, err := newKVReader(v, shared.engine.bytes(), after)
	if err != nil {
		return nil, errors.Join(err, after())
	}
	return &snapshot{reader}, nil
}

// Apply implements graph.Store.
func (s *embedded) Apply(ctx context.Context, changes []graph.Change) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.applyAll(ctx, changes)
	return errors.Join(err, s.finish(err))
}

// applyAll applies changes up to the first that fails. The next ones are made quads
// of meanwhile.
func (s *embedded) applyAll(ctx context.Context, changes []graph.Change) error {
	done := make(chan struct{})
	defer close(done)
	for next := range ahead(done, changes) {
		if err := errors.Join(next.err, ctx.Err()); err != nil {
			return err
		}
		if err := s.change(ctx, next.wanted); err != nil {
			return err
		}
	}
	return nil
}

// encoded is a document of a change, or why it cannot be stored.
type encoded struct {
	wanted
	err error
}

// ahead gives the documents of changes in order until done is closed.
func ahead(done <-chan struct{}, changes []graph.Change) <-chan encoded {
	out := make(chan encoded, 2)
	go func() {
		defer close(out)
		for _, change := range changes {
			document, err := wantedQuads(change)
			select {
			case out <- encoded{document, err}:
			case <-done:
				return
			}
		}
	}()
	return out
}

// change applies one change.
func (s *embedded) change(ctx context.Context, d wanted) error {
	if s.lost != nil {
		return s.lost
	}
	if s.writer == nil {
		w, err := newWriter(s.shared.engine)
		if err != nil {
			return fmt.Errorf("write store: %w", err)
		}
		s.writer = w
	}
	return s.writer.change(ctx, d)
}

// finish writes the whole documents that the writer still holds. After an error the
// writer is thrown away.
func (s *embedded) finish(failed error) error {
	if s.writer == nil {
		return nil
	}
	err := s.writer.flush()
	if err == nil && failed == nil {
		return nil
	}
	return errors.Join(err, s.dropWriter())
}

func (s *embedded) dropWriter() error {
	if s.writer == nil {
		return nil
	}
	w := s.writer
	s.writer = nil
	return w.close()
}

// Close implements graph.Store.
func (s *embedded) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return errors.Join(s.dropWriter(), s.shared.letGo(), s.release())
}

// writeMetadata puts our index list in the place of Cayley's default one, which is a
// variable of its package that we do not want to change, and the number of quads,
// which Cayley itself writes with the first quad only.
func writeMetadata(db kv.KV) error {
	text, err := indexesText()
	if err != nil {
		return err
	}
	return kv.Update(context.Background(), db, func(tx kv.Tx) error {
		return errors.Join(
			tx.Put(kv.SKey("meta", "indexes"), text),
			tx.Put(kv.SKey("meta", "size"), make(kv.Value, 8)),
		)
	})
}
