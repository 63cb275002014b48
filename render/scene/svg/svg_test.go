package svg_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/scenetest"
	"talkgraph/render/scene/svg"
)

var update = flag.Bool("update", false, "rewrite the golden files")

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

func build(t *testing.T, d scene.Diagram) *scene.Scene {
	t.Helper()
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := scene.Build(context.Background(), d, scene.Options{Fonts: fonts})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t *testing.T, s *scene.Scene, options svg.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := svg.Write(&b, s, options); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// document is what a reader of XML sees.
type document struct {
	texts  []string
	titles []string
	links  []string
	names  map[string]int // of elements
}

func read(t *testing.T, file string) document {
	t.Helper()
	d := document{names: make(map[string]int)}
	decoder := xml.NewDecoder(strings.NewReader(file))
	var inside string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local
			d.names[inside]++
			for _, attribute := range token.Attr {
				if attribute.Name.Local == "href" {
					d.links = append(d.links, attribute.Value)
				}
			}
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			switch inside {
			case "text":
				d.texts = append(d.texts, string(token))
			case "title":
				d.titles = append(d.titles, string(token))
			}
		}
	}
}

func TestTextsComeBackToTheLetter(t *testing.T) {
	for _, sample := range scenetest.Samples() {
		s := build(t, sample.Diagram)
		var want []string
		for _, element := range s.Elements {
			for _, text := range element.Texts {
				want = append(want, text.Content)
			}
		}
		got := read(t, write(t, s, svg.Options{})).texts
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: texts\n%q\nwant\n%q", sample.Name, got, want)
		}
	}
}

func TestHostileTextsStayTexts(t *testing.T) {
	d := read(t, write(t, build(t, scenetest.Hostile()), svg.Options{}))
	for name := range d.names {
		switch name {
		case "svg", "title", "desc", "style", "rect", "g", "a", "path", "text":
		default:
			t.Errorf("an element %q came out of a text", name)
		}
	}
	for _, link := range d.links {
		if !strings.HasPrefix(link, "https://example.org/") {
			t.Errorf("the link %q leads somewhere it should not", link)
		}
	}
	if len(d.links) != 1 {
		t.Errorf("links %q, want one", d.links)
	}
}

func TestLinksAndTooltips(t *testing.T) {
	d := read(t, write(t, build(t, scenetest.FocusChinese()), svg.Options{}))
	find := func(list []string, want string) bool {
		for _, entry := range list {
			if strings.Contains(entry, want) {
				return true
			}
		}
		return false
	}
	if !find(d.links, "https://example.org/la") || !find(d.links, "https://example.org/evidence") {
		t.Errorf("links %q", d.links)
	}
	if !find(d.titles, "第 12 行") || !find(d.titles, "“适合”,第 34 行") {
		t.Errorf("titles %q", d.titles)
	}
}

func TestEmbeddedFontsHoldEveryCharacter(t *testing.T) {
	s := build(t, scenetest.FocusChinese())
	file := write(t, s, svg.Options{EmbedFonts: true})
	read(t, file)
	faces := regexp.MustCompile(`base64,([^)]*)\)`).FindAllStringSubmatch(file, -1)
	if len(faces) != 2 {
		t.Fatalf("%d fonts in the file, want 2", len(faces))
	}
	for weight, face := range faces {
		data, err := base64.StdEncoding.DecodeString(face[1])
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, element := range s.Elements {
			for _, text := range element.Texts {
				for _, r := range text.Content {
					if index, err := parsed.GlyphIndex(nil, r); text.Weight == font.Weight(weight) && (index == 0 || err != nil) {
						t.Errorf("%c is not in the font of weight %d", r, weight)
					}
				}
			}
		}
	}
}

// TestGolden shows what a small drawing looks like as a file.
func TestGolden(t *testing.T) {
	d := scene.Diagram{
		Title: "What is 图谱?", Language: "en",
		Nodes: []scene.Node{
			{ID: "a", Label: "知识图谱", Detail: "knowledge graph", Emphasis: true, Tint: 1, Link: "https://example.org/", Tooltip: "line 3"},
			{ID: "b", Label: "triples", Tint: 2, Shape: scene.Pill},
		},
		Edges:  []scene.Edge{{From: "a", To: "b", Label: "is made of", Dashed: true, Tooltip: "“a graph is made of triples”"}},
		Legend: []scene.LegendRow{{Label: "concept", Tint: 1}},
		Source: "made up",
	}
	got := write(t, build(t, d), svg.Options{})
	if again := write(t, build(t, d), svg.Options{}); again != got {
		t.Fatal("two drawings of one diagram differ")
	}
	golden := filepath.Join("testdata", "small.svg")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the drawing changed; look at it and run the test with -update. Now:\n%s", got)
	}
}

// broken is a writer to a full disk.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteErrorIsReported(t *testing.T) {
	if err := svg.Write(broken{}, build(t, scenetest.FocusEnglish()), svg.Options{}); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("error %v", err)
	}
}
