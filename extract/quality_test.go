package extract_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
	"talkgraph/extract/resolve"
)

var update = flag.Bool("update", false, "write the figures that were reached")

// gold is what a careful reader wrote down about a note.
type gold struct {
	Talks []struct {
		Title    string   `json:"title"`
		Titles   []string `json:"titles_ok"`
		Date     string   `json:"date"`
		Speakers []struct {
			Name            string   `json:"name"`
			Aliases         []string `json:"aliases"`
			Institutions    []string `json:"institutions"`
			InstitutionsToo []string `json:"institutions_ok"`
		} `json:"speakers"`
	} `json:"talks"`
}

// count is how much was right, of what was given and of what there is.
type count struct{ right, given, wanted int }

func (c count) String() string {
	return fmt.Sprintf("%d right, %d given, %d wanted", c.right, c.given, c.wanted)
}

// TestQuality holds the checked-in figures of the outline against those reached now
// on our own notes: a change of quality is a change of testdata/quality.txt.
func TestQuality(t *testing.T) {
	var report strings.Builder
	for _, pair := range notes(t) {
		talks, speakers, affiliations, dates := score(t, pair[0], pair[1])
		fmt.Fprintf(&report, "%s\n  talks: %v\n  speakers: %v\n  affiliations: %v\n  dates: %v\n", filepath.ToSlash(pair[0]), talks, speakers, affiliations, dates)
	}
	const file = "testdata/quality.txt"
	if *update {
		if err := os.WriteFile(file, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != report.String() {
		t.Errorf("the figures changed; if they are better, run go test ./extract -update\ngot\n%swant\n%s", report.String(), want)
	}
}

// notes lists the notes that have answers: path and answers.
func notes(t *testing.T) [][2]string {
	t.Helper()
	pairs := [][2]string{
		{"../examples/smp2024/notes.txt", "testdata/notes/gold/smp2024.json"},
		{"../examples/gopher-day/notes.md", "testdata/notes/gold/gopher-day.json"},
		{"../examples/reading-group/2025-03-06-long-context.md", "testdata/notes/gold/reading-group.2025-03-06.json"},
		{"../examples/reading-group/2025-03-20-training.md", "testdata/notes/gold/reading-group.2025-03-20.json"},
	}
	// The notes in blind were written by others than the rules, who did not see them
	// before they had been measured.
	for _, folder := range []string{"open", "blind"} {
		found, err := filepath.Glob("testdata/notes/" + folder + "/*")
		if err != nil || len(found) == 0 {
			t.Fatalf("no notes in %s: %v", folder, err)
		}
		for _, path := range found {
			if !strings.HasSuffix(path, ".json") {
				pairs = append(pairs, [2]string{path, strings.TrimSuffix(path, filepath.Ext(path)) + ".gold.json"})
			}
		}
	}
	return pairs
}

func facts(t *testing.T, path string) fact.Facts {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n, _, err := note.Read(path, filepath.Base(path), data)
	if err != nil {
		t.Fatal(err)
	}
	found, err := extract.Document(t.Context(), n, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	return resolve.Resolve([]fact.Facts{found}, nil, l).Documents[0]
}

// reader looks entities and relations up.
type reader struct {
	facts    fact.Facts
	entities map[string]fact.Entity
}

func (r reader) targets(id string, p fact.Predicate) []fact.Entity {
	var all []fact.Entity
	for _, relation := range r.facts.Relations {
		if relation.Source == id && relation.Predicate == p {
			all = append(all, r.entities[relation.Target])
		}
	}
	return all
}

func named(e fact.Entity, names ...string) bool {
	for _, name := range names {
		key := fact.Key(name)
		if fact.Key(e.Label) == key || slices.ContainsFunc(e.Aliases, func(alias string) bool { return fact.Key(alias) == key }) {
			return true
		}
	}
	return false
}

func score(t *testing.T, path, answers string) (talks, speakers, affiliations, dates count) {
	t.Helper()
	data, err := os.ReadFile(answers)
	if err != nil {
		t.Fatal(err)
	}
	var want gold
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	r := reader{facts: facts(t, path), entities: map[string]fact.Entity{}}
	for _, e := range r.facts.Entities {
		r.entities[e.ID] = e
		if e.Type == fact.Talk {
			talks.given++
		}
	}
	for _, w := range want.Talks {
		talks.wanted++
		speakers.wanted += len(w.Speakers)
		if w.Date != "" {
			dates.wanted++
		}
		for _, s := range w.Speakers {
			affiliations.wanted += len(s.Institutions)
		}
		k := slices.IndexFunc(r.facts.Entities, func(e fact.Entity) bool {
			return e.Type == fact.Talk && named(e, append(w.Titles, w.Title)...)
		})
		if k < 0 {
			continue
		}
		talk := r.facts.Entities[k]
		talks.right++
		if date := talk.Props[fact.PropStartDate]; date != "" {
			dates.given++
			if date == w.Date {
				dates.right++
			}
		}
		given := r.targets(talk.ID, fact.Performer)
		speakers.given += len(given)
		for _, s := range w.Speakers {
			at := slices.IndexFunc(given, func(e fact.Entity) bool { return named(e, append(s.Aliases, s.Name)...) })
			if at < 0 {
				continue
			}
			speakers.right++
			homes := r.targets(given[at].ID, fact.Affiliation)
			affiliations.given += len(homes)
			for _, name := range s.Institutions {
				if slices.ContainsFunc(homes, func(e fact.Entity) bool {
					return named(e, name) || len(s.Institutions) == 1 && named(e, s.InstitutionsToo...)
				}) {
					affiliations.right++
				}
			}
		}
	}
	return talks, speakers, affiliations, dates
}

// TestEvidence looks every quote up in its line.
func TestEvidence(t *testing.T) {
	for _, pair := range notes(t) {
		data, err := os.ReadFile(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		n, _, err := note.Read(pair[0], filepath.Base(pair[0]), data)
		if err != nil {
			t.Fatal(err)
		}
		for _, relation := range facts(t, pair[0]).Relations {
			for _, e := range relation.Evidence {
				if e.Extractor == fact.ExtractorLexicon {
					continue
				}
				if e.Quote == "" || e.Line < 1 || e.Line > len(n.Lines) || !strings.Contains(n.Lines[e.Line-1].Raw, e.Quote) {
					t.Errorf("%s:%d: %s %s %s: the quote %q does not stand there", pair[0], e.Line, relation.Source, relation.Predicate, relation.Target, e.Quote)
				}
			}
		}
	}
}
