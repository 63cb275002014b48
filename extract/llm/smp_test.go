package llm_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract"
	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/llm"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/llmtest"
	"talkgraph/extract/note"
	"talkgraph/extract/resolve"
)

// corpus is the folder with notes and gold answers, which are not ours to ship.
func corpus(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("TALKGRAPH_TEST_CORPUS")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(folder, "notes", "smp2024.txt")); err != nil {
		if os.Getenv("CI") == "true" && os.Getenv("TALKGRAPH_TEST_CORPUS") != "" {
			t.Fatal(err)
		}
		t.Skipf("no corpus: set TALKGRAPH_TEST_CORPUS to the folder of notes and gold (%v)", err)
	}
	return folder
}

// reply is an answer as a good model gives it, with about 15 % of its relations
// falsified; a falsified one says how.
type reply struct {
	Entities  []json.RawMessage `json:"entities"`
	Relations []json.RawMessage `json:"relations"`
}

// with keeps the relations that are falsified, or those that are not.
func (r reply) with(falsified bool) reply {
	kept := reply{Entities: r.Entities, Relations: []json.RawMessage{}}
	for _, relation := range r.Relations {
		if strings.Contains(string(relation), `"falsified"`) == falsified {
			kept.Relations = append(kept.Relations, relation)
		}
	}
	return kept
}

// replies reads the answers, by the line that their question begins with.
func replies(t *testing.T) map[string]reply {
	t.Helper()
	files, err := filepath.Glob("testdata/smp2024/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no replies: %v", err)
	}
	all := map[string]reply{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var r reply
		if err := json.Unmarshal(data, &r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".json")] = r
	}
	return all
}

// answering is a service that gives prepared answers.
func answering(t *testing.T, all map[string]reply) *llmtest.Server {
	t.Helper()
	return llmtest.Start(t, func(w http.ResponseWriter, c llmtest.Call, _ int) {
		_, from, _ := strings.Cut(c.User, "\nL")
		number, _, _ := strings.Cut(from, "|")
		r, ok := all["L"+number]
		if !ok {
			r = reply{Entities: []json.RawMessage{}, Relations: []json.RawMessage{}}
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Error(err)
		}
		llmtest.Answer(w, string(data))
	})
}

// smp reads the notes with a model that gives these answers; nil is no model.
func smp(t *testing.T, folder string, all map[string]reply) (fact.Facts, llm.Usage) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "notes", "smp2024.txt"))
	if err != nil {
		t.Fatal(err)
	}
	n, _, err := note.Read("smp2024.txt", "smp2024.txt", data)
	if err != nil {
		t.Fatal(err)
	}
	var o extract.Options
	if all != nil {
		s := answering(t, all)
		if o.Model, err = llm.New(llm.Options{Model: "m", Concurrency: 4, Verbose: true, Client: client.Options{BaseURL: s.URL}}); err != nil {
			t.Fatal(err)
		}
	}
	facts, err := extract.Document(t.Context(), n, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	resolved := resolve.Resolve([]fact.Facts{facts}, nil, l).Documents[0]
	for _, relation := range resolved.Relations {
		for _, e := range relation.Evidence {
			if strings.HasPrefix(e.Extractor, fact.ExtractorLLMPrefix) && !strings.Contains(n.Lines[e.Line-1].Raw, e.Quote) {
				t.Errorf("line %d: the quote %q does not stand there", e.Line, e.Quote)
			}
		}
	}
	if o.Model == nil {
		return resolved, llm.Usage{}
	}
	return resolved, o.Model.Usage()
}

// TestFalsifiedFacts holds that of the facts of a good model all that are provable
// are kept, and of those falsified none.
func TestFalsifiedFacts(t *testing.T) {
	folder := corpus(t)
	for _, falsified := range []bool{false, true} {
		all, count := map[string]reply{}, 0
		for name, r := range replies(t) {
			all[name] = r.with(falsified)
			count += len(all[name].Relations)
		}
		facts, usage := smp(t, folder, all)
		dropped := 0
		for _, n := range usage.Dropped {
			dropped += n
		}
		wantKept, wantDropped := count, 0
		if falsified {
			wantKept, wantDropped = 0, count
		}
		if usage.Kept != wantKept || dropped != wantDropped {
			t.Errorf("falsified %v: %d kept and %d dropped of %d: %v", falsified, usage.Kept, dropped, count, usage.Dropped)
			for _, d := range facts.Diagnostics {
				if strings.Contains(d.Message, "the model's fact") && !falsified {
					t.Log(d)
				}
			}
		}
	}
}

