package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"talkgraph/extract/llm/llmtest"
)

// TestScoreWithAModel scores the graph of the rules, and that of both, with the
// scorer of the corpus: no figure may be worse with a model, though 15 % of what it
// says is false.
func TestScoreWithAModel(t *testing.T) {
	corpus, replies := scoredCorpus(t)
	w := newWoods(t, func(rw http.ResponseWriter, c llmtest.Call, _ int) {
		_, from, _ := strings.Cut(c.User, "\nL")
		number, _, _ := strings.Cut(from, "|")
		data, err := os.ReadFile(filepath.Join(replies, "L"+number+".json"))
		if err != nil {
			data = []byte(`{"entities":[],"relations":[]}`) // the talk has no prepared answer
		}
		llmtest.Answer(rw, string(data))
	})
	notes := filepath.Join(corpus, "notes", "smp2024.txt")
	figures := map[string]map[string]any{}
	for _, extractor := range []string{"rules", "both"} {
		w.run(0, "build", "--store", extractor+".db", "--extractor", extractor, notes)
		w.run(0, "export", "--store", extractor+".db", "-o", extractor+".json")
		output, err := exec.CommandContext(t.Context(), "python3", filepath.Join(corpus, "score", "score.py"),
			filepath.Join(corpus, "gold", "smp2024.json"), extractor+".json", notes, "--json").Output()
		if err != nil {
			t.Fatal(err)
		}
		var scored map[string]any
		if err := json.Unmarshal(output, &scored); err != nil {
			t.Fatal(err)
		}
		figures[extractor] = scored
	}
	t.Logf("rules %v", figures["rules"])
	t.Logf("both  %v", figures["both"])
	if compared := noWorse(t, "", figures["rules"], figures["both"]); compared < 20 {
		t.Errorf("only %d figures were compared", compared)
	}
}

// scoredCorpus returns the folders of the corpus and of the prepared answers.
func scoredCorpus(t *testing.T) (corpus, replies string) {
	t.Helper()
	corpus = os.Getenv("TALKGRAPH_TEST_CORPUS")
	if _, err := os.Stat(filepath.Join(corpus, "score", "score.py")); corpus == "" || err != nil {
		t.Skip("no corpus with a scorer: set TALKGRAPH_TEST_CORPUS to its folder")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no python3 to run the scorer")
	}
	replies, err := filepath.Abs(filepath.Join("..", "..", "..", "extract", "llm", "testdata", "smp2024"))
	if err != nil {
		t.Fatal(err)
	}
	return corpus, replies
}

// noWorse compares every figure and returns their count. Leaks are better when fewer;
// how much was given, and the size, are no figures of quality.
func noWorse(t *testing.T, name string, rules, both map[string]any) int {
	t.Helper()
	compared := 0
	for key, before := range rules {
		full := strings.TrimPrefix(name+"."+key, ".")
		switch b := before.(type) {
		case map[string]any:
			if inner, ok := both[key].(map[string]any); ok && key != "size" {
				compared += noWorse(t, full, b, inner)
			}
		case bool:
			compared++
			if now, ok := both[key].(bool); !ok || b && !now {
				t.Errorf("%s: rules %v, both %v", full, b, both[key])
			}
		case float64:
			now, ok := both[key].(float64)
			if key == "leaks" {
				b, now = -b, -now
			}
			if key == "given" {
				continue
			}
			compared++
			if !ok || now < b {
				t.Errorf("%s: rules %v, both %v", full, before, both[key])
			}
		}
	}
	return compared
}
