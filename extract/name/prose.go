package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
)

// Role says what a person does in a sentence.
type Role uint8

// The roles.
const (
	Named  Role = iota // named, and nothing is said of a talk
	Speaks             // a verb of speech follows, or the sentence says that the talk was by the person
	Chairs             // hosts or opens
	Cited              // an author, a supervisor, somebody else's paper
)

// Mention is a person found in running text.
type Mention struct {
	Person
	Role     Role
	After    int  // byte behind the person and the verb: where the object begins
	Together bool // speaks together with the next mention: "A and B showed …"
	Credited bool // the words for a talk stand beside: "a talk by NAME", "NAME做了…的报告"
}

// Mentions finds the persons of a piece of running text, in order. A name counts
// only between cues: an institution or a preposition before it, a title, a verb of
// speech or brackets behind it.
func (g *Grammar) Mentions(text string) []Mention {
	p := proseReader{grammar: g, text: text}
	p.institutions()
	for at := 0; at < len(text); {
		m, end, ok := p.personAt(at)
		if !ok {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		p.found = append(p.found, m)
		at = end
	}
	p.coordinate()
	return p.found
}

// coordinate joins names with nothing but a conjunction between them: they do the
// same, and what is said of one of them alone ("来自ORG的A和B", "A and B of ORG")
// belongs to both.
func (p *proseReader) coordinate() {
	for k := len(p.found) - 2; k >= 0; k-- {
		m, next := &p.found[k], &p.found[k+1]
		if m.Extent.End > next.Extent.Start || !isConjunction(p.text[m.Extent.End:next.Extent.Start]) {
			continue
		}
		if m.Role == Speaks && m.Credited && next.Role == Named { // "by A and B"
			m.Together, next.Role, next.After, next.Credited = true, Speaks, next.Extent.End, true
			continue
		}
		if m.Role != Named || next.Role != Speaks && next.Role != Chairs {
			continue
		}
		m.Role, m.After, m.Together = next.Role, next.After, next.Role == Speaks
		switch {
		case len(next.Affiliations) == 0 && len(m.Affiliations) > 0 && m.Affiliations[0].Start < m.Start:
			next.Affiliations = m.Affiliations
		case len(m.Affiliations) == 0 && len(next.Affiliations) > 0 && next.Affiliations[0].Start > next.Start:
			m.Affiliations = next.Affiliations
		}
	}
}

func isConjunction(text string) bool {
	switch strings.TrimSpace(text) {
	case "和", "与", "及", "以及", "、", "and", "&", ",", ", and", ",and":
		return true
	}
	return false
}

// proseReader carries the institutions of a text.
type proseReader struct {
	grammar *Grammar
	text    string
	spans   []atom // institutions, in order
	found   []Mention
	depth   int // of names in a coordination
}

// institutions finds institutions: those of the lexicon, extended to a longer name
// by a department, and Chinese names by their suffix.
func (p *proseReader) institutions() {
	p.grammar.lexicon.MatchOrganizations(p.text, func(m lexicon.OrganizationMatch) {
		if m.Ambiguous && utf8.RuneCountInString(p.text[m.Start:m.End]) < 3 {
			return
		}
		if n := len(p.spans); n > 0 && p.spans[n-1].span.End > m.Start {
			return
		}
		p.spans = append(p.spans, atom{kind: organizationAtom, span: Span{m.Start, m.End}, known: m.Organization})
	})
}

// institutionEnding returns the institution that ends at a byte.
func (p *proseReader) institutionEnding(at int) *atom {
	for i := range p.spans {
		if p.spans[i].span.End == at {
			return &p.spans[i]
		}
	}
	if a := p.withDepartment(at); a != nil {
		return a
	}
	if a := p.withCity(at); a != nil {
		return a
	}
	return p.bySuffix(at)
}

// teamSuffixes end parts of an institution that are no institutions of their own.
var teamSuffixes = []string{"团队", "部门", "事业部", "事业群", "部", "组", "研发中心"}

// withDepartment reads "阿里云函数计算团队" backwards from a byte: a known institution
// and a team of it, of which the institution is returned.
func (p *proseReader) withDepartment(at int) *atom {
	for i := range p.spans {
		a := &p.spans[i]
		if a.span.End >= at || at-a.span.End > 36 || !endsIn(p.text[a.span.End:at], teamSuffixes) {
			continue
		}
		if isHan(p.text[a.span.End:at]) {
			whole := *a
			whole.span.End = at
			return &whole
		}
	}
	return nil
}

// withCity reads "香港中文大学（深圳）" backwards from a byte.
func (p *proseReader) withCity(at int) *atom {
	head := p.text[:at]
	closer, size := utf8.DecodeLastRuneInString(head)
	if closer != '）' && closer != ')' {
		return nil
	}
	open := max(strings.LastIndex(head, "（"), strings.LastIndex(head, "("))
	if open <= 0 {
		return nil
	}
	_, opened := utf8.DecodeRuneInString(head[open:])
	if !IsCity(head[open+opened : at-size]) {
		return nil
	}
	inner := p.institutionEnding(open)
	if inner == nil {
		return nil
	}
	return &atom{kind: organizationAtom, span: Span{inner.span.Start, at}, known: p.grammar.lexicon.OrganizationNamed(p.text[inner.span.Start:at])}
}

func isHan(text string) bool {
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return text != ""
}

// opensClause reports whether nothing or punctuation stands before a byte.
func (p *proseReader) opensClause(at int) bool {
	before, size := utf8.DecodeLastRuneInString(p.text[:at])
	return size == 0 || unicode.IsPunct(before)
}

// insideInstitution reports whether a byte stands inside an institution's name.
func (p *proseReader) insideInstitution(at int) int {
	for _, a := range p.spans {
		if at >= a.span.Start && at < a.span.End {
			return a.span.End
		}
	}
	return 0
}

// bySuffix reads an institution with a known suffix backwards from a byte to the
// start of its clause or a word that ends before names.
func (p *proseReader) bySuffix(at int) *atom {
	head := p.text[:at]
	suffix := organizationSuffix(head)
	if suffix == "" || weakSuffixes[suffix] && !strings.HasPrefix(p.text[at:], "的") {
		return nil
	}
	start := at - len(suffix)
	for count := 0; start > 0 && count < 16; count++ {
		r, size := utf8.DecodeLastRuneInString(p.text[:start])
		if !unicode.Is(unicode.Han, r) && !(r < utf8.RuneSelf && unicode.IsLetter(r)) || strings.ContainsRune("的由请是来自和与及为在从了到个位讲", r) {
			break
		}
		start -= size
	}
	if at-start-len(suffix) < 6 || weakSuffixes[suffix] && (!p.opensClause(start) || at-start > 24 || len(p.grammar.lexicon.FindConcepts(head[start:])) > 0) {
		return nil
	}
	return &atom{kind: organizationAtom, span: Span{start, at}}
}

// personAt tries to read a person at a byte; it returns the mention and its end.
func (p *proseReader) personAt(at int) (Mention, int, bool) {
	if end := p.insideInstitution(at); end > 0 && at != end {
		return Mention{}, 0, false
	}
	r, _ := utf8.DecodeRuneInString(p.text[at:])
	if unicode.Is(unicode.Han, r) {
		return p.chinese(at)
	}
	if before, _ := utf8.DecodeLastRuneInString(p.text[:at]); unicode.IsUpper(r) && (unicode.Is(unicode.Han, before) || !unicode.IsLetter(before) && !unicode.IsDigit(before)) {
		return p.latin(at)
	}
	return Mention{}, 0, false
}

// before collects what stands on the left of a name: institutions and titles, with
// 的 and the like between; strong tells that something there announces a name.
func (p *proseReader) before(at int) (atoms []atom, strong bool) {
	end := at
	listed := false // a mark of lists was passed: what stands before it may be another's
	for range 4 {
		end = p.skipBack(end, "的", " ", "　")
		if a := p.institutionEnding(end); a != nil {
			atoms = append([]atom{*a}, atoms...)
			strong = true
			end = p.skipBack(a.span.Start, "、", "和")
			listed = end < a.span.Start
			continue
		}
		if start := p.titleEnding(end); start >= 0 && !(listed && p.institutionEnding(start) == nil && !p.opensClause(start)) {
			atoms = append([]atom{{kind: titleAtom, span: Span{start, end}}}, atoms...)
			end, strong = start, true
			continue
		}
		break
	}
	if a := p.cameFrom(end); a != nil && len(atoms) > 0 {
		return append([]atom{*a}, atoms...), true
	}
	for _, word := range []string{"由", "请", "邀请", "是", "来自", "嘉宾", "讲者", "报告人", "主讲人", "演讲者"} {
		if strings.HasSuffix(p.text[:end], word) {
			strong = true
		}
	}
	if a := p.clauseBefore(end); a != nil {
		atoms = append([]atom{*a}, atoms...)
	}
	return atoms, strong
}

// cameFrom reads "来自ORG的" before a title: what stands between is the institution,
// whatever its name.
func (p *proseReader) cameFrom(end int) *atom {
	head, ok := strings.CutSuffix(p.text[:end], "的")
	if !ok {
		head = p.text[:end]
	}
	at := strings.LastIndex(head, "来自")
	if at < 0 {
		return nil
	}
	start := at + len("来自")
	inner := head[start:]
	if size := utf8.RuneCountInString(inner); size < 2 || size > 16 || strings.ContainsAny(inner, "，。、；：的和与（） ,.;:") || p.grammar.notFrom(inner) {
		return nil
	}
	return &atom{kind: organizationAtom, span: Span{start, start + len(inner)}, known: p.grammar.lexicon.OrganizationNamed(inner)}
}

// notFrom holds for what people come from without belonging to it: places, and groups
// of people and institutions.
func (g *Grammar) notFrom(text string) bool {
	if IsCity(text) {
		return true
	}
	for _, word := range []string{"国内", "国外", "海外", "省内", "省外", "全国", "各", "多所", "多家", "不同", "世界", "业界", "学界", "工业界", "学术界"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	_, kind := g.people.TitleAt(text, 0)
	return kind != 0 || endsIn(text, []string{"国", "省", "市", "家", "所"}) && !strings.HasSuffix(text, "研究所")
}

// clauseBefore finds the institution in "来自ORG，主讲人是" before a name.
func (p *proseReader) clauseBefore(end int) *atom {
	for _, word := range announces {
		head, ok := strings.CutSuffix(p.text[:end], word)
		if !ok {
			continue
		}
		if head, ok = strings.CutSuffix(head, "，"); !ok {
			return nil
		}
		if a := p.institutionEnding(len(head)); a != nil && strings.HasSuffix(p.text[:a.span.Start], "来自") {
			return a
		}
	}
	return nil
}

// announces are the words before a person that say that he or she gives a talk.
var announces = []string{"讲的是", "发言的是", "出场的是", "登场的是", "报告的是", "演讲的是", "分享的是", "上台的是", "讲者是", "报告人是", "主讲人是", "嘉宾是", "主讲是", "讲的"}

// hostAnnounces are the words before a person that say that he or she was the host.
var hostAnnounces = []string{"主持人是", "主持人为", "主持的是", "主持是", "主席是", "主持人：", "主持："}

// announcedBefore reports whether such words stand before what belongs to a name.
func (p *proseReader) announcedBefore(start int) bool {
	return endsIn(p.text[:start], announces)
}

// talkWords name the talk of the person before them; subjectWords open its title.
var (
	talkWords    = []string{"的报告", "的演讲", "的分享", "的讲座", "的发言", "的talk", "的 talk", "的主题报告", "的特邀报告", "的讲演", "的题目", "的报告题目", "的演讲题目", "的主题", "'s talk", "’s talk", "'s keynote", "’s keynote", "'s lecture", "’s lecture", "'s presentation", "’s presentation", "'s tutorial", "’s tutorial", ", whose talk", ", whose keynote", ", whose lecture", ", whose presentation", " whose talk"}
	subjectWords = []string{" was about ", "was about ", "is about ", "was on ", "was titled ", "was called ", "他讲的是", "她讲的是", "他的题目是", "她的题目是", "他的报告是", "她的报告是", "他带来的是", "她带来的是", "他介绍了", "他讲了", "他分享了", "她介绍了", "她讲了", "她分享了", "他主要讲了", "她主要讲了", "他报告了", "她报告了", "报告题目是", "报告题目为", "演讲题目是", "题目是", "题目为", "题目叫", "主题是", "主题为", "题为", "标题是", "标题为", "讲的是", "主要讲了", "主要讲", "主要介绍了", "主要介绍", "介绍了", "讲了", "谈了", "是关于", "关于", "是", "叫"}
)

// quotedSubject opens the title in "以“…”为题作报告", quotedMatter the one in
// "就“…”作了分享", which needs a word of speech behind it.
var (
	quotedSubject = []string{"以“", "以《", "以\"", "以「", "以题为"}
	quotedMatter  = []string{"就“", "就《", "围绕“", "围绕《", "针对“", "针对《", "结合“", "结合《", "就「", "围绕「"}
	matterVerbs   = []string{"报告", "演讲", "分享", "发言", "讲座", "主题", "交流", "介绍", "讲解", "阐述", "探讨", "论述", "授课"}
)

// opensQuotedSubject reports whether such a title begins at a byte.
func (p *proseReader) opensQuotedSubject(at int) bool {
	rest := p.text[at:]
	if startsWithAny(rest, quotedSubject) {
		return true
	}
	if !startsWithAny(rest, quotedMatter) {
		return false
	}
	stop := strings.IndexAny(rest, "”》」")
	if stop < 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(rest[stop:])
	behind := rest[stop+size:]
	if clause := strings.IndexAny(behind, "。；!！?？，,"); clause >= 0 {
		behind = behind[:clause]
	}
	for _, verb := range matterVerbs {
		if strings.Contains(behind, verb) {
			return true
		}
	}
	return false
}

// talkBehind reads "的报告题目是", "的演讲，", "，题目是" behind a person: it returns
// where the title begins; -1 when nothing there names a talk.
func (p *proseReader) talkBehind(at int) int {
	if p.opensQuotedSubject(at) {
		return at
	}
	from, named := at, false
	for _, word := range talkWords {
		if strings.HasPrefix(p.text[at:], word) && at+len(word) > from {
			from, named = at+len(word), true
		}
	}
	rest := strings.TrimLeft(p.text[from:], " ，,：:")
	from = len(p.text) - len(rest)
	size := 0
	for _, word := range subjectWords {
		if strings.HasPrefix(rest, word) && len(word) > size && (named || len(word) > len("关于")) {
			size = len(word)
		}
	}
	if !named && size == 0 {
		return -1
	}
	return from + size
}

func (p *proseReader) skipBack(end int, words ...string) int {
	for again := true; again; {
		again = false
		for _, word := range words {
			if strings.HasSuffix(p.text[:end], word) {
				end -= len(word)
				again = true
			}
		}
	}
	return end
}

// titleEnding returns the start of a title that ends at a byte; -1 when none does.
func (p *proseReader) titleEnding(end int) int {
	start, longest := end, -1
	for range 8 {
		if start == 0 {
			break
		}
		_, size := utf8.DecodeLastRuneInString(p.text[:start])
		start -= size
		if stop, kind := p.grammar.people.TitleAt(p.text, start); kind != 0 && stop == end {
			longest = start
			if p.institutionEnding(start) != nil {
				break // 新加坡工程院 + 院士, and not 新加坡 + 工程院院士
			}
		}
	}
	return longest
}

// opens reports whether a clause begins at a byte, or a word that stands before names.
func (p *proseReader) opens(at int) bool {
	if at == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(p.text[:at])
	if !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return true
	}
	if endsInOrdinal(p.text[:at]) {
		return true
	}
	for _, word := range []string{"由", "请", "邀请", "的", "是", "和", "与", "及", "来自", "然后", "接着", "接下来", "随后", "最后", "首先", "后面", "上午", "下午", "晚上", "教授", "老师", "博士", "嘉宾", "讲者", "报告人", "主讲人", "演讲者"} {
		if strings.HasSuffix(p.text[:at], word) {
			return true
		}
	}
	return p.institutionEnding(at) != nil || p.titleEnding(at) >= 0
}

// endsInOrdinal holds for a text that ends in 第一场, 第2个, 下一位.
func endsInOrdinal(text string) bool {
	for _, unit := range []string{"场", "个", "位", "讲", "场是", "个是", "位是"} {
		head, ok := strings.CutSuffix(text, unit)
		if !ok {
			continue
		}
		count := strings.TrimRight(head, "一二三四五六七八九十0123456789")
		if len(count) < len(head) && (strings.HasSuffix(count, "第") || strings.HasSuffix(head, "下一")) {
			return true
		}
	}
	return false
}

// chinese reads a Chinese name whose both ends are marked.
func (p *proseReader) chinese(at int) (Mention, int, bool) {
	if !p.opens(at) {
		return Mention{}, 0, false
	}
	left, strong := p.before(at)
	for _, end := range p.nameEnds(at, strong) {
		candidate := p.text[at:end]
		if _, last := utf8.DecodeLastRuneInString(candidate); p.opensQuotedSubject(end - last) {
			continue // 以 and 就 open the title and do not end the name
		}
		after, behind, role, backed := p.behind(end)
		if !backed || !strong && !behind.strongly {
			continue
		}
		if p.citedBefore(at) {
			role = Cited
		}
		atoms := append(append([]atom{}, left...), atom{kind: nameAtom, span: Span{at, end}})
		atoms = append(atoms, behind.atoms...)
		people := assemble(p.grammar, p.text, atoms)
		if len(people) != 1 || people[0].Name != candidate {
			continue
		}
		if role == Named {
			if title := p.talkBehind(behind.end); title >= 0 {
				role, after = Speaks, title
			} else if p.announcedBefore(people[0].Extent.Start) {
				role = Speaks
			} else if endsIn(p.text[:people[0].Extent.Start], hostAnnounces) {
				role = Chairs
			}
		}
		return Mention{Person: people[0], Role: role, After: after, Credited: role == Speaks && namesTalk(p.text, after)}, max(end, behind.end), true
	}
	return Mention{}, 0, false
}

// nameEnds lists where a name that starts at a byte can end: three characters
// before two; a name without a known surname only where its left side is strong.
func (p *proseReader) nameEnds(at int, strong bool) []int {
	text := p.text[at:]
	var ends []int
	if size := p.grammar.minorityName(text); size > 0 {
		ends = append(ends, at+size)
	}
	surname := p.grammar.people.SurnameSize(text)
	if surname > 0 && strings.ContainsRune(grammaticalSurnames, firstRune(text)) {
		surname = 0
	}
	known := surname > 0
	if !known {
		if !strong || strings.ContainsRune(neverGiven+grammaticalSurnames+verbOpenings, firstRune(text)) {
			return ends
		}
		_, surname = utf8.DecodeRuneInString(text)
	}
	one := p.runeEnd(at+surname, 1)
	two := p.runeEnd(at+surname, 2)
	three := p.runeEnd(at+surname, 3)
	if !known && three > 0 {
		ends = append(ends, three)
	}
	if two > 0 {
		ends = append(ends, two)
	}
	if known && one > 0 {
		ends = append(ends, one)
	}
	if known && strong && three > 0 && surname == utf8.RuneLen(firstRune(text)) {
		ends = append(ends, three) // 才让卓玛: what looks like a surname opens a longer name
	}
	kept := ends[:0]
	for _, end := range ends {
		if strings.ContainsAny(p.text[at:end], "·•‧・") && !p.opensWithTitle(p.text[at:end]) || p.canBeName(p.text[at:end]) {
			kept = append(kept, end)
		}
	}
	return kept
}

// verbOpenings begin what a person does, and no name without a surname.
const verbOpenings = "作做就围先首主分带介报演给出参负担发致结通针"

// canBeName checks the shape of a name in running text: a title does not open it.
// Names of four characters without a surname are those of minorities, in which 让,
// a word of grammar elsewhere, is frequent.
func (p *proseReader) canBeName(candidate string) bool {
	if p.opensWithTitle(candidate) {
		return false
	}
	if utf8.RuneCountInString(candidate) == 4 {
		candidate = strings.Replace(candidate, "让", "", 1)
	}
	return p.grammar.canBeChineseName(candidate)
}

// opensWithTitle holds for a candidate that begins with a title of two characters.
func (p *proseReader) opensWithTitle(candidate string) bool {
	end, kind := p.grammar.people.TitleAt(candidate, 0)
	return kind != 0 && utf8.RuneCountInString(candidate[:end]) >= 2
}

func (p *proseReader) runeEnd(at, count int) int {
	for range count {
		r, size := utf8.DecodeRuneInString(p.text[at:])
		if size == 0 || !unicode.Is(unicode.Han, r) {
			return 0
		}
		at += size
	}
	return at
}

// behindName is what stands on the right of a name.
type behindName struct {
	atoms    []atom
	end      int
	strongly bool // a title, a verb or an institution in brackets
}

// behind reads titles, brackets and the verb behind a name. It reports where the
// object begins, the role, and whether the name ends there at all.
func (p *proseReader) behind(end int) (after int, b behindName, role Role, backed bool) {
	b.end = end
	for {
		if stop, kind := p.grammar.people.TitleAt(p.text, b.end); kind != 0 {
			b.atoms = append(b.atoms, atom{kind: titleAtom, span: Span{b.end, stop}})
			b.end, b.strongly, backed = stop, true, true
			continue
		}
		if inner, stop := bracketsAt(p.text, b.end); stop > 0 {
			found := p.inBrackets(inner)
			if found == nil {
				break
			}
			b.atoms = append(b.atoms, found...)
			b.end, b.strongly, backed = stop, true, true
			continue
		}
		break
	}
	rest := p.text[b.end:]
	next, size := utf8.DecodeRuneInString(rest)
	if size == 0 || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
		backed = true
	}
	after, role = p.verb(b.end)
	if role != Named {
		b.strongly, backed = true, true
	}
	if startsWithAny(rest, []string{"和", "与", "、", "及", "以及", "等"}) || p.opensQuotedSubject(b.end) {
		backed = true
	}
	return after, b, role, backed
}

