package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"talkgraph/graph"
)

// lockPoll is how often a waiting writer tries again.
const lockPoll = 50 * time.Millisecond

// writerLock is the right to write a store, held as the lock of a file beside it.
type writerLock struct {
	file *os.File
}

// lockWriter waits for the right to write the store at path, at most for the given
// time, and then returns graph.ErrLocked naming the holder.
func lockWriter(ctx context.Context, path string, patience time.Duration) (*writerLock, error) {
	name := path + ".lock"
	deadline := time.Now().Add(patience)
	for {
		lock, holder, err := tryWriterLock(name)
		if err != nil {
			return nil, fmt.Errorf("lock store: %w", err)
		}
		if lock != nil {
			return lock, nil
		}
		if !time.Now().Add(lockPoll).Before(deadline) {
			return nil, fmt.Errorf("%w: %s is being written by %s; wait until it is done or end it",
				graph.ErrLocked, path, holder)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// tryWriterLock takes the lock or tells who has it. A lock that was let go of, and
// its file removed, between opening and locking is nobody's: neither is returned,
// and the caller tries again.
func tryWriterLock(name string) (lock *writerLock, holder string, err error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, filePermission)
	if err != nil {
		return nil, "", err
	}
	locked, err := tryLock(file)
	if err != nil || !locked {
		holder := readHolder(file)
		return nil, holder, errors.Join(err, file.Close())
	}
	if !isFileAt(file, name) {
		return nil, "another process", file.Close()
	}
	if err := writeHolder(file); err != nil {
		return nil, "", errors.Join(err, file.Close())
	}
	return &writerLock{file}, "", nil
}

// isFileAt reports whether a name still stands for an open file.
func isFileAt(file *os.File, name string) bool {
	opened, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(name)
	return err == nil && os.SameFile(opened, named)
}

// writeHolder writes down who holds the lock.
func writeHolder(file *os.File) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "process %d on %s\n", os.Getpid(), host)
	return err
}

// readHolder returns what writeHolder wrote.
func readHolder(file *os.File) string {
	const longest = 512
	content, err := io.ReadAll(io.LimitReader(file, longest))
	holder := strings.TrimSpace(string(content))
	if err != nil || holder == "" {
		return "another process"
	}
	return holder
}

// release gives the right back.
func (l *writerLock) release() error {
	// Removed while it is held: whoever waits for it sees that the name is free.
	return errors.Join(os.Remove(l.file.Name()), l.file.Close())
}
