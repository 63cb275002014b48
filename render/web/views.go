package web

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// checkEvery is how long a view is used before the store is asked whether it has
// changed.
const checkEvery = time.Second

// patience is how long a request waits for a new state of the graph to be read; after
// that it is answered from the one before, which is whole too.
const patience = 300 * time.Millisecond

// views holds the newest view of the source.
type views struct {
	source Source

	mu      sync.Mutex // of what follows
	current *view
	checked time.Time
	reading chan struct{} // closed when the state that is being read is there; nil when none is

	refreshing sync.Mutex // one reader of the source at a time
}

func newViews(source Source) *views { return &views{source: source} }

// get returns the newest view. When the source cannot be read any more, or a new
// state takes long to read, what was read before is shown.
func (s *views) get(ctx context.Context) (*view, error) {
	s.mu.Lock()
	current, reading := s.current, s.reading
	switch {
	case current == nil:
		s.mu.Unlock()
		return s.reload(ctx)
	case reading == nil && time.Since(s.checked) < checkEvery:
		s.mu.Unlock()
		return current, nil
	case reading == nil:
		reading = make(chan struct{})
		s.reading = reading
		go s.readBehind(context.WithoutCancel(ctx), reading)
	}
	s.mu.Unlock()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-reading:
	case <-late.C:
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current, nil
}

// readBehind looks for a new state while requests are answered from the one before.
func (s *views) readBehind(ctx context.Context, done chan struct{}) {
	_, _ = s.reload(ctx) // a failure leaves the state before
	s.mu.Lock()
	s.reading = nil
	s.mu.Unlock()
	close(done)
}

// reload looks for a new state and returns the newest.
func (s *views) reload(ctx context.Context) (*view, error) {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	s.mu.Lock()
	current := s.current
	s.mu.Unlock()
	next, err := s.read(ctx, current)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checked = time.Now()
	if err != nil && current == nil {
		return nil, fmt.Errorf("read the graph: %w", err)
	}
	if err == nil {
		s.current = next
	}
	return s.current, nil
}

// read returns the state of the source: the current one if it has not changed.
func (s *views) read(ctx context.Context, current *view) (*view, error) {
	version, err := s.source.Version(ctx)
	if err != nil {
		return nil, err
	}
	if current != nil && current.version == version {
		return current, nil
	}
	g, parts, err := s.source.Read(ctx)
	if err != nil {
		return nil, err
	}
	return newView(version, g, parts), nil
}
