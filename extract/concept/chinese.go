package concept

import (
	"unicode/utf8"

	"talkgraph/extract/note"
)

// readChinese finds names in a line with Chinese in it.
func (x *extractor) readChinese() {
	s := &x.line
	x.markCuts()
	for u := range s.units {
		x.readUnit(u)
		x.readQuoted(u)
	}
	x.readPairs()
	x.readLists()
}

// markCuts marks the words that bound names.
func (x *extractor) markCuts() {
	tokens := x.line.tokens
	for i := 0; i < len(tokens); {
		t := &tokens[i]
		switch {
		case t.known:
			i++
		case t.kind == han:
			size := x.chinese.cutSize(x.line.text, tokens, i)
			if size == 0 && isNumeral(t.r) && i+1 < len(tokens) && isCounted(tokens[i+1]) && !isThirdParty(tokens[i:]) {
				size = 2
			}
			if size == 0 && isLinking(t.r) && x.linksName(i) {
				size = 1
			}
			for end := i + size; i < end; i++ {
				tokens[i].cut = !tokens[i].known
			}
			if size == 0 {
				i++
			}
		case t.kind == number:
			t.cut = true
			if i++; i < len(tokens) && tokens[i].kind == han && !tokens[i].known && isMeasure(tokens[i].r) {
				tokens[i].cut = true
			}
		case t.kind == word && t.end-t.start == 1 && i+1 < len(tokens) && tokens[i+1].kind == han && isMeasure(tokens[i+1].r) && !tokens[i+1].known:
			t.cut, tokens[i+1].cut = true, true // "N个"
			i += 2
		case t.kind == word:
			t.cut = x.english.of(x.line.text[t.start:t.end])&stopWord != 0 || isQuantity(x.line.text[t.start:t.end])
			i++
		default:
			i++
		}
	}
}

// isThirdParty recognises 第三方, the one ordinal that names a party.
func isThirdParty(tokens []token) bool {
	return len(tokens) > 2 && tokens[0].r == '第' && tokens[1].r == '三' && tokens[2].r == '方'
}

// linksName reports whether a linking character stands beside a name and is no
// part of a word: 求 before a name is a verb, 求解 is a word.
func (x *extractor) linksName(i int) bool {
	tokens := x.line.tokens
	if tokens[i].r == '对' && i > 0 && tokens[i-1].kind == han {
		return !x.inWord(i-1) && !x.inWord(i) // "用户对算法": on its own it is never inside a name
	}
	if (i == 0 || !beside(tokens[i-1])) && (i+1 == len(tokens) || !beside(tokens[i+1])) {
		return false
	}
	return !x.inWord(i-1) && !x.inWord(i)
}

// inWord reports whether tokens i and i+1 are a Chinese word that is never cut.
func (x *extractor) inWord(i int) bool {
	tokens := x.line.tokens
	return i >= 0 && i+1 < len(tokens) && tokens[i].kind == han && tokens[i+1].kind == han && !tokens[i+1].gap && !tokens[i].known && !tokens[i+1].known &&
		x.chinese.pair(tokens[i].r, tokens[i+1].r)&wholePair != 0
}

// isLinking holds for characters that begin or end too many words to be cut
// everywhere, but are words of their own beside a name.
func isLinking(r rune) bool {
	switch r {
	case '对', '比', '向', '里', '内', '中', '上', '下', '处', '间', '能', '可', '会', '为', '做', '像', '如', '给', '跟', '靠', '防', '写', '求':
		return true
	}
	return false
}

// beside reports whether a token is part of a known name or a Latin word.
func beside(t token) bool { return t.known || t.kind == word && !t.gap }

func isNumeral(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '几', '数', '百', '千', '第':
		return true
	}
	return false
}

// isCounted reports whether a character after a Chinese numeral counts something.
func isCounted(t token) bool {
	if t.kind != han || t.known || t.gap {
		return t.kind == number && !t.gap
	}
	switch t.r {
	case '分', '点', '位', '层', '元', '号', '人':
		return false // 二分, 三元组, 四元数
	}
	return isMeasure(t.r) || isNumeral(t.r) || t.r == '类' || t.r == '句'
}

