package lexicon

import (
	"archive/zip"
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"sync"
)

// conceptArchive holds the files of the folder concepts, packed: they are more than a
// megabyte, and most runs read a few of their rows, or none.
//
//go:embed concepts.zip
var conceptArchive []byte

// archivedFiles lists the files of an archive, sorted by name.
func archivedFiles(archive []byte) ([]file, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("the archive of concepts is damaged: %w; build the program again from its source", err)
	}
	files := make([]file, 0, len(reader.File))
	for _, packed := range reader.File {
		files = append(files, file{name: packed.Name, text: sync.OnceValue(func() string { return unpack(packed) })})
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

// unpack returns the text of a file of the archive.
func unpack(packed *zip.File) string {
	content, err := packed.Open()
	if err == nil {
		defer content.Close()
		var text []byte
		if text, err = io.ReadAll(content); err == nil {
			return string(text)
		}
	}
	panic(fmt.Sprintf("%s in the program: %v", packed.Name, err)) // the program itself is damaged
}
