package name

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// latin reads a Latin name in English or Chinese text: two to four capitalised
// words with an institution, a title or a verb of speech beside them.
func (p *proseReader) latin(at int) (Mention, int, bool) {
	for _, end := range p.latinEnds(at) {
		if m, stop, ok := p.latinNamed(at, end); ok {
			return m, stop, true
		}
	}
	return Mention{}, 0, false
}

// possessiveTalks name the talk of the person before them.
var possessiveTalks = []string{"'s talk", "’s talk", "'s keynote", "’s keynote", "'s lecture", "’s lecture", "'s presentation", "’s presentation", "'s tutorial", "’s tutorial", "的报告", "的演讲", "的分享"}

// latinCues is what stands around a Latin name.
type latinCues struct {
	left      []atom // institutions and titles in front of it
	announced bool   // "by", "started with" or an institution in front of it
	given     bool   // its first word is a frequent given name, or stands for one
	behind    behindName
	role      Role
	after     int
	talked    bool // ", whose talk was" or the like stands behind it
}

func (c *latinCues) evidence() bool { return len(c.left) > 0 || len(c.behind.atoms) > 0 }

// enough reports whether the cues make the run a name.
func (c *latinCues) enough() bool {
	if !c.given {
		return c.evidence() && (c.announced || c.role != Named)
	}
	return c.evidence() || c.announced || c.role != Named || c.talked
}

func (p *proseReader) latinNamed(at, end int) (Mention, int, bool) {
	run := p.text[at:end]
	plain := stripHonorific(p.grammar, run)
	if !p.grammar.looksLikeLatinName(capitalised(run)) || p.grammar.lexicon.OrganizationNamed(plain) != nil || len(p.grammar.lexicon.FindConcepts(plain)) > 0 {
		return Mention{}, 0, false
	}
	c := p.latinCues(at, end, plain)
	together := c.given && !c.evidence() && c.role == Named && (p.coordinated(end) || p.joinsSpeaker(at))
	if !together && !c.enough() {
		return Mention{}, 0, false
	}
	role := c.role
	if title := p.talkBehind(c.behind.end); title >= 0 && role == Named {
		role, c.after = Speaks, title
	}
	switch {
	case p.citedBefore(at):
		role = Cited
	case role == Named && c.announced && !together:
		role = Speaks
		if startsWithAny(p.text[c.behind.end:], []string{" on ", " about "}) {
			c.after = c.behind.end
		}
	}
	if p.chairedBefore(at) {
		role = Chairs
	}
	atoms := append(append([]atom{}, c.left...), atom{kind: nameAtom, span: Span{end - len(plain), end}, given: c.given})
	people := assemble(p.grammar, p.text, append(atoms, c.behind.atoms...))
	if len(people) != 1 {
		return Mention{}, 0, false
	}
	return Mention{Person: people[0], Role: role, After: c.after, Credited: p.byBefore(at)}, max(end, c.behind.end), true
}

func (p *proseReader) latinCues(at, end int, plain string) latinCues {
	var c latinCues
	if isChineseBoundary(p.text, len(strings.TrimRight(p.text[:at], " "))) {
		c.left, c.announced = p.before(at)
		c.announced = c.announced && len(c.left) > 0
	} else {
		c.announced = p.byBefore(at) || opensProgramme(p.text[:at])
	}
	c.behind, c.role, c.after = p.latinBehind(end)
	if c.role == Named && c.behind.end == end && startsWithAny(p.text[end:], possessiveTalks) {
		c.role = Speaks
	}
	c.talked = startsWithAny(p.text[c.behind.end:], talkWords)
	c.given = p.grammar.hasGivenName(plain) || p.byBefore(at) || isInitial(strings.Fields(plain)[0])
	return c
}

// joinsSpeaker reports whether a name stands right behind "by NAME and".
func (p *proseReader) joinsSpeaker(at int) bool {
	if len(p.found) == 0 {
		return false
	}
	last := &p.found[len(p.found)-1]
	return last.Role == Speaks && last.Credited && last.Extent.End < at && isConjunction(p.text[last.Extent.End:at])
}

// coordinated reports whether a conjunction and a name that speaks follow.
func (p *proseReader) coordinated(end int) bool {
	for _, word := range []string{" and ", " & ", ", and ", ", "} {
		if !strings.HasPrefix(p.text[end:], word) || p.depth > 4 {
			continue
		}
		p.depth++
		m, _, ok := p.latin(end + len(word))
		p.depth--
		return ok && (m.Role == Speaks || m.Role == Chairs || p.coordinated(m.Extent.End))
	}
	return false
}

// capitalised turns words in capitals into words with a capital.
func capitalised(run string) string {
	if strings.ToUpper(run) != run || len(run) < 5 {
		return run
	}
	words := strings.Fields(run)
	for i, word := range words {
		parts := strings.Split(word, "-")
		for k, part := range parts {
			if first, size := utf8.DecodeRuneInString(part); size > 0 && !isInitial(word) {
				parts[k] = string(first) + strings.ToLower(part[size:])
			}
		}
		words[i] = strings.Join(parts, "-")
	}
	return strings.Join(words, " ")
}

