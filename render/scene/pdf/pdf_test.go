package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	reader "github.com/ledongthuc/pdf"

	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/pdf"
	"talkgraph/render/scene/scenetest"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		if err := layout.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func write(t *testing.T, d scene.Diagram) (*scene.Scene, []byte) {
	t.Helper()
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := scene.Build(context.Background(), d, scene.Options{Fonts: fonts})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return s, b.Bytes()
}

// TestTextCanBeReadBack asks an independent reader for the text.
func TestTextCanBeReadBack(t *testing.T) {
	for _, sample := range scenetest.Samples() {
		if sample.Name == "hostile" {
			continue // has characters of which only the outlines are in the file
		}
		s, file := write(t, sample.Diagram)
		document, err := reader.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatalf("%s: %v", sample.Name, err)
		}
		if pages := document.NumPage(); pages != 1 {
			t.Fatalf("%s: %d pages", sample.Name, pages)
		}
		var read strings.Builder
		for _, text := range document.Page(1).Content().Text {
			read.WriteString(text.S)
		}
		for _, element := range s.Elements {
			for _, text := range element.Texts {
				if !strings.Contains(read.String(), text.Content) {
					t.Errorf("%s: %q cannot be read back", sample.Name, text.Content)
				}
			}
		}
	}
}

// TestObjectsAreWhereTheTableSays checks the one thing that readers need and
// that no compiler checks.
func TestObjectsAreWhereTheTableSays(t *testing.T) {
	_, file := write(t, scenetest.Hostile())
	start := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(file)
	if start == nil {
		t.Fatal("the file does not end as it should")
	}
	at, _ := strconv.Atoi(string(start[1]))
	lines := strings.Split(string(file[at:]), "\n")
	if lines[0] != "xref" {
		t.Fatalf("%q is not the table", lines[0])
	}
	count, _ := strconv.Atoi(strings.Fields(lines[1])[1])
	for number := 1; number < count; number++ {
		offset, _ := strconv.Atoi(lines[2+number][:10])
		if want := fmt.Sprintf("%d 0 obj\n", number); !bytes.HasPrefix(file[offset:], []byte(want)) {
			t.Errorf("object %d is not at %d", number, offset)
		}
	}
}

func TestLinks(t *testing.T) {
	_, file := write(t, scenetest.FocusChinese())
	if want := fmt.Sprintf("/URI <%X>", "https://example.org/la"); !bytes.Contains(file, []byte(want)) {
		t.Error("the link of a node is lost")
	}
	_, hostile := write(t, scenetest.Hostile())
	if got := bytes.Count(hostile, []byte("/S /URI")); got != 1 {
		t.Errorf("%d links in the hostile sample, want the one that is safe", got)
	}
}

func TestWriteIsRepeatable(t *testing.T) {
	_, first := write(t, scenetest.Overview())
	_, second := write(t, scenetest.Overview())
	if !bytes.Equal(first, second) {
		t.Error("two files of one diagram differ")
	}
}
