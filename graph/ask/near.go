package ask

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// listed is a name of an entity.
type listed struct {
	id    string
	kind  fact.Type
	words []string // of the name, in lower case; Chinese is one word
	key   string   // the words without spaces
	alias bool     // whether it is not the name that the ID holds
}

// namedLimit is the most entities of a type whose names are all read. Those of larger
// graphs are known by their IDs alone, which hold one name: reading IDs is quick where
// reading names takes longer than an answer does.
const namedLimit = 2000

// directory lists the entities of a graph, each type when it is first needed.
type directory struct {
	ctx      context.Context
	snapshot graph.Snapshot
	entries  map[fact.Type][]listed
}

// of returns the entities of a type in order of ID.
func (d *directory) of(t fact.Type) ([]listed, error) {
	if entries, read := d.entries[t]; read {
		return entries, nil
	}
	ids, err := d.snapshot.OfType(d.ctx, t)
	if err != nil {
		return nil, fmt.Errorf("list the names of the graph: %w", err)
	}
	entries := make([]listed, 0, len(ids))
	add := func(id, slug string, alias bool) {
		words := strings.Split(slug, "-")
		entries = append(entries, listed{id: id, kind: t, words: words, key: strings.Join(words, ""), alias: alias})
	}
	for _, id := range ids {
		_, slug, _ := strings.Cut(id, "/")
		add(id, slug, false)
	}
	if len(ids) <= namedLimit {
		nodes, err := d.snapshot.Nodes(d.ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("list the names of the graph: %w", err)
		}
		for _, n := range nodes {
			for _, name := range append([]string{n.Label}, n.Aliases...) {
				if slug := fact.Slug(name); fact.Key(slug) != nameInID(n.ID) {
					add(n.ID, slug, true)
				}
			}
		}
	}
	if d.entries == nil {
		d.entries = map[fact.Type][]listed{}
	}
	d.entries[t] = entries
	return entries, nil
}

// matching returns the IDs of the entities of some types that a test holds for.
func (d *directory) matching(test func(listed) bool, types ...fact.Type) ([]string, error) {
	var ids []string
	for _, t := range types {
		entries, err := d.of(t)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if test(e) && !slices.Contains(ids, e.id) {
				ids = append(ids, e.id)
			}
		}
	}
	return ids, nil
}

// shortened returns the people and institutions that a text is a shortened name
// of: a family or given name, the beginning of a Chinese name, 人大 for 人民大学.
func (d *directory) shortened(text string, titled bool) ([]string, error) {
	key, words := fact.Key(text), strings.Fields(wordsOf(text))
	size := utf8.RuneCountInString(key)
	return d.matching(func(e listed) bool {
		switch {
		case key == e.key:
			return false
		case e.kind == fact.Person && hasUnspaced(key):
			return (size >= 2 || titled) && strings.HasPrefix(e.key, key)
		case e.kind == fact.Person:
			return len(key) >= 3 && (hasRun(e.words, words, sameWord) || isShortGiven(words, e.words))
		case hasUnspaced(key):
			return size >= 2 && (strings.HasPrefix(e.key, key) || isAbbreviation(key, e.key) || isInitials(key, e.key))
		default:
			if e.alias && len(words) < len(e.words) { // Fudan, but not any word of a society's full name
				e.words = e.words[:len(words)]
			}
			return len(key) >= 4 && hasRun(e.words, words, sameWord)
		}
	}, fact.Person, fact.Organization)
}

// isShortGiven reports whether two names of people differ in that one shortens the first
// given name of the other: Sam for Samuel.
func isShortGiven(a, b []string) bool {
	if len(a) < 2 || len(a) != len(b) || !slices.Equal(a[1:], b[1:]) || min(len(a[0]), len(b[0])) < 3 {
		return false
	}
	return strings.HasPrefix(a[0], b[0]) || strings.HasPrefix(b[0], a[0])
}

// isAbbreviation reports whether a Chinese text shortens the name of an institution
// as people do: 2 to 4 of its characters in their order, the first near its
// beginning, the last beginning the word for its kind (大学, 学院, 研究院, 研究所).
func isAbbreviation(short, long string) bool {
	size := utf8.RuneCountInString(short)
	if size < 2 || size > 4 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(short)
	body := ""
	for _, ending := range []string{"大学", "学院", "研究院", "研究所", "科学院", "工程院", "公司", "实验室"} {
		if before, ok := strings.CutSuffix(long, ending); ok && strings.HasPrefix(ending, string(last)) {
			body = before
		}
	}
	body = strings.TrimPrefix(body, "中国")
	first, width := utf8.DecodeRuneInString(short)
	if body == "" || !strings.HasPrefix(body, string(first)) {
		return false
	}
	rest := []rune(body[width:])
	for _, r := range strings.TrimSuffix(short[width:], string(last)) {
		at := slices.Index(rest, r)
		if at < 0 {
			return false
		}
		rest = rest[at+1:]
	}
	return true
}

// isInitials reports whether two characters are the first ones of the two words of a
// Chinese institution's name before the word for its kind: 西交 for 西安交通大学.
func isInitials(short, long string) bool {
	body, ok := strings.CutSuffix(long, "大学")
	if !ok {
		return false
	}
	initials, name := []rune(short), []rune(body)
	return len(initials) == 2 && len(name) == 4 && name[0] == initials[0] && name[2] == initials[1]
}