func isMeasure(r rune) bool {
	switch r {
	case '倍', '年', '月', '日', '个', '种', '次', '条', '张', '万', '亿', '多', '余', '卡', '层', '步', '项', '家', '档', '位', '人', '天', '周', '时', '分', '秒', '元', '号', '点', '章', '节', '页', '篇', '届', '期', '场':
		return true
	}
	return false
}

// isQuantity recognises "47B", "128k", "10x", "60Hz": digits with a short unit.
func isQuantity(text string) bool {
	i := 0
	for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i] == '.' || text[i] == '-') {
		i++
	}
	if i == 0 {
		return false
	}
	if rest := text[i:]; len(rest) > 2 && rest[0] == 'e' && (rest[1] == '-' || rest[1] >= '0' && rest[1] <= '9') {
		return true // 5e-8
	}
	switch text[i:] {
	case "", "B", "b", "k", "K", "M", "x", "X", "G", "GB", "MB", "TB", "KB", "Hz", "ms", "s", "us", "ns", "dB", "W", "m", "cm", "mm", "km", "kg", "h", "GHz", "MHz", "th", "st", "nd", "rd", "T", "d", "am", "pm", "kB":
		return true
	}
	return false
}

// readQuoted joins a short word in quotes with the name it ends: 数据“通胀”.
func (x *extractor) readQuoted(u int) {
	s := &x.line
	un := s.units[u]
	if u == 0 || un.left != '"' || un.right != '"' || un.to-un.from > 2 || un.to >= len(s.tokens) || !opensQuote(s.tokens[:un.from]) {
		return
	}
	before := s.units[u-1]
	from := before.to
	for from > before.from && s.tokens[from-1].kind == han && !s.tokens[from-1].cut {
		from--
	}
	if before.to+1 != un.from || before.to-from < 2 || before.to-from > 4 {
		return
	}
	x.name(from, un.to+1, fromMark|fromSuffix)
}

// opensQuote reports whether the last of the quotation marks among tokens opens.
func opensQuote(tokens []token) bool {
	count := 0
	for i := range tokens {
		if tokens[i].kind == mark && tokens[i].r == '"' {
			count++
		}
	}
	return count%2 == 1
}

// readUnit cuts a unit into chunks and weighs each.
func (x *extractor) readUnit(u int) {
	s := &x.line
	un := s.units[u]
	for i := un.from; i < un.to; {
		if s.tokens[i].cut {
			i++
			continue
		}
		end := i
		for end < un.to && !s.tokens[end].cut {
			end++
		}
		x.readChunk(u, i, end)
		i = end
	}
}

// readChunk finds the names in tokens [from, to) of a unit.
func (x *extractor) readChunk(u, from, to int) {
	from, to = x.trim(from, to)
	if to <= from {
		return
	}
	place := x.place(u, from, to)
	if id, ok := x.knownAt(from, to); ok {
		x.mentions[id].from |= place
		return
	}
	x.readLatin(u, from, to, place)
	count, letters := x.countKinds(from, to)
	if count == 0 || count > 12 || letters > 3 {
		return
	}
	suffix := x.suffix(from, to)
	evidence := place | x.endingOf(from, to, suffix, count)
	if letters > 0 {
		if middle := x.besideLatin(from, to); middle > 0 {
			x.readHalf(u, from, middle)
			return
		}
		if x.knownSideBySide(from, to) || x.twoNames(from, to) || x.category(from, to) || !x.isMixedName(from, to, suffix, evidence) {
			return
		}
		evidence |= fromMixed
	}
	if evidence&^(fromSuffix|fromLong|fromMixed) == 0 && x.isClause(from, to, suffix) {
		return
	}
	if count+letters < 2 || count == 2 && letters == 0 && place&^(fromList|fromShort|fromChain) == 0 && place&fromList == 0 {
		return
	}
	x.name(from, to, evidence)
}

// countKinds counts the Chinese characters and the words and numbers of tokens.
func (x *extractor) countKinds(from, to int) (characters, letters int) {
	for i := from; i < to; i++ {
		switch x.line.tokens[i].kind {
		case han:
			characters++
		case word, number:
			letters++
		}
	}
	return characters, letters
}

