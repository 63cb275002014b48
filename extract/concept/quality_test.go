package concept

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// answers is what a reader wrote down about notes: the parts that concern concepts.
type answers struct {
	Language any `json:"language"`
	Sessions []struct {
		Name string `json:"name"`
	} `json:"sessions"`
	Talks []answerTalk `json:"talks"`
	Never []string     `json:"never"`
	Same  [][]string   `json:"same_entity"`
}

type answerTalk struct {
	Title    string `json:"title"`
	Line     int    `json:"line"`
	Speakers []struct {
		Name         string   `json:"name"`
		Aliases      []string `json:"aliases"`
		Institutions []string `json:"institutions"`
	} `json:"speakers"`
	Must      [][]string `json:"concepts_must"`
	Fine      []string   `json:"concepts_ok"`
	Relations [][]any    `json:"concept_relations"`
}

// figures are counts of what was asked for and given.
type figures struct {
	must, found, given, accepted int
	relations, related           int
}

func (f figures) recall() float64    { return share(f.found, f.must) }
func (f figures) precision() float64 { return share(f.accepted, f.given) }
func (f figures) String() string {
	return fmt.Sprintf("R_must %.3f (%d of %d)  P %.3f (%d of %d)  relations %.2f (%d of %d)", f.recall(), f.found, f.must,
		f.precision(), f.accepted, f.given, share(f.related, f.relations), f.related, f.relations)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// average is the mean of figures over notes.
type average struct{ recall, precision float64 }

// TestQuality measures the concepts of notes against what readers wrote down, and
// holds the figures that were reached. The frozen notes are looked at by nobody who
// writes rules, and by this test only as an average.
func TestQuality(t *testing.T) {
	f := measure(t, "../../examples/smp2024/notes.txt", "../testdata/notes/gold/smp2024.json")
	t.Logf("smp2024: %v", f)
	hold(t, "smp2024", average{f.recall(), f.precision()}, average{0.89, 0.93})
	hold(t, "open notes", averageOf(t, "open", true), average{0.92, 0.89})
	hold(t, "frozen notes", averageOf(t, "frozen", false), average{0.76, 0.85})
}

// hold fails when a figure is below what was reached.
func hold(t *testing.T, name string, got, floor average) {
	t.Helper()
	t.Logf("%s: R_must %.3f P %.3f", name, got.recall, got.precision)
	if got.recall < floor.recall || got.precision < floor.precision {
		t.Errorf("%s: recall %.3f at precision %.3f, wanted %.2f at %.2f", name, got.recall, got.precision, floor.recall, floor.precision)
	}
}

// averageOf measures all notes of a folder of testdata.
func averageOf(t *testing.T, folder string, show bool) average {
	t.Helper()
	golds, err := filepath.Glob("../testdata/notes/" + folder + "/*.gold.json")
	if err != nil || len(golds) == 0 {
		t.Fatalf("no notes in %s: %v", folder, err)
	}
	var sum average
	for _, gold := range golds {
		notes, _ := filepath.Glob(strings.TrimSuffix(gold, "gold.json") + "[thm]*")
		f := measure(t, notes[0], gold)
		if show {
			t.Logf("%-28s %v", filepath.Base(gold), f)
		}
		sum.recall += f.recall() / float64(len(golds))
		sum.precision += f.precision() / float64(len(golds))
	}
	return sum
}

// TestCorpus measures the notes that are too long for the repository: a folder
// "notes" and a folder "gold" beside the checkout, or where the environment says.
func TestCorpus(t *testing.T) {
	corpus := os.Getenv("TALKGRAPH_TEST_CORPUS")
	if corpus == "" {
		corpus = "../../../shared"
	}
	sets := []struct {
		notes, gold string
		floor       average
		related     float64 // share of the relations whose ends are both found
	}{
		{"smp2024.txt", "smp2024.json", average{0.92, 0.92}, 0.50},
		{"turing50.md", "turing50.json", average{0.85, 0.87}, 0},
		{"apply2021.md", "apply2021.json", average{0.84, 0.87}, 0},
	}
	for _, s := range sets {
		notes, gold := filepath.Join(corpus, "notes", s.notes), filepath.Join(corpus, "gold", s.gold)
		if _, err := os.Stat(gold); err != nil {
			t.Skipf("no corpus: set TALKGRAPH_TEST_CORPUS to the folder of notes and gold (%v)", err)
		}
		f := measure(t, notes, gold)
		t.Logf("%s: %v", s.notes, f)
		hold(t, s.notes, average{f.recall(), f.precision()}, s.floor)
		if got := share(f.related, f.relations); got < s.related {
			t.Errorf("%s: %.2f of the relations found, wanted %.2f", s.notes, got, s.related)
		}
	}
}

// measure extracts the concepts of notes and compares them.
func measure(t *testing.T, notes, gold string) figures {
	t.Helper()
	a := load(t, gold)
	text, err := os.ReadFile(notes)
	if err != nil {
		t.Fatal(err)
	}
	n, _, err := note.Read(notes, filepath.Base(notes), text)
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	scopes := scopesOf(n, a)
	r := Extract(n, scopes, l, Options{})
	verify(t, n, r)
	report := os.Getenv("CONCEPT_REPORT") != "" && strings.Contains(gold, os.Getenv("CONCEPT_REPORT"))
	f := compare(a, r, report)
	if report {
		for _, m := range r.Merges {
			fmt.Printf("merge %d: %s ← %s: %s\n", m.Line, m.Kept, m.Merged, m.Reason)
		}
		for _, m := range r.MaybeSame {
			fmt.Printf("maybe %d: %s ~ %s: %s\n", m.Line, m.Kept, m.Merged, m.Reason)
		}
		for _, rel := range r.Relations {
			if rel.Predicate != fact.About && rel.Evidence[0].Extractor == fact.ExtractorRules {
				fmt.Printf("rel %d %s -[%s %s]-> %s  «%s»\n", rel.Evidence[0].Line, rel.Source, rel.Predicate, rel.Props[fact.PropPhrase], rel.Target, rel.Evidence[0].Quote)
			}
		}
	}
	return f
}

// load reads what a reader wrote down.
func load(t *testing.T, path string) *answers {
	t.Helper()
	var a answers
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &a
}

// verify checks what must hold of every result: evidence stands in its line and
// every end of a relation is there.
func verify(t *testing.T, n *note.Note, r Result) {
	t.Helper()
	ids := map[string]bool{}
	for _, c := range r.Concepts {
		if ids[c.ID] {
			t.Errorf("%s: concept %s twice", n.Path, c.ID)
		}
		ids[c.ID] = true
	}
	for _, rel := range r.Relations {
		if !ids[rel.Target] || rel.Predicate != fact.About && !ids[rel.Source] {
			t.Errorf("%s: relation between concepts that are not there: %v", n.Path, rel)
		}
		if len(rel.Evidence) == 0 {
			t.Errorf("%s: relation without evidence: %v", n.Path, rel)
		}
		for _, e := range rel.Evidence {
			if e.Document != n.ID {
				continue
			}
			raw := n.Lines[e.Line-1].Raw
			if runes := []rune(raw); e.Quote == "" || !strings.HasPrefix(string(runes[e.Column-1:]), e.Quote) {
				t.Errorf("%s:%d:%d: %q does not stand there", n.Path, e.Line, e.Column, e.Quote)
			}
		}
	}
}

// scopesOf makes a scope of every talk: its title, and the lines up to the next
// title that do not say who spoke.
func scopesOf(n *note.Note, a *answers) []Scope {
	language := fmt.Sprint(a.Language)
	from := 0
	titles := make([]Passage, len(a.Talks))
	order := make([]int, 0, len(a.Talks))
	for i, talk := range a.Talks {
		titles[i] = findTitle(n, talk, from)
		if titles[i].Line >= 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return titles[a].Line - titles[b].Line })
	var scopes []Scope
	for k, i := range order {
		end := len(n.Lines)
		if k+1 < len(order) {
			end = max(titles[order[k+1]].Line, titles[i].Line+1)
		}
		s := Scope{ID: fmt.Sprintf("talk/%d", i), Title: titles[i], Language: language}
		for _, p := range a.Talks[i].Speakers {
			s.Skip = append(append(append(s.Skip, p.Name), p.Aliases...), p.Institutions...)
		}
		first := titles[i].Line
		if utf8Length(n.Lines[first].Raw) < 2*(titles[i].End-titles[i].Start)+60 {
			first++
		}
		for j := first; j < end; j++ {
			if l := &n.Lines[j]; l.Matter() && !aboutPeople(l, a, i) {
				s.Lines = append(s.Lines, j)
			}
		}
		scopes = append(scopes, s)
	}
	return scopes
}

