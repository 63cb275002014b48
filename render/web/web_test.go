package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/ask"
	"talkgraph/graph/graphtest"
	"talkgraph/render"
	"talkgraph/render/layout"
)

// TestMain lets the test program be the child that computes layouts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		if err := layout.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// fixed is a Source that the test changes.
type fixed struct {
	mu      sync.Mutex
	version string
	g       *graph.Subgraph
	err     error
}

func (f *fixed) Version(context.Context) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.version, f.err
}

func (f *fixed) Read(context.Context) (*graph.Subgraph, []graph.PartInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.g, []graph.PartInfo{{ID: "doc/notes.txt"}}, f.err
}

func (f *fixed) set(version string, g *graph.Subgraph, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.version, f.g, f.err = version, g, err
}

// sample is a small conference: two days, a session, three talks.
func sample() *graph.Subgraph {
	node := func(t fact.Type, id, label string, props map[string]string, aliases ...string) graph.Node {
		return graph.Node{ID: strings.ToLower(string(t)) + "/" + id, Type: t, Label: label, Aliases: aliases, Props: props}
	}
	edge := func(source string, p fact.Predicate, target string, line int, quote string) graph.Edge {
		e := graph.Edge{Source: source, Predicate: p, Target: target, Evidence: []graph.Evidence{{Document: "doc/notes.txt", Line: line, Column: 1, Quote: quote, Extractor: fact.ExtractorRules, Confidence: 0.9}}}
		if p == fact.About {
			e.Weight = 0.8
		}
		return e
	}
	known := edge("concept/rwkv", fact.Broader, "concept/rnn", 1, "RWKV: RNN")
	known.Evidence[0].Extractor, known.Evidence[0].Document = fact.ExtractorLexicon, "doc/lexicon"
	doc := node(fact.Document, "notes.txt", "notes.txt", nil)
	doc.ID = "doc/notes.txt"
	return &graph.Subgraph{
		Nodes: []graph.Node{
			node(fact.Event, "smp", "社会媒体处理大会", map[string]string{fact.PropStartDate: "2024-10-12"}),
			node(fact.Session, "models", "基础模型", map[string]string{fact.PropStartDate: "2024-10-12", fact.PropPart: fact.Afternoon}),
			node(fact.Talk, "rwkv", "RWKV: a new architecture", map[string]string{fact.PropStartDate: "2024-10-12"}),
			node(fact.Talk, "long", "长文本的矛盾三角", nil),
			node(fact.Talk, "closing", "闭幕 </script><b>", map[string]string{fact.PropStartDate: "2024-10-13"}),
			node(fact.Person, "hou", "候皓文", nil),
			node(fact.Person, "lv", "吕鑫", nil, "Xin Lv"),
			node(fact.Person, "zhang-1", "张伟", nil),
			node(fact.Person, "zhang-2", "张伟", nil),
			node(fact.Organization, "lab", "广东实验室", nil, "Guangdong Lab"),
			node(fact.Concept, "rwkv", "RWKV", nil, "Receptance Weighted Key Value"),
			node(fact.Concept, "rnn", "RNN", nil, "循环神经网络"),
			node(fact.Concept, "long-context", "长上下文", map[string]string{fact.PropEnglish: "long context"}, "long context", "长文本"),
			doc,
		},
		Edges: []graph.Edge{
			edge("session/models", fact.SuperEvent, "event/smp", 1, "基础模型"),
			edge("talk/rwkv", fact.SuperEvent, "session/models", 2, "RWKV"),
			edge("talk/long", fact.SuperEvent, "session/models", 3, "长文本"),
			edge("talk/closing", fact.SuperEvent, "event/smp", 9, "闭幕"),
			edge("talk/rwkv", fact.Performer, "person/hou", 2, "候皓文"),
			edge("talk/long", fact.Performer, "person/lv", 3, "吕鑫"),
			edge("talk/closing", fact.Performer, "person/zhang-1", 9, "张伟"),
			edge("person/hou", fact.Affiliation, "organization/lab", 2, "广东实验室"),
			edge("talk/rwkv", fact.About, "concept/rwkv", 2, "RWKV"),
			edge("talk/rwkv", fact.About, "concept/rnn", 4, "RNN </script><script>alert(1)</script>"),
			edge("talk/long", fact.About, "concept/long-context", 3, "长上下文"),
			edge("talk/rwkv", fact.About, "concept/long-context", 5, "长上下文"),
			edge("event/smp", fact.SubjectOf, "doc/notes.txt", 1, "大会"),
			known,
		},
	}
}

