package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
)

// modelRun is the part of a language model in one build; nil when none has any.
type modelRun struct {
	name    string
	priced  bool
	verbose bool
	reader  *llm.Reader

	mu   sync.Mutex
	last build.Progress
	show func(build.Progress)
}

// newModelRun adds the model of the settings to the options of a build.
func newModelRun(settings *config.Config, options *build.Options) (*modelRun, error) {
	if settings.Build.Extractor == "rules" {
		if settings.Build.DryRun {
			return nil, wrongUse("--dry-run tells what a model would cost, and none is asked", "add --extractor both")
		}
		return nil, nil
	}
	o, err := readerOptions(settings)
	if err != nil {
		return nil, err
	}
	if o.Client.BaseURL == "" && o.Replay == "" && !settings.Build.DryRun {
		return nil, wrongUse("--extractor "+settings.Build.Extractor+" needs a model, and no service is named", "set llm.base_url and llm.model, or give --replay FOLDER")
	}
	if o.Replay != "" {
		if _, err := os.Stat(o.Replay); err != nil {
			return nil, badInput(fmt.Sprintf("--replay %s: there is no such record: %v", o.Replay, bare(err)), "make one with --record FOLDER")
		}
	}
	m := &modelRun{name: settings.LLM.Model, verbose: settings.Build.Verbose}
	_, m.priced = settings.LLM.Price(m.name)
	o.Changed = m.changed
	if m.reader, err = llm.New(o); err != nil {
		return nil, wrongUse(err.Error(), "")
	}
	options.Extract.Model, options.Extract.ModelOnly = m.reader, settings.Build.Extractor == "llm"
	if options.Jobs == 0 {
		options.Jobs = max(runtime.NumCPU(), settings.LLM.Concurrency) // a document that waits for the model needs no processor
	}
	return m, nil
}

// readerOptions turns settings into those of a reader.
func readerOptions(settings *config.Config) (llm.Options, error) {
	s := &settings.LLM
	connection, err := clientOptions(s)
	if err != nil {
		return llm.Options{}, err
	}
	price, priced := s.Price(s.Model)
	if s.MaxCost > 0 && !priced {
		return llm.Options{}, wrongUse("llm.max_cost is set, but llm.prices has no row for the model "+s.Model, `add "MODEL INPUT OUTPUT", the price of a million tokens`)
	}
	folder := s.Cache
	if folder == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return llm.Options{}, badInput("there is no folder for the cache: "+err.Error(), "name one in llm.cache")
		}
		folder = filepath.Join(user, "talkgraph", "llm")
	}
	return llm.Options{Model: s.Model, Client: connection, Concurrency: s.Concurrency, Cache: folder,
		Record: settings.Build.Record, Replay: settings.Build.Replay, Prompts: s.Prompts, Phrases: s.Relations,
		Limits: llm.Limits{Calls: s.MaxCalls, Tokens: s.MaxTokens, Cost: s.MaxCost},
		Price:  llm.Price{Input: price.Input, Output: price.Output}, Verbose: settings.Build.Verbose}, nil
}

// keyLimit bounds a file with a key, in bytes.
const keyLimit = 64 << 10

// clientOptions says how to reach the service.
func clientOptions(s *config.LLM) (client.Options, error) {
	key := s.APIKey
	if key == "" && s.APIKeyFile != "" {
		data, err := os.ReadFile(s.APIKeyFile)
		if err == nil && len(data) > keyLimit {
			err = fmt.Errorf("it is larger than %d kB", keyLimit>>10)
		}
		if err != nil {
			return client.Options{}, badInput(fmt.Sprintf("%s: the key cannot be read: %v", s.APIKeyFile, bare(err)), "name the file in llm.api_key_file")
		}
		key = string(bytes.TrimSpace(data))
	}
	return client.Options{BaseURL: s.BaseURL, Model: s.Model, Key: key, APIVersion: s.APIVersion, Organization: s.Organization,
		Headers: s.HTTPHeaders(), Proxy: s.Proxy, Timeout: s.Timeout}, nil
}

// changed shows the usage while documents are read.
func (m *modelRun) changed(u llm.Usage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.show != nil {
		m.last.Model = m.usage(u)
		m.show(m.last)
	}
}

