package note

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Limits of a Word file, against files that were made to unpack without end.
const (
	wordEntries = 10_000    // files in the archive
	wordPart    = 64 << 20  // bytes of one unpacked part
	wordDepth   = 128       // elements within each other
	wordNodes   = 2_000_000 // elements of one part
)

// readWord turns a Word file (.docx) into markdown: headings, lists, tables, links
// and emphasis are kept, text that was deleted under revision is not.
func readWord(data []byte) (source, string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return source{}, "", fmt.Errorf("%w: it is no Word file: %w", ErrBroken, err)
	}
	if len(archive.File) > wordEntries {
		return source{}, "", fmt.Errorf("%w: it packs %d files", ErrTooLarge, len(archive.File))
	}
	w := &wordFile{archive: archive}
	main, err := w.mainPart()
	if err != nil {
		return source{}, "", err
	}
	if err := w.readSettings(main); err != nil {
		return source{}, "", err
	}
	document, err := w.part(main)
	if err != nil {
		return source{}, "", err
	}
	if document == nil {
		return source{}, "", fmt.Errorf("%w: it has no text; give a .docx file", ErrBroken)
	}
	writer := &wordWriter{file: w, counters: map[string][]int{}}
	writer.blocks(document)
	return source{body: tidyLines(writer.text.String()), title: w.title}, "", nil
}

// wordFile is an open Word file with what the other parts say of its text.
type wordFile struct {
	archive   *zip.Reader
	title     string
	links     map[string]string     // relation → address
	styles    map[string]wordStyle  // by ID
	numbering map[string][]wordList // by number ID, then level
}

// wordStyle is what a paragraph style decides.
type wordStyle struct {
	basedOn string
	heading int    // 1 to 6; 0 for none
	list    string // number ID; empty for none
	level   int    // of the list
}

// wordList is one level of a list.
type wordList struct {
	bullet bool
	start  int
}

// wordAttrs are the attributes that are looked at; Word writes many more.
const wordAttrs = " val type Type Target Id id styleId numId abstractNumId ilvl "

// node is an element of a part: Word files are small trees, so they are read whole.
type node struct {
	name     string     // without the namespace
	attrs    []xml.Attr // those that are looked at
	children []*node
	text     []byte // of a text element
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child of a name, or nil; on nil it returns nil.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var next *node
		for _, c := range n.children {
			if c.name == name {
				next = c
				break
			}
		}
		n = next
	}
	return n
}

// value returns the attribute val of a child, "" when there is none.
func (n *node) value(names ...string) string {
	if c := n.child(names...); c != nil {
		return c.attr("val")
	}
	return ""
}

// on reports whether a switch such as <w:b/> is set.
func (n *node) on(name string) bool {
	c := n.child(name)
	if c == nil {
		return false
	}
	switch c.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// part reads one part of the file as a tree; nil when it is not there.
func (w *wordFile) part(name string) (*node, error) {
	file, err := w.archive.Open(strings.TrimPrefix(path.Clean("/"+name), "/"))
	if err != nil {
		return nil, nil // parts other than the text may be missing
	}
	defer file.Close()
	limited := &io.LimitedReader{R: file, N: wordPart + 1}
	root, err := parseNodes(limited)
	switch {
	case limited.N <= 0:
		return nil, fmt.Errorf("%w: %s has more than %d MB", ErrTooLarge, name, wordPart>>20)
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: %s: %w", ErrBroken, name, err)
	}
	return root, nil
}

// parseNodes reads XML into a tree. Elements below wordDepth are left out.
func parseNodes(from io.Reader) (*node, error) {
	decoder := xml.NewDecoder(from)
	root := &node{}
	open := []*node{root}
	count := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > wordNodes {
				return nil, fmt.Errorf("%w: it has more than %d elements", ErrTooLarge, wordNodes)
			}
			if len(open) > wordDepth {
				if err := decoder.Skip(); err != nil {
					return nil, err
				}
				continue
			}
			n := &node{name: t.Name.Local}
			n.attrs = slices.DeleteFunc(t.Attr, func(a xml.Attr) bool { return !strings.Contains(wordAttrs, " "+a.Name.Local+" ") })
			top := open[len(open)-1]
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if top := open[len(open)-1]; top.name == "t" || top.name == "title" {
				top.text = append(top.text, t...)
			}
		}
	}
}

// mainPart finds the part that holds the text.
func (w *wordFile) mainPart() (string, error) {
	root, err := w.part("_rels/.rels")
	if err != nil {
		return "", err
	}
	if relations := root.child("Relationships"); relations != nil {
		for _, r := range relations.children {
			if strings.HasSuffix(r.attr("Type"), "/officeDocument") {
				return r.attr("Target"), nil
			}
		}
	}
	return "word/document.xml", nil
}

// readSettings reads what the other parts say: title, links, styles and lists.
func (w *wordFile) readSettings(main string) error {
	folder := path.Dir(main)
	for _, step := range []struct {
		part string
		read func(*node)
	}{
		{"docProps/core.xml", w.readTitle},
		{path.Join(folder, "_rels", path.Base(main)+".rels"), w.readLinks},
		{path.Join(folder, "styles.xml"), w.readStyles},
		{path.Join(folder, "numbering.xml"), w.readNumbering},
	} {
		root, err := w.part(step.part)
		if err != nil {
			return err
		}
		if root != nil {
			step.read(root)
		}
	}
	return nil
}

func (w *wordFile) readTitle(root *node) {
	if title := root.child("coreProperties", "title"); title != nil {
		w.title = strings.Join(strings.Fields(string(title.text)), " ")
	}
}

func (w *wordFile) readLinks(root *node) {
	w.links = map[string]string{}
	relations := root.child("Relationships")
	if relations == nil {
		return
	}
	for _, r := range relations.children {
		if strings.HasSuffix(r.attr("Type"), "/hyperlink") && isURL(r.attr("Target")) {
			w.links[r.attr("Id")] = r.attr("Target")
		}
	}
}