func isChineseBoundary(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.Is(unicode.Han, r)
}

// byBefore reports whether "by", "Speaker:" or the like stands before a name.
func (p *proseReader) byBefore(at int) bool {
	lower := strings.ToLower(p.text[max(0, at-24):at])
	for _, word := range []string{" by ", "by ", "speaker: ", "speaker was ", "speaker, ", "speakers were ", "presenter was ", "next came ", "then came ", "next up was ", "next up: ", "speaker: prof. ", "from "} {
		if strings.HasSuffix(lower, word) && word != "from " {
			return true
		}
	}
	return false
}

// chairedBefore reports whether "chaired by" or the like stands before a name.
func (p *proseReader) chairedBefore(at int) bool {
	head, ok := strings.CutSuffix(strings.ToLower(p.text[max(0, at-24):at]), " by ")
	if !ok {
		return false
	}
	for _, word := range []string{"chaired", "moderated", "hosted", "organised", "organized", "introduced", "opened"} {
		if strings.HasSuffix(head, word) {
			return true
		}
	}
	return false
}

// latinEnds lists where a name that starts at a byte can end, the longest first.
func (p *proseReader) latinEnds(at int) []int {
	var ends []int
	words := 0
	shouted := p.byBefore(at) && len(p.text) > at+1 && unicode.IsUpper(rune(p.text[at+1]))
	for end := at; end < len(p.text) && words < 5; {
		stop := end
		for stop < len(p.text) {
			r, size := utf8.DecodeRuneInString(p.text[stop:])
			if !unicode.IsLetter(r) && r != '.' && r != '-' && r != '\'' && r != '’' || unicode.Is(unicode.Han, r) {
				break
			}
			stop += size
		}
		word := p.text[end:stop]
		if word == "" {
			break
		}
		bare := strings.TrimRight(word, ".")
		if owner := strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"); owner != word {
			if words > 0 && latinNameWord(owner) {
				ends = append([]int{end + len(owner)}, ends...)
			}
			break
		}
		if !latinNameWord(word) && !(shouted && plainWord(word)) && !(words > 0 && particles[strings.ToLower(word)]) {
			break
		}
		words++
		sentence := strings.HasSuffix(word, ".") && len(bare) > 1 && !isProfessor(bare) && bare != "Jr" && bare != "St"
		if words >= 2 && (latinNameWord(word) || shouted) {
			if sentence {
				ends = append([]int{end + len(bare)}, ends...)
			} else {
				ends = append([]int{stop}, ends...)
			}
		}
		if sentence || stop >= len(p.text) || p.text[stop] != ' ' {
			break
		}
		end = stop + 1
	}
	return ends
}

// latinBehind reads "(ORG)", ", ORG,", "from ORG", "of ORG", "at ORG" and the verb.
func (p *proseReader) latinBehind(end int) (behindName, Role, int) {
	b := behindName{end: end}
	spaced := end + len(p.text[end:]) - len(strings.TrimLeft(p.text[end:], " "))
	if stop, kind := p.grammar.people.TitleAt(p.text, spaced); kind != 0 && spaced < stop && p.text[spaced] >= utf8.RuneSelf {
		b.atoms, b.end, b.strongly = []atom{{kind: titleAtom, span: Span{spaced, stop}}}, stop, true
		if inner, closed := bracketsAt(p.text, stop); closed > 0 {
			if found := p.inBrackets(inner); found != nil {
				b.atoms, b.end = append(b.atoms, found...), closed
			}
		}
	} else if inner, stop := bracketsAt(p.text, end); stop > 0 {
		if found := p.inBrackets(inner); found != nil {
			b.atoms, b.end, b.strongly = found, stop, true
		}
	} else if found, stop := p.apposition(end); found != nil {
		b.atoms, b.end, b.strongly = found, stop, true
	} else if found, stop := p.joinedInstitution(end); found != nil {
		b.atoms, b.end, b.strongly = found, stop, true
	} else if stop, kind := p.grammar.people.TitleAt(p.text, end); kind != 0 && isChineseBoundary(p.text, stop) {
		b.atoms, b.end = []atom{{kind: titleAtom, span: Span{end, stop}}}, stop
	}
	after, role := p.verbBehind(b.end)
	if end := p.pastVerb(b.end); role == Named && b.strongly && end > 0 {
		return b, Speaks, end
	}
	return b, role, after
}

// apposition reads ", a data scientist at ORG,", ", who is at ORG," and ", professor of
// law at ORG," behind a name.
func (p *proseReader) apposition(at int) ([]atom, int) {
	rest, ok := strings.CutPrefix(p.text[at:], ", ")
	if !ok {
		return nil, 0
	}
	clause := rest
	if stop := strings.IndexAny(rest, ",.;"); stop > 0 {
		clause = rest[:stop]
	}
	offset := at + len(", ")
	lower := strings.ToLower(clause)
	for _, opening := range []string{"a ", "an ", "the ", "who ", "our ", "now "} {
		if strings.HasPrefix(lower, opening) {
			return p.appositionIn(offset, clause, len(opening), opening == "who ")
		}
	}
	if p.grammar.holdsTitle(clause) && strings.Contains(clause, " at ") {
		return p.appositionIn(offset, clause, 0, false)
	}
	return nil, 0
}

