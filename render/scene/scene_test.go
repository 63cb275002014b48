package scene_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
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

// embeddedOnly makes scenes that do not depend on the machine.
func embeddedOnly(t testing.TB) *font.Family {
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

func build(t *testing.T, d scene.Diagram, options scene.Options) (*scene.Scene, []scene.Warning) {
	t.Helper()
	options.Fonts = embeddedOnly(t)
	s, warnings, err := scene.Build(context.Background(), d, options)
	if err != nil {
		t.Fatal(err)
	}
	return s, warnings
}

func TestSamplesHaveNoProblems(t *testing.T) {
	for _, sample := range scenetest.Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			s, _ := build(t, sample.Diagram, scene.Options{})
			for _, problem := range scene.Problems(s) {
				t.Error(problem)
			}
		})
	}
}

func TestRandomMapsHaveNoProblems(t *testing.T) {
	for _, language := range []string{"zh", "en", "mixed"} {
		for _, size := range []int{3, 12, 25, 45} {
			for seed := range uint64(2) {
				t.Run(fmt.Sprintf("%s-%d-%d", language, size, seed), func(t *testing.T) {
					t.Parallel()
					s, _ := build(t, scenetest.Random(language, size, seed), scene.Options{})
					for _, problem := range scene.Problems(s) {
						t.Error(problem)
					}
				})
			}
		}
	}
}

func TestForceLayoutKeepsThingsApart(t *testing.T) {
	options := scene.Options{Layout: layout.Options{Engine: layout.Sfdp}}
	s, _ := build(t, scenetest.Random("mixed", 120, 4), options)
	for _, problem := range scene.Problems(s) {
		// Straight lines between so many boxes must run below some of them.
		if problem.Kind != scene.CurveOverBox && problem.Kind != scene.CurveOverText {
			t.Error(problem)
		}
	}
}

func TestLargeMapFallsBackWithAWarning(t *testing.T) {
	options := scene.Options{Layout: layout.Options{DotLimit: 40}}
	_, warnings := build(t, scenetest.Random("en", 30, 1), options)
	if !slices.ContainsFunc(warnings, func(w scene.Warning) bool { return strings.Contains(string(w), "too many") }) {
		t.Errorf("warnings %q do not say that another layout was used", warnings)
	}
}

func TestBuildIsRepeatable(t *testing.T) {
	for _, theme := range []scene.Theme{scene.Light, scene.Dark, scene.Print} {
		first, _ := build(t, scenetest.Random("mixed", 30, 9), scene.Options{Theme: theme})
		second, _ := build(t, scenetest.Random("mixed", 30, 9), scene.Options{Theme: theme})
		if !reflect.DeepEqual(first.Elements, second.Elements) {
			t.Errorf("%s: two drawings of one diagram differ", theme)
		}
	}
}

func TestEveryTextIsDrawn(t *testing.T) {
	d := scenetest.FocusChinese()
	s, warnings := build(t, d, scene.Options{})
	drawn := make(map[string]bool)
	var all strings.Builder
	for _, element := range s.Elements {
		var whole strings.Builder
		for _, text := range element.Texts {
			whole.WriteString(text.Content)
		}
		drawn[strings.ReplaceAll(whole.String(), " ", "")] = true
		all.WriteString(whole.String())
	}
	for _, node := range d.Nodes {
		if want := strings.ReplaceAll(node.Label+node.Detail, " ", ""); !drawn[want] {
			t.Errorf("node %q is not drawn", want)
		}
	}
	for _, edge := range d.Edges {
		if !strings.Contains(all.String(), edge.Label) {
			t.Errorf("phrase %q is not drawn", edge.Label)
		}
	}
	for _, item := range d.Aside.Items {
		if !drawn[strings.ReplaceAll(item.Label, " ", "")] {
			t.Errorf("item %q is not drawn", item.Label)
		}
	}
	if len(warnings) > 0 {
		t.Errorf("unexpected warnings %q", warnings)
	}
}

func TestContradictionsAreRefused(t *testing.T) {
	node := scene.Node{ID: "a", Label: "A"}
	for name, d := range map[string]scene.Diagram{
		"no nodes":      {},
		"no ID":         {Nodes: []scene.Node{{Label: "A"}}},
		"double ID":     {Nodes: []scene.Node{node, node}},
		"edge":          {Nodes: []scene.Node{node}, Edges: []scene.Edge{{From: "a", To: "b"}}},
		"group":         {Nodes: []scene.Node{{ID: "a", Group: "g"}}},
		"group's group": {Nodes: []scene.Node{node}, Groups: []scene.Group{{ID: "g", Parent: "h"}, {ID: "h"}}},
	} {
		if _, _, err := scene.Build(context.Background(), d, scene.Options{}); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line", name, err)
		}
	}
}

