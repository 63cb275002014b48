package concept

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// chineseLinks are verbs and signs that link the names on both sides of them.
var chineseLinks = strings.Fields(`
基于 采用 利用 使用 运用 借助 依赖 依靠 通过 超越 超过 优于 快于 强于 高于 低于 大于 小于 替代 取代 代替 置换为 转换为 转化为 变成 支撑 支持 赋能 实现 解决 提升 提高 降低 减少 减小 缓解 消除 引入 结合 融合 包括 包含 分为 属于 导致 引起 引发 催生 促进 推动 影响 预测 评估 衡量 度量 模拟 生成 处理 区别于 用于 应用于 适用于 针对 面向 得到 产生 负责 帮助 增强 改善 避免 防止 保护 检测 识别 捕捉 丢弃 压缩 放进 组成 构成 源于 来自 对比 比较 等于 等价于 即 靠 用 做 是 给 存 防 驱动 训练 优化 加速 记录 统一 表示 描述 刻画 定义 限制 带来 增大 扩展 简化 对应 关注 存在 回归 构建 建立 提供 具备 拥有
`)

// relateChinese links names within a Chinese clause by the verb between them. A
// clause without a subject speaks of the head of its line.
func (x *extractor) relateChinese(u int) {
	s := &x.line
	un := s.units[u]
	var buffer [16]int32
	names := x.inUnit(un, buffer[:0])
	if len(names) == 0 {
		return
	}
	x.headless(u, names[0])
	for i := 0; i+1 < len(names); i++ {
		a, b := names[i], names[i+1]
		gap := x.between(a, b)
		if x.contrast(u, a, b, gap) || x.modified(un, a, b, gap) || x.labelled(un, a, b, gap) || x.exceeds(un, a, b, gap) {
			continue
		}
		if i > 0 || !x.isSubject(un, a) || !x.isObject(un, b) {
			continue
		}
		phrase := linkPhrase(gap)
		if phrase == "" {
			continue
		}
		x.statement(u, a, b, phrase)
	}
}

// statement records "A phrase B", and the same for the further items of a list
// that B begins.
func (x *extractor) statement(u int, a, b int32, phrase string) {
	switch {
	case isKindOf(phrase):
		x.link(a, b, fact.Broader, "", sureLink)
		return
	case phrase == "包括" || phrase == "包含" || phrase == "分为":
		x.link(b, a, fact.Broader, "", sureLink)
	case phrase == "属于":
		x.link(a, b, fact.Broader, "", sureLink)
		return
	default:
		x.link(a, b, fact.Related, phrase, sureLink)
	}
	s := &x.line
	for v := u + 1; v < len(s.units) && s.units[v-1].right == '、' && s.units[v].left == '、'; v++ {
		item := x.mentionFilling(s.units[v].from, s.units[v].to)
		if item < 0 {
			return
		}
		if phrase == "包括" || phrase == "包含" || phrase == "分为" {
			x.link(item, a, fact.Broader, "", sureLink)
		} else {
			x.link(a, item, fact.Related, phrase, sureLink)
		}
	}
}

// isKindOf recognises "是一种" and the like.
func isKindOf(phrase string) bool {
	rest, ok := strings.CutPrefix(phrase, "是")
	return ok && (strings.HasPrefix(rest, "一种") || strings.HasPrefix(rest, "一类") || strings.HasPrefix(rest, "一个") || strings.HasPrefix(rest, "新型"))
}

// between returns the text between two mentions of the current line.
func (x *extractor) between(a, b int32) string {
	return x.line.line.Raw[x.mentions[a].end:x.mentions[b].start]
}

// linkLength is the most bytes of linking words in Chinese.
const linkLength = 30

// linkPhrase returns the linking words of a gap, "" when it holds none.
func linkPhrase(gap string) string {
	if len(gap) > linkLength || gap == "" {
		return ""
	}
	phrase := trimPhrase(gap)
	said := strings.TrimPrefix(strings.TrimPrefix(phrase, "不"), "无法")
	for _, verb := range chineseLinks {
		rest, ok := strings.CutPrefix(said, verb)
		switch {
		case !ok:
		case plainRest(verb, rest):
			return phrase
		case len(verb) > len("用") && !slices.Contains(modifiers, verb) && verb != "通过" && isModifier(rest):
			return strings.TrimSpace(phrase[:len(phrase)-len(rest)]) // "包含增强的" is 包含
		}
	}
	return ""
}