// progress returns what a build tells its progress, so that the model's stands beside.
func (m *modelRun) progress(show func(build.Progress), documents int) func(build.Progress) {
	if m == nil {
		return show
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.show, m.last.AllDocuments = show, documents
	return func(now build.Progress) {
		m.mu.Lock()
		defer m.mu.Unlock()
		now.Model = m.last.Model
		m.last = now
		show(now)
	}
}

// usage says what was used in words.
func (m *modelRun) usage(u llm.Usage) string {
	text := fmt.Sprintf("%s, %s", plural(u.Calls, "call"), plural(u.Prompt+u.Completion, "token"))
	if m.priced {
		text += fmt.Sprintf(", cost %.4f", u.Cost)
	}
	return text
}

// modelJSON is the model's part of "build --json".
type modelJSON struct {
	Name             string         `json:"name"`
	Parts            int            `json:"parts"`
	Cached           int            `json:"cached"`
	Unread           int            `json:"unread"`
	Calls            int            `json:"calls"`
	PromptTokens     int            `json:"promptTokens"`
	CompletionTokens int            `json:"completionTokens"`
	Cost             *float64       `json:"cost,omitempty"`
	Kept             int            `json:"kept"`
	Dropped          map[string]int `json:"dropped"`
}

func (m *modelRun) json() *modelJSON {
	if m == nil {
		return nil
	}
	u := m.reader.Usage()
	result := &modelJSON{Name: m.name, Parts: u.Pieces, Cached: u.Cached, Unread: u.Unread, Calls: u.Calls,
		PromptTokens: u.Prompt, CompletionTokens: u.Completion, Kept: u.Kept, Dropped: map[string]int{}}
	maps.Copy(result.Dropped, u.Dropped)
	if m.priced {
		result.Cost = &u.Cost
	}
	return result
}

// write prints what the model did, and the count of what was dropped by reason.
func (m *modelRun) write(to io.Writer) {
	if m == nil {
		return
	}
	u := m.reader.Usage()
	dropped := 0
	for _, count := range u.Dropped {
		dropped += count
	}
	fmt.Fprintf(to, "%s: %s of talks (%d from the cache), %s; %s kept, %d dropped\n", oneLine(m.name),
		plural(u.Pieces, "part"), u.Cached, m.usage(u), plural(u.Kept, "fact"), dropped)
	if !m.verbose {
		return
	}
	for _, reason := range slices.Sorted(maps.Keys(u.Dropped)) {
		fmt.Fprintf(to, "  dropped %d: %s\n", u.Dropped[reason], reason)
	}
}

// failure is the error of a build whose model did not read everything.
func (m *modelRun) failure() error {
	if m == nil || m.reader.Failure() == nil {
		return nil
	}
	mend := "run the command again; what was answered is kept"
	var failed *client.Error
	if errors.As(m.reader.Failure(), &failed) && failed.Final() {
		mend = failed.Mend()
	}
	return outside("the model did not read everything, the rules did: "+m.reader.Failure().Error(), mend)
}

// dryRunJSON is "build --dry-run --json".
type dryRunJSON struct {
	Model            string   `json:"model"`
	Parts            int      `json:"parts"`
	Cached           int      `json:"cached"`
	Calls            int      `json:"calls"`
	PromptTokens     int      `json:"promptTokens"`
	CompletionTokens int      `json:"completionTokens"`
	Cost             *float64 `json:"cost,omitempty"`
}

// dryRun tells what the model would be asked and what that would cost.
func (p *program) dryRun(ctx context.Context, settings *config.Config, sources []build.Source, options build.Options, paths []string) error {
	e, failures, err := build.Estimate(ctx, sources, options)
	if err != nil {
		return err
	}
	_, priced := settings.LLM.Price(settings.LLM.Model)
	if settings.JSON {
		result := dryRunJSON{Model: settings.LLM.Model, Parts: e.Pieces, Cached: e.Cached, Calls: e.Pieces - e.Cached,
			PromptTokens: e.Prompt, CompletionTokens: e.Completion}
		if priced {
			result.Cost = &e.Cost
		}
		err = p.writeJSON(result)
	} else {
		_, err = fmt.Fprintf(p.stdout, "%s: %s of talks, %d answered already; %s would be made with about %d tokens sent and %d received%s\n",
			oneLine(settings.LLM.Model), plural(e.Pieces, "part"), e.Cached, plural(e.Pieces-e.Cached, "call"), e.Prompt, e.Completion, costText(e.Cost, priced, settings))
	}
	if err != nil {
		return err
	}
	return p.unread(failures, paths)
}

func costText(cost float64, priced bool, settings *config.Config) string {
	if !priced {
		return "; llm.prices has no row for the model"
	}
	text := fmt.Sprintf("; cost about %.4f", cost)
	if limit := settings.LLM.MaxCost; limit > 0 && cost > limit {
		text += fmt.Sprintf(", more than llm.max_cost = %g", limit)
	}
	return text
}