func utf8Length(s string) int { return len(s) }

// findTitle looks a title up: the last line that is the title alone, so that a
// timetable does not win over the notes, else the line that the answers tell.
func findTitle(n *note.Note, talk answerTalk, from int) Passage {
	want := plain(talk.Title)
	for i := len(n.Lines) - 1; i >= from; i-- {
		if l := &n.Lines[i]; l.Matter() && (plain(l.Content()) == want || l.Kind == note.Heading && strings.HasSuffix(plain(l.Content()), want)) {
			return passageOf(l, i, want)
		}
	}
	if talk.Line > 0 {
		for _, i := range []int{talk.Line - 1, talk.Line, talk.Line + 1, talk.Line - 2, talk.Line + 2} {
			if i >= 0 && i < len(n.Lines) && strings.Contains(plain(n.Lines[i].Content()), want) {
				return passageOf(&n.Lines[i], i, want)
			}
		}
		return passageOf(&n.Lines[talk.Line-1], talk.Line-1, want)
	}
	for i := range n.Lines {
		if l := &n.Lines[i]; l.Matter() && strings.Contains(plain(l.Content()), want) {
			return passageOf(l, i, want)
		}
	}
	return Passage{Line: -1}
}

func passageOf(l *note.Line, index int, want string) Passage {
	start, end := locate(l.Raw, want)
	if end == len(l.Raw) && start == 0 {
		start, end = l.Start, l.End
	}
	return Passage{index, start, end}
}

