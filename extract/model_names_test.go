package extract

import (
	"testing"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
)

// TestMayBePerson tells names that a model may give to people from what it may not.
func TestMayBePerson(t *testing.T) {
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	names := lexicalNames{l, name.New(l)}
	for text, want := range map[string]bool{
		"王小明": true, "欧阳修": true, "阿卜杜拉·买买提": true, "图灵": true, "马斯克": true,
		"Ada Elm": true, "J. Smith": true, "Maria van der Berg": true, "Jürgen Schmidhuber": true, "Hinton": true, "O'Neil": true,
		"端到端模型": false, "金融分析": false, "强权主体": false, "因果推断": false,
		"Beam Search": false, "Forest Institute": false, "GPT-4": false, "diffusion": false, "": false,
	} {
		if got := names.MayBePerson(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