// endingOf weighs the end of a chunk: a suffix of so many tokens, or a character that
// ends names.
func (x *extractor) endingOf(from, to, suffix, characters int) source {
	last := &x.line.tokens[to-1]
	switch {
	case suffix > 0 && suffix < to-from && characters >= 4:
		return fromSuffix | fromLong
	case suffix > 0 && suffix < to-from:
		return fromSuffix
	case characters >= 4 && last.kind == han && x.chinese.endings.has(last.r):
		return fromSuffix
	}
	return 0
}

// isClause reports whether a chunk that only its ending speaks for is a piece of a
// clause: a verb stands in it, at its head, or behind a known name.
func (x *extractor) isClause(from, to, suffix int) bool {
	s := &x.line
	for i := from; i < to; i++ {
		if t := &s.tokens[i]; t.kind == han && !t.known && x.chinese.clause.has(t.r) && !x.inWord(i-1) && !x.inWord(i) {
			return true
		}
	}
	if to-from > 3 && s.tokens[from].kind == han && s.tokens[from+1].kind == han && !s.tokens[from].known &&
		x.chinese.verbsFirst[s.text[s.tokens[from].start:s.tokens[from+1].end]] {
		if _, ok := x.knownAt(from+2, to); ok {
			return true // 评估多模态大模型
		}
	}
	if suffix == 0 {
		return false
	}
	_, ok := x.knownAt(from, to-suffix)
	return ok && x.chinese.actions[s.text[s.tokens[to-suffix].start:s.tokens[to-1].end]]
}

// knownSideBySide reports whether a chunk is a Latin and a Chinese name of the
// lexicon with a space between them: "Reed-Solomon 修复带宽".
func (x *extractor) knownSideBySide(from, to int) bool {
	s := &x.line
	for middle := from + 1; middle < to; middle++ {
		if !s.tokens[middle].gap || s.tokens[middle].kind == s.tokens[middle-1].kind {
			continue
		}
		_, left := x.knownAt(from, middle)
		_, right := x.knownAt(middle, to)
		return left && right
	}
	return false
}

// besideLatin returns the token at which Latin words begin after a space, behind a
// Chinese name: "零样本检测 DetectGPT"; 0 when a chunk is no such pair.
func (x *extractor) besideLatin(from, to int) int {
	s := &x.line
	middle := from
	for middle < to && s.tokens[middle].kind == han {
		middle++
	}
	if middle-from < 3 || middle == to || !s.tokens[middle].gap {
		return 0
	}
	for i := middle; i < to; i++ {
		if s.tokens[i].kind != word {
			return 0
		}
	}
	return middle
}

// readHalf weighs the Chinese half of a chunk that goes on in Latin letters.
func (x *extractor) readHalf(u, from, to int) {
	s := &x.line
	if _, ok := x.knownAt(from, to); ok || to-from > 12 {
		return
	}
	var evidence source
	if from == s.units[u].from && u == 0 && (s.line.Kind == note.Bullet || s.line.Kind == note.Numbered) {
		evidence |= fromOpening
	}
	if suffix := x.suffix(from, to); suffix > 0 && suffix < to-from {
		evidence |= fromSuffix
	}
	if evidence != 0 {
		x.name(from, to, evidence)
	}
}

// twoNames reports whether a chunk is a Chinese name and its English one side by
// side: "Associative Memory 联想记忆".
func (x *extractor) twoNames(from, to int) bool {
	s := &x.line
	middle := from
	for middle < to && s.tokens[middle].kind == s.tokens[from].kind {
		middle++
	}
	for i := middle; i < to; i++ {
		if s.tokens[i].kind == s.tokens[from].kind {
			return false
		}
	}
	latin, chinese := s.tokens[from:middle], s.tokens[middle:to]
	if s.tokens[from].kind == han {
		latin, chinese = chinese, latin
	}
	return len(latin) >= 2 && len(chinese) >= 4
}

// isMixedName reports whether a chunk with Latin letters in it is one name: the
// letters first and a short Chinese end, or at most two characters before them.
func (x *extractor) isMixedName(from, to, suffix int, evidence source) bool {
	s := &x.line
	before, after := 0, 0
	at := from
	for ; at < to && s.tokens[at].kind == han; at++ {
		before++
	}
	for i := at; i < to; i++ {
		if s.tokens[i].kind == han {
			after++
		}
	}
	if suffix == 0 && !x.chinese.endings.has(s.tokens[to-1].r) {
		return false // "RAG 管找", "NeRF 快"
	}
	if evidence&(fromHead|fromHeading|fromMark) != 0 {
		return before+after <= 8
	}
	return before <= 2 && after <= 4 && (suffix > 0 || before+after <= 3)
}

