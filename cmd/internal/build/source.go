// Package build brings the notes into the store: it reads what has changed,
// extracts it on all processors, resolves names over all documents together and
// replaces the parts of the graph that came out different. It is the one place
// where extract and graph meet.
//
// It must not know flags, terminals or files other than the notes; the command
// line hands it everything and prints what it returns.
package build

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"talkgraph/extract/note"
)

// sizeLimit bounds a document, in bytes. Notes of the longest conferences have a
// few hundred kilobytes; what is larger than this is something else.
const sizeLimit = 64 << 20

// Source is a document that can be read.
type Source struct {
	Path string // as the user gave it, for messages
	Name string // relative to what the user gave, with slashes: what the document's ID is made of
	Data []byte // the content when it is known already, of stdin; else it is read from Path
	Size int64  // bytes of the file, for the progress; 0 when not known
}

func (s Source) size() int64 { return max(s.Size, int64(len(s.Data))) }

// Failure is a document that could not be read.
type Failure struct {
	Path string // as the user gave it
	Err  error  // its text begins with the path
}

// read returns the content of the document. Errors begin with the path.
func (s Source) read() ([]byte, error) {
	if s.Data != nil {
		return s.Data, nil
	}
	file, err := os.Open(s.Path)
	if err != nil {
		return nil, s.cannot(err)
	}
	defer file.Close()
	data, err := ReadLimited(file)
	if err != nil {
		return nil, s.cannot(err)
	}
	return data, nil
}

// note reads the document as notes. Errors begin with the path.
func (s Source) note() (*note.Note, error) {
	data, err := s.read()
	if err != nil {
		return nil, err
	}
	read, _, err := note.Read(s.Path, s.Name, data)
	return read, err
}

// cannot puts the path once before the reason.
func (s Source) cannot(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return fmt.Errorf("%s: cannot be read: %w", s.Path, err)
}

// ReadLimited reads all of a document, unless it is too large to be one.
func ReadLimited(from io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, sizeLimit+1))
	if err != nil {
		return nil, err
	}
	if len(data) > sizeLimit {
		return nil, fmt.Errorf("it is larger than %d MB; split it, or give the notes alone", sizeLimit>>20)
	}
	return data, nil
}
