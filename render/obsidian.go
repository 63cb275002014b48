package render

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/render/wording"
)

// The markers between which the text of a note is ours: what stands before and behind
// them is the user's, and a new export keeps it.
const (
	noteBegin = "%% talkgraph: begin %%"
	noteEnd   = "%% talkgraph: end %%"
)

// exportObsidian writes a folder of notes for Obsidian: a note for each entity, with
// links to its neighbours and the passages as quotes that can be linked to.
func exportObsidian(_ context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	v := newVault(g, options)
	files := make([]File, 0, len(v.nodes))
	for _, node := range v.nodes {
		files = append(files, File{Name: v.names[node.ID] + ".md", Content: v.note(node)})
	}
	return files, nil, nil
}

// vault carries what the notes share.
type vault struct {
	words wording.Words
	nodes []graph.Node
	index map[string]graph.Node
	names map[string]string // path of a node's note without its ending
	edges map[string][]vaultEdge
}

// vaultEdge is an edge seen from one of its ends.
type vaultEdge struct {
	edge    graph.Edge
	id      string
	other   string
	forward bool
}

func newVault(g *graph.Subgraph, options Options) *vault {
	v := &vault{words: wording.New(options.Language, g), nodes: sortedNodes(g), index: map[string]graph.Node{}, edges: map[string][]vaultEdge{}}
	for _, node := range v.nodes {
		v.index[node.ID] = node
	}
	v.names = noteNames(v.nodes)
	ids := newEdgeIDs()
	for _, edge := range sortedEdges(g) {
		id := ids.of(edge)
		v.edges[edge.Source] = append(v.edges[edge.Source], vaultEdge{edge, id, edge.Target, true})
		v.edges[edge.Target] = append(v.edges[edge.Target], vaultEdge{edge, id, edge.Source, false})
	}
	return v
}

// noteFolder is the folder of a type's notes.
func noteFolder(t fact.Type) string { return string(t) + "s" }

// noteNames gives each node a path that no system objects to and no other node has,
// upper and lower case being one on some.
func noteNames(nodes []graph.Node) map[string]string {
	names, taken := make(map[string]string, len(nodes)), map[string]bool{}
	for _, node := range nodes {
		base := noteFolder(node.Type) + "/" + safeName(node.Label)
		name := base
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s (%d)", base, n)
		}
		taken[strings.ToLower(name)] = true
		names[node.ID] = name
	}
	return names
}

// maxNoteName bounds the bytes of a file's name: 255 are allowed on most systems, and
// a number and an ending must find room.
const maxNoteName = 180

// safeName makes a file name of a label: without what Windows, macOS or Obsidian's
// links cannot have in it, and never one of the names that Windows keeps for devices.
func safeName(label string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`\/:*?"<>|#^[]%`, r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		default:
			return r
		}
	}, oneLine(label))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	for len(name) > maxNoteName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	name = strings.TrimRight(name, ". ")
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	if name == "" || devices[strings.TrimSpace(stem)] {
		name = "_" + name
	}
	return name
}

// devices are names that no file can have on Windows.
var devices = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true,
	"COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true, "COM6": true, "COM7": true, "COM8": true, "COM9": true,
	"LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true, "LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true}

// note writes the note of a node: front matter, links by relation, passages.
func (v *vault) note(node graph.Node) []byte {
	var b bytes.Buffer
	b.WriteString("---\n")
	b.WriteString("title: " + yamlText(node.Label) + "\n")
	if len(node.Aliases) > 0 {
		b.WriteString("aliases:\n")
		for _, alias := range node.Aliases {
			b.WriteString("  - " + yamlText(alias) + "\n")
		}
	}
	b.WriteString("type: " + string(node.Type) + "\n")
	for _, name := range sortedKeys(node.Props) {
		if name != fact.PropComment && isPlainName(name) {
			b.WriteString(name + ": " + yamlText(node.Props[name]) + "\n")
		}
	}
	b.WriteString("tags:\n  - talkgraph/" + strings.ToLower(string(node.Type)) + "\n---\n\n" + noteBegin + "\n")
	v.links(&b, node)
	v.passages(&b, node)
	b.WriteString(noteEnd + "\n")
	return b.Bytes()
}

