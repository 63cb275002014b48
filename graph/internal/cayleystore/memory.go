package cayleystore

import (
	"strings"
	"sync"

	"github.com/google/btree"
)

// memoryEngine is an engine that lasts as long as the process: a B-tree whose
// snapshots are copies on write.
type memoryEngine struct {
	mu   sync.Mutex
	tree *btree.BTreeG[entry]
}

// treeDegree is the branching of the tree; 32 is what its authors benchmark.
const treeDegree = 32

func newMemoryEngine() *memoryEngine {
	less := func(a, b entry) bool { return a.key < b.key }
	return &memoryEngine{tree: btree.NewG(treeDegree, less)}
}

func (m *memoryEngine) view() (view, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return memoryView{m.tree.Clone()}, nil
}

func (m *memoryEngine) write(batch []entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range batch {
		if e.value == nil {
			m.tree.Delete(e)
		} else {
			m.tree.ReplaceOrInsert(e)
		}
	}
	return nil
}

func (m *memoryEngine) growsUnderViews() bool { return true }
func (m *memoryEngine) mostlyFree() bool      { return false }
func (m *memoryEngine) bytes() int64          { return 0 }
func (m *memoryEngine) close() error          { return nil }

type memoryView struct {
	tree *btree.BTreeG[entry]
}

func (v memoryView) get(key []byte) ([]byte, error) {
	e, _ := v.tree.Get(entry{key: string(key)})
	return e.value, nil
}

func (v memoryView) scan(prefix []byte) cursor {
	return &memoryCursor{tree: v.tree, prefix: string(prefix), from: string(prefix)}
}

func (v memoryView) close() error { return nil }

// memoryCursor reads ahead in groups, since the tree can only be walked by callback.
type memoryCursor struct {
	tree    *btree.BTreeG[entry]
	prefix  string
	from    string // smallest key that is not read yet
	ahead   []entry
	current entry
	done    bool
}

// readAhead bounds the entries that a cursor holds.
const readAhead = 64

func (c *memoryCursor) next() bool {
	if len(c.ahead) == 0 && !c.done {
		c.fill()
	}
	if len(c.ahead) == 0 {
		return false
	}
	c.current, c.ahead = c.ahead[0], c.ahead[1:]
	return true
}

func (c *memoryCursor) find(key []byte) ([]byte, error) {
	e, _ := c.tree.Get(entry{key: string(key)})
	return e.value, nil
}

func (c *memoryCursor) fill() {
	c.done = true
	c.tree.AscendGreaterOrEqual(entry{key: c.from}, func(e entry) bool {
		if !strings.HasPrefix(e.key, c.prefix) {
			return false
		}
		c.ahead = append(c.ahead, e)
		if len(c.ahead) < readAhead {
			return true
		}
		c.from, c.done = e.key+"\x00", false
		return false
	})
}

func (c *memoryCursor) key() []byte   { return []byte(c.current.key) }
func (c *memoryCursor) value() []byte { return c.current.value }
func (c *memoryCursor) err() error    { return nil }
