package concept

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
	"talkgraph/extract/note"
)

// extractor carries what is found in one note.
type extractor struct {
	note     *note.Note
	lexicon  *lexicon.Lexicon
	options  Options
	chinese  *chineseWords
	english  *englishWords
	names    candidates
	mentions []mention
	pairs    []pair
	links    []link
	clause   int32 // the unit that links are being read of
	topics   []topic
	apart    apart
	lists    []int32 // candidates of lists, each closed by -1: items of one list never merge
	found    Result

	surnames  map[string]bool // of people named in full
	everyone  everyone        // who speaks in any talk
	lowerCase bool            // the notes are typed without capitals
	housework map[string]bool // labels of lines that are no notes on the matter

	alternatives map[int32][]int32 // mention of a name of several concepts → the others

	scope int32
	skip  skipped
	line  lineScan // reused from line to line
}

// lineScan is the reading of one line or title.
type lineScan struct {
	index  int        // into the note's lines
	line   *note.Line //
	text   string     // bytes [base, base+len(text)) of the raw line, asides blanked out
	base   int        //
	role   source     // fromTitle, fromHeading or 0
	seam   int        // byte of text at which the next line begins; 0 when there is none
	tokens []token
	units  []unit
	found  []int32 // mentions of this line, as indexes
	known  []knownName
}

// knownName is a name of the lexicon in the line, as tokens.
type knownName struct {
	from, to  int
	mention   int32
	ambiguous bool
}

func newExtractor(n *note.Note, l *lexicon.Lexicon, o Options) *extractor {
	return &extractor{
		note: n, lexicon: l, options: o, chinese: chineseTables(), english: englishTables(),
		names: candidates{byText: map[string]int32{}, byKey: map[string]int32{}}, surnames: map[string]bool{}, housework: houseworkLabels(), alternatives: map[int32][]int32{},
	}
}

// readScope reads the title and the lines of a talk.
func (x *extractor) readScope(index int, s *Scope) {
	x.scope = int32(index)
	x.skip = newSkipped(s.Skip, x.lexicon)
	outline := headings{}
	if t := s.Title; t.End > t.Start && t.Line >= 0 && t.Line < len(x.note.Lines) {
		x.readText(t.Line, t.Start, t.End, fromTitle)
		outline.title(x)
		x.relateClauses()
	}
	for k, i := range s.Lines {
		if i < 0 || i >= len(x.note.Lines) {
			continue
		}
		l := &x.note.Lines[i]
		if t := s.Title; i == t.Line && t.End > t.Start && strings.TrimFunc(l.Raw[:t.Start]+l.Raw[t.End:], notLetter) == "" {
			continue
		}
		if !l.Matter() || l.Kind == note.Code || isAddress(l.Content()) || x.isHousework(l.Content()) {
			continue
		}
		role := source(0)
		if l.Kind == note.Heading {
			role = fromHeading
		}
		for _, piece := range s.piecesOf(i, l) {
			x.readText(i, piece.Start, piece.End, role)
			outline.line(x)
			x.relate(&outline)
		}
		if k+1 < len(s.Lines) && s.Lines[k+1] == i+1 && x.wraps(i) {
			x.readSeam(i)
		}
	}
}

