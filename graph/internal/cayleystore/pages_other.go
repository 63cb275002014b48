//go:build !linux

package cayleystore

// releasePages does nothing where the system takes pages back by itself.
func releasePages(uintptr, int64) {}
