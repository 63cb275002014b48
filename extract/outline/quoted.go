package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/name"
)

// quotedTalk is a talk of running text told by its title in quotation marks and the
// people right beside it.
type quotedTalk struct {
	title  [2]int
	people []name.Mention
	span   [2]int // title and people together
}

// quotedTalks finds the titles of a passage that have their people right behind them,
// `"Title" (NAME, ORG)` and `"Title", given jointly by A and B`, or right before them,
// "然后是NAME，题目叫《…》". What the mentions know of a person is kept.
func (r *reader) quotedTalks(text string, mentions []name.Mention) []quotedTalk {
	var all []quotedTalk
	for at := 0; at < len(text); {
		outer, inner, ok := nextQuotation(text, at)
		if !ok {
			break
		}
		at = outer[1]
		title := text[inner[0]:inner[1]]
		if utf8.RuneCountInString(title) < 4 || utf8.RuneCountInString(title) > titleLimit(title) || r.titles.holds(title) {
			continue
		}
		for _, form := range []func(string, [2]int) ([]name.Person, [2]int, bool){r.peopleInBracket, r.peopleByTitle, r.peopleBeforeQuote, r.nobodyByTitle} {
			people, span, ok := form(text, outer)
			if !ok {
				continue
			}
			inner[1] = inner[0] + len(strings.TrimRight(title, " .,，。"))
			all = append(all, quotedTalk{inner, withMentions(people, mentions), [2]int{min(span[0], outer[0]), max(span[1], outer[1])}})
			at = max(at, span[1])
			break
		}
	}
	return all
}

// nextQuotation finds the first quotation from a place: with its marks, and without.
func nextQuotation(text string, from int) (outer, inner [2]int, ok bool) {
	for at := from; at < len(text); {
		open := strings.IndexAny(text[at:], "《“\"「『")
		if open < 0 {
			break
		}
		at += open
		_, mark := utf8.DecodeRuneInString(text[at:])
		start := at + mark
		closer := closerOf(text[at:start])
		if size := strings.Index(text[start:min(len(text), start+maxTitleLine)], closer); size > 0 {
			return [2]int{at, start + size + len(closer)}, [2]int{start, start + size}, true
		}
		at = start
	}
	return outer, inner, false
}

// closerOf returns the mark that closes a quotation.
func closerOf(opener string) string {
	for _, pair := range quotes {
		if pair[0] == opener {
			return pair[1]
		}
	}
	return opener
}

// withMentions takes the persons of a form, or what the mentions say of the same ones
// where that is more.
func withMentions(people []name.Person, mentions []name.Mention) []name.Mention {
	all := make([]name.Mention, len(people))
	for k, person := range people {
		all[k] = name.Mention{Person: person, Role: name.Speaks}
		for _, m := range mentions {
			if len(people) == 1 && m.Name == person.Name && m.Start == person.Start && len(person.Affiliations) == 0 {
				all[k].Person = m.Person
			}
		}
	}
	return all
}

// peopleInBracket reads `"Title" (NAME, ORG)`; without an institution the bracket may
// hold the author of a book.
func (r *reader) peopleInBracket(text string, quote [2]int) ([]name.Person, [2]int, bool) {
	start := quote[1] + len(text[quote[1]:]) - len(strings.TrimLeft(text[quote[1]:], " "))
	c, size := utf8.DecodeRuneInString(text[start:])
	closer := map[rune]string{'(': ")", '（': "）"}[c]
	if closer == "" {
		return nil, quote, false
	}
	from := start + size
	end := strings.Index(text[from:], closer)
	if end < 0 {
		return nil, quote, false
	}
	people := r.peopleAt(text, from, from+end)
	if len(people) == 0 || len(people[0].Affiliations) == 0 {
		return nil, quote, false
	}
	return people, [2]int{quote[0], from + end + len(closer)}, true
}

// peopleAt reads a piece of a text as people; nil when it is anything else.
func (r *reader) peopleAt(text string, from, to int) []name.Person {
	people := r.grammar.People(text[from:to], name.Labelled)
	if !r.plausible(people) || len(people) > 6 {
		return nil
	}
	moved := make([]name.Person, len(people))
	for k := range people {
		moved[k] = shiftPerson(people[k], from)
	}
	return moved
}

// titleJoints lead from a title in quotation marks to its people.
var titleJoints = []string{"by ", "from ", "with "}

