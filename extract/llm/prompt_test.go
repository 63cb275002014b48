package llm

import (
	"strings"
	"testing"
)

// TestQuestionPrompts holds that a question is read with the instructions in its
// language, mixed ones with the Chinese, and that both name every intent alike.
func TestQuestionPrompts(t *testing.T) {
	p, err := readPrompts("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"who was keen on RWKV?":     p.questionEnglish,
		"哪些人对长上下文感兴趣":               p.questionChinese,
		"谁对speculative decoding感兴趣": p.questionChinese,
	} {
		if p.translation(question) != want {
			t.Errorf("%s is given instructions in the other language", question)
		}
	}
	for _, intent := range []string{"who-about", "talks-about", "institutions-about", "about-whom", "where-from", "institution-talks", "when", "list", "define", "compare", "path", "none"} {
		for _, prompt := range []string{p.questionEnglish, p.questionChinese} {
			if !strings.Contains(prompt, "- "+intent) {
				t.Errorf("%q is missing in a prompt", intent)
			}
		}
	}
}
