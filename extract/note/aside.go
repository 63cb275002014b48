package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// asideCues are words with which a note-taker speaks of himself, of the occasion
// or of his notes. They are matched anywhere in a clause.
var asideCues = []string{
	"俺", "说实话", "老实说", "讲真", "吐槽", "小编", "笔者",
	"没听懂", "听不懂", "没太听懂", "没看懂", "看不懂", "没听清", "听不清", "没听见", "没记下", "没记住", "没记全", "来不及记", "没来得及", "记不清", "不认识字", "没搞懂", "没太懂", "没懂",
	"个人感觉", "个人觉得", "个人认为", "个人观点", "个人理解", "浅薄的观点", "我觉得", "我感觉", "我个人", "我理解", "我没", "我还是", "我猜", "我比较", "我自己", "我先", "我当时", "我旁边",
	"过得很快", "过得超快", "过得太快", "过得飞快", "过得比较快", "讲得很快", "讲得太快", "讲太快", "讲的很快", "由于时间问题", "由于时间关系", "由于时间原因", "时间不够了", "简单带过", "一带而过",
	"听会", "没有位置坐", "没位置", "没座位", "座位不够", "会议室被", "会议室里", "茶歇", "开小差", "走神", "睡着", "犯困", "迟到", "早退", "人很多", "人山人海", "空调",
	"搜索到的", "搜到的", "网上查", "查了一下", "搜了一下", "百度一下", "没有找到", "没找到", "没有直接", "没有给出具体", "没给出具体", "真的好吗", "一般般",
	"内容偏", "偏理论", "偏文科", "比较水", "有点水", "配了一个图", "给了一个图", "给了一个实验的图", "贴了一张图", "放了一张图", "科技与狠活", "博大精深", "速度占坑", "哈哈", "呵呵", "嘻嘻", "呜呜", "笑死", "(∩_∩)",
	"待补充", "待补", "回去再看", "回头再看", "有空再看", "求大佬", "照片没拍",
}

// asideStarts are words that make an aside only at the head of a clause.
var asideStarts = []string{"感觉", "反正", "果然", "害,", "害，", "也确实", "大概是这样", "不知道为什么", "可惜", "好像是"}

// asideStartsEnglish are matched at the head of a line, in lower case.
var asideStartsEnglish = []string{
	"my take", "my opinion", "my thoughts", "my note", "my guess", "my impression", "my favourite", "my favorite", "imo", "imho", "personally", "note to self", "aside:", "todo", "fixme", "(me:",
	"i think", "i thought", "i feel", "i felt", "i missed", "i was", "i am", "i'm", "i did", "i didn't", "i couldn't", "i could", "i wonder", "i liked", "i loved", "i really", "i guess", "i arrived", "i left", "i had", "i have", "i've", "i'd", "i don't", "i need", "i want", "i will", "i'll", "i also", "i must", "i sat", "i skipped", "i asked", "i hope",
	":thought_balloon:", ":speech_balloon:", "💭", "this was a sales", "mostly a sales", "sales pitch",
}

// asideCuesEnglish are matched anywhere in a line, in lower case.
var asideCuesEnglish = []string{
	":thought_balloon:", "didn't catch", "did not catch", "couldn't follow", "could not follow", "couldn't hear", "could not hear", "couldn't read the slide", "i missed", "lost me here", "went over my head", "ran out of time, so", "no seats", "wifi", "coffee was", "the coffee", "lunch was", "sales talk", "sales pitch", "if i remember", "not sure if i", "¯\\_(ツ)_/¯",
}

// markAsides finds the asides of a line: the whole line, brackets 【…】 within it,
// and brackets or dash clauses in which the note-taker speaks.
func markAsides(l *Line) {
	if l.Kind == Code || !l.Matter() {
		return
	}
	if l.Kind == Heading || blackBrackets(l) {
		return
	}
	content := l.Content()
	if reason := wholeAside(content, l.Asides, l.Start); reason != "" {
		l.Kind, l.Reason = Aside, reason
		return
	}
	for _, r := range append(bracketAsides(content), dashAsides(content)...) {
		l.Asides = append(l.Asides, Range{l.Start + r.Start, l.Start + r.End})
	}
	l.Asides = joinRanges(l.Asides)
	if len(l.Asides) > 0 && strings.TrimFunc(l.Masked(), isSpace) == "" {
		l.Kind, l.Reason = Aside, "in brackets of the note-taker"
	}
}

// headBracket is the longest text in 【…】 that may be a heading or a label.
const headBracket = 15

// blackBrackets handles 【…】: a short one that is the whole line is a heading, a
// short one at the head of the line is a label, all others are asides. It reports
// whether the line became a heading.
func blackBrackets(l *Line) bool {
	content := l.Content()
	for at := 0; at < len(content); {
		open := strings.Index(content[at:], "【")
		if open < 0 {
			break
		}
		open += at
		size := strings.Index(content[open:], "】")
		if size < 0 {
			break
		}
		end := open + size + len("】")
		inner := content[open+len("【") : end-len("】")]
		label := open == 0 && utf8.RuneCountInString(inner) <= headBracket && cue(inner) == "" && !strings.ContainsAny(inner, "，。,;；!！?？")
		if label && end == len(content) {
			l.Kind, l.Level = Heading, 3
			l.Start, l.End = l.Start+len("【"), l.End-len("】")
			return true
		}
		if !label {
			l.Asides = append(l.Asides, Range{l.Start + open, l.Start + end})
		}
		at = end
	}
	return false
}