// locate finds the bytes of a raw line whose letters are want.
func locate(raw, want string) (int, int) {
	for start := range raw {
		if !strings.HasPrefix(plain(raw[start:]), want) || plain(raw[start:start+1]) == "" && raw[start] < 0x80 {
			continue
		}
		for end := start + 1; end <= len(raw); end++ {
			if plain(raw[start:end]) == want {
				return start, end
			}
		}
	}
	return 0, len(raw)
}

// aboutPeople reports whether a line says who spoke, when or where.
func aboutPeople(l *note.Line, a *answers, talk int) bool {
	content := l.Content()
	lower := strings.ToLower(content)
	for _, label := range []string{"speaker", "affiliation", "时间", "地点", "主持", "主讲", "单位", "嘉宾", "特邀报告", "moderator", "panelists", "host:", "主讲人简介", "date:", "link:"} {
		if strings.HasPrefix(strings.TrimLeft(lower, "*-• ("), label) {
			return true
		}
	}
	for _, s := range a.Sessions {
		if s.Name != "" && strings.Contains(plain(content), plain(s.Name)) && len(content) < 2*len(s.Name)+20 {
			return true
		}
	}
	for _, t := range a.Talks {
		for _, p := range t.Speakers {
			if strings.Contains(content, p.Name) && len([]rune(content)) < len([]rune(p.Name))+60 && len(p.Institutions) > 0 && strings.Contains(content, p.Institutions[0]) {
				return true
			}
		}
	}
	return false
}