// recorder is a Curator that remembers what it was asked.
type recorder struct {
	asked   []Correction
	undone  int
	refusal error
}

func (r *recorder) Correct(_ context.Context, c Correction) ([]string, error) {
	if r.refusal != nil {
		return nil, r.refusal
	}
	r.asked = append(r.asked, c)
	return []string{"a warning"}, nil
}

func (r *recorder) Undo(context.Context) ([]string, error) {
	r.undone++
	return nil, r.refusal
}

func (r *recorder) Undoable() int { return len(r.asked) - r.undone }

type noteLines []string

func (l noteLines) Lines(document string) ([]string, bool) { return l, document == "doc/notes.txt" }

func newTest(t *testing.T, change func(*Options)) (*Explorer, *fixed) {
	t.Helper()
	source := &fixed{version: "1", g: sample()}
	options := Options{Source: source, Passages: noteLines{"one", "two", "three", "four", "five", "six"}}
	if change != nil {
		change(&options)
	}
	return New(options), source
}

// request is one request with headers as name, value, …
func request(e http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost:8080/", strings.NewReader(body))
	if parsed, err := url.ParseRequestURI(target); err == nil {
		r.URL.Path, r.URL.RawPath, r.URL.RawQuery = parsed.Path, parsed.RawPath, parsed.RawQuery
	} else {
		r.URL.Path = target
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

func get(t *testing.T, e *Explorer, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return request(e.Handler(), http.MethodGet, target, "", headers...)
}

// decoded reads the JSON of a good answer.
func decoded[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var value T
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &value); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return value
}

func TestHostAndOrigin(t *testing.T) {
	here, _ := newTest(t, nil)
	beyond, _ := newTest(t, func(o *Options) { o.Beyond, o.Hosts = true, []string{"Notes.example"} })
	for _, row := range []struct {
		e       *Explorer
		headers []string
		want    int
	}{
		{here, []string{"Host", "localhost:8080"}, 200},
		{here, []string{"Host", "127.0.0.1:8080"}, 200},
		{here, []string{"Host", "[::1]:8080"}, 200},
		{here, []string{"Host", "LOCALHOST"}, 200},
		{here, []string{"Host", "evil.example:8080"}, 421},
		{here, []string{"Host", "localhost.evil.example"}, 421},
		{here, []string{"Host", "192.168.1.5:8080"}, 421},
		{here, []string{"Host", ""}, 421},
		{here, []string{"Origin", "http://localhost:8080"}, 200},
		{here, []string{"Origin", "http://localhost:9090"}, 403},
		{here, []string{"Origin", "https://evil.example"}, 403},
		{here, []string{"Origin", "null"}, 403},
		{beyond, []string{"Host", "192.168.1.5:8080"}, 200},
		{beyond, []string{"Host", "notes.example"}, 200},
		{beyond, []string{"Host", "evil.example"}, 421},
	} {
		if w := get(t, row.e, "/api/overview", row.headers...); w.Code != row.want {
			t.Errorf("%v: status %d, want %d", row.headers, w.Code, row.want)
		}
	}
}

func TestToken(t *testing.T) {
	e, _ := newTest(t, func(o *Options) { o.Token = "correct horse battery" })
	for _, row := range []struct {
		target  string
		headers []string
		want    int
	}{
		{"/api/overview", nil, 401},
		{"/assets/app.js", nil, 401},
		{"/", nil, 401},
		{"/healthz", nil, 200},
		{"/api/overview", []string{"Authorization", "Bearer correct horse battery"}, 200},
		{"/api/overview", []string{"Authorization", "Bearer correct horse batter"}, 401},
		{"/api/overview", []string{"Authorization", "Bearer "}, 401},
		{"/api/overview", []string{"Authorization", "Basic correct horse battery"}, 401},
		{"/api/overview", []string{"Cookie", "talkgraph=correct horse battery"}, 401},
		{"/api/overview?token=correct+horse+battery", nil, 401},
	} {
		if w := get(t, e, row.target, row.headers...); w.Code != row.want {
			t.Errorf("%s %v: status %d, want %d", row.target, row.headers, w.Code, row.want)
		}
	}
	form := []string{"Content-Type", "application/x-www-form-urlencoded"}
	if w := request(e.Handler(), "POST", "/login", "token=wrong", form...); w.Code != 401 || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("wrong token: status %d, cookie %q", w.Code, w.Header().Get("Set-Cookie"))
	}
	w := request(e.Handler(), "POST", "/login", "token=correct+horse+battery", form...)
	cookie := w.Header().Get("Set-Cookie")
	if w.Code != 303 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, "horse") {
		t.Fatalf("status %d, cookie %q", w.Code, cookie)
	}
	value, _, _ := strings.Cut(cookie, ";")
	if w := get(t, e, "/api/overview", "Cookie", value); w.Code != 200 {
		t.Errorf("with the cookie: status %d", w.Code)
	}
	if w := request(e.Handler(), "POST", "/login", "token=correct+horse+battery", append(form, "Origin", "https://evil.example")...); w.Code != 403 {
		t.Errorf("login from another site: status %d", w.Code)
	}
}