// peopleByTitle reads `"Title", given jointly by A and B (ORG)` and `"Title" from NAME,
// professor at ORG`.
func (r *reader) peopleByTitle(text string, quote [2]int) ([]name.Person, [2]int, bool) {
	end := sentenceEnd(text, quote[1])
	start := quote[1] + len(text[quote[1]:end]) - len(strings.TrimLeft(text[quote[1]:end], " ,—–-"))
	for range 4 {
		rest := text[start:end]
		for _, joint := range titleJoints {
			if !strings.HasPrefix(rest, joint) {
				continue
			}
			from := start + len(joint)
			for _, to := range peopleEnds(text, from, end) {
				people := r.peopleAt(text, from, to)
				if len(people) == 0 || joint != "by " && len(people[0].Affiliations) == 0 && !r.grammar.IsFrequentName(people[0].Name) {
					continue
				}
				r.inTurn(text, people, to, end)
				return people, [2]int{quote[0], to}, true
			}
			return nil, quote, false
		}
		word, _, ok := strings.Cut(rest, " ")
		if !ok || !isParticiple(word) && !strings.HasSuffix(word, "ly") && word != "again" && word != "together" && word != "live" || hostParticiples[word] {
			return nil, quote, false
		}
		start += len(word) + 1
	}
	return nil, quote, false
}

// peopleEnds lists where the people that begin at a place may end, the farthest first.
func peopleEnds(text string, from, end int) []int {
	var ends []int
	for at := end; at > from; {
		ends = append(ends, at)
		at = from + strings.LastIndexAny(text[from:at], ",;(")
		if at < from {
			break
		}
	}
	if at := strings.LastIndexByte(text[from:end], ')'); at > 0 {
		ends = append(ends, from+at+1)
		slices.Sort(ends)
		slices.Reverse(ends)
	}
	return ends
}

// inTurn gives people the institutions behind them in their order: "A and B, no relation,
// of X and Y respectively".
func (r *reader) inTurn(text string, people []name.Person, from, end int) {
	stop := strings.Index(text[from:end], "respectively")
	if stop < 0 || len(people) < 2 || len(people[0].Affiliations) > 0 {
		return
	}
	clause := strings.TrimRight(text[from:from+stop], " ,")
	for _, joint := range []string{" of ", " from ", " at "} {
		at := strings.LastIndex(clause, joint)
		if at < 0 {
			continue
		}
		start := from + at + len(joint)
		pieces := splitNames(text, start, from+len(clause))
		for k := range people {
			if len(pieces) != len(people) {
				return
			}
			piece := pieces[k]
			found := r.grammar.Institutions(text[piece[0]:piece[1]])
			if len(found) != 1 {
				return
			}
			found[0].Span = name.Span{Start: piece[0] + found[0].Start, End: piece[0] + found[0].End}
			people[k].Affiliations = found
		}
		return
	}
}

// splitNames cuts a piece of a text at commas and at "and".
func splitNames(text string, start, end int) [][2]int {
	var pieces [][2]int
	for {
		at, size := -1, 0
		for _, divider := range []string{", and ", " and ", ", "} {
			if k := strings.Index(text[start:end], divider); k >= 0 && (at < 0 || k < at) {
				at, size = k, len(divider)
			}
		}
		if at < 0 {
			return append(pieces, [2]int{start, end})
		}
		pieces = append(pieces, [2]int{start, start + at})
		start += at + size
	}
}

// turnWords open a clause that brings the next speaker; saidWords stand between the
// speaker and the title.
var (
	turnWords = []string{"先由", "首先由", "首先是", "首先", "先是", "先", "接着由", "接着是", "接着", "接下来由", "接下来是", "接下来", "然后由", "然后是", "然后", "随后由", "随后是", "随后", "之后由", "之后是", "之后", "后面是", "后来", "再由", "再是", "最后由", "最后是", "最后一个是", "最后一位是", "最后", "压轴的是", "压轴是", "由", "请来", "请到", "来自", "下午", "上午", "中间", "还有", "另外", "是"}
	saidWords = []string{"题目叫做", "题目叫", "题目是", "题目为", "题目", "主题是", "主题为", "主题叫", "题为", "标题是", "名为", "叫做", "讲的是", "讲的", "讲了", "讲", "分享的是", "分享了", "分享", "带来了", "带来", "介绍了", "介绍", "报告了", "报告", "发言", "演讲", "开讲", "说的是", "聊了", "聊", "谈了", "谈", "作了", "做了", "发表了", "发表", "阐述了", "给大家", "为大家", "以", "作", "做", "又上去", "上去", "又上台", "上台", "又", "再次", "来", "接着", "继续", "主讲", "登场", "出场", "老师", "同学"}
)

