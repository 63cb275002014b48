package build_test

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"

	"talkgraph/cmd/internal/build"
)

// TestBuildsAtOnce lets several builds bring parts of a folder into one store at the
// same time, as a database server allows. Whoever is last has seen everything: the store
// is then that of one build.
func TestBuildsAtOnce(t *testing.T) {
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 5))
		notes := folder{}
		for len(notes) < 6 {
			notes[pick(r, fileNames)] = randomNote(r)
		}
		sources := notes.sources(r)
		together, alone := open(t), open(t)
		const builds = 3
		var running sync.WaitGroup
		for n := range builds {
			var share []build.Source
			for i := n; i < len(sources); i += builds {
				share = append(share, sources[i])
			}
			running.Go(func() {
				if _, err := build.Run(t.Context(), together, share, build.Options{}); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		run(t, alone, sources, build.Options{})
		if got, want := content(t, together), content(t, alone); !bytes.Equal(got, want) {
			t.Fatalf("seed %d\ngot\n%s\nwant\n%s", seed, got, want)
		}
	}
}
