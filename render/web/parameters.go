package web

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// parameters reads a query. The first mistake is kept in err.
type parameters struct {
	values url.Values
	err    error
}

func (p *parameters) refuse(title, mend string) {
	if p.err == nil {
		p.err = badRequest(title, mend)
	}
}

// number reads a whole number between bounds; other when it is not given.
func (p *parameters) number(name string, other, least, most int) int {
	text := p.values.Get(name)
	if text == "" {
		return other
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < least || value > most {
		p.refuse(fmt.Sprintf("%s must be a number from %d to %d", name, least, most), "")
		return other
	}
	return value
}

// text reads a text that must be there and be no longer than most characters.
func (p *parameters) text(name string, most int) string {
	text := p.values.Get(name)
	switch {
	case strings.TrimSpace(text) == "":
		p.refuse(name+" is missing", "add ?"+name+"=…")
	case !utf8.ValidString(text) || utf8.RuneCountInString(text) > most:
		p.refuse(fmt.Sprintf("%s is longer than %d characters", name, most), "")
	}
	return text
}

// list reads a list, given by several parameters or with commas.
func (p *parameters) list(name string) []string {
	var items []string
	for _, value := range p.values[name] {
		for item := range strings.SplitSeq(value, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
	}
	return items
}

// nodes reads entity IDs, each a parameter of its own, that must be in the view. A
// name that one entity alone bears is as good.
func (p *parameters) nodes(v *view, name string) []int32 {
	var found []int32
	if len(p.values[name]) > fociMost {
		p.refuse(fmt.Sprintf("at most %d times %s", fociMost, name), "")
		return nil
	}
	for _, id := range p.values[name] {
		at, ok := v.index[id]
		if bearers := v.byKey[fact.Key(id)]; !ok && len(bearers) == 1 {
			at, ok = v.index[bearers[0]]
		}
		if !ok {
			if p.err == nil {
				p.err = problem{Status: 404, Title: "there is no such entity: " + shortened(id), Mend: "find it with /api/search?q="}
			}
			return nil
		}
		found = append(found, at)
	}
	return found
}

func shortened(text string) string {
	const most = 80
	text = strings.ToValidUTF8(text, "�")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// dayPattern is an ISO date.
var dayPattern = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (p *parameters) day(name string) string {
	text := p.values.Get(name)
	if text != "" && !dayPattern.MatchString(text) {
		p.refuse(name+" must be a day as 2024-10-12", "")
	}
	return text
}

// types reads names of types.
func (p *parameters) types(name string) map[fact.Type]bool {
	chosen := map[fact.Type]bool{}
	for _, item := range p.list(name) {
		if !slices.Contains(fact.Types(), fact.Type(item)) {
			p.refuse("there is no type "+shortened(item), fmt.Sprintf("use %v", fact.Types()))
		}
		chosen[fact.Type(item)] = true
	}
	return chosen
}

// filter reads all that a filter has.
func (p *parameters) filter() filter {
	f := filter{types: p.types("types"), relations: map[fact.Predicate]bool{}, sessions: p.values["session"],
		from: p.day("from"), to: p.day("to"), notesOnly: p.values.Get("lexicon") == "no"}
	for _, item := range p.list("relations") {
		if !slices.Contains(fact.Predicates(), fact.Predicate(item)) {
			p.refuse("there is no relation "+shortened(item), fmt.Sprintf("use %v", fact.Predicates()))
		}
		f.relations[fact.Predicate(item)] = true
	}
	if len(f.sessions) > fociMost {
		p.refuse(fmt.Sprintf("at most %d times session", fociMost), "")
	}
	return f
}
