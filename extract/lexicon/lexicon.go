// Package lexicon holds what talkgraph knows before it reads any notes: concepts
// with their Chinese and English names, organisations, surnames, job titles and the
// cue words that stand beside names. It is data in plain text files that a user
// can read and extend, and one matcher over them.
//
// The package must not know documents, talks or graphs; it answers what a piece
// of text is called, nothing else.
package lexicon

import (
	"bytes"
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

//go:embed organizations/*.txt people/*.txt
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

	offset int // of the line, in bytes of the file
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
	Organizations []Organization
	People        People
	Hash          string   // of all files, for fingerprints
	Problems      []string // faults of the built-in files, "file:line: …"; none in a released program

	rows             *conceptRows
	organizationByID map[string]int
	concepts         *trie
	organizations    *trie
	conceptWords     func() map[string]bool // words of the English names; made when first asked for
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

// file is one lexicon file; one of the archive is unpacked when its text is asked for.
type file struct {
	name string
	text func() string
	user bool
}

// load reads all files. The concepts of the built-in ones are read one by one when
// they are asked for: their table says where they stand. With a user's files, or
// without a table, all are read at once.
func load(paths []string) (*Lexicon, error) {
	files, sums, err := readFiles(paths)
	if err != nil {
		return nil, err
	}
	l := &Lexicon{organizationByID: make(map[string]int, 2000), Hash: hex.EncodeToString(sums.all[:8])}
	l.conceptWords = sync.OnceValue(l.findConceptWords)
	ready := make(chan *table, 1)
	go func() { ready <- decodeTable(unpackTable(builtinTable), sums.concepts) }()
	for _, f := range files {
		if err := l.add(f); err != nil {
			return nil, err
		}
	}
	l.linkParents()
	l.organizations = l.organizationNames().trie()
	l.People.build()
	concepts := slices.DeleteFunc(files, func(f file) bool { return !f.holdsConcepts() })
	t := <-ready
	if t == nil {
		if t, err = l.makeTable(concepts); err != nil {
			return nil, err
		}
	}
	t.rows.files = concepts
	l.rows, l.concepts = t.rows, t.names
	return l, nil
}

// sums are the hashes of all files and of those of concepts.
type sums struct{ all, concepts []byte }

// readFiles returns the built-in files and the user's, and their hashes.
func readFiles(paths []string) ([]file, sums, error) {
	names, err := fs.Glob(builtin, "*/*.txt")
	if err != nil {
		return nil, sums{}, err
	}
	slices.Sort(names)
	var files []file
	concepts, others := sha256.New(), sha256.New()
	add := func(f file, data []byte) {
		sum := others
		if f.holdsConcepts() {
			sum = concepts
		}
		fmt.Fprintf(sum, "%s %d\n", f.name, len(data))
		sum.Write(data)
		text := string(data)
		f.text = func() string { return text }
		files = append(files, f)
	}
	if files, err = archivedFiles(conceptArchive); err != nil {
		return nil, sums{}, err
	}
	concepts.Write(conceptArchive)
	for _, name := range names {
		data, err := fs.ReadFile(builtin, name)
		if err != nil {
			return nil, sums{}, err
		}
		add(file{name: name}, data)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, sums{}, fmt.Errorf("lexicon file: %w", err)
		}
		add(file{name: path, user: true}, bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	}
	all := sha256.Sum256(others.Sum(concepts.Sum(nil)))
	return files, sums{all: all[:], concepts: concepts.Sum(nil)}, nil
}

// holdsConcepts reports whether a file is one of concepts.
func (f *file) holdsConcepts() bool { return f.user || strings.HasPrefix(f.name, "concepts/") }

func (l *Lexicon) add(f file) error {
	switch {
	case f.holdsConcepts():
		return nil
	case strings.HasPrefix(f.name, "organizations/"):
		return l.addOrganizations(f)
	default:
		return l.People.add(f)
	}
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

// organizationNames lists all names of all organisations.
func (l *Lexicon) organizationNames() nameList {
	names := make(nameList, 0, len(l.Organizations)*4)
	for i := range l.Organizations {
		for _, name := range l.Organizations[i].Names {
			names.add(name.Text, entry{index: int32(i), ambiguous: name.Ambiguous})
		}
	}
	return names
}

// Concept returns the concept of an entity ID, nil when there is none.
func (l *Lexicon) Concept(id string) *Concept {
	if number := l.rows.number(id); number >= 0 {
		return l.rows.at(number)
	}
	return nil
}

// ConceptCount returns how many concepts there are.
func (l *Lexicon) ConceptCount() int { return len(l.rows.places) }

// ConceptAt returns a concept by its number, 0 ≤ i < ConceptCount.
func (l *Lexicon) ConceptAt(i int) *Concept { return l.rows.at(int32(i)) }

// IsNarrower reports whether a concept stands below another one in the lexicon, at
// any distance.
func (l *Lexicon) IsNarrower(id, wider string) bool {
	number, above := l.rows.number(id), l.rows.number(wider)
	return number >= 0 && above >= 0 && l.rows.isNarrower(number, above, broaderDepth)
}

// Narrower returns the entity IDs of the concepts below one, at any distance, sorted.
func (l *Lexicon) Narrower(id string) []string {
	wider := l.rows.number(id)
	if wider < 0 {
		return nil
	}
	var ids []string
	for i := range int32(l.ConceptCount()) {
		if i != wider && l.rows.isNarrower(i, wider, broaderDepth) {
			ids = append(ids, l.rows.at(i).ID)
		}
	}
	slices.Sort(ids)
	return ids
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
			found(ConceptMatch{start, end, l.rows.at(e.index), e.ambiguous})
		}
	})
}

// FindConcepts returns the concepts that a name, as a whole, is a name of.
func (l *Lexicon) FindConcepts(name string) []*Concept {
	var found []*Concept
	for _, e := range l.concepts.whole(name) {
		found = append(found, l.rows.at(e.index))
	}
	return found
}

// IsConceptWord reports whether a word, or its singular, stands in the English name of
// a concept: "agent", "Communications".
func (l *Lexicon) IsConceptWord(word string) bool {
	words := l.conceptWords()
	word = strings.ToLower(word)
	return words[word] || words[strings.TrimSuffix(word, "s")]
}

// findConceptWords collects the words of the English names, but for those with a
// capital: Smith and Ada are names first.
func (l *Lexicon) findConceptWords() map[string]bool {
	words := make(map[string]bool, 8192)
	for _, f := range l.rows.files {
		for line := range strings.Lines(f.text()) {
			english, _, _ := strings.Cut(line, "|")
			if strings.HasPrefix(line, "#") {
				continue
			}
			for word := range strings.FieldsFuncSeq(english, func(c rune) bool { return c == ' ' || c == '-' }) {
				if len(word) >= 3 && strings.ToLower(word) == word {
					words[word] = true
				}
			}
		}
	}
	return words
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
		only = l.rows.at(e.index)
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
