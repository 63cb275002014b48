package note

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kindNames are short names of the kinds for golden files.
var kindNames = map[Kind]string{Blank: "", Paragraph: "text", Heading: "head", Bullet: "item", Numbered: "number", TableRow: "row", TableRule: "rule",
	Code: "code", Rule: "line", FrontMatter: "front", Aside: "ASIDE", Boilerplate: "PAGE"}

// TestGolden reads each archive's document and compares the lines with those at its
// end. A document is one file, or the parts of a Word file below word/.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name, data := document(t, archive)
	n, diagnostics, err := Read(name, name, data)
	if err != nil {
		t.Fatal(err)
	}
	consistent(t, n)
	got := dump(n)
	for _, d := range diagnostics {
		got += d.String() + "\n"
	}
	last := &archive.Files[len(archive.Files)-1]
	if *update {
		last.Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(last.Data); got != want {
		t.Errorf("the lines differ; if they are right, run go test -update\ngot\n%s\nwant\n%s", got, want)
	}
}

// document returns the name and the content of an archive's document.
func document(t *testing.T, archive *txtar.Archive) (string, []byte) {
	t.Helper()
	files := archive.Files[:len(archive.Files)-1]
	if archive.Files[len(archive.Files)-1].Name != "lines" {
		t.Fatal("the last file of the archive must be named lines")
	}
	first := files[0]
	switch {
	case strings.HasSuffix(first.Name, ".pdf"): // a file beside the archive
		data, err := os.ReadFile(filepath.Join("testdata", first.Name))
		if err != nil {
			t.Fatal(err)
		}
		return first.Name, data
	case len(files) == 1:
		return first.Name, first.Data
	}
	parts := map[string]string{}
	for _, f := range files {
		parts[f.Name] = string(f.Data)
	}
	return "notes.docx", wordArchive(t, parts)
}

