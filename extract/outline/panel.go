package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/name"
)

// roleCues are the words beside people that say what they do on a panel: those that
// stand before them and those that stand behind them.
type roleCues struct{ before, behind []string }

var (
	hostCues = roleCues{
		before: []string{"moderators were ", "moderator was ", "moderator is ", "moderated by ", "moderators: ", "moderator: ", "moderator：", "moderator 是", "moderator是", "moderator ", "mod: ", "mod. ", "mod ", "hosted by ", "host: ", "host was ", "chaired by ", "chair: ", "chair was ", "facilitated by ", "led by ", "主持人：", "主持人:", "主持人是", "主持人为", "主持人", "主持：", "主持:", "主持是", "主持的是", "主持 "},
		behind: []string{"担任主持人", "担任主持", "做主持", "当主持", "来主持", "主持", " moderated", " moderating", " moderates", " chaired", " chairing", " hosted", " (moderator)", " (mod)", " (chair)", "（主持）", "（主持人）", "(主持)"},
	}
	panelCues = roleCues{
		before: []string{"panelists were ", "panellists were ", "panelists: ", "panellists: ", "guests were ", "guests: ", "on stage were ", "on stage: ", "on stage ", "on the panel were ", "on the panel: ", "with ", "featuring ", "participants: ", "speakers: ", "台上坐着", "台上是", "台上有", "台上：", "台上:", "台上 ", "嘉宾有", "嘉宾包括", "嘉宾是", "嘉宾为", "嘉宾：", "嘉宾:", "参与嘉宾有", "参与嘉宾：", "参加的有", "参与的有", "参与者：", "参与者有", "对谈：", "对谈人：", "上台的有", "上台的是"},
		behind: []string{"参加了讨论", "参与了讨论", "参加讨论", "参与讨论", "参加", "参与", "出席", "对谈", "上台", "同台", "在台上", "四人", "三人", "两人", "五人", "等", " on stage", " joined", " took part", " on the panel"},
	}
)

// panelRoles reads a line of people on a panel, each group with a word for what it
// does: "D主持，A、B、C参加。", "moderator is D; on stage: A, B", "A, B and C. mod: D".
// It holds where nothing else is left of the line.
func (r *reader) panelRoles(i int) (guests, hosts []Speaker, ok bool) {
	text := r.lines[i].text
	for _, host := range r.hostSegments(text) {
		if guests, ok := r.guestsAround(i, host, true); ok {
			return guests, r.speakers(r.grammar.People(text[host.from:host.to], name.Labelled), i, host.from), true
		}
	}
	guests, ok = r.guestsAround(i, segment{}, false)
	return guests, nil, ok && len(guests) > 0
}

// guestsAround reads what stands before and behind the host of a panel as its guests.
func (r *reader) guestsAround(i int, host segment, hosted bool) ([]Speaker, bool) {
	text := r.lines[i].text
	var guests []Speaker
	for _, rest := range [][2]int{{0, host.start}, {host.end, len(text)}} {
		people, offset, ok := r.guestSegment(text, rest, hosted)
		if !ok {
			return nil, false
		}
		guests = append(guests, r.speakers(people, i, offset)...)
	}
	return guests, true
}

// segment is a piece of a line that is people with the word for what they do.
type segment struct {
	start, end int // of the whole piece
	from, to   int // of the people
}

// clauseMarks end the people of one role.
const clauseMarks = "，,;；。.|·"

// hostSegments lists what may be the host of a panel in a line with the word that says
// so, the shortest reading first.
func (r *reader) hostSegments(text string) []segment {
	lower := strings.ToLower(text)
	var all []segment
	for _, cue := range hostCues.before {
		at := strings.Index(lower, cue)
		if at < 0 || at > 0 && isLetterByte(lower[at-1]) {
			continue
		}
		from := at + len(cue)
		for _, to := range clauseEnds(text, from) {
			all = append(all, segment{start: at, end: to, from: from, to: to})
		}
	}
	for _, cue := range hostCues.behind {
		at := strings.Index(lower, cue)
		if at <= 0 {
			continue
		}
		for _, start := range clauseStarts(text, at) {
			from := at - len(strings.TrimPrefix(text[start:at], "由"))
			all = append(all, segment{start: start, end: at + len(cue), from: from, to: at})
		}
	}
	return slices.DeleteFunc(all, func(s segment) bool { return !r.namesPeople(text[s.from:s.to]) })
}

