package render

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"talkgraph/graph"
)

// writeNQuads writes RDF 1.1 N-Quads. An edge is a quad whose graph is the node that
// its evidence hangs on, as in the store; ReadNQuads gives the same graph back.
func writeNQuads(w *bytes.Buffer, g *graph.Subgraph, options Options) error {
	statements, _, err := statementsOf(g, options, true)
	if err != nil {
		return err
	}
	for _, s := range statements {
		w.WriteString("<" + s.subject + "> <" + s.predicate + "> " + ntriplesTerm(s.object))
		if s.graph != "" {
			w.WriteString(" <" + s.graph + ">")
		}
		w.WriteString(" .\n")
	}
	return nil
}

func ntriplesTerm(t term) string {
	if t.iri != "" {
		return "<" + t.iri + ">"
	}
	text := `"` + escapeLiteral(t.text) + `"`
	switch {
	case t.language != "":
		return text + "@" + t.language
	case t.datatype != "":
		return text + "^^<" + t.datatype + ">"
	default:
		return text
	}
}

// escapeLiteral escapes what a quoted literal may not hold; control characters are
// kept, as escapes.
func escapeLiteral(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7F || r == 0xFFFE || r == 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// maxQuad bounds the bytes of one line that is read.
const maxQuad = 16 << 20

// parseNQuads reads N-Quads line by line; the error names the line.
func parseNQuads(r io.Reader, visit func(statement) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), maxQuad)
	for number := 1; scanner.Scan(); number++ {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s, err := parseQuad(line)
		if err == nil {
			err = visit(s)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	return scanner.Err()
}

// quadParser reads the terms of one line.
type quadParser struct{ rest string }

func parseQuad(line string) (statement, error) {
	p := quadParser{line}
	var s statement
	var err error
	if s.subject, err = p.iri(); err != nil {
		return s, err
	}
	if s.predicate, err = p.iri(); err != nil {
		return s, err
	}
	if s.object, err = p.term(); err != nil {
		return s, err
	}
	p.rest = strings.TrimLeft(p.rest, " \t")
	if strings.HasPrefix(p.rest, "<") {
		if s.graph, err = p.iri(); err != nil {
			return s, err
		}
		p.rest = strings.TrimLeft(p.rest, " \t")
	}
	tail, ok := strings.CutPrefix(p.rest, ".")
	if tail = strings.TrimLeft(tail, " \t"); !ok || tail != "" && !strings.HasPrefix(tail, "#") {
		return s, errors.New("a statement must end with a full stop")
	}
	return s, nil
}

func (p *quadParser) iri() (string, error) {
	p.rest = strings.TrimLeft(p.rest, " \t")
	inner, ok := strings.CutPrefix(p.rest, "<")
	end := strings.IndexByte(inner, '>')
	if !ok || end < 0 {
		return "", errors.New("an IRI in <> is missing; blank nodes are not read")
	}
	p.rest = inner[end+1:]
	return unescapeLiteral(inner[:end])
}

func (p *quadParser) term() (term, error) {
	p.rest = strings.TrimLeft(p.rest, " \t")
	if strings.HasPrefix(p.rest, "<") {
		name, err := p.iri()
		return term{iri: name}, err
	}
	inner, ok := strings.CutPrefix(p.rest, `"`)
	end := closingQuote(inner)
	if !ok || end < 0 {
		return term{}, errors.New("a literal in quotation marks or an IRI is missing")
	}
	text, err := unescapeLiteral(inner[:end])
	if err != nil {
		return term{}, err
	}
	p.rest = inner[end+1:]
	t := term{text: text}
	if tag, ok := strings.CutPrefix(p.rest, "@"); ok {
		size := strings.IndexAny(tag+" ", " \t.<")
		t.language, p.rest = tag[:size], tag[size:]
	} else if datatype, ok := strings.CutPrefix(p.rest, "^^"); ok {
		p.rest = datatype
		t.datatype, err = p.iri()
	}
	return t, err
}

func closingQuote(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// unescapeLiteral takes escapes back: \n, \", \uXXXX, \UXXXXXXXX.
func unescapeLiteral(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", errors.New("the text is not UTF-8")
	}
	if !strings.Contains(text, `\`) {
		return text, nil
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		if i++; i >= len(text) {
			return "", errors.New("an escape is cut")
		}
		size, err := unescapeOne(&b, text[i:])
		if err != nil {
			return "", err
		}
		i += size - 1
	}
	return b.String(), nil
}

func unescapeOne(b *strings.Builder, text string) (int, error) {
	if at := strings.IndexByte(`tbnrf"'\`, text[0]); at >= 0 {
		b.WriteByte("\t\b\n\r\f\"'\\"[at])
		return 1, nil
	}
	digits := map[byte]int{'u': 4, 'U': 8}[text[0]]
	if digits == 0 || len(text) < 1+digits {
		return 0, fmt.Errorf("unknown escape \\%c", text[0])
	}
	var r rune
	if _, err := fmt.Sscanf(text[1:1+digits], "%x", &r); err != nil || !utf8.ValidRune(r) {
		return 0, fmt.Errorf("unknown escape \\%s", text[:1+digits])
	}
	b.WriteRune(r)
	return 1 + digits, nil
}
