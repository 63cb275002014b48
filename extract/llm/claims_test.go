package llm_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/llmtest"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/note"
)

// TestFalseClaims are answers of the right form that say what the notes do not: the
// claim goes, and its reason is counted; the true claim beside it stays.
func TestFalseClaims(t *testing.T) {
	for name, c := range map[string]struct {
		name, quote string
		line        int
		reason      proof.Reason
	}{
		"an invented quote":         {"Oak pruning", "Oak pruning is the future of forestry", 6, proof.QuoteNowhere},
		"a changed quote":           {"Oak pruning", "Oak pruning improved sapling survival", 6, proof.QuoteNowhere},
		"a quote from another talk": {"ring counting", "Pine felling is based on ring counting", 6, proof.QuoteNowhere},
		"a line of another talk":    {"ring counting", "Pine felling is based on ring counting", 12, proof.UnknownLine},
		"swapped lines":             {"acorn grafting", "acorn grafting with leaf mulching", 6, proof.QuoteNowhere},
		"a line that is not there":  {"Oak pruning", "Oak pruning", 99, proof.UnknownLine},
		"a name that is nowhere":    {"cork harvest", "Oak pruning improves sapling survival", 6, proof.NameNowhere},
		"a name in another line":    {"leaf mulching", "Oak pruning improves sapling survival", 6, proof.NameNowhere},
	} {
		t.Run(name, func(t *testing.T) {
			about := func(id, quote string, line int) map[string]any {
				return map[string]any{"source": "talk", "type": "about", "target": id, "phrase": "", "line": line, "quote": quote}
			}
			entity := func(id, name string) map[string]any {
				return map[string]any{"id": id, "type": "Concept", "name": name, "aliases": []string{}}
			}
			data, err := json.Marshal(map[string]any{"entities": []any{entity("e1", c.name), entity("e2", "sapling survival")},
				"relations": []any{about("e1", c.quote, c.line), about("e2", "improves sapling survival", 6)}})
			if err != nil {
				t.Fatal(err)
			}
			s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) { llmtest.Answer(w, string(data)) })
			o := options(s)
			o.Verbose = true
			result, r := read(t, o)
			if len(result.Facts) != 1 || result.Facts[0].Target.Text != "sapling survival" {
				t.Errorf("facts %+v", result.Facts)
			}
			if want := map[string]int{string(c.reason): 1}; !maps.Equal(r.Usage().Dropped, want) || !strings.Contains(fmt.Sprint(result.Diagnostics), string(c.reason)) {
				t.Errorf("dropped %v, want %v; says %v", r.Usage().Dropped, want, result.Diagnostics)
			}
		})
	}
}

// TestCacheKeys holds that an answer is that to the same lines, of the same model,
// to the same prompt, and to nothing else.
func TestCacheKeys(t *testing.T) {
	s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) { llmtest.Answer(w, good) })
	o := options(s)
	o.Cache = t.TempDir()
	calls := 0
	asked := func(what string, again bool, o llm.Options, content string) {
		t.Helper()
		n, _, err := note.Read("trees.md", "trees.md", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		r, err := llm.New(o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(t.Context(), n, []llm.Talk{talk()}, nil, nameless{}); err != nil {
			t.Fatal(err)
		}
		if got := len(s.Calls()) > calls; got != again {
			t.Errorf("%s: asked again %v, want %v", what, got, again)
		}
		calls = len(s.Calls())
	}
	asked("the first time", true, o, text)
	asked("the same", false, o, text)
	asked("another talk has changed", false, o, strings.Replace(text, "Bark beetles", "Moths", 1))
	asked("a line has changed", true, o, strings.Replace(text, "acorn grafting", "nut grafting", 1))
	model := o
	model.Model = "n"
	asked("another model", true, model, text)
	prompt := o
	prompt.Prompts = t.TempDir()
	if err := os.WriteFile(filepath.Join(prompt.Prompts, "extract.en.txt"), []byte("Read.{phrases}"), 0o600); err != nil {
		t.Fatal(err)
	}
	asked("another prompt", true, prompt, text)
	phrases := prompt
	phrases.Phrases = []string{"competes with"}
	asked("another phrase", true, phrases, text)
	moved := o
	moved.Client.BaseURL += "/"
	moved.Client.Key = "sk-another"
	asked("another key", false, moved, text)
}

// Names of the environment by which TestTwoProcesses tells its children what to do.
const (
	childURL   = "TALKGRAPH_TEST_LLM_URL"
	childCache = "TALKGRAPH_TEST_LLM_CACHE"
)

// TestTwoProcesses has several processes at once on one folder of answers.
func TestTwoProcesses(t *testing.T) {
	if url := os.Getenv(childURL); url != "" {
		result, _ := read(t, llm.Options{Model: "m", Concurrency: 2, Cache: os.Getenv(childCache), Client: client.Options{BaseURL: url}}, talk(), other())
		if len(result.Facts) != 2 {
			t.Errorf("%d facts: %v", len(result.Facts), result.Diagnostics)
		}
		return
	}
	s := llmtest.Start(t, func(w http.ResponseWriter, _ llmtest.Call, _ int) { llmtest.Answer(w, good) })
	folder := t.TempDir()
	const processes = 3
	failures := make(chan error, processes)
	for range processes {
		go func() {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTwoProcesses$", "-test.v")
			child.Env = append(os.Environ(), childURL+"="+s.URL, childCache+"="+folder)
			output, err := child.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, output)
			}
			failures <- err
		}()
	}
	for range processes {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(files) != 2 {
		t.Errorf("files %v %v", files, err)
	}
	calls := len(s.Calls())
	o := options(s)
	o.Cache = folder
	if result, r := read(t, o, talk(), other()); len(result.Facts) != 2 || r.Usage().Cached != 2 || len(s.Calls()) != calls {
		t.Errorf("afterwards: %+v, usage %+v", result, r.Usage())
	}
}