// adverbs may stand between a name and its verb.
var adverbs = []string{"分别", "依次", "先后", "围绕", "针对", "通过视频连线", "通过视频", "通过线上方式", "以线上方式", "远程连线", "首先", "随后", "接着", "则", "也", "又", "还", "来", "主要", "为大家", "给大家", "给我们", "为我们", "用英语", "用英文", "用中文", "在线", "线上", "远程", "就", "今天", "上来", "代表团队", " "}

// verb reads adverbs and a verb of speech, or one of hosting.
func (p *proseReader) verb(at int) (int, Role) {
	for again := true; again; {
		again = false
		for _, word := range adverbs {
			if strings.HasPrefix(p.text[at:], word) {
				at += len(word)
				again = true
			}
		}
	}
	at = behindStart(p.text, at)
	for _, word := range []string{"主持", "担任主席", "致辞", "致欢迎辞", "致开幕辞", "致开幕词", "致欢迎词", "致欢迎", "担任主持", "开场主持"} {
		if strings.HasPrefix(p.text[at:], word) {
			return at + len(word), Chairs
		}
	}
	if end := p.grammar.people.VerbAt(p.text, at); end > at {
		return end, Speaks
	}
	if end := givesTalk(p.text, at); end > at {
		return end, Speaks
	}
	if endsIn(p.text[:at], []string{"就", "围绕", "针对"}) && namesTalk(p.text, at) {
		return at, Speaks
	}
	if strings.HasPrefix(p.text[at:], "讲") && !strings.HasPrefix(p.text[at:], "讲师") && !strings.HasPrefix(p.text[at:], "讲席") {
		return at + len("讲"), Speaks
	}
	return at, Named
}

