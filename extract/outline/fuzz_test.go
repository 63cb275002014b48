package outline_test

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

// FuzzOutline reads any text as notes: no panic, and whatever is found stands where it
// is said to stand.
func FuzzOutline(f *testing.F) {
	l := load(f)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, _, err := note.Read("note.md", "note.md", []byte(text))
		if err != nil {
			return
		}
		s := spans{t, n}
		o := outline.Read(n, l)
		s.check("event", o.Event.At)
		s.speakers(o.Hosts)
		for _, session := range o.Sessions {
			s.check("session", session.At)
			s.speakers(session.Hosts)
		}
		for _, talk := range o.Talks {
			s.check("talk", talk.At)
			s.speakers(talk.Speakers)
			s.speakers(talk.Hosts)
			if talk.From > talk.To || talk.To > len(n.Lines) || talk.Title == "" {
				t.Errorf("talk %q from line %d to %d of %d", talk.Title, talk.From, talk.To, len(n.Lines))
			}
		}
	})
}

// spans checks that places lie within the lines of a note.
type spans struct {
	t *testing.T
	n *note.Note
}

func (s spans) check(what string, at outline.Span) {
	s.t.Helper()
	if at == (outline.Span{}) {
		return
	}
	if at.Line < 0 || at.Line >= len(s.n.Lines) || at.Start < 0 || at.Start > at.End || at.End > len(s.n.Lines[at.Line].Raw) {
		s.t.Errorf("%s at %+v is outside of its line", what, at)
	}
}

func (s spans) speakers(all []outline.Speaker) {
	s.t.Helper()
	for _, p := range all {
		s.check("name", p.At)
		s.check("person", p.Extent)
		if p.Name == "" {
			s.t.Errorf("a speaker without a name at %+v", p.At)
		}
		for _, a := range p.Affiliations {
			s.check("institution", a.At)
		}
	}
}
