package name_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/name"
)

var update = flag.Bool("update", false, "write what was read")

// TestForms reads the forms in which people write who spoke and from where, each in
// testdata/forms.txt with what it says below it.
func TestForms(t *testing.T) {
	const file = "testdata/forms.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	grammar := name.New(l)
	var got strings.Builder
	for line := range strings.Lines(string(data)) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(line, "\t") {
			got.WriteString(text + "\n\t" + describe(grammar.People(text, name.Labelled)) + "\n")
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got.String() != string(data) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), data)
	}
}

func describe(people []name.Person) string {
	if len(people) == 0 {
		return "nobody"
	}
	var all []string
	for _, p := range people {
		text := p.Name
		if p.JobTitle != "" {
			text += ", " + p.JobTitle
		}
		for _, a := range p.Affiliations {
			text += " @ " + a.Name
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}
