package scene

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
)

func testSetter(t testing.TB) setter {
	fonts, err := font.Open(font.Options{EmbeddedOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return setter{fonts}
}

// TestSharedPhrasesSayNothingNew reads the plan of random diagrams as a reader
// of the drawing would, along lines and phrases, and compares with the edges.
func TestSharedPhrasesSayNothingNew(t *testing.T) {
	set := testSetter(t)
	for seed := range uint64(200) {
		d := crowded(seed)
		p := newPlan(d, colorsOf(Light), set, layout.Dot)
		into, outOf := make(map[int][]int), make(map[int][]int)
		var read []string
		for _, l := range p.lines {
			switch {
			case l.to >= len(p.nodes):
				into[l.to] = append(into[l.to], l.from)
			case l.from >= len(p.nodes):
				outOf[l.from] = append(outOf[l.from], l.to)
			default:
				read = append(read, fmt.Sprint(l.from, strings.Join(l.label.lines, ""), l.to))
			}
		}
		for i, phrase := range p.phrases {
			for _, from := range into[len(p.nodes)+i] {
				for _, to := range outOf[len(p.nodes)+i] {
					read = append(read, fmt.Sprint(from, strings.Join(phrase.text.lines, ""), to))
				}
			}
		}
		var want []string
		for _, edge := range d.Edges {
			if edge.From != edge.To {
				want = append(want, fmt.Sprint(strings.TrimPrefix(edge.From, "n"), edge.Label, strings.TrimPrefix(edge.To, "n")))
			}
		}
		slices.Sort(read)
		slices.Sort(want)
		// Two edges that say the same are one line in the drawing.
		read, want = slices.Compact(read), slices.Compact(want)
		if !slices.Equal(read, want) {
			t.Fatalf("seed %d: the drawing reads\n%q\nthe diagram says\n%q", seed, read, want)
		}
	}
}

// crowded is a small diagram with many edges and few different labels.
func crowded(seed uint64) Diagram {
	random := rand.New(rand.NewPCG(seed, 1))
	var d Diagram
	for i := range 6 {
		d.Nodes = append(d.Nodes, Node{ID: fmt.Sprint("n", i), Label: fmt.Sprint(i)})
	}
	for range 14 {
		d.Edges = append(d.Edges, Edge{
			From: fmt.Sprint("n", random.IntN(6)), To: fmt.Sprint("n", random.IntN(6)),
			Label: []string{"", "a", "b"}[random.IntN(3)], CrossLink: random.IntN(5) == 0, Dashed: random.IntN(5) == 0,
		})
	}
	return d
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	set := testSetter(t)
	st := style{size: 10}
	for _, test := range []struct {
		text  string
		width float64
		want  string
	}{
		{"知识图谱", 100, "知识图谱"},
		{"线性注意力与长文本", 50, "线性注意力|与长文本"},
		{"他说“注意力”很好", 40, "他说“注|意力”很|好"}, // quotes stay with their words
		{"长文本,短文本。", 40, "长文本,|短文本。"},
		{"state space model", 60, "state space|model"},
		{"KV Cache 压缩方法", 60, "KV Cache|压缩方法"},
		{"输入/输出", 100, "输入/输出"},
		{"一\n二", 100, "一|二"},
		{"abcdefghijklmnop", 40, "abcdefg|hijklmn|op"},
	} {
		got := strings.Join(set.set(test.text, st, test.width, 9).lines, "|")
		if got != test.want {
			t.Errorf("%q at %v: %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

func FuzzTextIsSetWhole(f *testing.F) {
	set := testSetter(f)
	for _, text := range []string{"", "线性注意力 linear attention", "(((", "a\u0301b", "x\x00y", "“”“”“”“”“”", "https://example.org/a/very/long/path", "\u202eabc"} {
		f.Add(text, 60.0)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if !(width > 20 && width < 1000) || len(text) > 2000 {
			return
		}
		text = clean(text)
		result := set.set(text, style{size: 10}, width, 1<<30)
		without := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := strings.Join(result.lines, ""); without(got) != without(text) {
			t.Fatalf("%q became %q", text, result.lines)
		}
		for i, line := range result.lines {
			if result.widths[i] > width+0.001 && len([]rune(line)) > 1 && !strings.ContainsFunc(line, unicode.IsMark) {
				t.Fatalf("line %q is %v wide, more than %v", line, result.widths[i], width)
			}
		}
	})
}
