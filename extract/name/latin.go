package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
)

// latinReader splits one run of Latin text between separators into atoms: a name,
// a title, an institution, or a title and an institution ("CEO of X", "X @ Y").
type latinReader struct {
	grammar *Grammar
	text    string // the whole text; the run is text[span]
	span    Span
	trust   Trust
	first   bool // nothing stands before the run
	bracket bool // the run stands in brackets behind a name

	afterHan bool // a Chinese name stands before the run
}

// read returns the atoms of the run; nil when it makes no sense.
func (r *latinReader) read() []atom {
	span := trimSpan(r.text, r.span)
	run := r.text[span.Start:span.End]
	if run == "" {
		return nil
	}
	if endsSentence(run) || holdsYear(run) {
		return nil
	}
	for _, word := range []string{"both ", "all ", "now "} {
		if rest, ok := strings.CutPrefix(run, word); ok && !r.first {
			span.Start += len(run) - len(strings.TrimPrefix(strings.TrimPrefix(rest, "at "), "from "))
			run = r.text[span.Start:span.End]
		}
	}
	if withoutInstitution[strings.ToLower(run)] {
		return []atom{{kind: fillerAtom, span: span}}
	}
	if past := pastPrefix(run); past > 0 {
		return []atom{{kind: pastAtom, span: span}}
	}
	if left, right, ok := strings.Cut(run, " & "); ok && (!r.first || r.bracket) && bothInstitutions(left, right) && r.grammar.lexicon.OrganizationNamed(run) == nil {
		return r.organizations(span)
	}
	if at, size := joiner(run); at >= 0 {
		return r.joined(span, at, size)
	}
	if known, end, _ := r.grammar.lexicon.OrganizationAt(run, 0); known != nil && end == len(run) && !(r.first && r.grammar.looksLikeLatinName(run)) {
		return []atom{{kind: organizationAtom, span: span, known: known}}
	}
	if r.grammar.isTitle(run) {
		return []atom{{kind: titleAtom, span: span}}
	}
	if atoms := r.nameAndTitle(span); atoms != nil {
		return atoms
	}
	if r.grammar.isLatinName(run, r.trust) && !r.bracket {
		return []atom{{kind: nameAtom, span: span, given: r.grammar.hasGivenName(run)}}
	}
	if atoms := r.organizationAndTitle(span); atoms != nil {
		return atoms
	}
	if r.bracket && r.trust == Labelled && !notInBrackets[strings.ToLower(run)] && strings.Count(run, " ") <= 2 && plainWord(strings.ReplaceAll(run, " ", "")) && strings.ToLower(run) == run {
		return []atom{{kind: organizationAtom, span: span, known: r.grammar.lexicon.OrganizationNamed(run)}}
	}
	if known := r.grammar.lexicon.OrganizationNamed(run); !r.first && looksLikeOrganization(run) && (known != nil || r.trust > Shape || !r.afterHan) {
		return []atom{{kind: organizationAtom, span: span, known: known}}
	}
	return nil
}

// joiners stand between a title or name on the left and an institution on the right.
var joiners = []string{" at ", " @ ", "@ ", " @", " from ", " of ", " for "}

// joiner returns the place and size of the joiner that the institution follows:
// the last one of the strongest kind.
func joiner(run string) (int, int) {
	for _, word := range joiners {
		if at := strings.LastIndex(run, word); at > 0 {
			return at, len(word)
		}
		if strings.HasPrefix(run, strings.TrimLeft(word, " ")) && len(run) > len(word) {
			return 0, len(strings.TrimLeft(word, " "))
		}
	}
	return -1, 0
}

