package cayleystore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"talkgraph/graph"
)

// bucketName is the one bucket of a store file. The number is the version of all
// that the file holds.
const bucketName = "talkgraph/2"

const (
	filePermission = 0o644

	// growth is how much a file grows at a time, in bytes.
	growth = 1 << 20

	// readerPatience is how long a writer waits for readers of other processes before
	// it leaves the file to them and goes on with a copy.
	readerPatience = 250 * time.Millisecond
)

// addressSpaces returns how much address space to map a file into, in bytes, the
// first that the system gives. It takes no memory and lets the file grow while
// snapshots are open: bbolt cannot map it anew before the last of them is closed.
// On Windows the file would become as large; there a growing store waits for them.
func addressSpaces() []int {
	const gigabyte = 1 << 30
	switch {
	case runtime.GOOS == "windows":
		return []int{0}
	case ^uint(0)>>32 == 0:
		return []int{gigabyte / 4}
	default:
		return []int{64 * gigabyte, 4 * gigabyte, gigabyte / 4}
	}
}

// boltEngine is an engine in a bbolt file. See files.go for who may open it when.
type boltEngine struct {
	db     *bbolt.DB
	path   string
	file   *os.File // as bbolt has it open, for its lock; nil while nobody else knows of it
	mapped int64    // bytes of address space; 0 when it changes as the file grows

	written int // entries since pages were let go of last

	mu     sync.Mutex
	guards []*bbolt.Tx // states that readers of other processes may be at
}

// createBolt makes a new store file. It is complete or not there at all.
func createBolt(path string, fill func(engine) error) error {
	beside := besideName(path)
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	options := &bbolt.Options{NoSync: true, NoStatistics: true, FreelistType: bbolt.FreelistMapType}
	db, err := bbolt.Open(beside, filePermission, options)
	if err != nil {
		return fmt.Errorf("create %s: %w", beside, err)
	}
	defer os.Remove(beside)
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte(bucketName))
		return err
	})
	if err == nil {
		db.AllocSize = growth
		err = fill(&boltEngine{db: db, path: beside})
	}
	if err := errors.Join(err, db.Sync(), db.Close()); err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	return replaceFile(beside, path)
}

// besideName is where a store file is written before it takes the place of another.
func besideName(path string) string { return path + ".new" }

// openBoltWriter opens a store file for writing. The caller holds the writer's lock.
func openBoltWriter(path string) (*boltEngine, error) {
	e := &boltEngine{path: path}
	err := e.open(bbolt.Options{Timeout: readerPatience})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		// Readers of other processes are at states that this process cannot know.
		if err = copyAside(path); err == nil {
			err = e.open(bbolt.Options{Timeout: readerPatience})
		}
	}
	if err != nil {
		return nil, err
	}
	e.db.AllocSize = growth
	return e, shareLock(e.file)
}

// openBoltReader opens a store file for reading.
func openBoltReader(path string) (*boltEngine, error) {
	e := &boltEngine{path: path}
	return e, e.open(bbolt.Options{ReadOnly: true, Timeout: readerPatience})
}

// open opens and checks the file.
func (e *boltEngine) open(options bbolt.Options) (err error) {
	defer func() {
		if err != nil && e.file != nil {
			e.file.Close() // bbolt leaves it open when it panics, and with it the lock
		}
	}()
	defer recoverDamage(e.path, &err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	options.NoStatistics = options.ReadOnly // a writer counts free pages
	options.FreelistType = bbolt.FreelistMapType
	options.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		file, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
		e.file = file
		return file, err
	}
	if err := checkHeader(e.path); err != nil {
		return err
	}
	for _, size := range addressSpaces() {
		e.mapped, options.InitialMmapSize = int64(size), size
		e.db, err = bbolt.Open(e.path, filePermission, &options)
		if !errors.Is(err, syscall.ENOMEM) {
			break
		}
	}
	switch {
	case errors.Is(err, bbolterrors.ErrInvalid), errors.Is(err, bbolterrors.ErrChecksum), errors.Is(err, bbolterrors.ErrVersionMismatch):
		return damaged(e.path, err)
	case err != nil:
		return fmt.Errorf("open %s: %w", e.path, err)
	}
	if err := e.checkBucket(); err != nil {
		return errors.Join(err, e.db.Close())
	}
	return nil
}