// behindStart passes over "从X谈起，": where a talk began.
func behindStart(text string, at int) int {
	rest, ok := strings.CutPrefix(text[at:], "从")
	if !ok {
		return at
	}
	comma := strings.Index(rest, "，")
	if comma < 0 || comma > 90 || !endsIn(rest[:comma], []string{"谈起", "讲起", "说起", "出发", "入手", "开始"}) {
		return at
	}
	return at + len("从") + comma + len("，")
}

// talkNouns end the object of a verb that says that somebody gave a talk.
var talkNouns = []string{"报告", "演讲", "分享", "讲座", "教程", "tutorial", "talk", "keynote", "汇报"}

// givesTalk reads the verb of "做了计算摄像的tutorial": its clause ends in a word for
// a talk. It returns the byte behind the verb; 0 when there is none.
func givesTalk(text string, at int) int {
	for _, verb := range []string{"做了", "作了", "做", "作", "带来", "给了"} {
		rest, ok := strings.CutPrefix(text[at:], verb)
		if !ok {
			continue
		}
		if namesTalk(rest, 0) {
			return at + len(verb)
		}
	}
	return 0
}

// namesTalk reports whether the clause from a byte on ends in a word for a talk.
func namesTalk(text string, at int) bool {
	clause := text[at:]
	if stop := strings.IndexAny(clause, "，。；,;！!"); stop >= 0 {
		clause = clause[:stop]
	}
	return endsIn(strings.TrimRight(clause, " "), talkNouns)
}