func TestHeaders(t *testing.T) {
	e, _ := newTest(t, nil)
	for _, target := range []string{"/", "/assets/app.js", "/api/graph", "/api/nothing", "/api/map.svg"} {
		w := get(t, e, target, "Origin", "http://localhost:8080")
		h := w.Header()
		policy := h.Get("Content-Security-Policy")
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-eval") {
			t.Errorf("%s: headers %v", target, h)
		}
		if h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: lets other sites read", target)
		}
	}
	if policy := get(t, e, "/").Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe-inline") || !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("policy of the page: %s", policy)
	}
	page := get(t, e, "/")
	if w := get(t, e, "/", "If-None-Match", page.Header().Get("ETag")); w.Code != 304 || w.Header().Get("Content-Security-Policy") != page.Header().Get("Content-Security-Policy") {
		t.Errorf("unchanged page: status %d, policy %s", w.Code, w.Header().Get("Content-Security-Policy"))
	}
	if w := get(t, e, "/healthz"); w.Code != 200 || w.Body.String() != "{\"status\":\"ok\"}\n" {
		t.Errorf("healthz: %d %s", w.Code, w.Body)
	}
}

func TestRefused(t *testing.T) {
	e, _ := newTest(t, nil)
	long := strings.Repeat("长", 501)
	for target, want := range map[string]int{
		"/assets/..%2f..%2fgo.mod":                       404,
		"/api/node/%00":                                  404,
		"/api/node/concept/nothing":                      404,
		"/api/node/":                                     404,
		"/api/export/exe":                                404,
		"/api/export/..%2fjson":                          404,
		"/api/graph?focus=concept/nothing":               404,
		"/api/graph?depth=7":                             400,
		"/api/graph?depth=-1":                            400,
		"/api/graph?limit=0":                             400,
		"/api/graph?limit=1000000":                       400,
		"/api/graph?limit=99999999999999999999":          400,
		"/api/graph?types=Nonsense":                      400,
		"/api/graph?relations=nonsense":                  400,
		"/api/graph?from=yesterday":                      400,
		"/api/graph?" + strings.Repeat("focus=x&", 51):   400,
		"/api/graph?" + strings.Repeat("x=y&", 3000):     414,
		"/api/search":                                    400,
		"/api/search?q=%20":                              400,
		"/api/search?q=%ff%fe":                           400,
		"/api/search?q=" + url.QueryEscape(long):         400,
		"/api/ask":                                       400,
		"/api/ask?q=" + url.QueryEscape(long):            400,
		"/api/path?from=concept/rwkv":                    400,
		"/api/path?from=concept/rwkv&to=concept/nothing": 404,
		"/api/passage?document=doc/notes.txt":            400,
		"/api/passage?document=doc/notes.txt&line=0":     400,
		"/api/map.svg?theme=blue":                        400,
		"/api/map.svg?lang=fr":                           400,
		"/api/map.svg?limit=100000":                      400,
		"/api/corrections":                               404,
		"/nothing":                                       404,
	} {
		w := get(t, e, target)
		if w.Code != want {
			t.Errorf("%.80s: status %d, want %d", target, w.Code, want)
			continue
		}
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Title == "" || p.Status != want || p.Type == "" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%.80s: no problem details: %s", target, w.Body)
		}
		if w.Header().Get("ETag") != "" {
			t.Errorf("%.80s: an error has a tag", target)
		}
	}
	for target, want := range map[string]string{"/../../etc/passwd": "/etc/passwd", "/assets/../page.go": "/page.go", "/api/node/../../x": "/x"} {
		if w := get(t, e, target); w.Code != http.StatusTemporaryRedirect || w.Header().Get("Location") != want {
			t.Errorf("%s: status %d to %q, want one to %s", target, w.Code, w.Header().Get("Location"), want)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
		if w := request(e.Handler(), method, "/api/graph", ""); w.Code != 405 {
			t.Errorf("%s: status %d", method, w.Code)
		}
	}
}

