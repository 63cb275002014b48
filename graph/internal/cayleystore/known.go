package cayleystore

import (
	"sync"

	"github.com/cayleygraph/quad"
)

// mostKnown bounds how many IRIs are kept: some megabytes.
const mostKnown = 1 << 14

// knownIRIs keeps the IRIs of a view that does not change and their IDs. One question
// meets the same documents, predicates and passages many times. Several goroutines can
// use it; a nil one knows nothing.
type knownIRIs struct {
	mu   sync.Mutex
	iris map[uint64]quad.IRI
	ids  map[quad.IRI]uint64
}

func newKnownIRIs() *knownIRIs {
	return &knownIRIs{iris: make(map[uint64]quad.IRI), ids: make(map[quad.IRI]uint64)}
}

// id returns the ID of a value and whether it is known.
func (k *knownIRIs) id(value quad.Value) (uint64, bool) {
	iri, ok := value.(quad.IRI)
	if k == nil || !ok {
		return 0, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	id, known := k.ids[iri]
	return id, known
}

// value returns the value of an ID, nil when it is not known.
func (k *knownIRIs) value(id uint64) quad.Value {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if iri, known := k.iris[id]; known {
		return iri
	}
	return nil
}

// learn keeps a value if it is an IRI. When there are too many it begins anew.
func (k *knownIRIs) learn(id uint64, value quad.Value) {
	iri, ok := value.(quad.IRI)
	if k == nil || !ok {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.iris) >= mostKnown {
		clear(k.iris)
		clear(k.ids)
	}
	k.iris[id], k.ids[iri] = iri, id
}