func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '#' {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// compare counts by the rules of the quality figures: a concept that a talk must
// have is found under a name that is nearly the same; one that was given is right
// when it resembles one that was accepted.
func compare(a *answers, r Result, report bool) figures {
	var f figures
	byID := map[string]fact.Entity{}
	for _, c := range r.Concepts {
		byID[c.ID] = c
	}
	for i, talk := range a.Talks {
		var given [][]string
		var labels []string
		for _, rel := range r.Relations {
			if rel.Predicate == fact.About && rel.Source == fmt.Sprintf("talk/%d", i) {
				given = append(given, namesOf(byID[rel.Target]))
				labels = append(labels, fmt.Sprintf("%s %.2f", byID[rel.Target].Label, rel.Weight))
			}
		}
		var accepted []string
		for _, must := range talk.Must {
			var want []string
			for _, m := range must {
				want = append(want, plain(m))
			}
			accepted = append(accepted, want...)
			f.must++
			if slices.ContainsFunc(given, func(names []string) bool { return resembles(names, want, 0.92) }) {
				f.found++
			} else if report {
				fmt.Printf("MISSED %s — %s\n", must[0], talk.Title)
			}
		}
		for _, ok := range talk.Fine {
			accepted = append(accepted, plain(ok))
		}
		f.given += len(given)
		for k, names := range given {
			if loosely(names, accepted) {
				f.accepted++
			} else if report {
				fmt.Printf("WRONG %s — %s\n", labels[k], talk.Title)
			}
		}
		for _, rel := range talk.Relations {
			f.countRelation(rel, r, byID, report)
		}
	}
	return f
}

// countRelation counts an expected relation if both its ends are in the graph.
func (f *figures) countRelation(want []any, r Result, byID map[string]fact.Entity, report bool) {
	if len(want) < 3 {
		return
	}
	ends := func(name any) map[string]bool {
		found := map[string]bool{}
		for id, c := range byID {
			if resembles(namesOf(c), []string{plain(fmt.Sprint(name))}, 0.92) {
				found[id] = true
			}
		}
		return found
	}
	a, b := ends(want[0]), ends(want[2])
	if len(a) == 0 || len(b) == 0 {
		return
	}
	f.relations++
	for _, rel := range r.Relations {
		if rel.Predicate != fact.About && (a[rel.Source] && b[rel.Target] || b[rel.Source] && a[rel.Target]) {
			f.related++
			return
		}
	}
	if report {
		fmt.Printf("UNRELATED %v\n", want)
	}
}

func namesOf(c fact.Entity) []string {
	var names []string
	for _, name := range append([]string{c.Label}, c.Aliases...) {
		if p := plain(name); p != "" {
			names = append(names, p)
		}
	}
	return names
}

func resembles(names, wanted []string, least float64) bool {
	for _, a := range names {
		for _, b := range wanted {
			if a == b || min(len([]rune(a)), len([]rune(b))) > 3 && ratio(a, b) >= least {
				return true
			}
		}
	}
	return false
}

func loosely(names, accepted []string) bool {
	if resembles(names, accepted, 0.85) {
		return true
	}
	for _, a := range names {
		for _, b := range accepted {
			short, long := a, b
			if len([]rune(a)) > len([]rune(b)) {
				short, long = b, a
			}
			if n := len([]rune(short)); n >= 2 && strings.Contains(long, short) && 2*n >= len([]rune(long)) {
				return true
			}
		}
	}
	return false
}

// ratio is twice the matching characters of two texts over all, by longest blocks.
func ratio(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	return 2 * float64(matching(x, y)) / float64(len(x)+len(y))
}

func matching(a, b []rune) int {
	best, at, bt := 0, 0, 0
	previous := make([]int, len(b)+1)
	for i := range a {
		current := make([]int, len(b)+1)
		for j := range b {
			if a[i] == b[j] {
				current[j+1] = previous[j] + 1
				if current[j+1] > best {
					best, at, bt = current[j+1], i+1, j+1
				}
			}
		}
		previous = current
	}
	if best == 0 {
		return 0
	}
	return best + matching(a[:at-best], b[:bt-best]) + matching(a[at:], b[bt:])
}
