package resolve

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
)

// document makes facts of "NAME@ORG TALK" rows: who, from where, gave what.
func document(id string, rows ...[3]string) fact.Facts {
	d := fact.Facts{Document: fact.Entity{ID: id, Type: fact.Document, Label: id}}
	evidence := func(line int) []fact.Evidence {
		return []fact.Evidence{{Document: id, Line: line, Column: 1, Quote: "q", Extractor: fact.ExtractorRules, Confidence: 1}}
	}
	for i, row := range rows {
		person, talk := fmt.Sprintf("person/%d", i), fmt.Sprintf("talk/%d", i)
		d.Entities = append(d.Entities, fact.Entity{ID: person, Type: fact.Person, Label: row[0]}, fact.Entity{ID: talk, Type: fact.Talk, Label: row[2]})
		d.Relations = append(d.Relations, fact.Relation{Source: talk, Target: person, Predicate: fact.Performer, Evidence: evidence(i + 1)})
		if row[1] != "" {
			home := "organization/" + fact.Slug(row[1])
			d.Entities = append(d.Entities, fact.Entity{ID: home, Type: fact.Organization, Label: row[1]})
			d.Relations = append(d.Relations, fact.Relation{Source: person, Target: home, Predicate: fact.Affiliation, Evidence: evidence(i + 1)})
		}
	}
	return d
}

// people lists the IDs of all persons.
func people(r Result) string {
	var ids []string
	for _, d := range r.Documents {
		for _, e := range d.Entities {
			if e.Type == fact.Person && !slices.Contains(ids, e.ID) {
				ids = append(ids, e.ID)
			}
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func words(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPeople(t *testing.T) {
	l := words(t)
	for name, c := range map[string]struct {
		documents []fact.Facts
		want      string
	}{
		"one institution": {[]fact.Facts{document("doc/a", [3]string{"李伟", "甲大学", "一"}, [3]string{"李伟", "甲大学", "二"})}, "person/李伟"},
		"two universities": {[]fact.Facts{document("doc/a", [3]string{"李伟", "甲大学", "一"}, [3]string{"李伟", "乙大学", "二"})},
			"person/李伟-乙大学 person/李伟-甲大学"},
		"in one document, without institution": {[]fact.Facts{document("doc/a", [3]string{"李伟", "甲大学", "一"}, [3]string{"李伟", "", "二"})}, "person/李伟"},
		"over documents, with it":              {[]fact.Facts{document("doc/a", [3]string{"李伟", "甲大学", "一"}), document("doc/b", [3]string{"李伟", "甲大学", "二"})}, "person/李伟"},
		"surname and title":                    {[]fact.Facts{document("doc/a", [3]string{"李老师", "甲大学", "一"}, [3]string{"李老师", "甲大学", "二"})}, "person/李老师"},
		"surname and title, over documents":    {[]fact.Facts{document("doc/a", [3]string{"李老师", "甲大学", "一"}), document("doc/b", [3]string{"李老师", "甲大学", "二"})}, "person/李老师-甲大学 person/李老师-甲大学-2"},
		"over documents, without":              {[]fact.Facts{document("doc/a", [3]string{"李伟", "甲大学", "一"}), document("doc/b", [3]string{"李伟", "", "二"})}, "person/李伟 person/李伟-甲大学"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := people(Resolve(c.documents, nil, l)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestOrder: the order in which documents come changes nothing.
func TestOrder(t *testing.T) {
	l := words(t)
	a := document("doc/a", [3]string{"李伟", "甲大学", "一"}, [3]string{"王敏", "", "三"})
	b := document("doc/b", [3]string{"李伟", "乙大学", "一"}, [3]string{"王敏", "丙大学", "四"})
	c := document("doc/c", [3]string{"李伟", "甲大学", "五"})
	want := Resolve([]fact.Facts{a, b, c}, nil, l)
	for _, order := range [][]fact.Facts{{c, b, a}, {b, a, c}, {b, c, a}} {
		if got := Resolve(order, nil, l); !reflect.DeepEqual(got, want) {
			t.Errorf("another order gives another graph")
		}
	}
}

// TestMaybeSame: names one character apart are proposed and never merged.
func TestMaybeSame(t *testing.T) {
	r := Resolve([]fact.Facts{document("doc/a", [3]string{"冯世正", "甲大学", "一"}, [3]string{"冯世政", "甲大学", "二"})}, nil, words(t))
	if got := people(r); got != "person/冯世政 person/冯世正" {
		t.Errorf("people: %s", got)
	}
	if len(r.MaybeSame) != 1 {
		t.Errorf("maybe the same: %+v", r.MaybeSame)
	}
}

func TestCorrections(t *testing.T) {
	c, err := ReadCorrections("corrections.yaml", []byte(`
same: [[冯世政, 冯世正]]
rename: {王敏: 王旻}
drop: [茶歇, 没有的]
add: [{from: 冯世政, relation: affiliation, to: 乙研究所}]
`))
	if err != nil {
		t.Fatal(err)
	}
	r := Resolve([]fact.Facts{document("doc/a", [3]string{"冯世正", "甲大学", "一"}, [3]string{"冯世政", "甲大学", "二"}, [3]string{"王敏", "", "茶歇"})}, c, words(t))
	if got := people(r); got != "person/冯世政 person/王敏" {
		t.Errorf("people: %s", got)
	}
	var labels []string
	for _, d := range r.Documents {
		for _, e := range d.Entities {
			labels = append(labels, e.Label)
		}
	}
	for _, want := range []string{"王旻", "乙研究所"} {
		if !slices.Contains(labels, want) {
			t.Errorf("%s is missing in %v", want, labels)
		}
	}
	if slices.Contains(labels, "茶歇") {
		t.Error("茶歇 was not dropped")
	}
	if len(r.Diagnostics) != 1 || r.Diagnostics[0].Line != 4 || !strings.Contains(r.Diagnostics[0].Message, "没有的") {
		t.Errorf("diagnostics: %v", r.Diagnostics)
	}
}

func TestCorrectionsFaults(t *testing.T) {
	for text, want := range map[string]string{
		"sama: []":         "c.yaml:1: unknown section",
		"same: [[a]]":      "c.yaml:1: at least two names",
		"same: a":          "c.yaml:1: a list of lists",
		"add: [{from: a}]": "c.yaml:1: {from",
		"add:\n- {from: a, relation: likes, to: b}": "c.yaml:2: unknown relation",
		"rename: [a]": "c.yaml:1: “name: value”",
	} {
		if _, err := ReadCorrections("c.yaml", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", text, err, want)
		}
	}
}
