package note

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// Each target holds Read to what its callers rely on, whatever the file: no panic,
// and lines that are numbered, cut and quoted consistently.

func FuzzText(f *testing.F) {
	for _, doc := range seeds(f, ".txt", ".md") {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, data []byte) { readConsistently(t, "notes.md", data) })
}

func FuzzHTML(f *testing.F) {
	for _, doc := range seeds(f, ".html", ".htm") {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, data []byte) { readConsistently(t, "notes.html", data) })
}

func FuzzWord(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/word.txtar")
	if err != nil {
		f.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.Files[:len(archive.Files)-1] {
		parts[file.Name] = string(file.Data)
	}
	f.Add(parts["word/document.xml"], parts["word/styles.xml"], parts["word/numbering.xml"])
	f.Fuzz(func(t *testing.T, document, styles, numbering string) {
		readConsistently(t, "notes.docx", wordArchive(t, map[string]string{"word/document.xml": document, "word/styles.xml": styles, "word/numbering.xml": numbering}))
	})
}

func FuzzWordArchive(f *testing.F) {
	f.Add(wordArchive(f, map[string]string{"word/document.xml": `<w:document xmlns:w="w"><w:p><w:r><w:t>text</w:t></w:r></w:p></w:document>`}))
	f.Fuzz(func(t *testing.T, data []byte) { readConsistently(t, "notes.docx", data) })
}

func FuzzPDF(f *testing.F) {
	f.Add(simplePDF("BT /F1 24 Tf 50 750 Td (Small Talks) Tj [(a) -300 (b)] TJ ET"))
	f.Add(simplePDF("q 1 0 0 1 0 0 cm BT /F1 10 Tf 1 0 0 1 5 5 Tm (x) ' T* (y) Tj ET Q Q"))
	for _, name := range []string{"seminar.pdf", "shapes.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { readConsistently(t, "notes.pdf", data) })
}

// FuzzPDFPage varies the operators of a page, which a damaged file seldom reaches.
func FuzzPDFPage(f *testing.F) {
	f.Add("BT /F1 24 Tf 50 750 Td (Small Talks) Tj [(a) -300 (b)] TJ ET")
	f.Add("q 2 0 0 2 1e308 0 cm BT /F1 1e30 Tf 0 0 0 0 5 5 Tm (x) ' T* (y) \" 3 Tz 4 TL 5 Ts ET Q Q /F1 Do")
	f.Fuzz(func(t *testing.T, operators string) { readConsistently(t, "notes.pdf", simplePDF(operators)) })
}

func readConsistently(t *testing.T, path string, data []byte) {
	n, _, err := Read(path, path, data)
	if err == nil {
		consistent(t, n)
	}
}

// seeds returns the documents of the golden files with these endings.
func seeds(f *testing.F, endings ...string) [][]byte {
	f.Helper()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	var found [][]byte
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, ending := range endings {
			if filepath.Ext(archive.Files[0].Name) == ending {
				found = append(found, archive.Files[0].Data)
			}
		}
	}
	return found
}
