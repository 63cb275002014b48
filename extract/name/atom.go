package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/lexicon"
	"talkgraph/extract/name/namemodel"
)

// atomKind is what one piece of a speaker line is.
type atomKind uint8

const (
	unknownAtom atomKind = iota
	nameAtom
	organizationAtom
	departmentAtom
	titleAtom
	fillerAtom // words that join: 的, 来自, 兼
	pastAtom   // what is said to be over: "former …", "ex-…", 原…
)

// atom is one piece of a speaker line.
type atom struct {
	kind        atomKind
	span        Span
	known       *lexicon.Organization
	bracketed   bool // stood in brackets
	afterComma  bool // a comma stood before it
	afterAnd    bool // "and" stood before it
	afterSpace  bool // white space stood before it
	surnameless bool // a Chinese name whose first character is no surname
	given       bool // a Latin name whose first word is a frequent given name
}

// organizationSuffixes end the names of Chinese institutions; longest first where
// one ends in another.
var organizationSuffixes = []string{
	"大学", "学院", "研究院", "研究所", "研究中心", "实验室", "科学院", "工程院", "科学中心", "中心", "委员会", "学会", "协会", "联合会", "基金会", "联盟",
	"有限公司", "公司", "集团", "医院", "法院", "检察院", "出版社", "杂志社", "报社", "电视台", "银行", "证券", "研究会", "理工", "分校", "校区", "博物馆", "图书馆", "中学", "小学", "党校", "军区", "工作室", "科技", "智能", "股份", "网络", "智库", "事务所", "社区", "基金委", "设计院", "总局", "部委", "厅", "局", "所", "院", "工场", "办公室", "工作组", "课题组", "团队", "书院", "学部", "总部", "俱乐部",
}

// weakSuffixes end words that are no institutions as well; they count only in a
// place where an institution must stand.
var weakSuffixes = map[string]bool{"理工": true, "科技": true, "智能": true, "股份": true, "网络": true, "社区": true, "所": true, "院": true, "局": true, "厅": true, "联盟": true, "团队": true, "证券": true, "银行": true, "工场": true, "办公室": true, "工作组": true, "课题组": true, "学部": true, "总部": true}

// departmentSuffixes end the names of parts of an institution.
var departmentSuffixes = []string{
	"学院", "研究院", "研究所", "研究中心", "实验室", "中心", "系", "学部", "书院", "部门", "事业部", "事业群", "研发部", "技术部", "部", "课题组", "研究组", "小组", "组", "团队", "专业", "教研室", "所", "院", "委员会", "分会", "处", "科", "专委会", "班", "新闻学传播", "传播学", "科室",
}

// fillers join the parts of a speaker line.
var fillers = []string{"来自于", "来自", "就职于", "任职于", "现任", "现为", "担任", "的", "兼任", "兼", "暨", "及", "和", "与", "在", "是", "、", "·", "，", "现就职于", "毕业于"}

// pastMarks tell that a post is over.
var pastMarks = []string{"原", "前", "曾任", "曾就职于", "曾供职于", "曾在", "曾于", "曾是", "曾为", "毕业于"}

// hanReader splits one run of text without spaces and separators, with at least
// one Han character, into atoms: the split with the best score wins.
type hanReader struct {
	grammar *Grammar
	text    string
	trust   Trust
	offset  int
	first   bool  // nothing stands before the run
	starts  []int // byte offsets of the runes, and the end
}

// choice is the best way to read the text up to a rune.
type choice struct {
	score float64
	from  int
	atom  atom
	set   bool
}

// weights of the pieces, per character; a character that nothing explains costs most.
const (
	knownScore   = 3.0
	titleScore   = 2.8
	suffixScore  = 1.6
	nameScore    = 1.5
	fillerScore  = 0.5
	unknownScore = -3.0
	pieceCost    = -0.9
)

