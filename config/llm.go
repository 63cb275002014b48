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
