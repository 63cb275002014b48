package config

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// LLM holds the settings of the language model. Nothing is sent while BaseURL is empty.
type LLM struct {
	BaseURL      string        `mapstructure:"base_url"`
	Model        string        `mapstructure:"model"`
	APIKey       string        `mapstructure:"api_key"`
	APIKeyFile   string        `mapstructure:"api_key_file"`
	APIVersion   string        `mapstructure:"api_version"`
	Organization string        `mapstructure:"organization"`
	Headers      []string      `mapstructure:"headers"`
	Proxy        string        `mapstructure:"proxy"`
	Timeout      time.Duration `mapstructure:"timeout"`
	Concurrency  int           `mapstructure:"concurrency"`
	MaxCalls     int           `mapstructure:"max_calls"`
	MaxTokens    int           `mapstructure:"max_tokens"`
	MaxCost      float64       `mapstructure:"max_cost"`
	Prices       []string      `mapstructure:"prices"`
	Cache        string        `mapstructure:"cache"`
	Prompts      string        `mapstructure:"prompts"`
	Relations    []string      `mapstructure:"relations"`
}

// Filter holds which edges count in the commands that use the graph.
type Filter struct {
	Extractor     []string `mapstructure:"extractor"`
	MinConfidence float64  `mapstructure:"min_confidence"`
}

func filterSettings() []setting {
	return []setting{
		{key: "filter.extractor", flag: "extractor", value: []string(nil),
			help: "only what these `EXTRACTORS` found: rules, llm, llm:MODEL, corrections, lexicon"},
		{key: "filter.min_confidence", flag: "min-confidence", value: 0.0, most: 1,
			help: "only what is at least so `SURE`, 0 to 1"},
	}
}

func llmSettings() []setting {
	return []setting{
		{key: "llm.base_url", value: "", secret: true,
			help: "base URL of an OpenAI-compatible service; nothing is sent anywhere while this is empty"},
		{key: "llm.model", value: "", help: "name of the model; for Azure, of the deployment"},
		{key: "llm.api_key", value: "", secret: true, noFile: true,
			help: "key of the service"},
		{key: "llm.api_key_file", value: "", help: "file that holds the key"},
		{key: "llm.api_version", value: "", help: "API version, which Azure asks for: 2024-10-21 or later"},
		{key: "llm.organization", value: "", help: "organization that the service bills"},
		{key: "llm.headers", value: []string(nil), secret: true,
			help: "more HTTP headers, each \"Name: value\""},
		{key: "llm.proxy", value: "", secret: true, help: "URL of an HTTP proxy"},
		{key: "llm.timeout", value: 2 * time.Minute, least: 1, help: "how long one call may take"},
		{key: "llm.concurrency", value: 4, least: 1, most: 256, help: "how many calls run at the same time"},
		{key: "llm.max_calls", value: 0, help: "at most so many calls in one run; 0 is no limit"},
		{key: "llm.max_tokens", value: 0, help: "at most so many tokens in one run, estimated before each call; 0 is no limit"},
		{key: "llm.max_cost", value: 0.0, help: "at most this cost in one run, in the unit of llm.prices, estimated before each call; 0 is no limit"},
		{key: "llm.prices", value: []string(nil),
			help: "what a million tokens cost, each \"MODEL INPUT OUTPUT\""},
		{key: "llm.cache", value: "",
			help: "folder that keeps the answers; default: talkgraph/llm in the user's cache folder"},
		{key: "llm.prompts", value: "",
			help: "folder of prompts in place of the built-in ones; talkgraph llm prompts FOLDER makes one"},
		{key: "llm.relations", value: []string(nil),
			help: "linking words of your own between concepts, which the model may use whatever the notes write"},
	}
}

// Price is what a model costs per million tokens, in the user's own unit.
type Price struct {
	Model         string
	Input, Output float64
}

// HTTPHeaders returns the additional headers of every call.
func (l LLM) HTTPHeaders() http.Header {
	headers := http.Header{}
	for _, line := range l.Headers {
		if name, value, err := parseHeader(line); err == nil { // Load has checked them
			headers.Add(name, value)
		}
	}
	return headers
}

// Price returns what a model costs; false when the table has no row for it.
func (l LLM) Price(model string) (Price, bool) {
	for _, line := range l.Prices {
		if price, err := parsePrice(line); err == nil && price.Model == model { // Load has checked them
			return price, true
		}
	}
	return Price{}, false
}

// parseHeader splits "Name: value". Errors do not repeat the value, which may be a secret.
func parseHeader(line string) (name, value string, err error) {
	name, value, found := strings.Cut(line, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !found || name == "" || strings.ContainsAny(name, " \t\r\n") || strings.ContainsAny(value, "\r\n") {
		return "", "", fmt.Errorf(`has an item that is not of the form "Name: value"`)
	}
	return name, value, nil
}

// checkExtractor looks at the name of who found something.
func checkExtractor(name string) error {
	switch name {
	case "rules", "llm", "corrections", "lexicon":
		return nil
	}
	if strings.HasPrefix(name, "llm:") {
		return nil
	}
	return fmt.Errorf("knows rules, llm, llm:MODEL, corrections, lexicon, not %q", name)
}

func parsePrice(line string) (Price, error) {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return Price{}, fmt.Errorf(`has %q, which is not of the form "MODEL INPUT OUTPUT"`, line)
	}
	price := Price{Model: fields[0]}
	for i, target := range []*float64{&price.Input, &price.Output} {
		number, err := strconv.ParseFloat(fields[i+1], 64)
		if err != nil || number < 0 || math.IsInf(number, 0) || math.IsNaN(number) {
			return Price{}, fmt.Errorf("has %q, where %q is not a price", line, fields[i+1])
		}
		*target = number
	}
	return price, nil
}
