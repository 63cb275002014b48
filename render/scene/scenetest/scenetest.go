// Package scenetest holds diagrams for the tests of scene and of its writers:
// small and large, Chinese, English and mixed, with everything a diagram can
// have. All contents are made up.
package scenetest

import (
	"fmt"
	"math/rand/v2"

	"talkgraph/render/scene"
)

// Sample is a diagram with a name that is safe in file names.
type Sample struct {
	Name    string
	Diagram scene.Diagram
}

// Samples returns diagrams as a person would make them.
func Samples() []Sample {
	return []Sample{
		{"focus-zh", FocusChinese()},
		{"focus-en", FocusEnglish()},
		{"overview-mixed", Overview()},
		{"levels", Levels()},
		{"single", scene.Diagram{Title: "一个节点 One node", Nodes: []scene.Node{{ID: "a", Label: "RWKV", Emphasis: true, Tint: 1}}}},
		{"hostile", Hostile()},
	}
}

// FocusChinese is a concept map around one concept, in Chinese with Latin terms.
func FocusChinese() scene.Diagram {
	d := scene.Diagram{
		Title: "线性注意力为什么能处理长文本?", Subtitle: "以“线性注意力”为中心 · 深度 2 · 15 个概念", Language: "zh",
		Source: "来源:示例讲座笔记(虚构),2024-10-12",
		Legend: []scene.LegendRow{
			{Label: "概念", Tint: 1}, {Label: "报告", Shape: scene.Sheet, Tint: 2}, {Label: "讲者", Shape: scene.Pill, Tint: 3},
			{Label: "机构", Shape: scene.Octagon, Tint: 7}, {Label: "关系", Edge: true}, {Label: "跨区关系", Edge: true, Dashed: true},
		},
		Aside: scene.Aside{Title: "还提到(未画出)", Items: []scene.AsideItem{
			{Label: "位置编码"}, {Label: "FlashAttention"}, {Label: "稀疏注意力"}, {Label: "门控循环单元"}, {Label: "KV Cache 压缩"},
			{Label: "投机采样 speculative decoding"}, {Label: "混合专家"}, {Label: "检索增强生成"}, {Label: "Mamba-2"}, {Label: "知识蒸馏"},
		}},
	}
	d.Nodes = []scene.Node{
		{ID: "la", Label: "线性注意力", Detail: "linear attention", Tint: 1, Emphasis: true, Link: "https://example.org/la", Tooltip: "第 12 行"},
		{ID: "attn", Label: "注意力机制", Tint: 1}, {ID: "rwkv", Label: "RWKV", Tint: 1}, {ID: "mamba", Label: "状态空间模型 Mamba", Tint: 1},
		{ID: "long", Label: "长文本", Detail: "long context", Tint: 1}, {ID: "state", Label: "固定大小的状态", Tint: 1},
		{ID: "on", Label: "推理复杂度 O(n)", Tint: 1}, {ID: "train", Label: "并行训练", Tint: 1}, {ID: "kv", Label: "KV Cache", Tint: 1},
		{ID: "mem", Label: "显存占用", Tint: 1}, {ID: "recall", Label: "精确检索能力", Tint: 1}, {ID: "hybrid", Label: "混合架构", Tint: 1},
		{ID: "talk", Label: "把循环神经网络带回大模型时代:一种新的序列建模思路", Shape: scene.Sheet, Tint: 2},
		{ID: "p1", Label: "林知远", Shape: scene.Pill, Tint: 3}, {ID: "org", Label: "星河人工智能与数字经济实验室(深圳)", Shape: scene.Octagon, Tint: 7},
	}
	edge := func(from, label, to string) {
		d.Edges = append(d.Edges, scene.Edge{From: from, To: to, Label: label, Tooltip: "“" + label + "”,第 34 行", Link: "https://example.org/evidence"})
	}
	edge("attn", "的一种变体是", "la")
	edge("la", "用于", "rwkv")
	edge("la", "用于", "mamba")
	edge("la", "只保留", "state")
	edge("la", "支持", "train")
	edge("state", "使", "on")
	edge("state", "降低", "mem")
	edge("on", "适合", "long")
	edge("attn", "依赖", "kv")
	edge("kv", "增加", "mem")
	edge("hybrid", "结合", "rwkv")
	edge("hybrid", "弥补", "recall")
	edge("talk", "讲到", "la")
	edge("talk", "讲到", "hybrid")
	edge("p1", "作报告", "talk")
	edge("p1", "来自", "org")
	d.Edges = append(d.Edges,
		scene.Edge{From: "state", To: "recall", Label: "可能削弱", CrossLink: true},
		scene.Edge{From: "mamba", To: "long", Label: "擅长", CrossLink: true})
	return d
}

