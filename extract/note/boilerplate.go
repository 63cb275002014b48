package note

import (
	"strings"
	"unicode/utf8"
)

// setAside marks boilerplate first, then the asides in what is left.
func setAside(n *Note) {
	markMarkup(n)
	markHead(n)
	markTail(n)
	for i := range n.Lines {
		l := &n.Lines[i]
		if l.Matter() {
			if reason := pageLine(l.Content()); reason != "" {
				l.Kind, l.Reason = Boilerplate, reason
			}
		}
		markAsides(l)
	}
}

func (l *Line) reject(reason string) { l.Kind, l.Reason = Boilerplate, reason }

// markMarkup sets aside images, comments, scripts and lines of bare HTML tags.
func markMarkup(n *Note) {
	until := ""
	for i := range n.Lines {
		l := &n.Lines[i]
		if l.Kind == Blank || l.Kind == FrontMatter || l.Kind == Code {
			continue
		}
		content := strings.ToLower(l.Content())
		if until != "" {
			l.reject("inside a script or comment")
			if strings.Contains(content, until) {
				until = ""
			}
			continue
		}
		switch {
		case strings.HasPrefix(content, "<!--"):
			l.reject("a comment of the page")
			until = open(content, "-->")
		case strings.HasPrefix(content, "<script"):
			l.reject("a script")
			until = open(content, "</script>")
		case strings.HasPrefix(content, "<style"):
			l.reject("a style sheet")
			until = open(content, "</style>")
		case strings.HasPrefix(content, "![") && strings.HasSuffix(content, ")"):
			l.reject("an image")
		case len(content) > 2 && content[0] == '<' && content[len(content)-1] == '>' && withoutTags(content) == "":
			l.reject("markup without text")
		}
	}
}

func open(content, end string) string {
	if strings.Contains(content, end) {
		return ""
	}
	return end
}