// isModifier recognises a few characters that end in 的: they say of what kind the
// object is.
func isModifier(rest string) bool {
	before, ok := strings.CutSuffix(strings.TrimSpace(rest), "的")
	return ok && before != "" && utf8.RuneCountInString(before) <= 5 && !strings.ContainsAny(before, "，,。;；:：") && !strings.Contains(before, "是")
}

// plainRest reports whether what follows the verb in a gap adds nothing that could
// change who does what.
func plainRest(verb, rest string) bool {
	switch strings.TrimSpace(rest) {
	case "", "了", "到", "于", "为", "成", "的是", "一种", "一类", "一个", "新型", "新型的", "一种新的", "了一种", "了一个", "出", "过", "起", "一些", "更", "该":
		return true
	}
	return false
}

// isSubject reports whether a mention begins its clause, small words aside.
func (x *extractor) isSubject(un unit, id int32) bool {
	s := &x.line
	before := strings.TrimSpace(s.line.Raw[s.base+s.tokens[un.from].start : x.mentions[id].start])
	switch before {
	case "", "但", "而", "且", "其中", "因为", "由于", "如果", "当", "该", "以", "因此", "所以", "然后", "于是", "但是", "目前", "现在", "当前", "以及", "类", "即", "把", "将", "让", "提出", "提出了", "首次提出":
		return true
	}
	return false
}

// isObject reports whether a mention ends what the verb speaks of: "利用X的Y" is
// about Y.
func (x *extractor) isObject(un unit, id int32) bool {
	s := &x.line
	end := int(x.mentions[id].end) - s.base
	for i := un.from; i < un.to; i++ {
		t := &s.tokens[i]
		if t.start < end {
			continue
		}
		if rest := s.text[t.start:s.tokens[un.to-1].end]; x.chinese.categories[rest] {
			return true // "转换为MoE结构"
		}
		return t.cut && t.r != '的' && t.r != '之' && !(t.r == '与' || t.r == '和') && !isPlace(t.r) || t.r == '来' || t.r == '进'
	}
	return un.right != '-'
}

// isPlace holds for characters after which another noun is what the verb acts on:
// 降低大模型向前计算次数.
func isPlace(r rune) bool {
	switch r {
	case '向', '比', '对', '里', '内', '中', '上', '下', '间', '处':
		return true
	}
	return false
}

// headless links a clause that begins with a verb to the head of its line:
// "InfLLM: 通过检索机制…".
func (x *extractor) headless(u int, object int32) {
	s := &x.line
	un := s.units[u]
	head := s.units[x.headOf(u)]
	if u == 0 || un.depth != head.depth || un.left == '、' && s.units[u-1].right != '、' {
		return
	}
	subject := int32(-1)
	switch {
	case un.left == ',' && x.subjectOf(u-1) >= 0:
		subject = x.subjectOf(u - 1)
	case (head.right == ':' || head.right == '—' || head.right == '(') && (un.sentence == head.sentence || u <= 2):
		subject = x.mentionOfUnit(head)
	}
	if subject < 0 || !x.isObject(un, object) {
		return
	}
	gap := s.line.Raw[s.base+s.tokens[un.from].start : x.mentions[object].start]
	after := s.line.Raw[x.mentions[object].end : s.base+s.tokens[un.to-1].end]
	if role := basis(gap, after); role != "" {
		x.link(subject, object, fact.Related, role, sureLink)
	} else if phrase := linkPhrase(gap); phrase != "" {
		x.statement(u, subject, object, phrase)
	} else if times := speedUp(s.line.Raw, s.base+s.tokens[un.from].start, int(x.mentions[object].start)); times != "" {
		x.link(subject, object, fact.Related, times, sureLink)
	}
}

// subjectOf returns the mention of which a clause says something with a verb, so that
// the next clause may speak of it too: "RWKV是一种RNN,降低了复杂度"; -1 when there is none.
func (x *extractor) subjectOf(u int) int32 {
	un := x.line.units[u]
	start := int32(x.line.base + x.line.tokens[un.from].start)
	for i := len(x.links) - 1; i >= 0 && int(x.links[i].line) == x.line.index; i-- {
		k := &x.links[i]
		if k.unit == int32(u) && k.confidence == sureLink && x.startIn(k.source) >= start && x.endIn(k.source) > start && x.isSubject(un, k.source) {
			return k.source
		}
	}
	return -1
}