// joined reads "LEFT at RIGHT". Where the join is "of" or "for", it may belong to
// the name of an institution ("University of X") or of a title ("VP of Y").
func (r *latinReader) joined(span Span, at, size int) []atom {
	left := trimSpan(r.text, Span{span.Start, span.Start + at})
	right := trimSpan(r.text, Span{span.Start + at + size, span.End})
	right.Start += len(r.text[right.Start:right.End]) - len(strings.TrimPrefix(r.text[right.Start:right.End], "the "))
	word := strings.TrimSpace(r.text[span.Start+at : span.Start+at+size])
	weak := word == "of" || word == "for"
	whole := r.text[span.Start:span.End]
	if weak {
		if known, end, _ := r.grammar.lexicon.OrganizationAt(whole, 0); known != nil && end == len(whole) || institutionWord(r.text[left.Start:left.End]) {
			if !r.first || r.bracket {
				return []atom{{kind: organizationAtom, span: span, known: r.grammar.lexicon.OrganizationNamed(whole)}}
			}
			return nil
		}
		if r.grammar.isTitle(whole) || departmentTitle(whole) {
			return []atom{{kind: titleAtom, span: span}}
		}
	}
	if left.End <= left.Start && weak && r.first {
		return nil // "for screen readers" opens no list of people
	}
	var atoms []atom
	if left.End > left.Start {
		side := latinReader{grammar: r.grammar, text: r.text, span: left, trust: max(r.trust, Position), first: r.first, bracket: r.bracket}
		atoms = side.read()
		if atoms == nil {
			if !r.grammar.holdsTitle(r.text[left.Start:left.End]) {
				if weak {
					return r.wholeOrganization(span)
				}
				return nil
			}
			atoms = []atom{{kind: titleAtom, span: left}}
		}
		if weak && !hasKind(atoms, titleAtom) && !(word == "of" && len(atoms) == 1 && atoms[0].kind == nameAtom && atoms[0].given) {
			return r.wholeOrganization(span)
		}
	}
	institutions := r.organizations(right)
	if institutions == nil {
		return nil
	}
	return append(atoms, institutions...)
}

// wholeOrganization reads a run with "of" or "for" in it behind a name as one
// institution: "Bits of Stone", "Foundation for Open Maps".
func (r *latinReader) wholeOrganization(span Span) []atom {
	run := r.text[span.Start:span.End]
	if r.first || !looksLikeOrganization(run) {
		return nil
	}
	return []atom{{kind: organizationAtom, span: span, known: r.grammar.lexicon.OrganizationNamed(run)}}
}

// organizations reads one institution, or several with "and" or "&" between them
// when each is known.
func (r *latinReader) organizations(span Span) []atom {
	text := r.text[span.Start:span.End]
	if known, end, _ := r.grammar.lexicon.OrganizationAt(text, 0); known != nil && end == len(text) {
		return []atom{{kind: organizationAtom, span: span, known: known}}
	}
	for _, and := range []string{" and ", " & "} {
		if left, right, ok := strings.Cut(text, and); ok {
			first, second := r.grammar.lexicon.OrganizationNamed(left), r.grammar.lexicon.OrganizationNamed(right)
			if first != nil && second != nil || and == " & " && bothInstitutions(left, right) {
				middle := span.Start + len(left)
				return []atom{{kind: organizationAtom, span: Span{span.Start, middle}, known: first},
					{kind: organizationAtom, span: Span{middle + len(and), span.End}, known: second}}
			}
		}
	}
	if known := r.grammar.lexicon.OrganizationNamed(text); known != nil || canBeInstitution(text) {
		return []atom{{kind: organizationAtom, span: span, known: known}}
	}
	return nil
}

// canBeInstitution rejects clauses: an institution unknown to the lexicon is one
// word, or a few of which most have a capital.
func canBeInstitution(text string) bool {
	return !strings.Contains(text, ". ") && (strings.Count(text, " ") == 0 || looksLikeOrganization(text))
}

// nameAndTitle reads "NAME TITLE": a name followed by a job title without a comma.
func (r *latinReader) nameAndTitle(span Span) []atom {
	run := r.text[span.Start:span.End]
	for at := range run {
		if at == 0 || run[at-1] != ' ' {
			continue
		}
		end, kind := r.grammar.people.TitleAt(run, at)
		if kind == 0 || !wordBoundary(run, end) {
			continue
		}
		head := strings.TrimSpace(run[:at])
		if !r.grammar.looksLikeLatinName(head) || r.bracket {
			return nil
		}
		return []atom{{kind: nameAtom, span: Span{span.Start, span.Start + len(head)}, given: r.grammar.hasGivenName(head)},
			{kind: titleAtom, span: Span{span.Start + at, span.End}}}
	}
	return nil
}

