//go:build unix && !solaris && !aix

package cayleystore

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock of a file for this handle alone and reports whether it could.
func tryLock(file *os.File) (bool, error) {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// nobodyReads reports whether no other process has a store file open. The writer's
// share of the file's lock may be lost by this; shareLock takes it again.
func nobodyReads(file *os.File) (bool, error) { return tryLock(file) }

// shareLock takes the lock of a file, or turns the exclusive one into one, that
// readers can hold as well.
func shareLock(file *os.File) error {
	return unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB)
}

// syncFolder makes a renaming in a folder outlast a loss of power.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
