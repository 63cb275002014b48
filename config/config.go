// Package config reads the settings of the program: a command-line flag beats the
// environment (TALKGRAPH_STORE, TALKGRAPH_LLM_BASE_URL, …), which beats
// talkgraph.yaml in the working folder, which beats talkgraph.yaml in the user's
// config folder, which beats the default. Load returns one typed, validated
// Config that knows where each value came from.
//
// All settings stand in one table (settings.go); the flags, the names of the
// environment variables, the commented file of "config init" and the checks are
// made from its rows. A new setting is one row and one field.
//
// This is the only package that imports viper. It must not know what the
// settings are for: it imports nothing of the project but its own rooms.
package config

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// FileName is the name of the settings file, in the working folder and in the
// folder talkgraph of the user's config folder.
const FileName = "talkgraph.yaml"

// Config is every setting of the program. The comments of the table in
// settings.go say what each means and which values it may have.
type Config struct {
	Store       string   `mapstructure:"store"`
	Corrections string   `mapstructure:"corrections"`
	Lexicon     []string `mapstructure:"lexicon"`
	JSON        bool     `mapstructure:"json"`
	Build       Build    `mapstructure:"build"`
	Check       Check    `mapstructure:"check"`
	Ask         Ask      `mapstructure:"ask"`
	Path        Path     `mapstructure:"path"`
	Query       Query    `mapstructure:"query"`
	Map         Map      `mapstructure:"map"`
	Export      Export   `mapstructure:"export"`
	Serve       Serve    `mapstructure:"serve"`
	Filter      Filter   `mapstructure:"filter"`
	LLM         LLM      `mapstructure:"llm"`

	origins []Setting
}

// Build holds the settings of the command build.
type Build struct {
	Concepts int     `mapstructure:"concepts"`
	MinScore float64 `mapstructure:"min_score"`
	Prune    bool    `mapstructure:"prune"`
	Map      string  `mapstructure:"map"`
	Watch    bool    `mapstructure:"watch"`
	Jobs     int     `mapstructure:"jobs"`

	Extractor string `mapstructure:"extractor"`
	DryRun    bool   `mapstructure:"dry_run"`
	Verbose   bool   `mapstructure:"verbose"`
	Record    string `mapstructure:"record"`
	Replay    string `mapstructure:"replay"`
}

// Check holds the settings of the command check.
type Check struct {
	Text bool `mapstructure:"text"`
}

// Query holds the settings of the command query.
type Query struct {
	Limit   int           `mapstructure:"limit"`
	Timeout time.Duration `mapstructure:"timeout"`
}

// Ask holds the settings of the command ask.
type Ask struct {
	Limit     int    `mapstructure:"limit"`
	Evidence  string `mapstructure:"evidence"`
	AboutOnly bool   `mapstructure:"about_only"`
	LLM       bool   `mapstructure:"llm"`
}

// Path holds the settings of the command path.
type Path struct {
	Count    int    `mapstructure:"count"`
	Output   string `mapstructure:"output"`
	Evidence string `mapstructure:"evidence"`
}

// Map holds the settings of the command map, and of what else draws.
type Map struct {
	Output  string        `mapstructure:"output"`
	Lang    string        `mapstructure:"lang"`
	Theme   string        `mapstructure:"theme"`
	Layout  string        `mapstructure:"layout"`
	Limit   int           `mapstructure:"limit"`
	Depth   int           `mapstructure:"depth"`
	Types   []string      `mapstructure:"types"`
	Scale   float64       `mapstructure:"scale"`
	Links   string        `mapstructure:"links"`
	Timeout time.Duration `mapstructure:"timeout"`
}

// Export holds the settings of the command export.
type Export struct {
	Output      string   `mapstructure:"output"`
	Lexicon     bool     `mapstructure:"lexicon"`
	Format      string   `mapstructure:"format"`
	Focus       []string `mapstructure:"focus"`
	Depth       int      `mapstructure:"depth"`
	Types       []string `mapstructure:"types"`
	Since       string   `mapstructure:"since"`
	Until       string   `mapstructure:"until"`
	Base        string   `mapstructure:"base"`
	GEXFVersion string   `mapstructure:"gexf_version"`
}

