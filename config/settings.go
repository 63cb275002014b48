package config

import (
	"slices"
	"strings"
	"time"
)

// setting is one row of the table of settings. Its key has at most two parts,
// "section.name". The Go type of value is the type of the setting: string, bool,
// int, float64, time.Duration or []string.
type setting struct {
	key    string
	flag   string // name of its command-line flag; empty when it has none
	short  string // one-letter form of the flag; empty when it has none
	value  any    // default
	help   string
	oneOf  []string // the words allowed; nil for any
	least  float64  // numbers only: smallest value allowed
	most   float64  // numbers only: greatest value allowed; 0 for no bound
	secret bool     // shown masked
	noFile bool     // may not stand in a file, which gets copied and committed
}

// environment is the name of the variable that holds the setting.
func (s setting) environment() string {
	return "TALKGRAPH_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// section is the part of the key before the dot, empty for a setting at the top.
func (s setting) section() string {
	section, _, found := strings.Cut(s.key, ".")
	if !found {
		return ""
	}
	return section
}

// name is the part of the key after the dot.
func (s setting) name() string {
	return s.key[strings.IndexByte(s.key, '.')+1:]
}

// settings is the table of all settings in the order in which people read them.
func settings() []setting {
	return slices.Concat(generalSettings(), buildSettings(), checkSettings(), askSettings(), pathSettings(), querySettings(), mapSettings(),
		exportSettings(), serveSettings(), filterSettings(), llmSettings())
}

func generalSettings() []setting {
	return []setting{
		{key: "store", flag: "store", value: "talkgraph.db", secret: true,
			help: "where the graph is kept: a `PATH`, \"memory\", or a URL (postgres://…)"},
		{key: "corrections", flag: "corrections", value: "",
			help: "your corrections `FILE`; default: corrections.yaml beside the store"},
		{key: "lexicon", flag: "lexicon", value: []string(nil),
			help: "more lexicon `FILE`s, used beside the built-in one"},
		{key: "json", flag: "json", value: false,
			help: "write one JSON value to stdout, and errors as JSON to stderr"},
	}
}

func buildSettings() []setting {
	return []setting{
		{key: "build.concepts", flag: "concepts", value: 0, most: 10000,
			help: "keep at most `N` concepts per talk, the weightiest; 0 is no limit"},
		{key: "build.min_score", flag: "min-score", value: 0.0, most: 1,
			help: "keep a concept only from this `SCORE` on, 0 to 1; 0 leaves it to the rules"},
		{key: "build.prune", flag: "prune", value: false,
			help: "remove documents from the store that are no longer among the notes"},
		{key: "build.map", flag: "map", value: "",
			help: "also draw the overview into `FILE`"},
		{key: "build.extractor", flag: "extractor", value: "rules", oneOf: []string{"rules", "llm", "both"},
			help: "who reads: `rules|llm|both`; llm leaves only the programme to the rules"},
		{key: "build.dry_run", flag: "dry-run", value: false,
			help: "only tell what the model would be asked and cost; nothing is sent or stored"},
		{key: "build.verbose", flag: "verbose", value: false,
			help: "list every fact of the model that the notes do not prove, with the reason"},
		{key: "build.record", flag: "record", value: "",
			help: "copy the model's answers into `FOLDER`"},
		{key: "build.replay", flag: "replay", value: "",
			help: "take the model's answers from `FOLDER` and call nobody"},
		{key: "build.watch", flag: "watch", value: false,
			help: "stay and build again whenever the notes change, until Ctrl-C"},
		{key: "build.jobs", flag: "jobs", value: 0, most: 1024,
			help: "read `N` documents at the same time; 0 is one per processor"},
	}
}

func checkSettings() []setting {
	return []setting{
		{key: "check.text", flag: "text", value: false,
			help: "print the text as it is read, with its line numbers, in place of the outline"},
	}
}

func querySettings() []setting {
	return []setting{
		{key: "query.limit", flag: "limit", value: 1000, least: 1, most: 10_000_000,
			help: "at most `N` results"},
		{key: "query.timeout", flag: "timeout", value: 10 * time.Second, least: 0.001,
			help: "how long the query may `TAKE`"},
	}
}

func askSettings() []setting {
	return []setting{
		{key: "ask.limit", flag: "limit", value: 30, least: 1, most: 100000,
			help: "at most `N` answers"},
		{key: "ask.evidence", flag: "evidence", value: "short", oneOf: []string{"none", "short", "full"},
			help: "how much of the notes to show with an answer: `none|short|full`"},
		{key: "ask.about_only", flag: "about-only", value: false,
			help: "leave out talks that only touch what is asked about"},
		{key: "ask.llm", flag: "llm", value: false,
			help: "let the model of llm.base_url read a question that is not understood; the answer still comes from the graph"},
	}
}

func pathSettings() []setting {
	return []setting{
		{key: "path.count", flag: "count", short: "k", value: 3, least: 1, most: 50,
			help: "at most `N` connections"},
		{key: "path.output", flag: "output", short: "o", value: "",
			help: "also draw them into `FILE`; its ending names the format; - is stdout"},
		{key: "path.evidence", flag: "evidence", value: "short", oneOf: []string{"none", "short", "full"},
			help: "how much of the notes to show with a step: `none|short|full`"},
	}
}

func mapSettings() []setting {
	return []setting{
		{key: "map.output", flag: "output", short: "o", value: "map.svg",
			help: "`FILE` to draw into; its ending names the format; - is stdout"},
		{key: "map.lang", flag: "lang", value: "notes", oneOf: []string{"notes", "zh", "en", "both"},
			help: "language of the labels: `zh|en|both`, or notes: as the notes have them"},
		{key: "map.theme", flag: "theme", value: "light", oneOf: []string{"light", "dark", "print"},
			help: "colours of the drawing: `light|dark|print`"},
		{key: "map.layout", flag: "layout", value: "auto", oneOf: []string{"auto", "dot", "sfdp"},
			help: "how boxes are placed: `auto|dot|sfdp`"},
		{key: "map.limit", flag: "limit", value: 25, least: 1, most: 2000,
			help: "at most `N` boxes; the map says what it leaves out"},
		{key: "map.depth", flag: "depth", value: 2, least: 1, most: 6,
			help: "how many `STEPS` from the focus the map reaches"},
		{key: "map.types", flag: "types", value: []string(nil),
			help: "only entities of these `TYPES` (Talk,Person,Concept,…)"},
		{key: "map.scale", flag: "scale", value: 2.0, least: 0.1, most: 10,
			help: "pixels per point in PNG and JPG"},
		{key: "map.links", flag: "links", value: ".",
			help: "`FOLDER` or URL of the notes, seen from the drawing: links in SVG lead there; \"\" draws none"},
		{key: "map.timeout", flag: "timeout", value: 30 * time.Second, least: 0.1,
			help: "how long placing the boxes may `TAKE`"},
	}
}

func exportSettings() []setting {
	return []setting{
		{key: "export.output", flag: "output", short: "o", value: "-",
			help: "`FILE` to write; - is stdout"},
		{key: "export.format", flag: "format", value: "",
			help: "`FORMAT` to write; default: by the ending of the file, else json"},
		{key: "export.focus", flag: "focus", value: []string(nil),
			help: "only what is near these `ENTITIES`"},
		{key: "export.depth", flag: "depth", value: 2, least: 1, most: 6,
			help: "with --focus: how many `STEPS` away still counts as near"},
		{key: "export.types", flag: "types", value: []string(nil),
			help: "only entities of these `TYPES` (Talk,Person,Concept,…)"},
		{key: "export.since", flag: "since", value: "",
			help: "only talks on this `DATE` or later, as 2024-10-12"},
		{key: "export.until", flag: "until", value: "",
			help: "only talks on this `DATE` or earlier"},
		{key: "export.base", flag: "base", value: "",
			help: "in RDF: the `IRI` that names of entities are appended to"},
		{key: "export.lexicon", flag: "with-lexicon", value: false,
			help: "also write the relations that only the lexicon knows"},
		{key: "export.gexf_version", flag: "gexf-version", value: "1.2draft", oneOf: []string{"1.2draft", "1.3"},
			help: "`VERSION` of GEXF: 1.2draft (networkx reads it) or 1.3"},
	}
}

func serveSettings() []setting {
	return []setting{
		{key: "serve.addr", flag: "addr", value: "127.0.0.1:8080",
			help: "`ADDRESS` to listen on; one that other machines reach demands --token-file"},
		{key: "serve.open", flag: "open", value: false,
			help: "open the browser"},
		{key: "serve.edit", flag: "edit", value: false,
			help: "let the page write decisions into the file of corrections"},
		{key: "serve.token_file", flag: "token-file", value: "",
			help: "`FILE` with the token that clients must show, 16 characters at least"},
		{key: "serve.hosts", flag: "host", value: []string(nil),
			help: "more host `NAMES` under which the explorer is reached, behind a proxy say"},
		{key: "serve.log", flag: "log", value: "warnings", oneOf: []string{"warnings", "requests"},
			help: "what is logged on stderr: `warnings|requests`"},
	}
}

// find returns the setting with this key.
func find(key string) (setting, bool) {
	for _, s := range settings() {
		if s.key == key {
			return s, true
		}
	}
	return setting{}, false
}
