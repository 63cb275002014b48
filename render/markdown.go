package render

import "strings"

// markdownEscapes are the characters that Markdown and Obsidian read as marks.
const markdownEscapes = "\\`*_[]<>&#|~$^%=!"

// markdownText escapes a text so that Markdown shows it as it is, on one line.
func markdownText(text string) string {
	var b strings.Builder
	for _, r := range oneLine(text) {
		if strings.ContainsRune(markdownEscapes, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
