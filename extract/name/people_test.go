package name

import (
	"strings"
	"testing"

	"talkgraph/extract/lexicon"
)

func grammar(t *testing.T) *Grammar {
	t.Helper()
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	return New(l)
}

// shown writes people as "NAME[institution, …](title)".
func shown(people []Person) string {
	var all []string
	for _, p := range people {
		var homes []string
		for _, a := range p.Affiliations {
			homes = append(homes, a.Name)
		}
		text := p.Name
		if len(homes) > 0 {
			text += "[" + strings.Join(homes, ", ") + "]"
		}
		if p.JobTitle != "" {
			text += "(" + p.JobTitle + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

func TestPeople(t *testing.T) {
	g := grammar(t)
	for _, c := range []struct {
		text  string
		trust Trust
		want  string
	}{
		{"沈若琳 浙江大学", Shape, "沈若琳[浙江大学]"},
		{"复旦大学 郑一鸣 教授", Shape, "郑一鸣[复旦大学](教授)"},
		{"周启明 中国工程院院士 同济大学讲席教授", Shape, "周启明[中国工程院, 同济大学](院士 讲席教授)"},
		{"林远 哈尔滨工业大学(深圳)、苏州大学", Shape, "林远[哈尔滨工业大学(深圳), 苏州大学]"},
		{"赵启(清华大学教授)、钱宁(北京大学)", Labelled, "赵启[清华大学](教授); 钱宁[北京大学]"},
		{"清华大学赵启教授、北京大学钱宁老师", Shape, "赵启[清华大学](教授); 钱宁[北京大学]"},
		{"赵启、钱宁（清华大学）", Labelled, "赵启[清华大学]; 钱宁[清华大学]"},
		{"欧阳慧 新疆大学", Shape, "欧阳慧[新疆大学]"},
		{"艾山·买买提 新疆大学", Shape, "艾山·买买提[新疆大学]"},
		{"吴帆（浙江省律师协会）", Labelled, "吴帆[浙江省律师协会]"},
		{"Alice Moreau, CEO of Lakeside Labs", Position, "Alice Moreau[Lakeside Labs](CEO)"},
		{"Alice Moreau Research lead at Lakeside", Shape, "Alice Moreau[Lakeside](Research lead)"},
		{"Alice Moreau, ML professor @ Stanford University", Position, "Alice Moreau[Stanford University](ML professor)"},
		{"Alice Moreau, Peter Novak (Lakeside)", Labelled, "Alice Moreau[Lakeside]; Peter Novak[Lakeside]"},
		{"Alice Moreau, Peter Novak", Labelled, "Alice Moreau; Peter Novak"},
		{"Alice Moreau, Lakeside; Peter Novak, Hillside", Labelled, "Alice Moreau[Lakeside]; Peter Novak[Hillside]"},
		{"Dr. Alice B. Moreau", Labelled, "Alice B. Moreau"},
		{"ALICE MOREAU", Labelled, "Alice Moreau"},
		{"alice moreau", Labelled, "alice moreau"},
		{"Alice Moreau, ex-Lakeside, Hillside", Labelled, "Alice Moreau[Hillside]"},
		// no people
		{"基础知识:电脑(逻辑推理、形式化表示)", Position, ""},
		{"高效 清华大学", Shape, ""},
		{"Kafka, Kinesis, Flink", Position, ""},
		{"Apache Arrow and the Next Generation of Data Systems", Labelled, ""},
		{"方案一的效果更好", Position, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := shown(g.People(c.text, c.trust)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	g := grammar(t)
	for _, c := range []struct{ text, want string }{
		{"接下来暨南大学的沈若琳老师讲了《水军的识别》", "沈若琳[暨南大学] speaks"},
		{"下午由华中科技大学的郑一鸣老师主持", "郑一鸣[华中科技大学] chairs"},
		{"中山大学的吴帆讲《编辑室》，南京师范大学的林远讲《主播》", "吴帆[中山大学] speaks; 林远[南京师范大学] speaks"},
		{"After that, Alice Moreau from the University of Leeds presented \"Passkeys\".", "Alice Moreau[University of Leeds] speaks"},
		{"The first talk was by Alice Moreau (KTH), \"Timing\".", "Alice Moreau[KTH] speaks"},
		{"她师从沈若琳老师", ""},
		{"这个方法的效果很好，应用也很广", ""},
	} {
		var all []string
		for _, m := range g.Mentions(c.text) {
			all = append(all, shown([]Person{m.Person})+" "+map[Role]string{Named: "named", Speaks: "speaks", Chairs: "chairs", Cited: "cited"}[m.Role])
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// FuzzPeople: spans lie in the text, and names are what stands there.
func FuzzPeople(f *testing.F) {
	for _, seed := range []string{"沈若琳 浙江大学", "Alice Moreau (CEO, Lakeside)", "（（", "a、b；c（d", "·", "欧阳"} {
		f.Add(seed)
	}
	l, err := lexicon.Load()
	if err != nil {
		f.Fatal(err)
	}
	g := New(l)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		for trust := Shape; trust <= Labelled; trust++ {
			for _, p := range g.People(text, trust) {
				if p.Start < 0 || p.End > len(text) || p.Start >= p.End || p.Extent.Start > p.Start || p.Extent.End < p.End {
					t.Fatalf("%q: %+v", text, p)
				}
			}
		}
		g.Mentions(text)
	})
}
