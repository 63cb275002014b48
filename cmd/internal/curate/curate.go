// Package curate writes the user's decisions into the file of corrections. What
// the user wrote there by hand, comments too, stays; a decision is added to its
// section, or takes the place of one about the same name.
//
// It knows the shape of the file and nothing of what a correction does to a graph
// (extract/resolve), nor who asks for it.
package curate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Errors that callers tell apart.
var (
	ErrNothing = errors.New("there is nothing to take back")
	ErrChanged = errors.New("the file has been changed by hand since")
)

// Decision is one entry of the file.
type Decision struct {
	Section string   // "same", "different", "rename", "type" or "drop"
	Names   []string // two or more for same and different, else one
	Value   string   // for rename and type
}

// File is a file of corrections with the steps made on it, which can be taken back.
// It is not safe for concurrent use.
type File struct {
	path  string
	steps []step
}

// step is what a file held before and after a decision; nil before it existed.
type step struct{ before, after []byte }

// Open returns the file at path, which need not exist yet.
func Open(path string) *File { return &File{path: path} }

// Path is where the file is.
func (f *File) Path() string { return f.path }

// Steps is how many decisions can be taken back.
func (f *File) Steps() int { return len(f.steps) }

// Add writes a decision into the file. The file is replaced whole or not at all.
func (f *File) Add(d Decision) error {
	before, err := f.read()
	if err != nil {
		return err
	}
	after, err := with(before, d)
	if err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	if err := f.write(after); err != nil {
		return err
	}
	f.steps = append(f.steps, step{before, after})
	return nil
}

// Undo gives the file the content it had before the last decision, byte for byte.
// Other changes since are not thrown away: then it returns ErrChanged.
func (f *File) Undo() error {
	if len(f.steps) == 0 {
		return ErrNothing
	}
	last := f.steps[len(f.steps)-1]
	now, err := f.read()
	if err != nil {
		return err
	}
	if !bytes.Equal(now, last.after) {
		return fmt.Errorf("%s: %w", f.path, ErrChanged)
	}
	if last.before == nil {
		err = os.Remove(f.path)
	} else {
		err = f.write(last.before)
	}
	if err != nil {
		return err
	}
	f.steps = f.steps[:len(f.steps)-1]
	return nil
}

// read returns the content; nil when there is no file.
func (f *File) read() ([]byte, error) {
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && data == nil {
		data = []byte{}
	}
	return data, err
}

// write replaces the file by way of a temporary one beside it. A link stays a link.
func (f *File) write(content []byte) error {
	target, mode := f.path, fs.FileMode(0o644)
	if real, err := filepath.EvalSymlinks(f.path); err == nil {
		target = real
	}
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	beside, err := os.CreateTemp(filepath.Dir(target), ".talkgraph-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(beside.Name()) // after the rename there is nothing to remove
	_, err = beside.Write(content)
	if err == nil {
		err = beside.Chmod(mode)
	}
	if err == nil {
		err = beside.Sync()
	}
	if err = errors.Join(err, beside.Close()); err != nil {
		return err
	}
	return os.Rename(beside.Name(), target)
}

// with returns the content with a decision in it.
func with(content []byte, d Decision) ([]byte, error) {
	for _, name := range append([]string{d.Value}, d.Names...) {
		if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			return nil, fmt.Errorf("the name %q cannot stand in the file", name)
		}
	}
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		document = yaml.Node{Kind: yaml.DocumentNode, HeadComment: document.HeadComment, FootComment: document.FootComment,
			Content: []*yaml.Node{{Kind: yaml.MappingNode}}}
	}
	top := document.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: a mapping of same, different, rename, type and drop is wanted", top.Line)
	}
	if err := decide(top, d); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(&document); err != nil {
		return nil, err
	}
	return b.Bytes(), encoder.Close()
}

// decide adds a decision. It speaks of entities by the names that they have when
// the section is carried out: removals come first, new names last.
func decide(top *yaml.Node, d Decision) error {
	names := make([]string, len(d.Names))
	for i, name := range d.Names {
		names[i] = original(top, name)
	}
	switch d.Section {
	case "same", "different":
		list, err := section(top, d.Section, yaml.SequenceNode)
		if err != nil {
			return err
		}
		group := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, name := range names {
			group.Content = append(group.Content, text(name))
		}
		list.Content = append(list.Content, group)
	case "drop":
		list, err := section(top, d.Section, yaml.SequenceNode)
		if err != nil {
			return err
		}
		for _, name := range merged(top, names[0]) {
			list.Content = append(list.Content, text(name))
		}
	case "rename", "type":
		pairs, err := section(top, d.Section, yaml.MappingNode)
		if err != nil {
			return err
		}
		put(pairs, names[0], d.Value)
	default:
		return fmt.Errorf("unknown section %q", d.Section)
	}
	return nil
}

// original is the name that an entity had before the file renamed it.
func original(top *yaml.Node, name string) string {
	for i := 0; i+1 < len(top.Content); i += 2 {
		if pairs := top.Content[i+1]; top.Content[i].Value == "rename" && pairs.Kind == yaml.MappingNode {
			for k := 0; k+1 < len(pairs.Content); k += 2 {
				if pairs.Content[k+1].Value == name {
					return pairs.Content[k].Value
				}
			}
		}
	}
	return name
}

// merged is a name with all those that the file makes one entity with it.
func merged(top *yaml.Node, name string) []string {
	names := []string{name}
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != "same" {
			continue
		}
		for _, group := range top.Content[i+1].Content {
			if !slices.ContainsFunc(group.Content, func(n *yaml.Node) bool { return slices.Contains(names, n.Value) }) {
				continue
			}
			for _, other := range group.Content {
				if !slices.Contains(names, other.Value) {
					names = append(names, other.Value)
				}
			}
		}
	}
	return names
}

// section returns the value of a section, made if it is missing or empty.
func section(top *yaml.Node, name string, kind yaml.Kind) (*yaml.Node, error) {
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != name {
			continue
		}
		value := top.Content[i+1]
		if value.Tag == "!!null" {
			*value = yaml.Node{Kind: kind, HeadComment: value.HeadComment, LineComment: value.LineComment, FootComment: value.FootComment}
		}
		if value.Kind != kind {
			return nil, fmt.Errorf("line %d: the section %q has another shape than it should", value.Line, name)
		}
		return value, nil
	}
	value := &yaml.Node{Kind: kind}
	top.Content = append(top.Content, text(name), value)
	return value, nil
}

// put sets a pair; one of the same name is replaced.
func put(pairs *yaml.Node, name, value string) {
	for i := 0; i+1 < len(pairs.Content); i += 2 {
		if pairs.Content[i].Value == name {
			comment := pairs.Content[i+1].LineComment
			pairs.Content[i+1] = text(value)
			pairs.Content[i+1].LineComment = comment
			return
		}
	}
	pairs.Content = append(pairs.Content, text(name), text(value))
}

// text makes a string, quoted where it would else be read as something different.
func text(value string) *yaml.Node {
	node := &yaml.Node{}
	node.SetString(value)
	return node
}
