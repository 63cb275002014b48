package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"talkgraph/cmd/internal/build"
	"talkgraph/config"
	"talkgraph/extract"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
	"talkgraph/extract/resolve"
)

// buildOptions reads the lexicon and the corrections that the settings name.
func (p *program) buildOptions(settings *config.Config) (build.Options, error) {
	words, err := lexicon.Load(settings.Lexicon...)
	if err != nil {
		return build.Options{}, badInput(err.Error(), "name your lexicon files with --lexicon FILE")
	}
	corrections, hash, err := readCorrections(settings)
	if err != nil {
		return build.Options{}, err
	}
	return build.Options{
		Extract:     extract.Options{Lexicon: words, MinScore: settings.Build.MinScore, Concepts: settings.Build.Concepts, Different: corrections.DifferentNames()},
		Corrections: corrections, CorrectionsHash: hash,
		Prune: settings.Build.Prune, Jobs: settings.Build.Jobs,
	}, nil
}

// readCorrections reads the user's corrections; nil when there are none.
func readCorrections(settings *config.Config) (*resolve.Corrections, string, error) {
	path, named := settings.CorrectionsFile()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", badInput(fmt.Sprintf("%s: cannot be read: %v", path, bare(err)), "name your corrections with --corrections FILE")
	}
	corrections, err := resolve.ReadCorrections(path, data)
	if err != nil {
		return nil, "", badInput(err.Error(), "")
	}
	sum := sha256.Sum256(data)
	return corrections, hex.EncodeToString(sum[:]), nil
}

// unread reports the documents that could not be read, while the others went on.
// An empty file in a folder is common and only worth a warning; any other that
// could not be read, and an empty one that was named, is an error.
func (p *program) unread(failures []build.Failure, named []string) error {
	var wrong []build.Failure
	for _, f := range failures {
		if errors.Is(f.Err, note.ErrEmpty) && !slices.Contains(named, f.Path) {
			fmt.Fprintln(p.stderr, oneLine("warning: "+f.Err.Error()))
			continue
		}
		wrong = append(wrong, f)
	}
	switch len(wrong) {
	case 0:
		return nil
	case 1:
		return unreadable(wrong[0].Err)
	}
	for _, f := range wrong {
		fmt.Fprintln(p.stderr, oneLine("error: "+f.Err.Error()))
	}
	return badInput(plural(len(wrong), "document")+" could not be read", "the others were")
}

// unreadable words why one document could not be read.
func unreadable(err error) error {
	switch {
	case errors.Is(err, note.ErrEmpty):
		return badInput(err.Error(), "give notes that say something")
	case errors.Is(err, note.ErrBinary):
		return badInput(err.Error(), "give the notes as text, markdown, HTML, .docx or PDF")
	case errors.Is(err, note.ErrScan):
		return badInput(err.Error(), "let a program for text recognition read it first (ocrmypdf scan.pdf notes.pdf), or type the notes")
	case errors.Is(err, note.ErrLocked):
		return badInput(err.Error(), "save it without a password first")
	case errors.Is(err, note.ErrBroken):
		return badInput(err.Error(), "save it again with the program that made it, or give its text")
	case errors.Is(err, note.ErrTooLarge):
		return badInput(err.Error(), "split it, or give its text alone")
	case errors.Is(err, fs.ErrPermission):
		return badInput(err.Error(), "mend its permissions")
	default:
		return badInput(err.Error(), "")
	}
}
