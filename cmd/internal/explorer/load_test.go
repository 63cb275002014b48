package explorer_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// minutes is how long TestLoad asks.
var minutes = flag.Float64("minutes", 2, "how long the explorer is under load with -long")

const (
	millionTalks = 18_000 // talks that make a million quads
	rate         = 50     // requests in a second
	slowest      = 50 * time.Millisecond
	crowdSize    = 10_000
)

// server is talkgraph serve as a process of its own.
type server struct {
	*testing.T
	process int
	address string
}

// start serves a folder's store from a process of its own.
func start(t *testing.T, dir string) *server {
	t.Helper()
	command := exec.Command(os.Args[0], "serve", "--json", "--addr", "127.0.0.1:0", "--store", filepath.Join(dir, "talkgraph.db"))
	command.Env = append(os.Environ(), programVariable+"=1")
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := command.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := command.Wait(); err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	var started struct{ URL string }
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&started); err != nil {
		t.Fatal(err)
	}
	s := &server{T: t, process: command.Process.Pid, address: started.URL}
	s.get("api/overview") // waits for the graph
	return s
}

// get asks and returns the answer, which must be good.
func (s *server) get(path string) []byte {
	s.Helper()
	response, err := http.Get(s.address + path)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		s.Fatalf("%s: %d %v %.200s", path, response.StatusCode, err, body)
	}
	return body
}

// memory is what the server holds, in megabytes.
func (s *server) memory() int {
	s.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process))
	if err != nil {
		s.Skip("no /proc here")
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kilobytes, err := strconv.Atoi(fields[1])
			if err != nil {
				s.Fatal(err)
			}
			return kilobytes >> 10
		}
	}
	return 0
}

// work is how long the processors have worked for the server, which other programs
// do not add to.
func (s *server) work() time.Duration {
	s.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process))
	if err != nil {
		s.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // after the name
	fields := strings.Fields(rest)
	var ticks int
	for _, field := range fields[11:13] { // user and system
		n, err := strconv.Atoi(field)
		if err != nil {
			s.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// questions are addresses to ask in turn: half nodes, half questions.
func (s *server) questions() []string {
	var paths []string
	for _, q := range []string{"a", "m", "会", "进展", "论坛", "张", "王"} {
		var found struct {
			Results []struct{ ID, Type, Label string }
		}
		if err := json.Unmarshal(s.get("api/search?limit=40&q="+url.QueryEscape(q)), &found); err != nil {
			s.Fatal(err)
		}
		for _, node := range found.Results {
			question := "谁讲了" + node.Label
			if node.Type == "Person" {
				question = node.Label + "讲了什么"
			}
			paths = append(paths, "api/node/"+url.PathEscape(node.ID), "api/ask?q="+url.QueryEscape(question))
		}
	}
	return paths
}

// TestLoad asks a server with a million quads for some minutes.
func TestLoad(t *testing.T) {
	if !*long {
		t.Skip("only with -long")
	}
	s := start(t, filled(t, millionTalks))
	t.Logf("%.120s", s.get("api/overview"))
	paths := s.questions()
	howLong := time.Duration(*minutes * float64(time.Minute))
	s.ask(paths, howLong/4) // until the memory is what it stays
	before, begin := s.memory(), s.work()
	times, best := s.ask(paths, howLong)
	after, work := s.memory(), s.work()-begin
	slices.Sort(times)
	at := func(share float64) time.Duration { return times[int(share*float64(len(times)-1))] }
	t.Logf("the slowest address takes %v at its best", slices.Max(slices.Collect(maps.Values(best))))
	t.Logf("%d requests to %d addresses at %d a second: median %v, p99 %v, slowest %v; %v of processor time each; memory %d MB before, %d MB after",
		len(times), len(paths), rate, at(0.5), at(0.99), at(1), work/time.Duration(len(times)), before, after)
	if at(0.99) > slowest {
		t.Errorf("p99: want at most %v", slowest)
	}
	if after > before+before/10 {
		t.Error("the memory has grown by more than a tenth")
	}
}

// ask asks at the rate, whatever the answers take, and returns how long each took, and
// the best time of each address.
func (s *server) ask(paths []string, howLong time.Duration) ([]time.Duration, map[string]time.Duration) {
	var mu sync.Mutex
	var times []time.Duration
	best := map[string]time.Duration{}
	var running sync.WaitGroup
	tick := time.NewTicker(time.Second / rate)
	defer tick.Stop()
	end := time.Now().Add(howLong)
	for n := 0; time.Now().Before(end); n++ {
		<-tick.C
		running.Go(func() {
			begin := time.Now()
			response, err := http.Get(s.address + paths[n%len(paths)])
			if err != nil {
				s.Error(err)
				return
			}
			_, err = io.Copy(io.Discard, response.Body)
			if response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
				s.Errorf("%s: %d %v", paths[n%len(paths)], response.StatusCode, err)
			}
			took := time.Since(begin)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, took)
			if known, ok := best[paths[n%len(paths)]]; !ok || took < known {
				best[paths[n%len(paths)]] = took
			}
		})
	}
	running.Wait()
	return times, best
}

// TestCrowd keeps ten thousand connections open, of which half begin a request and
// never end it: others are answered meanwhile, and the memory comes back.
func TestCrowd(t *testing.T) {
	if !*long {
		t.Skip("only with -long")
	}
	s := start(t, folder(t))
	host := strings.Trim(strings.TrimPrefix(s.address, "http://"), "/")
	before := s.memory()
	var crowd []net.Conn
	defer func() {
		for _, c := range crowd {
			c.Close()
		}
	}()
	for n := range crowdSize {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Skipf("only %d connections can be opened here: %v", n, err)
		}
		crowd = append(crowd, c)
		if n%2 == 0 {
			fmt.Fprint(c, "GET /api/graph HTTP/1.1\r\nHost: localhost\r\nX-Slow: ") // the server may have had enough
		}
		if n%1000 == 0 {
			s.get("api/node/" + rwkv)
		}
	}
	during := s.memory()
	s.get("api/ask?q=who+talked+about+RWKV")
	t.Logf("memory %d MB before, %d MB with %d connections", before, during, crowdSize)
	if during > before+300 {
		t.Error("the connections take more than 300 MB")
	}
}
