package resolve

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"talkgraph/extract/fact"
)

// Corrections are the user's own decisions, read from corrections.yaml.
type Corrections struct {
	File      string // path, for messages
	Content   string // the file's text, for evidence
	Same      []Group
	Different []Group
	Rename    []Pair
	Type      []Pair
	Drop      []Item
	Add       []Addition
}

// Group is a list of names with its place.
type Group struct {
	Names []string
	Line  int
}

// Pair is an entry "name: value" with its place.
type Pair struct {
	Name, Value string
	Line        int
}

// Item is a name with its place.
type Item struct {
	Name string
	Line int
}

// Addition is an edge of the user's own.
type Addition struct {
	From, Relation, To string
	Line               int
}

// DifferentNames lists the groups of names that the user keeps apart; none for nil.
func (c *Corrections) DifferentNames() [][]string {
	if c == nil {
		return nil
	}
	groups := make([][]string, 0, len(c.Different))
	for _, group := range c.Different {
		groups = append(groups, group.Names)
	}
	return groups
}

// ReadCorrections parses corrections.yaml. An error names the file and line.
func ReadCorrections(file string, data []byte) (*Corrections, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	c := &Corrections{File: file, Content: string(data)}
	if len(root.Content) == 0 {
		return c, nil
	}
	top := root.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, c.fault(top, "a mapping of same, different, rename, type, drop and add is wanted")
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		if err := c.section(top.Content[i], top.Content[i+1]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Corrections) fault(n *yaml.Node, message string) error {
	return fmt.Errorf("%s:%d: %s", c.File, n.Line, message)
}

func (c *Corrections) section(name, value *yaml.Node) error {
	if value.Tag == "!!null" {
		return nil
	}
	switch name.Value {
	case "same":
		return c.groups(value, &c.Same)
	case "different":
		return c.groups(value, &c.Different)
	case "rename":
		return c.pairs(value, &c.Rename)
	case "type":
		return c.pairs(value, &c.Type)
	case "drop":
		for _, item := range value.Content {
			c.Drop = append(c.Drop, Item{item.Value, item.Line})
		}
		return c.want(value, yaml.SequenceNode, "drop wants a list of names")
	case "add":
		return c.additions(value)
	}
	return c.fault(name, fmt.Sprintf("unknown section %q: same, different, rename, type, drop and add are known", name.Value))
}

func (c *Corrections) want(n *yaml.Node, kind yaml.Kind, message string) error {
	if n.Kind != kind {
		return c.fault(n, message)
	}
	return nil
}

func (c *Corrections) groups(value *yaml.Node, into *[]Group) error {
	const message = "a list of lists of names is wanted, as in [[long context, 长上下文]]"
	if err := c.want(value, yaml.SequenceNode, message); err != nil {
		return err
	}
	for _, row := range value.Content {
		if err := c.want(row, yaml.SequenceNode, message); err != nil {
			return err
		}
		g := Group{Line: row.Line}
		for _, name := range row.Content {
			g.Names = append(g.Names, name.Value)
		}
		if len(g.Names) < 2 {
			return c.fault(row, "at least two names are wanted")
		}
		*into = append(*into, g)
	}
	return nil
}

func (c *Corrections) pairs(value *yaml.Node, into *[]Pair) error {
	if err := c.want(value, yaml.MappingNode, "“name: value” is wanted"); err != nil {
		return err
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		*into = append(*into, Pair{value.Content[i].Value, value.Content[i+1].Value, value.Content[i].Line})
	}
	return nil
}

func (c *Corrections) additions(value *yaml.Node) error {
	if err := c.want(value, yaml.SequenceNode, "add wants a list of {from, relation, to}"); err != nil {
		return err
	}
	for _, row := range value.Content {
		var a struct{ From, Relation, To string }
		if err := row.Decode(&a); err != nil || a.From == "" || a.Relation == "" || a.To == "" {
			return c.fault(row, "{from: …, relation: …, to: …} is wanted")
		}
		if !slices.Contains(fact.Predicates(), fact.Predicate(a.Relation)) {
			return c.fault(row, fmt.Sprintf("unknown relation %q", a.Relation))
		}
		c.Add = append(c.Add, Addition{a.From, a.Relation, a.To, row.Line})
	}
	return nil
}
