package concept

import "strings"

// readEnglish finds names in a line without Chinese: noun phrases, capitals,
// quotes and code.
func (x *extractor) readEnglish() {
	for u := range x.line.units {
		x.readPhrases(u)
	}
	x.readPairs()
	x.readEnglishLists()
}

// readPhrases cuts a unit at the words that stand between noun phrases.
func (x *extractor) readPhrases(u int) {
	s := &x.line
	un := s.units[u]
	open := true // a noun phrase may begin with a participle here
	for i := un.from; i < un.to; {
		class := x.classOf(i)
		if class&stopWord != 0 {
			open = class&(articleWord|joinWord) != 0
			i++
			continue
		}
		end := i
		for end < un.to && x.continues(i, end, open) {
			end++
		}
		if end == i {
			i++
			continue
		}
		x.readPhrase(u, i, end)
		i, open = end, false
		if end < un.to && x.isPredicate(end) {
			i, open = end+1, true
		}
	}
}

// classOf returns the class of a token; numbers and the pieces of an unbroken
// quantity are no part of names.
func (x *extractor) classOf(i int) wordClass {
	s := &x.line
	t := &s.tokens[i]
	if t.known {
		return 0
	}
	if t.kind != word {
		return stopWord
	}
	text := s.text[t.start:t.end]
	if isQuantity(text) {
		return stopWord
	}
	class := x.english.of(text)
	if class&stopWord != 0 && class&articleWord == 0 && len(text) > 1 && isAllCapital(text) && !isShouting(s) {
		return 0 // an abbreviation, such as IT
	}
	if class == 0 && strings.HasSuffix(text, "ly") && len(text) > 4 {
		return stopWord
	}
	return class
}

// continues reports whether token i belongs to the phrase that begins at token from.
func (x *extractor) continues(from, i int, open bool) bool {
	s := &x.line
	text := s.text[s.tokens[i].start:s.tokens[i].end]
	if class := x.classOf(i); class&stopWord != 0 {
		// "temporal shifting": the form in -ing of a verb, after a noun or adjective
		return i > from && class&headNoun != 0 && strings.HasSuffix(text, "ing")
	}
	if s.tokens[i].known {
		return true
	}
	if x.isGerund(text) && !(i == from && open) || i > from && x.isPredicate(i) {
		return false // "people building games", "type inference covers most of it"
	}
	if strings.HasSuffix(text, "ed") && len(text) > 4 && x.english.of(text)&(weakWord|headNoun) == 0 && !strings.Contains(text, "-") {
		return i == from && open && i+1 < len(s.tokens) // "sealed secrets", but not "servers crashed"
	}
	return true
}

// isPredicate reports whether a word that may be a verb in -s or a plural is a verb
// here, since a noun phrase follows.
func (x *extractor) isPredicate(i int) bool {
	s := &x.line
	t := &s.tokens[i]
	if i+1 >= len(s.tokens) || s.tokens[i+1].kind != word {
		return false
	}
	switch class := x.english.of(s.text[t.start:t.end]); {
	case class&thirdPerson != 0:
	case class&nounVerb != 0 && x.isPlural(i-1): // "constellations change topology"
	default:
		return false
	}
	return x.classOf(i+1)&stopWord == 0 || x.classOf(i+1)&articleWord != 0
}

// isPlural reports whether a word looks like a plural.
func (x *extractor) isPlural(i int) bool {
	s := &x.line
	text := s.text[s.tokens[i].start:s.tokens[i].end]
	if text == "people" {
		return true
	}
	return len(text) > 3 && text[len(text)-1] == 's' && text[len(text)-2] != 's' && !strings.HasSuffix(text, "ics") && !strings.HasSuffix(text, "sis")
}

// isGerund recognises the form in -ing of a verb that is no noun of the trade.
func (x *extractor) isGerund(text string) bool {
	return strings.HasSuffix(text, "ing") && x.english.of(text)&(verbWord|headNoun|weakWord) == verbWord
}

func isAllCapital(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return true
}

// isShouting reports whether a line is in capitals as a whole.
func isShouting(s *lineScan) bool {
	return s.text == strings.ToUpper(s.text)
}

// trimPhrase leaves out what is no part of a name at both ends of a phrase. It
// reports the rest, and where the phrase begins for its place in the line.
func (x *extractor) trimPhrase(un unit, from, to int) (first, start, end int) {
	s := &x.line
	first = from
	if (s.role != 0 || from == un.from) && to-from > 1 && !s.tokens[from].known && x.isGerund(s.text[s.tokens[from].start:s.tokens[from].end]) {
		from++ // "Rethinking feature stores" is about feature stores
	}
	if to-from > 1 && !s.tokens[from].known && x.afterModal(from) && x.classOf(from)&(nounVerb|verbWord) != 0 {
		from++ // "can cause penalties"
		first = from
	}
	for from < to && !s.tokens[from].known && x.classOf(from)&weakWord != 0 {
		from++
	}
	for to > from && !s.tokens[to-1].known && x.classOf(to-1)&weakWord != 0 {
		to--
	}
	if from < to && !s.tokens[from].known && x.isOwner(from) {
		from++
		first = from
	}
	return first, from, to
}