// FocusEnglish is a concept map in English with long labels.
func FocusEnglish() scene.Diagram {
	d := scene.Diagram{
		Title: "How does the Go scheduler keep every core busy?", Subtitle: "Focus: work stealing", Language: "en",
		Source: "Source: invented notes of a Go meetup, 2024-05-18",
		Legend: []scene.LegendRow{{Label: "concept", Tint: 1}, {Label: "talk", Shape: scene.Sheet, Tint: 2}, {Label: "speaker", Shape: scene.Pill, Tint: 3}},
	}
	d.Nodes = []scene.Node{
		{ID: "ws", Label: "work stealing", Tint: 1, Emphasis: true},
		{ID: "sched", Label: "scheduler", Tint: 1}, {ID: "p", Label: "processor (P)", Tint: 1}, {ID: "m", Label: "OS thread (M)", Tint: 1},
		{ID: "g", Label: "goroutine (G)", Tint: 1}, {ID: "lrq", Label: "local run queue", Tint: 1}, {ID: "grq", Label: "global run queue", Tint: 1},
		{ID: "net", Label: "network poller", Tint: 1}, {ID: "sys", Label: "blocking system call", Tint: 1},
		{ID: "preempt", Label: "asynchronous preemption by signals", Tint: 1}, {ID: "lat", Label: "tail latency", Tint: 1},
		{ID: "t", Label: "What the runtime does while you are not looking at it: an hour with the Go scheduler and its friends", Shape: scene.Sheet, Tint: 2},
		{ID: "s", Label: "Ada Okonkwo", Detail: "Example Systems Ltd", Shape: scene.Pill, Tint: 3},
	}
	edge := func(from, label, to string) {
		d.Edges = append(d.Edges, scene.Edge{From: from, To: to, Label: label, Tooltip: label})
	}
	edge("sched", "uses", "ws")
	edge("sched", "assigns", "g")
	edge("sched", "limits how many threads run at once with", "p")
	edge("ws", "moves half of", "lrq")
	edge("ws", "falls back to", "grq")
	edge("ws", "asks", "net")
	edge("p", "owns", "lrq")
	edge("m", "runs code of", "g")
	edge("m", "is parked in", "sys")
	edge("sys", "hands off", "p")
	edge("preempt", "interrupts", "g")
	edge("preempt", "lowers", "lat")
	edge("ws", "lowers", "lat")
	edge("t", "explains", "sched")
	edge("s", "gave", "t")
	d.Edges = append(d.Edges, scene.Edge{From: "net", To: "g", Label: "wakes", CrossLink: true})
	return d
}

// Overview is an event with sessions in frames, talks and speakers.
func Overview() scene.Diagram {
	d := scene.Diagram{
		Title: "示例大会 2024 总览 Overview", Language: "zh", Ordered: true,
		Subtitle: "3 个专题 · 12 场报告 · 12 位讲者", Source: "虚构数据",
	}
	d.Nodes = append(d.Nodes, scene.Node{ID: "event", Label: "示例大会 2024", Emphasis: true, Tint: 2, Shape: scene.Rectangle})
	topics := []string{"大模型推理 Inference", "知识图谱", "Agents and tools"}
	titles := []string{"长上下文的代价", "Speculative decoding in practice", "量化到四位之后还剩下什么", "从零开始训练一个小模型的全部经验与教训"}
	people := []string{"周若溪", "Maria Lindqvist", "欧阳明远", "陈一"}
	for s, topic := range topics {
		group := fmt.Sprintf("s%d", s)
		d.Groups = append(d.Groups, scene.Group{ID: group, Label: topic, Tint: scene.Tint(s + 4)})
		session := scene.Node{ID: "n" + group, Label: topic, Shape: scene.Rectangle, Tint: 6, Group: group}
		d.Nodes = append(d.Nodes, session)
		d.Edges = append(d.Edges, scene.Edge{From: "event", To: session.ID})
		for i, title := range titles {
			talk, person := fmt.Sprintf("t%d%d", s, i), fmt.Sprintf("p%d%d", s, i)
			d.Nodes = append(d.Nodes,
				scene.Node{ID: talk, Label: title, Shape: scene.Sheet, Tint: 2, Group: group},
				scene.Node{ID: person, Label: people[i], Shape: scene.Pill, Tint: 3, Group: group})
			d.Edges = append(d.Edges, scene.Edge{From: session.ID, To: talk}, scene.Edge{From: talk, To: person, Label: "讲者"})
		}
	}
	return d
}

