package concept

import (
	"strings"
	"unicode/utf8"
)

// pair is two names that stand beside each other as names of one thing.
type pair struct {
	long, short int32 // candidates
	reason      string
	line        int // from 1
	sure        bool
	defines     int32 // the mention of a short form that the pair defines; -1 when it is no short form
}

// readPairs finds "long form (SHORT)" and a Chinese name with its English one
// directly beside it.
func (x *extractor) readPairs() {
	s := &x.line
	for u := range s.units {
		if u+1 < len(s.units) && s.units[u].right == '(' && s.units[u+1].left == '(' && s.units[u+1].right == ')' {
			x.bracketPair(s.units[u], s.units[u+1])
		}
		x.glossPair(s.units[u])
	}
}

// bracketPair joins the name before a bracket with the name that fills it.
func (x *extractor) bracketPair(before, inside unit) {
	s := &x.line
	long := x.mentionEnding(before)
	short := x.mentionFilling(inside.from, inside.to)
	if long < 0 || short < 0 {
		return
	}
	longText, shortText := x.textOf(long), x.textOf(short)
	reason := ""
	switch {
	case isAbbreviation(shortText, longText):
		reason = "its initials in brackets"
	case hasHan(longText) && !hasHan(shortText) && isAcronym(shortText):
		reason = "its abbreviation in brackets"
	case hasHan(longText) && !hasHan(shortText) && isGloss(shortText):
		reason = "its English name in brackets"
	case !hasHan(longText) && hasHan(shortText) && strings.ContainsRune(longText, ' ') && !hasCategory(shortText):
		reason = "its Chinese name in brackets"
	default:
		return
	}
	x.mentions[long].from |= fromBracket
	x.mentions[short].from |= fromBracket
	defines := int32(-1)
	if isAcronym(shortText) {
		defines = short
	}
	x.pairs = append(x.pairs, pair{long: x.mentions[long].node, short: x.mentions[short].node, reason: reason,
		line: s.line.Number, sure: isAbbreviation(shortText, longText), defines: defines})
}

// hasCategory reports whether a text is a clause rather than a name.
func hasCategory(text string) bool { return utf8.RuneCountInString(text) > 10 }

// glossPair joins the two halves of a unit that is a Chinese name and an English
// one: "寻址记忆 Addressing Memory".
func (x *extractor) glossPair(un unit) {
	s := &x.line
	middle := un.from
	for middle < un.to && s.tokens[middle].kind == s.tokens[un.from].kind {
		middle++
	}
	if middle == un.from || middle >= un.to {
		return
	}
	for i := middle; i < un.to; i++ {
		if s.tokens[i].kind != s.tokens[middle].kind {
			return
		}
	}
	chinese, latin := x.mentionFilling(un.from, middle), x.mentionFilling(middle, un.to)
	if s.tokens[un.from].kind == word {
		chinese, latin = latin, chinese
	}
	if chinese < 0 || latin < 0 {
		return
	}
	text := x.textOf(latin)
	if !isAcronym(text) && !isGloss(text) || x.category(un.from, un.to) || x.suffixAfterLatin(un, middle) {
		return
	}
	if !isAcronym(text) && x.names.all[x.mentions[chinese].node].lexical != nil && isKindName(x.textOf(chinese)) {
		return // VisualRWKV视觉语言模型 is one of them, not another name of them
	}
	x.mentions[chinese].from |= fromBracket
	x.mentions[latin].from |= fromBracket
	x.pairs = append(x.pairs, pair{long: x.mentions[chinese].node, short: x.mentions[latin].node,
		reason: "its name in the other language beside it", line: s.line.Number, defines: -1})
}

// suffixAfterLatin reports whether the Chinese half goes on with what the Latin
// half begins: "Swish函数" is one name, not two.
func (x *extractor) suffixAfterLatin(un unit, middle int) bool {
	s := &x.line
	return s.tokens[un.from].kind == word && un.to-middle < 4 && middle-un.from == 1
}

func (x *extractor) textOf(id int32) string {
	m := &x.mentions[id]
	return x.note.Lines[m.line].Raw[m.start:m.end]
}

// mentionEnding returns the longest mention that ends a unit; -1 when there is none.
func (x *extractor) mentionEnding(un unit) int32 {
	s := &x.line
	start, end := int32(s.base+s.tokens[un.from].start), int32(s.base+s.tokens[un.to-1].end)
	best := int32(-1)
	for _, id := range s.found {
		m := &x.mentions[id]
		if m.end == end && m.start >= start && (best < 0 || m.start < x.mentions[best].start) {
			best = id
		}
	}
	return best
}