// headOf returns the unit before u that is the head of what u says: the last one
// that a numbered item of the line begins with, else the first of the line.
func (x *extractor) headOf(u int) int {
	s := &x.line
	for v := u - 1; v > 0; v-- {
		if s.units[v].depth != s.units[u].depth {
			continue
		}
		if s.units[v].right == ':' && s.units[v].left == ')' || s.units[v+1].left == '—' && v+1 <= u && x.mentionOfUnit(s.units[v]) >= 0 {
			return v
		}
	}
	return 0
}

// basis recognises "以X为基础" and returns its words.
func basis(before, after string) string {
	if strings.TrimSpace(before) != "以" {
		return ""
	}
	for _, role := range []string{"为基础", "为核心", "为中心", "为骨干", "为底座"} {
		if strings.HasPrefix(after, role) {
			return "以…" + role
		}
	}
	return ""
}

// modifiers are verbs that tie what follows 的 to what stands before it.
var modifiers = []string{"基于", "针对", "面向", "采用", "利用", "用于", "借助"}

// modified links "基于X的Y": Y is based on X.
func (x *extractor) modified(un unit, a, b int32, gap string) bool {
	s := &x.line
	act, ok := strings.CutSuffix(strings.TrimSpace(gap), "的")
	if !ok || utf8.RuneCountInString(act) > 2 || x.endIn(b) != int32(s.base+s.tokens[un.to-1].end) {
		return false
	}
	before := strings.TrimSpace(s.line.Raw[s.base+s.tokens[un.from].start : x.mentions[a].start])
	for _, verb := range modifiers {
		if before != verb {
			continue
		}
		if act != "" {
			verb += "…" + act // 面向幻觉消除的对比学习
		}
		x.link(b, a, fact.Related, verb, sureLink)
		return true
	}
	return false
}

// labelled links "A的核心是B" with the label as its words.
func (x *extractor) labelled(un unit, a, b int32, gap string) bool {
	label, ok := strings.CutPrefix(strings.TrimSpace(gap), "的")
	if !ok || !x.isSubject(un, a) {
		return false
	}
	label, ok = strings.CutSuffix(label, "是")
	for _, word := range []string{"还", "就", "也", "都"} {
		label = strings.TrimSuffix(label, word)
	}
	if !ok || !x.chinese.isGeneric(label) || !x.isObject(un, b) {
		return false
	}
	x.link(a, b, fact.Related, label, sureLink)
	return true
}

// exceeds links "A比B更快" with the whole comparison as its words.
func (x *extractor) exceeds(un unit, a, b int32, gap string) bool {
	if strings.TrimSpace(gap) != "比" {
		return false
	}
	s := &x.line
	rest := strings.TrimSpace(s.line.Raw[x.mentions[b].end : s.base+s.tokens[un.to-1].end])
	for _, word := range []string{"更", "还", "要", "快", "强", "好", "高", "低", "大", "小", "优", "准", "稳", "慢", "差", "多", "少"} {
		if strings.HasPrefix(rest, word) && utf8.RuneCountInString(rest) <= 12 && x.isSubject(un, a) {
			x.link(a, b, fact.Related, "比…"+rest, sureLink)
			break
		}
	}
	return true
}

// speedUp recognises "1.6~2倍的", the measure of a gain, in bytes of a line; the
// sign between two figures divides units, so the first may stand before them.
func speedUp(raw string, start, end int) string {
	for start > 0 && strings.IndexByte("0123456789.,~-", raw[start-1]) >= 0 {
		start--
	}
	measure, ok := strings.CutSuffix(strings.TrimLeft(strings.TrimSpace(raw[start:end]), ".,~-"), "的")
	if !ok || !strings.HasSuffix(measure, "倍") || measure[0] < '0' || measure[0] > '9' {
		return ""
	}
	return measure
}

