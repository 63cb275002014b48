package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// keepingWriter remembers the first error, so that output that nobody checks
// while it is written, a help text say, is not lost silently. Run looks at the
// one around stdout.
type keepingWriter struct {
	to  io.Writer
	err error
}

// Write writes unless an earlier write failed.
func (w *keepingWriter) Write(data []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.to.Write(data)
	w.err = err
	return n, err
}

// writeJSON writes one JSON value, indented, to stdout.
func (p *program) writeJSON(value any) error {
	buffered := bufio.NewWriter(p.stdout)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return buffered.Flush()
}

// writeFile gives write the file of this name, or stdout for "-". A file appears
// whole under its name or not at all; what stood there before stays until then.
func (p *program) writeFile(name string, write func(io.Writer) error) error {
	if name == "-" {
		return writeBuffered(p.stdout, "standard output", write)
	}
	target := name
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return badInput(name+": is a folder, not a file", "name a file in it")
	case err == nil && !info.Mode().IsRegular():
		return writeDevice(name, write)
	case err == nil:
		if target, err = filepath.EvalSymlinks(name); err != nil { // a link stays a link
			return outputError(name, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return outputError(name, err)
	}
	return writeBeside(name, target, info, write)
}

// writeDevice writes to what cannot be replaced: a pipe, a terminal, /dev/null.
func writeDevice(name string, write func(io.Writer) error) error {
	device, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return outputError(name, err)
	}
	err = writeBuffered(device, name, write)
	if closing := device.Close(); err == nil && closing != nil {
		err = outputError(name, closing)
	}
	return err
}

// writeBeside writes a temporary file in the target's folder and renames it.
func writeBeside(name, target string, before fs.FileInfo, write func(io.Writer) error) error {
	beside, err := os.CreateTemp(filepath.Dir(target), ".talkgraph-*.tmp")
	if err != nil {
		return outputError(name, err)
	}
	defer os.Remove(beside.Name()) // after the rename there is nothing to remove
	err = writeBuffered(beside, name, write)
	if err == nil {
		err = finishFile(beside, name, before)
	}
	if closing := beside.Close(); err == nil && closing != nil {
		err = outputError(name, closing)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(beside.Name(), target); err != nil {
		return outputError(name, err)
	}
	return nil
}

// finishFile puts the content on the disk and gives the file the permissions of
// the one it replaces, or those of a new file.
func finishFile(file *os.File, name string, before fs.FileInfo) error {
	mode := fs.FileMode(0o644)
	if before != nil {
		mode = before.Mode().Perm()
	}
	if err := file.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return outputError(name, err)
	}
	if err := file.Sync(); err != nil {
		return outputError(name, err)
	}
	return nil
}

func writeBuffered(to io.Writer, name string, write func(io.Writer) error) error {
	kept := &keepingWriter{to: to}
	buffered := bufio.NewWriterSize(kept, 1<<16)
	err := write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if kept.err != nil { // the writer failed, whatever the caller made of it
		return outputError(name, kept.err)
	}
	return err
}

// outputError words why something could not be written.
func outputError(name string, err error) error {
	mend := "name another file with -o"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		mend = "the disk is full: make room, or name a file on another disk"
	case errors.Is(err, fs.ErrNotExist):
		mend = "make the folder first"
	case errors.Is(err, fs.ErrPermission):
		mend = "the folder or file does not let you write: choose another"
	case errors.Is(err, syscall.EPIPE):
		mend = "the program that reads it has ended"
	}
	return outside(fmt.Sprintf("%s: cannot be written: %v", name, bare(err)), mend)
}

// bare takes the operation and path off a file error, for messages that name the
// path themselves.
func bare(err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		return pathError.Err
	case errors.As(err, &linkError):
		return linkError.Err
	}
	return err
}