// mentionFilling returns the mention that is exactly tokens [from, to).
func (x *extractor) mentionFilling(from, to int) int32 {
	s := &x.line
	start, end := int32(s.base+s.tokens[from].start), int32(s.base+s.tokens[to-1].end)
	for _, id := range s.found {
		if m := &x.mentions[id]; m.start == start && m.end == end {
			return id
		}
	}
	return -1
}

// mentionOfUnit returns the mention that a unit is about as a whole: one that fills
// it, or fills it with its name in the other language (张量并行TP), with a word that
// says what it is (TULER测试), or behind words such as 已有的; -1 when there is none.
func (x *extractor) mentionOfUnit(un unit) int32 {
	if id := x.mentionFilling(un.from, un.to); id >= 0 {
		return id
	}
	s := &x.line
	from := x.afterDeterminer(un)
	for middle := from + 1; middle <= un.to; middle++ {
		id := x.mentionFilling(from, middle)
		if id < 0 {
			continue
		}
		if middle == un.to || s.tokens[middle-1].kind == word && x.chinese.categories[s.text[s.tokens[middle].start:s.tokens[un.to-1].end]] {
			return id
		}
		if other := x.mentionFilling(middle, un.to); other >= 0 && s.tokens[middle].kind != s.tokens[middle-1].kind && x.oneIdea(id, other) {
			return id
		}
	}
	return -1
}

// oneIdea reports whether two mentions side by side are names of one concept.
func (x *extractor) oneIdea(a, b int32) bool {
	if x.mentions[a].node == x.mentions[b].node {
		return true
	}
	for i := len(x.pairs) - 1; i >= 0 && x.pairs[i].line == x.line.line.Number; i-- {
		if p := &x.pairs[i]; p.long == x.mentions[a].node && p.short == x.mentions[b].node || p.short == x.mentions[a].node && p.long == x.mentions[b].node {
			return true
		}
	}
	return false
}

// afterDeterminer returns the token of a unit after 已有的, 常见的 and the like.
func (x *extractor) afterDeterminer(un unit) int {
	s := &x.line
	for i := un.from + 1; i < un.to && i <= un.from+3; i++ {
		switch s.text[s.tokens[un.from].start:s.tokens[i-1].end] {
		case "已有的", "现有的", "已有", "现有", "常见的", "常见", "主流的", "主流", "传统的", "典型的", "新的", "主要的", "类":
			if s.tokens[i].cut {
				continue
			}
			return i
		}
	}
	return un.from
}

// abbreviates reports whether a bracket holds the initials of the words before it.
func (x *extractor) abbreviates(from, to int, inside unit) bool {
	s := &x.line
	if inside.to-inside.from != 1 || s.tokens[inside.from].kind != word {
		return false
	}
	short := s.text[s.tokens[inside.from].start:s.tokens[inside.from].end]
	return isAbbreviation(short, s.text[s.tokens[from].start:s.tokens[to-1].end])
}

// isAcronym recognises "FFN", "MQAR", "scRNA-seq": a short word, mostly capitals,
// without a version number.
func isAcronym(text string) bool {
	capitals, digits := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c >= '0' && c <= '9':
			digits++
		case c == ' ':
			return false
		}
	}
	return capitals >= 2 && digits == 0 && len(text) <= 10
}

// isGloss recognises an English name that translates the Chinese one beside it:
// words of letters, at least two of them or one long one.
func isGloss(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; !isLetterByte(c) && c != ' ' && c != '-' {
			return false
		}
	}
	return len(text) >= 7 && !isMixedCase(text)
}

// isAbbreviation reports whether short is made of the initials of the words of
// long: "SSD" of "Switchable Sparse-Dense Learning" too, since a few may be left out.
func isAbbreviation(short, long string) bool {
	if len(short) < 2 || len(short) > 8 || hasHan(long) || !strings.ContainsAny(long, " -") {
		return false
	}
	initials := make([]byte, 0, 12)
	start := true
	for i := 0; i < len(long); i++ {
		if isWordByte(long[i]) && start {
			initials = append(initials, long[i]|0x20)
		}
		start = !isWordByte(long[i])
	}
	at := 0
	lower := strings.TrimSuffix(strings.ToLower(short), "s")
	for i := 0; i < len(lower); i++ {
		next := strings.IndexByte(string(initials[at:]), lower[i])
		if next < 0 {
			return false
		}
		at += next + 1
	}
	return len(initials) > 0 && initials[0] == lower[0] && len(initials)-len(lower) <= 1
}