// citedBefore reports whether a cue of citing stands right before a name.
func (p *proseReader) citedBefore(at int) bool {
	head := p.text[:at]
	for _, word := range []string{"师从", "导师", "作者", "引用了", "引用", "毕业于", "学生", "合作者", "师承", "cites ", "cited ", "citing ", "advisor ", "supervisor ", "with ", "like ", "worked with "} {
		if strings.HasSuffix(head, word) {
			return !opensProgramme(head)
		}
	}
	return false
}

// opensProgramme holds for "started with", "opened with" and the like: whom they
// name is the next speaker and nobody cited.
func opensProgramme(head string) bool {
	head, ok := strings.CutSuffix(head, " with ")
	if !ok {
		return false
	}
	last := strings.ToLower(head[strings.LastIndexByte(head, ' ')+1:])
	switch last {
	case "started", "starts", "opened", "opens", "began", "begins", "off", "continued", "continues", "closed", "closes", "ended", "ends", "finished", "resumed", "concluded", "up":
		return true
	}
	return false
}

func bracketsAt(text string, at int) (Span, int) {
	rest := text[at:]
	trimmed := strings.TrimLeft(rest, " ")
	from := at + len(rest) - len(trimmed)
	r, size := utf8.DecodeRuneInString(trimmed)
	if r != '(' && r != '（' {
		return Span{}, 0
	}
	end := closing(text, from)
	if end >= len(text) || end-from > 200 {
		return Span{}, 0
	}
	_, closed := utf8.DecodeRuneInString(text[end:])
	return Span{from + size, end}, end + closed
}

// inBrackets reads institutions and titles in brackets behind a name; nil when it
// is something else.
func (p *proseReader) inBrackets(span Span) []atom {
	r := listReader{grammar: p.grammar, text: p.text, trust: Labelled}
	r.atoms = []atom{{kind: nameAtom}}
	r.runs(span, true)
	if r.failed || len(r.atoms) < 2 || hasKind(r.atoms[1:], nameAtom) {
		return nil
	}
	return r.atoms[1:]
}
