package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"talkgraph/cmd/internal/build"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/llmtest"
)

// secret is a key that must be seen nowhere.
const secret = "sk-never-to-be-seen"

// forest are notes of which the rules and the model read different things.
const forest = `# Symposium on Trees

## Growing Oaks

Speaker: Ada Elm (Forest Institute)

- Oak pruning is done in winter and it slowly thickens the inner leaf canopy.

## Felling Pines

Speaker: Ben Ash (Timber Society)

- Ring counting is what foresters do first.
`

// oaks are true facts of the first talk, and one that is not.
const oaks = `{"entities":[{"id":"e1","type":"Concept","name":"Oak pruning","aliases":[]},{"id":"e2","type":"Concept","name":"inner leaf canopy","aliases":[]}],
"relations":[{"source":"e1","type":"related","target":"e2","phrase":"slowly thickens","line":7,"quote":"Oak pruning is done in winter and it slowly thickens the inner leaf canopy"},
{"source":"talk","type":"about","target":"e2","phrase":"","line":7,"quote":"the inner leaf canopy"},
{"source":"talk","type":"about","target":"e2","phrase":"","line":7,"quote":"the inner leaf canopy wins"}]}`

// woods is a folder with the notes and a service, in which commands are run.
type woods struct {
	*testing.T
	server *llmtest.Server
}

func newWoods(t *testing.T, handle llmtest.Handler) woods {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("trees.md", []byte(forest), 0o600); err != nil {
		t.Fatal(err)
	}
	s := llmtest.Start(t, handle)
	for name, value := range map[string]string{"BASE_URL": s.URL, "MODEL": "forester", "API_KEY": secret, "CACHE": "cache", "PRICES": "forester 1 2"} {
		t.Setenv("TALKGRAPH_LLM_"+name, value)
	}
	return woods{t, s}
}

func obliging(w http.ResponseWriter, c llmtest.Call, _ int) {
	switch {
	case strings.Contains(c.User, "<question>"):
		llmtest.Answer(w, `{"intent":"list","want":"Talk","names":[]}`)
	case strings.Contains(c.User, "Growing Oaks"):
		llmtest.Answer(w, oaks)
	default:
		llmtest.Answer(w, `{"entities":[],"relations":[]}`)
	}
}

// run runs a command and returns both of its streams; the key is in neither.
func (w woods) run(status int, args ...string) (stdout, stderr string) {
	w.Helper()
	return w.runIn(w.Context(), status, args...)
}

// runIn is run with a context that may end before.
func (w woods) runIn(ctx context.Context, status int, args ...string) (stdout, stderr string) {
	w.Helper()
	var out, err bytes.Buffer
	if got := Run(ctx, args, strings.NewReader(""), &out, &err); got != status {
		w.Fatalf("%v: status %d, want %d\n%s%s", args, got, status, out.String(), err.String())
	}
	if strings.Contains(out.String()+err.String(), secret) {
		w.Errorf("%v shows the key", args)
	}
	return out.String(), err.String()
}

func (w woods) export(store string) string {
	w.Helper()
	out, _ := w.run(0, "export", "--store", store)
	return out
}