// read returns the atoms and how many characters are unexplained.
func (h *hanReader) read() ([]atom, int) {
	for at := range h.text {
		h.starts = append(h.starts, at)
	}
	h.starts = append(h.starts, len(h.text))
	size := len(h.starts) - 1
	if size > maxRun {
		return nil, size
	}
	best := make([]choice, size+1)
	best[0].set = true
	for i := range size {
		if best[i].set {
			h.extend(best, i)
		}
	}
	return h.trace(best, size)
}

// maxRun bounds the characters of one run; longer ones are prose.
const maxRun = 40

func (h *hanReader) trace(best []choice, at int) ([]atom, int) {
	var atoms []atom
	unknown := 0
	for at > 0 {
		c := best[at]
		if c.atom.kind == unknownAtom {
			unknown += at - c.from
		}
		if n := len(atoms); n > 0 && c.atom.kind == unknownAtom && atoms[n-1].kind == unknownAtom {
			atoms[n-1].span.Start = h.offset + h.starts[c.from]
		} else {
			a := c.atom
			a.span = Span{h.offset + h.starts[c.from], h.offset + h.starts[at]}
			atoms = append(atoms, a)
		}
		at = c.from
	}
	for i, j := 0, len(atoms)-1; i < j; i, j = i+1, j-1 {
		atoms[i], atoms[j] = atoms[j], atoms[i]
	}
	return atoms, unknown
}

// extend tries every piece that can start at rune i.
func (h *hanReader) extend(best []choice, i int) {
	offer := func(to int, score float64, a atom) {
		total := best[i].score + score
		if !best[to].set || total > best[to].score {
			best[to] = choice{score: total, from: i, atom: a, set: true}
		}
	}
	unknown := unknownScore
	if i > 0 && best[i].atom.kind == nameAtom {
		unknown *= 2 // a name ends where something known begins
	}
	offer(i+1, unknown, atom{kind: unknownAtom})
	at := h.starts[i]
	if known, end, _ := h.grammar.lexicon.OrganizationAt(h.text, at); known != nil {
		if to := h.rune(end); to > i {
			offer(to, knownScore*float64(to-i)+pieceCost, atom{kind: organizationAtom, known: known})
		}
	}
	if end, kind := h.grammar.people.TitleAt(h.text, at); kind != 0 {
		if to := h.rune(end); to > i {
			offer(to, titleScore*float64(min(to-i, 4))+float64(max(0, to-i-4))+pieceCost, atom{kind: titleAtom})
		}
	}
	for _, filler := range fillers {
		if strings.HasPrefix(h.text[at:], filler) {
			offer(i+utf8.RuneCountInString(filler), fillerScore, atom{kind: fillerAtom})
		}
	}
	for _, mark := range pastMarks {
		if strings.HasPrefix(h.text[at:], mark) {
			offer(i+utf8.RuneCountInString(mark), fillerScore, atom{kind: pastAtom})
		}
	}
	h.extendSuffix(best, i, offer)
	h.extendField(best, i, offer)
	if i == 0 || best[i].atom.kind != unknownAtom {
		h.extendName(i, offer)
	}
	h.extendLatin(i, offer)
}

// rune returns the index of the rune that starts at a byte; 0 when none does.
func (h *hanReader) rune(at int) int {
	for i, start := range h.starts {
		if start == at {
			return i
		}
	}
	return 0
}