// Levels is a timeline: a concept at three events, one below the other.
func Levels() scene.Diagram {
	d := scene.Diagram{Title: "A concept over time", Nodes: []scene.Node{{ID: "c", Label: "长上下文", Emphasis: true, Tint: 1}}}
	for year := range 3 {
		event := fmt.Sprintf("e%d", year)
		d.Nodes = append(d.Nodes, scene.Node{ID: event, Label: fmt.Sprintf("Forum %d", 2022+year), Shape: scene.Plain, Level: year + 1})
		for i := range 3 {
			talk := fmt.Sprintf("t%d%d", year, i)
			d.Nodes = append(d.Nodes, scene.Node{ID: talk, Label: fmt.Sprintf("报告 %d-%d 关于上下文", year, i), Shape: scene.Sheet, Tint: 2, Level: year + 1})
			d.Edges = append(d.Edges, scene.Edge{From: talk, To: "c", Label: "about", CrossLink: i == 2})
		}
	}
	return d
}

// Hostile has texts that break careless writers.
func Hostile() scene.Diagram {
	return scene.Diagram{
		Title: `<script>alert("1")</script> & ]]> ` + "\x00\x07\u2028", Subtitle: "-- \\ ' \" &amp; \ufffe",
		Nodes: []scene.Node{
			{ID: `"a"`, Label: `<b>&"'</b>`, Link: "javascript:alert(1)", Tooltip: "]]>"},
			{ID: "b\nc", Label: "שלום عالم", Link: "https://example.org/?a=1&b=\"2\""},
			{ID: "\x01", Label: "\x02\n\n", Shape: scene.Ellipse},
			{ID: "e", Label: "e\u0301👩\u200d🔬 𠮷野家 \xff\xfe", Shape: scene.Octagon},
			{ID: "long", Label: "pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis"},
		},
		Edges: []scene.Edge{
			{From: `"a"`, To: "b\nc", Label: `"quoted" \N \G <i>`, Tooltip: "<>&", Link: "data:text/html,x"},
			{From: "b\nc", To: "b\nc", Label: "self"}, {From: "e", To: "\x01", Dashed: true, Tint: 99},
			{From: "e", To: "long", Label: "\u202e rtl override"},
		},
		Legend: []scene.LegendRow{{Label: "<&>"}},
		Aside:  scene.Aside{Title: "<&>", Items: []scene.AsideItem{{Label: "]]>", Link: "vbscript:x"}}},
		Source: "=cmd|' /C calc'!A0",
	}
}

// words to make random labels of.
var words = map[string][]string{
	"zh": {"注意力", "模型", "推理", "长上下文", "知识图谱", "强化学习", "对齐", "数据", "评测", "多模态融合", "训练", "词元", "检索增强", "小样本", "蒸馏", "量化"},
	"en": {"attention", "model", "inference", "context window", "graph", "reinforcement", "alignment", "data", "benchmark", "multimodal fusion", "training", "token", "retrieval", "few-shot", "distillation", "quantization"},
}

// Random is a connected map of so many nodes with made-up labels in language
// zh, en or mixed. The same arguments give the same diagram.
func Random(language string, nodes int, seed uint64) scene.Diagram {
	random := rand.New(rand.NewPCG(seed, uint64(nodes)))
	word := func() string {
		list := words["zh"]
		if language == "en" || language == "mixed" && random.IntN(2) == 0 {
			list = words["en"]
		}
		return list[random.IntN(len(list))]
	}
	label := func() string {
		text := word()
		for random.IntN(3) == 0 {
			text += " " + word()
		}
		return text
	}
	d := scene.Diagram{Title: fmt.Sprintf("Random map %s %d/%d", language, nodes, seed)}
	for i := range nodes {
		d.Nodes = append(d.Nodes, scene.Node{
			ID: fmt.Sprint("n", i), Label: label(), Shape: scene.Shape(random.IntN(7)), Tint: scene.Tint(random.IntN(8)), Emphasis: i == 0,
		})
		if i == 0 {
			continue
		}
		// Nodes hang on earlier ones, and most on the very first: a focus.
		parent := random.IntN(i)
		if random.IntN(3) == 0 {
			parent = random.IntN(min(i, 3))
		}
		d.Edges = append(d.Edges, scene.Edge{From: fmt.Sprint("n", parent), To: fmt.Sprint("n", i), Label: word(), Dashed: random.IntN(6) == 0})
	}
	for range nodes / 6 {
		from, to := random.IntN(nodes), random.IntN(nodes)
		if from != to {
			d.Edges = append(d.Edges, scene.Edge{From: fmt.Sprint("n", from), To: fmt.Sprint("n", to), Label: word(), CrossLink: random.IntN(2) == 0})
		}
	}
	return d
}