// clauseEnds lists where the people behind a place may end, the nearest first.
func clauseEnds(text string, from int) []int {
	var ends []int
	for at := from; ; {
		mark := strings.IndexAny(text[at:], clauseMarks)
		if mark < 0 {
			return append(ends, len(text))
		}
		_, size := utf8.DecodeRuneInString(text[at+mark:])
		ends = append(ends, at+mark)
		at += mark + size
	}
}

// clauseStarts lists where the people before a place may begin, the nearest first.
func clauseStarts(text string, at int) []int {
	var starts []int
	for end := at; end > 0; {
		mark := strings.LastIndexAny(text[:end], clauseMarks)
		if mark < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[mark:])
		starts = append(starts, at-len(strings.TrimLeft(text[mark+size:at], " ")))
		end = mark
	}
	return append(starts, 0)
}

// guestSegment reads what is left of a line as the guests; without a host beside them
// a word must say what they are.
func (r *reader) guestSegment(text string, piece [2]int, hosted bool) (people []name.Person, offset int, ok bool) {
	rest := text[piece[0]:piece[1]]
	trimmed := strings.TrimLeft(rest, " ，,;；。.|·、(（")
	start := piece[1] - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " ，,;；。.|·、(（)）")
	if trimmed == "" {
		return nil, 0, true
	}
	cued := false
	for _, cue := range panelCues.before {
		if strings.HasPrefix(strings.ToLower(trimmed), cue) {
			trimmed, cued = trimmed[len(cue):], true
			start += len(cue)
			break
		}
	}
	for again := true; again; {
		again = false
		for _, cue := range panelCues.behind {
			if strings.HasSuffix(strings.ToLower(trimmed), cue) {
				trimmed, cued, again = trimmed[:len(trimmed)-len(cue)], true, true
			}
		}
	}
	if !cued && !hosted || !r.namesPeople(closeBracket(text, start, trimmed)) {
		return nil, 0, false
	}
	return r.grammar.People(closeBracket(text, start, trimmed), name.Labelled), start, true
}

// closeBracket gives a piece of a text the bracket back that stands behind it when it
// holds the one that opens.
func closeBracket(text string, start int, piece string) string {
	end := start + len(piece)
	next, size := utf8.DecodeRuneInString(text[end:])
	if next == ')' && strings.Count(piece, "(") > strings.Count(piece, ")") || next == '）' && strings.Count(piece, "（") > strings.Count(piece, "）") {
		return text[start : end+size]
	}
	return piece
}

// namesPeople holds for a text that is people and what belongs to them.
func (r *reader) namesPeople(text string) bool {
	people := r.grammar.People(text, name.Labelled)
	return r.plausible(people) || len(people) > 1 && r.plausibleInSmall(people)
}

// takeRoles gives a panel the people of a line that says what each does.
func (r *reader) takeRoles(d *draft, i int) bool {
	if utf8.RuneCountInString(r.lines[i].text) > roleLimit {
		return false
	}
	guests, hosts, ok := r.panelRoles(i)
	if !ok {
		return false
	}
	d.addSpeakers(slices.DeleteFunc(guests, func(s Speaker) bool { return isOneOf(s, hosts) }))
	d.hosts = append(d.hosts, hosts...)
	d.used[i] = true
	r.lines[i].role = usedRole
	return true
}

// roleLimit bounds the characters of a line of people on a panel.
const roleLimit = 240

func isOneOf(s Speaker, others []Speaker) bool {
	return slices.ContainsFunc(others, func(o Speaker) bool { return o.Name == s.Name })
}
