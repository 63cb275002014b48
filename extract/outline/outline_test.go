package outline_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
	"talkgraph/extract/outline"
)

var update = flag.Bool("update", false, "write the outlines that were read")

// TestLayouts reads a short note in each layout and compares the outline with what
// a reader wrote down: testdata/*.txtar, the note first and then "outline".
func TestLayouts(t *testing.T) {
	l := load(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no layouts in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(read(t, l, archive.Files[0].Name, archive.Files[0].Data))
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func load(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func read(t testing.TB, l *lexicon.Lexicon, name string, data []byte) *outline.Outline {
	t.Helper()
	n, _, err := note.Read(name, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return outline.Read(n, l)
}

// describe writes an outline as lines of text, in the order of the note.
func describe(o *outline.Outline) string {
	var b strings.Builder
	fmt.Fprintf(&b, "event: %s\n", join(o.Event.Name, span(o.Event.Start, o.Event.End), o.Event.Place))
	for _, s := range o.Sessions {
		fmt.Fprintf(&b, "session: %s\n", join(s.Name, s.Date, s.Part, s.Room))
	}
	for _, s := range o.Hosts {
		fmt.Fprintf(&b, "host: %s\n", person(s))
	}
	for _, t := range o.Talks {
		fmt.Fprintf(&b, "talk: %s\n", join(t.Title, t.Date, t.Part, t.Format))
		for _, s := range t.Speakers {
			fmt.Fprintf(&b, "  speaker: %s\n", person(s))
		}
		for _, s := range t.Hosts {
			fmt.Fprintf(&b, "  host: %s\n", person(s))
		}
	}
	for _, d := range o.Diagnostics {
		fmt.Fprintf(&b, "line %d: %s\n", d.Line, d.Message)
	}
	return b.String()
}

func span(start, end string) string {
	if start == end {
		return start
	}
	return start + "/" + end
}

func person(s outline.Speaker) string {
	fields := []string{s.Name}
	for _, a := range s.Affiliations {
		fields = append(fields, a.Name)
	}
	return join(append(fields, s.JobTitle)...)
}

// join puts " | " between the fields that are not empty.
func join(fields ...string) string {
	var kept []string
	for _, f := range fields {
		if f != "" {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " | ")
}