// Serve holds the settings of the command serve.
type Serve struct {
	Addr      string   `mapstructure:"addr"`
	Open      bool     `mapstructure:"open"`
	Edit      bool     `mapstructure:"edit"`
	TokenFile string   `mapstructure:"token_file"`
	Hosts     []string `mapstructure:"hosts"`
	Log       string   `mapstructure:"log"`
}

// Options are what Load depends on besides the environment.
type Options struct {
	Folder     string         // working folder, where talkgraph.yaml is looked for first
	UserFolder string         // the program's folder in the user's config folder; empty for none
	Flags      *pflag.FlagSet // parsed; those that AddFlags made are read
}

// Load reads and checks every setting. Its errors are of type *Error.
func Load(options Options) (*Config, error) {
	files, err := readFiles(options)
	if err != nil {
		return nil, err
	}
	v, err := layers(files, options.Flags)
	if err != nil {
		return nil, err
	}
	config := &Config{}
	for _, s := range settings() {
		origin := s.origin(files, options.Flags)
		value, err := s.resolve(v)
		if err != nil {
			return nil, &Error{Where: origin.String(), Message: s.key + " " + err.Error()}
		}
		v.Set(s.key, value)
		config.origins = append(config.origins, Setting{Key: s.key, Value: value, Shown: s.shown(value), Source: origin})
	}
	if err := v.UnmarshalExact(config); err != nil {
		return nil, &Error{Where: FileName, Message: err.Error()}
	}
	return config, nil
}

// layers stacks defaults, files, environment and flags in a viper of our own;
// the global one would be shared with every other user in the process.
func layers(files []*file, flags *pflag.FlagSet) (*viper.Viper, error) {
	v := viper.New()
	for _, f := range files {
		if err := v.MergeConfigMap(f.nested()); err != nil {
			return nil, &Error{Where: f.name, Message: err.Error()}
		}
	}
	for _, s := range settings() {
		v.SetDefault(s.key, s.value)
		// The name is given in full: AutomaticEnv would not find nested keys.
		if err := v.BindEnv(s.key, s.environment()); err != nil {
			return nil, &Error{Where: s.environment(), Message: err.Error()}
		}
		if flag := s.givenFlag(flags); flag != nil {
			if err := v.BindPFlag(s.key, flag); err != nil {
				return nil, &Error{Where: "--" + s.flag, Message: err.Error()}
			}
		}
	}
	return v, nil
}

// resolve returns the value that won, in the setting's own type, checked.
func (s setting) resolve(v *viper.Viper) (any, error) {
	value := v.Get(s.key)
	if text, isText := value.(string); isText {
		parsed, err := s.parse(text)
		if err != nil {
			return nil, err
		}
		value = parsed
	}
	return value, s.check(value)
}

// CorrectionsFile is the path of the corrections file, and whether the user
// named it: the file named must exist, the one beside the store may be missing.
func (c *Config) CorrectionsFile() (path string, named bool) {
	if c.Corrections != "" {
		return c.Corrections, true
	}
	if c.Store == "memory" || strings.Contains(c.Store, "://") {
		return "corrections.yaml", false
	}
	return filepath.Join(filepath.Dir(c.Store), "corrections.yaml"), false
}

// Error is a setting that cannot be used.
type Error struct {
	Where   string // "talkgraph.yaml:3", "environment TALKGRAPH_STORE", "flag --store"
	Message string // what is wrong, in words
	Mend    string // what to do; may be empty
}

// Error returns one line.
func (e *Error) Error() string {
	text := e.Where + ": " + e.Message
	if e.Mend != "" {
		text += "; " + e.Mend
	}
	return text
}
