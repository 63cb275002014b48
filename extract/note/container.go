package note

import (
	"bytes"
	"path/filepath"
	"strings"
)

// source is a file's text after its container was opened.
type source struct {
	body, title, url string
	repeated         map[int]string // lines, from 0, that the container sets aside, with the reason
}

// convert opens the container: plain text and markdown are decoded, the other
// formats are turned into markdown. PDF and Word files are known by their first
// bytes, so that a wrong ending or standard input does not matter; HTML by the
// ending, or by its first tag where the ending says nothing.
func convert(path string, data []byte) (source, string, error) {
	ending := strings.ToLower(filepath.Ext(path))
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")), ending == ".pdf":
		return readPDF(data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), ending == ".docx":
		return readWord(data)
	case ending == ".html", ending == ".htm", ending == ".xhtml":
		return readHTML(data)
	case ending != ".md" && ending != ".markdown" && ending != ".txt" && startsAsPage(data):
		return readHTML(data)
	}
	body, warning, err := Decode(data)
	return source{body: body}, warning, err
}

// startsAsPage reports whether the content begins as pages do.
func startsAsPage(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 1024)])
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF}), " \t\r\n")
	for bytes.HasPrefix(head, []byte("<!--")) || bytes.HasPrefix(head, []byte("<?xml")) {
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return false
		}
		head = bytes.TrimLeft(head[end+1:], " \t\r\n")
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) || bytes.HasPrefix(head, []byte("<head"))
}
