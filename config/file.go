package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"talkgraph/config/nearest"
)

// fileLimit bounds a settings file, in bytes; a larger one is not meant as one.
const fileLimit = 1 << 20

// file is a settings file that was read.
type file struct {
	name   string         // as messages show it
	values map[string]any // by key, in the setting's own type
	lines  map[string]int // by key
}

// readFiles returns the settings files that exist, the weakest first.
func readFiles(options Options) ([]*file, error) {
	var paths []string
	if options.UserFolder != "" {
		paths = append(paths, filepath.Join(options.UserFolder, FileName))
	}
	local := filepath.Join(options.Folder, FileName)
	if !slices.Contains(paths, local) {
		paths = append(paths, local)
	}
	var files []*file
	for _, path := range paths {
		name := path
		if path == local {
			name = FileName
		}
		f, err := readFile(path, name)
		if err != nil {
			return nil, err
		}
		if f != nil {
			files = append(files, f)
		}
	}
	return files, nil
}

// readFile reads one settings file; nil when there is none.
func readFile(path, name string) (*file, error) {
	opened, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, cannotRead(name, err)
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, fileLimit+1))
	if err != nil {
		return nil, cannotRead(name, err)
	}
	if len(data) > fileLimit {
		return nil, &Error{Where: name, Message: "is larger than 1 MB", Mend: "it cannot be a settings file; rename it"}
	}
	return parseFile(name, data)
}

func cannotRead(name string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err // the path stands in name already
	}
	return &Error{Where: name, Message: "cannot be read: " + err.Error(), Mend: "mend its permissions or remove it"}
}

func parseFile(name string, data []byte) (*file, error) {
	f := &file{name: name, values: map[string]any{}, lines: map[string]int{}}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return f, nil
	} else if err != nil {
		return nil, syntaxError(name, err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, &Error{Where: name, Message: "holds more than one YAML document", Mend: "remove the --- lines"}
	}
	return f, f.readMapping(document.Content[0], "")
}

// yamlLine is how the YAML reader names a line in its messages.
var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func syntaxError(name string, err error) error {
	text := err.Error()
	if found := yamlLine.FindStringSubmatch(text); found != nil {
		text = text[len(found[0]):]
		if found[1] != "" {
			name += ":" + found[1]
		}
	}
	return &Error{Where: name, Message: "is not YAML: " + text}
}

// readMapping reads the settings below a section; the whole file is section "".
func (f *file) readMapping(node *yaml.Node, section string) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Tag == "!!null" {
		return nil
	}
	if node.Kind != yaml.MappingNode {
		what := "the file"
		if section != "" {
			what = section
		}
		return f.wrong(node, what+` needs lines of the form "name: value"`, "")
	}
	seen := map[string]int{}
	for i := 0; i < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		if line, twice := seen[name.Value]; twice {
			return f.wrong(name, fmt.Sprintf("%s stands here and in line %d", join(section, name.Value), line), "remove one")
		}
		seen[name.Value] = name.Line
		if err := f.readEntry(name, value, join(section, name.Value)); err != nil {
			return err
		}
	}
	return nil
}

// join makes a key; one that would break the line of a message is quoted.
func join(section, name string) string {
	if quoted := strconv.Quote(name); strings.Contains(quoted, `\`) {
		name = quoted
	}
	if section == "" {
		return name
	}
	return section + "." + name
}

func (f *file) readEntry(name, value *yaml.Node, key string) error {
	s, known := find(key)
	if !known {
		if isSection(key) {
			return f.readMapping(value, key)
		}
		return f.unknown(name, key)
	}
	if s.noFile {
		return f.wrong(name, key+" may not stand in a file, which others may read",
			fmt.Sprintf("set %s, or name a file of its own in %s_file", s.environment(), key))
	}
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	if value.Tag == "!!null" {
		return nil
	}
	parsed, err := s.decode(value)
	if err == nil {
		err = s.check(parsed)
	}
	if err != nil {
		return f.wrong(value, key+" "+err.Error(), "")
	}
	f.values[key], f.lines[key] = parsed, name.Line
	return nil
}

// decode reads the value of the setting from a node of the file.
func (s setting) decode(node *yaml.Node) (any, error) {
	_, isList := s.value.([]string)
	switch {
	case node.Kind == yaml.ScalarNode && isList:
		return []string{node.Value}, nil
	case node.Kind == yaml.ScalarNode:
		return s.parse(node.Value)
	case node.Kind == yaml.SequenceNode && isList:
		items := make([]string, 0, len(node.Content))
		for _, item := range node.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, errors.New("needs a list of texts")
			}
			items = append(items, item.Value)
		}
		return items, nil
	case node.Kind == yaml.SequenceNode:
		return nil, fmt.Errorf("needs %s, not a list", s.kind())
	default:
		return nil, fmt.Errorf("needs %s, not settings of its own", s.kind())
	}
}

func isSection(key string) bool {
	return slices.ContainsFunc(settings(), func(s setting) bool { return s.section() == key })
}

// unknown is the error for a key that is not in the table.
func (f *file) unknown(node *yaml.Node, key string) error {
	mend := "talkgraph config show lists every key"
	if near := nearestKey(key); near != "" {
		mend = "the nearest known key is " + near
	}
	return f.wrong(node, "unknown key "+key, mend)
}

// nearestKey looks among whole keys and sections first, then among their last
// parts, for a setting that was put under the wrong section.
func nearestKey(key string) string {
	var keys, names []string
	for _, s := range settings() {
		keys, names = append(keys, s.key), append(names, s.name())
		if section := s.section(); section != "" && !slices.Contains(keys, section) {
			keys, names = append(keys, section), append(names, section)
		}
	}
	if near := nearest.Word(key, keys); near != "" {
		return near
	}
	if near := nearest.Word(key[strings.LastIndexByte(key, '.')+1:], names); near != "" {
		return keys[slices.Index(names, near)]
	}
	return ""
}

func (f *file) wrong(node *yaml.Node, message, mend string) error {
	return &Error{Where: fmt.Sprintf("%s:%d", f.name, node.Line), Message: message, Mend: mend}
}

// nested returns the values as viper takes them: a map with a map per section.
func (f *file) nested() map[string]any {
	tree := map[string]any{}
	for key, value := range f.values {
		s, _ := find(key)
		if s.section() == "" {
			tree[key] = value
			continue
		}
		section, _ := tree[s.section()].(map[string]any)
		if section == nil {
			section = map[string]any{}
			tree[s.section()] = section
		}
		section[s.name()] = value
	}
	return tree
}
