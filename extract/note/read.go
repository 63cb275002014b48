package note

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"talkgraph/extract/fact"
)

// Errors of Read, wrapped with the path.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrBinary   = errors.New("the file is not text")
	ErrBroken   = errors.New("the file is damaged")                       // what its format promises is not there
	ErrScan     = errors.New("the PDF has no text, only pictures of it")  // a scan
	ErrLocked   = errors.New("the PDF is locked with a password")         //
	ErrTooLarge = errors.New("the file unpacks to more than can be read") // of a packed format
)

// maxLine bounds the bytes of a line that is looked into; what is longer is kept
// whole but set aside, so that a file without line breaks cannot stall the rest.
const maxLine = 64 << 10

// Read decodes a file and tells its lines apart. The path decides the format by
// its extension; relative is the path that the document's ID is made of.
// Errors are ErrEmpty, ErrBinary and those of the container formats.
func Read(path, relative string, data []byte) (*Note, []fact.Diagnostic, error) {
	if len(data) == 0 {
		return nil, nil, fmt.Errorf("%s: %w", path, ErrEmpty)
	}
	text, warning, err := convert(path, data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	n := &Note{Path: path, ID: DocumentID(relative), Title: text.title, URL: text.url}
	n.Lines = split(text.body)
	classify(n)
	for i := range n.Lines {
		if reason, set := text.repeated[i]; set && n.Lines[i].Matter() {
			n.Lines[i].reject(reason)
		}
	}
	setAside(n)
	var diagnostics []fact.Diagnostic
	if warning != "" {
		diagnostics = append(diagnostics, fact.Diagnostic{File: path, Severity: fact.Warning, Message: warning})
	}
	diagnostics = append(diagnostics, n.longLines()...)
	if !n.anyMatter() {
		return nil, diagnostics, fmt.Errorf("%s: %w", path, ErrEmpty)
	}
	return n, diagnostics, nil
}

// DocumentID makes the entity ID of a document from its relative path.
func DocumentID(relative string) string {
	path := filepath.ToSlash(filepath.Clean(relative))
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, part := range parts {
		parts[i] = documentSlug(part)
	}
	return "doc/" + strings.Join(parts, "/")
}

// documentSlug keeps the dots of a file name, which tell notes.md from notes.txt.
func documentSlug(part string) string {
	pieces := strings.Split(part, ".")
	for i, piece := range pieces {
		if piece != "" {
			pieces[i] = fact.Slug(piece)
		}
	}
	return strings.Join(pieces, ".")
}

// split cuts the text at line breaks of any system.
func split(body string) []Line {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	body = strings.ReplaceAll(body, "\r", "\n")
	body = strings.TrimSuffix(body, "\n")
	lines := make([]Line, 0, strings.Count(body, "\n")+1)
	for number := 1; ; number++ {
		raw, rest, more := strings.Cut(body, "\n")
		lines = append(lines, Line{Number: number, Raw: raw})
		if !more {
			return lines
		}
		body = rest
	}
}

func (n *Note) anyMatter() bool {
	for i := range n.Lines {
		if n.Lines[i].Matter() {
			return true
		}
	}
	return false
}

func (n *Note) longLines() []fact.Diagnostic {
	var found []fact.Diagnostic
	for i := range n.Lines {
		if l := &n.Lines[i]; len(l.Raw) > maxLine {
			found = append(found, fact.Diagnostic{File: n.Path, Line: l.Number, Severity: fact.Warning,
				Message: fmt.Sprintf("a line of %d bytes is not read", len(l.Raw)),
				Mend:    "break it into lines"})
		}
	}
	return found
}