// contrast links "A vs B" and "A和B的区别".
func (x *extractor) contrast(u int, a, b int32, gap string) bool {
	s := &x.line
	trimmed := strings.ToLower(strings.Trim(gap, " ."))
	if trimmed == "vs" || trimmed == "versus" {
		x.link(a, b, fact.Related, strings.TrimSpace(gap), sureLink)
		return true
	}
	if trimmed != "和" && trimmed != "与" && trimmed != "跟" {
		return false
	}
	rest := s.line.Raw[x.mentions[b].end : s.base+s.tokens[s.units[u].to-1].end]
	for _, word := range []string{"差异", "区别", "不同", "对比", "比较", "关系"} {
		if at := strings.Index(rest, word); at >= 0 && at <= len("的本质上的") {
			x.link(a, b, fact.Related, word, sureLink)
			return true
		}
	}
	return false
}

// englishLinks are prepositions that link the names on both sides.
var englishLinks = []string{"with", "via", "vs", "vs.", "versus", "without", "instead of", "on top of", "as", "for", "becomes", "is", "are"}

// objectLinks link what is used to what it is used for.
var objectLinks = []string{"for", "as", "in", "with", "into", "to", "via", "on top of", "instead of", "inside", "over", "on", "from", "alongside"}

// relateEnglish links names within an English clause by the verb between them.
func (x *extractor) relateEnglish(u int) {
	un := x.line.units[u]
	var buffer [16]int32
	names := x.inUnit(un, buffer[:0])
	if len(names) == 0 {
		return
	}
	x.apposition(u, names[0])
	used := false // the name before is one that somebody uses
	for i := 0; i+1 < len(names); i++ {
		a, b := names[i], names[i+1]
		used = used || x.isUsed(un, a)
		gap := x.between(a, b)
		if used {
			phrase := dropArticle(strings.Join(strings.Fields(gap), " "))
			if used = slices.Contains(objectLinks, phrase) && x.endsObject(un, b); used {
				x.link(a, b, fact.Related, phrase, sureLink)
				continue
			}
		}
		phrase := x.englishPhrase(gap)
		if phrase == "" || i > 0 && !isContrast(phrase) || !x.beginsClause(un, a) || !x.endsObject(un, b) {
			continue
		}
		if phrase == "is a kind of" || phrase == "is a" || phrase == "is an" {
			x.link(a, b, fact.Broader, "", sureLink)
			continue
		}
		x.link(a, b, fact.Related, phrase, sureLink)
		x.furtherObjects(u, a, b, phrase)
	}
}

// furtherObjects links the other items of a list that a clause ends with: "X is
// similar to A, B, and C".
func (x *extractor) furtherObjects(u int, a, b int32, phrase string) {
	s := &x.line
	if x.endIn(b) != int32(s.base+s.tokens[s.units[u].to-1].end) {
		return
	}
	for v := u + 1; v < len(s.units) && s.units[v-1].right == ','; v++ {
		un := s.units[v]
		from := un.from
		for from+1 < un.to && x.classOf(from)&joinWord != 0 {
			from++
		}
		item := x.mentionFilling(from, un.to)
		if item < 0 {
			return
		}
		x.link(a, item, fact.Related, phrase, sureLink)
	}
}

// apposition links "X: a Y for Z": X is a Y.
func (x *extractor) apposition(u int, first int32) {
	s := &x.line
	if u != 1 || s.units[0].right != ':' && s.units[0].right != '—' && s.units[0].right != '=' {
		return
	}
	un := s.units[u]
	switch strings.ToLower(s.text[s.tokens[un.from].start:s.tokens[un.from].end]) {
	case "a", "an":
	default:
		return
	}
	if un.right == ',' && u+1 < len(s.units) && x.classOf(s.units[u+1].from)&articleWord != 0 {
		return // "X: a Y, a Z" tells the parts
	}
	if un.from+1 >= un.to || x.startIn(first) != int32(s.base+s.tokens[un.from+1].start) || !x.endsObject(un, first) {
		return
	}
	if head := x.mentionOfUnit(s.units[0]); head >= 0 {
		x.link(head, first, fact.Broader, "", sureLink)
	}
}

