package ask_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"talkgraph/graph"
	"talkgraph/graph/ask"
)

var update = flag.Bool("update", false, "write what was reached into testdata")

// notesVariable names the folder with the notes that are not ours to hand on; the
// figures for them are checked where it is set.
const notesVariable = "TALKGRAPH_NOTES"

// question is a question with what must, and must not, be in its answers.
type question struct {
	Text     string   `json:"q"`
	Kind     string   `json:"kind"`
	Term     string   `json:"term"` // what one would grep for; empty: not compared with grep
	Answer   []string `json:"answer"`
	Unwanted []string `json:"not"`
}

// questionSet is a file of questions and the notes that they are about. A frozen file
// is not looked at while rules are written: its figure tells how the rules do on
// questions that nobody tuned them for.
type questionSet struct {
	name  string   // in the file of figures
	file  string   // the questions
	notes []string // paths; those of a foreign set lie in the folder of notesVariable
	own   bool     // the notes are in this repository
}

func questionSets() []questionSet {
	var sets []questionSet
	examples := []string{"gopher-day/notes.md", "reading-group", "smp2024/notes.txt"}
	for _, state := range []string{"open", "frozen"} {
		sets = append(sets, questionSet{"examples." + state, "testdata/examples." + state + ".json", examples, true})
		for _, note := range []string{"smp2024.txt", "apply2021.md", "turing50.md"} {
			name := strings.TrimSuffix(note, filepath.Ext(note)) + "." + state
			sets = append(sets, questionSet{name, "testdata/" + name + ".json", []string{note}, false})
		}
	}
	const others = "../../extract/testdata/notes/questions/"
	for _, state := range []string{"questions", "frozen"} { // by another hand, before there were rules
		for _, name := range []string{"gopher-day", "reading-group"} {
			sets = append(sets, questionSet{"first " + name + "." + state, others + name + "." + state + ".json", exampleNotes(name), true})
		}
		for _, note := range []string{"smp2024.txt", "apply2021.md", "turing50.md"} {
			name := strings.TrimSuffix(note, filepath.Ext(note))
			sets = append(sets, questionSet{"first " + name + "." + state, others + name + "." + state + ".json", []string{note}, false})
		}
	}
	for _, state := range []string{"open", "frozen"} { // more ways to ask, of more notes
		for _, name := range []string{"smp2024.txt", "apply2021.md", "turing50.md"} {
			set := "second " + strings.TrimSuffix(name, filepath.Ext(name)) + "." + state
			sets = append(sets, questionSet{set, questionFile(set), []string{name}, false})
		}
		for _, name := range []string{"gopher-day", "reading-group"} {
			set := "second " + name + "." + state
			sets = append(sets, questionSet{set, questionFile(set), exampleNotes(name), true})
		}
		for _, name := range []string{"law-salon.md", "robot-timetable.txt", "vision-seminar.md", "cloud-days.md", "bio-lectures.txt", "systems-forum.txt"} {
			set := "second " + strings.TrimSuffix(name, filepath.Ext(name)) + "." + state
			sets = append(sets, questionSet{set, questionFile(set), []string{"../extract/testdata/notes/open/" + name}, true})
		}
	}
	return append(sets,
		questionSet{"first examples.frozen", others + "examples.frozen.json", examples, true},
		questionSet{"first examples.questions", "../../examples/questions.json", examples, true})
}

// questionFile is the file of a set in testdata.
func questionFile(set string) string {
	return "testdata/" + strings.ReplaceAll(set, " ", ".") + ".json"
}

func exampleNotes(name string) []string {
	if name == "gopher-day" {
		return []string{"gopher-day/notes.md"}
	}
	return []string{name}
}

// verdict is how an answer is.
type verdict int

const (
	right  verdict = iota
	wrong          // it shows what it must not
	missed         // it lacks what it must show
)

// tally counts verdicts.
type tally [3]int

func (c tally) String() string {
	return fmt.Sprintf("%d right, %d wrong, %d missed of %d", c[right], c[wrong], c[missed], c[right]+c[wrong]+c[missed])
}

// TestQuality holds the checked-in figures of the questions against those reached
// now: a change of quality is a change of testdata/quality.txt. Beside talkgraph it
// measures grep -i for the key term of each question, by the same rule.
func TestQuality(t *testing.T) {
	const file = "testdata/quality.txt"
	known := readFigures(t, file)
	var report []string
	graphs := map[string]graph.Snapshot{}
	for _, set := range questionSets() {
		paths, ok := set.paths()
		if !ok {
			if line := figureOf(known, set.name); line != "" {
				report = append(report, line) // as it was measured where the notes are
			}
			continue
		}
		key := strings.Join(paths, " ")
		if graphs[key] == nil {
			graphs[key] = notesIn(t, paths...)
		}
		figures := measure(t, set, graphs[key], paths)
		line := fmt.Sprintf("%s: talkgraph %v", set.name, figures.all)
		if figures.grep != (tally{}) {
			line += fmt.Sprintf("; with a term to look for: talkgraph %v; grep -i %v", figures.withTerm, figures.grep)
		}
		report = append(report, line)
	}
	text := strings.Join(report, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := strings.Join(known, "\n") + "\n"; want != text {
		t.Errorf("the figures changed; if they are better, run go test ./graph/ask -run Quality -update\ngot\n%swant\n%s", text, want)
	}
}

// paths are the notes of the set; false when they are not here.
func (s questionSet) paths() ([]string, bool) {
	folder := "../../examples"
	if !s.own {
		if folder = os.Getenv(notesVariable); folder == "" {
			return nil, false
		}
	}
	var paths []string
	for _, name := range s.notes {
		paths = append(paths, filepath.Join(folder, name))
	}
	return paths, true
}

func readFigures(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func figureOf(lines []string, name string) string {
	k := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, name+":") })
	if k < 0 {
		return ""
	}
	return lines[k]
}