// checkBucket tells a store from another program's bbolt file.
func (e *boltEngine) checkBucket() error {
	tx, err := e.db.Begin(false)
	if err != nil {
		return fmt.Errorf("open %s: %w", e.path, err)
	}
	defer tx.Rollback()
	if tx.Bucket([]byte(bucketName)) == nil {
		return damaged(e.path, errors.New("it is not a store of this version"))
	}
	return nil
}

// smallFile is up to which size a file is read from end to end when it is opened,
// in bytes; that takes some milliseconds. Damage in a larger one is found when the
// place is read.
const smallFile = 8 << 20

// checkSmall reads all of a small file and so compares every checksum.
func (e *boltEngine) checkSmall() error {
	if e.bytes() > smallFile {
		return nil
	}
	v, err := e.stableView()
	if err != nil {
		return err
	}
	all := v.scan(nil)
	for all.next() {
		continue
	}
	return errors.Join(all.err(), v.close())
}

// damaged says what to do about a file that cannot be read.
func damaged(path string, cause error) error {
	return fmt.Errorf("%w: %s: %w; move it away and build again, or give another --store", graph.ErrDamaged, path, cause)
}

// recoverDamage turns a panic or memory fault of bbolt on a damaged page into an
// error. It is deferred.
func recoverDamage(path string, err *error) {
	if r := recover(); r != nil {
		*err = damaged(path, fmt.Errorf("%v", r))
	}
}

// guarded runs a read of mapped pages; a page that is not there is an error and not
// the end of the process.
func guarded(path string, read func()) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recoverDamage(path, &err)
	read()
	return nil
}

func (e *boltEngine) view() (view, error) {
	tx, err := e.db.Begin(false)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", e.path, err)
	}
	bucket := tx.Bucket([]byte(bucketName))
	if bucket == nil {
		return nil, errors.Join(damaged(e.path, errors.New("its bucket is gone")), tx.Rollback())
	}
	return &boltView{tx: tx, bucket: bucket, path: e.path}, nil
}

func (e *boltEngine) write(batch []entry) (err error) {
	defer recoverDamage(e.path, &err)
	if err := errors.Join(e.checkRoom(batch), e.guardState()); err != nil {
		return err
	}
	err = e.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte(bucketName))
		for some := range slices.Chunk(batch, entriesAtOnce) {
			if err := putAll(bucket, some); err != nil {
				return err
			}
			e.releasePages(len(some))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", e.path, err)
	}
	return nil
}

// entriesAtOnce is after how many written entries the pages that were read for them are
// let go of. Each may have brought in some of its neighbours; letting go of them for
// every small batch would take longer than the batch.
const entriesAtOnce = 16 << 10

// releasePages lets go of the pages of the file that this process has read, when it has
// written enough entries since it did so last.
func (e *boltEngine) releasePages(written int) {
	if e.written += written; e.mapped == 0 || e.written < entriesAtOnce {
		return
	}
	e.written = 0
	releasePages(e.db.Info().Data, min(e.bytes(), e.mapped))
}

// fill is how full pages are left when they are split. Most keys are written in order
// and the pages of those never change again.
const fill = 0.9