// TestBuildWithAModel goes the whole way of a user.
func TestBuildWithAModel(t *testing.T) {
	w := newWoods(t, obliging)
	if out, _ := w.run(0, "build", "--extractor", "both", "--dry-run", "trees.md"); !strings.Contains(out, "2 parts of talks, 0 answered already; 2 calls") || len(w.server.Calls()) != 0 {
		t.Errorf("dry run: %s", out)
	}
	out, stderr := w.run(0, "build", "--extractor", "both", "--record", "record", "--verbose", "trees.md")
	if !strings.Contains(out, "2 facts kept, 1 dropped\n  dropped 1: the quote does not stand in its line") || !strings.Contains(stderr, "trees.md:7: info: the model's fact is dropped") {
		t.Errorf("build: %s%s", out, stderr)
	}
	both := w.export("talkgraph.db")
	if !strings.Contains(both, `"llm:forester"`) || !strings.Contains(both, "slowly thickens") {
		t.Errorf("the graph lacks what the model found:\n%s", both)
	}
	calls := len(w.server.Calls())
	w.run(0, "build", "--extractor", "both", "--store", "again.db", "trees.md")
	w.run(0, "build", "--extractor", "both", "--store", "replayed.db", "--replay", "record", "trees.md")
	if w.export("again.db") != both || w.export("replayed.db") != both || len(w.server.Calls()) != calls {
		t.Errorf("a second run differs, or asks again: %d calls", len(w.server.Calls()))
	}
	if rules, _ := w.run(0, "export", "--extractor", "rules"); strings.Contains(rules, "llm:") || !strings.Contains(rules, "Ada Elm") {
		t.Errorf("only of the rules:\n%s", rules)
	}
	if sure, _ := w.run(0, "export", "--min-confidence", "0.9"); strings.Contains(sure, "llm:") {
		t.Errorf("only the sure:\n%s", sure)
	}
	if out, _ := w.run(0, "ask", "who talked about inner leaf canopy"); !strings.Contains(out, "Ada Elm") {
		t.Errorf("ask: %s", out)
	}
	w.run(0, "map", "--extractor", "llm", "-o", "map.svg")
	w.keepsSecrets()
}

// keepsSecrets looks for the key in every file.
func (w woods) keepsSecrets() {
	w.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(secret)) {
			w.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil {
		w.Error(err)
	}
	if shown, _ := w.run(0, "config", "show"); !strings.Contains(shown, "llm.api_key") {
		w.Error("config show lacks the key's row")
	}
}

// TestModelAlone leaves the programme to the rules, and only that.
func TestModelAlone(t *testing.T) {
	w := newWoods(t, obliging)
	w.run(0, "build", "--extractor", "llm", "trees.md")
	if g := w.export("talkgraph.db"); strings.Contains(g, "Ada Elm\"") || !strings.Contains(g, "Growing Oaks") || !strings.Contains(g, "inner leaf canopy") {
		t.Error(g)
	}
}

// TestModelFails keeps the facts of the rules, tells so by the status, and completes
// them when the model is back.
func TestModelFails(t *testing.T) {
	broken := true
	w := newWoods(t, func(rw http.ResponseWriter, c llmtest.Call, number int) {
		if broken {
			llmtest.Fail(rw, 401, "invalid_api_key", "Incorrect API key provided: "+secret)
			return
		}
		obliging(rw, c, number)
	})
	if _, stderr := w.run(3, "build", "--extractor", "both", "trees.md"); !strings.Contains(stderr, "TALKGRAPH_LLM_API_KEY") {
		t.Errorf("says %s", stderr)
	}
	if g := w.export("talkgraph.db"); !strings.Contains(g, "Ada Elm") || strings.Contains(g, "llm:") {
		t.Error("the rules' facts are not there alone")
	}
	w.run(3, "llm", "ping")
	broken = false
	w.run(0, "build", "--extractor", "both", "trees.md")
	if g := w.export("talkgraph.db"); !strings.Contains(g, "llm:forester") {
		t.Error("the second build did not complete the first")
	}
	w.keepsSecrets()
}

// TestFilters hides what others found, and what is less sure, from every command that
// shows the graph.
func TestFilters(t *testing.T) {
	w := newWoods(t, obliging)
	w.run(0, "build", "--extractor", "both", "trees.md")
	for _, hides := range [][]string{{"--extractor", "rules"}, {"--min-confidence", "0.9"}, {"--extractor", "llm:another"}} {
		if g, _ := w.run(0, append([]string{"export"}, hides...)...); strings.Contains(g, "llm:forester") {
			t.Errorf("export %v: %s", hides, g)
		}
		if out, _ := w.run(1, append([]string{"ask", "who talked about inner leaf canopy"}, hides...)...); strings.Contains(out, "Ada Elm") {
			t.Errorf("ask %v: %s", hides, out)
		}
		if picture, _ := w.run(0, append([]string{"map", "Oak pruning", "-o", "-"}, hides...)...); strings.Contains(picture, ">slowly thickens<") {
			t.Errorf("map %v shows the model's relation", hides)
		}
	}
	for _, shows := range [][]string{nil, {"--extractor", "llm"}, {"--extractor", "llm:forester"}, {"--min-confidence", "0.5"}} {
		if g, _ := w.run(0, append([]string{"export"}, shows...)...); !strings.Contains(g, `"phrase":"slowly thickens"`) {
			t.Errorf("export %v: %s", shows, g)
		}
		if picture, _ := w.run(0, append([]string{"map", "Oak pruning", "-o", "-"}, shows...)...); !strings.Contains(picture, ">slowly thickens<") {
			t.Errorf("map %v lacks the model's relation", shows)
		}
	}
	w.run(1, "map", "-o", "none.svg", "--extractor", "llm:another")
	w.run(2, "map", "-o", "none.svg", "--extractor", "nobody")
}

