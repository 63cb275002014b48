// Package imports holds no code, only the test of the house rules that the
// compiler does not know: which room may import which, and who may touch which
// foreign module. The table here is the one the package comments speak of.
package imports

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "talkgraph"

// rooms tells which rooms each room may import besides its own inner packages
// and those it names. "a/..." is a with everything below it. A package belongs to
// the room with the longest name that it lies in.
func rooms() map[string][]string {
	return map[string][]string{
		"cmd/talkgraph":    {"cmd/internal/cli"},
		"cmd/internal/cli": {"cmd/internal/...", "config/...", "extract/...", "graph/...", "render/..."},
		"cmd/internal":     {"cmd/internal/...", "config/...", "extract/...", "graph/..."},

		"config": {},

		"extract":          {"extract/..."},
		"extract/fact":     {},
		"extract/note":     {"extract/fact"},
		"extract/lexicon":  {"extract/fact"},
		"extract/name":     {"extract/fact", "extract/lexicon"},
		"extract/outline":  {"extract/fact", "extract/note", "extract/name", "extract/lexicon"},
		"extract/concept":  {"extract/fact", "extract/note", "extract/lexicon"},
		"extract/resolve":  {"extract/fact", "extract/lexicon"},
		"extract/llm":      {"extract/fact", "extract/note", "extract/outline"},
		"extract/testdata": {"extract/..."},

		"graph":                      {"extract/fact"},
		"graph/internal/cayleystore": {"graph", "extract/fact"},
		"graph/store":                {"graph", "extract/fact", "graph/internal/cayleystore"},
		"graph/graphtest":            {"graph", "extract/fact"},
		"graph/ask":                  {"graph", "extract/fact"},

		"render":        {"graph", "extract/fact", "render/..."},
		"render/layout": {},
		"render/scene":  {"render/layout"},
		"render/web":    {"graph", "graph/ask", "extract/fact", "render", "render/..."},

		"examples": {},
	}
}

// owners tells which packages may import a foreign module: those with one of the
// prefixes, and nobody else.
func owners() map[string][]string {
	return map[string][]string{
		"github.com/spf13/viper":          {"config"},
		"github.com/spf13/cobra":          {"cmd/internal/cli"},
		"github.com/cayleygraph/":         {"graph/internal/cayleystore"},
		"github.com/hidal-go/":            {"graph/internal/cayleystore"},
		"go.etcd.io/bbolt":                {"graph/internal/cayleystore"},
		"github.com/lib/pq":               {"graph/internal/cayleystore"},
		"github.com/goccy/go-graphviz":    {"render/layout"},
		"github.com/sashabaranov/":        {"extract/llm"},
		"github.com/rogpeppe/go-internal": {}, // tests only, which are not asked
		"net/http":                        {"extract/llm", "config", "render/web", "cmd/internal/cli"},
		"os/exec":                         {"render/layout", "cmd/internal/cli"},
		"plugin":                          {},
		"unsafe":                          {},
	}
}

// source is one Go file of the project.
type source struct {
	name    string // path from the top of the repository, with slashes
	folder  string // the package it belongs to, likewise
	test    bool
	file    *ast.File
	content []byte
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	table := rooms()
	for _, s := range sources(t) {
		room := roomOf(table, s.folder)
		if room == "" {
			t.Errorf("%s: the folder is in no room of the table; add it there and to the house plan", s.name)
			continue
		}
		for _, imported := range importsOf(t, s) {
			inner, ours := strings.CutPrefix(imported, module+"/")
			if ours && !s.test && !mayImport(room, table[room], inner) {
				t.Errorf("%s: %s must not import %s", s.name, room, inner)
			}
		}
	}
}

// TestTestsLookDownwardsToo: a test may use what stands beside its room, graphtest
// say, but never the command line above it.
func TestTestsLookDownwardsToo(t *testing.T) {
	for _, s := range sources(t) {
		for _, imported := range importsOf(t, s) {
			if strings.HasPrefix(imported, module+"/cmd/") && !strings.HasPrefix(s.folder, "cmd/") {
				t.Errorf("%s: must not import %s", s.name, imported)
			}
		}
	}
}

