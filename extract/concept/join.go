package concept

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// join makes one candidate of the names of one idea: pairs of the notes first, then
// the full forms that a short form stands for, then typing errors.
func (x *extractor) join() {
	x.joinKnown()
	x.joinPairs()
	x.joinTypos()
}

// joinKnown gives the names that the lexicon has in another spelling, or as a
// plural, to its concept.
func (x *extractor) joinKnown() {
	for i := range x.names.all {
		c := &x.names.all[i]
		if c.lexical != nil || len(c.mentions) == 0 || c.into != int32(i) {
			continue
		}
		known := x.lexicon.ConceptNamed(c.forms[0].text)
		if known == nil || x.apart.alone[nameKey(c.forms[0].text)] {
			continue
		}
		if at, ok := x.names.byKey[known.ID]; ok {
			if x.apart.forbids(&x.names.all[at], c) {
				continue
			}
			x.merge(at, int32(i), "")
		} else {
			c.lexical = known
			x.names.byKey[known.ID] = int32(i)
		}
	}
}

// joinPairs joins the names that the notes pair, if the lexicon does not know
// them as two ideas.
func (x *extractor) joinPairs() {
	for _, p := range x.pairs {
		long, short := x.names.root(p.long), x.names.root(p.short)
		if long == short || x.defined(p, long, short) {
			continue
		}
		a, b := &x.names.all[long], &x.names.all[short]
		kept, merged := long, short
		if b.lexical != nil && a.lexical == nil {
			kept, merged = short, long
		}
		switch {
		case a.never || b.never, x.apart.forbids(a, b):
		case a.lexical != nil && b.lexical != nil, !p.sure && x.contradicts(a, b), !p.sure && x.inOneList(long, short):
			x.maybe(kept, merged, p.reason, p.line)
		default:
			x.merge(kept, merged, fmt.Sprintf("%s: %s (%s)", p.reason, a.label(), b.label()))
		}
	}
}

// defined gives a short form that is ambiguous in the lexicon to the name that the
// notes define it with, wherever it stands alone: "Switchable Sparse-Dense Learning
// (SSD)" is no drive. It reports whether the pair was such a one.
func (x *extractor) defined(p pair, long, short int32) bool {
	if p.defines < 0 || x.mentions[p.defines].from&(fromAmbiguous|fromShortForm) == 0 {
		return false
	}
	a, b := &x.names.all[long], &x.names.all[short]
	if a.never || x.apart.forbids(a, b) {
		return false
	}
	text := x.textOf(p.defines)
	for _, id := range slices.Clone(b.mentions) {
		if m := &x.mentions[id]; m.from&(fromAmbiguous|fromShortForm) != 0 && x.textOf(id) == text {
			x.move(id, long)
			m.from = m.from&^(fromAmbiguous|fromShortForm) | fromBracket
			delete(x.alternatives, id)
		}
	}
	x.found.Merges = append(x.found.Merges, Merge{Kept: a.label(), Merged: text, Reason: fmt.Sprintf("%s: %s (%s)", p.reason, a.label(), text), Line: p.line})
	return true
}

// contradicts reports whether the lexicon speaks against a pair: it has one of the
// names, with another name in the language of the other.
func (x *extractor) contradicts(a, b *candidate) bool {
	known, other := a, b
	if known.lexical == nil {
		known, other = b, a
	}
	if known.lexical == nil {
		return false
	}
	if hasHan(other.label()) {
		return known.lexical.Chinese != ""
	}
	return known.lexical.English != "" && !isAbbreviation(other.label(), known.lexical.English)
}

// merge makes the candidate merged a name of the candidate kept.
func (x *extractor) merge(kept, merged int32, reason string) {
	a, b := &x.names.all[kept], &x.names.all[merged]
	if reason != "" {
		x.found.Merges = append(x.found.Merges, Merge{Kept: a.label(), Merged: b.label(), Reason: reason, Line: b.forms[0].line})
	}
	b.into = kept
	a.mentions = append(a.mentions, b.mentions...)
	slices.Sort(a.mentions)
	a.forms = append(a.forms, b.forms...)
	b.mentions = nil
}

func (x *extractor) maybe(kept, merged int32, reason string, line int) {
	x.found.MaybeSame = append(x.found.MaybeSame, Merge{
		Kept: x.names.all[kept].label(), Merged: x.names.all[merged].label(), Reason: reason, Line: line})
}

// label returns the spelling that is met most, the first of them.
func (c *candidate) label() string {
	best := 0
	for i := range c.forms {
		if c.forms[i].count > c.forms[best].count {
			best = i
		}
	}
	if len(c.forms) == 0 {
		return c.key
	}
	return c.forms[best].text
}

// inOneList reports whether two candidates are items of one list: then they are two.
func (x *extractor) inOneList(a, b int32) bool {
	hasA, hasB := false, false
	for _, node := range x.lists {
		if node < 0 {
			hasA, hasB = false, false
			continue
		}
		root := x.names.root(node)
		hasA, hasB = hasA || root == a, hasB || root == b
		if hasA && hasB {
			return true
		}
	}
	return false
}

// typoLength is the shortest word in which a slip is told from another word.
const typoLength = 6

// joinTypos joins names in Latin letters that differ by one slip of the keyboard.
// Two known terms, different digits and two items of one list are never joined.
func (x *extractor) joinTypos() {
	type spelled struct {
		node int32
		key  string
	}
	var names []spelled
	for i := range x.names.all {
		c := &x.names.all[i]
		if c.into != int32(i) || len(c.mentions) == 0 || c.never {
			continue
		}
		for f := range c.forms {
			text := c.forms[f].text
			key := strings.ToLower(text)
			if len(key) >= typoLength-1 && len(key) <= 40 && isASCII(key) {
				names = append(names, spelled{int32(i), key})
			}
		}
	}
	slices.SortFunc(names, func(a, b spelled) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.node, b.node)) })
	for i := range names {
		for j := i + 1; j < len(names) && names[j].key[:2] == names[i].key[:2]; j++ {
			x.joinTypo(names[i].node, names[j].node, names[i].key, names[j].key)
		}
	}
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// joinTypo joins two names if one is likely to be a slip of the other.
func (x *extractor) joinTypo(i, j int32, a, b string) {
	left, right := x.names.root(i), x.names.root(j)
	if left == right || digits(a) != digits(b) || !closeSpelling(a, b) {
		return
	}
	one, two := &x.names.all[left], &x.names.all[right]
	kept, merged := left, right
	if two.lexical != nil && one.lexical == nil || (two.lexical != nil) == (one.lexical != nil) && len(two.mentions) > len(one.mentions) {
		kept, merged = right, left
	}
	reason := fmt.Sprintf("differ by a letter: %s, %s", x.names.all[kept].label(), x.names.all[merged].label())
	if one.lexical != nil && two.lexical != nil || x.apart.forbids(one, two) {
		return
	}
	line := x.names.all[merged].forms[0].line
	switch {
	case min(len(a), len(b)) < typoLength, len(one.mentions) >= 3 && len(two.mentions) >= 3, x.inOneList(left, right):
		x.maybe(kept, merged, reason, line)
	default:
		x.merge(kept, merged, reason)
	}
}

func digits(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// closeSpelling reports whether two words are one slip apart: a letter more, less,
// other, or two letters exchanged.
func closeSpelling(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:] && b[i] != ' ' && !(i == len(a) && b[i] == 's')
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
