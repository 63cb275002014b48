package note

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxElements bounds the elements of a page, since what finds its article looks
// at each of them many times.
const maxElements = 200_000

// leastKept is the share of a page's text, in percent, below which what was taken
// for the article is not believed.
const leastKept = 40

// readHTML turns a page into markdown: the article alone, or the whole page when
// no article is found in it that holds most of the text and its headings.
func readHTML(data []byte) (source, string, error) {
	text, warning, err := decodePage(data)
	if err != nil {
		return source{}, "", err
	}
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return source{}, "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	result := source{title: pageTitle(page), url: canonical(page)}
	content, title := article(page)
	if result.title == "" {
		result.title = title
	}
	body, err := markdown(content)
	if err != nil {
		return source{}, "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	result.body = withTitle(page, content, body)
	return result, warning, nil
}

// decodePage decodes a page by the encoding that it names, when its bytes need one.
func decodePage(data []byte) (text, warning string, err error) {
	if !utf8.Valid(data) && !bytes.HasPrefix(data, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		if encoding, _, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], ""); certain {
			if decoded, err := encoding.NewDecoder().Bytes(data); err == nil {
				return string(decoded), "", nil
			}
		}
	}
	return Decode(data)
}

// article returns the part of the page that holds its notes, and the page's title.
func article(page *html.Node) (content *html.Node, title string) {
	body := first(page, atom.Body)
	if body == nil {
		return page, ""
	}
	whole := textLength(body)
	found, err := readable(page)
	if err == nil {
		title = found.Title()
		if found.Node != nil && textLength(found.Node)*100 >= textLength(without(body, sides...))*leastKept &&
			headings(found.Node)*100 >= headings(without(body, sides...))*leastKept {
			return found.Node, title
		}
	}
	for _, leave := range [][]atom.Atom{sides, sides[:1]} {
		if rest := without(body, leave...); textLength(rest)*100 >= whole*leastKept {
			return rest, title
		}
	}
	return body, title
}

// sides are the elements around an article, the surest first.
var sides = []atom.Atom{atom.Nav, atom.Aside, atom.Footer, atom.Form}

// readable finds the article of a page; a page that its library fails on has none.
func readable(page *html.Node) (found readability.Article, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("no article found: %v", reason)
		}
	}()
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	address, err := url.Parse("")
	if err != nil {
		return found, err
	}
	return parser.ParseDocument(page, address)
}

// markdown writes a part of a page as markdown.
func markdown(content *html.Node) (text string, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("it cannot be written as text: %v", reason)
		}
	}()
	content = without(content, atom.Svg, atom.Template, atom.Button, atom.Select)
	unwrapTables(content)
	flattenCells(content)
	convert := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled),
		converter.WithPlugins(base.NewBasePlugin(),
			commonmark.NewCommonmarkPlugin(commonmark.WithLinkEmptyContentBehavior(commonmark.LinkBehaviorSkip), commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip)),
			strikethrough.NewStrikethroughPlugin(),
			table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithSkipEmptyRows(true), table.WithPresentationTables(true),
				table.WithSpanCellBehavior(table.SpanBehaviorEmpty), table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal))))
	written, err := convert.ConvertNode(content, converter.WithContext(context.Background()))
	if err != nil {
		return "", err
	}
	return tidyLines(string(written)), nil
}