// extendSuffix offers institutions and departments that end in a suffix.
func (h *hanReader) extendSuffix(best []choice, i int, offer func(int, float64, atom)) {
	size := len(h.starts) - 1
	before := best[i].atom.kind
	for to := i + 2; to <= min(size, i+26); to++ {
		last, _ := utf8.DecodeLastRuneInString(h.text[:h.starts[to]])
		if strings.ContainsRune("的了是，,。、:：;；（）()“”《》!！?？", last) {
			return
		}
		piece := h.text[h.starts[i]:h.starts[to]]
		if i > 0 && (before == organizationAtom || before == departmentAtom) && endsIn(piece, departmentSuffixes) {
			offer(to, suffixScore*float64(to-i)+pieceCost, atom{kind: departmentAtom})
		}
		if suffix := organizationSuffix(piece); suffix != "" && to-i >= 3 && !h.holdsTitle(i, to) {
			score := suffixScore
			if weakSuffixes[suffix] {
				if h.trust == Shape && to-i < 4 || len(h.grammar.lexicon.FindConcepts(piece)) > 0 {
					continue
				}
				score = 1.2
			}
			offer(to, score*float64(to-i)+pieceCost, atom{kind: organizationAtom})
		}
	}
}

// maxField bounds the characters of a field of work.
const maxField = 8

// extendField offers the field of work between an institution and the title that
// ends the run: 快手 + 实时计算 + 负责人. It is part of neither.
func (h *hanReader) extendField(best []choice, i int, offer func(int, float64, atom)) {
	if best[i].atom.kind != organizationAtom && best[i].atom.kind != departmentAtom {
		return
	}
	size := len(h.starts) - 1
	for to := i + 2; to < min(size, i+maxField+1); to++ {
		if end, kind := h.grammar.people.TitleAt(h.text, h.starts[to]); kind == lexicon.Job && end == len(h.text) {
			offer(to, pieceCost, atom{kind: fillerAtom})
			return
		}
	}
}

// suffixesByLast are the suffixes of institutions by their last character, so that
// most places in a text are passed over with one look-up.
var suffixesByLast = func() map[rune][]string {
	byLast := map[rune][]string{}
	for _, suffix := range organizationSuffixes {
		last, _ := utf8.DecodeLastRuneInString(suffix)
		byLast[last] = append(byLast[last], suffix)
	}
	return byLast
}()

func organizationSuffix(piece string) string {
	longest := ""
	last, _ := utf8.DecodeLastRuneInString(piece)
	for _, suffix := range suffixesByLast[last] {
		if len(suffix) > len(longest) && strings.HasSuffix(piece, suffix) && len(piece) > len(suffix) {
			longest = suffix
		}
	}
	return longest
}

func endsIn(piece string, suffixes []string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(piece, suffix) {
			return true
		}
	}
	return false
}

// professions are titles that stand inside the names of institutions: 律师协会.
var professions = set("律师 记者 医师 工程师 教师 会计师 建筑师 作家 编辑 学生 设计师 医生 护士 法官 检察官 程序员 开发者 研究生 博士生 科学家")

// holdsTitle reports whether a title of two characters or more stands inside a
// piece: then the piece is not one name of an institution.
func (h *hanReader) holdsTitle(from, to int) bool {
	for i := from; i < to; i++ {
		end, kind := h.grammar.people.TitleAt(h.text, h.starts[i])
		if kind == lexicon.Job && end <= h.starts[to] && h.rune(end)-i >= 2 && !professions[h.text[h.starts[i]:end]] {
			return true
		}
	}
	return false
}

