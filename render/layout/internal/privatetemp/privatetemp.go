// Package privatetemp gives go-graphviz a private place for its machine code.
//
// Importing go-graphviz compiles Graphviz at program start and keeps the machine
// code in TMPDIR/go-graphviz, from where the next start loads and runs it. In a
// shared /tmp another user could put code of their own there first, and if the
// disk is full the program dies at start, whatever it was asked to do. The
// library offers no setting for this, so the only way is to change TMPDIR
// before the library starts and to change it back afterwards.
//
// It works because Go starts packages in the order of their import paths, each
// as soon as all its imports have started. This package imports nothing but
// syscall, so it starts before "time", and nothing that go-graphviz needs
// starts without "time". The test in the parent package fails if that order is
// ever lost. Do not add imports here.
package privatetemp

import "syscall"

// Variable is the name of the environment variable that says where temporary
// files go on the systems where this package does anything.
const Variable = "TMPDIR"

// original is what TMPDIR was before this package pointed it elsewhere.
var original, wasSet, changed = redirect()

// Restore sets TMPDIR back. Call it once go-graphviz has started.
func Restore() error {
	if !changed {
		return nil
	}
	if !wasSet {
		return syscall.Unsetenv(Variable)
	}
	return syscall.Setenv(Variable, original)
}
