package cli

import (
	"sync"

	"talkgraph/config"
	"talkgraph/extract/lexicon"
)

// thesaurus gives questions the names that the lexicon knows. The lexicon is read when
// a question first needs it: most name what is in the graph and are answered in
// less time than reading it takes.
type thesaurus struct {
	words func() *lexicon.Lexicon
}

// newThesaurus is the thesaurus of the settings' lexicon. A lexicon that cannot be
// read knows nothing: build reports it, a question can do without.
func newThesaurus(settings *config.Config) thesaurus {
	return thesaurus{words: sync.OnceValue(func() *lexicon.Lexicon {
		words, err := lexicon.Load(settings.Lexicon...)
		if err != nil {
			return nil
		}
		return words
	})}
}

// Named implements ask.Thesaurus.
func (t thesaurus) Named(name string) []string {
	words := t.words()
	if words == nil {
		return nil
	}
	var ids []string
	for _, c := range words.FindConcepts(name) {
		ids = append(ids, c.ID)
	}
	if o := words.OrganizationNamed(name); o != nil {
		ids = append(ids, o.ID)
	}
	return ids
}

// Names implements ask.Thesaurus.
func (t thesaurus) Names(id string) []string {
	words := t.words()
	if words == nil {
		return nil
	}
	var names []string
	if c := words.Concept(id); c != nil {
		for _, n := range c.Names {
			names = append(names, n.Text)
		}
	}
	if o := words.Organization(id); o != nil {
		for _, n := range o.Names {
			names = append(names, n.Text)
		}
	}
	return names
}

// Narrower implements ask.Thesaurus.
func (t thesaurus) Narrower(id string) []string {
	words := t.words()
	if words == nil {
		return nil
	}
	return words.Narrower(id)
}
