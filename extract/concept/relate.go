package concept

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/note"
)

// link is a relation that the notes state between two mentions.
type link struct {
	source, target int32 // mentions
	predicate      fact.Predicate
	phrase         string
	line           int32 // index into the note's lines
	start, end     int32 // bytes of the raw line: its evidence
	confidence     float64
	unit           int32 // of the line: the clause that says it; -1 when no clause does
}

// Confidence of the kinds of links.
const (
	sureLink  = 0.9 // the words of the notes say it
	placeLink = 0.8 // headings and lists say it
	chainLink = 0.7 // a dash says it
)

// relate reads the relations of the line that was read.
func (x *extractor) relate(h *headings) {
	x.relateSection(h)
	x.relateHead(h)
	x.relateNumbered()
	x.relateBrackets()
	x.relateClauses()
}

// relateSection links a list item to the section it stands in.
func (x *extractor) relateSection(h *headings) {
	s := &x.line
	current := h.open[len(h.open)-1]
	if s.line.Kind != note.Bullet && s.line.Kind != note.Numbered {
		return
	}
	above, label := h.concept()
	if above < 0 {
		return
	}
	items := x.wholeList()
	if items == nil && current.mention >= 0 {
		items = []int32{current.mention}
	}
	for _, item := range items {
		if label != "" {
			x.link(above, item, fact.Related, label, placeLink)
		} else {
			x.link(item, above, fact.Broader, "", placeLink)
		}
	}
}

// wholeList returns the mentions of a line that is a list of names and nothing else;
// nil for another line.
func (x *extractor) wholeList() []int32 {
	s := &x.line
	if len(s.units) < 2 {
		return nil
	}
	var items []int32
	for u, un := range s.units {
		id := x.mentionOfUnit(un)
		if id < 0 || un.depth > 0 || u+1 < len(s.units) && un.right != '、' && un.right != ',' {
			return nil
		}
		items = append(items, id)
	}
	return items
}

// relateHead links "head: a, b, c": the items are parts of the head, or what the
// general word of the head says of the section.
func (x *extractor) relateHead(h *headings) {
	s := &x.line
	if len(s.units) < 2 || s.units[0].right != ':' {
		return
	}
	current := h.open[len(h.open)-1]
	above, label := current.mention, ""
	if above < 0 {
		if current.label == "" {
			return
		}
		label = current.label
		var between string
		above, between = h.concept()
		if above < 0 || between != "" {
			return
		}
	}
	items := x.items(1, s.units[0].depth)
	head := s.text[s.tokens[s.units[0].from].start:s.tokens[s.units[0].to-1].end]
	for _, item := range items {
		switch {
		case label != "":
			x.link(above, item, fact.Related, label, placeLink)
		case len(items) == 1 || isTrial(head):
			x.link(above, item, fact.Related, ":", chainLink)
		default:
			x.link(item, above, fact.Broader, "", placeLink)
		}
	}
}

// relateNumbered links "head: 1) a: …; 2) b: …": the numbered names are parts of the
// head.
func (x *extractor) relateNumbered() {
	s := &x.line
	if len(s.units) < 4 || s.units[0].right != ':' && s.units[0].right != '—' {
		return
	}
	above := x.mentionOfUnit(s.units[0])
	if above < 0 {
		return
	}
	for u := 2; u < len(s.units); u++ {
		un, figure := s.units[u], s.units[u-1]
		if un.left != ')' || un.right != ':' || figure.to != figure.from+1 || s.tokens[figure.from].kind != number {
			continue
		}
		if item := x.mentionOfUnit(un); item >= 0 {
			x.link(item, above, fact.Broader, "", placeLink)
		}
	}
}

// isTrial recognises heads such as 关联记忆评测: what follows is tried, no kind of it.
func isTrial(head string) bool {
	for _, ending := range []string{"评测", "测试", "实验", "结果", "评估"} {
		if strings.HasSuffix(head, ending) {
			return true
		}
	}
	return false
}