// peopleBeforeQuote reads "先由NAME发言，题目是《…》", "第三位NAME讲「…」" and "接着NAME分享了
// 《…》": the clause is a turn, the speaker and words of speech, and nothing else.
func (r *reader) peopleBeforeQuote(text string, quote [2]int) ([]name.Person, [2]int, bool) {
	start := clauseOpening(text[:quote[0]])
	end := quote[0]
	end, said := cutBehind(text, start, end, saidWords)
	from, turned := start, false
	for again := true; again; {
		size := max(ordinalSize(text[from:end]), longestPrefix(text[from:end], turnWords))
		from += size
		turned, again = turned || size > 0, size > 0
		from += len(text[from:end]) - len(strings.TrimLeft(text[from:end], "，,：: "))
	}
	if from >= end || strings.HasSuffix(text[from:end], "的") || !said && !turned || !turned && !strings.HasSuffix(strings.TrimRight(text[:from], " "), "，") && from > 0 && from == start && !endsClauseAt(text, from) {
		return nil, quote, false
	}
	people := r.peopleAt(text, from, end)
	if len(people) == 0 || len(people) > 3 || !isMostlyHan(people[0].Name) || people[0].Extent.Start > from || people[len(people)-1].Extent.End < end || strings.Contains(text[from:quote[0]], "分别") {
		return nil, quote, false
	}
	return people, [2]int{from, quote[1]}, true
}

// clauseOpening returns where the last sentence of a text begins, or its last clause but
// for one of words of speech.
func clauseOpening(text string) int {
	start := 0
	if stop := strings.LastIndexAny(text, "。；;！？!?…\n"); stop >= 0 {
		_, size := utf8.DecodeRuneInString(text[stop:])
		start = stop + size
	}
	end, _ := cutBehind(text, start, len(text), saidWords)
	if comma := strings.LastIndexAny(text[start:end], "，,：:"); comma >= 0 && ordinalSize(text[start:start+comma]) != comma {
		_, size := utf8.DecodeRuneInString(text[start+comma:])
		return start + comma + size
	}
	return start
}

// endsClauseAt reports whether a clause begins at a place.
func endsClauseAt(text string, at int) bool {
	c, size := utf8.DecodeLastRuneInString(text[:at])
	return size == 0 || strings.ContainsRune("。；;！？!?…，,：: \n", c)
}

// cutBehind takes words off the end of a piece of a text as long as any fits.
func cutBehind(text string, start, end int, words []string) (int, bool) {
	cut := false
	for again := true; again; {
		again = false
		end = start + len(strings.TrimRight(text[start:end], "，：:, "))
		for _, word := range words {
			if strings.HasSuffix(text[start:end], word) {
				end -= len(word)
				again, cut = true, true
				break
			}
		}
	}
	return end, cut
}

func longestPrefix(text string, words []string) int {
	size := 0
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			size = max(size, len(word))
		}
	}
	return size
}

// ordinalSize returns the size of 第一位, 第2个是, 下一位 at the head of a text.
func ordinalSize(text string) int {
	rest := text
	switch {
	case strings.HasPrefix(rest, "第"):
		rest = strings.TrimLeft(rest[len("第"):], "一二三四五六七八九十0123456789")
	case strings.HasPrefix(rest, "下一"), strings.HasPrefix(rest, "最后一"), strings.HasPrefix(rest, "另一"):
		rest = rest[strings.Index(rest, "一")+len("一"):]
	default:
		return 0
	}
	for _, unit := range []string{"位讲者", "位嘉宾", "位老师", "位同学", "位", "个报告", "个分享", "个", "场", "讲", "名"} {
		if tail, ok := strings.CutPrefix(rest, unit); ok {
			return len(text) - len(strings.TrimPrefix(tail, "是"))
		}
	}
	return 0
}

// nobodyKnown are the words of a note-taker who does not know whose talk it was.
var nobodyKnown = []string{"no idea who", "don't know who", "do not know who", "didn't catch the name", "didn't get the name", "did not catch", "missed the name", "speaker unknown", "forgot who", "forgot the speaker", "not sure who", "never got the name", "没记住是谁", "没记住名字", "没听清名字", "没听清是谁", "忘了是谁", "不知道是谁", "没记下名字", "讲者没记", "谁讲的忘了", "忘了谁讲"}

// nobodyByTitle reads `"Title", no idea who spoke`: a talk whose speaker the notes say
// they do not know.
func (r *reader) nobodyByTitle(text string, quote [2]int) ([]name.Person, [2]int, bool) {
	behind := strings.ToLower(text[quote[1]:sentenceEnd(text, quote[1])])
	behind = strings.TrimLeft(behind, " ,，.(（—–-")
	for _, words := range nobodyKnown {
		if at := strings.Index(behind, words); at >= 0 && at <= 12 {
			return nil, quote, true
		}
	}
	return nil, quote, false
}