// extendName offers Chinese names of two to four characters.
func (h *hanReader) extendName(i int, offer func(int, float64, atom)) {
	text := h.text[h.starts[i]:]
	size := h.grammar.people.SurnameSize(text)
	surname := utf8.RuneCountInString(text[:size])
	if size > 0 && strings.ContainsRune(grammaticalSurnames, firstRune(text)) {
		return
	}
	for given := 1; given <= 3; given++ {
		to := i + max(surname, 1) + given
		if to > len(h.starts)-1 {
			return
		}
		candidate := h.text[h.starts[i]:h.starts[to]]
		if !h.grammar.canBeChineseName(candidate) && !(h.isWholeRun(i, to) && surname > 0 && h.trust >= Position && nameScoreOf(candidate) >= likelyName && h.grammar.hasShapeOfName(candidate)) {
			continue
		}
		if surname == 0 && h.trust < Labelled && nameScoreOf(candidate) < unlikelyName {
			continue
		}
		switch {
		case surname > 0 && given > 2:
		case surname > 0:
			score := nameScore * float64(to-i)
			if to-i == 3 {
				score += 0.6
			}
			if last, _ := utf8.DecodeLastRuneInString(candidate); (last == '和' || last == '与') && to < len(h.starts)-1 {
				score -= 3 // a conjunction rather than part of the name
			}
			offer(to, score+pieceCost, atom{kind: nameAtom})
		case h.trust >= Position && given >= 2 && i == 0 && h.first && to == len(h.starts)-1:
			offer(to, 0.4, atom{kind: nameAtom, surnameless: true})
		}
	}
	if end := h.grammar.calling(text); end == len(text) && h.first && h.trust == Labelled && i == 0 {
		offer(len(h.starts)-1, nameScore*float64(len(h.starts)-1)+2, atom{kind: nameAtom})
	}
	if end := h.grammar.minorityName(text); end > 0 {
		to := h.rune(h.starts[i] + end)
		offer(to, nameScore*float64(to-i)+1, atom{kind: nameAtom})
	}
}

// callings end what a person is called by when the given name is not said: 赵老师.
var callings = []string{"老师", "教授", "博士", "院士", "主任", "总", "工", "师兄", "师姐", "同学"}

// calling returns the size of a Chinese surname with an honorific at the head of a
// text; 0 when there is none.
func (g *Grammar) calling(text string) int {
	size := g.people.SurnameSize(text)
	if size == 0 || strings.ContainsRune(grammaticalSurnames, firstRune(text)) {
		return 0
	}
	for _, honorific := range callings {
		if strings.HasPrefix(text[size:], honorific) {
			return size + len(honorific)
		}
	}
	return 0
}

// CallingAt returns the size of what somebody is called by at the head of a text: a
// surname with an honorific (赵老师) or a nickname (小宇, 阿杰, 蓓蓓); 0 when there is
// none. It is no whole name: two people may be called so.
func (g *Grammar) CallingAt(text string) int {
	if size := g.calling(text); size > 0 {
		return size
	}
	first, a := utf8.DecodeRuneInString(text)
	second, b := utf8.DecodeRuneInString(text[a:])
	if !unicode.Is(unicode.Han, first) || !unicode.Is(unicode.Han, second) || g.people.IsOrdinaryWord(text[:a+b]) || len(g.lexicon.FindConcepts(text[:a+b])) > 0 {
		return 0
	}
	if strings.ContainsRune("小老阿", first) && (g.people.IsSurname(string(second)) || nameScoreOf("王"+string(second)) > likelyName) || first == second && nameScoreOf("王"+text[:a+b]) != namemodel.Lowest || first == second && strings.ContainsRune(newGiven, first) {
		return a + b
	}
	return 0
}

// IsCalling reports whether a name is only what somebody is called by.
func (g *Grammar) IsCalling(text string) bool { return text != "" && g.CallingAt(text) == len(text) }

// unlikelyName is the log odds below which the characters of a candidate speak
// against a name where neither a surname nor a label speaks for it: 符号化 has -5.6,
// 嵌入式 the lowest there is.
const unlikelyName = -4.0

// likelyName is the log odds from which the characters of an ordinary word, alone
// between separators where persons stand, speak for a name.
const likelyName = -2.0

// isWholeRun reports whether a piece is all of the run.
func (h *hanReader) isWholeRun(from, to int) bool { return from == 0 && to == len(h.starts)-1 }

// nameScoreOf returns the log odds of the character model that a piece alone is a
// name; even odds where a character of given names is newer than the model.
func nameScoreOf(candidate string) float64 {
	runes := []rune(candidate)
	score := namemodel.Load().Score(runes, 0, len(runes))
	if score <= namemodel.Lowest && len(runes) > 1 && strings.ContainsAny(string(runes[1:]), newGiven) {
		return 0
	}
	return score
}