// wholeAside gives the reason why a whole line is an aside, "" when it is none.
// What stands in brackets speaks only for itself.
func wholeAside(content string, asides []Range, start int) string {
	plain := content
	if strings.ContainsAny(content, "(（") || len(asides) > 0 || strings.Contains(content, "——") {
		plain = outsideBrackets(content)
	}
	if word := cue(plain); word != "" {
		return "the note-taker speaks: " + word
	}
	if tail := strings.TrimRightFunc(content, isSpace); len(tail) > 3 && len(tail) < 120 && doubledMark(tail) {
		return "an exclamation of the note-taker"
	}
	return ""
}

// outsideBrackets returns the text before the first dash clause without what
// stands in brackets.
func outsideBrackets(content string) string {
	var b strings.Builder
	depth := 0
	for _, r := range content {
		switch r {
		case '(', '（', '【', '[':
			depth++
		case ')', '）', '】', ']':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	text := b.String()
	if at := strings.Index(text, "——"); at > 0 {
		return text[:at]
	}
	return text
}

// doubledMark reports whether the text ends in "!!", "??" or their wide forms.
func doubledMark(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	return last == before && strings.ContainsRune("!?！？", last)
}

// cue returns the cue by which the note-taker gives himself away, "" when there is none.
func cue(text string) string {
	for _, word := range asideCues {
		if strings.Contains(text, word) {
			return word
		}
	}
	head := strings.TrimLeftFunc(text, func(r rune) bool { return isSpace(r) || r == '>' || r == '-' || r == '(' || r == '（' })
	for _, word := range asideStarts {
		if strings.HasPrefix(head, word) {
			return word
		}
	}
	if !hasLatin(head) {
		return ""
	}
	lower := strings.ToLower(head)
	for _, word := range asideStartsEnglish {
		if strings.HasPrefix(lower, word) && wordEnds(lower, len(word)) {
			return word
		}
	}
	for _, word := range asideCuesEnglish {
		if at := strings.Index(lower, word); at >= 0 && !quoted(lower, at) && wordEnds(lower, at+len(word)) {
			return word
		}
	}
	return ""
}

func hasLatin(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' || text[i] == ':' || text[i] == 0xF0 {
			return true
		}
	}
	return false
}

func wordEnds(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return at >= len(text) || !unicode.IsLetter(r)
}

// quoted reports whether an odd number of quotation marks stands before a place:
// then somebody else is speaking.
func quoted(text string, at int) bool {
	return strings.Count(text[:at], `"`)%2 == 1 || strings.LastIndex(text[:at], "“") > strings.LastIndex(text[:at], "”")
}

// bracketAsides finds brackets in which the note-taker speaks.
func bracketAsides(content string) []Range {
	var found []Range
	var open []int
	for at, r := range content {
		switch r {
		case '(', '（':
			open = append(open, at)
		case ')', '）':
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if cue(content[from:at]) != "" {
				found = append(found, Range{from, at + utf8.RuneLen(r)})
			}
		}
	}
	return found
}

// dashAsides finds clauses after "——" in which the note-taker speaks.
func dashAsides(content string) []Range {
	var found []Range
	for at := strings.Index(content, "——"); at >= 0; {
		end := len(content)
		next := strings.Index(content[at+len("——"):], "——")
		if next >= 0 {
			next += at + len("——")
			end = next
		}
		if cue(strings.TrimLeft(content[at:end], "—->→ ")) != "" {
			found = append(found, Range{at, end})
		}
		at = next
	}
	return found
}

// joinRanges sorts ranges and joins those that touch.
func joinRanges(ranges []Range) []Range {
	if len(ranges) < 2 {
		return ranges
	}
	for i := 1; i < len(ranges); i++ {
		for j := i; j > 0 && ranges[j].Start < ranges[j-1].Start; j-- {
			ranges[j], ranges[j-1] = ranges[j-1], ranges[j]
		}
	}
	joined := ranges[:1]
	for _, r := range ranges[1:] {
		if last := &joined[len(joined)-1]; r.Start <= last.End {
			last.End = max(last.End, r.End)
		} else {
			joined = append(joined, r)
		}
	}
	return joined
}

// Masked returns the content with its asides blanked out by spaces, byte for
// byte, so that offsets into it are offsets into the content.
func (l *Line) Masked() string {
	if len(l.Asides) == 0 {
		return l.Content()
	}
	masked := []byte(l.Content())
	for _, r := range l.Asides {
		for at := max(r.Start, l.Start); at < min(r.End, l.End); at++ {
			masked[at-l.Start] = ' '
		}
	}
	return string(masked)
}