// items returns the mentions of the list that begins at a unit: units divided by
// "、" or ",", the first of them a name. What stands in brackets is read over, and in
// a list divided by "、" an item that is no name too.
func (x *extractor) items(u, depth int) []int32 {
	s := &x.line
	var items []int32
	for ; u < len(s.units); u++ {
		un := s.units[u]
		if un.depth > depth {
			continue
		}
		id := x.mentionOfUnit(un)
		switch {
		case id >= 0:
			items = append(items, id)
		case len(items) == 0 && (un.right == '、' || un.right == '(') && !x.hasCut(un): // the first is no name that is kept
		case len(items) == 0 || un.left != '、' && un.left != ')':
			return nil
		case un.right != '、' && un.right != '(':
			if len(items) < 2 {
				return nil // the list is what a clause speaks of
			}
			return items
		}
		if un.right == '(' {
			for u+1 < len(s.units) && s.units[u+1].depth > depth {
				u++
			}
			if next := u + 1; next < len(s.units) && s.units[next].left == ')' || next >= len(s.units) {
				return items // text goes on after the bracket
			}
			continue
		}
		if un.right != '、' && un.right != ',' {
			break
		}
	}
	return items
}

// hasCut reports whether a function word or verb stands in a unit.
func (x *extractor) hasCut(un unit) bool {
	for i := un.from; i < un.to; i++ {
		if x.line.tokens[i].cut {
			return true
		}
	}
	return false
}

// relateBrackets links "X(A、B)": A and B are examples of X.
func (x *extractor) relateBrackets() {
	s := &x.line
	for u := 0; u+1 < len(s.units); u++ {
		un, inner := s.units[u], s.units[u+1]
		if un.right != '(' || inner.depth <= un.depth || inner.right != '、' && inner.right != ',' {
			continue
		}
		above := x.mentionEnding(un)
		if above < 0 || inner.right == ',' && hasHan(s.text) {
			continue // a comma of Chinese divides clauses
		}
		items := x.bracketItems(u+1, inner.right)
		for _, item := range items {
			x.link(item, above, fact.Broader, "", placeLink)
		}
	}
}

// bracketItems returns the mentions of the list that fills a bracket, divided by
// one sign; nil when its first item is no name, a word such as 例如 aside.
func (x *extractor) bracketItems(u int, sign rune) []int32 {
	s := &x.line
	var items []int32
	for ; u < len(s.units); u++ {
		item := x.mentionFilling(x.afterExample(s.units[u]), s.units[u].to)
		switch {
		case item >= 0:
			items = append(items, item)
		case len(items) == 0 || sign != '、':
			return nil
		}
		if s.units[u].right == ')' {
			return items
		}
		if s.units[u].right != sign {
			return nil
		}
	}
	return nil
}

// afterExample returns the token of a unit after 例如 and the like.
func (x *extractor) afterExample(un unit) int {
	s := &x.line
	for i := un.from; i < un.to && i < un.from+2; i++ {
		switch s.text[s.tokens[un.from].start:s.tokens[i].end] {
		case "例如", "比如", "如", "包括", "包含", "即", "譬如":
			if i+1 < un.to {
				return i + 1
			}
		}
	}
	return un.from
}

// relateClauses links mentions by the words and signs between them.
func (x *extractor) relateClauses() {
	s := &x.line
	if len(s.found) < 2 {
		return
	}
	slices.SortFunc(s.found, func(a, b int32) int {
		m, n := &x.mentions[a], &x.mentions[b]
		if m.start != n.start {
			return int(m.start - n.start)
		}
		return int(n.end - m.end)
	})
	for u := range s.units {
		x.clause = int32(u)
		if hasHan(s.text) {
			x.gloss(u)
			x.relateChinese(u)
		} else {
			x.relateEnglish(u)
		}
	}
	x.clause = -1
	x.relateChains()
}

