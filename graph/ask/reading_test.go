package ask_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/ask"
)

// conference is a graph of our own making, so that what questions are read as does
// not depend on how notes are read.
func conference(t testing.TB) graph.Snapshot {
	t.Helper()
	c := &conferenceNotes{part: graph.Part{ID: "doc/lake.md", Source: "lake.md", Fingerprint: "1"}}
	c.node("doc/lake.md", fact.Document, "lake.md", nil)
	c.node("event/lake", fact.Event, "湖畔系统大会", map[string]string{fact.PropStartDate: "2025-05-04", fact.PropEndDate: "2025-05-05", fact.PropLocation: "湖城"})
	for _, s := range [][2]string{{"分论坛:内存与缓存", "听涛厅"}, {"分论坛:图学习", "望月厅"}} {
		c.node("session/"+fact.Slug(s[0]), fact.Session, s[0], map[string]string{fact.PropLocation: s[1]})
		c.link("session/"+fact.Slug(s[0]), fact.SuperEvent, "event/lake", s[0])
	}
	for _, o := range [][2]string{{"湖滨大学", "Lakeside University"}, {"北山大学", "North Hill University"}, {"青岚科技", "Qinglan"}} {
		c.node("organization/"+o[0], fact.Organization, o[0], nil, o[1])
	}
	for _, p := range [][2]string{{"ada-berg", "湖滨大学"}, {"周远帆", "北山大学"}, {"周远航", "北山大学"}, {"许知秋", "青岚科技"}} {
		label := p[0]
		if label == "ada-berg" {
			label = "Ada Berg"
		}
		c.node("person/"+p[0], fact.Person, label, nil)
		c.link("person/"+p[0], fact.Affiliation, "organization/"+p[1], label+" "+p[1])
	}
	for _, k := range [][3]string{{"kv-cache", "KV Cache", "键值缓存"}, {"paged-cache", "分页缓存", "paged cache"}, {"long-context", "长上下文", "long context"},
		{"sparse-attention", "稀疏注意力", "sparse attention"}, {"graph-neural-network", "图神经网络", "graph neural network"}, {"ogb", "OGB", "Open Graph Benchmark"}} {
		kind := "method"
		if k[0] == "ogb" {
			kind = "benchmark"
		}
		c.node("concept/"+k[0], fact.Concept, k[1], map[string]string{fact.PropKind: kind}, k[2])
	}
	c.link("concept/paged-cache", fact.Broader, "concept/kv-cache", "分页缓存是一种KV Cache")
	c.link("concept/kv-cache", fact.Broader, "concept/long-context", "长上下文离不开KV Cache")
	c.talk("缓存的账", "2025-05-04", fact.Morning, "session/分论坛-内存与缓存", "ada-berg", "kv-cache", "paged-cache")
	c.talk("长文本怎么读", "2025-05-04", fact.Afternoon, "session/分论坛-内存与缓存", "周远帆", "long-context", "sparse-attention", "kv-cache")
	c.talk("图上学习", "2025-05-05", fact.Morning, "session/分论坛-图学习", "许知秋", "graph-neural-network", "ogb")
	c.talk("圆桌:模型往哪里去", "2025-05-05", fact.Afternoon, "event/lake", "周远航", "sparse-attention")
	k := slices.IndexFunc(c.part.Nodes, func(n graph.Node) bool { return strings.HasPrefix(n.ID, "talk/圆桌") })
	c.part.Nodes[k].Props[fact.PropFormat] = "panel"
	slices.SortFunc(c.part.Nodes, fact.CompareEntities)
	slices.SortFunc(c.part.Edges, fact.CompareRelations)
	return snapshotOf(t, []graph.Change{{Part: &c.part}})
}

type conferenceNotes struct {
	part graph.Part
	line int
}

func (c *conferenceNotes) node(id string, kind fact.Type, label string, props map[string]string, aliases ...string) {
	c.part.Nodes = append(c.part.Nodes, graph.Node{ID: id, Type: kind, Label: label, Aliases: aliases, Props: props})
}

func (c *conferenceNotes) link(source string, predicate fact.Predicate, target, quote string) {
	c.line++
	edge := graph.Edge{Source: source, Predicate: predicate, Target: target,
		Evidence: []graph.Evidence{{Document: c.part.ID, Line: c.line, Column: 1, Quote: quote, Extractor: fact.ExtractorRules, Confidence: 1}}}
	if predicate == fact.About {
		edge.Weight = 0.9
	}
	c.part.Edges = append(c.part.Edges, edge)
}

func (c *conferenceNotes) talk(title, day, part, above, speaker string, concepts ...string) {
	id := "talk/" + fact.Slug(title)
	c.node(id, fact.Talk, title, map[string]string{fact.PropStartDate: day, fact.PropPart: part})
	c.link(id, fact.SuperEvent, above, title)
	c.link(id, fact.Performer, "person/"+speaker, speaker)
	for _, concept := range concepts {
		c.link(id, fact.About, "concept/"+concept, strings.ReplaceAll(concept, "-", " "))
	}
}

// TestReadings holds what questions are read as, and what answers them, against
// testdata/readings.txt, in which a question is a line that begins with "? ".
func TestReadings(t *testing.T) {
	const file = "testdata/readings.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	snapshot := conference(t)
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			out.WriteString(line)
		}
		if text, is := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "? "); is {
			fmt.Fprintf(&out, "? %s\n%s", text, shown(harmless(t, snapshot, text)))
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := strings.Split(string(data), "\n")
	for i, line := range strings.Split(out.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d: got %q; if that is right, run go test ./graph/ask -run Readings -update", file, i+1, line)
		}
	}
}

// shown writes a result on a line or two.
func shown(r ask.Result) string {
	u := r.Understood
	var b strings.Builder
	fmt.Fprintf(&b, "  %s %s", u.Intent, strings.Join(u.Entities, " "))
	for _, key := range []string{"want", "kind", "homeKind", "date", "part", "format", "comparison", "position", "order", "most"} {
		if value := u.Filters[key]; value != "" {
			fmt.Fprintf(&b, " %s=%s", key, value)
		}
	}
	if u.Corrected != "" {
		fmt.Fprintf(&b, " (%s)", u.Corrected)
	}
	for _, word := range u.Unknown {
		fmt.Fprintf(&b, " unknown:%s", word)
	}
	for _, word := range u.Ambiguous {
		fmt.Fprintf(&b, " ambiguous:%s", word)
	}
	var labels []string
	for _, a := range r.Answers {
		labels = append(labels, a.Entity.Label)
	}
	for _, s := range r.Suggestions {
		labels = append(labels, "~"+s.Label)
	}
	if r.Count != nil {
		labels = append(labels, fmt.Sprintf("(%d)", *r.Count))
	}
	return b.String() + "\n  → " + strings.Join(labels, " | ") + "\n"
}
