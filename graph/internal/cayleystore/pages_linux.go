package cayleystore

import "golang.org/x/sys/unix"

// releasePages tells the system that the pages of a mapped file, which begins at an
// address and is so many bytes long, need not count as this process's memory. They stay
// in the cache of files and are mapped again when they are read.
func releasePages(address uintptr, size int64) {
	if address == 0 || size <= 0 {
		return
	}
	// Advice only: what goes wrong changes nothing.
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, address, uintptr(size), unix.MADV_DONTNEED)
}
