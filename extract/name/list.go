package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
)

// listReader reads a list of people: runs of text between separators, each split
// into atoms, then put together into persons.
type listReader struct {
	grammar *Grammar
	text    string
	trust   Trust
	atoms   []atom
	unknown int // characters that no atom explains
	failed  bool
}

func (r *listReader) read() []Person {
	if r.trust != Labelled && !r.hasEvidence() {
		return nil
	}
	if parts := strings.FieldsFunc(r.text, func(c rune) bool { return c == ';' || c == '；' }); len(parts) > 1 && strings.ContainsAny(r.text, ",，、 ") {
		if people := r.parts(); people != nil {
			return people
		}
	}
	r.runs(Span{0, len(r.text)}, false)
	if r.failed || !hasKind(r.atoms, nameAtom) || !r.explained() {
		return nil
	}
	people := assemble(r.grammar, r.text, r.atoms)
	if !r.backed(people) {
		return nil
	}
	return people
}

// hasEvidence reports whether an institution or a title can stand in a Chinese
// text: without one it is not read as people outside of labels.
func (r *listReader) hasEvidence() bool {
	if isLatin(r.text) {
		return holdsLatinName(r.text)
	}
	for at, c := range r.text {
		size := utf8.RuneLen(c)
		if len(suffixesByLast[c]) > 0 && organizationSuffix(r.text[:at+size]) != "" {
			return true
		}
		if _, kind := r.grammar.people.TitleAt(r.text, at); kind != 0 {
			return true
		}
		if known, _, _ := r.grammar.lexicon.OrganizationAt(r.text, at); known != nil {
			return true
		}
	}
	return strings.ContainsAny(r.text, "(（")
}

// holdsLatinName reports whether two words with a capital stand side by side, a
// particle or an initial between them at most: every name in Latin letters has them.
func holdsLatinName(text string) bool {
	before := false
	for word := range strings.FieldsSeq(text) {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "(\"“[*_"))
		if unicode.IsUpper(first) {
			if before {
				return true
			}
			before = true
		} else if !particles[strings.ToLower(word)] {
			before = false
		}
	}
	return false
}

// parts reads what stands between semicolons as one person or list each.
func (r *listReader) parts() []Person {
	var all []Person
	for start := 0; start < len(r.text); {
		end := len(r.text)
		if at := strings.IndexAny(r.text[start:], ";；"); at >= 0 {
			end = start + at
		}
		start = behindLabel(r.text, start, end)
		if part := strings.TrimSpace(r.text[start:end]); part != "" && !namesHost(part) {
			part := listReader{grammar: r.grammar, text: r.text[:end], trust: r.trust}
			part.runs(Span{start, end}, false)
			if part.failed || !hasKind(part.atoms, nameAtom) || !part.explained() {
				return nil
			}
			people := assemble(r.grammar, r.text, part.atoms)
			if !part.backed(people) {
				return nil
			}
			all = append(all, people...)
		}
		start = end
		for start < len(r.text) {
			c, size := utf8.DecodeRuneInString(r.text[start:])
			if c != ';' && c != '；' {
				break
			}
			start += size
		}
	}
	return all
}

// namesHost holds for a part of a list of people that says who moderated.
func namesHost(part string) bool {
	lower := strings.ToLower(part)
	return startsWithAny(lower, []string{"mod.", "moderator", "moderated by", "chair", "chaired by", "host", "hosted by", "主持"})
}

// behindLabel passes over a short label at the head of a part: "搭档：NAME".
func behindLabel(text string, start, end int) int {
	for _, colon := range []string{"：", ":"} {
		if at := strings.Index(text[start:end], colon); at > 0 && utf8.RuneCountInString(text[start:start+at]) <= 4 {
			return start + at + len(colon)
		}
	}
	return start
}

// maxUnknown is how many characters may stay unexplained behind an institution.
const maxUnknown = 6

