package ask

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// job is what people are, with the words that notes and questions use for it. A
// polite one is said of any speaker in a question: 哪位教授讲了 asks for no professor
// in particular.
type job struct {
	name   string
	polite bool
	words  string // separated by "; "
}

func jobs() []job {
	return []job{
		{"assistant professor", false, "assistant professor; assistant professors; 助理教授"},
		{"associate professor", false, "associate professor; associate professors; 副教授"},
		{"chair professor", false, "chair professor; chair professors; 讲席教授; 讲座教授"},
		{"professor", true, "professor; professors; prof; profs; 教授"},
		{"academician", false, "academician; academicians; 院士"},
		{"doctor", true, "dr; 博士"},
		{"postdoc", false, "postdoc; postdocs; postdoctoral; 博士后"},
		{"student", false, "student; students; phd student; phd students; 博士生; 硕士生; 研究生; 学生"},
		{"research fellow", false, "research fellow; 研究员"},
		{"associate research fellow", false, "associate research fellow; 副研究员"},
		{"chief executive", false, "ceo; ceos; chief executive; chief executive officer; 首席执行官"},
		{"chief technology officer", false, "cto; ctos; chief technology officer; 首席技术官"},
		{"chief scientist", false, "chief scientist; chief scientists; 首席科学家"},
		{"founder", false, "founder; founders; co-founder; co-founders; cofounder; cofounders; 创始人; 联合创始人"},
		{"vice president", false, "vp; vice president; vice presidents; 副总裁; 副院长; 副校长"},
		{"president", false, "president; presidents; chairman; chairperson; 主席; 理事长; 会长; 校长; 总裁; 董事长"},
		{"director", false, "director; directors; 主任; 所长; 总监"},
		{"dean", false, "dean; deans; 院长"},
		{"editor", false, "editor; editors; editor in chief; 主编; 编辑"},
		{"judge", false, "judge; judges; 法官"},
		{"lawyer", false, "lawyer; lawyers; 律师"},
	}
}

// positionRows are the words for positions in the vocabulary.
func positionRows() []vocabularyRow {
	var rows []vocabularyRow
	for _, p := range jobs() {
		rows = append(rows, vocabularyRow{class: position, kind: p.name, words: p.words})
	}
	return rows
}

// settlePositions makes positions that are asked for nouns for people, and the query
// one for those who hold them. With a name, as in 王院士 and "Professor Bowman", they
// carry nothing, and elsewhere they are words like any other.
func (r *reading) settlePositions() {
	for k := range r.items {
		it := &r.items[k]
		if it.class&position == 0 {
			continue
		}
		before, _ := r.beside(k, -1)
		asked := before&(which|many|who) != 0 || r.has(who|which|many) && !r.has(say|belong)
		switch polite := isPolite(it.kind); {
		case asked && polite && r.has(say):
			it.class, it.kind = personNoun, ""
		case asked:
			r.query.Position = it.kind
			it.class, it.kind = personNoun, ""
		case polite || r.isTitle(k):
			it.class = noise
		default:
			it.class, it.pieceKind = 0, unknownPiece
		}
	}
}

// settleLoose makes words like any other of loose ones that are part of a term or
// that somebody speaks about.
func (r *reader) settleLoose() {
	items := r.reading.items
	term := func(k int) bool {
		it := items[k]
		return it.pieceKind == unknownPiece || it.pieceKind == absentPiece || len(ofTypes(it.nodes, fact.Concept)) > 0
	}
	for k := range items {
		if items[k].kind != looseWord {
			continue
		}
		inTerm := k > 0 && r.adjoin(k-1) && term(k-1) || k+1 < len(items) && r.adjoin(k) && term(k+1)
		if before, _ := r.reading.beside(k, -1); inTerm || before&say != 0 && before&nouns == 0 {
			items[k].class, items[k].pieceKind = 0, unknownPiece
		}
	}
}

// isTitle reports whether a position stands behind a name, or before one.
func (r *reading) isTitle(k int) bool {
	if k > 0 && (r.items[k-1].pieceKind == namePiece || r.items[k-1].pieceKind == unknownPiece) {
		return true
	}
	return k+1 < len(r.items) && len(ofTypes(r.items[k+1].nodes, fact.Person)) > 0
}

func isPolite(name string) bool {
	return slices.ContainsFunc(jobs(), func(j job) bool { return j.name == name && j.polite })
}

// AnyPosition is the value of Query.Position for whatever people are.
const AnyPosition = "any"

// holdsPosition reports whether a job title says that somebody holds a position.
func holdsPosition(jobTitle, name string) bool {
	if name == AnyPosition {
		return jobTitle != ""
	}
	title := " " + strings.ToLower(jobTitle) + " "
	for _, p := range jobs() {
		if p.name != name {
			continue
		}
		for word := range strings.SplitSeq(p.words, "; ") {
			if hasUnspaced(word) && strings.Contains(title, word) || hasRun(strings.Fields(wordsOf(title)), strings.Fields(wordsOf(word)), sameWord) {
				return true
			}
		}
	}
	return false
}

// hasPosition reports whether a person holds the position of the query somewhere; at
// one of its institutions where it names some.
func (f *finder) hasPosition(person string) (bool, error) {
	if f.query.Position == "" {
		return true, nil
	}
	edges, err := f.out(person, fact.Affiliation)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(edges, func(e graph.Edge) bool { return holdsPosition(e.Props[fact.PropJobTitle], f.query.Position) }), nil
}
