package layout

import "sync"

// Waiting is a child process that was started before there was anything to lay out:
// a child takes a while to get ready, in which the caller can read and measure.
// All layouts with one Waiting use it in turn. A nil Waiting is none.
type Waiting struct {
	mu    sync.Mutex
	ready chan struct{} // closed when the child was started, or could not be
	child *childProcess // nil while it is in use, and when it is gone
}

// Prepare starts a child process. Close must be called when nothing more is to be
// laid out. A child that cannot be started is no failure here: the layout will try
// again and say why.
func Prepare() *Waiting {
	w := &Waiting{ready: make(chan struct{})}
	go func() {
		defer close(w.ready)
		if child, err := start(nil); err == nil {
			w.give(child)
		}
	}()
	return w
}

// take takes the child for a layout with an engine, nil if it may not do it.
func (w *Waiting) take(engine Engine) *childProcess {
	if w == nil {
		return nil
	}
	<-w.ready
	w.mu.Lock()
	defer w.mu.Unlock()
	child := w.child
	if child == nil || child.used && engine != Dot {
		return nil
	}
	w.child = nil
	return child
}

// give gives a child back after use.
func (w *Waiting) give(child *childProcess) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !child.ended {
		w.child = child
	}
}

// Close ends the child process.
func (w *Waiting) Close() {
	if w == nil {
		return
	}
	<-w.ready
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.child != nil {
		w.child.stop()
		w.child = nil
	}
}