// explained allows a short rest (a field of study behind the institution) when a
// name and an institution are there.
func (r *listReader) explained() bool {
	if r.unknown == 0 {
		return true
	}
	for i, a := range r.atoms {
		if a.kind == unknownAtom && i < len(r.atoms)-1 {
			return false
		}
	}
	return r.unknown <= maxUnknown && r.unknown > 1 && hasKind(r.atoms, organizationAtom) && r.atoms[len(r.atoms)-1].kind == unknownAtom
}

// backed checks that what makes the names names is there.
func (r *listReader) backed(people []Person) bool {
	if len(people) == 0 {
		return false
	}
	if r.trust == Labelled {
		return true
	}
	affiliated, titled, odd := 0, 0, 0
	for _, p := range people {
		if len(p.Affiliations) > 0 {
			affiliated++
		}
		if p.JobTitle != "" {
			titled++
		}
		if isLatin(p.Name) && !r.grammar.hasGivenName(p.Name) && p.JobTitle == "" && !anyKnown(p.Affiliations) {
			odd++
		}
	}
	if odd > 0 {
		return false
	}
	if hasSurnameless(r.atoms) && (affiliated == 0 || !anyKnown(people[0].Affiliations) && utf8.RuneCountInString(people[0].Name) > 3) {
		return false
	}
	return affiliated > 0 || titled > 0
}

func hasSurnameless(atoms []atom) bool {
	for _, a := range atoms {
		if a.surnameless {
			return true
		}
	}
	return false
}

func anyKnown(affiliations []Affiliation) bool {
	for _, a := range affiliations {
		if a.Known != nil {
			return true
		}
	}
	return false
}

func isLatin(text string) bool {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// runs cuts a span at separators and brackets and reads each run.
func (r *listReader) runs(span Span, bracketed bool) {
	start := span.Start
	comma, and, space := false, false, false
	flush := func(end int) {
		before := len(r.atoms)
		r.run(Span{start, end}, bracketed, comma, space)
		if before < len(r.atoms) {
			r.atoms[before].afterAnd = and
		}
	}
	for at := span.Start; at < span.End && !r.failed; {
		c, size := utf8.DecodeRuneInString(r.text[at:])
		if at == start {
			if known, end, _ := r.grammar.lexicon.OrganizationAt(r.text[:span.End], at); known != nil && strings.ContainsAny(r.text[at:end], " \u3000") && wordBoundary(r.text[:span.End], end) && !r.names(at, span.End) {
				at = end
				continue
			}
		}
		switch {
		case opensBracket(c) > 0:
			flush(at)
			end := closing(r.text[:span.End], at)
			r.brackets(Span{at + size, end})
			_, closed := utf8.DecodeRuneInString(r.text[end:])
			at = min(end+closed, span.End)
			start, comma, and, space = at, false, false, true
		case strings.ContainsRune(",，、;；/|｜", c):
			flush(at)
			at += size
			start, comma, and, space = at, true, false, false
		case strings.ContainsRune("@＠", c) && besideHan(r.text, at), c == '—' && besideHan(r.text, at):
			flush(at)
			at += size
			start, comma, and, space = at, true, false, false
		case c == '&' && joinsHan(r.text, at):
			flush(at)
			at += size
			start, comma, and, space = at, true, true, false
		case dashAt(r.text[:span.End], at) > 0 && at > start:
			flush(at)
			at += dashAt(r.text[:span.End], at)
			start, comma, and, space = at, true, false, false
		case c == ' ' && r.conjunction(at, span.End) > 0:
			flush(at)
			at += r.conjunction(at, span.End)
			start, comma, and, space = at, true, true, false
		case separatesWords(r.text, start, at, c):
			flush(at)
			at += size
			start, space = at, true
		default:
			at += size
		}
	}
	flush(span.End)
}

// opensBracket returns the bracket that closes what a bracket opens; 0 when it is none.
func opensBracket(c rune) rune {
	switch c {
	case '(', '（':
		return ')'
	case '[':
		return ']'
	case '【':
		return '】'
	}
	return 0
}

// besideHan reports whether a Chinese character or a bracket stands before a mark.
func besideHan(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], " —"))
	return unicode.Is(unicode.Han, before) || before == '）'
}

