package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"talkgraph/cmd/internal/build"
	"talkgraph/cmd/internal/curate"
	"talkgraph/config"
	"talkgraph/extract/fact"
	"talkgraph/extract/note"
	"talkgraph/graph"
	"talkgraph/graph/store"
	"talkgraph/render/web"
)

// storeSource gives the explorer the graph of a store that others may write.
type storeSource struct {
	name  string
	store graph.Store
}

// Version is the time and size of a store that is a file; of others, what the
// documents were made of.
func (s *storeSource) Version(ctx context.Context) (string, error) {
	if !strings.Contains(s.name, "://") {
		info, err := os.Stat(s.name)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%x-%x", info.ModTime().UnixNano(), info.Size()), nil
	}
	snapshot, err := s.store.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	defer snapshot.Close() // only read
	parts, err := snapshot.Parts(ctx)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%q %q\n", part.ID, part.Fingerprint) // never fails
	}
	return hex.EncodeToString(hash.Sum(nil)[:12]), nil
}

// Read returns the whole graph.
func (s *storeSource) Read(ctx context.Context) (*graph.Subgraph, []graph.PartInfo, error) {
	snapshot, err := s.store.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer snapshot.Close() // only read
	g, err := snapshot.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	parts, err := snapshot.Parts(ctx)
	return g, parts, err
}

// notesAtHand reads the notes when a line of them is wanted.
type notesAtHand struct {
	sources map[string]build.Source // document ID → source

	mu   sync.Mutex
	read map[string]readNote
}

// readNote is what a file held at a time.
type readNote struct {
	modified time.Time
	lines    []string
}

func newNotesAtHand(sources []build.Source) *notesAtHand {
	n := &notesAtHand{sources: map[string]build.Source{}, read: map[string]readNote{}}
	for _, source := range sources {
		n.sources[note.DocumentID(source.Name)] = source
	}
	return n
}

// Lines returns the lines of a document as they are now.
func (n *notesAtHand) Lines(document string) ([]string, bool) {
	source, known := n.sources[document]
	if !known {
		return nil, false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var modified time.Time
	if info, err := os.Stat(source.Path); err == nil {
		modified = info.ModTime()
	}
	if kept, ok := n.read[document]; ok && kept.modified.Equal(modified) {
		return kept.lines, true
	}
	lines, err := linesOf(source)
	if err != nil {
		return nil, false
	}
	n.read[document] = readNote{modified, lines}
	return lines, true
}

func linesOf(source build.Source) ([]string, error) {
	data := source.Data
	if data == nil {
		file, err := os.Open(source.Path)
		if err != nil {
			return nil, err
		}
		defer file.Close() // only read
		if data, err = build.ReadLimited(file); err != nil {
			return nil, err
		}
	}
	read, _, err := note.Read(source.Path, source.Name, data)
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(read.Lines))
	for i, line := range read.Lines {
		lines[i] = line.Raw
	}
	return lines, nil
}

// curator carries out what the page decides: it writes the file of corrections and
// builds the graph again from the facts in the store.
type curator struct {
	program  *program
	settings *config.Config

	mu   sync.Mutex // one correction at a time
	file *curate.File
}

func newCurator(p *program, settings *config.Config) *curator {
	path, _ := settings.CorrectionsFile()
	return &curator{program: p, settings: settings, file: curate.Open(path)}
}

// sections says where each action stands in the file of corrections.
var sections = map[web.Action]string{web.Merge: "same", web.Part: "different", web.Rename: "rename", web.Retype: "type", web.Hide: "drop"}

// Correct writes the correction down and builds the graph again. When that fails
// the file is as it was.
func (c *curator) Correct(ctx context.Context, correction web.Correction) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	decision := curate.Decision{Section: sections[correction.Action], Names: correction.Names, Value: correction.Value}
	if err := c.file.Add(decision); err != nil {
		return nil, c.refusal(err)
	}
	warnings, err := c.rebuild(ctx)
	if err != nil {
		return nil, c.refusal(errors.Join(err, c.file.Undo()))
	}
	return warnings, nil
}

// Undo takes the last correction back and builds the graph again.
func (c *curator) Undo(ctx context.Context) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.file.Undo(); err != nil {
		return nil, c.refusal(err)
	}
	warnings, err := c.rebuild(ctx)
	return warnings, c.refusal(err)
}

// Undoable is how many corrections can be taken back.
func (c *curator) Undoable() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.file.Steps()
}

// rebuild resolves the stored facts with the corrections as they are now. It goes
// on when the browser does not wait for it: half a change helps nobody.
func (c *curator) rebuild(ctx context.Context) ([]string, error) {
	ctx = context.WithoutCancel(ctx)
	options, err := c.program.buildOptions(c.settings)
	if err != nil {
		return nil, err
	}
	options.Prune = false // no sources are given, and all documents stay
	opened, err := store.Open(ctx, c.settings.Store, store.Options{})
	if err != nil {
		return nil, err
	}
	summary, err := build.Run(ctx, opened, nil, options)
	if err = errors.Join(err, opened.Close()); err != nil {
		return nil, err
	}
	var warnings []string
	for _, d := range summary.Diagnostics {
		if d.Severity >= fact.Warning && d.File == c.file.Path() {
			warnings = append(warnings, oneLine(d.String()))
		}
	}
	return warnings, nil
}

// refusal words an error for the page; nil for nil.
func (c *curator) refusal(err error) error {
	var own *failure
	switch {
	case err == nil:
		return nil
	case errors.Is(err, curate.ErrNothing):
		return &web.Refusal{Message: "there is nothing to take back"}
	case errors.Is(err, curate.ErrChanged):
		return &web.Refusal{Message: c.file.Path() + " has been changed by hand since", Mend: "take the entry out of the file yourself, and run talkgraph build"}
	case errors.Is(err, graph.ErrLocked):
		return &web.Refusal{Message: "another program is writing the store", Mend: "try again when it has finished"}
	case errors.Is(err, fs.ErrPermission):
		return &web.Refusal{Message: c.file.Path() + " or the store cannot be written", Mend: "mend the permissions"}
	case errors.As(err, &own):
		return &web.Refusal{Message: own.message, Mend: own.mend}
	default:
		return err
	}
}
