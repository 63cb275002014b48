package name

import (
	"strings"
	"unicode/utf8"
)

// statementVerbs open what is said of a person's post now; pastWords tell that it
// is over or another's.
var (
	statementVerbs = []string{"works ", "work ", "is ", "are ", "leads ", "lead ", "runs ", "heads ", "teaches ", "comes ", "come ", "both work ", "both are ", "is now "}
	pastWords      = []string{" was ", " were ", " used to ", " formerly ", " previously ", " former ", " ex-", " until ", " not ", " graduated ", " phd from ", " degree ", " advised ", " supervised "}
)

// Stated reads the clause behind a person's name, "works at ORG", "is a professor at
// ORG", and returns the institution that it gives; nil when it gives none.
func (g *Grammar) Stated(clause string) []Affiliation {
	lower := strings.ToLower(clause)
	if !startsWithAny(lower, statementVerbs) {
		return nil
	}
	for _, word := range pastWords {
		if strings.Contains(" "+lower+" ", word) {
			return nil
		}
	}
	for _, joint := range []string{" at the ", " at ", " from the ", " from ", " with ", " for the ", " for ", " of the ", " of "} {
		at := strings.Index(lower, joint)
		if at < 0 || strings.Count(clause[:at], " ") > 7 || strings.ContainsAny(clause[:at], ",;:") {
			continue
		}
		if a, ok := g.institutionAt(clause, at+len(joint), joint == " at " || joint == " at the "); ok {
			return []Affiliation{a}
		}
	}
	return nil
}

func startsWithAny(text string, openings []string) bool {
	for _, opening := range openings {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	return false
}

// institutionAt reads an institution of the lexicon at a place or, where it must
// stand there, a run of capitalised words with a word that institutions carry.
func (g *Grammar) institutionAt(text string, at int, sure bool) (Affiliation, bool) {
	if known, end, ambiguous := g.lexicon.OrganizationAt(text, at); known != nil && (!ambiguous || sure) {
		return Affiliation{Span: Span{at, end}, Name: text[at:end], Known: known}, true
	}
	size := capitalisedRun(text[at:])
	if !sure || size == 0 {
		return Affiliation{}, false
	}
	run := text[at : at+size]
	first, _ := utf8.DecodeRuneInString(run)
	if g.IsFrequentName(run) || len(g.lexicon.FindConcepts(run)) > 0 || first < utf8.RuneSelf && size < 3 {
		return Affiliation{}, false
	}
	return Affiliation{Span: Span{at, at + size}, Name: run, Known: g.lexicon.OrganizationNamed(run)}, true
}

// Biography reads where a person works now from a biographical note: the first clause
// that is an institution with a post, or that says 现任 or "is a professor at". Past
// posts, degrees, supervisors and memberships are none. It returns nil when the note
// does not say.
func (g *Grammar) Biography(text string) (all []Affiliation, jobTitle string) {
	at := 0
	for range biographyClauses {
		for at < len(text) && strings.IndexAny(text[at:], " ，,。；;：:") == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		stop := len(text)
		if k := strings.IndexAny(text[at:], "，,。；;"); k >= 0 {
			stop = at + k
		}
		if at >= stop {
			return nil, ""
		}
		if all, jobTitle = g.postIn(text, Span{at, stop}); all != nil {
			return all, jobTitle
		}
		at = stop
	}
	return nil, ""
}

// biographyClauses is how many clauses of a biographical note may say where the person is.
const biographyClauses = 6

// postOpenings begin a clause on a post held now; pastInBiography tell of the past.
var (
	postOpenings    = []string{"现任职于", "现就职于", "现工作于", "目前就职于", "目前任职于", "目前担任", "目前是", "目前为", "目前任", "现任", "现为", "现是", "现在", "就职于", "任职于", "工作于", "担任", "任", "来自", "是", "为", "系"}
	pastInBiography = []string{"毕业", "学位", "获得", "获", "曾", "师从", "博士后研究", "博士后工作", "留学", "访问", "就读", "攻读", "主持", "发表", "研究方向", "研究兴趣", "会员", "前身", "原", "实习", "编委", "审稿"}
)

// postIn reads one clause as a post held now.
func (g *Grammar) postIn(text string, clause Span) ([]Affiliation, string) {
	piece := text[clause.Start:clause.End]
	if isLatin(piece) {
		return g.postInEnglish(text, clause)
	}
	for _, word := range pastInBiography {
		if strings.Contains(piece, word) {
			return nil, ""
		}
	}
	opened := false
	for _, opening := range postOpenings {
		if at := strings.Index(piece, opening); at >= 0 && at <= len("欧阳某某博士") {
			clause.Start += at + len(opening)
			opened = true
			break
		}
	}
	r := listReader{grammar: g, text: text[:clause.End], trust: Labelled, atoms: []atom{{kind: nameAtom}}}
	r.runs(clause, false)
	if r.failed || hasKind(r.atoms[1:], nameAtom) || hasKind(r.atoms, pastAtom) || !hasKind(r.atoms, organizationAtom) || !r.explained() || !opened && !hasKind(r.atoms, titleAtom) {
		return nil, ""
	}
	people := assemble(g, text, r.atoms)
	if len(people) != 1 {
		return nil, ""
	}
	return people[0].Affiliations, people[0].JobTitle
}

// postInEnglish reads "Ada is a professor at ORG": what follows the first verb.
func (g *Grammar) postInEnglish(text string, clause Span) ([]Affiliation, string) {
	piece := text[clause.Start:clause.End]
	for _, verb := range statementVerbs {
		at := strings.Index(piece, verb)
		if at < 0 || at > 40 || at > 0 && piece[at-1] != ' ' {
			continue
		}
		stated := g.Stated(piece[at:])
		for i := range stated {
			a := &stated[i]
			a.Span = Span{a.Start + clause.Start + at, a.End + clause.Start + at}
		}
		if stated != nil {
			return stated, ""
		}
	}
	return nil, ""
}

// Substitute returns the bytes of a text that name who speaks in another's place:
// "（由其学生NAME代讲，ORG）". It reports false when nobody does.
func (g *Grammar) Substitute(text string) (Span, bool) {
	for _, verb := range []string{"代为报告", "代为讲授", "代为分享", "代做报告", "代讲", "代替", "代报告", "代为宣读"} {
		stop := strings.Index(text, verb)
		if stop < 0 {
			continue
		}
		start := strings.LastIndex(text[:stop], "由")
		if start < 0 {
			return Span{}, false
		}
		start += len("由")
		start += len(text[start:stop]) - len(strings.TrimLeft(text[start:stop], "其他她的"))
		return Span{start, stop}, true
	}
	return Span{}, false
}
