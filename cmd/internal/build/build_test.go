package build_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"talkgraph/cmd/internal/build"
	"talkgraph/extract"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
	"talkgraph/graph/store"
)

// Pieces of notes that meet in many documents, so that what one document says
// changes what another one becomes: people of one name, misspelt ones, institutions
// under several names, one event in several files.
var (
	events    = []string{"# 海川图学习研讨会 2025", "# Tram Days 2025", "# 数据库沙龙"}
	titles    = []string{"图神经网络的加速", "Points and switches", "稀疏注意力综述", "Rails as data", "向量检索", "Borrow checking for everyone"}
	people    = []string{"王小川", "王小船", "李一鸣", "Ida Lund", "Per Holm", "赵文"}
	homes     = []string{"清华大学", "清华", "Tsinghua University", "同济大学", "Fjord Labs", "University of York"}
	bodies    = []string{"- 采样降低显存占用", "- a switch is a two-way branch", "- RWKV 与 Mamba-2 的比较", "- the borrow checker is a type system", "【没听懂】", "- 投机采样 speculative decoding"}
	dates     = []string{"2025-04-12", "2025年4月12日", "3 May 2025", "2025年13月40日"}
	fileNames = []string{"a.md", "b.txt", "Day 1.md", "day-1.md", "sub/c.md", "sub/d.txt", "会议.md", "z.html"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// randomNote writes a note of a few talks.
func randomNote(r *rand.Rand) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", pick(r, events), pick(r, dates))
	for range 1 + r.IntN(3) {
		fmt.Fprintf(&b, "\n## %s\n\nSpeaker: %s, %s\n\n%s\n%s\n", pick(r, titles), pick(r, people), pick(r, homes), pick(r, bodies), pick(r, bodies))
	}
	return b.String()
}

// folder is the notes as they are now.
type folder map[string]string

// edit changes the folder in one way.
func (f folder) edit(r *rand.Rand) string {
	name := pick(r, fileNames)
	_, there := f[name]
	switch {
	case there && r.IntN(4) == 0:
		delete(f, name)
		return "remove " + name
	case there && r.IntN(3) == 0:
		to := pick(r, fileNames)
		content := f[name]
		delete(f, name)
		f[to] = content
		return "rename " + name + " to " + to
	case there && r.IntN(3) == 0:
		f[name] += "\n" + pick(r, bodies) + "\n"
		return "append to " + name
	default:
		f[name] = randomNote(r)
		return "write " + name
	}
}

// sources lists the folder in any order. Names that would be one document are left
// out, since which one is read is decided by their order.
func (f folder) sources(r *rand.Rand) []build.Source {
	var found []build.Source
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if _, twin := f["Day 1.md"]; twin && name == "day-1.md" {
			continue
		}
		found = append(found, build.Source{Path: "notes/" + name, Name: name, Data: []byte(f[name])})
	}
	r.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	return found
}

func open(t *testing.T) graph.Store {
	t.Helper()
	opened, err := store.Open(t.Context(), store.Memory, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opened.Close() })
	return opened
}