// TestInterrupted keeps what is stored and what is answered.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	const first, second = 2, 2 // calls that the first build makes, and the second should
	w := newWoods(t, func(rw http.ResponseWriter, c llmtest.Call, number int) {
		if number == first+second {
			cancel()
			return
		}
		obliging(rw, c, number)
	})
	t.Setenv("TALKGRAPH_LLM_CONCURRENCY", "1")
	w.run(0, "build", "--extractor", "both", "trees.md")
	before := w.export("talkgraph.db")
	more := strings.NewReplacer("Growing Oaks", "Carving Oaks", "Felling Pines", "Dusting Pines").Replace(forest)
	if err := os.WriteFile("more.md", []byte(more), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr := w.runIn(ctx, 130, "build", "--extractor", "both", "trees.md", "more.md"); !strings.Contains(stderr, "interrupted") {
		t.Errorf("says %s", stderr)
	}
	if w.export("talkgraph.db") != before {
		t.Error("the store has changed")
	}
	w.run(0, "build", "--extractor", "both", "trees.md", "more.md")
	if made := len(w.server.Calls()) - first - second; made != 1 {
		t.Errorf("%d calls after the interrupted build, want 1", made)
	}
}

// TestModelProgress tells calls, tokens and cost beside the count of documents.
func TestModelProgress(t *testing.T) {
	var told []string
	m := &modelRun{priced: true}
	m.changed(llm.Usage{Calls: 9}) // nobody listens yet
	step := m.progress(func(now build.Progress) { told = append(told, progressText(now, time.Second)) }, 3)
	m.changed(llm.Usage{Calls: 2, Prompt: 1000, Completion: 500, Cost: 0.0123})
	step(build.Progress{Documents: 1, AllDocuments: 3, Bytes: 7, AllBytes: 9})
	m.changed(llm.Usage{Calls: 3, Prompt: 1000, Completion: 501, Cost: 0.0124})
	want := []string{"0 of 3 documents, 2 calls, 1500 tokens, cost 0.0123", "1 of 3 documents, 2 calls, 1500 tokens, cost 0.0123",
		"1 of 3 documents, 3 calls, 1501 tokens, cost 0.0124"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestModelBudget(t *testing.T) {
	w := newWoods(t, obliging)
	t.Setenv("TALKGRAPH_LLM_MAX_CALLS", "1")
	out, stderr := w.run(3, "build", "--extractor", "both", "--json", "trees.md")
	var result buildJSON
	if err := json.Unmarshal([]byte(out), &result); err != nil || result.Model == nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if m := result.Model; m.Calls != 1 || m.Unread != 1 || m.Parts != 2 || m.PromptTokens != 100 || m.Cost == nil || *m.Cost != 0.0002 || !strings.Contains(stderr, "llm.max_calls") {
		t.Errorf("%+v %s", m, stderr)
	}
	w.run(0, "build", "--extractor", "both", "trees.md") // one more call is enough
}

func TestPing(t *testing.T) {
	w := newWoods(t, obliging)
	if out, _ := w.run(0, "llm", "ping"); strings.Count(out, "\n") != 1 || !strings.Contains(out, "model forester answers") || !strings.Contains(out, "json_schema works") {
		t.Error(out)
	}
	t.Setenv("TALKGRAPH_LLM_API_KEY", "")
	if err := os.WriteFile("key", []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TALKGRAPH_LLM_API_KEY_FILE", "key")
	w.run(0, "llm", "ping", "--json")
	w.run(0, "build", "--extractor", "both", "--record", "record", "trees.md")
	if err := os.Rename("key", filepath.Join(t.TempDir(), "key")); err != nil {
		t.Fatal(err)
	}
	w.keepsSecrets()
	calls := w.server.Calls()
	if got := calls[len(calls)-1].Header.Get("Authorization"); got != "Bearer "+secret {
		t.Errorf("the key of the file was not sent: %q", got)
	}
	t.Setenv("TALKGRAPH_LLM_API_KEY_FILE", "nowhere")
	w.run(2, "llm", "ping")
	t.Setenv("TALKGRAPH_LLM_BASE_URL", "")
	w.run(2, "llm", "ping")
}

// TestPingFails has a service, then a model, that cannot do what is needed.
func TestPingFails(t *testing.T) {
	w := newWoods(t, func(rw http.ResponseWriter, _ llmtest.Call, _ int) { llmtest.Answer(rw, "Ada gave a talk.") })
	out, stderr := w.run(3, "llm", "ping")
	if strings.Count(out, "\n") != 1 || !strings.Contains(out, "json_schema does not work") || !strings.Contains(stderr, "can give JSON") {
		t.Errorf("%s%s", out, stderr)
	}
	t.Setenv("TALKGRAPH_LLM_BASE_URL", "http://127.0.0.1:1/v1")
	if out, stderr := w.run(3, "llm", "ping"); out != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "that the service runs") {
		t.Errorf("%s%s", out, stderr)
	}
}

// TestPrompts writes the prompts, changes one, and finds it sent.
func TestPrompts(t *testing.T) {
	w := newWoods(t, obliging)
	w.run(0, "llm", "prompts", "mine")
	w.run(2, "llm", "prompts", "mine")
	if err := os.WriteFile("mine/extract.en.txt", []byte("Read these notes{phrases}!"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TALKGRAPH_LLM_PROMPTS", "mine")
	t.Setenv("TALKGRAPH_LLM_RELATIONS", "competes with")
	w.run(0, "build", "--extractor", "both", "trees.md")
	if got := w.server.Calls()[0].System; !strings.HasPrefix(got, "Read these notes; or") || !strings.HasSuffix(got, "competes with!") {
		t.Errorf("sent %q", got)
	}
}

// TestAskModel lets the model read what the grammar does not understand.
func TestAskModel(t *testing.T) {
	w := newWoods(t, obliging)
	w.run(0, "build", "--extractor", "both", "trees.md")
	const strange = "wherefore blither ye so, o crowns of wood"
	calls := len(w.server.Calls())
	out, stderr := w.run(0, "ask", "--llm", strange)
	if len(w.server.Calls()) == calls {
		t.Fatal("the grammar understands the question by now; find a stranger one")
	}
	if !strings.Contains(out, "Growing Oaks") {
		t.Errorf("%s%s", out, stderr)
	}
	if !strings.Contains(stderr, "reads the question as list Talk") {
		t.Errorf("does not say how it was read: %s", stderr)
	}
}

// TestModelSettings refuses what cannot work before anything is sent.
func TestModelSettings(t *testing.T) {
	w := newWoods(t, obliging)
	w.run(2, "build", "--dry-run", "trees.md")
	w.run(2, "build", "--extractor", "most", "trees.md")
	if _, stderr := w.run(2, "build", "--extractor", "both", "--replay", "nowhere", "trees.md"); !strings.Contains(stderr, "--record") {
		t.Error(stderr)
	}
	t.Setenv("TALKGRAPH_LLM_MAX_COST", "1")
	t.Setenv("TALKGRAPH_LLM_PRICES", "")
	if _, stderr := w.run(2, "build", "--extractor", "both", "trees.md"); !strings.Contains(stderr, "llm.prices") {
		t.Error(stderr)
	}
	t.Setenv("TALKGRAPH_LLM_MAX_COST", "")
	t.Setenv("TALKGRAPH_LLM_MODEL", "")
	w.run(2, "build", "--extractor", "both", "trees.md")
	t.Setenv("TALKGRAPH_LLM_BASE_URL", "")
	w.run(2, "build", "--extractor", "llm", "trees.md")
	if len(w.server.Calls()) != 0 {
		t.Errorf("%d calls", len(w.server.Calls()))
	}
}
