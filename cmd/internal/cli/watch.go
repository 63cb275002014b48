package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long no file may change before a build: editors save in several steps.
const quiet = 300 * time.Millisecond

// watcher tells when notes change.
type watcher struct {
	events *fsnotify.Watcher
	files  []string // named ones, which count whatever their ending
}

// newWatcher watches folders with all below them, and files by the folders they are
// in, since many editors replace a file when they save it.
func newWatcher(paths, files []string) (*watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, outside("the notes cannot be watched: "+err.Error(), "build without --watch")
	}
	w := &watcher{events: events}
	for _, path := range append(slices.Clone(files), paths...) {
		if err := w.add(path); err != nil {
			return nil, errors.Join(err, events.Close())
		}
	}
	return w, nil
}

func (w *watcher) add(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return w.addFolder(path)
	}
	w.files = append(w.files, filepath.Clean(path))
	return w.addOne(filepath.Dir(path))
}

// addFolder watches a folder and those below it that are not hidden. One that is gone
// again is no error.
func (w *watcher) addFolder(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return badInput(fmt.Sprintf("%s: cannot be watched: %v", path, bare(err)), "mend its permissions")
		case !entry.IsDir():
			return nil
		case path != folder && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		}
		return w.addOne(path)
	})
}

func (w *watcher) addOne(folder string) error {
	err := w.events.Add(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return outside(fmt.Sprintf("%s: cannot be watched: %v", folder, bare(err)), "raise the system's limit of watched files, or build without --watch")
	}
	return nil
}

// matters reports whether an event is about notes; new folders are watched from then on.
func (w *watcher) matters(event fsnotify.Event) bool {
	if !event.Has(fsnotify.Create) && !event.Has(fsnotify.Write) && !event.Has(fsnotify.Remove) && !event.Has(fsnotify.Rename) {
		return false
	}
	name := filepath.Base(event.Name)
	if slices.Contains(w.files, filepath.Clean(event.Name)) {
		return true
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return false
	}
	if slices.Contains(noteEndings(), strings.ToLower(filepath.Ext(name))) {
		return true
	}
	if info, err := os.Stat(event.Name); err == nil && info.IsDir() && event.Has(fsnotify.Create) {
		return w.addFolder(event.Name) == nil // notes may be in it already
	}
	return filepath.Ext(name) == "" && (event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename)) // perhaps a folder
}

// wait returns when notes have changed and stayed as they are for a moment. The error
// is that of the context, or of a watcher that has broken down.
func (w *watcher) wait(ctx context.Context) error {
	var calm <-chan time.Time // fires when nothing has changed for a while
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-calm:
			return nil
		case event, open := <-w.events.Events:
			if !open {
				return outside("the notes are no longer watched", "start again")
			}
			if w.matters(event) {
				calm = time.After(quiet)
			}
		case _, open := <-w.events.Errors: // events were lost: anything may have changed
			if !open {
				return outside("the notes are no longer watched", "start again")
			}
			calm = time.After(quiet)
		}
	}
}

// watch builds again whenever the notes change, until the context ends, which is its
// normal end. A build that fails is reported and the next change tried.
func (p *program) watch(ctx context.Context, paths, files []string, build func(context.Context) error) error {
	w, err := newWatcher(paths, files)
	if err != nil {
		return err
	}
	defer w.events.Close() // nothing is left to do about an error
	for {
		if err := build(ctx); err != nil && ctx.Err() == nil {
			p.finish(err)
		}
		fmt.Fprintln(p.stderr, "watching; Ctrl-C ends")
		err := w.wait(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
