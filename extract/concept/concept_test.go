package concept

import (
	"slices"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// extractText finds the concepts of notes on one talk that is the whole text.
func extractText(t testing.TB, text string, o Options) Result {
	t.Helper()
	n, _, err := note.Read("notes.txt", "notes.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := Scope{ID: "talk/1", Title: Passage{Line: -1}, Language: "zh"}
	for i := range n.Lines {
		s.Lines = append(s.Lines, i)
	}
	return Extract(n, []Scope{s}, l, o)
}

// withName returns the IDs of the concepts that have a name.
func (r Result) withName(name string) []string {
	var ids []string
	for _, c := range r.Concepts {
		if c.Label == name || slices.Contains(c.Aliases, name) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// TestOneIdea lists texts in which two names are one concept, with the reason.
func TestOneIdea(t *testing.T) {
	tests := []struct{ text, a, b string }{
		{"- 多查询记忆回路(MQMC)很难\n- MQMC：新的任务\n", "多查询记忆回路", "MQMC"},
		{"- Switchable Sparse-Dense Learning (SSD)\n- SSD：训练加速\n", "Switchable Sparse-Dense Learning", "SSD"},
		{"- 长上下文：难点\n- long context：难点\n", "长上下文", "long context"},
		{"- KV Cache：显存\n- kv-cache：压缩\n", "KV Cache", "kv-cache"},
		{"- Ｍａｍｂａ２：线性\n- Mamba-2：线性\n", "Ｍａｍｂａ２", "Mamba-2"},
		{"- **flux capacitor**: one\n- **flux capacitors**: many\n", "flux capacitor", "flux capacitors"},
		{"- Quokkaformer：新模型\n- Quokaformer：更快\n", "Quokkaformer", "Quokaformer"},
	}
	for _, tt := range tests {
		r := extractText(t, tt.text, Options{})
		a, b := r.withName(tt.a), r.withName(tt.b)
		if len(a) != 1 || !slices.Equal(a, b) {
			t.Errorf("%q: %s is %v, %s is %v, wanted one concept", tt.text, tt.a, a, tt.b, b)
		}
	}
}

// TestTwoIdeas lists names that look alike and are two concepts.
func TestTwoIdeas(t *testing.T) {
	pairs := [][2]string{
		{"关联记忆", "联想记忆"}, {"ResNet", "RetNet"}, {"短期记忆", "短序列"}, {"RWKV-6", "RWKV-7"}, {"Mamba", "Mamba-2"},
		{"HTTP", "HTTPS"}, {"Quokka-1B", "Quokka-7B"}, {"大模型", "大语言模型"},
	}
	for _, p := range pairs {
		r := extractText(t, "- "+p[0]+"：第一个\n- "+p[1]+"：第二个\n", Options{})
		a, b := r.withName(p[0]), r.withName(p[1])
		if len(a) != 1 || len(b) != 1 || a[0] == b[0] {
			t.Errorf("%s is %v, %s is %v, wanted two concepts", p[0], a, p[1], b)
		}
	}
	items := extractText(t, "对比了三个模型：Quokkaformer、Quokaformer、Mamba\n", Options{})
	if a, b := items.withName("Quokkaformer"), items.withName("Quokaformer"); len(a) != 1 || len(b) != 1 || a[0] == b[0] {
		t.Errorf("items of one list became one: %v, %v", a, b)
	}
	if !slices.ContainsFunc(items.MaybeSame, func(m Merge) bool { return strings.Contains(m.Kept+m.Merged, "Quokaformer") }) {
		t.Errorf("the refused merge is not told: %v", items.MaybeSame)
	}
}

// TestDifferent holds that the user's word beats the lexicon and the notes.
func TestDifferent(t *testing.T) {
	text := "- 长上下文：难点\n- 长文本：难点\n- 多查询记忆回路(MQMC)很难\n- Quokkaformer：新模型\n- Quokaformer：更快\n"
	groups := [][]string{{"长上下文", "长文本"}, {"多查询记忆回路", "MQMC"}, {"Quokkaformer", "Quokaformer"}}
	r := extractText(t, text, Options{Different: groups})
	for _, g := range groups {
		a, b := r.withName(g[0]), r.withName(g[1])
		if len(a) != 1 || len(b) != 1 || a[0] == b[0] {
			t.Errorf("%s is %v, %s is %v, wanted two concepts", g[0], a, g[1], b)
		}
	}
}

// TestAmbiguous holds that ambiguous short names count only with a cue: the long
// form in the same talk, or a place that only names have.
func TestAmbiguous(t *testing.T) {
	tests := []struct {
		text, concept string
		want          bool
	}{
		{"- 他去年在 PP 工作\n", "concept/pipeline-parallelism", false},
		{"- 流水线并行切分层，PP 的气泡要调度\n", "concept/pipeline-parallelism", true},
		{"- 这块 SSD 坏了\n", "concept/switchable-sparse-dense-learning", false},
		{"- 张量并行通信多，所以 TP 只在机内用\n", "concept/tensor-parallelism", true},
		{"- 上海的 TP 很多\n", "concept/tensor-parallelism", false},
		{"- the blast radius of an outage\n", "concept/blast", false},
		{"- 图的查询语言：openCypher 还是 Gremlin 好\n", "concept/gremlin-query-language", true},
		{"- 海报前人多，SAM 挤不进去\n", "concept/segment-anything-model", false},
		{"- 交互式分割：SAM 很快\n", "concept/segment-anything-model", true},
	}
	for _, tt := range tests {
		r := extractText(t, tt.text, Options{})
		found := slices.ContainsFunc(r.Concepts, func(c fact.Entity) bool { return c.ID == tt.concept })
		if found != tt.want {
			t.Errorf("%q: %s found is %v, wanted %v", tt.text, tt.concept, found, tt.want)
		}
	}
}

// TestDefinedInNotes holds that the notes' own definition of an abbreviation beats
// what the lexicon has under it.
func TestDefinedInNotes(t *testing.T) {
	r := extractText(t, "- 稀疏稠密交替训练器：Switchable Sparse-Dense Learning(SSD)——训练加速\n- SSD 省一半算力\n", Options{})
	ids := r.withName("SSD")
	if len(ids) != 1 || !slices.Equal(ids, r.withName("Switchable Sparse-Dense Learning")) {
		t.Errorf("SSD is %v, wanted Switchable Sparse-Dense Learning alone", ids)
	}
	for _, c := range r.Concepts {
		if c.ID == "concept/solid-state-drive" || c.ID == "concept/state-space-duality" {
			t.Errorf("%s is made of an abbreviation that the notes define otherwise", c.ID)
		}
	}
}

// TestNoCue holds that an ambiguous name without a cue is no concept of the lexicon,
// and that a compound with a name in it lends the concept no name.
func TestNoCue(t *testing.T) {
	r := extractText(t, "- **co-design** with grandmothers\n- a C-like language, written in a Rust-based tool\n", Options{})
	for _, c := range r.Concepts {
		switch {
		case c.ID == "concept/hardware-software-co-design", c.ID == "concept/c-language":
			t.Errorf("%s without a cue", c.ID)
		case slices.Contains(append(c.Aliases, c.Label), "Rust-based"):
			t.Errorf("%s is called Rust-based", c.ID)
		}
	}
	if len(r.withName("co-design")) != 1 {
		t.Errorf("co-design is not found: %v", r.Concepts)
	}
}

// TestPeople holds that the people of one talk are ideas of no other.
func TestPeople(t *testing.T) {
	n, _, err := note.Read("notes.txt", "notes.txt", []byte("- Then Helle Kvam filled in with a quiz on tail latency\n- 欧阳：做句法分析\n- 李老师问：长尾怎么办\n- 赞助：阿里云、华为云\n- okafor: who reads the proofs\n"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	scopes := []Scope{
		{ID: "talk/1", Title: Passage{Line: -1}, Lines: []int{0, 1, 2, 3, 4}, Language: "mixed"},
		{ID: "talk/2", Title: Passage{Line: -1}, Skip: []string{"Helle Kvam", "欧阳韵", "Sam Okafor"}, Language: "mixed"},
	}
	for _, c := range Extract(n, scopes, l, Options{}).Concepts {
		switch c.Label {
		case "tail latency", "尾延迟", "句法分析":
		default:
			t.Errorf("%s is no idea", c.Label)
		}
	}
}

// TestNoConcept lists kinds of text that name no idea.
func TestNoConcept(t *testing.T) {
	never := []string{
		"背景：略", "优点：快", "总结：见下", "RAG 管找答案", "PSNR 高", "GRU好用", "AGI背后",
		"项目主页：见群", "沟通群QQ号：略", "P3 说不好用", "P7 觉得还行", "Habermas 等人的说法", "Motivation: none", "Key points:", "Results: good",
	}
	for _, text := range never {
		r := extractText(t, "- "+text+"\n", Options{})
		for _, c := range r.Concepts {
			if lexical := c.Props[fact.PropKind] != ""; !lexical {
				t.Errorf("%q: %q is no idea", text, c.Label)
			}
		}
	}
}

// TestRelations reads relations with their words.
func TestRelations(t *testing.T) {
	tests := []struct{ text, source, relation, phrase, target string }{
		{"## 存算平衡\n\n调和计算与访存：\n\n- 投机采样：小模型先写\n- 前瞻采样：并行\n", "投机采样", "broader", "", "存算平衡"},
		{"RWKV是新型的RNN\n", "RWKV", "broader", "", "RNN"},
		{"3D并行包括张量并行、数据并行、流水线并行\n", "数据并行", "broader", "", "3D并行"},
		{"多模态大模型——Flamingo、LLaVA、InstructBLIP\n", "LLaVA", "broader", "", "多模态大模型"},
		{"- 紧箍咒：TC0约束——提出RWKV-7超越了TC0约束\n", "RWKV-7", "related", "超越了", "TC0约束"},
		{"RWKV和Transformer的本质差异\n", "RWKV", "related", "差异", "Transformer"},
		{"RetNet vs Mamba\n", "RetNet", "related", "vs", "Mamba"},
		{"基于对比学习的推荐系统\n", "推荐系统", "related", "基于", "对比学习"},
		{"- InfLLM：基于KV cache\n", "InfLLM", "related", "基于", "KV cache"},
		{"- 投机采样：1.6~2倍的推理加速\n", "投机采样", "related", "1.6~2倍", "推理加速"},
		{"应用：专家系统(例如医疗诊断、金融分析)\n", "医疗诊断", "broader", "", "专家系统"},
		{"RWKV是新型的RNN，降低了计算复杂度\n", "RWKV", "related", "降低了", "计算复杂度"},
		{"SFT——1)Naive Batching：慢 2)sort batching：快\n", "Naive Batching", "broader", "", "SFT"},
		{"已有的3D并行：张量并行TP、数据并行DP、流水线并行PP均不适用\n", "数据并行", "broader", "", "3D并行"},
		{"- 基于Transformer实现的推荐系统\n", "推荐系统", "related", "基于…实现", "Transformer"},
		{"语言智能的核心技术是自然语言处理\n", "语言智能", "related", "核心技术", "自然语言处理"},
		{"ReLU比SiLU更稀疏\n", "ReLU", "related", "比…更稀疏", "SiLU"},
		{"- 评测：VisualQuokka视觉语言模型\n", "VisualQuokka", "broader", "", "视觉语言模型"},
		{"## 推理引擎\n\n评价指标：吞吐量、利用率\n", "推理引擎", "related", "评价指标", "吞吐量"},
		{"* types of stream processing in ML\n    - online learning (minutes)\n", "online learning", "broader", "", "stream processing"},
		{"* message queues\n    - Kafka, RabbitMQ, Pulsar\n", "RabbitMQ", "broader", "", "message queues"},
		{"they are using Redis as their feature store\n", "Redis", "related", "as", "feature store"},
		{"Quokka: a query optimizer for spreadsheets\n", "Quokka", "broader", "", "query optimizer"},
		{"e.g. cuDNN --> Caffe --> PyTorch\n", "Caffe", "related", "→", "PyTorch"},
	}
	for _, tt := range tests {
		r := extractText(t, tt.text, Options{})
		source, target := r.withName(tt.source), r.withName(tt.target)
		found := slices.ContainsFunc(r.Relations, func(rel fact.Relation) bool {
			return slices.Contains(source, rel.Source) && slices.Contains(target, rel.Target) && string(rel.Predicate) == tt.relation &&
				rel.Props[fact.PropPhrase] == tt.phrase && rel.Evidence[0].Extractor == fact.ExtractorRules
		})
		if !found {
			t.Errorf("%q: no %s -[%s %s]-> %s among %v", tt.text, tt.source, tt.relation, tt.phrase, tt.target, r.Relations)
		}
	}
}

// TestNoRelation lists clauses that state no relation between the two names in them.
func TestNoRelation(t *testing.T) {
	for _, text := range []string{
		"off-CPU analysis shows where threads wait\n", "query compilation makes joins nearly free\n", "ambient mesh: a node proxy, a waypoint proxy\n",
		"大语言模型：基于表示与理解的语言模型\n", "RetNet 和 Mamba 都提到了\n",
	} {
		for _, rel := range extractText(t, text, Options{}).Relations {
			if rel.Predicate != fact.About && rel.Evidence[0].Extractor == fact.ExtractorRules {
				t.Errorf("%q: %s -[%s %s]-> %s", text, rel.Source, rel.Predicate, rel.Props[fact.PropPhrase], rel.Target)
			}
		}
	}
}

// TestLineBreaks reads a name that the width of the text has broken.
func TestLineBreaks(t *testing.T) {
	r := extractText(t, "The compiler turned a select into a branch, so run it all in continuous\nintegration, and keep the certificate chains short enough for hybrid key\nexchange as browsers have it.\n", Options{})
	for _, name := range []string{"continuous integration", "hybrid key exchange"} {
		if len(r.withName(name)) != 1 {
			t.Errorf("%q is not found in %v", name, r.Concepts)
		}
	}
}