// joinsHan reports whether a Chinese name or a bracket behind one stands before "&".
func joinsHan(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], " "))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at+1:], " "))
	return unicode.Is(unicode.Han, after) && (unicode.Is(unicode.Han, before) || before == '）' || before == ')')
}

// dashAt returns the size of a dash with white space around it; 0 when there is none.
func dashAt(text string, at int) int {
	for _, dash := range []string{" · ", " • ", " - ", " – ", " — ", " // ", " :: "} {
		if strings.HasPrefix(text[at:], dash) {
			return len(dash)
		}
	}
	return 0
}

// names reports whether a Latin name stands at a place: it is not the start of an
// institution's name then.
func (r *listReader) names(at, end int) bool {
	run, _, _ := strings.Cut(r.text[at:end], ",")
	return len(r.atoms) == 0 && r.grammar.hasGivenName(run) && r.grammar.looksLikeLatinName(run)
}

// separatesWords holds for white space with a Han character on either side.
func separatesWords(text string, start, at int, c rune) bool {
	if !unicode.IsSpace(c) || at == start {
		return unicode.IsSpace(c)
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], " \t\u3000"))
	return c == '\t' || c == '\u3000' || unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)
}

// conjunction returns the size of " and " or " & " between two names; 0 when the
// left side is no name.
func (r *listReader) conjunction(at, end int) int {
	for _, word := range []string{" and ", " & ", " + ", " with "} {
		if !strings.HasPrefix(r.text[at:end], word) {
			continue
		}
		if right := r.text[at+len(word) : end]; r.opensName(right) {
			return len(word)
		} else if word == " with " {
			return 0
		}
		left := r.text[:at]
		if cut := strings.LastIndexAny(left, ",;()"); cut >= 0 {
			left = left[cut+1:]
		}
		if r.grammar.isLatinName(strings.TrimSpace(left), r.trust) || strings.HasSuffix(strings.TrimSpace(left), ")") || left == "" {
			return len(word)
		}
	}
	return 0
}

// opensName reports whether a text begins with a Latin name of which the first word
// is a frequent given name.
func (r *listReader) opensName(text string) bool {
	if stop := strings.IndexAny(text, ",;(/["); stop >= 0 {
		text = text[:stop]
	}
	for _, word := range []string{" and ", " & ", " from ", " of ", " at ", " - ", " – ", " — "} {
		text, _, _ = strings.Cut(text, word)
	}
	text = strings.TrimSpace(text)
	return r.grammar.hasGivenName(text) && r.grammar.looksLikeLatinName(text)
}

// closing returns the byte of the bracket that closes the one at a place, or the end.
func closing(text string, open int) int {
	first, _ := utf8.DecodeRuneInString(text[open:])
	if closer := opensBracket(first); closer != ')' {
		if at := strings.IndexRune(text[open:], closer); at > 0 {
			return open + at
		}
		return len(text)
	}
	depth := 0
	for at, c := range text[open:] {
		switch c {
		case '(', '（':
			depth++
		case ')', '）':
			if depth--; depth == 0 {
				return open + at
			}
		}
	}
	return len(text)
}

