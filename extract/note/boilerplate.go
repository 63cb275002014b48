package note

import (
	"strings"
	"unicode/utf8"
)

// setAside marks what is not the notes themselves: the page's boilerplate, and
// the asides of the note-taker.
func setAside(n *Note) {
	markMarkup(n)
	s := newScan(n)
	for i := range n.Lines {
		if n.Lines[i].Matter() {
			s.line(i)
		}
	}
	s.edges()
	s.tail()
}

// pageLimit bounds the characters of a line that may speak for the page.
const pageLimit = 160

// headLimit and tailLimit bound where a page's menus may stand, in lines that are
// not blank.
const (
	headLimit = 12
	tailLimit = 40
)

// scan carries what the cues of the lines tell about their neighbours.
type scan struct {
	note  *Note
	table *cueTable
	hits  []hit            // of the line at hand
	page  map[int][]effect // what else the cues of a line say: breadcrumb, byline, tailAll, tailList
}

func newScan(n *Note) *scan { return &scan{note: n, table: allCues, page: map[int][]effect{}} }

// allCues is built once, since that takes longer than reading a short note.
var allCues = newCueTable(asideCues, pageCues)

func (l *Line) reject(reason string) { l.Kind, l.Reason = Boilerplate, reason }

// line looks for the cues of one line.
func (s *scan) line(i int) {
	l := &s.note.Lines[i]
	s.hits = s.table.phrases.find(l.Content(), s.hits[:0])
	if len(s.hits) > 0 && s.pageLine(i) {
		return
	}
	s.asides(i)
}

// pageLine judges the cues of the page; it reports whether the line is set aside.
func (s *scan) pageLine(i int) bool {
	l := &s.note.Lines[i]
	content := l.Content()
	if tooLong(content) {
		return false
	}
	whole := passage{text: content, end: len(content), first: true}
	for _, h := range s.hits {
		c := &s.table.cues[h.phrase]
		if c.effect < licence || !c.holds(whole, h) {
			continue
		}
		switch c.effect {
		case licence:
			l.reject("a licence or copyright line")
			return true
		case advert:
			l.reject("an advert of the page")
			return true
		case share:
			l.reject("a share bar")
			return true
		default:
			s.page[i] = append(s.page[i], c.effect)
		}
	}
	return false
}

// tooLong reports whether a line is too long to speak for the page.
func tooLong(content string) bool {
	return len(content) > pageLimit && utf8.RuneCountInString(content) > pageLimit
}

func (s *scan) says(i int, wanted effect) bool {
	for _, e := range s.page[i] {
		if e == wanted {
			return true
		}
	}
	return false
}

// edges sets aside breadcrumbs, menus and counters at the top and the bottom.
func (s *scan) edges() {
	lines := s.note.Lines
	seen := 0
	for i := 0; i < len(lines) && seen < headLimit; i++ {
		if lines[i].Matter() {
			seen++
			s.edge(i)
		}
	}
	seen = 0
	for i := len(lines) - 1; i >= 0 && seen < tailLimit; i-- {
		if lines[i].Matter() {
			seen++
			s.edge(i)
		}
	}
}

func (s *scan) edge(i int) {
	l := &s.note.Lines[i]
	content := l.Content()
	switch {
	case tooLong(content):
	case s.says(i, breadcrumb), isBreadcrumb(content):
		l.reject("a breadcrumb")
	case s.isMenu(i), isLinkRow(content):
		l.reject("a menu")
	case utf8.RuneCountInString(content) <= longestByline && (s.says(i, byline) || isCounters(content)):
		l.reject("a byline of the page")
	}
}

// isBreadcrumb recognises the way from a site's first page to this one.
func isBreadcrumb(content string) bool {
	if !strings.ContainsAny(content, ">»›") {
		return false
	}
	return strings.HasPrefix(content, "首页") || strings.HasPrefix(content, "主页") || strings.HasPrefix(content, "Home ")
}

// isLinkRow recognises three or more links with nothing but marks between them.
func isLinkRow(content string) bool {
	links := 0
	for {
		open := strings.Index(content, "[")
		middle := strings.Index(content, "](")
		if open < 0 || middle < open {
			break
		}
		end := strings.IndexByte(content[middle:], ')')
		if end < 0 || strings.Trim(content[:open], " |·•/") != "" {
			return false
		}
		links++
		content = content[middle+end+1:]
	}
	return links >= 3 && strings.Trim(content, " |·•/") == ""
}

// menuWords tells the entries of menus: true for those that stand nowhere else.
var menuWords = newMenuWords()

func newMenuWords() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Split(menuMaybe, "|") {
		words[word] = false
	}
	for _, word := range strings.Split(menuSure, "|") {
		words[word] = true
	}
	return words
}

// isMenu recognises one entry of a menu, or a line of at least three of which
// most are. An entry that is also a word of notes needs another entry next to it.
func (s *scan) isMenu(i int) bool {
	content := s.note.Lines[i].Content()
	if sure, entry := menuEntry(content); entry {
		return sure || s.besideMenu(i)
	}
	entries := strings.FieldsFunc(content, func(r rune) bool { return strings.ContainsRune("|｜·•/>»\t\u3000", r) })
	if len(entries) < 3 {
		entries = strings.Fields(content)
	}
	known := 0
	for _, text := range entries {
		if _, entry := menuEntry(text); entry {
			known++
		}
	}
	return len(entries) >= 3 && known >= 2 && known*3 >= len(entries)
}