// tidyLines takes away what markdown keeps at the end of lines and more than one
// blank line in a row.
func tidyLines(text string) string {
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRightFunc(line, isSpace)
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// withTitle puts the page's heading on top when the article was cut out below it.
func withTitle(page, content *html.Node, body string) string {
	heading := first(page, atom.H1)
	if heading == nil || first(content, atom.H1) != nil {
		return body
	}
	title := strings.Join(strings.Fields(textOf(heading)), " ")
	if title == "" || strings.HasPrefix(strings.TrimLeft(body, "# "), title) {
		return body
	}
	return "# " + title + "\n\n" + body
}

// pageTitle is the text of the page's title.
func pageTitle(page *html.Node) string {
	if title := first(page, atom.Title); title != nil {
		return strings.Join(strings.Fields(textOf(title)), " ")
	}
	return ""
}

// canonical is the address that the page gives for itself.
func canonical(page *html.Node) string {
	head := first(page, atom.Head)
	if head == nil {
		return ""
	}
	for node := range head.Descendants() {
		if node.DataAtom == atom.Link && strings.EqualFold(attribute(node, "rel"), "canonical") {
			if address := attribute(node, "href"); isURL(address) {
				return address
			}
		}
	}
	return ""
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// first returns the first element of a kind, the node itself included; nil when
// there is none.
func first(node *html.Node, kind atom.Atom) *html.Node {
	if node.DataAtom == kind {
		return node
	}
	for below := range node.Descendants() {
		if below.DataAtom == kind {
			return below
		}
	}
	return nil
}

// silent are the elements whose text nobody reads.
var silent = []atom.Atom{atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Iframe, atom.Textarea}

// without copies a node and what is below it, but for elements of these kinds.
func without(node *html.Node, kinds ...atom.Atom) *html.Node {
	clone := &html.Node{Type: node.Type, DataAtom: node.DataAtom, Data: node.Data, Namespace: node.Namespace, Attr: slices.Clone(node.Attr)}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && slices.Contains(kinds, child.DataAtom) {
			continue
		}
		clone.AppendChild(without(child, kinds...))
	}
	return clone
}

// visit calls see with every text that a reader of the page sees.
func visit(node *html.Node, see func(text string)) {
	if node.Type == html.TextNode {
		see(node.Data)
	}
	if slices.Contains(silent, node.DataAtom) {
		return
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		visit(child, see)
	}
}

func textOf(node *html.Node) string {
	var b strings.Builder
	visit(node, func(text string) { b.WriteString(text) })
	return b.String()
}

// textLength counts the characters of a node's text, white space aside.
func textLength(node *html.Node) int {
	length := 0
	visit(node, func(text string) {
		for _, r := range text {
			if !isSpace(r) {
				length++
			}
		}
	})
	return length
}

// headings counts the headings that divide a page, those of the page itself aside.
func headings(node *html.Node) int {
	count := 0
	for below := range node.Descendants() {
		switch below.DataAtom {
		case atom.H2, atom.H3, atom.H4:
			count++
		}
	}
	return count
}

// tableKinds are the elements that tables are made of.
var tableKinds = []atom.Atom{atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption}

// unwrapTables makes plain blocks of tables that only place things on the page: those
// of one column, and those that hold other tables.
func unwrapTables(content *html.Node) {
	for node := range content.Descendants() {
		if node.DataAtom != atom.Table || !isFrame(node) {
			continue
		}
		for _, part := range tableParts(node) {
			part.DataAtom, part.Data, part.Attr = atom.Div, "div", nil
		}
	}
}

// isFrame reports whether a table has one column or holds another table.
func isFrame(t *html.Node) bool {
	cells, rows := 0, 0
	for _, part := range tableParts(t) {
		switch part.DataAtom {
		case atom.Tr:
			rows++
		case atom.Td, atom.Th:
			cells++
		}
	}
	if cells <= rows {
		return true
	}
	for below := range t.Descendants() {
		if below.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

// tableParts returns a table and its parts, but not those of tables within it.
func tableParts(t *html.Node) []*html.Node {
	parts := []*html.Node{t}
	for child := t.FirstChild; child != nil; child = child.NextSibling {
		if child.DataAtom != atom.Table && slices.Contains(tableKinds, child.DataAtom) {
			parts = append(parts, tableParts(child)...)
		}
	}
	return parts
}

// flattenCells makes one line of each cell of a table that has several, since a
// row of a markdown table is one line and "|" divides its cells.
func flattenCells(content *html.Node) {
	var cells []*html.Node
	for node := range content.Descendants() {
		if node.DataAtom != atom.Td && node.DataAtom != atom.Th {
			continue
		}
		if hasLines(node) {
			cells = append(cells, node)
		}
		for below := range node.Descendants() {
			if below.Type == html.TextNode {
				below.Data = strings.ReplaceAll(below.Data, "|", "/")
			}
		}
	}
	for _, cell := range cells {
		var parts []string
		collectLines(cell, &parts)
		for cell.FirstChild != nil {
			cell.RemoveChild(cell.FirstChild)
		}
		cell.AppendChild(&html.Node{Type: html.TextNode, Data: joinCell(parts)})
	}
}

// lineKinds are the elements that begin a line.
var lineKinds = []atom.Atom{atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Blockquote}

func hasLines(cell *html.Node) bool {
	for node := range cell.Descendants() {
		if slices.Contains(lineKinds, node.DataAtom) {
			return true
		}
	}
	return false
}

// collectLines gathers the lines of a cell.
func collectLines(node *html.Node, parts *[]string) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		begins := slices.Contains(lineKinds, child.DataAtom)
		switch {
		case child.Type == html.TextNode && len(*parts) > 0:
			(*parts)[len(*parts)-1] += child.Data
			continue
		case child.Type == html.TextNode:
			*parts = append(*parts, child.Data)
			continue
		case begins:
			*parts = append(*parts, "")
		}
		collectLines(child, parts)
		if begins && child.DataAtom != atom.Br {
			*parts = append(*parts, "")
		}
	}
}

// joinCell makes one line of the lines of a table's cell: with a space behind a
// Chinese character, as speaker lines have it, else with a comma.
func joinCell(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if b.Len() > 0 {
			if last, _ := utf8.DecodeLastRuneInString(b.String()); last < utf8.RuneSelf && last != ',' && last != ';' && last != ':' {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}