func TestForeignModulesHaveOneOwner(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, imported := range importsOf(t, s) {
			for foreign, allowed := range owners() {
				if covers(foreign, imported) && !slices.ContainsFunc(allowed, func(owner string) bool { return covers(owner, s.folder) }) {
					t.Errorf("%s: only %v may import %s", s.name, allowed, foreign)
				}
			}
		}
	}
}

// TestNothingHappensOnImport forbids init functions and blank imports: tables are
// built by plain functions, and what is linked in is said where it is used.
func TestNothingHappensOnImport(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, declaration := range s.file.Decls {
			function, isFunction := declaration.(*ast.FuncDecl)
			if isFunction && function.Recv == nil && function.Name.Name == "init" {
				t.Errorf("%s: has an init function", s.name)
			}
		}
		for _, spec := range s.file.Imports {
			if spec.Name != nil && spec.Name.Name == "_" && !blankAllowed(spec.Path.Value, s.folder) {
				t.Errorf("%s: imports %s for its side effects", s.name, spec.Path.Value)
			}
		}
	}
}

// blankAllowed: embed is how Go marks embedded files, and Cayley's backends
// register themselves, which stays inside the package that owns Cayley.
func blankAllowed(imported, folder string) bool {
	return imported == `"embed"` || folder == "graph/internal/cayleystore"
}

func TestMainIsThin(t *testing.T) {
	for _, s := range sources(t) {
		if s.name == "cmd/talkgraph/main.go" {
			if lines := bytes.Count(s.content, []byte("\n")); lines > 25 {
				t.Errorf("%s has %d lines, at most 25 are allowed", s.name, lines)
			}
			return
		}
	}
	t.Error("cmd/talkgraph/main.go is not there")
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		said[s.folder] = said[s.folder] || s.file.Doc != nil
	}
	for folder, has := range said {
		if !has {
			t.Errorf("%s: no file has a package comment", folder)
		}
	}
}

// TestTheTableBites checks the rules themselves on arrows that must be refused.
func TestTheTableBites(t *testing.T) {
	table := rooms()
	for _, arrow := range []struct {
		from, to string
		allowed  bool
	}{
		{"extract/note", "extract/fact", true},
		{"extract/note", "extract/lexicon", false},
		{"extract/fact", "graph", false},
		{"render", "graph", true},
		{"render/svg", "extract/outline", false},
		{"render/scene/font", "render/layout", true},
		{"render/scene/font", "graph", false},
		{"render/layout/internal/wire", "render/layout", true},
		{"graph", "graph/internal/cayleystore", false},
		{"graph/ask/query", "graph", true},
		{"config", "graph", false},
		{"config", "config/nearest", true},
		{"cmd/talkgraph", "config", false},
	} {
		room := roomOf(table, arrow.from)
		if got := mayImport(room, table[room], arrow.to); got != arrow.allowed {
			t.Errorf("%s (room %s) → %s: allowed %v, want %v", arrow.from, room, arrow.to, got, arrow.allowed)
		}
	}
}

// roomOf returns the room with the longest name that the folder lies in.
func roomOf(table map[string][]string, folder string) string {
	best := ""
	for room := range table {
		if covers(room, folder) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func mayImport(room string, allowed []string, imported string) bool {
	if covers(room, imported) && (imported == room || roomOf(rooms(), imported) == room) {
		return true // its own inner packages
	}
	return slices.ContainsFunc(allowed, func(pattern string) bool {
		if parent, all := strings.CutSuffix(pattern, "/..."); all {
			return covers(parent, imported)
		}
		return pattern == imported
	})
}

// covers reports whether the path is the prefix or lies below it.
func covers(prefix, imported string) bool {
	prefix = strings.TrimSuffix(prefix, "/")
	return imported == prefix || strings.HasPrefix(imported, prefix+"/")
}

func importsOf(t *testing.T, s source) []string {
	t.Helper()
	var paths []string
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		paths = append(paths, imported)
	}
	return paths
}

// sources parses every Go file of the repository, whatever system it is for.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..", "..")
	var found []source
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(relative)
		found = append(found, source{
			name: slashed, folder: path.Dir(slashed), test: strings.HasSuffix(slashed, "_test.go"),
			file: file, content: content,
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("no Go file found")
	}
	return found
}
