package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"talkgraph/cmd/internal/build"
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

// How often progress is shown: on a terminal as often as is readable, in a log
// only when there is something to wait for.
const (
	barInterval  = 100 * time.Millisecond
	lineInterval = 5 * time.Second
)

// barWidth is the width of the bar in characters.
const barWidth = 20

// meter shows how far a build is: on a terminal as a bar in one line
// that is rewritten and in the end wiped out, elsewhere as plain lines. It may be used
// by several goroutines.
type meter struct {
	to     io.Writer
	bar    bool
	mu     sync.Mutex
	began  time.Time // of the stage
	last   time.Time
	stage  string
	shown  bool
	moment func() time.Time
}

// newMeter returns a meter on stderr.
func (p *program) newMeter() *meter {
	bar := isTerminal(p.stderr) && os.Getenv("TERM") != "dumb"
	return &meter{to: p.stderr, bar: bar, began: time.Now(), last: time.Now(), moment: time.Now}
}

// step tells how much is done.
func (m *meter) step(now build.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	moment := m.moment()
	if stage := stageOf(now); stage != m.stage {
		if m.stage != "" {
			m.began = moment
		}
		m.stage = stage
	}
	interval := lineInterval
	if m.bar {
		interval = barInterval
	}
	if moment.Sub(m.last) < interval {
		return
	}
	m.last = moment
	text := progressText(now, moment.Sub(m.began))
	if !m.bar {
		fmt.Fprintln(m.to, m.stage+": "+text)
		return
	}
	m.shown = true
	fmt.Fprintf(m.to, "\r\x1b[K%s %s %s", m.stage, progressBar(now), text)
}

// end wipes the bar out.
func (m *meter) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shown {
		fmt.Fprint(m.to, "\r\x1b[K")
		m.shown = false
	}
}

// stageOf names what a build is at.
func stageOf(now build.Progress) string {
	if now.Storing {
		return "storing"
	}
	return "reading"
}

// progressText says what is done, how fast it goes and how long it still takes, by
// bytes where the sizes are known.
func progressText(now build.Progress, passed time.Duration) string {
	text := fmt.Sprintf("%d of %s", now.Documents, plural(now.AllDocuments, "document"))
	if now.Storing {
		return text + timeLeft(passed, int64(now.Documents), int64(now.AllDocuments))
	}
	if now.Model != "" {
		return text + ", " + now.Model // the time goes to the model, not to the bytes
	}
	if now.AllBytes > 0 {
		text += fmt.Sprintf(", %s of %s", humanBytes(now.Bytes), humanBytes(now.AllBytes))
	}
	if now.Bytes == 0 || passed <= 0 {
		return text
	}
	text += fmt.Sprintf(", %s/s", humanBytes(int64(float64(now.Bytes)/passed.Seconds())))
	return text + timeLeft(passed, now.Bytes, now.AllBytes)
}

// timeLeft says how long the rest takes at the pace so far; nothing when that is not
// known or hardly any time.
func timeLeft(passed time.Duration, done, all int64) string {
	if done == 0 {
		return ""
	}
	left := time.Duration(float64(passed) * float64(all-done) / float64(done)).Round(time.Second)
	if left < time.Second {
		return ""
	}
	return fmt.Sprintf(", %s left", left)
}

func progressBar(now build.Progress) string {
	done, all := now.Bytes, now.AllBytes
	if all == 0 {
		done, all = int64(now.Documents), int64(max(now.AllDocuments, 1))
	}
	full := int(barWidth * done / all)
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", barWidth-full) + "]"
}