// figures are the verdicts on a set of questions: on all of them, and, where grep can
// look for a term at all, on talkgraph and on grep.
type figures struct{ all, withTerm, grep tally }

// measure asks all questions of a set. The names of wrong ones are only logged for
// sets that are not frozen.
func measure(t *testing.T, set questionSet, snapshot graph.Snapshot, paths []string) figures {
	t.Helper()
	var f figures
	lines := linesOf(t, paths)
	for _, q := range readQuestions(t, set.file) {
		result := answer(t, snapshot, q.Text)
		v := judge(q, said(t, result, q.Kind), heads(result))
		f.all[v]++
		if v != right && !strings.Contains(set.name, "frozen") {
			t.Logf("%s: %s: %v", set.name, q.Text, heads(result))
		}
		if q.Term != "" {
			found := grepped(lines, q.Term)
			f.withTerm[v]++
			f.grep[judge(q, found, found)]++
		}
	}
	return f
}

// TestReadme holds the table of the README against the figures that are checked in.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var ours, grep tally
	for _, line := range readFigures(t, "testdata/quality.txt") {
		if _, rest, found := strings.Cut(line, "with a term to look for: talkgraph "); found {
			mine, theirs, _ := strings.Cut(rest, "; grep -i ")
			ours, grep = ours.plus(t, mine), grep.plus(t, theirs)
		}
	}
	for _, row := range []string{ours.row("talkgraph"), grep.row("`grep -i`")} {
		if !strings.Contains(string(data), row) {
			t.Errorf("README.md lacks the row %q; the figures have changed", row)
		}
	}
}

// plus adds the figures that a text gives.
func (c tally) plus(t *testing.T, text string) tally {
	t.Helper()
	var more tally
	var all int
	if _, err := fmt.Sscanf(text, "%d right, %d wrong, %d missed of %d", &more[right], &more[wrong], &more[missed], &all); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for v := range c {
		c[v] += more[v]
	}
	return c
}

// row is the tally as a row of a table.
func (c tally) row(name string) string {
	return fmt.Sprintf("| %s | %d | %d | %d |", name, c[right], c[wrong], c[missed])
}

func answer(t testing.TB, snapshot graph.Snapshot, text string) ask.Result {
	t.Helper()
	result, err := ask.Answer(t.Context(), snapshot, text, ask.Options{Limit: 30, Thesaurus: thesaurus{lexiconOf(t)}})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return result
}

func readQuestions(t *testing.T, file string) []question {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var questions []question
	if err := json.Unmarshal(data, &questions); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return questions
}

// judge compares texts that were shown with what a question wants. heads are those
// in which an unwanted one would be an answer.
func judge(q question, shown, heads []string) verdict {
	has := func(texts []string, part string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, folded(part)) })
	}
	if len(q.Answer) == 0 && len(heads) > 0 || slices.ContainsFunc(q.Unwanted, func(u string) bool { return has(heads, u) && !slices.Contains(q.Answer, u) && isHead(heads, u) }) {
		return wrong
	}
	if slices.ContainsFunc(q.Answer, func(a string) bool { return !has(shown, a) }) {
		return missed
	}
	return right
}

// isHead reports whether a text stands among others as itself, or within lines.
func isHead(heads []string, text string) bool {
	return slices.ContainsFunc(heads, func(head string) bool {
		return head == folded(text) || strings.HasPrefix(head, "\n") && strings.Contains(head, folded(text))
	})
}

// folded is a text without case, width, spaces and punctuation.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '#' || r == '\n' {
			return r
		}
		return -1
	}, strings.ToLower(norm.NFKC.String(text)))
}

// said lists the strings of the answers; quotes count for questions that ask for
// what the notes say.
func said(t *testing.T, result ask.Result, kind string) []string {
	t.Helper()
	data, err := json.Marshal(result.Answers)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	quotes := slices.Contains([]string{"path", "compare", "definition"}, kind)
	var texts []string
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case string:
			texts = append(texts, folded(v))
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for key, item := range v {
				if key != "id" && key != "document" && (quotes || key != "evidence") {
					walk(item)
				}
			}
		}
	}
	walk(value)
	return texts
}

func heads(result ask.Result) []string {
	var labels []string
	for _, a := range result.Answers {
		labels = append(labels, folded(a.Entity.Label))
	}
	return labels
}

// grepped are the lines with a term, as grep -i shows them; each begins with a line
// feed, which tells it from a label.
func grepped(lines []string, term string) []string {
	var found []string
	for _, line := range lines {
		if strings.Contains(strings.ToLower(line), strings.ToLower(term)) {
			found = append(found, "\n"+folded(line))
		}
	}
	return found
}

func linesOf(t *testing.T, paths []string) []string {
	t.Helper()
	var lines []string
	for _, path := range paths {
		files := []string{path}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			entries, err := filepath.Glob(filepath.Join(path, "*"))
			if err != nil {
				t.Fatal(err)
			}
			files = entries
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, strings.Split(string(data), "\n")...)
		}
	}
	return lines
}
