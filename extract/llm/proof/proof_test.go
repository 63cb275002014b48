package proof_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/note"
)

const text = `韩旭东（清华大学）、李明远(北京大学 教授)
投机采样（Speculative Decoding）比自回归解码快2倍
## Ｌｏｎｇ　Ｃｏｎｔｅｘｔ models
Warm starts help AR models【我没听懂 Banana】and  Mamba-2
InfLLM is based on
sliding windows
清华大学 王大海，北京大学 周小川
Beam search improves greedy decoding
长短期记忆（包括门控单元、循环核）
门控单元是一种循环网络
清华大学计算机系 与 MIT, Department of Music, MIT
深度推理比快速推理更准
幻觉消除的对比学习
郑大山（清华大学、北京大学）、钱小海（复旦大学 讲师）
Based on beam search, lookahead sampling wins
主持人：高小林（南开大学）
Speaker: Jane Birch, Forest College
投机采样：韩旭东
`

// lexicon knows a few names.
type lexicon struct{}

func (lexicon) Aliases(name string) []string {
	if strings.EqualFold(name, "speculative sampling") {
		return []string{"投机采样", "Speculative Decoding"}
	}
	return nil
}

func (lexicon) Types(name string) []fact.Type {
	switch name {
	case "清华大学", "北京大学":
		return []fact.Type{fact.Organization}
	case "投机采样":
		return []fact.Type{fact.Concept}
	}
	return nil
}

func (lexicon) MayBePerson(name string) bool { return name != "自回归解码" }

