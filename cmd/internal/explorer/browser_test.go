package explorer_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"talkgraph/cmd/internal/cli"
	"talkgraph/render/layout"
)

// programVariable makes the test program be talkgraph itself.
const programVariable = "TALKGRAPH_TEST_PROGRAM"

// TestMain lets the test program be the child that computes layouts, or talkgraph.
func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// patience is how long a page may take for one step, on a busy machine too.
const patience = 12 * time.Second

// chromium finds the browser, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "no Chromium; install the package chromium")
	return ""
}

// missing skips a test for want of something, or fails it under CI=true.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// folder is a folder with the examples built into a store.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	run(t, "build", notes(t), "--store", filepath.Join(dir, "talkgraph.db"))
	return dir
}

func notes(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "examples", "smp2024"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, args ...string) {
	t.Helper()
	var stderr strings.Builder
	if status := cli.Run(t.Context(), args, strings.NewReader(""), io.Discard, &stderr); status != 0 {
		t.Fatalf("talkgraph %s: status %d: %s", strings.Join(args, " "), status, stderr.String())
	}
}

// serve starts talkgraph serve in this process and returns its address.
func serve(t *testing.T, dir string, more ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	args := append([]string{"serve", "--json", "--addr", "127.0.0.1:0", "--store", filepath.Join(dir, "talkgraph.db")}, more...)
	go func() {
		ended <- cli.Run(ctx, args, strings.NewReader(""), in, os.Stderr)
		in.Close()
	}()
	var started struct{ URL string }
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&started); err != nil {
		t.Fatalf("the server did not start: %v", err)
	}
	go io.Copy(io.Discard, out)
	t.Cleanup(func() {
		stop()
		if status := <-ended; status != 0 {
			t.Errorf("serve ended with status %d", status)
		}
	})
	return started.URL
}

// tab is a browser with one page that notes everything odd.
type tab struct {
	*testing.T
	ctx  context.Context
	host string // the only host that may be asked

	mu       sync.Mutex
	odd      []string
	expected string // part of a message that is not odd
}

// open starts a browser for pages of one address.
func open(t *testing.T, address string, flags ...string) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.WindowSize(1280, 800), chromedp.NoSandbox,
		chromedp.Flag("enable-unsafe-swiftshader", true), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("lang", "en"))
	for _, flag := range flags {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, closeAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(allocator)
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	b := &tab{T: t, ctx: ctx, host: parsed.Host}
	t.Cleanup(func() {
		closeTab()
		closeAllocator()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, odd := range b.odd {
			if b.expected == "" || !strings.Contains(odd, b.expected) {
				t.Error(odd)
			}
		}
	})
	b.watch()
	b.visit(address)
	return b
}

// watch notes errors on the console and requests to other hosts.
func (b *tab) watch() {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(1280, 800)); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.Fatal(err)
	}
	err := chromedp.Listen(b.ctx, func(event any) {
		switch event := event.(type) {
		case *cdpruntime.EventExceptionThrown:
			b.note("exception: " + event.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			asked, err := url.Parse(event.Request.URL)
			if err != nil || asked.Host != b.host && asked.Scheme != "data" && asked.Scheme != "blob" {
				b.note("asked another host: " + event.Request.URL)
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	messages := chromedp.Console(b.ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			if message.Type == "error" || message.Type == "warning" || message.Type == chromedp.ConsoleException {
				b.note(fmt.Sprintf("console: %s: %s", message.Type, message.Text))
			}
		}
	}()
}

func (b *tab) note(odd string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.odd = append(b.odd, odd)
}

// visit opens an address and waits for the page.
func (b *tab) visit(address string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		b.Fatal(err)
	}
	b.until(`document.documentElement.dataset.ready === "true"`)
}

// until waits for a condition in JavaScript to hold.
func (b *tab) until(condition string) {
	b.Helper()
	deadline := time.Now().Add(patience)
	for {
		held, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+condition+")"))
		if held {
			return
		}
		if time.Now().After(deadline) {
			b.Fatalf("never came to hold: %s (%v)\nat %s", condition, err, b.eval("location.href"))
		}
		time.Sleep(25 * time.Millisecond)
	}
}

// eval returns what an expression gives, as text.
func (b *tab) eval(expression string) string {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	if text, isText := value.(string); isText {
		return text
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		b.Fatal(err)
	}
	return string(encoded)
}

// do carries steps out.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// press clicks the element that a selector finds.
func (b *tab) press(selector string) {
	b.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", selector))
	b.do(chromedp.Click(selector))
}

// typeIn types a text with the keyboard, as people do, key by key.
func (b *tab) typeIn(text string) {
	b.Helper()
	b.do(chromedp.KeyEvent(text))
}

// nodesShown gives the IDs of the nodes in the live graph.
const nodesShown = `document.querySelector(".graph").live.view.nodes.map(n => n.id)`

// namesWritten holds when each node of the live graph stands there with its name.
const namesWritten = `(live => live.boxes.filter(box => box.id).length === live.view.nodes.length)(document.querySelector(".graph").live)`

// place is where a node of the live graph is in the window.
func (b *tab) place(id string) []float64 {
	b.Helper()
	at := fmt.Sprintf(`(() => { const live = document.querySelector(".graph").live, r = document.querySelector(".graph").getBoundingClientRect(), p = live.whereIs(%q); return [p.x + r.left, p.y + r.top]; })()`, id)
	place, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]float64](at))
	if err != nil {
		b.Fatal(err)
	}
	return place
}

// here waits until the live graph shows an entity in its middle.
func (b *tab) here(id string) {
	b.Helper()
	b.until(fmt.Sprintf(`document.querySelector(".graph").live?.view.foci.has(%q)`, id))
}