func TestGraph(t *testing.T) {
	e, _ := newTest(t, nil)
	ids := func(target string) []string {
		g := decoded[graphJSON](t, get(t, e, target))
		var ids []string
		for _, n := range g.Nodes {
			ids = append(ids, n.ID)
		}
		if !slices.IsSorted(ids) || g.Format != "talkgraph/1" || g.Shown == nil || g.Shown.Nodes != len(ids) {
			t.Errorf("%s: %v", target, ids)
		}
		for _, edge := range g.Edges {
			if !slices.Contains(ids, edge.Source) || !slices.Contains(ids, edge.Target) || len(edge.Evidence) == 0 {
				t.Errorf("%s: edge %v", target, edge)
			}
		}
		return ids
	}
	for target, want := range map[string]string{
		"/api/graph?focus=concept/rwkv":                                            "concept/rnn concept/rwkv talk/rwkv",
		"/api/graph?focus=concept/rwkv&lexicon=no":                                 "concept/rwkv talk/rwkv",
		"/api/graph?focus=concept/rwkv&types=Talk":                                 "concept/rwkv talk/rwkv",
		"/api/graph?focus=concept/rwkv&relations=broader":                          "concept/rnn concept/rwkv",
		"/api/graph?focus=person/lv&open=talk/long":                                "concept/long-context person/lv session/models talk/long",
		"/api/graph?focus=talk/closing&depth=2":                                    "event/smp person/zhang-1 talk/closing",
		"/api/graph?focus=concept/rwkv&depth=0":                                    "concept/rwkv",
		"/api/graph?focus=rwkv&depth=0":                                            "concept/rwkv",
		"/api/graph?types=Person&from=2024-10-13":                                  "person/zhang-1",
		"/api/graph?types=Talk&from=2024-10-12&to=2024-10-12":                      "talk/long talk/rwkv",
		"/api/graph?types=Talk&session=event/smp":                                  "talk/closing talk/long talk/rwkv",
		"/api/graph?session=session/models&types=Organization,Person":              "organization/lab person/hou person/lv",
		"/api/graph?focus=concept/rwkv&focus=concept/long-context&limit=2&depth=2": "concept/long-context concept/rwkv",
	} {
		if got := strings.Join(ids(target), " "); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", target, got, want)
		}
	}
	g := decoded[graphJSON](t, get(t, e, "/api/graph?limit=4"))
	if g.Shown.Nodes != 4 || g.Shown.Of != 13 || g.Shown.Reason != reasonLimit {
		t.Errorf("shown: %+v", g.Shown)
	}
}

