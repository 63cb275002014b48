package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// isTerminal reports whether somebody is looking at the stream.
func isTerminal(stream io.Writer) bool {
	file, isFile := stream.(*os.File)
	if !isFile {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progressInterval keeps the line readable and its cost nothing.
const progressInterval = 100 * time.Millisecond

// meter shows how far a long task is, in one line of a terminal that it rewrites
// and in the end wipes out. It may be used by several goroutines.
type meter struct {
	to    io.Writer
	what  string
	mu    sync.Mutex
	last  time.Time
	shown bool
}

// newMeter returns a meter on stderr, or one that shows nothing when stderr is
// not a terminal.
func (p *program) newMeter(what string) *meter {
	m := &meter{what: what, last: time.Now()}
	if isTerminal(p.stderr) {
		m.to = p.stderr
	}
	return m
}

// step tells how much is done.
func (m *meter) step(done, all int) {
	if m.to == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := time.Now(); now.Sub(m.last) >= progressInterval {
		m.last, m.shown = now, true
		fmt.Fprintf(m.to, "\r\x1b[K%s %d of %d", m.what, done, all)
	}
}

// end wipes the line out.
func (m *meter) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shown {
		fmt.Fprint(m.to, "\r\x1b[K")
	}
}
