package note

import "strings"

// markMarkup sets aside images, comments, scripts and lines of bare HTML tags.
func markMarkup(n *Note) {
	until := ""
	for i := range n.Lines {
		l := &n.Lines[i]
		if l.Kind == Blank || l.Kind == FrontMatter || l.Kind == Code {
			continue
		}
		if until != "" {
			l.reject("inside a script or comment")
			if strings.Contains(strings.ToLower(l.Content()), until) {
				until = ""
			}
			continue
		}
		until = markTag(l)
	}
}

// markTag sets a line of markup aside; it returns what ends the script or comment
// that begins in it, if it does not end there.
func markTag(l *Line) string {
	content := l.Content()
	if _, ok := LinkDefinition(content); ok {
		l.reject("the address of a link")
		return ""
	}
	if strings.HasPrefix(content, "%%") {
		l.reject("a comment of the page")
		return ""
	}
	if content == "" || content[0] != '<' && content[0] != '!' {
		return ""
	}
	lower := strings.ToLower(content)
	switch {
	case strings.HasPrefix(lower, "!["):
		if strings.HasSuffix(lower, ")") && withoutImages(lower) == "" {
			l.reject("an image")
		}
	case strings.HasPrefix(lower, "<!--"):
		l.reject("a comment of the page")
		return unlessIn(lower, "-->")
	case strings.HasPrefix(lower, "<script"):
		l.reject("a script")
		return unlessIn(lower, "</script>")
	case strings.HasPrefix(lower, "<style"):
		l.reject("a style sheet")
		return unlessIn(lower, "</style>")
	case len(lower) > 2 && lower[0] == '<' && lower[len(lower)-1] == '>' && withoutTags(lower) == "":
		l.reject("markup without text")
	}
	return ""
}

func unlessIn(content, end string) string {
	if strings.Contains(content, end) {
		return ""
	}
	return end
}

// withoutImages returns what is left of a line without "![…](…)".
func withoutImages(content string) string {
	for strings.HasPrefix(content, "![") {
		middle := strings.Index(content, "](")
		if middle < 0 {
			break
		}
		end := strings.IndexByte(content[middle:], ')')
		if end < 0 {
			break
		}
		content = strings.TrimLeftFunc(content[middle+end+1:], isSpace)
	}
	return content
}

func withoutTags(content string) string {
	var b strings.Builder
	depth := 0
	for _, r := range content {
		switch {
		case r == '<':
			depth++
		case r == '>':
			depth = max(0, depth-1)
		case depth == 0 && !isSpace(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// LinkDefinition reads "[name]: address", which markdown uses for a link that stands
// elsewhere, and returns the name.
func LinkDefinition(raw string) (name string, ok bool) {
	raw = strings.TrimSpace(raw)
	if !strings.HasPrefix(raw, "[") {
		return "", false
	}
	name, address, ok := strings.Cut(raw[1:], "]: ")
	if !ok || name == "" || strings.HasPrefix(name, "^") || !isURL(strings.Trim(strings.TrimSpace(address), "<>")) {
		return "", false
	}
	return name, true
}
