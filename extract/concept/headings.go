package concept

import (
	"strings"

	"talkgraph/extract/note"
)

// headings follows the sections and list items that a line stands in.
type headings struct {
	open  []section
	lines int // lines read
}

// section is a heading or list item that others stand under.
type section struct {
	rank    int    // lower ranks hold higher ones
	line    int    // counts the lines read, from 1
	mention int32  // the mention that is its head; -1 when it names no concept
	label   string // its text when it is a general word: 应用, "motivation"
	item    bool   // a list item
	title   bool
	opening bool // a clause before ":" that directly follows its heading: it opens that section
}

// Ranks of sections that are no marked headings; those have their level, 1 to 6.
const (
	rankTitle   = 0
	rankChapter = 10 // "一、"
	rankNumber  = 12 // "1)"
	rankText    = 13 // a short line by itself
	rankColon   = 14 // "four solutions:"
	rankBullet  = 20 // and its depth
	rankClosed  = 99
)

// title opens the section of the whole talk.
func (h *headings) title(x *extractor) {
	h.open = append(h.open[:0], section{rank: rankTitle, mention: -1, title: true})
	if s := &x.line; len(s.found) == 1 {
		h.open[0].mention = s.found[0]
	}
}

// line opens the section of the line that was read and closes those it ends.
func (h *headings) line(x *extractor) {
	rank := rankOf(&x.line)
	closes := rank
	if rank == rankClosed {
		closes = rankBullet // running text ends the list before it
		if len(h.open) > 0 && h.open[len(h.open)-1].rank >= rankBullet && h.open[len(h.open)-1].item {
			closes = rankColon // and what led the list
		}
	}
	for len(h.open) > 0 && h.open[len(h.open)-1].rank >= closes {
		h.open = h.open[:len(h.open)-1]
	}
	id, label := x.head()
	opening := rank == rankColon && id < 0 && label == "" && len(h.open) > 0 && h.open[len(h.open)-1].line == h.lines
	h.lines++
	h.open = append(h.open, section{rank: rank, mention: id, label: label, item: rank == rankNumber || rank >= rankBullet, opening: opening, line: h.lines})
}

func rankOf(s *lineScan) int {
	l := s.line
	switch l.Kind {
	case note.Heading:
		return l.Level
	case note.Bullet:
		return rankBullet + l.Level
	case note.Numbered:
		if l.Mark != "" && !isASCII(l.Mark) {
			return rankChapter
		}
		return rankNumber
	}
	text := strings.TrimSpace(s.text)
	switch {
	case strings.HasSuffix(text, ":") || strings.HasSuffix(text, "："):
		return rankColon
	case len(s.units) == 1 && len(text) <= 45:
		return rankText
	}
	return rankClosed
}

// concept returns the nearest section above the line last opened that names a
// concept, with the label of a general heading between them.
func (h *headings) concept() (mention int32, label string) {
	for i := len(h.open) - 2; i >= 0; i-- {
		s := h.open[i]
		if s.title {
			return -1, ""
		}
		if s.mention >= 0 {
			return s.mention, label
		}
		if s.opening {
			continue
		}
		if s.label == "" || label != "" {
			return -1, ""
		}
		label = s.label
	}
	return -1, ""
}

// head returns the mention that the line begins with as its head: all of a short
// line, or what stands before ":", "(" or "——"; else the general word that does.
func (x *extractor) head() (mention int32, label string) {
	s := &x.line
	if len(s.units) == 0 {
		return -1, ""
	}
	first := s.units[0]
	switch first.right {
	case 0, ':', '(', '—', '=', ' ':
	default:
		return -1, ""
	}
	if id := x.mentionOfUnit(first); id >= 0 {
		return id, ""
	}
	if id := x.kindsOf(first); id >= 0 {
		return id, ""
	}
	text := s.text[s.tokens[first.from].start:s.tokens[first.to-1].end]
	if (x.chinese.isGeneric(text) || !hasHan(text) && x.genericPhrase(text)) && !isFrameOnly(text) {
		return -1, text
	}
	return -1, ""
}

// isFrameOnly recognises labels that say what the notes do, and nothing of how the
// things below them are related.
func isFrameOnly(text string) bool {
	switch strings.ToLower(text) {
	case "总结", "小结", "结论", "备注", "注", "要点", "说明", "回顾", "思考", "补充", "感想", "问", "答", "提问", "回答", "笔记",
		"notes", "note", "summary", "conclusion", "conclusions", "takeaways", "takeaway", "tl", "question", "questions", "answer", "comments", "remarks":
		return true
	}
	return false
}

// kindsOf returns the mention behind "types of" and the like in a unit; -1 when the
// unit is no such phrase.
func (x *extractor) kindsOf(un unit) int32 {
	s := &x.line
	of := -1
	for i := un.from; i < un.to && i < un.from+4; i++ {
		if s.text[s.tokens[i].start:s.tokens[i].end] != "of" {
			continue
		}
		switch strings.ToLower(s.text[s.tokens[max(i-1, un.from)].start:s.tokens[max(i-1, un.from)].end]) {
		case "types", "kinds", "forms", "classes", "families", "flavours", "flavors", "examples", "pillars", "parts", "components", "variants", "layers", "stages", "generations":
			of = i
		}
		break
	}
	if of < 0 {
		return -1
	}
	for to := un.to; to > of+1; to-- {
		if id := x.mentionFilling(of+1, to); id >= 0 && (to == un.to || x.classOf(to)&stopWord != 0) {
			return id
		}
	}
	return -1
}
