package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// effect is what a cue says about the words around it.
type effect uint8

const (
	says       effect = iota // its sentence, bracket or dash clause is an aside
	may                      // the same, unless somebody or a title is named in it
	opinion                  // at the head of a line the line is an aside, else as says
	licence                  // the line is a licence or copyright line
	advert                   // the line is an advert of the page
	share                    // the line is a share bar
	breadcrumb               // the line is a breadcrumb, at the top or the bottom
	byline                   // the line is a byline of the page, at the top or the bottom
	tailAll                  // the lists of other pages begin, to the end of the file
	tailList                 // a list of links begins, to the end of the list
)

// place is where in a line a cue must stand.
type place uint8

const (
	anywhere    place = iota
	clauseHead        // the clause begins with it, fillers aside
	clauseTail        // the clause ends with it
	wholeClause       // the clause is the cue, fillers aside
	sentence          // the sentence begins with it
	lineHead          // the line begins with it
	wholeLine         // the line is the cue, or goes on with a colon or a bracket
	counter           // the line begins with it, and a number or a colon follows
	beside            // anywhere, but in a bracket or behind a dash
	besideHead        // at the head of a bracket or of what is behind a dash
)

// cues is a row of the tables: words that have an effect at a place.
type cues struct {
	effect effect
	place  place
	words  string // with "|" between them; small ASCII letters
	with   string // when not empty, one of these must stand in the same clause
}

// cue is one word of a row.
type cue struct {
	effect effect
	place  place
	with   []string
	word   string
	latin  bool // whether it ends in a letter that must be the last of its word
}

// cueTable is the tables made ready for one pass over a line.
type cueTable struct {
	cues    []cue
	phrases *phraseSet
}

func newCueTable(tables ...[]cues) *cueTable {
	t := &cueTable{}
	var phrases []string
	for _, table := range tables {
		for _, row := range table {
			var with []string
			if row.with != "" {
				with = strings.Split(row.with, "|")
			}
			for _, word := range strings.Split(row.words, "|") {
				for _, spelling := range spellings(word) {
					phrases = append(phrases, spelling)
					last := spelling[len(spelling)-1]
					t.cues = append(t.cues, cue{row.effect, row.place, with, word, last >= 'a' && last <= 'z'})
				}
			}
		}
	}
	t.phrases = newPhraseSet(phrases)
	return t
}

// spellings gives a word with a straight and with a curly apostrophe.
func spellings(word string) []string {
	if curly := strings.ReplaceAll(word, "'", "’"); curly != word {
		return []string{word, curly}
	}
	return []string{word}
}

// passage is a stretch of a line that is judged by itself: a sentence, a bracket
// or what follows a dash.
type passage struct {
	text       string // the line's content
	start, end int    // of the passage in it
	aside      bool   // whether it is a bracket or a dash clause
	first      bool   // whether the line begins with it
}

// holds reports whether a hit is where its cue must be.
func (c *cue) holds(p passage, h hit) bool {
	if c.latin && !wordAt(p.text, h) || quoted(p.text[p.start:], h.start-p.start) {
		return false
	}
	return c.placed(p, h) && c.accompanied(p, h)
}

func (c *cue) placed(p passage, h hit) bool {
	switch c.place {
	case clauseHead:
		return onlyFillers(p.before(h))
	case clauseTail:
		return strings.TrimSpace(p.after(h)) == ""
	case wholeClause:
		return onlyFillers(p.before(h)) && strings.TrimSpace(p.after(h)) == ""
	case sentence:
		return onlyMarks(p.text[p.start:h.start])
	case lineHead:
		return p.first && onlyMarks(p.text[p.start:h.start])
	case wholeLine:
		return p.first && onlyMarks(p.text[p.start:h.start]) && endsLabel(p.text[h.end:])
	case counter:
		return p.first && onlyMarks(p.text[p.start:h.start]) && countFollows(p.text[h.end:])
	case beside:
		return p.aside
	case besideHead:
		return p.aside && onlyMarks(p.text[p.start:h.start])
	default:
		return true
	}
}

func (c *cue) accompanied(p passage, h hit) bool {
	if len(c.with) == 0 {
		return true
	}
	clause := strings.ToLower(p.before(h) + "\n" + p.after(h))
	for _, word := range c.with {
		if strings.Contains(clause, word) {
			return true
		}
	}
	return false
}

// before returns the clause in front of a hit.
func (p passage) before(h hit) string {
	text := p.text[p.start:h.start]
	if at := strings.LastIndexFunc(text, isClauseEnd); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[at:])
		text = text[at+size:]
	}
	return text
}

// after returns the rest of the clause behind a hit.
func (p passage) after(h hit) string {
	text := p.text[h.end:p.end]
	if at := strings.IndexFunc(text, isClauseEnd); at >= 0 {
		text = text[:at]
	}
	return text
}

func isClauseEnd(r rune) bool {
	return strings.ContainsRune("，,。；;：:！!？?、~…—()（）【】[]“”", r)
}

// fillers may stand between the head of a clause and a cue.
var fillers = strings.Fields("我 俺 也 都 还 又 就 但 但是 不过 所以 而且 其实 完全 真的 实在 有点 有些 基本 几乎 根本 全程 这里 这段 这块 这部分 这一段 后面 前面 " +
	"后半段 前半段 差点 可能 可惜 因为 由于 当时 后来 确实 同样 大部分 很多 很多地方 一开始 刚开始 个人 来 听 今天 上午 下午 早上 晚上 现场 老实说 说实话 > - * >>")

// onlyFillers reports whether a text is made of fillers alone.
func onlyFillers(text string) bool {
	for {
		text = strings.TrimLeftFunc(text, isSpace)
		if text == "" {
			return true
		}
		longest := 0
		for _, filler := range fillers {
			if len(filler) > longest && strings.HasPrefix(text, filler) {
				longest = len(filler)
			}
		}
		if longest == 0 {
			return false
		}
		text = text[longest:]
	}
}

// onlyMarks reports whether nothing but marks of lists, quotes and brackets stands there.
func onlyMarks(text string) bool {
	return strings.Trim(text, " \t\u3000>-*#•·→—(（【[《:：…~") == ""
}

// endsLabel reports whether a label ends here.
func endsLabel(after string) bool {
	after = strings.TrimLeft(after, " *#】")
	return after == "" || strings.HasPrefix(after, ":") || strings.HasPrefix(after, "：") || strings.HasPrefix(after, "(") || strings.HasPrefix(after, "（")
}

// countFollows reports whether a number or a date follows, or a colon.
func countFollows(after string) bool {
	after = strings.TrimLeft(after, " \t\u3000")
	if after == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(after)
	return r >= '0' && r <= '9' || r == ':' || r == '：'
}

// wordAt reports whether the hit does not begin or end within a Latin word.
func wordAt(text string, h hit) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:h.start])
	after, _ := utf8.DecodeRuneInString(text[h.end:])
	return (h.start == 0 || !isLatinLetter(before)) && (h.end >= len(text) || !isLatinLetter(after))
}

func isLatinLetter(r rune) bool { return unicode.Is(unicode.Latin, r) }

// quoted reports whether a place stands in quotation marks: then somebody else
// is speaking.
func quoted(text string, at int) bool {
	return strings.Count(text[:at], `"`)%2 == 1 || strings.LastIndex(text[:at], "“") > strings.LastIndex(text[:at], "”")
}
