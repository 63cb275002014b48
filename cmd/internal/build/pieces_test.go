package build_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"talkgraph/cmd/internal/build"
)

// exampleLines returns the lines of the notes in examples, by file.
func exampleLines(t *testing.T) [][]string {
	t.Helper()
	var all [][]string
	for _, ending := range []string{"md", "txt"} {
		files, err := filepath.Glob("../../../examples/*/*." + ending)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Split(string(data), "\n"))
		}
	}
	if len(all) < 3 {
		t.Fatalf("only %d notes", len(all))
	}
	return all
}

// editPieces changes a folder of notes that are put together from pieces of others.
func (f folder) editPieces(r *rand.Rand, lines [][]string) {
	from, to := fmt.Sprintf("f%d.md", r.IntN(6)), fmt.Sprintf("f%d.md", r.IntN(6))
	content, there := f[from]
	switch {
	case there && r.IntN(5) == 0:
		delete(f, from)
	case there && r.IntN(4) == 0:
		delete(f, from)
		f[to] = content
	default:
		source := lines[r.IntN(len(lines))]
		begin := r.IntN(len(source))
		end := min(len(source), begin+1+r.IntN(60))
		f[from] += strings.Join(source[begin:end], "\n") + "\n"
	}
}

// TestPieces builds folders of torn and mixed notes, now and then interrupted. The store
// must be that of a build from nothing, and come back from its exports.
func TestPieces(t *testing.T) {
	lines := exampleLines(t)
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 6))
		kept, notes := open(t), folder{}
		for round := range 8 {
			for range 1 + r.IntN(3) {
				notes.editPieces(r, lines)
			}
			options := build.Options{Prune: true, Jobs: 1 + r.IntN(4)}
			if r.IntN(2) == 0 {
				options.Corrections, options.CorrectionsHash = corrections(t, "same: [[长上下文, long context]]\ndrop: [投机采样]\nadd: [{from: 韩旭, relation: affiliation, to: 新的研究所}]\n")
			}
			if _, err := build.Run(t.Context(), &cutStore{kept, r.IntN(9)}, notes.sources(r), options); err != nil && !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			run(t, kept, notes.sources(r), options)
			fresh := open(t)
			run(t, fresh, notes.sources(r), options)
			if !bytes.Equal(content(t, kept), content(t, fresh)) {
				t.Fatalf("seed %d, round %d: not the same as from nothing", seed, round)
			}
			for _, format := range []string{"json", "nquads"} {
				want := export(t, fresh, format)
				if got := export(t, imported(t, want, format), format); !bytes.Equal(got, want) {
					t.Fatalf("seed %d, round %d: another %s after an import", seed, round, format)
				}
			}
		}
	}
}