func withoutTags(content string) string {
	var b strings.Builder
	depth := 0
	for _, r := range content {
		switch {
		case r == '<':
			depth++
		case r == '>':
			depth = max(0, depth-1)
		case depth == 0 && !isSpace(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// headLimit and tailLimit bound where a page's menus may stand, in lines that are not blank.
const (
	headLimit = 12
	tailLimit = 40
)

// navigation are the entries of a site's menu.
var navigation = map[string]bool{
	"首页": true, "主页": true, "登录": true, "注册": true, "登录/注册": true, "关于": true, "关于我们": true, "联系我们": true, "归档": true, "标签": true, "分类": true, "友链": true, "友情链接": true, "搜索": true, "返回顶部": true, "上一页": true, "下一页": true, "菜单": true, "导航": true, "博客": true, "新闻": true, "下载": true, "论坛首页": true, "个人中心": true, "订阅": true, "留言板": true,
	"home": true, "about": true, "about us": true, "contact": true, "contact us": true, "login": true, "log in": true, "sign in": true, "sign up": true, "register": true, "search": true, "menu": true, "archive": true, "archives": true, "tags": true, "categories": true, "rss": true, "blog": true, "subscribe": true, "skip to content": true, "skip to main content": true, "back to top": true, "privacy policy": true, "terms of service": true, "cookie policy": true, "projects": true, "posts": true, "share": true, "print": true,
}

// markHead sets aside breadcrumbs, menus and counters at the top and the bottom.
func markHead(n *Note) {
	seen := 0
	for i := range n.Lines {
		l := &n.Lines[i]
		if !l.Matter() {
			continue
		}
		if seen++; seen > headLimit {
			break
		}
		l.rejectMenu()
	}
	seen = 0
	for i := len(n.Lines) - 1; i >= 0 && seen < tailLimit; i-- {
		if l := &n.Lines[i]; l.Matter() {
			seen++
			l.rejectMenu()
		}
	}
}

func (l *Line) rejectMenu() {
	content := l.Content()
	switch {
	case isBreadcrumb(content):
		l.reject("a breadcrumb")
	case isMenu(content):
		l.reject("a menu")
	case isByline(content):
		l.reject("a byline of the page")
	}
}

func isBreadcrumb(content string) bool {
	if strings.HasPrefix(content, "当前位置") || strings.HasPrefix(content, "您的位置") || strings.HasPrefix(content, "您所在的位置") || strings.HasPrefix(content, "你的位置") || strings.HasPrefix(content, "You are here") {
		return true
	}
	arrow := strings.ContainsAny(content, ">»›")
	return arrow && (strings.HasPrefix(content, "首页") || strings.HasPrefix(content, "主页") || strings.HasPrefix(content, "Home "))
}

// isMenu recognises one menu entry, or a line of at least three of which most are.
func isMenu(content string) bool {
	if navigation[strings.ToLower(strings.TrimSpace(content))] {
		return true
	}
	if utf8.RuneCountInString(content) > 120 {
		return false
	}
	entries := strings.FieldsFunc(content, func(r rune) bool { return strings.ContainsRune("|｜·•/>»", r) || r == '\t' || r == '\u3000' })
	if len(entries) < 3 {
		entries = strings.Fields(content)
	}
	known := 0
	for _, entry := range entries {
		if navigation[strings.ToLower(strings.TrimSpace(entry))] {
			known++
		}
	}
	return len(entries) >= 3 && known >= 2 && known*3 >= len(entries)
}

// isByline recognises the line of date, source, author and counters that blogs
// put under a title.
func isByline(content string) bool {
	if utf8.RuneCountInString(content) > 100 {
		return false
	}
	for _, label := range []string{"发布时间", "发表于", "更新时间", "更新于", "发布于", "最后更新", "浏览量", "浏览次数", "阅读量", "阅读数", "阅读次数", "点击量", "点击数", "字体大小", "字号", "本文字数", "阅读时长", "预计阅读", "min read", "minute read", "Posted on", "Posted by", "Published on", "Last updated", "views"} {
		if strings.HasPrefix(content, label) {
			return true
		}
	}
	return strings.Contains(content, "A+ A-") || strings.HasPrefix(strings.ToLower(content), "news20") ||
		strings.HasSuffix(content, " min read") || containsTwo(content, "阅读", "评论", "点赞", "收藏", "转发", "浏览", "分类专栏", "文章标签")
}

func containsTwo(content string, words ...string) bool {
	count := 0
	for _, word := range words {
		if strings.Contains(content, word) {
			count++
		}
	}
	return count >= 2
}

// tailMarkers open the lists of other pages and the comments below an article.
var tailMarkers = []string{
	"相关文章", "相关推荐", "相关阅读", "相关新闻", "相关链接", "相关内容", "推荐阅读", "推荐文章", "延伸阅读", "猜你喜欢", "你可能感兴趣", "您可能感兴趣", "你可能也喜欢", "大家都在看", "热门文章", "热门推荐", "最新文章", "最新资讯", "随机文章", "更多文章", "往期回顾", "往期推荐", "往期精彩", "上一篇", "下一篇", "发表评论", "网友评论", "最新评论", "全部评论", "文章评论", "评论列表", "友情链接",
	"related posts", "related articles", "related reading", "you may also like", "you might also like", "recommended for you", "recommended reading", "more from", "read next", "latest posts", "recent posts", "popular posts", "leave a reply", "leave a comment", "comments", "previous post", "next post", "share this",
}

// markTail sets aside all below the first marker in the lower part of the file,
// when what follows looks like a list of links and not like notes.
func markTail(n *Note) {
	for i := len(n.Lines) * 2 / 5; i < len(n.Lines); i++ {
		l := &n.Lines[i]
		if !l.Matter() || !isTailMarker(l.Content()) || !looksLikeLinks(n.Lines[i+1:]) {
			continue
		}
		for j := i; j < len(n.Lines); j++ {
			if n.Lines[j].Matter() {
				n.Lines[j].reject("below “" + strings.Trim(l.Content(), ":： ") + "”")
			}
		}
		n.sourceAbove(i)
		return
	}
}

func isTailMarker(content string) bool {
	if utf8.RuneCountInString(content) > 60 {
		return false
	}
	lower := strings.ToLower(strings.Trim(content, " :：*#【】"))
	for _, marker := range tailMarkers {
		if rest, ok := strings.CutPrefix(lower, marker); ok && (rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, "（")) {
			return true
		}
	}
	return false
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

func opensNotes(l *Line) bool {
	content := l.Content()
	for _, label := range []string{"主讲人", "报告人", "讲者", "演讲者", "主持人", "Speaker:", "speaker:", "Speakers:", "speakers:"} {
		if strings.HasPrefix(content, label) {
			return true
		}
	}
	return l.Kind == Heading && l.Level <= 2 && !isTailMarker(content)
}

// sourceAbove takes the bare address just above the tail as where the page was published.
func (n *Note) sourceAbove(marker int) {
	for i := marker - 1; i >= 0; i-- {
		l := &n.Lines[i]
		if l.Kind == Blank {
			continue
		}
		if content := l.Content(); isURL(content) {
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

// pageLine gives the reason why a line anywhere in a file speaks for the page.
func pageLine(content string) string {
	if utf8.RuneCountInString(content) > 160 {
		return ""
	}
	for _, row := range pageCues {
		for _, word := range row.words {
			if strings.Contains(content, word) {
				return row.reason
			}
		}
	}
	return ""
}

var pageCues = []struct {
	reason string
	words  []string
}{
	{"a licence or copyright line", []string{"版权声明", "版权所有", "转载请注明", "未经授权", "未经允许", "著作权归作者", "著作权归原作者", "本文采用", "许可协议", "ICP备", "公网安备", "All rights reserved", "Copyright ©", "© 20", "Creative Commons", "CC BY-"}},
	{"an advert of the page", []string{"扫码关注", "扫描二维码", "长按识别", "识别二维码", "关注公众号", "关注我们的公众号", "微信公众号", "点击阅读原文", "阅读原文", "点个赞", "一键三连", "点赞收藏", "欢迎关注", "欢迎转发", "加入交流群", "广告", "Subscribe to", "subscribe to our", "Follow us on", "Follow me on", "sign up for our newsletter", "Buy me a coffee", "Advertisement"}},
	{"a share bar", []string{"分享到", "分享至", "Share on Twitter", "Share on Facebook", "Tweet this", "Share this post"}},
}