// readPhrase weighs the noun phrase of tokens [from, to).
func (x *extractor) readPhrase(u, from, to int) {
	s := &x.line
	un := s.units[u]
	first, from, to := x.trimPhrase(un, from, to)
	if to <= from {
		return
	}
	place := x.phrasePlace(u, first, from, to)
	if id, ok := x.knownAt(from, to); ok {
		x.mentions[id].from |= place
		return
	}
	if place == 0 && x.looksLikePerson(from, to) {
		return
	}
	x.properNames(un, from, to)
	words := to - from
	if words > 5 || words == 1 && from > first && s.role != 0 {
		return // "Small Trees" as a title is not about trees
	}
	last := x.classOf(to - 1)
	if last&genericNoun != 0 && last&headNoun == 0 && !s.tokens[to-1].known {
		if words == 1 {
			return
		}
		if place&(fromHead|fromHeading|fromMark) == 0 {
			return
		}
	}
	evidence := place | x.phraseEvidence(from, to)
	if words == 1 && x.classOf(from) != 0 && evidence&(fromHead|fromHeading|fromMark|fromShort|fromContrast) == 0 {
		return
	}
	if evidence == 0 {
		return
	}
	x.name(from, to, evidence)
}

// phraseEvidence weighs the words of a phrase.
func (x *extractor) phraseEvidence(from, to int) source {
	s := &x.line
	var evidence source
	if x.besideVersus(from, to) {
		evidence |= fromContrast
	}
	if x.beginsWithCompound(from, to) {
		evidence |= fromHyphen
	}
	if to-from < 2 {
		return evidence
	}
	evidence |= fromPhrase
	last := &s.tokens[to-1]
	if x.classOf(to-1)&headNoun != 0 || isNominal(s.text[last.start:last.end]) {
		evidence |= fromSuffix
	} else if x.knownWithin(from, to-1) {
		evidence |= fromShort
	}
	return evidence
}

// besideVersus reports whether "vs" stands before or after a phrase.
func (x *extractor) besideVersus(from, to int) bool {
	s := &x.line
	versus := func(i int) bool {
		if i < 0 || i >= len(s.tokens) || s.tokens[i].kind != word {
			return false
		}
		switch s.text[s.tokens[i].start:s.tokens[i].end] {
		case "vs", "VS", "Vs", "versus":
			return true
		}
		return false
	}
	return versus(from-1) || versus(to) || from > 1 && s.tokens[from-1].r == '.' && versus(from-2)
}

// beginsWithCompound recognises "late-arriving events": a compound that is no
// ordinary word says of what kind the noun is. A compound by itself counts as well.
func (x *extractor) beginsWithCompound(from, to int) bool {
	s := &x.line
	text := s.text[s.tokens[from].start:s.tokens[from].end]
	before, after, ok := strings.Cut(text, "-")
	if !ok || s.tokens[from].known || len(before) < 3 || len(after) < 3 || !isASCII(text) || text != strings.ToLower(text) {
		return false
	}
	return before != "well" && before != "one" && before != "two" && before != "three" && before != "non" && before != "hand"
}

// looksLikePerson reports whether a phrase inside a sentence is two or three unknown
// words with capitals: more often a person than an idea.
func (x *extractor) looksLikePerson(from, to int) bool {
	s := &x.line
	if to-from < 2 || to-from > 3 || s.role == fromTitle {
		return false
	}
	for i := from; i < to; i++ {
		text := s.text[s.tokens[i].start:s.tokens[i].end]
		if s.tokens[i].known || !isCapital(text) || strings.ContainsAny(text, "-0123456789") && isMixedCase(text) || x.english.of(text) != 0 {
			return false
		}
	}
	return true
}

// afterModal reports whether the word before a token makes a verb of it.
func (x *extractor) afterModal(i int) bool {
	s := &x.line
	if i == 0 || s.tokens[i-1].kind != word || !s.tokens[i].gap {
		return false
	}
	switch strings.ToLower(s.text[s.tokens[i-1].start:s.tokens[i-1].end]) {
	case "can", "could", "may", "might", "must", "shall", "should", "will", "would", "to", "can't", "cannot", "won't", "don't", "doesn't", "didn't", "i'll", "we'll", "you'll", "they'll", "let's":
		return true
	}
	return false
}

// isOwner recognises "Sofia's": the given name of somebody who has something.
func (x *extractor) isOwner(i int) bool {
	t := &x.line.tokens[i]
	text := x.line.text[t.start:t.end]
	return isPossessive(text) && isCapital(text) && x.isPerson(text)
}

