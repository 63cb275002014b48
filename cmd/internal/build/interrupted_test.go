package build_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"talkgraph/cmd/internal/build"
	"talkgraph/graph"
)

// errCut is what a cut store returns.
var errCut = errors.New("the power is gone")

// cutStore takes a number of changes and then fails, as if the process had ended
// there: a store holds whole documents, in the order of the changes.
type cutStore struct {
	graph.Store
	left int
}

func (s *cutStore) Apply(ctx context.Context, changes []graph.Change) error {
	if len(changes) <= s.left {
		s.left -= len(changes)
		return s.Store.Apply(ctx, changes)
	}
	changes = changes[:s.left]
	s.left = 0
	return errors.Join(s.Store.Apply(ctx, changes), errCut)
}

// TestInterruptedBuild ends builds after any number of changes of the store. The next
// one must complete the work: the store is then that of a build from nothing.
func TestInterruptedBuild(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 4))
			kept, notes := open(t), folder{}
			var done []string
			for range 10 {
				for range r.IntN(3) {
					done = append(done, notes.edit(r))
				}
				options := build.Options{Prune: true}
				if r.IntN(2) == 0 {
					options.Corrections, options.CorrectionsHash = corrections(t, pick(r, correctionTexts))
					done = append(done, "correct")
				}
				cut := r.IntN(len(notes) + 3)
				done = append(done, fmt.Sprintf("cut after %d", cut))
				_, err := build.Run(t.Context(), &cutStore{kept, cut}, notes.sources(r), options)
				if err != nil && !errors.Is(err, errCut) {
					t.Fatal(err)
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

// correctionTexts are files of corrections, with and without additions.
var correctionTexts = []string{
	"same: [[王小川, 王小船]]\n",
	"add: [{from: 李一鸣, relation: affiliation, to: 同济大学}]\n",
	"drop: [向量检索]\nadd: [{from: 王小川, relation: affiliation, to: 新的研究所}]\n",
}