// run reads one run and adds its atoms.
func (r *listReader) run(span Span, bracketed, comma, space bool) {
	span = withoutOthers(r.text, trimSpan(r.text, span))
	span = r.extendInstitution(span)
	run := r.text[span.Start:span.End]
	if run == "" || r.failed || bracketed && isPinyinName(run) && r.afterHanName() {
		return
	}
	var atoms []atom
	if isLatin(run) {
		reader := latinReader{grammar: r.grammar, text: r.text, span: span, trust: r.trust, first: len(r.atoms) == 0, bracket: bracketed, afterHan: len(r.atoms) > 0 && !isLatin(r.text[r.atoms[0].span.Start:r.atoms[0].span.End])}
		atoms = reader.read()
		if atoms == nil {
			if !bracketed {
				r.failed = true
			}
			return
		}
	} else {
		reader := hanReader{grammar: r.grammar, text: run, trust: r.trust, offset: span.Start, first: len(r.atoms) == 0}
		if bracketed {
			reader.trust = Labelled
		}
		var unknown int
		atoms, unknown = reader.read()
		if atoms == nil {
			r.failed = !bracketed
			return
		}
		atoms, unknown = r.brand(run, span, atoms, unknown)
		atoms, unknown = r.beforeTitle(run, span, atoms, unknown)
		atoms, unknown = r.rescue(atoms, unknown, span, bracketed)
		r.unknown += unknown
		if r.unknown > maxUnknown {
			r.failed = true // nothing that follows can explain it
			return
		}
	}
	if n := len(r.atoms); n > 0 && len(atoms) == 1 && atoms[0].kind == organizationAtom && atoms[0].known == nil && r.atoms[n-1].kind == organizationAtom && endsIn(run, teamSuffixes) {
		atoms[0].kind = fillerAtom // a team of the institution before it
	}
	for i := range atoms {
		atoms[i].bracketed = bracketed
		if i == 0 {
			atoms[i].afterComma, atoms[i].afterSpace = comma, space
		}
	}
	r.atoms = append(r.atoms, atoms...)
}

// others stand behind names for those that are not named.
var others = []string{" et al.", " et al", " and others", " and colleagues", " and team", "等人", "等"}

// withoutOthers leaves such words out at the end of a run.
func withoutOthers(text string, span Span) Span {
	for _, word := range others {
		if text[span.Start:span.End] == strings.TrimLeft(word, " ") {
			return Span{span.End, span.End}
		}
		if head, ok := strings.CutSuffix(text[span.Start:span.End], word); ok && head != "" {
			return Span{span.Start, span.Start + len(head)}
		}
	}
	return span
}

// afterHanName reports whether the last atom is a Chinese name: what stands in
// brackets behind it may be the same name in Latin letters.
func (r *listReader) afterHanName() bool {
	for i := len(r.atoms) - 1; i >= 0; i-- {
		if a := r.atoms[i]; a.kind == nameAtom {
			return a.span.End > a.span.Start && !isLatin(r.text[a.span.Start:a.span.End])
		} else if a.kind != titleAtom {
			return false
		}
	}
	return false
}

// extendInstitution gives the Chinese end of an institution's name to its Latin
// beginning, "LF AI & Data 基金会", and returns what is left of the run.
func (r *listReader) extendInstitution(span Span) Span {
	n := len(r.atoms)
	if n == 0 || r.atoms[n-1].kind != organizationAtom || r.atoms[n-1].bracketed {
		return span
	}
	last := &r.atoms[n-1]
	if !isLatin(r.text[last.span.Start:last.span.End]) || strings.TrimSpace(r.text[last.span.End:span.Start]) != "" {
		return span
	}
	for _, suffix := range organizationSuffixes {
		if strings.HasPrefix(r.text[span.Start:span.End], suffix) {
			last.span.End = span.Start + len(suffix)
			if known := r.grammar.lexicon.OrganizationNamed(r.text[last.span.Start:last.span.End]); known != nil {
				last.known = known
			}
			return Span{last.span.End, span.End}
		}
	}
	return span
}

// notInstitutions may stand in brackets behind a name and name no institution.
var notInstitutions = map[string]bool{"线上": true, "线下": true, "远程": true, "视频": true, "女": true, "男": true, "左": true, "右": true, "中": true, "缺席": true, "代": true, "代讲": true, "主持": true, "待定": true, "英文": true, "在线": true, "左一": true, "右一": true, "录播": true, "特邀": true, "论文作者": true, "一作": true, "通讯作者": true}

// opensPast holds for a run that begins with a word of two characters for what is over.
func opensPast(run string) bool {
	for _, mark := range pastMarks {
		if len(mark) > len("曾") && strings.HasPrefix(run, mark) {
			return true
		}
	}
	return false
}

