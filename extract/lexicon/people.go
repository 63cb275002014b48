package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Cue is what a word beside a name tells.
type Cue uint16

// The cues; one word may be several.
const (
	SpeakerLabel     Cue = 1 << iota // "主讲人:", "speaker:"
	HostLabel                        // "主持人:", "chair:"
	GuestLabel                       // "嘉宾:", "panelists:"
	OrganizerLabel                   // "主办单位:"
	CitedLabel                       // "作者:", "et al."
	SpeechVerb                       // "讲了", "presented"
	TitleLabel                       // "报告题目:"
	AffiliationLabel                 // "单位:"
	PositionLabel                    // "职务:"
	AbstractLabel                    // "摘要:"
	BioLabel                         // "个人简介:"
	TimeLabel                        // "时间:"
	DateLabel                        // "会议日期:"
	PlaceLabel                       // "地点:"
	ThemeLabel                       // "主题:"
)

var cueNames = map[string]Cue{
	"speaker-label": SpeakerLabel, "host-label": HostLabel, "guest-label": GuestLabel, "organizer-label": OrganizerLabel,
	"cited-label": CitedLabel, "verb": SpeechVerb, "title-label": TitleLabel, "affiliation-label": AffiliationLabel,
	"position-label": PositionLabel, "abstract-label": AbstractLabel, "bio-label": BioLabel, "time-label": TimeLabel,
	"date-label": DateLabel, "place-label": PlaceLabel, "theme-label": ThemeLabel,
}

// TitleKind tells job titles from honorifics and memberships.
type TitleKind uint8

// The kinds of titles.
const (
	Job        TitleKind = iota + 1 // 教授, "Research lead"
	Honorific                       // 老师, "Dr."
	Membership                      // 院士, "IEEE Fellow"
)

// People is what is known of names of persons and the words beside them.
type People struct {
	surnames  map[string]bool
	stopwords map[string]bool
	given     map[string]bool // lower case
	cues      map[string]Cue  // lower case
	titleRows []titleRow
	titles    *trie
	verbs     *trie
	cueWords  []string
}

type titleRow struct {
	text string
	kind TitleKind
}

func (p *People) add(f file) error {
	switch {
	case strings.HasSuffix(f.name, "surnames.txt"):
		return words(f, &p.surnames)
	case strings.HasSuffix(f.name, "stopwords.txt"):
		return words(f, &p.stopwords)
	case strings.HasSuffix(f.name, "latin-given-names.txt"):
		return words(f, &p.given)
	case strings.HasSuffix(f.name, "titles.txt"):
		return p.addTitles(f)
	case strings.HasSuffix(f.name, "cues.txt"):
		return p.addCues(f)
	default:
		return nil
	}
}

func words(f file, into *map[string]bool) error {
	*into = make(map[string]bool, strings.Count(f.text(), "\n"))
	return rows(f, 1, func(columns []string, _ Place) error {
		(*into)[strings.ToLower(columns[0])] = true
		return nil
	})
}

func (p *People) addTitles(f file) error {
	byName := map[string]TitleKind{"job": Job, "honorific": Honorific, "membership": Membership}
	return rows(f, 2, func(columns []string, _ Place) error {
		p.titleRows = append(p.titleRows, titleRow{columns[0], byName[columns[1]]})
		return nil
	})
}

func (p *People) addCues(f file) error {
	p.cues = make(map[string]Cue, strings.Count(f.text(), "\n"))
	return rows(f, 2, func(columns []string, _ Place) error {
		word := strings.ToLower(columns[0])
		if _, ok := p.cues[word]; !ok {
			p.cueWords = append(p.cueWords, word)
		}
		p.cues[word] |= cueNames[columns[1]]
		return nil
	})
}

func (p *People) build() {
	var titles, verbs nameList
	for i, row := range p.titleRows {
		titles.add(row.text, entry{index: int32(i)})
	}
	for i, word := range p.cueWords {
		if p.cues[word]&SpeechVerb != 0 {
			verbs.add(word, entry{index: int32(i)})
		}
	}
	p.titles, p.verbs = titles.trie(), verbs.trie()
}

// SurnameSize returns the size in bytes of the Chinese surname that a text starts
// with, compound ones first; 0 when it starts with none.
func (p *People) SurnameSize(text string) int {
	_, first := utf8.DecodeRuneInString(text)
	_, second := utf8.DecodeRuneInString(text[first:])
	if second > 0 && p.surnames[text[:first+second]] {
		return first + second
	}
	if first > 0 && p.surnames[text[:first]] {
		return first
	}
	return 0
}

// IsSurname reports whether the whole text is a Chinese surname.
func (p *People) IsSurname(text string) bool { return p.surnames[text] }

// IsOrdinaryWord reports whether a word that could be read as a Chinese name is an
// ordinary word.
func (p *People) IsOrdinaryWord(text string) bool { return p.stopwords[text] }

// IsGivenName reports whether a word is a frequent given name in Latin letters, with
// or without its accents.
func (p *People) IsGivenName(word string) bool { return p.given[strings.ToLower(withoutAccents(word))] }

// plainLetters are letters that have no accent to take away, as they are written where
// a keyboard lacks them.
var plainLetters = strings.NewReplacer("ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ß", "ss", "æ", "ae", "Æ", "Ae", "ı", "i", "þ", "th", "Þ", "Th", "ð", "d", "œ", "oe")

// withoutAccents writes a word in the letters of ASCII as far as it can.
func withoutAccents(word string) string {
	if strings.IndexFunc(word, func(c rune) bool { return c >= utf8.RuneSelf }) < 0 {
		return word
	}
	var b strings.Builder
	for _, c := range norm.NFD.String(plainLetters.Replace(word)) {
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// Cue returns what a label or cue word, as a whole, tells; 0 when it is none.
func (p *People) Cue(word string) Cue { return p.cues[strings.ToLower(strings.TrimSpace(word))] }

// TitleAt returns the end and the kind of the longest title that starts at a byte
// of the text; kind 0 when there is none.
func (p *People) TitleAt(text string, at int) (int, TitleKind) {
	end, entries := p.titles.longest(text, at)
	if len(entries) == 0 {
		return at, 0
	}
	return end, p.titleRows[entries[0].index].kind
}

// VerbAt returns the end of the longest verb of speech that starts at a byte of
// the text; at itself when there is none.
func (p *People) VerbAt(text string, at int) int {
	end, _ := p.verbs.longest(text, at)
	return end
}
