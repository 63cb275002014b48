package note

import (
	"fmt"
	"strings"
)

// wordWriter writes the text of a Word file as markdown.
type wordWriter struct {
	file     *wordFile
	text     strings.Builder
	counters map[string][]int // list → last number per level
	inList   bool             // whether the block before was a list item
}

// blocks writes the paragraphs and tables below an element.
func (w *wordWriter) blocks(parent *node) {
	for _, n := range parent.children {
		switch n.name {
		case "p":
			w.paragraph(n)
		case "tbl":
			w.table(n)
		case "Fallback", "del", "moveFrom", "sectPr":
		default:
			w.blocks(n)
		}
	}
}

// paragraph writes one paragraph with its mark. List items stand close together,
// other blocks have a blank line between them.
func (w *wordWriter) paragraph(p *node) {
	text := strings.TrimSpace(w.inline(p))
	if text == "" {
		return
	}
	properties := p.child("pPr")
	style := w.file.style(properties.value("pStyle"))
	if level := headingLevel("", properties.value("outlineLvl")); level > 0 {
		style.heading = level
	}
	if list, level := listOf(properties); list != "" {
		style.list, style.level = list, level
	}
	mark, indent := "", ""
	isList := style.list != "" && style.list != "0" && style.heading == 0
	switch {
	case style.heading > 0:
		mark = strings.Repeat("#", style.heading) + " "
		text = strings.ReplaceAll(plainMarks(text), "\n", " ")
	case isList:
		indent = strings.Repeat("  ", style.level)
		mark = w.mark(style)
	}
	w.block(isList, indent+mark+strings.ReplaceAll(text, "\n", "\n"+indent))
}

// block writes a block, with a blank line before it unless it goes on with a list.
func (w *wordWriter) block(isList bool, text string) {
	if w.text.Len() > 0 {
		w.text.WriteByte('\n')
		if !isList || !w.inList {
			w.text.WriteByte('\n')
		}
	}
	w.inList = isList
	w.text.WriteString(text)
}

// mark returns the bullet or the next number of a list.
func (w *wordWriter) mark(style wordStyle) string {
	level := w.file.list(style.list, style.level)
	if level.bullet {
		return "- "
	}
	counters := w.counters[style.list]
	for len(counters) <= style.level {
		counters = append(counters, w.file.list(style.list, len(counters)).start-1)
	}
	counters = counters[:style.level+1] // the levels below begin anew
	counters[style.level]++
	w.counters[style.list] = counters
	return fmt.Sprintf("%d. ", counters[style.level])
}

// plainMarks takes emphasis off a heading, whose mark says enough.
func plainMarks(text string) string {
	for _, mark := range []string{"***", "**", "*"} {
		if inner, found := strings.CutPrefix(text, mark); found && len(text) > 2*len(mark) && strings.HasSuffix(inner, mark) {
			if inner = strings.TrimSuffix(inner, mark); !strings.Contains(inner, mark) {
				return inner
			}
		}
	}
	return text
}

// span is a run of text of one appearance.
type span struct {
	text         string
	bold, italic bool
}

// inline returns the text of a paragraph with links and emphasis.
func (w *wordWriter) inline(p *node) string {
	var spans []span
	w.collect(p, &spans)
	var b strings.Builder
	for _, s := range joinSpans(spans) {
		b.WriteString(s.markdown())
	}
	return b.String()
}

// collect gathers the runs below an element.
func (w *wordWriter) collect(parent *node, spans *[]span) {
	for _, n := range parent.children {
		switch n.name {
		case "r":
			w.run(n, spans)
		case "hyperlink":
			w.link(n, spans)
		case "pPr", "Fallback", "del", "moveFrom", "tbl":
		case "p": // a text box within a paragraph
			*spans = append(*spans, span{text: "\n"})
			w.collect(n, spans)
		default:
			w.collect(n, spans)
		}
	}
}

func (w *wordWriter) run(r *node, spans *[]span) {
	properties := r.child("rPr")
	if properties.on("vanish") {
		return
	}
	var text strings.Builder
	for _, n := range r.children {
		switch n.name {
		case "t":
			text.Write(n.text)
		case "tab":
			text.WriteByte('\t')
		case "br", "cr":
			if n.attr("type") == "" || n.attr("type") == "textWrapping" {
				text.WriteByte('\n')
			}
		case "noBreakHyphen":
			text.WriteByte('-')
		case "AlternateContent", "pict", "drawing":
			w.collect(n, spans)
		}
	}
	*spans = append(*spans, span{text.String(), properties.on("b"), properties.on("i")})
}

func (w *wordWriter) link(n *node, spans *[]span) {
	var inner []span
	w.collect(n, &inner)
	var joined strings.Builder
	for _, s := range inner {
		joined.WriteString(s.text)
	}
	text := joined.String()
	if address := w.file.links[n.attr("id")]; address != "" && strings.TrimSpace(text) != "" && !strings.ContainsAny(text, "[]\n") {
		text = "[" + text + "](" + address + ")"
	}
	*spans = append(*spans, span{text: text})
}

// joinSpans joins neighbours of one appearance: Word cuts runs anywhere.
func joinSpans(spans []span) []span {
	var joined []span
	for start := 0; start < len(spans); {
		var text strings.Builder
		end := start
		for end < len(spans) && (spans[end].bold == spans[start].bold && spans[end].italic == spans[start].italic || strings.TrimSpace(spans[end].text) == "") {
			text.WriteString(spans[end].text)
			end++
		}
		joined = append(joined, span{text.String(), spans[start].bold, spans[start].italic})
		start = end
	}
	return joined
}

// markdown writes a span with its marks around the text, not around its spaces.
func (s span) markdown() string {
	mark := ""
	switch {
	case s.bold && s.italic:
		mark = "***"
	case s.bold:
		mark = "**"
	case s.italic:
		mark = "*"
	}
	text := strings.TrimSpace(s.text)
	if mark == "" || text == "" || strings.ContainsAny(text, "*\n") {
		return s.text
	}
	start := strings.Index(s.text, text)
	return s.text[:start] + mark + text + mark + s.text[start+len(text):]
}

// table writes a table as rows of markdown; one of a single cell is a frame around
// blocks.
func (w *wordWriter) table(t *node) {
	var rows [][]string
	columns := 0
	var cells []*node
	for _, row := range descendants(t, "tr", "tbl") {
		var line []string
		for _, cell := range descendants(row, "tc", "tr") {
			cells = append(cells, cell)
			line = append(line, strings.ReplaceAll(w.cell(cell), "|", "/"))
		}
		rows = append(rows, line)
		columns = max(columns, len(line))
	}
	if len(cells) == 1 {
		w.blocks(cells[0])
		return
	}
	var b strings.Builder
	for i, row := range rows {
		for len(row) < columns {
			row = append(row, "")
		}
		if strings.Join(row, "") == "" {
			continue
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", columns) + "|\n")
		}
	}
	if text := strings.TrimSuffix(b.String(), "\n"); text != "" {
		w.block(false, text)
	}
}

// descendants returns the elements of a name below another, but not those within
// an element of the name stop.
func descendants(parent *node, name, stop string) []*node {
	var found []*node
	for _, n := range parent.children {
		switch n.name {
		case name:
			found = append(found, n)
		case stop:
		default:
			found = append(found, descendants(n, name, stop)...)
		}
	}
	return found
}

// cell returns the text of a table's cell in one line.
func (w *wordWriter) cell(cell *node) string {
	var lines []string
	for _, p := range descendants(cell, "p", "") {
		lines = append(lines, strings.Split(w.inline(p), "\n")...)
	}
	return joinCell(lines)
}