// rescue reads a run in brackets behind a name as one institution when nothing
// better explains it, and drops the unexplained rest of other brackets.
func (r *listReader) rescue(atoms []atom, unknown int, span Span, bracketed bool) ([]atom, int) {
	if unknown == 0 || !bracketed {
		return atoms, unknown
	}
	if hasKind(atoms, pastAtom) || opensPast(r.text[span.Start:span.End]) {
		return nil, 0
	}
	run := r.text[span.Start:span.End]
	size := utf8.RuneCountInString(run)
	if hasKind(r.atoms, nameAtom) && size >= 2 && size <= 16 && !notInstitutions[run] && !strings.ContainsAny(run, "。！？!?：:“”\"") {
		kept := atoms[:0:0]
		for _, a := range atoms { // 创新工场董事长: what stands before the title is the institution
			if a.kind == titleAtom || a.kind == organizationAtom {
				kept = append(kept, a)
			} else if a.kind == unknownAtom && len(kept) == 0 {
				kept = append(kept, atom{kind: organizationAtom, span: a.span})
			}
		}
		return kept, 0
	}
	return nil, 0
}

// brand reads a run that begins with a company and goes on with a word for a part of
// it, 网易云音乐: all of it is the name, since it is not the company that is named.
func (r *listReader) brand(run string, span Span, atoms []atom, unknown int) ([]atom, int) {
	if len(atoms) != 2 || atoms[0].kind != organizationAtom || atoms[0].known == nil || atoms[0].known.Kind != "company" {
		return atoms, unknown
	}
	if atoms[1].kind != unknownAtom && !(atoms[1].kind == nameAtom && hasKind(r.atoms, nameAtom)) {
		return atoms, unknown
	}
	tail := run[atoms[1].span.Start-span.Start:]
	if size := utf8.RuneCountInString(tail); size < 2 || size > 4 || !isHan(tail) || len(r.grammar.lexicon.FindConcepts(tail)) > 0 {
		return atoms, unknown
	}
	return []atom{{kind: organizationAtom, span: span, known: r.grammar.lexicon.OrganizationNamed(run)}}, 0
}

// beforeTitle reads a run that nothing explains, behind a labelled name and before a
// job title, as the institution: "讲者：NAME，某某生鲜 首席架构师".
func (r *listReader) beforeTitle(run string, span Span, atoms []atom, unknown int) ([]atom, int) {
	n := len(r.atoms)
	if r.trust != Labelled || len(atoms) != 1 || atoms[0].kind != unknownAtom || n == 0 || r.atoms[n-1].kind != nameAtom {
		return atoms, unknown
	}
	size := utf8.RuneCountInString(run)
	next := len(r.text) - len(strings.TrimLeft(r.text[span.End:], " 　"))
	if size < 2 || size > 10 || !isHan(run) || notInstitutions[run] || strings.HasPrefix(run, "某") || len(r.grammar.lexicon.FindConcepts(run)) > 0 {
		return atoms, unknown
	}
	if _, kind := r.grammar.people.TitleAt(r.text, next); kind != lexicon.Job && !(next == len(r.text) && size >= 4 && r.isCompany(run)) {
		return atoms, unknown
	}
	return []atom{{kind: organizationAtom, span: span}}, 0
}

// companyEndings end the names of companies that are no other words.
var companyEndings = []string{"微电子", "科技", "软件", "数据库", "信息", "网络", "电子", "通信", "智能", "安全", "汽车", "生物", "医疗", "金融", "传媒", "游戏", "数科", "技术", "机器人", "云"}

// isCompany reports whether a text behind a comma ends as companies' names do.
func (r *listReader) isCompany(run string) bool { return endsIn(run, companyEndings) }

// brackets reads what stands in brackets behind an atom: a city belongs to the
// name of the institution, anything else says more about the person.
func (r *listReader) brackets(span Span) {
	inner := strings.TrimSpace(r.text[span.Start:span.End])
	if n := len(r.atoms); n > 0 && (r.atoms[n-1].kind == organizationAtom || r.atoms[n-1].kind == departmentAtom) && IsCity(inner) {
		last := &r.atoms[n-1]
		_, closed := utf8.DecodeRuneInString(r.text[span.End:])
		last.span.End = span.End + closed
		last.known = r.grammar.lexicon.OrganizationNamed(r.text[last.span.Start:last.span.End])
		return
	}
	if isStudentYear(inner) {
		r.atoms = append(r.atoms, atom{kind: titleAtom, span: trimSpan(r.text, span)})
		return
	}
	r.runs(span, true)
}