func putAll(bucket *bbolt.Bucket, batch []entry) error {
	bucket.FillPercent = fill
	var key, arena []byte
	for _, e := range batch {
		key = append(key[:0], e.key...)
		var err error
		if e.value == nil {
			err = bucket.Delete(key)
		} else {
			var sealed []byte
			sealed, arena = seal(arena, key, e.value)
			err = bucket.Put(key, sealed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// growsUnderViews implements engine. A file that is mapped anew as it grows is not
// while somebody reads it.
func (e *boltEngine) growsUnderViews() bool { return e.mapped > 0 }

// worthwhile is from which size on a file is compacted, in bytes.
const worthwhile = 1 << 20

// mostlyFree implements engine. Pages that a snapshot still holds count as free.
func (e *boltEngine) mostlyFree() bool {
	var used int64
	err := e.db.View(func(tx *bbolt.Tx) error {
		used = tx.Size()
		return nil
	})
	stats := e.db.Stats()
	free := int64(stats.FreePageN+stats.PendingPageN) * int64(e.db.Info().PageSize)
	return err == nil && used > worthwhile && free > used/2
}

// bytes returns the size of the file, 0 when it cannot be told.
func (e *boltEngine) bytes() int64 {
	info, err := os.Stat(e.path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// close closes the file. Views must be closed before.
func (e *boltEngine) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	err := e.releaseGuards()
	return errors.Join(err, e.db.Close())
}

// boltView is one read transaction. bbolt's cursors and gets of a read transaction
// share nothing that changes, so several goroutines can use it.
type boltView struct {
	tx     *bbolt.Tx
	bucket *bbolt.Bucket
	path   string
}

func (v *boltView) get(key []byte) (value []byte, err error) {
	var sealed []byte
	err = guarded(v.path, func() {
		if sealed = v.bucket.Get(key); sealed != nil {
			value, err = unseal(key, sealed)
		}
	})
	return value, err
}

func (v *boltView) scan(prefix []byte) cursor {
	return &boltCursor{cursor: v.bucket.Cursor(), prefix: slices.Clone(prefix), path: v.path}
}

func (v *boltView) close() error { return v.tx.Rollback() }

// boltCursor walks over the keys with a prefix.
type boltCursor struct {
	cursor     *bbolt.Cursor
	prefix     []byte
	path       string
	started    bool
	at, sealed []byte // the current entry
	unsealed   []byte
	failed     error
}

func (c *boltCursor) next() bool {
	if c.failed != nil {
		return false
	}
	var more bool
	if err := guarded(c.path, func() { more = c.step() }); err != nil {
		c.failed = err
		return false
	}
	return more && c.failed == nil
}

func (c *boltCursor) step() bool {
	if c.started {
		c.at, c.sealed = c.cursor.Next()
	} else {
		c.started = true
		c.at, c.sealed = c.cursor.Seek(c.prefix)
	}
	if c.at == nil || !bytes.HasPrefix(c.at, c.prefix) {
		return false
	}
	c.unsealed, c.failed = unseal(c.at, c.sealed)
	return true
}

// nearby is how many keys find steps over before it searches from the root. A step
// costs a small part of a search.
const nearby = 8

func (c *boltCursor) find(key []byte) (value []byte, err error) {
	failed := guarded(c.path, func() {
		var sealed []byte
		if sealed = c.stepTo(key); sealed != nil {
			value, err = unseal(key, sealed)
		}
	})
	return value, errors.Join(failed, err)
}

// stepTo moves to a key or the next larger one, and returns what is stored under it.
func (c *boltCursor) stepTo(key []byte) (sealed []byte) {
	order := -1 // of the current key
	if c.started && c.at != nil {
		order = bytes.Compare(c.at, key)
	}
	for steps := 0; c.started && c.at != nil && order < 0 && steps < nearby; steps++ {
		if c.at, c.sealed = c.cursor.Next(); c.at != nil {
			order = bytes.Compare(c.at, key)
		}
	}
	if !c.started || c.at == nil || order != 0 {
		c.started = true
		c.at, c.sealed = c.cursor.Seek(key)
	}
	if !bytes.Equal(c.at, key) {
		return nil
	}
	return c.sealed
}

func (c *boltCursor) key() []byte   { return c.at }
func (c *boltCursor) value() []byte { return c.unsealed }
func (c *boltCursor) err() error    { return c.failed }