// gloss links "VisualRWKV视觉语言模型": a Latin name directly before the known kind of
// thing that it is.
func (x *extractor) gloss(u int) {
	s := &x.line
	un := s.units[u]
	for middle := un.from + 1; middle < un.to; middle++ {
		if s.tokens[middle].kind != han || s.tokens[middle-1].kind != word || s.tokens[middle].gap {
			continue
		}
		name, kind := x.mentionFilling(un.from, middle), x.mentionFilling(middle, un.to)
		if name >= 0 && kind >= 0 && x.names.all[x.mentions[kind].node].lexical != nil && !isAcronym(x.textOf(name)) && isKindName(x.textOf(kind)) {
			x.link(name, kind, fact.Broader, "", placeLink)
		}
		return
	}
}

// isKindName reports whether a name ends in a word for things that have names of
// their own.
func isKindName(text string) bool {
	for _, ending := range []string{"模型", "系统", "框架", "数据集", "算法", "平台", "引擎", "数据库", "语言", "芯片", "编译器"} {
		if strings.HasSuffix(text, ending) {
			return true
		}
	}
	return false
}

// relateChains links whole units divided by "——", "=" or "→".
func (x *extractor) relateChains() {
	s := &x.line
	for u := 0; u+1 < len(s.units); u++ {
		sign := s.units[u].right
		if sign != '—' && sign != '=' && sign != '→' || s.units[u+1].left != sign || s.units[u].depth != s.units[u+1].depth {
			continue
		}
		a := x.mentionOfUnit(s.units[u])
		b := x.mentionOfUnit(s.units[u+1])
		if a < 0 || b < 0 {
			continue
		}
		if items := x.items(u+1, s.units[u].depth); sign == '—' && len(items) > 1 && s.units[u+1].right == '、' {
			x.chainList(s.units[u], a, items)
			continue
		}
		x.link(a, b, fact.Related, string(sign), chainLink)
	}
}

// chainList links the list behind a dash to the name before it: its kinds, when
// that name begins the line.
func (x *extractor) chainList(before unit, above int32, items []int32) {
	for _, item := range items {
		switch before.left {
		case 0:
			x.link(item, above, fact.Broader, "", chainLink)
		case ':':
			x.link(above, item, fact.Related, "—", chainLink)
		}
	}
}

// inUnit returns the longest mentions of a unit from the left, without overlap.
func (x *extractor) inUnit(un unit, into []int32) []int32 {
	s := &x.line
	start, end := int32(s.base+s.tokens[un.from].start), int32(s.base+s.tokens[un.to-1].end)
	last := int32(-1)
	for _, id := range s.found {
		m := &x.mentions[id]
		if m.start >= start && m.end <= end && m.start >= last {
			into = append(into, id)
			last = m.end
		}
	}
	return into
}

// link records a relation with the whole line as its evidence, or the sentence
// around it when the line is long.
func (x *extractor) link(source, target int32, predicate fact.Predicate, phrase string, confidence float64) {
	if source == target || source < 0 || target < 0 {
		return
	}
	s := &x.line
	start, end := x.passage(s.index, int(min(x.startIn(source), x.startIn(target))), int(max(x.endIn(source), x.endIn(target))))
	x.links = append(x.links, link{source, target, predicate, phrase, int32(s.index), int32(start), int32(end), confidence, x.clause})
}

// startIn and endIn place a mention in the current line; one of another line
// stands at neither end.
func (x *extractor) startIn(id int32) int32 {
	if m := &x.mentions[id]; int(m.line) == x.line.index {
		return m.start
	}
	return int32(len(x.line.line.Raw))
}

func (x *extractor) endIn(id int32) int32 {
	if m := &x.mentions[id]; int(m.line) == x.line.index {
		return m.end
	}
	return 0
}

// trimPhrase makes the linking words readable.
func trimPhrase(text string) string {
	text = strings.TrimSpace(text)
	for _, word := range []string{"的", "了", "也", "都", "还", "则", "就", "可以", "能够", "能", "可", "会", "直接", "显著", "有效", "进一步", "大幅", "同时", "主要", "率先", "再"} {
		text = strings.TrimPrefix(text, word)
	}
	return strings.TrimSpace(text)
}