// holding returns the entities of some types whose names hold a text as whole
// words, inflected or not. A title may hold it anywhere. A concept must begin with it,
// as sparse attention does for "sparse"; or end in it as others do too, as data and
// tensor parallelism: scaling law alone does not make it what "law" means.
func (d *directory) holding(text string, types ...fact.Type) ([]string, error) {
	key, words := fact.Key(text), strings.Fields(wordsOf(text))
	han := hasUnspaced(key)
	if utf8.RuneCountInString(key) < 2 || len(words) == 0 || !han && len(key) < 3 {
		return nil, nil
	}
	begins := func(e listed) bool {
		return han && strings.HasPrefix(e.key, key) || !han && len(e.words) >= len(words) && hasRun(e.words[:len(words)], words, sameStem)
	}
	ends := func(e listed) bool {
		return han && strings.HasSuffix(e.key, key) || !han && len(e.words) >= len(words) && hasRun(e.words[len(e.words)-len(words):], words, sameStem)
	}
	holds := func(e listed) bool {
		return han && strings.Contains(e.key, key) || !han && hasRun(e.words, words, sameStem)
	}
	var ids []string
	for _, t := range types {
		if t != fact.Concept {
			found, err := d.matching(holds, t)
			if err != nil {
				return nil, err
			}
			ids = append(ids, found...)
			continue
		}
		first, err := d.matching(begins, t)
		if err != nil {
			return nil, err
		}
		last, err := d.matching(func(e listed) bool { return ends(e) && !slices.Contains(first, e.id) }, t)
		if err != nil {
			return nil, err
		}
		ids = append(ids, first...)
		if len(last) > 1 {
			ids = append(ids, last...)
		}
	}
	return ids, nil
}

// misspelt returns the entities whose names are closest to a text, at the distance
// of a slip of the finger.
func (d *directory) misspelt(text string) ([]string, error) {
	key := fact.Key(text)
	closest := slipLimit + 1
	var ids []string
	for _, t := range []fact.Type{fact.Person, fact.Organization, fact.Concept, fact.Session, fact.Event} {
		entries, err := d.of(t)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			distance := slip(key, e.key)
			if distance == 0 || distance > closest {
				continue
			}
			if distance < closest {
				closest, ids = distance, nil
			}
			if !slices.Contains(ids, e.id) {
				ids = append(ids, e.id)
			}
		}
	}
	return ids, nil
}

// suggestionLimit is the most entities that are suggested.
const suggestionLimit = 8

// resembling returns the entities whose names are nearest to a text, for suggestions.
func (d *directory) resembling(text string) ([]string, error) {
	key := fact.Key(text)
	type near struct {
		id       string
		distance int
	}
	var found []near
	for _, t := range []fact.Type{fact.Person, fact.Organization, fact.Concept, fact.Session} {
		entries, err := d.of(t)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if distance := farness(key, e.key); distance < farLimit {
				found = append(found, near{e.id, distance})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var ids []string
	for _, n := range found {
		if len(ids) < suggestionLimit && !slices.Contains(ids, n.id) {
			ids = append(ids, n.id)
		}
	}
	return ids, nil
}

// farLimit is the farness of names that have nothing in common.
const farLimit = 1000

// farness orders names by how little they resemble a text.
func farness(key, other string) int {
	size, length := utf8.RuneCountInString(key), utf8.RuneCountInString(other)
	if size >= 2 && strings.Contains(other, key) {
		return length - size
	}
	if length >= 2 && strings.Contains(key, other) {
		return 100 + size - length
	}
	if size < 2 || abs(size-length) > 2 || size > longestCompared {
		return farLimit
	}
	if d := distance([]rune(key), []rune(other)); d <= 1 || d <= size/3 {
		return 200 + d
	}
	return farLimit
}

// wordsOf is a text in lower case whose words are parted as those of IDs are.
func wordsOf(text string) string { return strings.ReplaceAll(fact.Slug(text), "-", " ") }

// hasRun reports whether words stand in a row in a name.
func hasRun(name, words []string, same func(a, b string) bool) bool {
	for from := 0; from+len(words) <= len(name) && len(words) > 0; from++ {
		if slices.EqualFunc(name[from:from+len(words)], words, same) {
			return true
		}
	}
	return false
}

func sameWord(a, b string) bool { return a == b }

// sameStem reports whether two words differ in their endings alone: sparse and
// sparsity, efficient and efficiency.
func sameStem(a, b string) bool { return a == b || len(a) >= 4 && len(b) >= 4 && stem(a) == stem(b) }

// stem takes the endings off an English word that make it another kind of word.
func stem(word string) string {
	for _, ending := range []string{"encies", "ations", "ities", "ation", "ating", "ately", "ently", "ency", "ence", "ents", "ated", "ates",
		"ions", "ally", "ent", "ate", "ity", "ely", "ing", "ion", "ers", "ed", "er", "es", "ly", "al", "ic", "s", "e", "y"} {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return word
}