// content returns all that a store holds.
func content(t *testing.T, s graph.Store) []byte {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	infos, err := snapshot.Parts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	for _, info := range infos {
		part, err := snapshot.Part(t.Context(), info.ID)
		if err == nil {
			err = encoder.Encode(part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := snapshot.All(t.Context())
	if err == nil {
		err = encoder.Encode(all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func corrections(t *testing.T, text string) (*resolve.Corrections, string) {
	t.Helper()
	c, err := resolve.ReadCorrections("corrections.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c, text
}

// TestIncrementalIsExact edits a folder at random and holds the store that was
// brought along to one that is built from nothing.
func TestIncrementalIsExact(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			kept, notes := open(t), folder{}
			var done []string
			for range 12 {
				for range 1 + r.IntN(3) {
					done = append(done, notes.edit(r))
				}
				options := build.Options{Prune: true, Jobs: 1 + r.IntN(4)}
				if r.IntN(3) == 0 {
					options.Corrections, options.CorrectionsHash = corrections(t, "same: [[王小川, 王小船]]\ndrop: [向量检索]\nadd: [{from: 李一鸣, relation: affiliation, to: 同济大学}]\n")
					done = append(done, "correct")
				}
				run(t, kept, notes.sources(r), options)
				fresh := open(t)
				run(t, fresh, notes.sources(r), options)
				if got, want := content(t, kept), content(t, fresh); !bytes.Equal(got, want) {
					t.Fatalf("after %s\ngot\n%s\nwant\n%s", strings.Join(done, ", "), got, want)
				}
			}
		})
	}
}

func run(t *testing.T, s graph.Store, sources []build.Source, options build.Options) build.Summary {
	t.Helper()
	summary, err := build.Run(t.Context(), s, sources, options)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// TestOnlyChangedIsExtracted tells apart what was read and what was not.
func TestOnlyChangedIsExtracted(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	notes := folder{"a.md": randomNote(r), "b.txt": randomNote(r), "sub/c.md": randomNote(r)}
	s := open(t)
	if got := run(t, s, notes.sources(r), build.Options{}); got.Count(build.Added) != 3 {
		t.Errorf("first: %v", got.Documents)
	}
	if got := run(t, s, notes.sources(r), build.Options{}); got.Count(build.Unchanged) != 3 || got.Resolution != nil {
		t.Errorf("again: %v", got.Documents)
	}
	notes["b.txt"] += "\n- one more line\n"
	delete(notes, "a.md")
	got := run(t, s, notes.sources(r), build.Options{})
	if got.Count(build.Changed) != 1 || got.Count(build.Unchanged) != 1 || got.Count(build.Removed) != 0 {
		t.Errorf("after a change: %v", got.Documents)
	}
	if got := run(t, s, notes.sources(r), build.Options{Prune: true}); got.Count(build.Removed) != 1 {
		t.Errorf("pruned: %v", got.Documents)
	}
}

// TestUnreadableStays keeps what the store has of a document that can no longer be read.
func TestUnreadableStays(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	s := open(t)
	good := build.Source{Path: "a.md", Name: "a.md", Data: []byte(randomNote(r))}
	other := build.Source{Path: "b.md", Name: "b.md", Data: []byte(randomNote(r))}
	run(t, s, []build.Source{good, other}, build.Options{})
	before := content(t, s)
	good.Data = []byte("\x00\x01\x02")
	summary := run(t, s, []build.Source{good, other}, build.Options{Prune: true})
	if len(summary.Failures) != 1 || summary.Count(build.Failed) != 1 {
		t.Errorf("failures: %v, documents: %v", summary.Failures, summary.Documents)
	}
	if !bytes.Equal(content(t, s), before) {
		t.Error("the store changed")
	}
}

// TestProgress counts every document once.
func TestProgress(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	notes := folder{"a.md": randomNote(r), "b.txt": randomNote(r), "sub/c.md": randomNote(r)}
	last, calls := build.Progress{}, 0
	options := build.Options{Jobs: 3, Progress: func(p build.Progress) { last = p; calls++ }}
	if _, err := build.Read(t.Context(), notes.sources(r), options); err != nil {
		t.Fatal(err)
	}
	if calls != 3 || last.Documents != 3 || last.AllDocuments != 3 || last.Bytes != last.AllBytes || last.Bytes == 0 {
		t.Errorf("%d calls, the last with %+v", calls, last)
	}
	run(t, open(t), notes.sources(r), options)
	if want := (build.Progress{Storing: true, AllDocuments: 3}); last != want {
		t.Errorf("the last with %+v, want %+v", last, want)
	}
}

// TestCancelled stops and leaves the store as it was.
func TestCancelled(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 10))
	s := open(t)
	before := content(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := build.Run(ctx, s, folder{"a.md": randomNote(r)}.sources(r), build.Options{}); err == nil {
		t.Error("no error")
	}
	if !bytes.Equal(content(t, s), before) {
		t.Error("the store changed")
	}
}

// TestFaultIsOneDocumentsFailure reads notes with a lexicon that cannot be asked: what
// breaks then is reported as a failure of the document.
func TestFaultIsOneDocumentsFailure(t *testing.T) {
	source := build.Source{Path: "notes/a.md", Name: "a.md", Data: []byte("# Meeting\n\n## On graphs\n\n* speaker: Ada Berg (Uppsala University)\n")}
	summary, err := build.Run(t.Context(), open(t), []build.Source{source}, build.Options{Extract: extract.Options{Lexicon: &lexicon.Lexicon{}}})
	if err != nil || len(summary.Failures) != 1 || !strings.HasPrefix(summary.Failures[0].Err.Error(), "notes/a.md: ") {
		t.Errorf("%+v, %v", summary, err)
	}
}
