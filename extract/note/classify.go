package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// classify gives every line its kind, its content and its level.
func classify(n *Note) {
	c := classifier{note: n}
	for i := frontMatter(n); i < len(n.Lines); i++ {
		c.line(i)
	}
}

// frontMatterLimit is how many lines a metadata block may have.
const frontMatterLimit = 60

// frontMatter reads a block between two lines of "---" (keys with a colon) or of
// "+++" (keys with an equals sign) at the top and returns the index of the first line
// after it.
func frontMatter(n *Note) int {
	fence := strings.TrimSpace(n.Lines[0].Raw)
	divider, ok := map[string]string{"---": ":", "+++": "="}[fence]
	if !ok {
		return 0
	}
	for end := 1; end < len(n.Lines) && end <= frontMatterLimit; end++ {
		if strings.TrimSpace(n.Lines[end].Raw) != fence {
			continue
		}
		n.Meta = map[string]string{}
		for i := 0; i <= end; i++ {
			l := &n.Lines[i]
			l.Kind = FrontMatter
			l.Start, l.End = trim(l.Raw, 0, len(l.Raw))
			if key, value, ok := strings.Cut(l.Raw, divider); ok && key == strings.TrimLeftFunc(key, isSpace) {
				n.Meta[strings.ToLower(strings.TrimSpace(key))] = strings.Trim(strings.TrimSpace(value), `"'`)
			}
		}
		if n.Title == "" {
			n.Title = n.Meta["title"]
		}
		return end + 1
	}
	return 0
}

// classifier carries what one line tells about the next.
type classifier struct {
	note    *Note
	fenced  bool
	indents []int // indentation of the open list levels
	letter  byte  // last letter used as a mark: 'B' follows 'A'
}

func (c *classifier) line(i int) {
	l := &c.note.Lines[i]
	l.Start, l.End = trim(l.Raw, 0, len(l.Raw))
	content := l.Content()
	switch {
	case len(l.Raw) > maxLine:
		l.Kind, l.Reason = Boilerplate, "too long to be a line of notes"
	case strings.HasPrefix(content, "```") || strings.HasPrefix(content, "~~~"):
		c.fenced = !c.fenced
		l.Kind = Rule
	case content == "":
		l.Kind = Blank
	case c.fenced:
		l.Kind = Code
	case isRule(content):
		l.Kind = Rule
		c.underline(i)
	case headingMark(content) > 0:
		c.heading(l)
	case isTableRow(content):
		c.table(l)
	default:
		c.item(l)
	}
}

// underlined bounds the characters of a line that is a heading by the line below it.
const underlined = 200

// underline makes a line with "===" or "---" below it a heading.
func (c *classifier) underline(i int) {
	if i == 0 {
		return
	}
	above := &c.note.Lines[i-1]
	mark := c.note.Lines[i].Content()[0]
	if above.Kind == Paragraph && (mark == '=' || mark == '-') && utf8.RuneCountInString(linkTexts(above.Content())) <= underlined {
		above.Kind, above.Level = Heading, 1
		if mark == '-' {
			above.Level = 2
		}
	}
}

// linkTexts leaves the addresses of links out of a text.
func linkTexts(text string) string {
	var b strings.Builder
	for {
		open := strings.Index(text, "](")
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], ')')
		if end < 0 {
			break
		}
		b.WriteString(text[:open+1])
		text = text[open+end+1:]
	}
	b.WriteString(text)
	return b.String()
}

func (c *classifier) heading(l *Line) {
	c.indents = nil
	level := headingMark(l.Content())
	l.Kind, l.Level = Heading, level
	l.Start, l.End = trim(l.Raw, l.Start+level, l.End)
	for l.End > l.Start && l.Raw[l.End-1] == '#' { // a closed heading: "## Title ##"
		l.End--
	}
	l.Start, l.End = trim(l.Raw, l.Start, l.End)
	unwrap(l)
	if mark, size := c.number(l.Content()); size > 0 {
		l.Mark = mark
		l.Start, l.End = trim(l.Raw, l.Start+size, l.End)
	}
	unwrap(l)
}

