package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// rows calls row for every line of a file that is not empty and no comment, with
// its columns, which are divided by "|" and trimmed; "-" stands for an empty one.
func rows(f file, least int, row func(columns []string, place Place) error) error {
	text := f.text()
	data := text
	columns := make([]string, 0, 8)
	for number := 1; data != ""; number++ {
		line, rest, _ := strings.Cut(data, "\n")
		offset := len(text) - len(data)
		data = rest
		if line == "" || line[0] == '#' || strings.TrimSpace(line) == "" {
			continue
		}
		columns = columnsOf(line, columns[:0])
		place := Place{File: f.name, Line: number, Text: line, offset: offset}
		if len(columns) < least {
			return fmt.Errorf("%s:%d: %d columns where %d are wanted: divide them by “|”", f.name, number, len(columns), least)
		}
		if err := row(columns, place); err != nil {
			return err
		}
	}
	return nil
}

// columnsOf appends the columns of a row.
func columnsOf(line string, columns []string) []string {
	for more := true; more; {
		var column string
		column, line, more = strings.Cut(line, "|")
		if column = strings.TrimSpace(column); column == "-" {
			column = ""
		}
		columns = append(columns, column)
	}
	return columns
}

// list splits a column at ";".
func list(column string) []string {
	if column == "" {
		return nil
	}
	items := make([]string, 0, strings.Count(column, ";")+1)
	for item := range strings.SplitSeq(column, ";") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

var kinds = []string{KindField, KindMethod, KindModel, KindTask, KindDataset, KindBenchmark, KindSystem, KindMetric, KindTheory}

// Kinds lists the kinds of concepts.
func Kinds() []string { return slices.Clone(kinds) }

// parseConcept reads a row of a concept file; its broader concepts are still names.
func parseConcept(columns []string, place Place) (Concept, error) {
	english, chinese, kind := columns[0], columns[1], columns[3]
	if english == "" {
		english, chinese = chinese, ""
	}
	if english == "" || !slices.Contains(kinds, kind) {
		return Concept{}, fmt.Errorf("%s:%d: a concept needs a name and a kind (%s)", place.File, place.Line, strings.Join(kinds, ", "))
	}
	place.Column = columnOf(place.Text, 4)
	return Concept{ID: conceptID(english), English: english, Chinese: chinese, Kind: kind,
		Broader: list(columns[4]), Names: names(english, chinese, columns[2]), Place: place}, nil
}

// conceptID is the entity ID of a concept, from its English name.
func conceptID(english string) string { return "concept/" + fact.Slug(english) }

// problem notes a fault of the built-in files: it must not keep a user from
// working, but the package's test fails on it.
func (l *Lexicon) problem(place Place, format string, arguments ...any) {
	l.Problems = append(l.Problems, fmt.Sprintf("%s:%d: ", place.File, place.Line)+fmt.Sprintf(format, arguments...))
}

// extend adds what a user's line says of a concept that is there: names, and a
// kind and broader concepts in place of the old ones.
func (c *Concept) extend(more Concept) {
	for _, name := range more.Names {
		if !slices.ContainsFunc(c.Names, func(n Name) bool { return n.Text == name.Text }) {
			c.Names = append(c.Names, name)
		}
	}
	c.Chinese = cmp.Or(more.Chinese, c.Chinese)
	c.Kind = more.Kind
	if len(more.Broader) > 0 {
		c.Broader, c.Place = more.Broader, more.Place
	}
}

func (l *Lexicon) addOrganizations(f file) error {
	return rows(f, 5, func(columns []string, place Place) error {
		english, chinese := columns[0], columns[1]
		label := cmp.Or(chinese, english)
		if label == "" {
			return fmt.Errorf("%s:%d: an organisation needs a name", f.name, place.Line)
		}
		place.Column = columnOf(place.Text, 4)
		o := Organization{ID: "organization/" + fact.Slug(label), English: english, Chinese: chinese, Kind: columns[3],
			Parent: columns[4], Names: names(english, chinese, columns[2]), Place: place}
		if at, ok := l.organizationByID[o.ID]; ok {
			l.problem(place, "%q is already in %s:%d", label, l.Organizations[at].Place.File, l.Organizations[at].Place.Line)
			return nil
		}
		l.organizationByID[o.ID] = len(l.Organizations)
		l.Organizations = append(l.Organizations, o)
		return nil
	})
}

// names collects the names of an entry; one that ends in "?" is ambiguous.
func names(english, chinese, others string) []Name {
	all := make([]Name, 0, 3+strings.Count(others, ";"))
	add := func(text string) {
		plain, ambiguous := strings.CutSuffix(strings.TrimSpace(text), "?")
		for i := range all {
			if all[i].Text == plain {
				return
			}
		}
		if plain != "" {
			all = append(all, Name{Text: plain, Ambiguous: ambiguous})
		}
	}
	add(english)
	add(chinese)
	for text := range strings.SplitSeq(others, ";") {
		add(text)
	}
	return all
}

// columnOf returns the column, in characters from 1, where a "|" column's text starts.
func columnOf(line string, column int) int {
	at := 0
	for ; column > 0; column-- {
		next := strings.IndexByte(line[at:], '|')
		if next < 0 {
			return 1
		}
		at += next + 1
	}
	for at < len(line) && line[at] == ' ' {
		at++
	}
	return utf8.RuneCountInString(line[:at]) + 1
}