// trim leaves out small words at both ends of a chunk.
func (x *extractor) trim(from, to int) (int, int) {
	s := &x.line
	for from < to && !s.tokens[from].known && x.trimmed(from, min(from+2, to), from+1, x.chinese.trimFirst) > 0 {
		from += x.trimmed(from, min(from+2, to), from+1, x.chinese.trimFirst)
	}
	from = x.trimVerb(from, to)
	for from < to && !s.tokens[to-1].known {
		if to-2 > from && s.tokens[to-2].kind == han && x.chinese.trimLast[s.text[s.tokens[to-2].start:s.tokens[to-1].end]] {
			to -= 2
		} else if s.tokens[to-1].kind == han && to-from != 2 && !x.inWord(to-2) && x.chinese.trimLast[s.text[s.tokens[to-1].start:s.tokens[to-1].end]] {
			to--
		} else if s.tokens[to-1].kind == mark {
			to--
		} else {
			break
		}
	}
	return from, to
}

// trimVerb leaves out a verb, or a character that begins clauses, at the head.
func (x *extractor) trimVerb(from, to int) int {
	s := &x.line
	if to-from < 3 || s.tokens[from].known || s.tokens[from].kind != han || s.tokens[from+1].kind != han {
		return from
	}
	a, b := s.tokens[from], s.tokens[from+1]
	if x.chinese.weakFirst.has(a.r) && !x.chinese.firstWords[pairKey(a.r, b.r)] {
		return from + 1
	}
	if to-from >= 6 && !b.known && x.chinese.verbsFirst[s.text[a.start:b.end]] {
		return from + 2
	}
	return from
}

// trimmed returns how many tokens at the head are a word of the set: two, one or none.
func (x *extractor) trimmed(from, two, one int, set map[string]bool) int {
	s := &x.line
	if s.tokens[from].kind == mark {
		return 1
	}
	if s.tokens[from].kind != han || isThirdParty(s.tokens[from:]) {
		return 0
	}
	if from+2 < len(s.tokens) && s.tokens[from+2].kind == han && x.chinese.keepFirst[s.text[s.tokens[from].start:s.tokens[from+2].end]] {
		return 0
	}
	if two == from+2 && s.tokens[from+1].kind == han && !s.tokens[from+1].known && set[s.text[s.tokens[from].start:s.tokens[from+1].end]] {
		return 2
	}
	// A single character begins many words: it is left out only before a known
	// name or Latin letters.
	if one < len(s.tokens) && (s.tokens[one].known || s.tokens[one].kind == word) && set[s.text[s.tokens[from].start:s.tokens[from].end]] {
		return 1
	}
	return 0
}

// knownAt returns the mention of the lexicon name that is exactly tokens [from, to).
func (x *extractor) knownAt(from, to int) (int32, bool) {
	for _, k := range x.line.known {
		if k.from == from && k.to == to {
			return k.mention, true
		}
	}
	return 0, false
}

// place weighs where in its unit and line a chunk stands.
func (x *extractor) place(u, from, to int) source {
	s := &x.line
	un := s.units[u]
	var p source
	if from == un.from && to == un.to || x.coordinated(un, from, to) {
		p |= x.wholePlace(u)
	}
	if from == un.from && un.left == '、' || to == un.to && un.right == '、' {
		p |= fromList
	}
	if to == un.to && un.right == '(' && u+1 < len(s.units) && x.onlyLatin(s.units[u+1]) {
		p |= fromMiddle
	}
	return p
}

// shortLine weighs a line, or its start before a bracket, that is one name: a
// list item, or a line that leads a list as a heading does.
func (x *extractor) shortLine(u int) source {
	s := &x.line
	switch {
	case s.line.Emphasis || s.line.Mark != "" && u == 0:
		return fromHeading
	case s.line.Kind == note.Bullet:
		return fromItem
	case s.line.Kind == note.Paragraph && x.leadsList():
		return fromHeading
	}
	return 0
}

