package concept

import (
	"strings"
	"sync"

	"talkgraph/extract/fact"
	"talkgraph/extract/lexicon"
)

// skipped are the names of a talk's speakers and institutions.
type skipped struct {
	keys  map[string]bool
	parts map[string]bool // parts of names in Latin letters → a person's
	han   []string
}

func newSkipped(names []string, l *lexicon.Lexicon) skipped {
	s := skipped{keys: map[string]bool{}, parts: map[string]bool{}}
	for _, name := range names {
		s.keys[fact.Key(name)] = true
		if hasHan(name) {
			s.han = append(s.han, name)
			continue
		}
		fields := strings.Fields(name)
		if len(fields) > 3 || len(fields) < 2 {
			continue
		}
		institution := isInstitution(fields, l)
		for _, part := range fields {
			if isCapital(part) {
				s.parts[part] = s.parts[part] || !institution
			}
		}
	}
	return s
}

// isInstitution reports whether the words of a name are an institution's, whose parts
// are no names of people: "Redis Labs".
func isInstitution(words []string, l *lexicon.Lexicon) bool {
	switch words[len(words)-1] {
	case "Labs", "Lab", "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "GmbH", "University", "Institute", "College", "School", "Research", "AI", "Technologies", "Technology", "Systems",
		"Software", "Cloud", "Group", "Foundation", "Bank", "Company", "Corporation", "Corp", "Networks", "Security", "Health", "Studio", "Studios", "Data", "Digital", "Center", "Centre":
		return true
	}
	return words[0] == "University" || l.OrganizationNamed(strings.Join(words, " ")) != nil
}

// has reports whether a text names one of them.
func (s *skipped) has(text string) bool {
	if len(s.keys) == 0 {
		return false
	}
	plain := strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	if _, part := s.parts[plain]; part || s.keys[fact.Key(text)] {
		return true
	}
	if first, _, more := strings.Cut(plain, " "); more {
		if _, part := s.parts[first]; part {
			return true
		}
	}
	for _, name := range s.han {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// onlyPart reports whether a text is but a part of an institution's name: Redis is
// not Redis Labs.
func (s *skipped) onlyPart(text string) bool {
	person, part := s.parts[text]
	return part && !person && !s.keys[fact.Key(text)]
}

// everyone are the people and institutions of all talks of a note that the lexicon
// has no concept for.
type everyone struct {
	names map[string]bool // keys
	parts map[string]bool // words of names in Latin letters, lower case
	han   []string
}

func newEveryone(l *lexicon.Lexicon, scopes []Scope) everyone {
	e := everyone{names: map[string]bool{}, parts: map[string]bool{}}
	for i := range scopes {
		for _, name := range scopes[i].Skip {
			if key := fact.Key(name); !e.names[key] && len(l.FindConcepts(name)) == 0 {
				e.names[key] = true
				e.add(l, name)
			}
		}
	}
	return e
}

func (e *everyone) add(l *lexicon.Lexicon, name string) {
	if fields := strings.Fields(name); len(fields) == 0 || isInstitution(fields, l) {
		return
	}
	if hasHan(name) {
		if characters(name) <= 4 {
			e.han = append(e.han, name)
		}
		return
	}
	fields := strings.Fields(name)
	if len(fields) < 2 || len(fields) > 3 {
		return
	}
	for _, part := range fields {
		if len(part) > 2 {
			e.parts[strings.ToLower(part)] = true
		}
	}
}

// has reports whether a text is one of them, or a part of a person's name alone.
func (e *everyone) has(text string, l *lexicon.Lexicon) bool {
	if len(e.names) == 0 {
		return false
	}
	if hasHan(text) {
		for _, name := range e.han {
			if strings.Contains(text, name) || strings.HasPrefix(name, text) && l.People.IsSurname(text) {
				return true
			}
		}
		return e.names[fact.Key(text)]
	}
	plain := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s"))
	for part := range strings.FieldsSeq(plain) {
		if !e.parts[part] {
			return e.names[fact.Key(text)]
		}
	}
	return plain != ""
}

// houseworkWords label lines about the event itself.
const houseworkWords = `
赞助 赞助商 赞助单位 主办 主办方 主办单位 承办 承办单位 协办 协办单位 支持单位 合作媒体 企业展台 展台 展商 大会主席 程序主席 组委会 会务组 志愿者 会议号 腾讯会议 腾讯会议号 会议链接 签到 报名 报名方式 注册 交通 住宿 值日 记录人 水果 零食 午餐 晚餐 晚宴 茶歇 合影 颁奖
sponsors sponsor organisers organizers organiser organizer venue catering registration wifi money host hosts credits
`

// houseworkLabels returns the set of them, which is made once: it does not change.
var houseworkLabels = sync.OnceValue(func() map[string]bool { return setOf(houseworkWords) })

// labelLength is the most bytes of the label of a line.
const labelLength = 24

// isHousework reports whether a line's label says that it is about the event itself:
// who paid, where people ate.
func (x *extractor) isHousework(content string) bool {
	start := content[:min(len(content), labelLength+1)]
	at := strings.IndexByte(start, ':')
	if wide := strings.Index(start, "："); wide >= 0 && (at < 0 || wide < at) {
		at = wide
	}
	return at > 0 && x.housework[strings.ToLower(strings.TrimSpace(content[:at]))]
}
