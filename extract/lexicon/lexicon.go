// Package lexicon holds what talkgraph knows before it reads any notes: concepts
// with their Chinese and English names, organisations, surnames, job titles and the
// cue words that stand beside names. It is data in plain text files that a user
// can read and extend, and one matcher over them.
//
// The package must not know documents, talks or graphs; it answers what a piece
// of text is called, nothing else.
package lexicon

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"talkgraph/extract/fact"
)

//go:embed concepts/*.txt organizations/*.txt people/*.txt
var builtin embed.FS

// Kinds of concepts, the values of Concept.Kind.
const (
	KindField     = "field"
	KindMethod    = "method"
	KindModel     = "model"
	KindTask      = "task"
	KindDataset   = "dataset"
	KindBenchmark = "benchmark"
	KindSystem    = "system"
	KindMetric    = "metric"
	KindTheory    = "theory"
)

// DocumentID is the entity ID of the lexicon when it is the evidence of an edge.
const DocumentID = "doc/lexicon"

// Name is one name of a concept or an organisation.
type Name struct {
	Text      string
	Ambiguous bool // counts only near another name of its entry, or in a place that tells
}

// Place is where an entry of the lexicon stands.
type Place struct {
	File   string
	Line   int    // from 1
	Text   string // the line
	Column int    // from 1, in characters, of the broader or parent column
}

// Concept is an entry of the concept files.
type Concept struct {
	ID      string // entity ID, from the English name
	English string // preferred name
	Chinese string // preferred name; empty when Chinese text uses the English one
	Names   []Name // all names, the preferred ones first
	Kind    string
	Broader []string // entity IDs
	Place   Place
}

// Organization is an entry of the organisation files.
type Organization struct {
	ID      string // entity ID, from the Chinese name where there is one
	English string
	Chinese string
	Names   []Name // all names, the preferred ones first
	Kind    string // university, company, institute, society, agency, hospital, school
	Parent  string // entity ID, "" when there is none
	Place   Place
}

// Lexicon is the whole knowledge, ready to match. It does not change after Load
// and may be used by several goroutines.
type Lexicon struct {
	Concepts      []Concept
	Organizations []Organization
	People        People
	Hash          string   // of all files, for fingerprints
	Problems      []string // faults of the built-in files, "file:line: …"; none in a released program

	conceptByID      map[string]int
	organizationByID map[string]int
	concepts         *trie
	organizations    *trie
}

// builtinLexicon is made once: it does not change.
var builtinLexicon = sync.OnceValues(func() (*Lexicon, error) { return load(nil) })

// Load returns the built-in lexicon with the user's concept files added, in the
// format of the built-in ones. An error names the file and line.
func Load(paths ...string) (*Lexicon, error) {
	if len(paths) == 0 {
		return builtinLexicon()
	}
	return load(paths)
}

// file is one lexicon file, read.
type file struct {
	name string
	data string
	user bool
}

func load(paths []string) (*Lexicon, error) {
	files, err := readFiles(paths)
	if err != nil {
		return nil, err
	}
	table := make(chan *trie, 1)
	go func() { table <- decodeTable(builtinTable, conceptSum(files)) }()
	l := &Lexicon{conceptByID: make(map[string]int, 12000), organizationByID: make(map[string]int, 2000)}
	sum := sha256.New()
	concepts := parseAll(files)
	count := 0
	for i := range concepts {
		count += len(concepts[i].concepts)
	}
	l.Concepts = make([]Concept, 0, count)
	for i, f := range files {
		fmt.Fprintf(sum, "%s %d\n%s", f.name, len(f.data), f.data)
		if err := l.add(f, concepts[i]); err != nil {
			return nil, err
		}
	}
	l.Hash = hex.EncodeToString(sum.Sum(nil)[:8])
	if err := l.link(); err != nil {
		return nil, err
	}
	l.linkParents()
	if l.concepts = <-table; l.concepts == nil {
		l.concepts = l.conceptNames().trie()
	}
	l.buildTries()
	return l, nil
}

func readFiles(paths []string) ([]file, error) {
	names, err := fs.Glob(builtin, "*/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var files []file
	for _, name := range names {
		data, err := fs.ReadFile(builtin, name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, data: string(data)})
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("lexicon file: %w", err)
		}
		files = append(files, file{name: path, data: string(data), user: true})
	}
	return files, nil
}

// parsed is what a concept file says.
type parsed struct {
	concepts []Concept
	err      error
}

// holdsConcepts reports whether a file is one of concepts.
func (f *file) holdsConcepts() bool { return f.user || strings.HasPrefix(f.name, "concepts/") }

// parseAll reads the concept files side by side.
func parseAll(files []file) []parsed {
	all := make([]parsed, len(files))
	var work sync.WaitGroup
	for i := range files {
		if files[i].holdsConcepts() {
			work.Go(func() { all[i].concepts, all[i].err = parseConcepts(files[i]) })
		}
	}
	work.Wait()
	return all
}

func (l *Lexicon) add(f file, p parsed) error {
	switch {
	case p.err != nil:
		return p.err
	case f.holdsConcepts():
		l.addConcepts(f, p.concepts)
		return nil
	case strings.HasPrefix(f.name, "organizations/"):
		return l.addOrganizations(f)
	default:
		return l.People.add(f)
	}
}