// knownWithin reports whether a name of the lexicon stands in tokens [from, to).
func (x *extractor) knownWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if x.line.tokens[i].known {
			return true
		}
	}
	return false
}

// isNominal recognises nouns of action and quality by their ending.
func isNominal(text string) bool {
	for _, ending := range []string{"tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ics", "graphy", "ing", "tions", "ance"} {
		if len(text) > len(ending)+2 && strings.HasSuffix(text, ending) {
			return true
		}
	}
	return false
}

// phrasePlace weighs where in its unit and line a phrase stands.
func (x *extractor) phrasePlace(u, first, from, to int) source {
	s := &x.line
	un := s.units[u]
	if first != un.from || to != un.to {
		if x.isSubjectPhrase(u, first) {
			return fromSubject
		}
		if to == un.to && un.right == '(' && u+1 < len(s.units) && x.abbreviates(from, to, s.units[u+1]) {
			return fromBracket
		}
		return 0
	}
	var p source
	switch un.right {
	case ':', '=', '—', '(':
		if un.left == 0 {
			p |= fromHead
		}
	case 0:
		if un.left == ':' {
			p |= fromMiddle
		}
	}
	if un.left == '"' && un.right == '"' || un.left == '`' || un.left == '*' && un.right == '*' {
		p |= fromMark
	}
	if un.left == 0 && (un.right == 0 || un.right == '.' && u+1 == len(s.units)) {
		p |= fromShort
		if s.line.Emphasis && s.role == 0 {
			p |= fromHeading
		}
	}
	return p
}

// isSubjectPhrase reports whether a phrase begins its line, an article aside.
func (x *extractor) isSubjectPhrase(u, first int) bool {
	s := &x.line
	if u != 0 || s.role == fromTitle || s.seam > 0 || x.wraps(s.index-1) {
		return false
	}
	for i := 0; i < first; i++ {
		if x.classOf(i)&articleWord == 0 {
			return false
		}
	}
	return true
}

// properNames finds words with capitals or digits within a phrase.
func (x *extractor) properNames(un unit, from, to int) {
	s := &x.line
	if s.role == fromTitle && isTitleCase(s) {
		return
	}
	for i := from; i < to; i++ {
		if s.tokens[i].known || !x.isProper(un, i) {
			continue
		}
		end := i + 1
		for end < to && !s.tokens[end].known && x.isProper(un, end) {
			end++
		}
		x.name(i, end, x.properEvidence(i, end))
		i = end
	}
}

// isProper reports whether a word is written as a name is: a capital that does
// not begin the sentence, capitals inside, or letters with digits.
func (x *extractor) isProper(un unit, i int) bool {
	s := &x.line
	t := s.tokens[i]
	if t.kind != word {
		return false
	}
	text := s.text[t.start:t.end]
	if isMixedCase(text) {
		return true
	}
	if x.english.of(text) != 0 {
		return false
	}
	return isCapital(text) && !(i == un.from && startsSentence(un) && !(i == 0 && x.wraps(s.index-1)))
}

func startsSentence(un unit) bool {
	switch un.left {
	case 0, '.', ':', '!', '?', '"', '—', ';':
		return true
	}
	return false
}

// isMixedCase recognises "eBPF", "GOGC", "HTTP2", "k8s" and the like.
func isMixedCase(text string) bool {
	capitals, digits, lower := 0, 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			lower++
		}
	}
	inner := capitals
	if len(text) > 0 && text[0] >= 'A' && text[0] <= 'Z' {
		inner--
	}
	return capitals >= 2 && lower == 0 || inner >= 1 && lower > 0 && !strings.Contains(text, "-") || digits > 0 && capitals > 0
}

func (x *extractor) properEvidence(from, to int) source {
	s := &x.line
	for i := from; i < to; i++ {
		if isMixedCase(s.text[s.tokens[i].start:s.tokens[i].end]) {
			return fromLatin
		}
	}
	if to-from == 1 {
		return fromCapital
	}
	return fromProper
}

// isTitleCase reports whether most words of a line begin with a capital.
func isTitleCase(s *lineScan) bool {
	words, capitals := 0, 0
	for _, t := range s.tokens {
		if t.kind == word && t.end-t.start > 3 {
			words++
			if c := s.text[t.start]; c >= 'A' && c <= 'Z' {
				capitals++
			}
		}
	}
	return words > 1 && capitals*3 >= words*2
}

// readEnglishLists marks the items of "A, B, and C" and of lines of short items.
func (x *extractor) readEnglishLists() {
	s := &x.line
	for u := 0; u < len(s.units); u++ {
		end := u
		for end+1 < len(s.units) && s.units[end].right == ',' && s.units[end+1].left == ',' && s.units[end+1].to-s.units[end+1].from <= 6 {
			end++
		}
		if end > u+1 || end == u+1 && s.units[end].to-s.units[end].from <= 4 && s.units[u].to-s.units[u].from <= 4 {
			x.readList(u, end+1)
			u = end
		}
	}
}
