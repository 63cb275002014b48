package cayleystore

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// beyondContent is where in a file the lock lies, so that its content can be read.
const beyondContent = 1<<32 - 1

// tryLock takes the lock of a file for this handle alone and reports whether it could.
func tryLock(file *os.File) (bool, error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	place := &windows.Overlapped{Offset: beyondContent, OffsetHigh: beyondContent}
	err := windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, place)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// nobodyReads is always true: bbolt's own lock, which stays as it is, keeps the
// readers of other processes out while a writer has the store open.
func nobodyReads(*os.File) (bool, error) { return true, nil }

func shareLock(*os.File) error { return nil }

// syncFolder does nothing: folders cannot be synced here.
func syncFolder(string) error { return nil }
