package ask

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Resolved is what a name alone means.
type Resolved struct {
	Entities  []Description // what the name means; several when one name has several meanings
	Corrected string        // how a misspelt or partial name was read, as "RWVK → RWKV"
	Near      []Description // the nearest entities when there are none
}

// Resolve finds the entities of a name that stands alone: an ID, any name in any
// language, or a partial or slightly misspelt one, as in questions.
func Resolve(ctx context.Context, snapshot graph.Snapshot, thesaurus Thesaurus, name string) (Resolved, error) {
	r := &reader{ctx: ctx, snapshot: snapshot, thesaurus: thesaurus, directory: &directory{ctx: ctx, snapshot: snapshot},
		text: tokenize(name), reading: &reading{question: name}}
	if len(r.text.tokens) == 0 {
		return Resolved{}, nil
	}
	nodes, corrected, err := r.meaning(name)
	if err != nil {
		return Resolved{}, fmt.Errorf("find %q: %w", name, err)
	}
	resolved := Resolved{Corrected: corrected, Entities: describeAll(nodes)}
	if len(nodes) == 0 {
		r.suggest(name)
		resolved.Near = describeAll(r.reading.suggested)
	}
	return resolved, nil
}

// meaning tries the ways to read a name, the surest first.
func (r *reader) meaning(name string) ([]graph.Node, string, error) {
	n, err := r.snapshot.Node(r.ctx, name)
	if err == nil {
		return []graph.Node{n}, "", nil
	}
	if !errors.Is(err, graph.ErrNotFound) {
		return nil, "", err
	}
	l := &linker{ctx: r.ctx, names: r.snapshot, text: r.text, found: map[string][]string{}}
	ids, err := l.lookup(strings.TrimSpace(name))
	if err != nil {
		return nil, "", err
	}
	nodes, err := r.nodes(ids)
	if nodes = ofTypes(nodes, fact.Types()[:len(fact.Types())-1]...); err != nil || len(nodes) > 0 {
		return nodes, "", err
	}
	if r.thesaurus != nil {
		if known := r.named(name); len(known) > 0 {
			if nodes, err = r.nodes(known); err != nil || len(nodes) > 0 {
				return nodes, "", err
			}
			if ids, err = r.misspeltInNotes(name); err != nil || len(ids) != 1 {
				return nil, "", err
			}
			nodes, err = r.nodes(ids)
			return nodes, corrected(name, nodes), err
		}
	}
	shortened := func(text string) ([]string, error) { return r.directory.shortened(text, false) }
	for _, search := range []func(string) ([]string, error){shortened, r.misspelt} {
		if ids, err = search(name); err != nil {
			return nil, "", err
		}
		if len(ids) > 0 {
			nodes, err = r.nodes(principal(ids))
			return nodes, corrected(name, nodes), err
		}
	}
	return nil, "", nil
}

// corrected says how a name was read.
func corrected(name string, nodes []graph.Node) string {
	const shown = 4
	var labels []string
	for _, n := range nodes {
		labels = append(labels, n.Label)
	}
	if len(labels) > shown {
		labels = append(labels[:shown], "…")
	}
	return name + " → " + strings.Join(labels, ", ")
}

func describeAll(nodes []graph.Node) []Description {
	var all []Description
	for _, n := range nodes {
		all = append(all, describe(n))
	}
	return all
}

// completionNames is the most names that are compared for a completion, so that it
// comes at once in a large graph too.
const completionNames = 50_000

// Complete yields texts that complete what was typed so far with a name of the graph:
// the longest end of it that begins a name. At most limit are yielded, in order of ID.
func Complete(ctx context.Context, snapshot graph.Snapshot, typed string, limit int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		names, err := completable(ctx, snapshot)
		if err != nil {
			yield("", err)
			return
		}
		starts := completionStarts(typed)
		for _, start := range starts {
			found := 0
			key := fact.Key(typed[start:])
			for _, name := range names {
				if found < limit && strings.HasPrefix(fact.Key(name), key) && fact.Key(name) != key {
					found++
					if !yield(typed[:start]+name, nil) {
						return
					}
				}
			}
			if found > 0 {
				return
			}
		}
	}
}

func completable(ctx context.Context, snapshot graph.Snapshot) ([]string, error) {
	var names []string
	for name, err := range snapshot.Names(ctx) {
		if err != nil {
			return nil, err
		}
		if len(names) == completionNames {
			break
		}
		if name.Type != fact.Document && plain(name.Text) == name.Text {
			names = append(names, name.Text)
		}
	}
	return names, nil
}

// completionStarts are the places where the name that is being typed may begin, the
// earliest first: the text itself, words, and Chinese characters.
func completionStarts(typed string) []int {
	const most = 24
	var starts []int
	boundary := true
	for i, r := range typed {
		if r == ' ' {
			boundary = true
			continue
		}
		if boundary || isUnspaced(r) {
			starts = append(starts, i)
		}
		boundary = isUnspaced(r)
	}
	if len(starts) > most {
		starts = starts[len(starts)-most:]
	}
	if len(starts) == 0 {
		return []int{len(typed)}
	}
	return starts
}