// leadsList reports whether the next line that is not blank is a list item.
func (x *extractor) leadsList() bool {
	for i := x.line.index + 1; i < len(x.note.Lines) && i <= x.line.index+3; i++ {
		switch x.note.Lines[i].Kind {
		case note.Blank:
		case note.Bullet, note.Numbered:
			return true
		default:
			return false
		}
	}
	return false
}

// coordinated reports whether a chunk and others, joined by 和 or 与, fill a unit.
func (x *extractor) coordinated(un unit, from, to int) bool {
	s := &x.line
	if from == un.from && to < un.to && to+1 < un.to && isAnd(s.tokens[to]) {
		from, to = to+1, un.to
	} else if to == un.to && from-1 > un.from && isAnd(s.tokens[from-1]) {
		from, to = un.from, from-1
	} else {
		return false
	}
	for i := from; i < to; i++ {
		if s.tokens[i].cut {
			return false
		}
	}
	return true
}

func isAnd(t token) bool { return t.cut && (t.r == '和' || t.r == '与' || t.r == '及') }

// wholePlace weighs the place of a whole unit.
func (x *extractor) wholePlace(u int) source {
	s := &x.line
	un := s.units[u]
	var p source
	switch un.right {
	case ':', '=', '(':
		p |= headPlace(u)
	case '—', '→':
		p |= fromChain
		if u == 0 {
			p |= fromHead
		}
	}
	if un.left == '—' || un.left == '→' {
		p |= fromChain
	}
	if un.left == ':' {
		switch un.right {
		case ':':
			p |= fromHead
		case 0, '—', '(':
			p |= fromMiddle
		}
	}
	if un.left == '"' && un.right == '"' || un.left == '`' || un.left == '*' && un.right == '*' || un.left == '《' {
		p |= fromMark
	}
	if x.opensItem(u) {
		p |= fromOpening
	}
	if len(s.units) == 1 || un.left == 0 && un.right == '(' {
		p |= fromShort
		if s.role == 0 {
			p |= x.shortLine(u)
		}
	}
	return p
}

// opensItem reports whether a unit is the first clause of a list item, or of the
// telegraphic lines that lists of notes are made of.
func (x *extractor) opensItem(u int) bool {
	s := &x.line
	un := s.units[u]
	if u != 0 || s.role != 0 || s.line.Kind != note.Bullet && s.line.Kind != note.Numbered {
		return false
	}
	switch un.right {
	case ',', ' ', ';', '。', '+':
		return un.to-un.from >= 3
	}
	return false
}

// headPlace tells the head of a line from one inside it.
func headPlace(u int) source {
	if u == 0 {
		return fromHead
	}
	return fromMiddle
}

// onlyLatin reports whether a unit is Latin words alone.
func (x *extractor) onlyLatin(un unit) bool {
	for i := un.from; i < un.to; i++ {
		if x.line.tokens[i].kind != word {
			return false
		}
	}
	return true
}

// readLatin finds names in Latin letters within a chunk.
func (x *extractor) readLatin(u, from, to int, place source) {
	s := &x.line
	for i := from; i < to; i++ {
		if s.tokens[i].kind != word {
			continue
		}
		end := i + 1
		for end < to && s.tokens[end].kind == word && s.tokens[end].gap {
			end++
		}
		x.latinName(u, i, end, place, i == from && end == to)
		i = end
	}
}

// latinName weighs a run of Latin words in Chinese text.
func (x *extractor) latinName(u, from, to int, place source, alone bool) {
	s := &x.line
	if id, ok := x.knownAt(from, to); ok {
		x.mentions[id].from |= x.place(u, from, to)
		return
	}
	if to-from > 6 {
		return
	}
	text := s.text[s.tokens[from].start:s.tokens[to-1].end]
	evidence := source(0)
	switch {
	case x.inFormula(from, to), to-from == 1 && isLabel(text), x.namesPerson(to):
		return
	case to-from == 1 && (len(text) < 2 || x.english.of(text)&(genericNoun|weakWord) != 0 && !alone):
		return
	case hasCapitalOrDigit(text) && !(to-from == 1 && x.english.of(text) != 0 && x.english.of(text) != headNoun):
		evidence |= fromLatin
	case to-from > 1:
		evidence |= fromProper
	default:
		evidence |= fromListTerm
	}
	if alone {
		evidence |= place
	} else {
		evidence |= x.place(u, from, to)
	}
	x.name(from, to, evidence)
}

