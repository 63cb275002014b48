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

// views holds the newest view of the source.
type views struct {
	source Source

	mu      sync.Mutex
	current *view
	checked time.Time
}

func newViews(source Source) *views { return &views{source: source} }

// get returns the newest view. When the source cannot be read any more, what was
// read before is still shown.
func (s *views) get(ctx context.Context) (*view, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != nil && time.Since(s.checked) < checkEvery {
		return s.current, nil
	}
	return s.refresh(ctx)
}

// reload reads the source again, whatever was read before.
func (s *views) reload(ctx context.Context) (*view, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh(ctx)
}

// refresh looks for a new state; s.mu is held.
func (s *views) refresh(ctx context.Context) (*view, error) {
	version, err := s.source.Version(ctx)
	if err != nil {
		return s.fallback(err)
	}
	s.checked = time.Now()
	if s.current != nil && s.current.version == version {
		return s.current, nil
	}
	g, parts, err := s.source.Read(ctx)
	if err != nil {
		return s.fallback(err)
	}
	s.current = newView(version, g, parts)
	return s.current, nil
}

func (s *views) fallback(err error) (*view, error) {
	if s.current == nil {
		return nil, fmt.Errorf("read the graph: %w", err)
	}
	s.checked = time.Now()
	return s.current, nil
}
