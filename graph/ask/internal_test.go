package ask

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"
)

func TestSlip(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"rwvk", "rwkv", 1},           // neighbours swapped
		{"longbnech", "longbench", 1}, //
		{"rkwvv", "rwkv", 0},          // too much for a short name
		{"resnet", "retnet", 0},       // two names of one length
		{"mamba1", "mamba2", 0},       // a digit is never a slip
		{"kafka", "wafka", 0},         // nor is the first letter
		{"knowlegedistilation", "knowledgedistillation", 2},
		{"transfomer", "transformer", 1},
		{"same", "same", 0},
		{"长文本", "长本文", 0}, // every character of a Chinese name counts
	} {
		if got := slip(row.a, row.b); got != row.want {
			t.Errorf("slip(%q, %q) = %d, want %d", row.a, row.b, got, row.want)
		}
	}
}

// What slips lists are slips, and every single slip is listed.
func TestSlipsAgreesWithSlip(t *testing.T) {
	for _, key := range []string{"rwkv", "mamba2", "retnet", "longbench", "hallucination"} {
		all := slips(key)
		for _, other := range all {
			if slip(key, other) == 0 {
				t.Errorf("slips(%q) lists %q, which is none", key, other)
			}
		}
		for _, other := range []string{key[:2] + key[3:], key[:3] + "x" + key[3:]} {
			if slip(key, other) == 1 && !slices.Contains(all, other) {
				t.Errorf("slips(%q) lacks %q", key, other)
			}
		}
	}
}

func TestDistance(t *testing.T) {
	symmetric := func(a, b string) bool { return distance([]rune(a), []rune(b)) == distance([]rune(b), []rune(a)) }
	if err := quick.Check(symmetric, nil); err != nil {
		t.Error(err)
	}
	zero := func(a string) bool { return distance([]rune(a), []rune(a)) == 0 }
	if err := quick.Check(zero, nil); err != nil {
		t.Error(err)
	}
}

func TestStem(t *testing.T) {
	for _, pair := range [][2]string{{"sparse", "sparsity"}, {"sparsely", "sparse"}, {"efficient", "efficiency"}, {"hallucinate", "hallucination"}} {
		if !sameStem(pair[0], pair[1]) {
			t.Errorf("%q and %q have different stems", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"model", "modern"}, {"rust", "trust"}, {"cat", "cats"}} {
		if sameStem(pair[0], pair[1]) {
			t.Errorf("%q and %q have one stem", pair[0], pair[1])
		}
	}
}

func TestIsAbbreviation(t *testing.T) {
	for _, row := range []struct {
		short, long string
		want        bool
	}{
		{"人大", "中国人民大学", true}, {"湖大", "湖滨大学", true}, {"湖院", "湖滨大学", false}, {"大湖", "湖滨大学", false}, {"滨大", "湖滨大学", false},
		{"人大", "中国人民大学新闻学院", false}, {"湖", "湖滨大学", false},
	} {
		if got := isAbbreviation(row.short, row.long); got != row.want {
			t.Errorf("isAbbreviation(%q, %q) = %v", row.short, row.long, got)
		}
	}
}

func TestTrim(t *testing.T) {
	long := strings.Repeat("前面的话,", 30) + "这里说到键值缓存的开销。" + strings.Repeat("后面的话,", 30)
	got := newQuoter([]string{"键值缓存"}, TextOptions{}).write(long)
	if !strings.Contains(got, "键值缓存") || columns(got) > quoteWidth+8 || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") {
		t.Errorf("%d columns: %s", columns(got), got)
	}
	if full := newQuoter(nil, TextOptions{Evidence: EvidenceFull}).write(long); full != long {
		t.Error("a full quote is trimmed")
	}
	if short := newQuoter(nil, TextOptions{}).write("短的一行"); short != "短的一行" {
		t.Errorf("a short quote is trimmed: %s", short)
	}
}

func TestMark(t *testing.T) {
	got := newQuoter([]string{"kv cache", "cache"}, TextOptions{Color: true}).write("KV Cache and a cache")
	if want := "\x1b[33mKV Cache\x1b[0m and a \x1b[33mcache\x1b[0m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every word of the vocabulary can be met: none is folded away.
func TestVocabularyIsReachable(t *testing.T) {
	for _, row := range vocabularyTable() {
		for entry := range strings.SplitSeq(row.words, ";") {
			if tokens := tokenize(entry).tokens; len(tokens) == 0 || vocabulary().entries[joinedKey(tokens)].class&row.class != row.class && row.class != noise {
				t.Errorf("%q cannot be met", entry)
			}
		}
	}
}

func TestIsChinese(t *testing.T) {
	for question, want := range map[string]bool{"谁讲了KV Cache": true, "what connects 韩雪 and 李明": false, "who is from Lake University": false} {
		if isChinese(question) != want {
			t.Errorf("isChinese(%q) = %v", question, !want)
		}
	}
}