func (c *classifier) table(l *Line) {
	l.Kind = TableRow
	if strings.Trim(l.Content(), "|-: \t") == "" {
		l.Kind = TableRule
	}
}

// item reads bullets and numbers, and leaves a paragraph where there are none.
func (c *classifier) item(l *Line) {
	l.Kind = Paragraph
	unwrap(l)
	content := l.Content()
	if size := bulletMark(content); size > 0 {
		l.Kind = Bullet
		l.Level = c.depth(l)
		l.Start, l.End = trim(l.Raw, l.Start+size, l.End)
		unwrap(l)
		if mark, size := c.number(l.Content()); size > 0 {
			l.Mark = mark
			l.Start, l.End = trim(l.Raw, l.Start+size, l.End)
		}
		return
	}
	if mark, size := c.number(content); size > 0 && size < len(content) {
		l.Kind = Numbered
		l.Mark = mark
		l.Level = c.depth(l)
		l.Start, l.End = trim(l.Raw, l.Start+size, l.End)
		unwrap(l)
		return
	}
	if strings.HasPrefix(content, "> ") {
		l.Start, l.End = trim(l.Raw, l.Start+1, l.End)
	}
	if indentation(l.Raw) == 0 {
		c.indents = nil
	}
}

// depth finds the nesting depth of a list item from its indentation.
func (c *classifier) depth(l *Line) int {
	indent := indentation(l.Raw)
	for len(c.indents) > 0 && c.indents[len(c.indents)-1] > indent {
		c.indents = c.indents[:len(c.indents)-1]
	}
	if len(c.indents) == 0 || c.indents[len(c.indents)-1] < indent {
		c.indents = append(c.indents, indent)
	}
	return len(c.indents) - 1
}

// number reads a mark such as "1)", "(2)", "3.", "四、", "（五）", "①", "A." at the
// start of the content; it returns the mark and its size in bytes with punctuation.
func (c *classifier) number(content string) (string, int) {
	if r, size := utf8.DecodeRuneInString(content); r >= '①' && r <= '⑳' {
		return string(r), size
	}
	at, open := 0, false
	for _, bracket := range []string{"(", "（"} {
		if strings.HasPrefix(content, bracket) {
			at, open = len(bracket), true
		}
	}
	end := at
	for end < len(content) && content[end] >= '0' && content[end] <= '9' {
		end++
	}
	if end == at {
		end = at + chineseNumeral(content[at:])
	}
	if end == at && c.letterFollows(content[at:]) {
		end = at + 1
	}
	if end == at || end-at > 9 {
		return "", 0
	}
	size := numberStop(content[end:], open)
	if size == 0 {
		return "", 0
	}
	if content[at] >= 'A' && content[at] <= 'Z' {
		c.letter = content[at]
	}
	return content[at:end], end + size
}

// letterFollows accepts a capital as a mark only in its order: "A.", then "B.";
// so that the initial of a name is none. A letter may come twice or be left out, as
// happens to those who number by hand.
func (c *classifier) letterFollows(s string) bool {
	if len(s) < 3 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	return s[0] == 'A' || c.letter != 0 && s[0] >= c.letter && s[0] <= c.letter+2
}

// numberStop returns the size of the punctuation after a number; 0 when it is no mark.
func numberStop(after string, open bool) int {
	for _, stop := range []string{")", "）"} {
		if strings.HasPrefix(after, stop) {
			return len(stop)
		}
	}
	if open {
		return 0
	}
	if strings.HasPrefix(after, "、") {
		return len("、")
	}
	if strings.HasPrefix(after, ".") || strings.HasPrefix(after, "．") {
		size := 1
		if after[0] != '.' {
			size = len("．")
		}
		next, _ := utf8.DecodeRuneInString(after[size:])
		if next == ' ' || next == '\t' || unicode.Is(unicode.Han, next) {
			return size
		}
	}
	return 0
}

func chineseNumeral(s string) int {
	end := 0
	for at, r := range s {
		if !strings.ContainsRune("一二三四五六七八九十", r) {
			break
		}
		end = at + utf8.RuneLen(r)
	}
	return end
}