// isLabel recognises "P3" and the like: a capital and a figure, which number
// people, questions and versions.
func isLabel(text string) bool {
	if len(text) < 2 || len(text) > 3 || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	for i := 1; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// namesPerson reports whether the Chinese that begins at a token says that the
// Latin name before it is a person's.
func (x *extractor) namesPerson(at int) bool {
	s := &x.line
	if at+1 >= len(s.tokens) || s.tokens[at].kind != han || s.tokens[at+1].kind != han {
		return false
	}
	return x.chinese.person[s.text[s.tokens[at].start:s.tokens[at+1].end]]
}

// inFormula reports whether a short word stands beside a sign of arithmetic.
func (x *extractor) inFormula(from, to int) bool {
	s := &x.line
	if to-from > 1 || s.tokens[from].end-s.tokens[from].start > 4 {
		return false
	}
	sign := func(i int) bool {
		return i >= 0 && i < len(s.tokens) && s.tokens[i].kind == mark && (s.tokens[i].r == '=' || s.tokens[i].r == '+' || s.tokens[i].r == '^')
	}
	return (sign(from-1) || sign(to)) && !isAllCapital(s.text[s.tokens[from].start:s.tokens[from].end])
}

func hasCapitalOrDigit(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// suffix returns how many tokens at the end of a chunk are a suffix of names.
func (x *extractor) suffix(from, to int) int {
	s := &x.line
	for size := min(5, to-from); size >= 1; size-- {
		first := s.tokens[to-size]
		if first.kind == han && x.chinese.suffixes[s.text[first.start:s.tokens[to-1].end]] {
			return size
		}
	}
	return 0
}

// category reports whether the Chinese after the Latin letters of a chunk only
// says what they are.
func (x *extractor) category(from, to int) bool {
	s := &x.line
	at := from
	for at < to && s.tokens[at].kind == word {
		at++
	}
	return at > from && at < to && x.chinese.categories[s.text[s.tokens[at].start:s.tokens[to-1].end]]
}

// readLists gives the items of a list the evidence of their neighbours: where a
// third of the items are terms, the others are likely to be.
func (x *extractor) readLists() {
	s := &x.line
	for u := 0; u < len(s.units); u++ {
		end := u
		sign := s.units[u].right
		for (sign == '、' || sign == '—' || sign == '→') && end+1 < len(s.units) && s.units[end].right == sign && s.units[end+1].left == sign {
			end++
		}
		if end > u && (sign == '、' || end > u+1) {
			x.readList(u, end+1)
			u = end
		}
	}
}

func (x *extractor) readList(from, to int) {
	s := &x.line
	terms := 0
	for u := from; u < to; u++ {
		if id := x.mentionOf(s.units[u]); id >= 0 {
			if x.mentions[id].from&(fromLexicon|fromSuffix|fromLatin|fromMixed) != 0 {
				terms++
			}
		}
	}
	headed := s.units[from].left == ':' || s.units[from].left == '—'
	for u := from; u < to; u++ {
		id := x.mentionOf(s.units[u])
		if id < 0 {
			continue
		}
		if terms*3 >= to-from && (headed || x.mentions[id].end-x.mentions[id].start > 6 || isASCII(x.textOf(id))) {
			x.mentions[id].from |= fromListTerm
		}
		x.lists = append(x.lists, x.mentions[id].node)
	}
	x.lists = append(x.lists, -1)
}

// mentionOf returns the mention that ends or begins a unit, the longest; -1 when
// there is none.
func (x *extractor) mentionOf(un unit) int32 {
	s := &x.line
	start, end := int32(s.base+s.tokens[un.from].start), int32(s.base+s.tokens[un.to-1].end)
	best := int32(-1)
	for _, id := range s.found {
		m := &x.mentions[id]
		if m.start >= start && m.end <= end && (m.start == start || m.end == end) &&
			(best < 0 || m.end-m.start > x.mentions[best].end-x.mentions[best].start) {
			best = id
		}
	}
	return best
}