func menuEntry(text string) (sure, entry bool) {
	if len(text) > 40 {
		return false, false
	}
	sure, entry = menuWords[strings.ToLower(strings.Trim(text, " []【】"))]
	return sure, entry
}

// besideMenu reports whether the line above or below that says something is an entry of a menu.
func (s *scan) besideMenu(i int) bool {
	for _, step := range []int{-1, 1} {
		k := i + step
		for k >= 0 && k < len(s.note.Lines) && s.note.Lines[k].Kind == Blank {
			k += step
		}
		if k < 0 || k >= len(s.note.Lines) {
			continue
		}
		l := &s.note.Lines[k]
		if _, entry := menuEntry(l.Content()); entry || l.Reason == "a menu" {
			return true
		}
	}
	return false
}

// longestByline bounds the characters of a byline: a paragraph that opens with the
// name of its writer is an article.
const longestByline = 80

// isCounters recognises a line with two counters of a page: "阅读 327 · 点赞 18".
func isCounters(content string) bool {
	found := 0
	lower := strings.ToLower(content)
	for _, word := range strings.Split(counterWords, "|") {
		if at := strings.Index(lower, word); at >= 0 && besideNumber(lower[:at], lower[at+len(word):]) {
			found++
		}
	}
	return found >= 2 || strings.Contains(content, "A+ A-") || strings.HasSuffix(lower, " min read")
}

func besideNumber(before, after string) bool {
	before = strings.TrimRight(before, " :：(（")
	after = strings.TrimLeft(after, " 数量:：(（")
	return after != "" && isDigit(after[0]) || before != "" && isDigit(before[len(before)-1])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// tail sets aside the lists of other pages and the comments below an article. They
// begin in the lower part of the file, and what follows must look like links.
func (s *scan) tail() {
	lines := s.note.Lines
	for i := len(lines) * 2 / 5; i < len(lines); i++ {
		if !lines[i].Matter() {
			continue
		}
		end := 0
		switch {
		case s.says(i, tailAll) && looksLikeLinks(lines[i+1:]):
			end = len(lines)
		case s.says(i, tailList):
			end = listEnd(lines, i)
		}
		if end == 0 {
			continue
		}
		reason := "below “" + strings.Trim(lines[i].Content(), ":： ") + "”"
		for j := i; j < end; j++ {
			if l := &lines[j]; l.Matter() || l.Kind == Aside {
				l.reject(reason)
				l.Asides = nil
			}
		}
		s.note.sourceAbove(i)
	}
}

// listEnd returns the index behind the list of links that begins below a marker;
// 0 when there is none.
func listEnd(lines []Line, marker int) int {
	end := 0
	for i := marker + 1; i < len(lines); i++ {
		l := &lines[i]
		if l.Kind == Blank {
			continue
		}
		if l.Kind != Bullet && l.Kind != Numbered && !isURL(l.Content()) || !isLink(l) {
			break
		}
		end = i + 1
	}
	return end
}

// isLink reports whether a line is a link alone, to another page.
func isLink(l *Line) bool {
	return isURL(l.Content()) || strings.HasPrefix(l.Raw[l.End:], "](") || wholeLink(l.Content()) > 0
}

// looksLikeLinks holds when most lines are list items or short and none opens a
// section of notes.
func looksLikeLinks(lines []Line) bool {
	matter, short := 0, 0
	for i := range lines {
		l := &lines[i]
		if !l.Matter() {
			continue
		}
		matter++
		if l.Kind == Bullet || l.Kind == Numbered || utf8.RuneCountInString(l.Content()) < 45 {
			short++
		}
		if opensNotes(l) {
			return false
		}
	}
	return short*10 >= matter*6
}

// speakerLabels open what notes say of a talk.
var speakerLabels = []string{"主讲人", "报告人", "讲者", "演讲者", "演讲人", "主持人", "嘉宾", "Speaker:", "speaker:", "Speakers:", "speakers:", "报告题目", "题目："}

func opensNotes(l *Line) bool {
	content := l.Content()
	for _, label := range speakerLabels {
		if strings.HasPrefix(content, label) {
			return true
		}
	}
	return l.Kind == Heading && l.Level <= 2 && !hasTailWord(content)
}

// hasTailWord reports whether a heading is itself one of those below articles.
func hasTailWord(content string) bool {
	whole := passage{text: content, end: len(content), first: true}
	for _, h := range allCues.phrases.find(content, nil) {
		if c := &allCues.cues[h.phrase]; c.effect >= tailAll && c.holds(whole, h) {
			return true
		}
	}
	return false
}

// sourceAbove takes the bare address just above the tail as where the page was published.
func (n *Note) sourceAbove(marker int) {
	for i := marker - 1; i >= 0; i-- {
		l := &n.Lines[i]
		if l.Kind == Blank {
			continue
		}
		if content := l.Content(); l.Kind == Paragraph && isURL(content) {
			if n.URL == "" {
				n.URL = content
			}
			l.reject("the address of the page")
		}
		return
	}
}

func isURL(content string) bool {
	return (strings.HasPrefix(content, "http://") || strings.HasPrefix(content, "https://")) && !strings.ContainsAny(content, " \t，。")
}