func headingMark(content string) int {
	level := 0
	for level < len(content) && content[level] == '#' {
		level++
	}
	if level == 0 || level > 6 || level == len(content) {
		return 0
	}
	if next := content[level]; next == ' ' || next == '\t' || level >= 2 && unicode.IsUpper(rune(next)) || level >= 2 && next >= utf8.RuneSelf {
		return level // "###DAY 2" lacks its space; "#tag" and "#1" are no headings
	}
	return 0
}

// bulletMark returns the size of a bullet with the space after it.
func bulletMark(content string) int {
	r, size := utf8.DecodeRuneInString(content)
	if size >= len(content) {
		return 0
	}
	switch r {
	case '•', '·', '▪', '◦', '●', '○', '■', '□', '◆', '◇', '►', '▶', '➢', '✓', '☞', '※', '★', '☆', '✅', '☑', '✔', '➤', '➜', '🔹', '🔸', '🔷', '🔶', '👉', '▸', '‧':
		return size + len(content[size:]) - len(strings.TrimLeft(content[size:], "\ufe0f"))
	case '*', '-', '+', '–', '—', '‣', '⁃', 'o':
		if next := content[size]; next == ' ' || next == '\t' {
			return size
		}
	}
	return 0
}

// isRule recognises three or more of one of "-*_=" with nothing else.
func isRule(content string) bool {
	if len(content) < 3 || !strings.ContainsRune("-*_=", rune(content[0])) {
		return false
	}
	return strings.Trim(content, content[:1]+" ") == ""
}

func isTableRow(content string) bool {
	return len(content) > 2 && content[0] == '|' && strings.Count(content, "|") >= 2
}

// unwrap leaves out emphasis and a link that the whole content is wrapped in.
func unwrap(l *Line) {
	for {
		content := l.Content()
		size := emphasis(content)
		if size > 0 {
			l.Emphasis = true
			l.Start, l.End = trim(l.Raw, l.Start+size, l.End-size)
			continue
		}
		if text := wholeLink(content); text > 0 {
			l.Start, l.End = trim(l.Raw, l.Start+1, l.Start+text)
			continue
		}
		if strings.HasPrefix(content, "**") && strings.Count(content, "**") == 1 && len(content) > 2 {
			l.Emphasis = true // bold that was never closed
			l.Start, l.End = trim(l.Raw, l.Start+2, l.End)
			continue
		}
		return
	}
}

// emphasis returns the size of the marks around the whole content, 0 when there are none.
func emphasis(content string) int {
	for _, mark := range []string{"***", "**", "__", "*", "_", "~~"} {
		if len(content) > 2*len(mark) && strings.HasPrefix(content, mark) && strings.HasSuffix(content, mark) {
			inner := content[len(mark) : len(content)-len(mark)]
			if !strings.Contains(inner, mark) && inner[0] != ' ' {
				return len(mark)
			}
		}
	}
	return 0
}

// wholeLink returns the offset of the "]" when the content is one markdown link.
func wholeLink(content string) int {
	if !strings.HasPrefix(content, "[") || !strings.HasSuffix(content, ")") {
		return 0
	}
	middle := strings.Index(content, "](")
	if middle < 2 || strings.Contains(content[middle+2:len(content)-1], ")") {
		return 0
	}
	return middle
}

// trim narrows [start, end) by white space of any width on both sides.
func trim(raw string, start, end int) (int, int) {
	if start > end {
		start = end
	}
	inner := raw[start:end]
	left := strings.TrimLeftFunc(inner, isSpace)
	start += len(inner) - len(left)
	return start, start + len(strings.TrimRightFunc(left, isSpace))
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF'
}

// indentation counts the columns before the first character; a tab counts four.
func indentation(raw string) int {
	columns := 0
	for _, r := range raw {
		switch r {
		case ' ':
			columns++
		case '\t':
			columns += 4
		case '\u3000':
			columns += 2
		default:
			return columns
		}
	}
	return columns
}
