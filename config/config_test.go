package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"talkgraph/config"
)

// folders makes a working folder and a user folder with these settings files;
// an empty text is no file.
func folders(t *testing.T, local, user string) config.Options {
	t.Helper()
	options := config.Options{Folder: t.TempDir(), UserFolder: t.TempDir()}
	for folder, text := range map[string]string{options.Folder: local, options.UserFolder: user} {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, config.FileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return options
}

func flags(t *testing.T, keys []string, arguments ...string) *pflag.FlagSet {
	t.Helper()
	set := pflag.NewFlagSet("test", pflag.ContinueOnError)
	config.AddFlags(set, keys...)
	if err := set.Parse(arguments); err != nil {
		t.Fatal(err)
	}
	return set
}

func load(t *testing.T, options config.Options) *config.Config {
	t.Helper()
	loaded, err := config.Load(options)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// source returns where the value of a key came from, without the folder.
func source(t *testing.T, c *config.Config, key string) string {
	t.Helper()
	for _, s := range c.Settings() {
		if s.Key == key {
			return s.Source.Kind + " " + filepath.Base(s.Source.Name)
		}
	}
	t.Fatalf("no setting %s", key)
	return ""
}

func TestDefaults(t *testing.T) {
	c := load(t, folders(t, "", ""))
	if c.Store != "talkgraph.db" || c.Map.Lang != "notes" || c.Serve.Addr != "127.0.0.1:8080" || c.LLM.Timeout != 2*time.Minute {
		t.Errorf("defaults: %+v", c)
	}
	if got := source(t, c, "store"); got != "default ." {
		t.Errorf("source = %q", got)
	}
}

// TestEachLayerBeatsTheNext takes the layers away one by one, the strongest first.
func TestEachLayerBeatsTheNext(t *testing.T) {
	options := folders(t, "map:\n  depth: 3\n", "map:\n  depth: 2\n  limit: 9\n")
	t.Setenv("TALKGRAPH_MAP_DEPTH", "4")
	options.Flags = flags(t, []string{"map.depth", "store"}, "--depth", "5")
	expect := func(depth int, from string) {
		t.Helper()
		c := load(t, options)
		if c.Map.Depth != depth || source(t, c, "map.depth") != from {
			t.Errorf("depth = %d from %s, want %d from %s", c.Map.Depth, source(t, c, "map.depth"), depth, from)
		}
		if c.Map.Limit != 9 {
			t.Errorf("limit = %d: the user's file is not read beside the local one", c.Map.Limit)
		}
	}
	expect(5, "flag --depth")
	options.Flags = flags(t, []string{"map.depth", "store"})
	expect(4, "environment TALKGRAPH_MAP_DEPTH")
	t.Setenv("TALKGRAPH_MAP_DEPTH", "")
	expect(3, "file talkgraph.yaml:2")
	if err := os.Remove(filepath.Join(options.Folder, config.FileName)); err != nil {
		t.Fatal(err)
	}
	expect(2, "file talkgraph.yaml:2")
}

// TestFlagOfOneSettingLeavesItsNamesakeAlone guards that --depth of map is not the depth of export.
func TestFlagOfOneSettingLeavesItsNamesakeAlone(t *testing.T) {
	options := folders(t, "", "")
	options.Flags = flags(t, []string{"export.depth"}, "--depth=4")
	c := load(t, options)
	if c.Export.Depth != 4 || c.Map.Depth != 2 {
		t.Errorf("export %d, map %d; want 4, 2", c.Export.Depth, c.Map.Depth)
	}
}

func TestListsKeepCaseAndCommas(t *testing.T) {
	options := folders(t, "llm:\n  prices: [\"GPT-4.1 2 8\", DeepSeek-Chat 0.27 1.1]\n  headers:\n    - \"X-Team: A, B\"\n", "")
	t.Setenv("TALKGRAPH_MAP_TYPES", "Talk, Person")
	options.Flags = flags(t, []string{"export.focus"}, "--focus", `"Xie, Wei"`, "--focus", "RWKV")
	c := load(t, options)
	price, found := c.LLM.Price("GPT-4.1")
	if !found || price.Input != 2 || price.Output != 8 {
		t.Errorf("price = %+v, %v", price, found)
	}
	if got := c.LLM.HTTPHeaders().Get("X-Team"); got != "A, B" {
		t.Errorf("header = %q", got)
	}
	if got := strings.Join(c.Map.Types, "|"); got != "Talk|Person" {
		t.Errorf("types = %q", got)
	}
	if got := strings.Join(c.Export.Focus, "|"); got != "Xie, Wei|RWKV" {
		t.Errorf("focus = %q", got)
	}
}

func TestFileErrorsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"stroe: a.db":                       "talkgraph.yaml:1: unknown key stroe; the nearest known key is store",
		"store: a\nmap:\n  dept: 3":         "talkgraph.yaml:3: unknown key map.dept; the nearest known key is map.depth",
		"min-score: 0.5":                    "talkgraph.yaml:1: unknown key min-score; the nearest known key is build.min_score",
		"colour: red":                       "talkgraph.yaml:1: unknown key colour; talkgraph config show lists every key",
		"map:\n  depth: two":                `talkgraph.yaml:2: map.depth needs a whole number, not "two"`,
		"map:\n  depth: [2]":                "talkgraph.yaml:2: map.depth needs a whole number, not a list",
		"map:\n  depth: {a: 2}":             "talkgraph.yaml:2: map.depth needs a whole number, not settings of its own",
		"map:\n  depth: 99":                 "talkgraph.yaml:2: map.depth is 99, but must be at most 6",
		"map:\n  lang: de":                  `talkgraph.yaml:2: map.lang knows notes, zh, en, both, not "de"`,
		"build:\n  min_score: .nan":         `talkgraph.yaml:2: build.min_score needs a number, not ".nan"`,
		"map: 3":                            `talkgraph.yaml:1: map needs lines of the form "name: value"`,
		"- a":                               `talkgraph.yaml:1: the file needs lines of the form "name: value"`,
		"store: a\nstore: b":                "talkgraph.yaml:2: store stands here and in line 1; remove one",
		"llm:\n  api_key: sk-1":             "talkgraph.yaml:2: llm.api_key may not stand in a file, which others may read; set TALKGRAPH_LLM_API_KEY, or name a file of its own in llm.api_key_file",
		"llm:\n  headers: [secret]":         `talkgraph.yaml:2: llm.headers has an item that is not of the form "Name: value"`,
		"llm:\n  prices: [gpt cheap]":       `talkgraph.yaml:2: llm.prices has "gpt cheap", which is not of the form "MODEL INPUT OUTPUT"`,
		"llm:\n  timeout: 5":                `talkgraph.yaml:2: llm.timeout needs a time such as 30s or 2m, not "5"`,
		"store: a\na: b: c":                 "talkgraph.yaml:2: is not YAML: mapping values are not allowed in this context",
		"store: a\n---\nstore: b":           "talkgraph.yaml: holds more than one YAML document; remove the --- lines",
		`"a\nb": c`:                         `talkgraph.yaml:1: unknown key "a\nb"; talkgraph config show lists every key`,
		"x: &a [*a]":                        "talkgraph.yaml:1: unknown key x; talkgraph config show lists every key",
		strings.Repeat("# long\n", 200_000): "talkgraph.yaml: is larger than 1 MB; it cannot be a settings file; rename it",
	} {
		_, err := config.Load(folders(t, text, ""))
		var settingError *config.Error
		if !errors.As(err, &settingError) || err.Error() != want {
			t.Errorf("%.40q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestFileOddButRight(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "map:\n", "store:\n", "base: \n"} {
		_, err := config.Load(folders(t, text, ""))
		if wrong := err != nil; wrong != strings.HasPrefix(text, "base") {
			t.Errorf("%q: %v", text, err)
		}
	}
	c := load(t, folders(t, "llm:\n  api_version: 2024-06-01\nlexicon: mine.txt\n", ""))
	if c.LLM.APIVersion != "2024-06-01" || len(c.Lexicon) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestEnvironmentErrorsNameTheVariable(t *testing.T) {
	t.Setenv("TALKGRAPH_MAP_LIMIT", "many")
	_, err := config.Load(folders(t, "", ""))
	want := `environment TALKGRAPH_MAP_LIMIT: map.limit needs a whole number, not "many"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	options := folders(t, "store: postgres://me:hidden1@host/db?sslpassword=hidden2&sslmode=require\n"+
		"llm:\n  base_url: https://u:hidden3@host/v1?api-key=hidden4\n  headers: [\"X-Key: hidden5\"]\n  proxy: \"http://u:hidden6@:bad port\"\n", "")
	t.Setenv("TALKGRAPH_LLM_API_KEY", "hidden7")
	c := load(t, options)
	if c.LLM.APIKey != "hidden7" {
		t.Error("the key itself is lost")
	}
	for _, s := range c.Settings() {
		if text := strings.TrimSpace(strings.Join([]string{s.Key, toText(s.Shown)}, " ")); strings.Contains(text, "hidden") {
			t.Errorf("shown: %s", text)
		}
	}
	if got, want := config.MaskURL("postgres://me:x@host/db"), "postgres://me:***@host/db"; got != want {
		t.Errorf("MaskURL = %q, want %q", got, want)
	}
}

func toText(value any) string {
	data, err := yaml.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// TestTemplateChangesNothing reads the commented file, as it is and with every
// comment sign before a setting removed.
func TestTemplateChangesNothing(t *testing.T) {
	text := config.Template()
	plain := load(t, folders(t, "", ""))
	same := func(c *config.Config) {
		t.Helper()
		for i, s := range c.Settings() {
			if got, want := toText(s.Value), toText(plain.Settings()[i].Value); got != want {
				t.Errorf("%s = %s, want %s", s.Key, got, want)
			}
		}
	}
	same(load(t, folders(t, text, "")))
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if entry := strings.TrimPrefix(strings.TrimSpace(line), "# "); isEntry(entry) {
			line = strings.Replace(line, "# ", "", 1)
		}
		lines = append(lines, line)
	}
	c := load(t, folders(t, strings.Join(lines, "\n"), ""))
	same(c)
	if got := source(t, c, "llm.timeout"); !strings.HasPrefix(got, "file") {
		t.Errorf("llm.timeout is not in the template: source %s", got)
	}
}

// isEntry tells "name: default" from a sentence.
func isEntry(line string) bool {
	name, _, found := strings.Cut(line, ": ")
	return found && strings.IndexFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }) < 0
}

func TestCorrectionsFile(t *testing.T) {
	for store, want := range map[string]string{
		"a/b.db":          filepath.Join("a", "corrections.yaml"),
		"memory":          "corrections.yaml",
		"postgres://h/db": "corrections.yaml",
	} {
		if got, named := (&config.Config{Store: store}).CorrectionsFile(); got != want || named {
			t.Errorf("store %s: %s, %v", store, got, named)
		}
	}
	if got, named := (&config.Config{Corrections: "my.yaml"}).CorrectionsFile(); got != "my.yaml" || !named {
		t.Errorf("%s, %v", got, named)
	}
}

// FuzzFile: no text makes the reader panic, and an error names the file.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{"store: a", "map:\n  depth: 3", "a: &a [*a]", "? - x", "llm: {prices: [a 1 2]}", "\xff", config.Template()} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := config.Load(folders(t, text, ""))
		var settingError *config.Error
		if err != nil && (!errors.As(err, &settingError) || !strings.HasPrefix(err.Error(), config.FileName)) {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("%q: more than one line: %q", text, err)
		}
	})
}