func TestSearch(t *testing.T) {
	e, _ := newTest(t, nil)
	for query, want := range map[string]string{
		"rwkv":        "concept/rwkv",
		"ＲＷＫＶ":        "concept/rwkv",
		"long con":    "concept/long-context",
		"context":     "concept/long-context",
		"长文":          "talk/long",
		"循环":          "concept/rnn",
		"xin":         "person/lv",
		"lab":         "organization/lab",
		"new archite": "talk/rwkv",
	} {
		found := decoded[struct {
			Of      int
			Results []struct{ ID, Matched string }
		}](t, get(t, e, "/api/search?q="+url.QueryEscape(query)))
		if len(found.Results) == 0 || found.Results[0].ID != want && !slices.ContainsFunc(found.Results[:min(2, len(found.Results))], func(r struct{ ID, Matched string }) bool { return r.ID == want }) {
			t.Errorf("%s: %+v, want %s", query, found, want)
		}
	}
	if w := get(t, e, "/api/search?q=nothing+of+this+name"); !strings.Contains(w.Body.String(), `"of":0,"results":[]`) {
		t.Errorf("nothing found: %s", w.Body)
	}
}

// TestAskAnswersAsTheCommand compares with package ask, which the command prints.
func TestAskAnswersAsTheCommand(t *testing.T) {
	e, _ := newTest(t, func(o *Options) { o.Ask = ask.Options{Limit: 1} })
	store := newView("", sample(), nil)
	for _, question := range []string{"who talked about long context", "谁讲了长上下文", "make me a sandwich", "who talked about RWVK"} {
		want, err := ask.Answer(t.Context(), store, question, ask.Options{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		w := get(t, e, "/api/ask?q="+url.QueryEscape(question))
		if got := strings.TrimSpace(w.Body.String()); w.Code != 200 || got != string(encoded) {
			t.Errorf("%s: %d\ngot  %s\nwant %s", question, w.Code, got, encoded)
		}
	}
	if w := get(t, e, "/api/ask?q="+url.QueryEscape("谁讲了长上下文")); !strings.Contains(w.Body.String(), "吕鑫") {
		t.Errorf("no answer: %s", w.Body)
	}
}

func TestNode(t *testing.T) {
	e, _ := newTest(t, nil)
	for _, target := range []string{"/api/node/talk/rwkv", "/api/node/talk%2Frwkv"} {
		got := decoded[struct {
			Node  nodeJSON
			Nodes []nodeJSON
			Edges []edgeJSON
		}](t, get(t, e, target))
		if got.Node.Label != "RWKV: a new architecture" || len(got.Edges) != 5 || len(got.Nodes) != 5 || got.Node.Degree != 5 {
			t.Errorf("%s: %+v", target, got)
		}
		if e := got.Edges[0].Evidence[0]; e.Document != "doc/notes.txt" || e.Line == 0 || e.Quote == "" {
			t.Errorf("evidence: %+v", e)
		}
	}
	if w := get(t, e, "/api/node/talk/closing"); bytes.Contains(w.Body.Bytes(), []byte("</script>")) {
		t.Errorf("unescaped: %s", w.Body)
	}
}

func TestPathAndPassage(t *testing.T) {
	e, _ := newTest(t, nil)
	for target, want := range map[string]string{
		"/api/path?from=concept/rwkv&to=person/hou":      "concept/rwkv talk/rwkv person/hou",
		"/api/path?from=person/hou&to=person/lv":         "person/hou talk/rwkv concept/long-context talk/long person/lv",
		"/api/path?from=person/hou&to=person/zhang-2":    "",
		"/api/path?from=concept/rwkv&to=concept/rwkv":    "concept/rwkv",
		"/api/path?from=talk/closing&to=session/models":  "",
		"/api/path?from=person/hou&to=event/smp":         "person/hou talk/rwkv session/models event/smp",
		"/api/path?from=concept/rnn&to=organization/lab": "concept/rnn talk/rwkv person/hou organization/lab",
	} {
		got := decoded[struct {
			Path  []string
			Edges []edgeJSON
		}](t, get(t, e, target))
		if strings.Join(got.Path, " ") != want || len(got.Edges) < len(got.Path)-1 {
			t.Errorf("%s: %v", target, got.Path)
		}
	}
	for target, want := range map[string]string{
		"line=1":         "1one 2two 3three",
		"line=3":         "1one 2two 3three 4four 5five",
		"line=5&count=2": "3three 4four 5five 6six",
		"line=99":        "",
	} {
		got := decoded[struct {
			Lines []struct {
				Number int
				Text   string
			}
		}](t, get(t, e, "/api/passage?document=doc/notes.txt&"+target))
		var lines []string
		for _, line := range got.Lines {
			lines = append(lines, fmt.Sprint(line.Number, line.Text))
		}
		if strings.Join(lines, " ") != want {
			t.Errorf("%s: %v", target, lines)
		}
	}
}

func TestMapAndExports(t *testing.T) {
	e, _ := newTest(t, nil)
	drawn := get(t, e, "/api/map.svg?focus=talk/closing&lang=zh")
	if drawn.Code != 200 || drawn.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(drawn.Body.String(), `href="/?focus=person%2Fzhang-1"`) {
		t.Errorf("map: %d %.300s", drawn.Code, drawn.Body)
	}
	if strings.Contains(drawn.Body.String(), "<script") || strings.Contains(drawn.Body.String(), "<b>") {
		t.Error("the map has markup of the notes in it")
	}
	if again := get(t, e, "/api/map.svg?focus=talk/closing&lang=zh"); !bytes.Equal(again.Body.Bytes(), drawn.Body.Bytes()) {
		t.Error("a second map is another")
	}
	for _, format := range render.Formats() {
		w := get(t, e, "/api/export/"+format.Name+"?focus=concept/rwkv&depth=1")
		if w.Code != 200 || w.Header().Get("Content-Type") != format.MIME || w.Body.Len() == 0 || !strings.Contains(w.Header().Get("Content-Disposition"), "talkgraph"+format.Extension) {
			t.Errorf("%s: %d %v", format.Name, w.Code, w.Header())
		}
	}
	whole, err := render.ReadJSON(get(t, e, "/api/export/json").Body)
	if err != nil || len(whole.Nodes) != len(sample().Nodes) || len(whole.Edges) != len(sample().Edges) {
		t.Errorf("the whole graph: %v", err)
	}
}

func TestTagsAndCompression(t *testing.T) {
	e, source := newTest(t, nil)
	first := get(t, e, "/api/graph")
	tag := first.Header().Get("ETag")
	if w := get(t, e, "/api/graph", "If-None-Match", `"other", `+tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("unchanged: %d", w.Code)
	}
	if other := get(t, e, "/api/graph?limit=3").Header().Get("ETag"); other == tag {
		t.Error("two questions have one tag")
	}
	w := get(t, e, "/api/graph", "Accept-Encoding", "br, gzip")
	reader, err := gzip.NewReader(w.Body)
	if err != nil || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("no gzip: %v %v", err, w.Header())
	}
	plain, err := io.ReadAll(reader)
	if err != nil || !bytes.Equal(plain, first.Body.Bytes()) {
		t.Errorf("unpacked it differs: %v", err)
	}
	if w := get(t, e, "/api/graph", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("compressed against the client's word")
	}
	changed := sample()
	changed.Nodes[0].Label = "changed"
	source.set("2", changed, nil)
	if _, err := e.views.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w := get(t, e, "/api/graph", "If-None-Match", tag); w.Code != 200 || !strings.Contains(w.Body.String(), "changed") {
		t.Errorf("after a change: %d", w.Code)
	}
	source.set("3", nil, errors.New("the disk is gone"))
	if _, err := e.views.reload(t.Context()); err != nil {
		t.Errorf("what was read before is not shown: %v", err)
	}
}

// slowSource gives its second state only when it is told to.
type slowSource struct {
	fixed
	ready chan struct{}
}

func (s *slowSource) Read(ctx context.Context) (*graph.Subgraph, []graph.PartInfo, error) {
	if version, err := s.Version(ctx); err != nil || version != "1" {
		<-s.ready
	}
	return s.fixed.Read(ctx)
}

// TestSlowReload: while a new state is read, requests are answered from the one before.
func TestSlowReload(t *testing.T) {
	source := &slowSource{fixed: fixed{version: "1", g: sample()}, ready: make(chan struct{})}
	e := New(Options{Source: source})
	get(t, e, "/api/overview")
	source.set("2", &graph.Subgraph{}, nil)
	e.views.checked = time.Time{}
	for range 3 {
		if w := get(t, e, "/api/node/concept/rwkv"); w.Code != 200 {
			t.Fatalf("while the graph is read again: %d %s", w.Code, w.Body)
		}
	}
	close(source.ready)
	for range 200 {
		if get(t, e, "/api/node/concept/rwkv").Code == 404 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the new state never came")
}

func TestUnreadableStore(t *testing.T) {
	e, source := newTest(t, nil)
	source.set("1", nil, errors.New("password=secret"))
	for target, want := range map[string]int{"/healthz": 503, "/api/graph": 500} {
		if w := get(t, e, target); w.Code != want || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestCorrections(t *testing.T) {
	curator := &recorder{}
	e, _ := newTest(t, func(o *Options) { o.Curator = curator })
	post := func(body string, headers ...string) *httptest.ResponseRecorder {
		return request(e.Handler(), "POST", "/api/corrections", body, append([]string{"Content-Type", "application/json"}, headers...)...)
	}
	for body, want := range map[string]int{
		`{"action":"rename","ids":["person/hou"],"value":""}`:          400,
		`{"action":"rename","ids":["person/hou"],"value":"a\nb"}`:      400,
		`{"action":"rename","ids":["person/nobody"],"value":"x"}`:      404,
		`{"action":"rename","ids":["person/zhang-1"],"value":"x"}`:     409,
		`{"action":"retype","ids":["concept/rnn"],"value":"Document"}`: 400,
		`{"action":"merge","ids":["concept/rnn"]}`:                     400,
		`{"action":"merge","ids":["concept/rnn","person/hou"]}`:        409,
		`{"action":"merge","ids":["concept/rnn","concept/rnn"]}`:       409,
		`{"action":"delete","ids":["concept/rnn"]}`:                    400,
		`{"action":"hide","ids":["concept/rnn"],"more":1}`:             400,
		`{`: 400,
		`{"action":"hide","ids":["` + strings.Repeat("x", correctionBytes) + `"]}`: 400,
	} {
		if w := post(body); w.Code != want {
			t.Errorf("%.80s: status %d, want %d: %s", body, w.Code, want, w.Body)
		}
	}
	if len(curator.asked) > 0 {
		t.Fatalf("wrong corrections were carried out: %v", curator.asked)
	}
	hide := `{"action":"hide","ids":["concept/rnn"]}`
	for _, headers := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Content-Type", "text/plain"}, {"Content-Type", "application/x-www-form-urlencoded"}} {
		if w := post(hide, headers...); w.Code != 403 && w.Code != 415 {
			t.Errorf("%v: status %d", headers, w.Code)
		}
	}
	if w := post(hide); w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"undo":1,"warnings":["a warning"]}` {
		t.Errorf("hide: %d %s", w.Code, w.Body)
	}
	if w := post(`{"action":"merge","ids":["concept/rwkv","concept/rnn"]}`); w.Code != 200 {
		t.Errorf("merge: %d %s", w.Code, w.Body)
	}
	if want := (Correction{Action: Merge, Names: []string{"RWKV", "RNN"}}); fmt.Sprint(curator.asked[1]) != fmt.Sprint(want) {
		t.Errorf("asked for %v, want %v", curator.asked[1], want)
	}
	if w := request(e.Handler(), "POST", "/api/corrections/undo", ""); w.Code != 200 || curator.undone != 1 {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
	curator.refusal = &Refusal{Message: "no", Mend: "do this"}
	if w := post(hide); w.Code != 409 || !strings.Contains(w.Body.String(), "do this") {
		t.Errorf("refusal: %d %s", w.Code, w.Body)
	}
	reader, _ := newTest(t, nil)
	for _, target := range []string{"/api/corrections", "/api/corrections/undo"} {
		if w := request(reader.Handler(), "POST", target, hide, "Content-Type", "application/json"); w.Code != 403 {
			t.Errorf("%s without --edit: status %d", target, w.Code)
		}
	}
}

// TestViewIsASnapshot holds the view against the model of a store.
func TestViewIsASnapshot(t *testing.T) {
	part := graphtest.Versioned("doc/a", 3)
	part.Nodes = append([]graph.Node{{ID: "event/doc/a", Type: fact.Event, Label: "Event"}}, part.Nodes...)
	model := graphtest.NewModel(part)
	g := model.Graph()
	v := newView("1", g, []graph.PartInfo{{ID: part.ID, Source: part.Source, Fingerprint: part.Fingerprint}})
	if err := model.Compare(t.Context(), modelled{v, part}); err != nil {
		t.Error(err)
	}
}

// modelled is a view with the parts that it does not keep.
type modelled struct {
	*view
	part graph.Part
}

func (m modelled) Part(context.Context, string) (graph.Part, error) { return m.part, nil }

// TestSlowClients: clients that send or read nothing are cut off and hold nobody up.
func TestSlowClients(t *testing.T) {
	e, _ := newTest(t, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	l := usualLimits()
	l.header, l.read = 300*time.Millisecond, 300*time.Millisecond
	go func() { ended <- e.serve(ctx, listener, l) }()
	var slow []net.Conn
	for i := range 200 {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if i%2 == 0 {
			fmt.Fprintf(c, "GET /api/graph HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
		}
		slow = append(slow, c)
	}
	response, err := http.Get("http://" + listener.Addr().String() + "/api/graph")
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("beside slow clients: %v", err)
	}
	response.Body.Close()
	for _, c := range slow {
		if err := c.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, bufio.NewReader(c)); err != nil && errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("a slow client is still connected")
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("end: %v", err)
	}
}

// FuzzRequests: whatever is asked, the answer is no server error.
func FuzzRequests(f *testing.F) {
	for _, seed := range []string{"/api/graph?focus=concept/rwkv&depth=2", "/api/search?q=rw", "/api/ask?q=who+talked+about+RWKV", "/api/node/talk/rwkv", "/api/path?from=a&to=b", "/%2e%2e/x"} {
		f.Add(seed)
	}
	source := &fixed{version: "1", g: sample()}
	handler := New(Options{Source: source}).Handler()
	f.Fuzz(func(t *testing.T, target string) {
		if strings.Contains(target, "map.svg") || strings.Contains(target, "export") {
			return // these start a layout
		}
		if w := request(handler, "GET", "/"+strings.TrimPrefix(target, "/"), ""); w.Code >= 500 {
			t.Errorf("%q: status %d: %s", target, w.Code, w.Body)
		}
	})
}