// wordArchive packs the parts of a Word file.
func wordArchive(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dump writes a note as a person can check it: number, kind, the content between
// « », asides within it between ⟦ ⟧, and why a line is set aside.
func dump(n *Note) string {
	var b strings.Builder
	if n.Title != "" {
		fmt.Fprintf(&b, "title: %s\n", n.Title)
	}
	if n.URL != "" {
		fmt.Fprintf(&b, "url: %s\n", n.URL)
	}
	for i := range n.Lines {
		l := &n.Lines[i]
		kind := kindNames[l.Kind]
		switch l.Kind {
		case Heading, Bullet:
			kind += fmt.Sprint(l.Level)
		case Numbered:
			kind += fmt.Sprintf("%d %s", l.Level, l.Mark)
		}
		line := fmt.Sprintf("%3d %-8s %s", l.Number, kind, marked(l))
		if l.Reason != "" {
			line += "   # " + l.Reason
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func marked(l *Line) string {
	if l.Kind == Blank {
		return ""
	}
	raw := l.Raw
	insert := func(at int, mark string) { raw = raw[:at] + mark + raw[at:] }
	insert(l.End, "»")
	for i := len(l.Asides) - 1; i >= 0 && l.Kind != Aside; i-- {
		insert(l.Asides[i].End, "⟧")
		insert(l.Asides[i].Start, "⟦")
	}
	insert(l.Start, "«")
	return raw
}

// consistent checks what every reader of a note relies on.
func consistent(t testing.TB, n *Note) {
	t.Helper()
	var text strings.Builder
	for i := range n.Lines {
		l := &n.Lines[i]
		text.WriteString(l.Raw + "\n")
		switch {
		case l.Number != i+1:
			t.Fatalf("line %d has the number %d", i+1, l.Number)
		case strings.ContainsAny(l.Raw, "\n\r"):
			t.Fatalf("line %d has a line break in it: %q", l.Number, l.Raw)
		case l.Start < 0 || l.Start > l.End || l.End > len(l.Raw):
			t.Fatalf("line %d: content %d to %d of %d bytes", l.Number, l.Start, l.End, len(l.Raw))
		case !utf8.ValidString(l.Raw):
			t.Fatalf("line %d is not UTF-8: %q", l.Number, l.Raw)
		case !utf8.ValidString(l.Raw[:l.Start]) || !utf8.ValidString(l.Content()):
			t.Fatalf("line %d is cut within a character: %q", l.Number, l.Content())
		case len(l.Masked()) != len(l.Content()):
			t.Fatalf("line %d: masked it has another length", l.Number)
		}
		end := l.Start
		for _, r := range l.Asides {
			if r.Start < end || r.End <= r.Start || r.End > l.End || !utf8.ValidString(l.Raw[:r.Start]) || !utf8.ValidString(l.Raw[r.Start:r.End]) {
				t.Fatalf("line %d: asides %v in content %d to %d", l.Number, l.Asides, l.Start, l.End)
			}
			end = r.End
		}
		if e := n.Evidence(l, Range{l.Start, l.End}, 1); string([]rune(l.Raw)[e.Column-1:][:utf8.RuneCountInString(e.Quote)]) != e.Quote {
			t.Fatalf("line %d: the quote %q is not in column %d", l.Number, e.Quote, e.Column)
		}
	}
	if text.String() != n.Text() {
		t.Fatal("the text is not that of the lines")
	}
}

// TestDecode reads one text in every encoding.
func TestDecode(t *testing.T) {
	const text = "主题：大模型\n张三，清华大学。Long context, “quoted”\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": text, "with mark": "\uFEFF" + text, "GB18030": gb, "UTF-16LE": little, "UTF-16BE": big} {
		if got, warning, err := Decode([]byte(data)); got != text || warning != "" || err != nil {
			t.Errorf("%s: %q, %q, %v", name, got, warning, err)
		}
	}
}

// TestDecodeDamaged replaces what cannot be decoded and says so.
func TestDecodeDamaged(t *testing.T) {
	text, warning, err := Decode([]byte("plain text with one bad byte \xff in it, and more text after it"))
	if err != nil || !strings.Contains(text, "\uFFFD") || !strings.Contains(warning, "1 bytes") {
		t.Errorf("%q, %q, %v", text, warning, err)
	}
	for name, data := range map[string]string{"zeros": "ab\x00cd", "picture": "\x89PNG\r\n\x1a\n\x01\x02\x03\x04\x05"} {
		if _, _, err := Decode([]byte(data)); !errors.Is(err, ErrBinary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLineBreaks numbers lines the same with the breaks of every system.
func TestLineBreaks(t *testing.T) {
	for _, text := range []string{"one\ntwo\n\nfour", "one\r\ntwo\r\n\r\nfour\r\n", "one\rtwo\r\rfour\r"} {
		n, _, err := Read("notes.txt", "notes.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if len(n.Lines) != 4 || n.Lines[3].Raw != "four" || n.Lines[3].Number != 4 {
			t.Errorf("%q: %v", text, n.Lines)
		}
	}
}

// TestErrors names why a file cannot be read.
func TestErrors(t *testing.T) {
	deep := strings.Repeat("<div>", 2000)
	for name, test := range map[string]struct {
		path, data string
		want       error
	}{
		"nothing":              {"a.txt", "", ErrEmpty},
		"white space":          {"a.txt", " \n\t\n", ErrEmpty},
		"only boilerplate":     {"a.md", "首页 | 博客 | 归档\n版权所有\n", ErrEmpty},
		"a picture":            {"a.txt", "\x89PNG\x00\x00", ErrBinary},
		"no archive":           {"a.docx", "PK\x03\x04 and then nothing", ErrBroken},
		"text as Word file":    {"a.docx", "just text", ErrBroken},
		"text as PDF":          {"a.pdf", "just text", ErrBroken},
		"half a PDF":           {"a.pdf", "%PDF-1.4\n1 0 obj\n<</Type/Catalog", ErrBroken},
		"deep HTML":            {"a.html", deep + "text", ErrBroken},
		"HTML without a word":  {"a.html", "<html><script>1</script><body><img src=x></body></html>", ErrEmpty},
		"a scan":               {"a.pdf", string(simplePDF("")), ErrScan},
		"PDF under other name": {"a.txt", string(simplePDF("")), ErrScan},
	} {
		if _, _, err := Read(test.path, test.path, []byte(test.data)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// simplePDF makes a PDF of one page with these operators.
func simplePDF(operators string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for _, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(operators), operators),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

// TestPDFLines puts lines together from where the letters stand.
func TestPDFLines(t *testing.T) {
	operators := "BT /F1 24 Tf 50 750 Td (Small Talks) Tj ET " + // a heading
		"BT /F1 10 Tf 50 700 Td [(Spea) -20 (ker:) -300 (Ann) ] TJ 12 TL (Bell) ' ET " + // a kerned line, and the next one
		"BT /F1 10 Tf 50 640 Td (left) Tj 300 0 Td (right) Tj ET" // two columns
	n, _, err := Read("a.pdf", "a.pdf", simplePDF(operators))
	if err != nil {
		t.Fatal(err)
	}
	consistent(t, n)
	var got []string
	for i := range n.Lines {
		if n.Lines[i].Kind != Blank {
			got = append(got, n.Lines[i].Raw)
		}
	}
	want := []string{"# Small Talks", "Speaker: Ann", "Bell", "left  right"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWordBomb refuses a Word file that unpacks to more than can be read.
func TestWordBomb(t *testing.T) {
	bomb := `<w:document xmlns:w="w"><w:body>` + strings.Repeat("<w:p/>", wordNodes+1) + `</w:body></w:document>`
	_, _, err := Read("a.docx", "a.docx", wordArchive(t, map[string]string{"word/document.xml": bomb}))
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v, want %v", err, ErrTooLarge)
	}
}

// TestLongLine sets a line aside that is too long to be one.
func TestLongLine(t *testing.T) {
	n, diagnostics, err := Read("a.txt", "a.txt", []byte("notes\n"+strings.Repeat("word ", maxLine)))
	if err != nil || n.Lines[1].Kind != Boilerplate || len(diagnostics) != 1 || diagnostics[0].Line != 2 {
		t.Errorf("%v, %v", err, diagnostics)
	}
}

// TestDocumentID keeps what tells files apart.
func TestDocumentID(t *testing.T) {
	for path, want := range map[string]string{"notes.md": "doc/notes.md", "2024/Day 1.txt": "doc/2024/day-1.txt", "./a/../b.html": "doc/b.html"} {
		if got := DocumentID(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