// organizationAndTitle reads "ORG TITLE" ("ACM CEO", "Netflix engineer").
func (r *latinReader) organizationAndTitle(span Span) []atom {
	run := r.text[span.Start:span.End]
	known, end, _ := r.grammar.lexicon.OrganizationAt(run, 0)
	if known == nil && r.bracket {
		end = acronym(run)
	}
	if end == 0 || end >= len(run) || !r.grammar.isTitle(strings.TrimSpace(run[end:])) {
		return nil
	}
	return []atom{{kind: organizationAtom, span: Span{span.Start, span.Start + end}, known: known},
		{kind: titleAtom, span: trimSpan(r.text, Span{span.Start + end, span.End})}}
}

// acronym returns the size of a word of capitals at the head of a run.
func acronym(run string) int {
	word, _, ok := strings.Cut(run, " ")
	if !ok || len(word) < 2 || strings.ToUpper(word) != word || strings.ToLower(word) == word {
		return 0
	}
	return len(word)
}

func hasKind(atoms []atom, kind atomKind) bool {
	for _, a := range atoms {
		if a.kind == kind {
			return true
		}
	}
	return false
}

// isTitle reports whether a run is a title as a whole: known words of titles, or a
// known title behind or before words that qualify it ("Senior Staff Engineer").
func (g *Grammar) isTitle(run string) bool {
	lower := strings.ToLower(run)
	if end, kind := g.people.TitleAt(lower, 0); kind != 0 && end == len(lower) {
		return true
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return r == ' ' || r == '&' || r == '/' || r == '-' || r == ',' })
	if len(words) == 0 || len(words) > 7 {
		return false
	}
	if words[0] == "chief" && words[len(words)-1] == "officer" {
		return true
	}
	known := 0
	for at := 0; at < len(words); {
		size := g.titleWords(words[at:])
		switch {
		case size > 0:
			known++
			at += size
		case titleQualifiers[words[at]]:
			at++
		default:
			return false
		}
	}
	return known > 0
}

// titleWords returns how many of the words make one known title at the start.
func (g *Grammar) titleWords(words []string) int {
	for size := min(len(words), 5); size > 0; size-- {
		run := strings.Join(words[:size], " ")
		if end, kind := g.people.TitleAt(run, 0); kind != 0 && end == len(run) {
			return size
		}
	}
	return 0
}

// holdsTitle reports whether any word of a run starts a known title.
func (g *Grammar) holdsTitle(run string) bool {
	for at := range run {
		if at > 0 && run[at-1] != ' ' {
			continue
		}
		if end, kind := g.people.TitleAt(run, at); kind != 0 && wordBoundary(run, end) {
			return true
		}
	}
	return false
}

// departmentTitle recognises "VP of Engineering", "Head of Data": a title that an
// "of" with a plain noun belongs to.
func departmentTitle(run string) bool {
	_, right, ok := strings.Cut(strings.ToLower(run), " of ")
	if !ok {
		return false
	}
	return departments[strings.TrimSpace(right)]
}

var departments = map[string]bool{
	"engineering": true, "data": true, "research": true, "product": true, "product management": true, "machine learning": true, "ai": true, "data science": true, "security": true, "infrastructure": true, "platform": true, "technology": true, "operations": true, "marketing": true, "sales": true, "design": true, "science": true, "computer science": true, "software": true, "software engineering": true, "developer relations": true, "staff": true, "analytics": true, "growth": true, "people": true, "the board": true, "r&d": true, "ml": true, "data engineering": true, "developer experience": true, "customer success": true, "solutions": true, "architecture": true, "open source": true, "statistics": true, "linguistics": true, "mathematics": true, "physics": true, "law": true, "communication": true,
}

// titleQualifiers are words that stand in job titles beside the known ones.
var titleQualifiers = map[string]bool{
	"senior": true, "staff": true, "principal": true, "lead": true, "chief": true, "associate": true, "assistant": true, "adjunct": true, "distinguished": true, "junior": true, "head": true, "of": true, "the": true, "and": true, "ml": true, "ai": true, "data": true, "software": true, "machine": true, "learning": true, "platform": true, "research": true, "technical": true, "product": true, "full": true, "visiting": true, "emeritus": true, "founding": true, "co": true, "vice": true, "executive": true, "global": true, "science": true, "computer": true, "security": true, "systems": true, "infrastructure": true, "cloud": true, "applied": true, "in": true, "for": true, "backend": true, "frontend": true, "site": true, "reliability": true, "business": true, "solutions": true, "developer": true, "open": true, "source": true, "engineering": true, "statistics": true, "biology": true, "linguistics": true, "deep": true, "nlp": true, "vision": true, "robotics": true, "core": true, "interim": true,
}