func chunk(t testing.TB) proof.Chunk {
	t.Helper()
	n, _, err := note.Read("n.md", "n.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c := proof.Chunk{Note: n, Talk: true, SpeakerLine: map[int]bool{0: true, 15: true, 16: true}, Speakers: true, People: []string{"韩旭东", "李明远", "王大海", "周小川", "郑大山", "钱小海", "高小林", "Jane Birch"}, Hosts: []string{"高小林"}, Phrases: []string{"competes with"}}
	for i := range n.Lines {
		c.Lines = append(c.Lines, i)
	}
	return c
}

// claim is one relation between two names, as a model would state it.
type claim struct {
	sourceType, source, kind, targetType, target, phrase string
	line                                                 int
	quote                                                string
}

func (c claim) json(t testing.TB) string {
	t.Helper()
	source := "s"
	if c.sourceType == "Talk" {
		source = proof.TalkID
	}
	data, err := json.Marshal(map[string]any{
		"entities": []any{map[string]any{"id": "s", "type": c.sourceType, "name": c.source, "aliases": []string{}},
			map[string]any{"id": "t", "type": c.targetType, "name": c.target, "aliases": []string{"Speculative Decoding", "无此名"}}},
		"relations": []any{map[string]any{"source": source, "type": c.kind, "target": "t", "phrase": c.phrase, "line": c.line, "quote": c.quote}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestCheck has one claim a row; the reason "" is one that is proven.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		claim
		reason proof.Reason
	}{
		"a speaker":                    {claim{"Talk", "", "performer", "Person", "韩旭东", "", 1, "韩旭东（清华大学）"}, ""},
		"width is folded":              {claim{"Talk", "", "performer", "Person", "韩旭东", "", 1, "韩旭东 (清华大学)"}, ""},
		"half a name":                  {claim{"Talk", "", "performer", "Person", "韩旭", "", 1, "韩旭东（清华大学）"}, proof.PartOfName},
		"an institution":               {claim{"Person", "李明远", "affiliation", "Organization", "北京大学", "教授", 1, "李明远(北京大学 教授)"}, ""},
		"the other's institution":      {claim{"Person", "韩旭东", "affiliation", "Organization", "北京大学", "", 1, "韩旭东（清华大学）、李明远(北京大学 教授)"}, proof.AnotherNearer},
		"the first one's institution":  {claim{"Person", "李明远", "affiliation", "Organization", "清华大学", "", 1, "韩旭东（清华大学）、李明远(北京大学 教授)"}, proof.AnotherNearer},
		"institutions first":           {claim{"Person", "周小川", "affiliation", "Organization", "北京大学", "", 7, "北京大学 周小川"}, ""},
		"the institution after":        {claim{"Person", "王大海", "affiliation", "Organization", "北京大学", "", 7, "清华大学 王大海，北京大学 周小川"}, proof.AnotherNearer},
		"a quote that hides another":   {claim{"Person", "王大海", "affiliation", "Organization", "北京大学", "", 7, "王大海，北京大学"}, proof.AnotherNearer},
		"a second institution":         {claim{"Person", "郑大山", "affiliation", "Organization", "北京大学", "", 14, "郑大山（清华大学、北京大学）"}, ""},
		"a second one, of the other":   {claim{"Person", "钱小海", "affiliation", "Organization", "北京大学", "", 14, "北京大学）、钱小海"}, proof.AnotherNearer},
		"in the order of the words":    {claim{"Concept", "Beam search", "related", "Concept", "greedy decoding", "improves", 8, "Beam search improves greedy decoding"}, ""},
		"against the words":            {claim{"Concept", "greedy decoding", "related", "Concept", "Beam search", "improves", 8, "Beam search improves greedy decoding"}, proof.Reversed},
		"against a comparison":         {claim{"Concept", "快速推理", "related", "Concept", "深度推理", "更准", 12, "深度推理比快速推理更准"}, proof.Reversed},
		"a comparison":                 {claim{"Concept", "深度推理", "related", "Concept", "快速推理", "更准", 12, "深度推理比快速推理更准"}, ""},
		"a description before it":      {claim{"Concept", "对比学习", "related", "Concept", "幻觉", "消除", 13, "幻觉消除的对比学习"}, ""},
		"words before both":            {claim{"Concept", "lookahead sampling", "related", "Concept", "beam search", "Based on", 15, "Based on beam search, lookahead sampling"}, ""},
		"one of a list":                {claim{"Concept", "循环核", "broader", "Concept", "长短期记忆", "", 9, "长短期记忆（包括门控单元、循环核"}, ""},
		"the list's head under it":     {claim{"Concept", "长短期记忆", "broader", "Concept", "循环核", "", 9, "长短期记忆（包括门控单元、循环核"}, proof.Reversed},
		"a kind":                       {claim{"Concept", "门控单元", "broader", "Concept", "循环网络", "", 10, "门控单元是一种循环网络"}, ""},
		"the wider under its kind":     {claim{"Concept", "循环网络", "broader", "Concept", "门控单元", "", 10, "门控单元是一种循环网络"}, proof.Reversed},
		"a part":                       {claim{"Organization", "清华大学计算机系", "parentOrganization", "Organization", "清华大学", "", 11, "清华大学计算机系"}, ""},
		"the whole under its part":     {claim{"Organization", "清华大学", "parentOrganization", "Organization", "清华大学计算机系", "", 11, "清华大学计算机系"}, proof.Reversed},
		"the whole under what follows": {claim{"Organization", "清华大学", "parentOrganization", "Organization", "计算机系", "", 11, "清华大学计算机系"}, proof.Reversed},
		"an English part":              {claim{"Organization", "Department of Music", "parentOrganization", "Organization", "MIT", "", 11, "Department of Music, MIT"}, ""},
		"a host":                       {claim{"Talk", "", "performer", "Person", "高小林", "", 16, "主持人：高小林（南开大学）"}, proof.NotASpeaker},
		"a host is mentioned":          {claim{"Talk", "", "mentions", "Person", "高小林", "", 16, "高小林（南开大学）"}, ""},
		"a label":                      {claim{"Talk", "", "performer", "Person", "Jane Birch", "", 17, "Speaker: Jane Birch"}, ""},
		"a topic before its speaker":   {claim{"Talk", "", "about", "Concept", "投机采样", "", 18, "投机采样：韩旭东"}, ""},
		"a label as concept":           {claim{"Talk", "", "about", "Concept", "Speaker", "", 17, "Speaker: Jane Birch"}, proof.NoName},
		"a concept as person":          {claim{"Talk", "", "mentions", "Person", "自回归解码", "", 2, "自回归解码快2倍"}, proof.NoName},
		"a person as concept":          {claim{"Talk", "", "about", "Concept", "韩旭东", "", 1, "韩旭东"}, proof.OtherType},
		"an institution as person":     {claim{"Talk", "", "performer", "Person", "清华大学", "", 1, "清华大学"}, proof.OtherType},
		"a concept":                    {claim{"Talk", "", "about", "Concept", "投机采样", "", 2, "投机采样（Speculative Decoding）"}, ""},
		"by an alias of the lexicon":   {claim{"Talk", "", "about", "Concept", "speculative sampling", "", 2, "投机采样"}, ""},
		"a relation":                   {claim{"Concept", "投机采样", "related", "Concept", "自回归解码", "快2倍", 2, "投机采样（Speculative Decoding）比自回归解码快2倍"}, ""},
		"the user's own words":         {claim{"Concept", "投机采样", "related", "Concept", "自回归解码", "competes with", 2, "投机采样（Speculative Decoding）比自回归解码"}, ""},
		"invented words":               {claim{"Concept", "投机采样", "related", "Concept", "自回归解码", "取代", 2, "投机采样（Speculative Decoding）比自回归解码"}, proof.PhraseNowhere},
		"no words":                     {claim{"Concept", "投机采样", "related", "Concept", "自回归解码", "", 2, "投机采样（Speculative Decoding）比自回归解码"}, proof.PhraseNowhere},
		"full-width letters":           {claim{"Talk", "", "about", "Concept", "Long Context", "", 3, "Long Context models"}, ""},
		"letters within a word":        {claim{"Talk", "", "about", "Concept", "Wa", "", 4, "Warm starts"}, proof.NameNowhere},
		"a plural":                     {claim{"Talk", "", "about", "Concept", "AR model", "", 4, "AR models"}, ""},
		"in an aside":                  {claim{"Talk", "", "about", "Concept", "Banana", "", 4, "我没听懂 Banana"}, proof.QuoteNowhere},
		"across an aside":              {claim{"Talk", "", "about", "Concept", "Mamba-2", "", 4, "AR models and Mamba-2"}, ""},
		"across lines":                 {claim{"Concept", "InfLLM", "related", "Concept", "sliding windows", "is based on", 5, "InfLLM is based on sliding windows"}, ""},
		"from the line after":          {claim{"Talk", "", "about", "Concept", "sliding windows", "", 5, "sliding windows"}, proof.QuoteNowhere},
		"an invented quote":            {claim{"Talk", "", "about", "Concept", "InfLLM", "", 5, "InfLLM beats everything"}, proof.QuoteNowhere},
		"a line that is not there":     {claim{"Talk", "", "about", "Concept", "InfLLM", "", 99, "InfLLM"}, proof.UnknownLine},
		"no quote":                     {claim{"Talk", "", "about", "Concept", "InfLLM", "", 5, " "}, proof.QuoteNowhere},
		"a name that is nowhere":       {claim{"Talk", "", "about", "Concept", "Llama", "", 5, "InfLLM is"}, proof.NameNowhere},
		"an unknown type":              {claim{"Talk", "", "about", "Robot", "InfLLM", "", 5, "InfLLM"}, proof.UnknownType},
		"an unknown relation":          {claim{"Talk", "", "likes", "Concept", "InfLLM", "", 5, "InfLLM"}, proof.UnknownKind},
		"a known one that is not its":  {claim{"Talk", "", "superEvent", "Concept", "InfLLM", "", 5, "InfLLM"}, proof.UnknownKind},
		"the wrong ends":               {claim{"Talk", "", "about", "Person", "韩旭东", "", 1, "韩旭东"}, proof.WrongEnds},
		"with itself":                  {claim{"Concept", "InfLLM", "broader", "Concept", "infllm", "", 5, "InfLLM"}, proof.WrongEnds},
		"a speaker elsewhere":          {claim{"Talk", "", "performer", "Person", "Warm", "", 4, "Warm starts"}, proof.NotASpeaker},
		"a sentence as a name":         {claim{"Talk", "", "about", "Concept", "InfLLM is，based", "", 5, "InfLLM is"}, proof.NoName},
		"a number as a name":           {claim{"Talk", "", "about", "Concept", "2024", "", 5, "InfLLM is"}, proof.NoName},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := proof.Parse(c.json(t))
			if err != nil {
				t.Fatal(err)
			}
			facts, drops := proof.Check(a, chunk(t), lexicon{})
			if c.reason == "" && (len(facts) != 1 || len(drops) != 0) || c.reason != "" && (len(drops) != 1 || drops[0].Reason != c.reason) {
				t.Errorf("facts %+v, drops %+v, wanted %q", facts, drops, c.reason)
			}
		})
	}
}

// TestQuotesAreExact holds that what is kept as quote is the notes' own text, not the model's.
func TestQuotesAreExact(t *testing.T) {
	c := claim{"Concept", "InfLLM", "related", "Concept", "sliding windows", "is based on", 5, "InfLLM is  based on sliding windows"}
	a, err := proof.Parse(c.json(t))
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := proof.Check(a, chunk(t), lexicon{})
	if len(facts) != 1 || facts[0].Quote != "InfLLM is based on\nsliding windows" || facts[0].Line != 4 || facts[0].Start != 0 {
		t.Errorf("%+v", facts)
	}
}

// TestAliases are taken only where the notes set them beside the name.
func TestAliases(t *testing.T) {
	c := claim{"Talk", "", "about", "Concept", "投机采样", "", 2, "投机采样（Speculative Decoding）比"}
	a, err := proof.Parse(c.json(t))
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := proof.Check(a, chunk(t), lexicon{})
	if len(facts) != 1 || !slices.Equal(facts[0].Target.Aliases, []string{"Speculative Decoding"}) {
		t.Errorf("%+v", facts)
	}
}

// TestTitles keeps the title of the person, not that of the neighbour.
func TestTitles(t *testing.T) {
	const both = "韩旭东（清华大学）、李明远(北京大学 教授)"
	for _, c := range []struct {
		claim
		want string
	}{
		{claim{"Person", "李明远", "affiliation", "Organization", "北京大学", "教授", 1, both}, "教授"},
		{claim{"Person", "韩旭东", "affiliation", "Organization", "清华大学", "教授", 1, both}, ""},
		{claim{"Person", "高小林", "affiliation", "Organization", "南开大学", "主持人", 16, "主持人：高小林（南开大学）"}, ""},
	} {
		a, err := proof.Parse(c.json(t))
		if err != nil {
			t.Fatal(err)
		}
		if facts, drops := proof.Check(a, chunk(t), lexicon{}); len(facts) != 1 || facts[0].Phrase != c.want {
			t.Errorf("%s: %+v %+v", c.source, facts, drops)
		}
	}
}

func TestDangling(t *testing.T) {
	a, err := proof.Parse(`{"entities":[],"relations":[{"source":"talk","type":"about","target":"e7","phrase":"","line":5,"quote":"InfLLM"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if facts, drops := proof.Check(a, chunk(t), lexicon{}); len(facts) != 0 || len(drops) != 1 || drops[0].Reason != proof.Dangling {
		t.Errorf("%+v %+v", facts, drops)
	}
	c := chunk(t)
	c.Talk = false
	a, err = proof.Parse(claim{"Talk", "", "about", "Concept", "InfLLM", "", 5, "InfLLM"}.json(t))
	if err != nil {
		t.Fatal(err)
	}
	if facts, _ := proof.Check(a, c, lexicon{}); len(facts) != 0 {
		t.Errorf("a talk where there is none: %+v", facts)
	}
}

// TestSchemaIsFlat holds that no server has a reference to refuse, and that the
// prompts and the schema speak of the same relations.
func TestSchemaIsFlat(t *testing.T) {
	schema := string(proof.Schema())
	if strings.Contains(schema, "$ref") || strings.Contains(schema, "$defs") || !json.Valid(proof.Schema()) {
		t.Error(schema)
	}
	for _, p := range []fact.Predicate{fact.Performer, fact.Affiliation, fact.About, fact.Broader, fact.Related, fact.ParentOrganization, fact.Mentions} {
		if !strings.Contains(schema, fmt.Sprintf("%q", p)) {
			t.Errorf("the schema lacks %s", p)
		}
	}
}

// FuzzParse holds that no answer does harm: what is kept stands in the notes.
func FuzzParse(f *testing.F) {
	f.Add(claim{"Talk", "", "about", "Concept", "投机采样", "", 2, "投机采样（Speculative Decoding）"}.json(f))
	f.Add("```json\n{\"entities\":[],\"relations\":[]}\n```")
	f.Add(`<think>{</think>{"entities":[{"id":"a","type":"Concept","name":"InfLLM"}],"relations":[{"source":"a","type":"broader","target":"talk","line":"L5","quote":"InfLLM\nis"}]}`)
	f.Add(strings.Repeat("[", 50) + "{\"entities\":[null],\"relations\":[\"\\ud800\"]}")
	c := chunk(f)
	whole := c.Note.Text()
	f.Fuzz(func(t *testing.T, said string) {
		a, err := proof.Parse(said)
		if err != nil {
			return
		}
		facts, drops := proof.Check(a, c, lexicon{})
		for _, fact := range facts {
			if fact.Quote == "" || !strings.Contains(whole, fact.Quote) || !strings.HasPrefix(c.Note.Lines[fact.Line].Raw[fact.Start:], strings.Split(fact.Quote, "\n")[0]) {
				t.Errorf("the quote %q does not stand at %d:%d", fact.Quote, fact.Line, fact.Start)
			}
		}
		for _, d := range drops {
			if d.Reason == "" || strings.ContainsAny(d.Text, "\n\x1b") {
				t.Errorf("drop %q of reason %q", d.Text, d.Reason)
			}
		}
	})
}