// isStudentYear holds for the year of a student in brackets behind a name: 博三, 研一, 大四.
func isStudentYear(text string) bool {
	for _, grade := range []string{"博", "硕", "研", "大", "直博", "本科"} {
		if rest, ok := strings.CutPrefix(text, grade); ok && utf8.RuneCountInString(rest) == 1 && strings.Contains("一二三四五六生", rest) {
			return true
		}
	}
	return false
}

// IsCity holds for the cities and provinces that stand in brackets behind the name
// of a Chinese institution.
func IsCity(text string) bool {
	return cities[strings.TrimSuffix(text, "市")] || cities[strings.ToLower(text)]
}

var cities = set("深圳 北京 上海 广州 杭州 南京 武汉 成都 西安 重庆 天津 苏州 威海 珠海 青岛 大连 厦门 宁波 合肥 长沙 郑州 济南 哈尔滨 沈阳 长春 福州 南昌 昆明 贵阳 南宁 海口 兰州 太原 石家庄 呼和浩特 银川 西宁 乌鲁木齐 拉萨 香港 澳门 台北 台湾 新加坡 东莞 佛山 无锡 常州 徐州 温州 绍兴 嘉兴 保定 唐山 烟台 潍坊 洛阳 新乡 开封 华东 广东 浙江 江苏 山东 河南 四川 中国 国际 shenzhen beijing shanghai guangzhou hangzhou nanjing wuhan chengdu suzhou weihai zhuhai hong kong")

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

// assemble puts atoms together into persons.
func assemble(g *Grammar, text string, atoms []atom) []Person {
	a := assembler{grammar: g, text: text, atoms: settle(text, atoms)}
	a.prefix = leadsWithInstitution(a.atoms)
	for i := range a.atoms {
		a.take(i)
	}
	a.attachPending()
	a.distribute()
	for i := range a.people {
		a.people[i].Affiliations = withoutDepartments(text, a.people[i].Affiliations)
	}
	return a.people
}

// withoutDepartments drops unknown names between a title and the institution that
// ends the list, as in "CTO, Some Platform, Some Company": they are parts of it.
// Behind "/" and "&" stands another institution.
func withoutDepartments(text string, all []Affiliation) []Affiliation {
	if len(all) < 2 || !isLatin(all[len(all)-1].Name) {
		return all
	}
	kept := make([]Affiliation, 0, len(all))
	for i, a := range all {
		if i == len(all)-1 || a.Known != nil || !isLatin(a.Name) || strings.ContainsAny(text[a.End:max(a.End, all[i+1].Start)], "/&") {
			kept = append(kept, a)
		}
	}
	return kept
}

// settle decides Latin runs that could be a name or an institution: behind a name or
// a title, one that starts with no given name is the institution, unless more
// names follow it in the list.
func settle(text string, atoms []atom) []atom {
	for i := range atoms {
		a := &atoms[i]
		if a.kind != nameAtom || i == 0 || a.given || !a.afterComma || a.afterAnd || !isLatin(text[a.span.Start:a.span.End]) {
			continue
		}
		before := atoms[i-1]
		if before.kind == nameAtom && i+1 < len(atoms) && atoms[i+1].kind == organizationAtom && strings.TrimSpace(text[a.span.End:atoms[i+1].span.Start]) == "/" {
			a.kind = organizationAtom // "NAME, ORG / ORG"
			continue
		}
		afterTitle := before.kind == titleAtom && !before.bracketed
		if afterTitle || before.kind == nameAtom && !followedByDetail(atoms, i) && !namesFollow(atoms[i+1:]) && !endsInNames(atoms[i+1:]) {
			a.kind = organizationAtom
		}
	}
	return atoms
}

// namesFollow reports whether another name that is surely one follows a comma.
func namesFollow(atoms []atom) bool {
	for _, a := range atoms {
		if a.kind == nameAtom && a.afterComma && a.given {
			return true
		}
	}
	return false
}