// institutionWord reports whether a run ends or begins with a word that institutions carry.
func institutionWord(run string) bool {
	words := strings.Fields(strings.ToLower(run))
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	switch last {
	case "university", "institute", "college", "school", "department", "academy", "ministry", "bank", "faculty", "centre", "center", "society", "laboratory":
		return true
	}
	return false
}

// bothInstitutions holds for the two sides of "&" that are an institution each: the names
// of departments and firms hold one as well ("Art & Design", "Johnson & Johnson").
func bothInstitutions(left, right string) bool {
	return opensInstitution(left) && opensInstitution(right)
}

// opensInstitution holds for a text that begins or ends with a word for institutions.
func opensInstitution(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	switch first {
	case "University", "Université", "Universität", "Institute", "MPI", "Max", "CNRS", "Inria", "INRIA", "ETH", "EPFL", "TU", "KU", "Google", "Microsoft", "Meta", "IBM", "Amazon", "DeepMind":
		return true
	}
	return institutionWord(text)
}

// looksLikeOrganization holds for a short run of capitalised words.
func looksLikeOrganization(run string) bool {
	words := strings.Fields(run)
	if len(words) == 0 || len(words) > 8 || strings.ContainsAny(run, "?!:\"“”") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	capitals := 0
	for _, word := range words {
		r, size := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(r) || unicode.IsDigit(r) || len(words) == 1 && strings.IndexFunc(word[size:], unicode.IsUpper) >= 0 {
			capitals++ // one word may have its capital inside: rapidMiner
		}
	}
	return (unicode.IsUpper(first) || unicode.IsDigit(first) || len(words) == 1) && capitals*2 >= len(words)
}

// pastPrefix returns the size of a word which says that a post is over.
func pastPrefix(run string) int {
	lower := strings.ToLower(run)
	for _, word := range []string{"ex-", "ex ", "former ", "formerly ", "previously ", "past ", "prev "} {
		if strings.HasPrefix(lower, word) {
			return len(word)
		}
	}
	return 0
}

