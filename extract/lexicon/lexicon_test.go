package lexicon

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"talkgraph/extract/fact"
)

var updateTable = flag.Bool("update-table", false, "write concepts.zip and concepts.table.gz anew from the concept files")

// TestTable holds that the table in the program is that of the files, and that it
// gives what reading all of them gives.
func TestTable(t *testing.T) {
	if *updateTable {
		archive, err := pack(conceptFiles(t))
		if err == nil {
			err = os.WriteFile("concepts.zip", archive, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		conceptArchive = archive
	}
	made, sum := readAll(t)
	data := made.encode(sum)
	if *updateTable {
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("concepts.table.gz", packed.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(data) != unpackTable(builtinTable) {
		t.Fatal("concepts.table.gz is not that of the concept files: run go generate ./extract/lexicon")
	}
	read := decodeTable(unpackTable(builtinTable), sum)
	if !sameTrie(read.names, made.names) {
		t.Error("the names of the table read otherwise than they were written")
	}
	read.rows.files = made.rows.files
	for i := range int32(len(made.rows.places)) {
		want := made.rows.at(i)
		if got := read.rows.at(i); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:%d: read alone it is %+v, with all others %+v", want.Place.File, want.Place.Line, got, want)
		}
		if got := read.rows.number(want.ID); got != i {
			t.Errorf("%s is not found by its ID: %d, wanted %d", want.ID, got, i)
		}
		if !slices.Equal(read.rows.broader[i], made.rows.broader[i]) {
			t.Errorf("%s: other broader concepts in the table: %v, wanted %v", want.ID, read.rows.broader[i], made.rows.broader[i])
		}
	}
	if unpackTable(builtinTable[:len(builtinTable)/2]) != "" {
		t.Error("half a table is unpacked")
	}
	if decodeTable(unpackTable(builtinTable), make([]byte, tableSum)) != nil {
		t.Error("a table of other files is taken")
	}
}

func sameTrie(a, b *trie) bool {
	for i := range int32(a.size()) {
		if a.key(i) != b.key(i) || !slices.Equal(a.entriesOf(i), b.entriesOf(i)) {
			return false
		}
	}
	return a.size() == b.size()
}

// readAll reads all rows of the built-in files, whatever the table says, and fails on
// their faults.
func readAll(t *testing.T) (*table, []byte) {
	t.Helper()
	files, sums, err := readFiles(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &Lexicon{organizationByID: map[string]int{}}
	for _, f := range files {
		if err := l.add(f); err != nil {
			t.Fatal(err)
		}
	}
	l.linkParents()
	made, err := l.makeTable(slices.DeleteFunc(files, func(f file) bool { return !f.holdsConcepts() }))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range l.Problems {
		t.Error(problem)
	}
	return made, sums.concepts
}

func builtinForTest(t *testing.T) *Lexicon {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestFiles holds the rules that the built-in files keep, so that a name leads to
// one concept and every concept to a field.
func TestFiles(t *testing.T) {
	l := builtinForTest(t)
	if l.ConceptCount() < 2500 {
		t.Errorf("%d concepts, wanted at least 2500", l.ConceptCount())
	}
	inBoth := 0
	for i := range l.ConceptCount() {
		c := l.ConceptAt(i)
		if c.Chinese != "" {
			inBoth++
		} else if c.Kind == KindField {
			t.Errorf("%s:%d: the field %q has no Chinese name", c.Place.File, c.Place.Line, c.English)
		}
		if len(c.Broader) == 0 && c.Kind != KindField {
			t.Errorf("%s:%d: %q is no field and has no broader concept", c.Place.File, c.Place.Line, c.English)
		}
		if l.IsNarrower(c.ID, c.ID) {
			t.Errorf("%s:%d: %q is broader than itself", c.Place.File, c.Place.Line, c.English)
		}
		for _, n := range c.Names {
			if key := foldName(n.Text); len(key) < 2 && !n.Ambiguous {
				t.Errorf("%s:%d: %q folds to %q, which is too short to be told", c.Place.File, c.Place.Line, n.Text, key)
			}
		}
	}
	if inBoth < 7300 {
		t.Errorf("%d concepts have a Chinese and an English name, wanted at least 7300", inBoth)
	}
}

// TestOneConcept holds that a name belongs to one concept, unless it is marked as
// ambiguous, with "?", wherever it stands.
func TestOneConcept(t *testing.T) {
	l := builtinForTest(t)
	type owner struct {
		concept string
		sure    bool
	}
	owners := map[string]owner{}
	for i := range l.ConceptCount() {
		c := l.ConceptAt(i)
		for _, n := range c.Names {
			key := foldName(n.Text)
			if other, ok := owners[key]; ok && other.concept != c.ID && (other.sure || !n.Ambiguous) {
				t.Errorf("%s:%d: %q is a name of %s too: keep it in one of them or mark both with “?”", c.Place.File, c.Place.Line, n.Text, other.concept)
			}
			owners[key] = owner{c.ID, !n.Ambiguous}
		}
	}
}

// TestKeptApart names ideas that look or sound alike and are two.
func TestKeptApart(t *testing.T) {
	l := builtinForTest(t)
	pairs := [][2]string{
		{"HTTP", "HTTPS"}, {"关联记忆", "联想记忆"}, {"ResNet", "RetNet"}, {"短期记忆", "短序列"}, {"Mamba", "Mamba-2"}, {"RWKV-6", "RWKV-7"},
		{"GCN", "LightGCN"}, {"DSSM", "two-tower model"}, {"filter bubble", "information cocoon"}, {"大模型", "大语言模型"},
		{"legal information retrieval", "legal case retrieval"}, {"GPT-4", "GPT-4o"}, {"C", "C++"}, {"C++", "C#"},
	}
	for _, p := range pairs {
		for _, a := range l.FindConcepts(p[0]) {
			for _, b := range l.FindConcepts(p[1]) {
				if a == b {
					t.Errorf("%s and %s are one concept, %s", p[0], p[1], a.ID)
				}
			}
		}
	}
}

func TestMatchConcepts(t *testing.T) {
	l := builtinForTest(t)
	tests := []struct {
		text string
		want string // English names with "?" where ambiguous
	}{
		{"https is HTTP over TLS", "HTTPS HTTP TLS"},
		{"长上下文与Long-Context", "long context long context"},
		{"ＫＶ　cache 的压缩", "KV cache"},
		{"retnets and RetNet", "RetNet RetNet"},
		{"Mamba-2不是Mamba", "Mamba-2 Mamba"},
		{"PP、TP、DP", "pipeline parallelism? tensor parallelism? data parallelism?"},
		{"stop", ""},
	}
	for _, tt := range tests {
		var got []string
		last := -1
		l.MatchConcepts(tt.text, func(m ConceptMatch) {
			if m.Start == last {
				return
			}
			last = m.Start
			name := m.Concept.English
			if m.Ambiguous {
				name += "?"
			}
			got = append(got, name)
		})
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, wanted %q", tt.text, strings.Join(got, " "), tt.want)
		}
	}
}

// TestUserFile adds concepts of a user and finds the faults of a bad file.
func TestUserFile(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "mine.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	l, err := Load(write("# mine\nquokka index | 短尾袋鼠索引 | QIX | method | database index\nspeculative decoding | 投机采样 | 抢跑采样 | method | -\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c := l.ConceptNamed("QIX"); c == nil || c.Chinese != "短尾袋鼠索引" || !l.IsNarrower(c.ID, "concept/"+fact.Slug("database index")) {
		t.Errorf("the user's concept is not there: %+v", c)
	}
	if c := l.ConceptNamed("抢跑采样"); c == nil || c.English != "speculative decoding" {
		t.Errorf("the user's name for a known concept is not there: %+v", c)
	}
	faults := map[string]string{
		"a | b | c\n":                              "mine.txt:1: 3 columns where 5 are wanted",
		"\nquokka index | - | - | thing | -\n":     "mine.txt:2: a concept needs a name and a kind",
		"quokka index | - | - | method | quokka\n": "mine.txt:1: the broader concept \"quokka\" is not in the lexicon",
	}
	for text, want := range faults {
		if _, err := Load(write(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, wanted %q", text, err, want)
		}
	}
	if _, err := Load("no such file"); err == nil {
		t.Error("a missing file is no error")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(nil); err != nil {
			b.Fatal(err)
		}
	}
}
