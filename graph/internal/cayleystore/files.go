package cayleystore

// How a store file is shared between processes.
//
// One writer: whoever writes holds the lock of a file beside the store,
// "<store>.lock", which names the holder for those who wait.
//
// Any number of readers, who never wait: bbolt would let a writer keep readers of
// other processes out, for it knows the states that readers are at only within one
// process and would use their pages again. So readers hold a shared lock on the
// store file itself for as long as they read a snapshot, and the writer, which
// shares that lock too, tells from it when nobody else reads. As long as somebody
// may, it keeps every state since then in place ("guards": read transactions of its
// own), so that pages which a reader can see are not used again. A writer that
// starts while others read cannot know their states; it leaves the file to them and
// goes on with a copy under the same name.
//
// Files are replaced by writing beside, syncing and renaming.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
)

// guardState keeps the present state in place before the next one is written, and
// lets go of those that nobody can be reading.
func (e *boltEngine) guardState() error {
	if e.file == nil || e.mapped == 0 {
		return nil // no other process can be reading
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	alone, err := nobodyReads(e.file)
	if err != nil {
		return fmt.Errorf("lock %s: %w", e.path, err)
	}
	if alone {
		err = e.releaseGuards()
	}
	guard, beginErr := e.db.Begin(false)
	if beginErr == nil {
		e.guards = append(e.guards, guard)
	}
	return errors.Join(err, beginErr, shareLock(e.file))
}

// checkRoom keeps a file from growing over its address space, which bbolt would wait
// for without end.
func (e *boltEngine) checkRoom(batch []entry) error {
	need := e.bytes()
	for _, entry := range batch {
		need += int64(2 * (len(entry.key) + len(entry.value))) // pages are split in halves
	}
	if e.mapped > 0 && need > e.mapped {
		return fmt.Errorf("%s would grow over the %d GiB that this system can map; use a database server", e.path, e.mapped>>30)
	}
	return nil
}

func (e *boltEngine) releaseGuards() error {
	var errs []error
	for _, guard := range e.guards {
		errs = append(errs, guard.Rollback())
	}
	e.guards = nil
	return errors.Join(errs...)
}

// stableView opens a view of a file that another process may be writing: it tries
// again when the file's header changed while bbolt was reading it.
func (e *boltEngine) stableView() (view, error) {
	const attempts = 1000 // each takes microseconds, a commit milliseconds
	for range attempts {
		before, err := readHeader(e.file, e.db.Info().PageSize)
		if err != nil {
			return nil, err
		}
		v, err := e.view()
		if err != nil {
			return nil, err
		}
		after, err := readHeader(e.file, e.db.Info().PageSize)
		if err == nil && bytes.Equal(before, after) {
			return v, nil
		}
		if err := errors.Join(err, v.close()); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("read %s: it is written too fast; try again", e.path)
}

// The header of a bbolt file: two pages of which each holds the same fields; the
// valid one with the larger transaction counts.
const (
	pageHeaderSize = 16
	headerSize     = 64 // of the fields
	headerMagic    = 0xED0CDAED
	smallestPage   = 1 << 10
	largestPage    = 1 << 16
)

// header is what of the fields is needed here.
type header struct {
	pageSize    uint64 // bytes
	pages       uint64 // that the file must have
	transaction uint64
}

// parseHeader reads the fields of one page; false when they are not valid.
func parseHeader(fields []byte) (header, bool) {
	order := binary.LittleEndian
	h := header{
		pageSize:    uint64(order.Uint32(fields[8:])),
		pages:       order.Uint64(fields[40:]),
		transaction: order.Uint64(fields[48:]),
	}
	sum := fnv.New64a()
	sum.Write(fields[:56])
	valid := order.Uint32(fields) == headerMagic && order.Uint64(fields[56:]) == sum.Sum64()
	return h, valid
}

// checkHeader finds out whether a file is a bbolt file and has all its pages. bbolt
// itself would be ended by the system when it reads a page that is not there.
func checkHeader(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer file.Close()
	var newest header
	for at := int64(0); at <= largestPage; at = max(at*2, smallestPage) {
		fields := make([]byte, headerSize)
		if _, err := file.ReadAt(fields, at+pageHeaderSize); err != nil {
			break
		}
		h, valid := parseHeader(fields)
		if valid && (at == 0 || uint64(at) == h.pageSize) && h.transaction >= newest.transaction {
			newest = h
		}
	}
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	switch need := newest.pages * newest.pageSize; {
	case need == 0:
		return damaged(path, errors.New("it is not a store"))
	case uint64(info.Size()) < need:
		return damaged(path, fmt.Errorf("%d bytes are there of %d", info.Size(), need))
	}
	return nil
}

// readHeader returns the start of a file that holds both header pages.
func readHeader(file *os.File, pageSize int) ([]byte, error) {
	content := make([]byte, 2*pageSize)
	n, err := file.ReadAt(content, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %s: %w", file.Name(), err)
	}
	return content[:n], nil
}

// copyAside puts a copy in the place of a file; those who have it open keep the
// file as it is.
func copyAside(path string) error {
	beside := besideName(path)
	defer os.Remove(beside)
	if err := copyFile(path, beside); err != nil {
		return fmt.Errorf("copy %s: %w", path, err)
	}
	return replaceFile(beside, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, filePermission)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// replaceFile renames a synced file and makes the renaming last.
func replaceFile(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}
