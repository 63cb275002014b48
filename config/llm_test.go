package config_test

import (
	"strings"
	"testing"

	"talkgraph/config"
)

// TestKeysStayOutOfFilesAndSight holds that no key is read from a settings file
// nor shown.
func TestKeysStayOutOfFilesAndSight(t *testing.T) {
	if _, err := config.Load(folders(t, "llm:\n  api_key: sk-1\n", "")); err == nil || strings.Contains(err.Error(), "sk-1") {
		t.Errorf("a key in a file: %v", err)
	}
	t.Setenv("TALKGRAPH_LLM_API_KEY", "sk-hidden")
	c := load(t, folders(t, "llm:\n  headers: [\"X-Key: sk-hidden\"]\n", ""))
	if c.LLM.APIKey != "sk-hidden" {
		t.Errorf("the key of the environment is not read: %q", c.LLM.APIKey)
	}
	for _, s := range c.Settings() {
		if shown, ok := s.Shown.(string); ok && strings.Contains(shown, "hidden") {
			t.Errorf("%s is shown as %q", s.Key, shown)
		}
		if shown, ok := s.Shown.([]string); ok && strings.Contains(strings.Join(shown, " "), "hidden") {
			t.Errorf("%s is shown as %q", s.Key, shown)
		}
	}
}

func TestExtractorsHaveNames(t *testing.T) {
	c := load(t, folders(t, "filter:\n  extractor: [rules, \"llm:gpt-4.1\", llm]\nbuild:\n  extractor: both\n", ""))
	if len(c.Filter.Extractor) != 3 || c.Build.Extractor != "both" {
		t.Errorf("read %q and %q", c.Filter.Extractor, c.Build.Extractor)
	}
	for _, text := range []string{"filter:\n  extractor: [rulez]\n", "build:\n  extractor: some\n", "filter:\n  min_confidence: 2\n"} {
		if _, err := config.Load(folders(t, text, "")); err == nil || !strings.Contains(err.Error(), "talkgraph.yaml:2") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPricesAreNumbers(t *testing.T) {
	c := load(t, folders(t, "llm:\n  prices: [m 0.5 1.5]\n", ""))
	if p, ok := c.LLM.Price("m"); !ok || p.Input != 0.5 || p.Output != 1.5 {
		t.Errorf("price %+v %v", p, ok)
	}
	if _, ok := c.LLM.Price("n"); ok {
		t.Error("a model without a row has a price")
	}
}