// isUsed reports whether the words before a mention say that somebody uses it:
// "they used X", "moved to X".
func (x *extractor) isUsed(un unit, id int32) bool {
	s := &x.line
	i := un.from
	for i < un.to && s.tokens[i].start+s.base < int(x.mentions[id].start) {
		i++
	}
	word := func(at int) string {
		if at < un.from {
			return ""
		}
		return strings.ToLower(s.text[s.tokens[at].start:s.tokens[at].end])
	}
	for i--; i >= un.from && (isDeterminer(word(i)) || x.english.of(word(i))&weakWord != 0); i-- {
	}
	switch word(i) {
	case "use", "uses", "used", "using", "run", "runs", "running", "ran", "adopted", "adopts", "deploy", "deployed", "do":
		return true
	case "to":
		switch word(i - 1) {
		case "moved", "migrated", "switched", "moving", "migrating", "switching":
			return true
		}
	}
	return false
}

func isContrast(phrase string) bool { return strings.HasPrefix(phrase, "v") && len(phrase) <= 6 }

// linkWords is the most words between two names that one clause links.
const linkWords = 4

// englishPhrase returns the linking words of a gap: a verb with its small words,
// or one of a few prepositions; "" when it holds neither.
func (x *extractor) englishPhrase(gap string) string {
	if len(gap) > 60 {
		return ""
	}
	words := strings.Fields(gap)
	if len(words) == 0 || len(words) > linkWords {
		return ""
	}
	verb := false
	for i, w := range words {
		class := x.english.of(w)
		if class&joinWord != 0 || strings.ContainsAny(w, ",;:()\"") {
			return ""
		}
		if class&(stopWord|weakWord) == 0 && i > 0 && !(isBe(words[i-1]) && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing"))) {
			return "" // a noun: the gap holds more than a verb and its small words
		}
		if class&stopWord == 0 && !strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "s") && class&weakWord == 0 {
			return ""
		}
		verb = verb || i < 2 && (class&verbWord != 0 || class == 0)
	}
	if opensClause(words[len(words)-1]) || isCausative(words[0]) {
		return ""
	}
	if last := words[len(words)-1]; x.english.of(last)&weakWord != 0 && x.english.of(last)&stopWord == 0 {
		return "" // an adjective of the object
	}
	phrase := strings.Join(words, " ")
	if !verb && !slices.Contains(englishLinks, dropArticle(phrase)) {
		return ""
	}
	return dropArticle(phrase)
}

// opensClause reports whether a clause of its own follows a word: "shows where".
func opensClause(w string) bool {
	switch w {
	case "where", "how", "why", "that", "when", "which", "what", "if", "whether", "who":
		return true
	}
	return false
}

// isCausative holds for verbs that say what something does to their object, not with
// it: "makes handlers cheap".
func isCausative(w string) bool {
	switch w {
	case "makes", "make", "made", "lets", "let", "keeps", "keep", "kept", "gets", "get", "got", "turns", "turn", "leaves", "leave", "left":
		return true
	}
	return false
}

func isBe(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "being":
		return true
	}
	return false
}

func dropArticle(phrase string) string {
	for _, article := range []string{" the", " a", " an", " its", " their"} {
		if phrase != "is"+article {
			phrase = strings.TrimSuffix(phrase, article)
		}
	}
	return phrase
}

// beginsClause reports whether nothing but articles and adjectives stands before a
// mention in its clause.
func (x *extractor) beginsClause(un unit, id int32) bool {
	s := &x.line
	for i := un.from; i < un.to && s.tokens[i].start+s.base < int(x.mentions[id].start); i++ {
		class := x.english.of(s.text[s.tokens[i].start:s.tokens[i].end])
		if class&weakWord == 0 && !isDeterminer(strings.ToLower(s.text[s.tokens[i].start:s.tokens[i].end])) {
			return false
		}
	}
	return true
}

func isDeterminer(w string) bool {
	switch w {
	case "the", "a", "an", "its", "their", "our", "some", "all", "these", "those", "this", "that", "but", "and", "so", "because", "since", "then":
		return true
	}
	return false
}

// endsObject reports whether a noun phrase ends with the mention.
func (x *extractor) endsObject(un unit, id int32) bool {
	s := &x.line
	for i := un.from; i < un.to; i++ {
		if s.tokens[i].start+s.base < int(x.mentions[id].end) {
			continue
		}
		return x.classOf(i)&stopWord != 0
	}
	return true
}