// piecesOf returns the bytes of a line that are on the matter.
func (s *Scope) piecesOf(line int, l *note.Line) []note.Range {
	if pieces, ok := s.Pieces[line]; ok {
		return pieces
	}
	return []note.Range{{Start: l.Start, End: l.End}}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// isUnitOfMeasure recognises "GB" and the like, which stand beside numbers.
func isUnitOfMeasure(text string) bool {
	switch text {
	case "KB", "kB", "MB", "GB", "TB", "PB", "Hz", "GHz", "MHz", "ms", "km", "cm", "mm", "kg", "CEO", "CTO", "CFO", "PPT", "QQ", "TBA", "TBD", "QA", "OK", "ok", "vs", "VS":
		return true
	}
	return false
}

// hasJobTitle reports whether a word of a text is a title of office.
func hasJobTitle(text string) bool {
	for _, w := range strings.Fields(text) {
		switch w {
		case "CEO", "CTO", "CFO", "COO", "VP", "Director", "President", "Professor", "Chair", "Founder":
			return true
		}
	}
	return false
}

// isAddress reports whether a line is nothing but a link.
func isAddress(content string) bool {
	return strings.HasPrefix(content, "http") && !strings.ContainsAny(content, " 　") && !hasHan(content)
}

// readText scans bytes of a line for mentions.
func (x *extractor) readText(index, start, end int, role source) {
	s := &x.line
	l := &x.note.Lines[index]
	s.index, s.line, s.base, s.role = index, l, start, role
	s.text = l.Raw[start:end]
	if len(l.Asides) > 0 {
		masked := l.Masked()
		if start >= l.Start && end <= l.End {
			s.text = masked[start-l.Start : end-l.Start]
		}
	}
	s.text = maskAddresses(s.text)
	s.tokens = tokenize(s.text, s.tokens[:0])
	s.found, s.known = s.found[:0], s.known[:0]
	x.matchLexicon()
	s.units = split(s.tokens, s.units[:0])
	if hasHan(s.text) {
		x.readChinese()
	} else {
		x.readEnglish()
	}
}

// maskAddresses blanks out links, byte for byte.
func maskAddresses(text string) string {
	for from := 0; ; {
		at := strings.Index(text[from:], "://")
		if at < 0 {
			return text
		}
		start, end := from+at, from+at+3
		for start > 0 && isLetterByte(text[start-1]) {
			start--
		}
		for end < len(text) && text[end] > ' ' && text[end] < 0x80 && text[end] != ')' && text[end] != '>' && text[end] != '"' {
			end++
		}
		text = text[:start] + strings.Repeat(" ", end-start) + text[end:]
		from = end
	}
}

// matchLexicon marks the names of the lexicon and mentions their concepts.
func (x *extractor) matchLexicon() {
	s := &x.line
	at, last := 0, -1
	x.lexicon.MatchConcepts(s.text, func(m lexicon.ConceptMatch) {
		if m.Start == last {
			x.addAlternative(m)
			return // a name of several concepts: the first that was read stands for it
		}
		last = m.Start
		for at < len(s.tokens) && s.tokens[at].end <= m.Start {
			at++
		}
		from, to := at, at
		for to < len(s.tokens) && s.tokens[to].start < m.End {
			to++
		}
		if from >= to || !wholeTokens(s.tokens[from:to], m.Start, m.End) || x.plainWord(m) || x.label(from, to) {
			return
		}
		for i := from; i < to; i++ {
			s.tokens[i].known = true
		}
		if !s.acrossSeam(m.Start, m.End) {
			return
		}
		if isLike(s.text[m.End:s.tokens[to-1].end]) {
			return
		}
		node := x.nodeOf(m)
		name := s.text[m.Start:s.tokens[to-1].end]
		if isCompoundTail(name[m.End-m.Start:]) {
			name = s.text[m.Start:m.End]
		}
		id := x.mentionAs(from, to, node, s.role|fromLexicon, name)
		if m.Ambiguous {
			x.mentions[id].from = s.role | fromAmbiguous
			if isASCII(s.text[m.Start:m.End]) && m.End-m.Start <= 5 {
				x.mentions[id].from = s.role | fromShortForm
			}
		}
		s.known = append(s.known, knownName{from, to, id, m.Ambiguous})
	})
}

// isLike recognises what makes another thing of a name that it ends: "C-like",
// "GPU-free".
func isLike(rest string) bool {
	switch rest {
	case "-like", "-free", "-less", "-agnostic", "-independent", "-ish":
		return true
	}
	return false
}

// isCompoundTail recognises "-based" and the like, which are no part of the name that
// they follow, as "-1M" is.
func isCompoundTail(rest string) bool {
	if len(rest) < 4 || rest[0] != '-' {
		return false
	}
	for _, c := range []byte(rest[1:]) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// addAlternative notes that the name just found is one of a further concept too.
func (x *extractor) addAlternative(m lexicon.ConceptMatch) {
	s := &x.line
	if len(s.known) == 0 {
		return
	}
	id := s.known[len(s.known)-1].mention
	if int(x.mentions[id].start) == s.base+m.Start && s.seam == 0 {
		x.alternatives[id] = append(x.alternatives[id], x.nodeOf(m))
	}
}

// plainWord reports whether a name of the lexicon is here an ordinary word: a
// single English word in lower case whose concept is written with capitals.
func (x *extractor) plainWord(m lexicon.ConceptMatch) bool {
	text := x.line.text[m.Start:m.End]
	if !isLetterByte(text[0]) {
		return x.chinese.generic[text]
	}
	if x.skip.has(text) && !x.skip.onlyPart(text) && !(x.line.role == fromTitle && x.lexicon.OrganizationNamed(text) != nil) {
		return true // a product with its maker's name counts where the title has it
	}
	if strings.ContainsAny(text, " -") {
		return x.onlySmallWords(text)
	}
	class := x.english.of(text)
	if x.lowerCase && text == strings.ToLower(text) {
		return class != 0 || len(text) < 2 || x.lexicon.People.IsGivenName(text)
	}
	if x.otherCase(text, m.Concept) {
		return true
	}
	if text != strings.ToLower(text) {
		return false
	}
	for _, name := range m.Concept.Names {
		if name.Text == text || strings.ToLower(name.Text) == name.Text && nameKey(name.Text) == nameKey(text) {
			return false
		}
	}
	return class != 0 || len(text) < 4
}

// lettersPerCapital is how many letters there are for one capital, at least, in notes
// typed without capitals; others have one in 20 or so.
const lettersPerCapital = 40

// isLowerCase reports whether notes in Latin letters are typed without capitals, so
// that case does not tell names from words.
func isLowerCase(n *note.Note) bool {
	capitals, letters := 0, 0
	for i := range n.Lines {
		if !n.Lines[i].Matter() {
			continue
		}
		for _, c := range []byte(n.Lines[i].Content()) {
			switch {
			case c >= 'A' && c <= 'Z':
				capitals++
				letters++
			case c >= 'a' && c <= 'z':
				letters++
			case c >= utf8.RuneSelf:
				letters--
			}
		}
	}
	return letters > 200 && capitals*lettersPerCapital < letters
}

// onlySmallWords reports whether a text that reads as a name without its spaces,
// "is a", is made of small words.
func (x *extractor) onlySmallWords(text string) bool {
	for _, w := range strings.Fields(text) {
		if x.english.of(w)&stopWord == 0 {
			return false
		}
	}
	return true
}

// otherCase reports whether an English line writes a short name in capitals as an
// ordinary word: "blast" is not BLAST, "Tom" is not ToM.
func (x *extractor) otherCase(text string, c *lexicon.Concept) bool {
	if len(text) > 6 || isMixedCase(text) || hasHan(x.line.text) {
		return false
	}
	key := nameKey(text)
	found := false
	for _, name := range c.Names {
		if nameKey(name.Text) != key {
			continue
		}
		if !isMixedCase(name.Text) {
			return false
		}
		found = true
	}
	return found
}

// label reports whether tokens are a general word that labels a line: "摘要:".
func (x *extractor) label(from, to int) bool {
	s := &x.line
	return from == 0 && to < len(s.tokens) && s.tokens[to].r == ':' && x.chinese.generic[s.text[s.tokens[0].start:s.tokens[to-1].end]]
}

// wholeTokens reports whether a span begins and ends with tokens, a plural or an
// "-based" read over.
func wholeTokens(tokens []token, start, end int) bool {
	first, last := tokens[0], tokens[len(tokens)-1]
	return first.start == start && (last.end == end || last.kind == word && last.end > end)
}

// mention records tokens [from, to) as a place that may name a candidate.
func (x *extractor) mention(from, to int, node int32, evidence source) int32 {
	s := &x.line
	return x.mentionAs(from, to, node, evidence, s.text[s.tokens[from].start:s.tokens[to-1].end])
}

// mentionAs is mention for a name that is not all of the tokens: Rust in "Rust-based".
func (x *extractor) mentionAs(from, to int, node int32, evidence source, name string) int32 {
	s := &x.line
	start, end := s.tokens[from].start, s.tokens[to-1].end
	id := int32(len(x.mentions))
	x.mentions = append(x.mentions, mention{
		scope: x.scope, line: int32(s.index), start: int32(s.base + start), end: int32(s.base + end), node: node, from: evidence,
	})
	if s.seam > 0 {
		x.mentions[id].spill = int32(end - s.seam)
		x.mentions[id].end = int32(s.base + s.seam)
	}
	c := &x.names.all[node]
	c.mentions = append(c.mentions, id)
	c.seen(name, s.line.Number)
	s.found = append(s.found, id)
	return id
}

// name records tokens as a place that may name a concept that the lexicon does not
// have, unless the words can be none. It reports the mention, -1 when there is none.
func (x *extractor) name(from, to int, evidence source) int32 {
	s := &x.line
	if to <= from {
		return -1
	}
	text := s.text[s.tokens[from].start:s.tokens[to-1].end]
	if len(text) > 120 || !s.acrossSeam(s.tokens[from].start, s.tokens[to-1].end) || x.skip.has(text) {
		return -1
	}
	node := x.names.of(text, nil)
	c := &x.names.all[node]
	if len(c.mentions) == 0 && !c.never {
		c.never = x.never(text)
	}
	if c.never {
		return -1
	}
	return x.mention(from, to, node, evidence|s.role)
}

// never reports whether a name can be no concept: a generic word, an institution,
// a person, a figure.
func (x *extractor) never(text string) bool {
	key := fact.Key(text)
	if x.everyone.has(text, x.lexicon) {
		return true
	}
	if characters(text) < 2 || x.chinese.isGeneric(key) || isContact(text) || isPossessive(text) || x.isPerson(text) || hasJobTitle(text) || isUnitOfMeasure(text) {
		return true
	}
	if o := x.lexicon.OrganizationNamed(text); o != nil {
		return true
	}
	return !hasHan(text) && x.genericPhrase(text)
}

// isContact recognises a way to reach people: 沟通群QQ号, 项目主页.
func isContact(text string) bool {
	for _, word := range []string{"QQ", "公众号", "二维码", "主页", "交流群", "沟通群", "邮箱", "联系方式", "报名", "链接", "网盘", "回放地址"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// isPossessive recognises "Shor's" at the end of a phrase, with nothing after it.
func isPossessive(text string) bool {
	return strings.HasSuffix(text, "'s") || strings.HasSuffix(text, "’s")
}

// genericPhrase reports whether every word of an English phrase is an ordinary one.
func (x *extractor) genericPhrase(text string) bool {
	for _, w := range strings.Fields(text) {
		if x.english.of(w)&(genericNoun|weakWord|stopWord) == 0 {
			return false
		}
	}
	return true
}

// isPerson reports whether a text is a person's name by a title or a given name.
func (x *extractor) isPerson(text string) bool {
	if hasHan(text) {
		return x.hasTitle(text)
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	first, rest, more := strings.Cut(text, " ")
	if !more {
		return isCapital(text) && (x.lexicon.People.IsGivenName(text) || x.surnames[text])
	}
	if strings.Contains(rest, " ") || !isCapital(first) || !isCapital(rest) || !x.lexicon.People.IsGivenName(first) || x.english.of(rest) != 0 {
		return false
	}
	x.surnames[rest] = true
	return true
}

// hasTitle reports whether a Chinese text is somebody with a title: 李老师问, 王子教授.
func (x *extractor) hasTitle(text string) bool {
	surname := x.lexicon.People.SurnameSize(text)
	for _, title := range x.chinese.titles {
		if rest, ok := strings.CutSuffix(text, title); ok && characters(rest) <= 4 {
			return true
		}
		if surname > 0 && strings.HasPrefix(text[surname:], title) {
			return true
		}
	}
	return false
}

func isCapital(word string) bool {
	return len(word) > 1 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' && word[1] <= 'z'
}