// links lists the neighbours, the edges of one wording together.
func (v *vault) links(b *bytes.Buffer, node graph.Node) {
	b.WriteString("# " + markdownText(node.Label) + "\n")
	last := ""
	for _, e := range v.edges[node.ID] {
		other, known := v.index[e.other]
		if !known {
			continue
		}
		if phrase := v.phrase(e); phrase != last {
			b.WriteString("\n**" + markdownText(phrase) + "**\n\n")
			last = phrase
		}
		b.WriteString("- " + v.link(other) + v.source(e) + "\n")
	}
}

func (v *vault) phrase(e vaultEdge) string {
	if e.forward {
		return v.words.Phrase(e.edge)
	}
	if inverse, ok := v.words.Inverse(e.edge); ok {
		return inverse
	}
	return "← " + v.words.Phrase(e.edge)
}

// link is a link to a node's note that shows its label.
func (v *vault) link(node graph.Node) string {
	return "[[" + v.names[node.ID] + "|" + linkText(node.Label) + "]]"
}

// linkText is a label inside of a link, where bars and brackets cannot stand.
func linkText(label string) string {
	return strings.NewReplacer("|", "¦", "[", "(", "]", ")").Replace(oneLine(label))
}

// source links to the first passage of an edge, which stands in the note of the
// edge's source.
func (v *vault) source(e vaultEdge) string {
	if len(e.edge.Evidence) == 0 {
		return ""
	}
	if e.forward {
		return " ([[#^" + e.id + "|" + v.words.Choose("依据", "evidence") + "]])"
	}
	return " ([[" + v.names[e.edge.Source] + "#^" + e.id + "|" + v.words.Choose("依据", "evidence") + "]])"
}

// passages quotes the evidence of the edges that begin at a node, each with an ID
// that other notes link to.
func (v *vault) passages(b *bytes.Buffer, node graph.Node) {
	first := true
	for _, e := range v.edges[node.ID] {
		if _, known := v.index[e.other]; !e.forward || !known || len(e.edge.Evidence) == 0 {
			continue
		}
		if first {
			b.WriteString("\n## " + v.words.Choose("原文", "In the notes") + "\n")
			first = false
		}
		b.WriteString("\n")
		for _, passage := range e.edge.Evidence {
			for line := range strings.Lines(withoutControls(passage.Quote)) {
				b.WriteString("> " + markdownText(line) + "\n")
			}
			b.WriteString("> — " + markdownText(passage.Document) + fmt.Sprintf(":%d\n", passage.Line))
		}
		b.WriteString("\n^" + e.id + "\n")
	}
}

// yamlText quotes a text for YAML: in double quotes JSON's escapes hold.
func yamlText(text string) string { return `"` + escapeLiteral(oneLine(text)) + `"` }

// MergeNote keeps a user's text around ours when a note is exported again: what
// stands before and behind the markers of the old note, its front matter aside, is
// kept. A note without markers is the user's own: its text stays, ours comes first.
func MergeNote(old, fresh []byte) []byte {
	head, ours, _ := splitNote(string(fresh))
	_, before, behind := userText(string(old))
	return []byte(head + before + ours + behind)
}

// splitNote cuts a note of ours into its front matter, the text between the markers
// with them, and the rest.
func splitNote(note string) (head, ours, rest string) {
	begin, end := strings.Index(note, noteBegin), strings.LastIndex(note, noteEnd)
	if begin < 0 || end < begin {
		return "", note, ""
	}
	end += len(noteEnd)
	return note[:begin], note[begin:end], note[end:]
}

// userText returns the front matter of an old note, and the user's text before and
// behind our markers.
func userText(old string) (matter, before, behind string) {
	body := old
	if rest, ok := strings.CutPrefix(old, "---\n"); ok {
		if end := strings.Index(rest, "\n---\n"); end >= 0 {
			size := len("---\n") + end + len("\n---\n")
			matter, body = old[:size], old[size:]
		}
	}
	begin, end := strings.Index(body, noteBegin), strings.LastIndex(body, noteEnd)
	if begin < 0 || end < begin {
		return matter, "", "\n\n" + strings.TrimLeft(body, "\n")
	}
	return matter, strings.TrimLeft(body[:begin], "\n"), body[end+len(noteEnd):]
}
