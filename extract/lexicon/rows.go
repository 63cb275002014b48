package lexicon

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// conceptRows are the concepts of all files, in the order of their numbers. A
// concept of the built-in files is made when it is first asked for, since a set of
// notes speaks of few of them.
type conceptRows struct {
	files   []file
	places  []rowPlace
	broader [][]int32 // number → numbers of its broader concepts
	made    []atomic.Pointer[Concept]
	ids     []idHash // by hash
}

// rowPlace is where the row of a concept stands.
type rowPlace struct {
	file         int32 // index into the files
	line, offset int32 // from 1; bytes
}

// idHash leads from an entity ID to the number of its concept.
type idHash struct {
	hash   uint32
	number int32
}

func hashID(id string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()
}

// at returns the concept of a number.
func (r *conceptRows) at(number int32) *Concept {
	slot := &r.made[number]
	if c := slot.Load(); c != nil {
		return c
	}
	c := r.parse(number)
	if !slot.CompareAndSwap(nil, c) {
		return slot.Load()
	}
	return c
}

// parse reads the row of a built-in concept, which was found to be sound when its
// table was made.
func (r *conceptRows) parse(number int32) *Concept {
	p := r.places[number]
	f := &r.files[p.file]
	line, _, _ := strings.Cut(f.text()[p.offset:], "\n")
	var columns [8]string
	c, err := parseConcept(columnsOf(line, columns[:0]), Place{File: f.name, Line: int(p.line), Text: line, offset: int(p.offset)})
	if err != nil {
		panic(err) // the table is not that of the files, which its hash rules out
	}
	for i, name := range c.Broader {
		c.Broader[i] = conceptID(name)
	}
	return &c
}

// number returns the number of the concept of an entity ID; -1 when there is none.
func (r *conceptRows) number(id string) int32 {
	hash := hashID(id)
	i, _ := slices.BinarySearchFunc(r.ids, hash, func(e idHash, hash uint32) int { return cmp.Compare(e.hash, hash) })
	for ; i < len(r.ids) && r.ids[i].hash == hash; i++ {
		if number := r.ids[i].number; r.at(number).ID == id {
			return number
		}
	}
	return -1
}

// broaderDepth bounds how far broader concepts are followed.
const broaderDepth = 12

// isNarrower reports whether a concept stands below another one, at any distance.
func (r *conceptRows) isNarrower(number, wider int32, depth int) bool {
	if depth == 0 {
		return false
	}
	for _, above := range r.broader[number] {
		if above == wider || r.isNarrower(above, wider, depth-1) {
			return true
		}
	}
	return false
}

// makeTable reads all rows of the concept files, and sorts their names.
func (l *Lexicon) makeTable(files []file) (*table, error) {
	all, err := parseAll(files)
	if err != nil {
		return nil, err
	}
	r, err := l.newRows(files, all)
	if err != nil {
		return nil, err
	}
	return &table{rows: r, names: r.names().trie()}, nil
}

// parseAll reads the concept files side by side.
func parseAll(files []file) ([][]Concept, error) {
	all, errs := make([][]Concept, len(files)), make([]error, len(files))
	var work sync.WaitGroup
	for i, f := range files {
		work.Go(func() {
			all[i] = make([]Concept, 0, len(f.text())/100)
			errs[i] = rows(f, 5, func(columns []string, place Place) error {
				c, err := parseConcept(columns, place)
				all[i] = append(all[i], c)
				return err
			})
		})
	}
	work.Wait()
	for _, err := range errs { // the first file's, whatever finished first
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// newRows numbers the concepts of the files; a user's line may speak of one that is
// there.
func (l *Lexicon) newRows(files []file, all [][]Concept) (*conceptRows, error) {
	var concepts []*Concept
	numbers := make(map[string]int, 12000)
	r := &conceptRows{files: files}
	for i, f := range files {
		for k := range all[i] {
			c := &all[i][k]
			at, ok := numbers[c.ID]
			if !ok {
				numbers[c.ID] = len(concepts)
				concepts = append(concepts, c)
				r.places = append(r.places, rowPlace{int32(i), int32(c.Place.Line), int32(c.Place.offset)})
				continue
			}
			if !f.user {
				l.problem(c.Place, "%q is already in %s:%d", c.English, concepts[at].Place.File, concepts[at].Place.Line)
			}
			concepts[at].extend(*c)
		}
	}
	r.made = make([]atomic.Pointer[Concept], len(concepts))
	for i, c := range concepts {
		r.made[i].Store(c)
		r.ids = append(r.ids, idHash{hashID(c.ID), int32(i)})
	}
	r.sortIDs()
	return r, l.link(r, concepts)
}

func (r *conceptRows) sortIDs() {
	slices.SortFunc(r.ids, func(a, b idHash) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.number, b.number)) })
}

// link turns the names in broader columns into IDs.
func (l *Lexicon) link(r *conceptRows, concepts []*Concept) error {
	r.broader = make([][]int32, len(concepts))
	for i, c := range concepts {
		ids := c.Broader[:0]
		for _, name := range c.Broader {
			id := conceptID(name)
			if number := r.number(id); number >= 0 {
				ids = append(ids, id)
				r.broader[i] = append(r.broader[i], number)
			} else if strings.HasPrefix(c.Place.File, "concepts/") {
				l.problem(c.Place, "the broader concept %q is not in the lexicon", name)
			} else {
				return fmt.Errorf("%s:%d: the broader concept %q is not in the lexicon: add a line for it or leave the column empty", c.Place.File, c.Place.Line, name)
			}
		}
		c.Broader = ids
	}
	return nil
}

// names lists all names of all concepts.
func (r *conceptRows) names() nameList {
	names := make(nameList, 0, len(r.places)*4)
	for i := range int32(len(r.places)) {
		for _, name := range r.at(i).Names {
			names.add(name.Text, entry{index: i, ambiguous: name.Ambiguous})
		}
	}
	return names
}