// figures are how well the graph of the notes holds against the gold answers.
type figures struct {
	talks, speakers, affiliations  int // right
	wrongSpeakers, wrongInstitutes int
	concepts, given, must          int
}

// TestBothIsNoWorse holds that with the model every figure is at least that of the rules.
func TestBothIsNoWorse(t *testing.T) {
	folder := corpus(t)
	rules, _ := smp(t, folder, nil)
	both, usage := smp(t, folder, replies(t))
	if usage.Kept < 300 {
		t.Fatalf("only %d facts of the model were kept", usage.Kept)
	}
	has := map[string]bool{}
	for _, r := range both.Relations {
		has[fmt.Sprint(r.Source, r.Predicate, r.Target)] = true
	}
	for _, r := range rules.Relations {
		if !has[fmt.Sprint(r.Source, r.Predicate, r.Target)] {
			t.Errorf("lost: %s %s %s", r.Source, r.Predicate, r.Target)
		}
	}
	a, b := figuresOf(t, folder, rules), figuresOf(t, folder, both)
	t.Logf("rules %+v\nboth  %+v", a, b)
	if b.talks < a.talks || b.speakers < a.speakers || b.affiliations < a.affiliations || b.must < a.must ||
		b.wrongSpeakers > a.wrongSpeakers || b.wrongInstitutes > a.wrongInstitutes || b.concepts*a.given < a.concepts*b.given {
		t.Errorf("worse than the rules alone:\nrules %+v\nboth  %+v", a, b)
	}
}

func figuresOf(t *testing.T, folder string, facts fact.Facts) figures {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "gold", "smp2024.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Talks []struct {
			Title    string     `json:"title"`
			Titles   []string   `json:"titles_ok"`
			Must     [][]string `json:"concepts_must"`
			OK       []string   `json:"concepts_ok"`
			Speakers []struct {
				Name            string   `json:"name"`
				Aliases         []string `json:"aliases"`
				Institutions    []string `json:"institutions"`
				InstitutionsToo []string `json:"institutions_ok"`
			} `json:"speakers"`
		} `json:"talks"`
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	byID := map[string]fact.Entity{}
	for _, e := range facts.Entities {
		byID[e.ID] = e
	}
	targets := func(id string, p fact.Predicate) []fact.Entity {
		var all []fact.Entity
		for _, r := range facts.Relations {
			if r.Source == id && r.Predicate == p {
				all = append(all, byID[r.Target])
			}
		}
		return all
	}
	var f figures
	for _, want := range gold.Talks {
		k := slices.IndexFunc(facts.Entities, func(e fact.Entity) bool {
			return e.Type == fact.Talk && called(e, append(want.Titles, want.Title)...)
		})
		if k < 0 {
			continue
		}
		f.talks++
		id := facts.Entities[k].ID
		for _, person := range targets(id, fact.Performer) {
			right := false
			for _, s := range want.Speakers {
				if !called(person, append(s.Aliases, s.Name)...) {
					continue
				}
				right = true
				for _, institution := range targets(person.ID, fact.Affiliation) {
					if called(institution, append(s.InstitutionsToo, s.Institutions...)...) {
						f.affiliations++
					} else {
						f.wrongInstitutes++
					}
				}
			}
			if right {
				f.speakers++
			} else {
				f.wrongSpeakers++
			}
		}
		concepts := targets(id, fact.About)
		f.given += len(concepts)
		accepted := append(slices.Concat(want.Must...), want.OK...)
		for _, c := range concepts {
			if called(c, accepted...) {
				f.concepts++
			}
		}
		for _, names := range want.Must {
			if slices.ContainsFunc(concepts, func(c fact.Entity) bool { return called(c, names...) }) {
				f.must++
			}
		}
	}
	return f
}

func called(e fact.Entity, names ...string) bool {
	return slices.ContainsFunc(append([]string{e.Label}, e.Aliases...), func(own string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return fact.Key(own) == fact.Key(name) })
	})
}