func (p *proseReader) appositionIn(offset int, clause string, from int, who bool) ([]atom, int) {
	body := clause[from:]
	if !who {
		body = "is " + body // read as what is said of the person
		offset -= len("is ")
	}
	stated := p.grammar.Stated(body)
	if len(stated) == 0 {
		return nil, 0
	}
	a := stated[0]
	start := offset + from + a.Start
	return []atom{{kind: organizationAtom, span: Span{start, start + a.End - a.Start}, known: a.Known}}, start + a.End - a.Start
}

// pastVerb returns the end of a verb in the past right behind "NAME (ORG)": whatever
// the person did, the sentence is on that; 0 when none follows.
func (p *proseReader) pastVerb(at int) int {
	rest, ok := strings.CutPrefix(p.text[at:], " ")
	if !ok {
		return 0
	}
	word, _, ok := strings.Cut(rest, " ")
	if !ok || !strings.HasSuffix(word, "ed") || len(word) < 5 || strings.ToLower(word) != word {
		return 0
	}
	switch word {
	case "joined", "attended", "arrived", "asked", "agreed", "disagreed", "wanted", "needed", "called", "named", "based", "cancelled", "replied", "objected", "answered", "commented", "interested":
		return 0
	}
	return at + 1 + len(word)
}

// joinedInstitution reads an institution behind "from", "of", "at" or a comma.
func (p *proseReader) joinedInstitution(at int) ([]atom, int) {
	rest := p.text[at:]
	for _, word := range []string{", both from ", ", both at ", ", all from ", ", all at ", " both from ", " both at ", ", from ", ", of ", ", at ", " from the ", " from ", " of the ", " of ", " at the ", " at ", ", "} {
		tail, ok := strings.CutPrefix(rest, word)
		if !ok {
			continue
		}
		start := at + len(word)
		if known, end, _ := p.grammar.lexicon.OrganizationAt(p.text, start); known != nil {
			return []atom{{kind: organizationAtom, span: Span{start, end}, known: known}}, end
		}
		size := capitalisedRun(tail)
		if size == 0 {
			return nil, 0
		}
		run := tail[:size]
		if word == ", " {
			closed := strings.HasPrefix(tail[size:], ",") || strings.HasPrefix(tail[size:], ".") || size == len(tail)
			if !closed || p.grammar.IsFrequentName(run) || p.grammar.hasGivenName(run) && p.grammar.lexicon.OrganizationNamed(run) == nil {
				return nil, 0
			}
		}
		return []atom{{kind: organizationAtom, span: Span{start, start + size}, known: p.grammar.lexicon.OrganizationNamed(run)}}, start + size
	}
	return nil, 0
}

// capitalisedRun returns the size of the run of capitalised words, with of, and, for
// and the like between, at the start of a text.
func capitalisedRun(text string) int {
	end, words := 0, 0
	for at := 0; at < len(text) && words < 8; {
		stop := at
		for stop < len(text) {
			r, size := utf8.DecodeRuneInString(text[stop:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '&' && r != '\'' && r != '’' {
				break
			}
			stop += size
		}
		word := text[at:stop]
		if word == "" {
			break
		}
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsUpper(first) || unicode.IsDigit(first) && words > 0 || word == "&":
			end = stop
		case words > 0 && (word == "of" || word == "for" || word == "and" || word == "de" || word == "the" || word == "del" || word == "in"):
		default:
			return end
		}
		words++
		if stop >= len(text) || text[stop] != ' ' {
			break
		}
		at = stop + 1
	}
	return end
}

// verbBehind reads a verb of speech within the next three words.
func (p *proseReader) verbBehind(at int) (int, Role) {
	if end, role := p.verb(at); role != Named {
		return end, role
	}
	rest := strings.TrimLeft(p.text[at:], " ,，")
	at = len(p.text) - len(rest)
	for range 3 {
		if end := p.grammar.people.VerbAt(p.text, at); end > at && wordBoundary(p.text, end) {
			return end, Speaks
		}
		lower := strings.ToLower(p.text[at:min(len(p.text), at+24)])
		for _, word := range []string{"hosted", "chaired", "moderated", "welcomed"} {
			if rest, ok := strings.CutPrefix(lower, word); ok && !strings.HasPrefix(rest, " by") {
				return at + len(word), Chairs
			}
		}
		next := strings.IndexByte(p.text[at:], ' ')
		if strings.IndexAny(p.text[at:min(len(p.text), at+1)], "\"“:") == 0 {
			break
		}
		if next < 0 || next > 12 || strings.ContainsAny(p.text[at:at+next], ".;") {
			break
		}
		at += next + 1
	}
	return at, Named
}