func TestCancelledContextStopsTheDrawing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := scene.Build(ctx, scenetest.FocusEnglish(), scene.Options{Fonts: embeddedOnly(t)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestWarnings(t *testing.T) {
	d := scene.Diagram{
		Nodes: []scene.Node{{ID: "a", Label: strings.Repeat("很长的标签", 60)}, {ID: "b", Label: "🦜"}},
		Edges: []scene.Edge{{From: "a", To: "a", Label: "itself"}},
	}
	s, warnings := build(t, d, scene.Options{})
	for _, want := range []string{"was cut", "no font has", "points at itself"} {
		if !slices.ContainsFunc(warnings, func(w scene.Warning) bool { return strings.Contains(string(w), want) }) {
			t.Errorf("no warning says %q: %q", want, warnings)
		}
	}
	for _, element := range s.Elements {
		if element.ID == "a" && element.Tooltip != d.Nodes[0].Label {
			t.Error("the whole of a cut label is not in the tooltip")
		}
	}
}

// TestProblemsAreFound draws each kind of fault by hand.
func TestProblemsAreFound(t *testing.T) {
	box := func(kind scene.Kind, id string, left, top float64) scene.Element {
		return scene.Element{Kind: kind, ID: id, Bounds: geometry.Rect{Left: left, Top: top, Right: left + 40, Bottom: top + 20}}
	}
	curve := func(from, to string, a, b geometry.Point) scene.Element {
		var path geometry.Path
		path.Move(a)
		path.Line(b)
		return scene.Element{Kind: scene.EdgeElement, From: from, To: to, Bounds: path.Bounds().Grow(1), Shapes: []scene.Shaped{{Path: path}}}
	}
	long := box(scene.NodeElement, "a", 10, 10)
	long.Texts = []scene.Text{{Content: "too long", At: geometry.Point{X: 12, Y: 24}, Width: 80, Size: 12}}
	for name, test := range map[string]struct {
		elements []scene.Element
		want     scene.ProblemKind
	}{
		"text outside":    {[]scene.Element{long}, scene.TextOutside},
		"boxes overlap":   {[]scene.Element{box(scene.NodeElement, "a", 10, 10), box(scene.NodeElement, "b", 40, 20)}, scene.BoxesOverlap},
		"label overlaps":  {[]scene.Element{box(scene.NodeElement, "a", 10, 10), box(scene.PhraseElement, "b", 40, 20)}, scene.LabelOverlaps},
		"curve over box":  {[]scene.Element{box(scene.NodeElement, "a", 50, 50), curve("b", "c", geometry.Point{X: 10, Y: 60}, geometry.Point{X: 150, Y: 60})}, scene.CurveOverBox},
		"curve over text": {[]scene.Element{{Kind: scene.PhraseElement, ID: "p", Name: "other", Bounds: geometry.Rect{Left: 50, Top: 50, Right: 90, Bottom: 70}}, curve("b", "c", geometry.Point{X: 10, Y: 60}, geometry.Point{X: 150, Y: 60})}, scene.CurveOverText},
		"curve over name": {[]scene.Element{{Kind: scene.GroupElement, ID: "g", Bounds: geometry.Rect{Left: 10, Top: 10, Right: 150, Bottom: 90}, Texts: []scene.Text{{Content: "name", At: geometry.Point{X: 20, Y: 25}, Width: 30, Size: 10}}}, curve("b", "c", geometry.Point{X: 30, Y: 5}, geometry.Point{X: 30, Y: 60})}, scene.CurveOverText},
		"off the page":    {[]scene.Element{box(scene.NodeElement, "a", 190, 10)}, scene.TextOutside},
	} {
		problems := scene.Problems(&scene.Scene{Width: 200, Height: 100, Elements: test.elements})
		if len(problems) != 1 || problems[0].Kind != test.want {
			t.Errorf("%s: found %v", name, problems)
		}
	}
	fine := []scene.Element{box(scene.NodeElement, "a", 10, 10), box(scene.NodeElement, "b", 60, 10), curve("a", "b", geometry.Point{X: 20, Y: 20}, geometry.Point{X: 70, Y: 20})}
	if problems := scene.Problems(&scene.Scene{Width: 200, Height: 100, Elements: fine}); len(problems) > 0 {
		t.Errorf("found %v where nothing is wrong", problems)
	}
}

func TestParseTheme(t *testing.T) {
	for _, theme := range []scene.Theme{scene.Light, scene.Dark, scene.Print} {
		if got, err := scene.ParseTheme(theme.String()); got != theme || err != nil {
			t.Errorf("%s: %v, %v", theme, got, err)
		}
	}
	if _, err := scene.ParseTheme("sepia"); err == nil {
		t.Error("an unknown theme is taken")
	}
}
