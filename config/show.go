package config

import (
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// Setting is one setting as "config show" prints it.
type Setting struct {
	Key    string
	Value  any    // in its own type, not masked
	Shown  any    // the same with secrets masked
	Source Source // where the value came from
}

// Source is where a value came from.
type Source struct {
	Kind string // "flag", "environment", "file" or "default"
	Name string // "--store", "TALKGRAPH_STORE", "talkgraph.yaml:3"; empty for a default
}

// String returns the kind and the name.
func (s Source) String() string {
	if s.Name == "" {
		return s.Kind
	}
	return s.Kind + " " + s.Name
}

// Settings returns every setting in the order of the table.
func (c *Config) Settings() []Setting { return c.origins }

// origin tells which layer of the settings wins, as layers stacks them.
func (s setting) origin(files []*file, flags *pflag.FlagSet) Source {
	if flag := s.givenFlag(flags); flag != nil && flag.Changed {
		return Source{Kind: "flag", Name: "--" + s.flag}
	}
	if os.Getenv(s.environment()) != "" { // an empty variable counts as not set, as viper has it
		return Source{Kind: "environment", Name: s.environment()}
	}
	for i := len(files) - 1; i >= 0; i-- {
		if line, given := files[i].lines[s.key]; given {
			return Source{Kind: "file", Name: fmt.Sprintf("%s:%d", files[i].name, line)}
		}
	}
	return Source{Kind: "default"}
}

// mask stands for a secret.
const mask = "***"

// shown returns the value with what is secret in it masked.
func (s setting) shown(value any) any {
	if !s.secret {
		return value
	}
	switch value := value.(type) {
	case []string:
		return maskHeaders(value)
	case string:
		if s.noFile && value != "" {
			return mask
		}
		return MaskURL(value)
	}
	return value
}

func maskHeaders(headers []string) []string {
	masked := make([]string, 0, len(headers))
	for _, header := range headers {
		name, _, _ := strings.Cut(header, ":")
		masked = append(masked, name+": "+mask)
	}
	return masked
}

// MaskURL hides what is secret in a URL: the password, and every query parameter
// whose name speaks of one. Text that is not a URL is returned as it is.
func MaskURL(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	parsed, err := url.Parse(text)
	if err != nil {
		scheme, _, _ := strings.Cut(text, "://")
		return scheme + "://" + mask // better too little than a password
	}
	if _, given := parsed.User.Password(); given {
		parsed.User = url.UserPassword(parsed.User.Username(), mask)
	}
	query := parsed.Query()
	for name := range query {
		if speaksOfSecret(name) {
			query.Set(name, mask)
		}
	}
	if len(query) > 0 {
		parsed.RawQuery = query.Encode()
	}
	return strings.ReplaceAll(parsed.String(), url.QueryEscape(mask), mask)
}

func speaksOfSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"pass", "secret", "token", "key"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