func wordBoundary(text string, at int) bool {
	if at >= len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// particles stand inside names in lower case.
var particles = map[string]bool{"van": true, "von": true, "de": true, "der": true, "den": true, "del": true, "della": true, "di": true, "da": true, "dos": true, "du": true, "la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "ter": true, "ten": true, "y": true, "e": true, "st.": true, "af": true, "zu": true}

// neverInNames are capitalised words that open or fill titles and headings.
var neverInNames = map[string]bool{
	"then": true, "finally": true, "after": true, "before": true, "later": true, "second": true, "third": true, "also": true, "here": true, "there": true, "today": true, "yesterday": true, "meanwhile": true, "afterwards": true, "but": true, "so": true, "slot": true, "part": true, "one": true, "two": true,
	"the": true, "a": true, "an": true, "and": true, "of": true, "for": true, "in": true, "on": true, "with": true, "to": true, "from": true, "how": true, "why": true, "what": true, "when": true, "where": true, "is": true, "are": true, "we": true, "you": true, "your": true, "our": true, "my": true, "this": true, "that": true, "at": true, "by": true, "as": true, "or": true, "not": true, "no": true, "yes": true, "it": true, "its": true, "be": true, "do": true, "can": true,
	"keynote": true, "panel": true, "session": true, "track": true, "workshop": true, "tutorial": true, "talk": true, "talks": true, "poster": true, "posters": true, "lightning": true, "day": true, "morning": true, "afternoon": true, "evening": true, "break": true, "coffee": true, "lunch": true, "dinner": true, "opening": true, "closing": true, "remarks": true, "welcome": true, "registration": true, "speaker": true, "speakers": true, "chair": true, "host": true, "moderator": true, "discussion": true, "questions": true, "summary": true, "introduction": true, "overview": true, "conclusion": true, "conclusions": true, "background": true, "motivation": true, "results": true, "key": true, "points": true, "notes": true, "slides": true, "abstract": true, "title": true, "room": true, "hall": true, "conference": true, "summit": true, "meetup": true, "forum": true, "demo": true, "demos": true, "award": true, "awards": true, "best": true, "paper": true, "papers": true, "q&a": true, "qa": true, "live": true, "new": true, "next": true, "future": true, "first": true, "last": true, "building": true, "using": true, "towards": true, "toward": true, "beyond": true, "inside": true, "more": true, "less": true, "better": true, "fast": true, "faster": true,
	"data": true, "machine": true, "learning": true, "deep": true, "model": true, "models": true, "system": true, "systems": true, "network": true, "networks": true, "software": true, "engineering": true, "science": true, "computer": true, "computing": true, "language": true, "languages": true, "cloud": true, "native": true, "open": true, "source": true, "security": true, "privacy": true, "api": true, "apis": true, "web": true, "database": true, "databases": true, "memory": true, "time": true, "real-time": true, "performance": true, "design": true, "patterns": true, "code": true, "programming": true, "research": true, "lab": true, "labs": true, "university": true, "institute": true, "inc": true, "team": true, "platform": true, "ai": true, "ml": true, "nlp": true, "llm": true, "llms": true, "gpu": true, "cpu": true, "compiler": true, "kernel": true, "linux": true, "kubernetes": true, "python": true, "rust": true, "java": true, "javascript": true, "graph": true, "neural": true, "attention": true, "transformer": true, "transformers": true, "distributed": true, "parallel": true, "generative": true, "large": true, "small": true, "scaling": true, "training": true, "inference": true, "production": true, "streaming": true, "feature": true, "store": true, "stores": true, "user": true, "users": true, "case": true, "study": true, "evolution": true, "journey": true, "guide": true, "practice": true, "practices": true, "problem": true, "problems": true, "challenge": true, "challenges": true, "lessons": true, "learned": true,
}

// looksLikeLatinName checks the shape of a name in Latin letters: two to four
// capitalised words, initials and particles between them.
func (g *Grammar) looksLikeLatinName(run string) bool {
	words := strings.Fields(stripHonorific(g, run))
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	capitals := 0
	for i, word := range words {
		lower := strings.ToLower(word)
		if neverInNames[lower] {
			return false
		}
		if i > 0 && i < len(words)-1 && particles[lower] {
			continue
		}
		if !latinNameWord(word) {
			return false
		}
		capitals++
	}
	if capitals < 2 || isInitial(words[len(words)-1]) && !strings.HasSuffix(words[len(words)-1], ".") {
		return false
	}
	return g.people.IsGivenName(strings.Trim(words[0], ".")) || !g.allConceptWords(words) && !isGerund(words[0])
}

// isGerund holds for words such as "Counting", which open titles; not for "Xiaoming".
func isGerund(word string) bool {
	return len(word) > 5 && strings.HasSuffix(word, "ing") && !strings.Contains(word, "-") && !isPinyin(strings.ToLower(word), 2)
}

// allConceptWords holds for words each of which stands in the name of a concept:
// "Agent Communications" is no person.
func (g *Grammar) allConceptWords(words []string) bool {
	for _, word := range words {
		if !g.lexicon.IsConceptWord(word) {
			return false
		}
	}
	return true
}

// latinNameWord accepts "Ravi", "O'Neil", "Jean-Luc", "B.", "JJ", "McKinney", "DeVito", "Jr.".
func latinNameWord(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	capitals, letters := 1, 1
	for _, r := range word[size:] {
		switch {
		case unicode.IsUpper(r):
			capitals++
			letters++
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case r == '.' || r == '\'' || r == '’' || r == '-' || r == '‐':
		default:
			return false
		}
	}
	return letters == 1 || capitals < letters && capitals <= 3 || capitals == 2 && word[:1] == word[1:] || strings.Contains(word, ".")
}

func isInitial(word string) bool { return len(strings.TrimSuffix(word, ".")) == 1 }

// isLatinName decides by shape and, after a label, in any case.
func (g *Grammar) isLatinName(run string, trust Trust) bool {
	plain := stripHonorific(g, run)
	words := strings.Fields(plain)
	if g.lexicon.OrganizationNamed(plain) != nil || len(g.lexicon.FindConcepts(plain)) > 0 {
		return false
	}
	return g.looksLikeLatinName(plain) || trust == Labelled && g.anyCaseName(words)
}

// anyCaseName accepts ALL CAPS and lower case after a label, and a single given name.
func (g *Grammar) anyCaseName(words []string) bool {
	if len(words) == 1 {
		return g.people.IsGivenName(words[0]) && latinNameWord(words[0])
	}
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	capitals, small := true, true
	for i, word := range words {
		lower := strings.ToLower(word)
		if neverInNames[lower] || !(i > 0 && particles[lower]) && !plainWord(word) {
			return false
		}
		capitals = capitals && strings.ToUpper(word) == word
		small = small && strings.ToLower(word) == word && !notAName[lower]
	}
	return g.people.IsGivenName(strings.Trim(words[0], ".")) && !endsSmall(words) || capitals || small && len(words) <= 3
}

// endsSmall holds for words of which two have a capital and the last has none: "Ada
// Miller slides" is more than a name.
func endsSmall(words []string) bool {
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return len(words) > 2 && unicode.IsLower(last) && latinNameWord(words[0]) && latinNameWord(words[1])
}

// notInBrackets may stand in brackets behind a name and name no institution.
var notInBrackets = set("independent freelance freelancer online remote remotely virtual virtually slides video recording paper code talk keynote host chair moderator him her them he she they absent cancelled canceled invited tbc tbd tba again left right presenter presenting speaker author")

// withoutInstitution stand where an institution is expected and say that there is none.
var withoutInstitution = set("independent freelance freelancer self-employed")

// holdsYear reports whether a year of our time stands in a run: "CraftConf 2017" is an
// event and no institution.
func holdsYear(run string) bool {
	for word := range strings.FieldsSeq(run) {
		if len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == "" {
			return true
		}
	}
	return false
}

// abbreviations may stand before a full stop inside a name or an institution.
var abbreviations = set("prof dept univ inst corp inc assoc asst dr mr ms mrs st vs jr sr tech natl intl acad sci eng lab labs dir gen")

// endsSentence reports whether a sentence ends inside a run: a full stop behind a
// word that is no initial and no abbreviation.
func endsSentence(run string) bool {
	for at := 0; ; {
		stop := strings.Index(run[at:], ". ")
		if stop < 0 {
			return false
		}
		word := run[at : at+stop]
		word = strings.ToLower(word[strings.LastIndexByte(word, ' ')+1:])
		if len(word) >= 3 && !abbreviations[word] && !strings.Contains(word, ".") {
			return true
		}
		at += stop + len(". ")
	}
}

// notAName are words that stand where a name is expected and say that there is none.
var notAName = set("announced unknown various several none anonymous tba tbd missing see below above same me myself someone somebody nobody everyone everybody all others other many multiple authors team staff remote online cancelled canceled absent")

func plainWord(word string) bool {
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '.' && r != '\'' && r != '’' && r != '-' {
			return false
		}
	}
	return true
}

// hasGivenName reports whether the name's first word is a frequent given name.
func (g *Grammar) hasGivenName(run string) bool {
	words := strings.Fields(stripHonorific(g, run))
	if len(words) == 0 {
		return false
	}
	first, _, _ := strings.Cut(words[0], "-")
	return g.people.IsGivenName(strings.TrimSuffix(first, "."))
}

// stripHonorific leaves out "Dr.", "Prof." and the like at the head of a run.
func stripHonorific(g *Grammar, run string) string {
	for {
		word, rest, ok := strings.Cut(run, " ")
		if !ok {
			return run
		}
		end, kind := g.people.TitleAt(word, 0)
		if kind != lexicon.Honorific && !isProfessor(word) || kind != 0 && end < len(strings.TrimSuffix(word, ".")) {
			return run
		}
		run = strings.TrimSpace(rest)
	}
}

func isProfessor(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "prof", "professor", "dr", "doctor", "mr", "ms", "mrs", "sir":
		return true
	}
	return false
}

// trimSpan narrows a span by white space and loose punctuation.
func trimSpan(text string, s Span) Span {
	for s.Start < s.End {
		r, size := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !loose(r) {
			break
		}
		s.Start += size
	}
	for s.End > s.Start {
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !loose(r) {
			break
		}
		s.End -= size
	}
	return s
}

func loose(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",，;；:：、*_`|", r)
}