// newGiven are characters that became frequent in given names lately and stand in few
// other words: the model was made of older texts.
const newGiven = "梓萱睿皓煜奕暄淼澜璨珂珊竣葳蓓轶铄骁麒娟瑗娣璧纨婵苒蔓蕤聿鲲晗玥瑄翊玮珺琬琰昱翀晔烨韬崟璟琸柠珈芮妤姝娅婧媛嫣"

// grammaticalSurnames are surnames that are words of grammar first: a name that
// begins with one is not told from a phrase by its place.
const grammaticalSurnames = "是能都从还那这有会要可在不与和为以之由被把而且则又也"

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// minorityName cuts such a name where a title or a verb of speech begins.
func (g *Grammar) minorityName(text string) int {
	end := minorityName(text)
	last := strings.LastIndexAny(text[:end], "·•‧・")
	if end == 0 || last < 0 {
		return end
	}
	_, size := utf8.DecodeRuneInString(text[last:])
	for count, at := 0, last+size; at < end; count++ {
		_, width := utf8.DecodeRuneInString(text[at:])
		if count >= 2 {
			if _, kind := g.people.TitleAt(text, at); kind != 0 {
				return at
			}
			if g.people.VerbAt(text, at) > at || startsWithAny(text[at:], []string{"的", "以", "就", "和", "与", "从", "在", "主持", "主讲", "讲"}) {
				return at
			}
		}
		at += width
	}
	return end
}

// minorityName returns the size of a name such as 买买提·艾力 or 约翰·霍普克罗夫特 at
// the start of a text: Han characters with a dot between; 0 when there is none.
func minorityName(text string) int {
	dots, part, end := 0, 0, 0
	for at, r := range text {
		switch {
		case unicode.Is(unicode.Han, r) && part < 8:
			part++
			if dots > 0 && part >= 2 {
				end = at + utf8.RuneLen(r)
			}
		case (r == '·' || r == '•' || r == '‧' || r == '・') && part >= 1:
			dots++
			part = 0
		default:
			return end
		}
	}
	return end
}

// extendLatin offers Latin words inside a Chinese run: an acronym of an
// institution, or a word that belongs to none.
func (h *hanReader) extendLatin(i int, offer func(int, float64, atom)) {
	to := i
	for to < len(h.starts)-1 {
		r, _ := utf8.DecodeRuneInString(h.text[h.starts[to]:])
		if r >= utf8.RuneSelf || !(unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '&') {
			break
		}
		to++
	}
	if to-i < 2 || i > 0 && h.text[h.starts[i]-1] < utf8.RuneSelf {
		return
	}
	offer(to, unknownScore, atom{kind: unknownAtom})
}

// neverGiven are characters of grammar that given names do not hold.
const neverGiven = "讲说谈的了在是与及或等这我你他她它们什么很都也就不没有个被把让使对从到由且此各每第日午场题"

// canBeChineseName checks the shape of a name without its surroundings.
func (g *Grammar) canBeChineseName(candidate string) bool {
	return !g.people.IsOrdinaryWord(candidate) && g.hasShapeOfName(candidate)
}

// hasShapeOfName checks everything but whether the candidate is an ordinary word as
// well: 冷月, 高原 and 白露 are both.
func (g *Grammar) hasShapeOfName(candidate string) bool {
	for at, r := range candidate {
		if !unicode.Is(unicode.Han, r) || at > 0 && strings.ContainsRune(neverGiven, r) {
			return false
		}
	}
	if g.people.Cue(candidate) != 0 {
		return false
	}
	if len(g.lexicon.FindConcepts(candidate)) > 0 || g.lexicon.OrganizationNamed(candidate) != nil {
		return false
	}
	if end, kind := g.people.TitleAt(candidate, 0); kind != 0 && end == len(candidate) {
		return false
	}
	return !slices.Contains(organizationSuffixes, candidate)
}
