package store_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"

	"talkgraph/extract/fact"
	"talkgraph/graph"
	"talkgraph/graph/graphtest"
	"talkgraph/graph/store"
)

// long asks for the tests that take minutes.
var long = flag.Bool("long", false, "run the fault tests as often as the specification asks")

// childMode names what this binary does when a test starts it as another process.
const childMode = "TALKGRAPH_TEST_CHILD"

// TestMain runs the tests, or plays the other process for one of them.
func TestMain(m *testing.M) {
	mode := os.Getenv(childMode)
	if mode == "" {
		os.Exit(m.Run())
	}
	if err := runChild(mode, os.Getenv(childMode+"_STORE")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runChild(mode, path string) error {
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return err
	}
	fmt.Println("open")
	switch mode {
	case "hold":
		_, err = os.Stdin.Read(make([]byte, 1)) // until the test closes it or ends us
	case "build":
		err = build(s, func(i int) { fmt.Println("stored", i) })
	case "compact":
		err = compactForever(s)
	case "full":
		err = buildUntilFull(s)
	case "even":
		err = buildHalf(s, 0)
	case "odd":
		err = buildHalf(s, 1)
	case "versions":
		err = writeVersions(s)
	default:
		err = fmt.Errorf("unknown mode %q", mode)
	}
	if err != nil {
		return err
	}
	return s.Close()
}

// documents is how many documents the build that is killed stores.
const documents = 200

// halfDocuments is how many of them two processes build the halves of.
const halfDocuments = 20

// document returns one of them. Their sizes differ.
func document(i int) graph.Part {
	id := "doc/" + strconv.Itoa(i)
	part := graph.Part{ID: id, Fingerprint: id, Facts: []byte(id)}
	for n := range 10 + i%17*10 {
		talk := fmt.Sprintf("talk/%d-%03d", i, n)
		part.Nodes = append(part.Nodes, graph.Node{ID: talk, Type: fact.Talk, Label: "Talk " + strconv.Itoa(n)})
		part.Edges = append(part.Edges, graph.Edge{Source: talk, Predicate: fact.About, Target: "concept/" + strconv.Itoa(n%7), Weight: 0.5,
			Evidence: []fact.Evidence{{Document: id, Line: n + 1, Column: 1, Quote: "Talk", Extractor: "rules", Confidence: 1}}})
	}
	return part
}

// build stores the documents, each at first with other content, and reports each.
// It compacts every now and then.
func build(s graph.Store, report func(i int)) error {
	for i := range documents {
		part, before := document(i), document(i)
		before.Edges = before.Edges[:1]
		before.Nodes = nil
		for _, p := range []graph.Part{before, part} {
			if err := s.Apply(context.Background(), graphtest.Changes(p)); err != nil {
				return err
			}
		}
		report(i)
		if i%10 > 0 {
			continue
		}
		if err := s.Compact(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

// keptDocuments are in the store all the time while compactForever works.
const keptDocuments = 5

// compactForever fills the store and removes most of it again, so that each Compact has
// something to give back, until the test ends this process.
func compactForever(s graph.Store) error {
	for i := range keptDocuments {
		if err := s.Apply(context.Background(), graphtest.Changes(document(i))); err != nil {
			return err
		}
	}
	fmt.Println("stored")
	for {
		var added, removed []graph.Change
		for i := keptDocuments; i < 4*keptDocuments; i++ {
			added = append(added, graphtest.Changes(document(i))...)
			removed = append(removed, graph.Change{Remove: document(i).ID})
		}
		for _, changes := range [][]graph.Change{added, removed} {
			if err := s.Apply(context.Background(), changes); err != nil {
				return err
			}
		}
		if err := s.Compact(context.Background()); err != nil {
			return err
		}
		fmt.Println("compacted")
	}
}

// buildHalf stores every other one of the first documents.
func buildHalf(s graph.Store, first int) error {
	for i := first; i < halfDocuments; i += 2 {
		if err := s.Apply(context.Background(), graphtest.Changes(document(i))); err != nil {
			return err
		}
	}
	return nil
}

// writeVersions replaces two documents until the test ends this process.
func writeVersions(s graph.Store) error {
	for version := 1; ; version++ {
		a, b := graphtest.Versioned("doc/a", version), graphtest.Versioned("doc/b", version)
		if err := s.Apply(context.Background(), graphtest.Changes(a, b)); err != nil {
			return err
		}
		if version%50 != 0 {
			continue
		}
		if err := s.Compact(context.Background()); err != nil {
			return err
		}
	}
}