// link turns the names in broader and parent columns into IDs.
func (l *Lexicon) link() error {
	byName := make(map[string]string, len(l.Concepts))
	for i := range l.Concepts {
		byName[l.Concepts[i].English] = l.Concepts[i].ID
	}
	for i := range l.Concepts {
		c := &l.Concepts[i]
		ids := make([]string, 0, len(c.Broader))
		for _, name := range c.Broader {
			id, ok := byName[name]
			if !ok { // another spelling of the same name makes the same ID
				id = "concept/" + fact.Slug(name)
				_, ok = l.conceptByID[id]
			}
			if ok {
				ids = append(ids, id)
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

func (l *Lexicon) linkParents() {
	byName := map[string]string{}
	for i := range l.Organizations {
		o := &l.Organizations[i]
		byName[fact.Key(cmp.Or(o.English, o.Chinese))] = o.ID
	}
	for i := range l.Organizations {
		o := &l.Organizations[i]
		if o.Parent == "" {
			continue
		}
		id, ok := byName[fact.Key(o.Parent)]
		if !ok {
			l.problem(o.Place, "the parent organisation %q is not in the lexicon", o.Parent)
		}
		o.Parent = id
	}
}

func (l *Lexicon) buildTries() {
	names := make(nameList, 0, len(l.Organizations)*4)
	for i := range l.Organizations {
		for _, name := range l.Organizations[i].Names {
			names.add(name.Text, entry{index: int32(i), ambiguous: name.Ambiguous})
		}
	}
	l.organizations = names.trie()
	l.People.build()
}

// conceptNames lists all names of all concepts.
func (l *Lexicon) conceptNames() nameList {
	names := make(nameList, 0, len(l.Concepts)*4)
	for i := range l.Concepts {
		for _, name := range l.Concepts[i].Names {
			names.add(name.Text, entry{index: int32(i), ambiguous: name.Ambiguous})
		}
	}
	return names
}

// Concept returns the concept of an entity ID, nil when there is none.
func (l *Lexicon) Concept(id string) *Concept {
	if i, ok := l.conceptByID[id]; ok {
		return &l.Concepts[i]
	}
	return nil
}

// broaderDepth bounds how far broader concepts are followed.
const broaderDepth = 12

// IsNarrower reports whether a concept stands below another one in the lexicon, at
// any distance.
func (l *Lexicon) IsNarrower(id, wider string) bool { return l.isNarrower(id, wider, broaderDepth) }

func (l *Lexicon) isNarrower(id, wider string, depth int) bool {
	c := l.Concept(id)
	if c == nil || depth == 0 {
		return false
	}
	for _, above := range c.Broader {
		if above == wider || l.isNarrower(above, wider, depth-1) {
			return true
		}
	}
	return false
}

// Organization returns the organisation of an entity ID, nil when there is none.
func (l *Lexicon) Organization(id string) *Organization {
	if i, ok := l.organizationByID[id]; ok {
		return &l.Organizations[i]
	}
	return nil
}

// ConceptMatch is a name of a concept found in a text, as byte offsets.
type ConceptMatch struct {
	Start, End int
	Concept    *Concept
	Ambiguous  bool // the name counts only near a cue
}

// MatchConcepts finds the names of concepts in a text, longest first from the
// left and without overlap. Case, width, spaces and hyphens are folded, and a
// plural "s" is read over. A name that several concepts share gives a match for each.
func (l *Lexicon) MatchConcepts(text string, found func(ConceptMatch)) {
	l.concepts.scan(text, func(start, end int, entries []entry) {
		for _, e := range entries {
			found(ConceptMatch{start, end, &l.Concepts[e.index], e.ambiguous})
		}
	})
}

// FindConcepts returns the concepts that a name, as a whole, is a name of.
func (l *Lexicon) FindConcepts(name string) []*Concept {
	var found []*Concept
	for _, e := range l.concepts.whole(name) {
		found = append(found, &l.Concepts[e.index])
	}
	return found
}

// ConceptNamed returns the one concept that has the name and for which it is not
// ambiguous; nil when there is none or more than one.
func (l *Lexicon) ConceptNamed(name string) *Concept {
	var only *Concept
	for _, e := range l.concepts.whole(name) {
		if e.ambiguous {
			continue
		}
		if only != nil {
			return nil
		}
		only = &l.Concepts[e.index]
	}
	return only
}

// OrganizationMatch is a name of an organisation found in a text, as byte offsets.
type OrganizationMatch struct {
	Start, End   int
	Organization *Organization
	Ambiguous    bool // the name counts only in an affiliation position
}

// MatchOrganizations finds the names of organisations as MatchConcepts does.
func (l *Lexicon) MatchOrganizations(text string, found func(OrganizationMatch)) {
	l.organizations.scan(text, func(start, end int, entries []entry) {
		for _, e := range entries {
			found(OrganizationMatch{start, end, &l.Organizations[e.index], e.ambiguous})
		}
	})
}

// OrganizationAt returns the organisation whose longest name starts at a byte of
// the text, and the byte after the name; nil when there is none.
func (l *Lexicon) OrganizationAt(text string, at int) (*Organization, int, bool) {
	end, entries := l.organizations.longest(text, at)
	if len(entries) == 0 {
		return nil, at, false
	}
	return &l.Organizations[entries[0].index], end, entries[0].ambiguous
}

// OrganizationNamed returns the organisation that has the name, ambiguous names
// included; nil when there is none or more than one.
func (l *Lexicon) OrganizationNamed(name string) *Organization {
	entries := l.organizations.whole(name)
	if len(entries) != 1 {
		return nil
	}
	return &l.Organizations[entries[0].index]
}
