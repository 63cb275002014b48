package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"talkgraph/cmd/internal/build"
)

// noteEndings are the files that a folder is searched for. A file that is named
// itself is read whatever its ending.
func noteEndings() []string {
	return []string{".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf"}
}

// sources finds the documents that the arguments of build, check and verify
// name: files, folders with all below them, and - for stdin. They come sorted by
// name. Hidden files and folders are left alone.
func (p *program) sources(paths []string) ([]build.Source, error) {
	var found []build.Source
	for _, path := range paths {
		more, err := p.sourcesAt(path)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	slices.SortStableFunc(found, func(a, b build.Source) int { return strings.Compare(a.Name, b.Name) })
	return found, distinct(found)
}

func (p *program) sourcesAt(path string) ([]build.Source, error) {
	if path == "-" {
		data, err := build.ReadLimited(p.stdin)
		if err != nil {
			return nil, badInput("standard input: "+err.Error(), "")
		}
		if len(data) == 0 {
			return nil, badInput("standard input: is empty", "send notes into it")
		}
		return []build.Source{{Path: "-", Name: "stdin", Data: data}}, nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, badInput(path+": there is no such file or folder", "check the path")
	case err != nil:
		return nil, badInput(fmt.Sprintf("%s: cannot be read: %v", path, bare(err)), "")
	case !info.IsDir():
		return []build.Source{{Path: path, Name: filepath.Base(path), Size: info.Size()}}, nil
	}
	return sourcesBelow(path)
}

// sourcesBelow searches a folder. Links to files are followed, links to folders
// are not, since they may lead round in a circle.
func sourcesBelow(folder string) ([]build.Source, error) {
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, badInput(fmt.Sprintf("%s: cannot be read: %v", folder, bare(err)), "")
	}
	var found []build.Source
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return badInput(fmt.Sprintf("%s: cannot be read: %v", path, bare(err)), "mend its permissions, or name the files yourself")
		case path == root:
			return nil
		case strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return filepath.SkipDir
		case strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "~$") || !isNoteFile(path, entry): // "~$" is how Word marks open files
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		source := build.Source{Path: filepath.Join(folder, relative), Name: filepath.ToSlash(relative)}
		if info, err := entry.Info(); err == nil {
			source.Size = info.Size()
		}
		found = append(found, source)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, badInput(folder+": holds no notes", "notes are files that end in "+strings.Join(noteEndings(), ", "))
	}
	return found, nil
}

func isNoteFile(path string, entry fs.DirEntry) bool {
	if !slices.Contains(noteEndings(), strings.ToLower(filepath.Ext(path))) {
		return false
	}
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// distinct refuses two files of one name: one would silently take the place of
// the other in the store. The same file named twice is read once by build.
func distinct(sorted []build.Source) error {
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		if a.Name == b.Name && filepath.Clean(a.Path) != filepath.Clean(b.Path) {
			return badInput(fmt.Sprintf("%s and %s would both be the document %s", a.Path, b.Path, a.Name),
				"name the folder that holds both instead, or rename one")
		}
	}
	return nil
}