// endsInNames holds for atoms that are names alone, the last one behind "and": what
// stands before them is a name too, "A, B, and C".
func endsInNames(atoms []atom) bool {
	for _, a := range atoms {
		if a.kind != nameAtom {
			return false
		}
	}
	return len(atoms) > 0 && atoms[len(atoms)-1].afterAnd
}

// followedByDetail reports whether an institution or title of its own follows a name.
func followedByDetail(atoms []atom, i int) bool {
	return i+1 < len(atoms) && (atoms[i+1].kind == organizationAtom || atoms[i+1].kind == titleAtom)
}

func leadsWithInstitution(atoms []atom) bool {
	for _, a := range atoms {
		switch a.kind {
		case nameAtom:
			return false
		case organizationAtom, departmentAtom:
			return true
		}
	}
	return false
}

// assembler carries the person at work and what waits for the next one.
type assembler struct {
	grammar *Grammar
	text    string
	atoms   []atom
	people  []Person
	pending []atom // institutions and titles before a name
	prefix  bool   // institutions stand before names
	past    bool   // what follows in this run is over
}

func (a *assembler) take(i int) {
	at := a.atoms[i]
	if (at.afterComma || at.afterSpace) && !(i > 0 && a.marksPast(a.atoms[i-1])) {
		a.past = false
	}
	switch at.kind {
	case pastAtom:
		a.past = true
	case nameAtom:
		a.past = false
		a.people = append(a.people, Person{Span: at.span, Name: a.name(at.span), Extent: at.span})
		a.attachPending()
	case organizationAtom, departmentAtom, titleAtom:
		if a.past {
			return
		}
		if len(a.people) == 0 || a.opensNext(i) {
			a.pending = append(a.pending, at)
			return
		}
		a.attach(at, i)
	}
}

// marksPast holds for a word that says that what follows is over, 曾在; "ex-Spotify" says
// it of itself alone.
func (a *assembler) marksPast(at atom) bool {
	return at.kind == pastAtom && slices.Contains(pastMarks, a.text[at.span.Start:at.span.End])
}

// opensNext reports whether an institution belongs to the name that follows: in a
// list where institutions stand before names, and in "ORG NAME" after a separator.
func (a *assembler) opensNext(i int) bool {
	at := a.atoms[i]
	if a.possessive(i) {
		return true
	}
	if at.bracketed || !a.prefix || at.kind == titleAtom && !a.pendingOrganization() {
		return false
	}
	for _, later := range a.atoms[i+1:] {
		if later.kind == nameAtom {
			return true
		}
	}
	return false
}

// possessive holds for "ORG的NAME": the institution belongs to the name behind it.
func (a *assembler) possessive(i int) bool {
	if a.atoms[i].kind != organizationAtom || i+2 >= len(a.atoms) || a.atoms[i].bracketed {
		return false
	}
	joint := a.atoms[i+1]
	if joint.kind != fillerAtom || a.text[joint.span.Start:joint.span.End] != "的" {
		return false
	}
	for _, later := range a.atoms[i+2:] {
		if later.kind != titleAtom {
			return later.kind == nameAtom
		}
	}
	return false
}

func (a *assembler) pendingOrganization() bool {
	for _, p := range a.pending {
		if p.kind == organizationAtom {
			return true
		}
	}
	return false
}

func (a *assembler) attachPending() {
	if len(a.people) == 0 {
		return
	}
	pending := a.pending
	a.pending = nil
	for _, p := range pending {
		a.attach(p, -1)
	}
}

// attach gives the last person an institution, a part of one, or a title.
func (a *assembler) attach(at atom, i int) {
	p := &a.people[len(a.people)-1]
	p.Extent = Span{min(p.Extent.Start, at.span.Start), max(p.Extent.End, a.closed(at))}
	switch at.kind {
	case titleAtom:
		a.addTitle(p, at.span)
	case departmentAtom:
		if n := len(p.Affiliations); n > 0 {
			last := &p.Affiliations[n-1]
			if last.End <= at.span.Start && strings.TrimFunc(a.text[last.End:at.span.Start], unicode.IsSpace) == "" {
				parent, parentSpan := last.Name, last.Span
				if last.Parent != "" {
					parent, parentSpan = last.Parent, last.ParentSpan
				}
				whole := Span{last.Start, at.span.End}
				*last = Affiliation{Span: whole, Name: a.text[whole.Start:whole.End], Parent: parent, ParentSpan: parentSpan,
					Known: a.grammar.lexicon.OrganizationNamed(a.text[whole.Start:whole.End])}
			}
		}
	default:
		a.addOrganization(p, at)
	}
}

// closed is the end of an atom with the bracket that closes behind it.
func (a *assembler) closed(at atom) int {
	end := at.span.End
	if r, size := utf8.DecodeRuneInString(a.text[end:]); at.bracketed && (r == ')' || r == '）') {
		end += size
	}
	return end
}

func (a *assembler) addTitle(p *Person, span Span) {
	title := strings.TrimSpace(a.text[span.Start:span.End])
	if end, kind := a.grammar.people.TitleAt(title, 0); kind == lexicon.Honorific && end == len(title) {
		return
	}
	if p.JobTitle != "" {
		title = p.JobTitle + " " + title
	}
	p.JobTitle = title
}

func (a *assembler) addOrganization(p *Person, at atom) {
	name := strings.TrimSpace(a.text[at.span.Start:at.span.End])
	for _, old := range p.Affiliations {
		if old.Name == name || old.Known != nil && old.Known == at.known {
			return
		}
	}
	affiliation := Affiliation{Span: at.span, Name: name, Known: at.known}
	affiliation.Parent, affiliation.ParentSpan = a.parent(affiliation)
	p.Affiliations = append(p.Affiliations, affiliation)
}

// parent finds a known institution that a longer name begins with
// (中国人民大学 in 中国人民大学新闻学院).
func (a *assembler) parent(affiliation Affiliation) (string, Span) {
	if affiliation.Known != nil {
		return "", Span{}
	}
	known, end, ambiguous := a.grammar.lexicon.OrganizationAt(affiliation.Name, 0)
	if known == nil || ambiguous || end >= len(affiliation.Name) || isLatin(affiliation.Name) {
		return "", Span{}
	}
	return affiliation.Name[:end], Span{affiliation.Start, affiliation.Start + end}
}

func (a *assembler) name(span Span) string {
	text := strings.TrimSpace(a.text[span.Start:span.End])
	if isLatin(text) {
		text = capitalised(strings.Join(strings.Fields(stripHonorific(a.grammar, text)), " "))
	}
	return text
}

// distributeForward gives the institution before the first of several Chinese names
// to all when the list names no other: "ORG A、B".
func (a *assembler) distributeForward() {
	if len(a.people) < 2 || len(a.people[0].Affiliations) == 0 || a.people[0].Affiliations[0].Start > a.people[0].Start || isLatin(a.people[0].Name) {
		return
	}
	for _, p := range a.people[1:] {
		if len(p.Affiliations) > 0 || p.JobTitle != "" {
			return
		}
	}
	shared := slices.Clone(a.people[0].Affiliations)
	for i := range shared {
		shared[i].Shared = true
	}
	for i := range a.people[1:] {
		a.people[i+1].Affiliations = shared
	}
}

// distribute gives the institution behind the second of two names to the first when
// that has none: "A, B (ORG)".
func (a *assembler) distribute() {
	a.distributeForward()
	n := len(a.people)
	if n != 2 || len(a.people[n-1].Affiliations) == 0 {
		return // "A, B, C (ORG)": it may be the last one's alone
	}
	for _, p := range a.people[:n-1] {
		if len(p.Affiliations) > 0 || p.JobTitle != "" {
			return
		}
	}
	last := a.people[n-1]
	if last.Affiliations[0].Start < last.Start {
		return
	}
	shared := slices.Clone(last.Affiliations)
	for i := range shared {
		shared[i].Shared = true
	}
	a.people[0].Affiliations = shared
}
