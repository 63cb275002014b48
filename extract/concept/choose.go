package concept

import (
	"cmp"
	"slices"

	"talkgraph/extract/lexicon"
)

// topic is a concept of a scope with its evidence.
type topic struct {
	scope    int32
	node     int32
	score    float64
	mentions []int32 // the best first, at most evidenceLimit
}

// evidenceLimit is how many passages an about relation shows.
const evidenceLimit = 3

// choose scores the candidates of every scope and keeps those that are believed.
func (x *extractor) choose(scopes []Scope) {
	x.confirmAmbiguous()
	var topics []topic
	for node := range x.names.all {
		c := &x.names.all[node]
		if c.into != int32(node) || c.never || len(c.mentions) == 0 {
			continue
		}
		topics = append(topics, x.topicsOf(int32(node))...)
	}
	topics = slices.DeleteFunc(topics, func(t topic) bool { return t.score < x.options.MinScore })
	topics = x.dropNested(topics)
	slices.SortFunc(topics, func(a, b topic) int {
		return cmp.Or(cmp.Compare(a.scope, b.scope), cmp.Compare(b.score, a.score), cmp.Compare(a.node, b.node))
	})
	x.topics = limit(topics, x.options.Limit)
}

// limit keeps the best topics of each scope.
func limit(topics []topic, most int) []topic {
	if most <= 0 {
		return topics
	}
	kept, scope, count := topics[:0], int32(-1), 0
	for _, t := range topics {
		if t.scope != scope {
			scope, count = t.scope, 0
		}
		if count++; count <= most {
			kept = append(kept, t)
		}
	}
	return kept
}

// Weights of further evidence of a concept in one scope and in others.
const (
	repeatWeight = 0.35 // each further line that mentions it
	otherWeight  = 0.25 // its best mention in another talk
	repeatLines  = 6    // further lines that count
)

// topicsOf scores a candidate in each scope that mentions it.
func (x *extractor) topicsOf(node int32) []topic {
	c := &x.names.all[node]
	var topics []topic
	for _, id := range c.mentions {
		m := &x.mentions[id]
		if len(topics) == 0 || topics[len(topics)-1].scope != m.scope {
			topics = append(topics, topic{scope: m.scope, node: node})
		}
		t := &topics[len(topics)-1]
		t.mentions = append(t.mentions, id)
	}
	best := make([]float64, len(topics))
	for i := range topics {
		topics[i].score, best[i] = x.scoreMentions(&topics[i])
	}
	first, second := 0.0, 0.0 // the best mentions of all talks
	for _, b := range best {
		if b > first {
			first, second = b, first
		} else {
			second = max(second, b)
		}
	}
	for i := range topics {
		other := first
		if best[i] == first {
			other = second
		}
		topics[i].score = 1 - (1-topics[i].score)*(1-otherWeight*other)
	}
	return topics
}

// scoreMentions orders the mentions of a topic by their evidence and joins it: all
// evidence of one line counts once. It returns the score and that of the best line.
func (x *extractor) scoreMentions(t *topic) (score, best float64) {
	slices.SortStableFunc(t.mentions, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.mentions[b].from.score(), x.mentions[a].from.score()), cmp.Compare(a, b))
	})
	var all source
	var lines [repeatLines + 1]int32
	count := 0
	doubt := 1.0
	for _, id := range t.mentions {
		m := &x.mentions[id]
		all |= m.from
		if count > repeatLines || slices.Contains(lines[:count], m.line+1) {
			continue
		}
		lines[count] = m.line + 1
		count++
		p := m.from.score()
		if count == 1 {
			best = p
			continue
		}
		doubt *= 1 - repeatWeight*p
	}
	if len(t.mentions) > evidenceLimit {
		t.mentions = t.mentions[:evidenceLimit]
	}
	return 1 - (1-all.score())*doubt, best
}

// confirmAmbiguous gives the ambiguous names of the lexicon their full weight where
// the talk has a cue: another name of the concept, its broader one, or a third of
// which both are kinds. Of several concepts with one name, the only one that has a
// cue gets it.
func (x *extractor) confirmAmbiguous() {
	cues := cues{sure: map[[2]int32]bool{}, wider: map[wideCue]bool{}}
	for i := range x.mentions {
		m := &x.mentions[i]
		node := x.names.root(m.node)
		if m.from&fromLexicon == 0 || cues.sure[[2]int32{m.scope, node}] {
			continue
		}
		cues.sure[[2]int32{m.scope, node}] = true
		if c := x.names.all[node].lexical; c != nil {
			for _, id := range c.Broader {
				cues.wider[wideCue{m.scope, id}] = true
			}
		}
	}
	for i := range x.mentions {
		m := &x.mentions[i]
		if m.from&(fromAmbiguous|fromShortForm) == 0 {
			continue
		}
		if node := x.confirmed(int32(i), &cues); node >= 0 {
			x.move(int32(i), node)
			m.from = m.from&^(fromAmbiguous|fromShortForm) | fromLexicon
		} else {
			x.standAlone(int32(i))
		}
	}
}

// standAlone makes an ambiguous name without a cue a name of its own: what the notes
// mean by it is not told, so it is none of the concepts of the lexicon.
func (x *extractor) standAlone(id int32) {
	text := x.textOf(id)
	node := x.names.of(text, nil)
	c := &x.names.all[node]
	if len(c.mentions) == 0 && c.into == node && !c.never {
		c.never = x.never(text)
	}
	x.move(id, node)
}

// confirmed returns the one candidate of an ambiguous name that has a cue; -1 when
// none has, or several have.
func (x *extractor) confirmed(id int32, cues *cues) int32 {
	m := &x.mentions[id]
	only := int32(-1)
	for _, node := range append([]int32{m.node}, x.alternatives[id]...) {
		if !x.hasCue(m, node, cues) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = node
	}
	return only
}

// cues are what a talk speaks of under names that are not ambiguous.
type cues struct {
	sure  map[[2]int32]bool // scope and candidate
	wider map[wideCue]bool  // the broader concepts of these
}

type wideCue struct {
	scope int32
	id    string
}

// hasCue reports whether a talk speaks of a concept under a sure name, of its
// broader concept, or, where its name is an abbreviation, of another kind of that.
func (x *extractor) hasCue(m *mention, node int32, cues *cues) bool {
	if cues.sure[[2]int32{m.scope, x.names.root(node)}] {
		return true
	}
	c := x.names.all[node].lexical
	if c == nil {
		return false
	}
	for _, id := range c.Broader {
		if wider, ok := x.names.byKey[id]; ok && cues.sure[[2]int32{m.scope, x.names.root(wider)}] {
			return true
		}
		above := x.lexicon.Concept(id)
		if m.end-m.start >= 3 && above != nil && above.Kind != lexicon.KindField && cues.wider[wideCue{m.scope, id}] {
			return true
		}
	}
	return false
}

// move gives a mention to another candidate.
func (x *extractor) move(id, node int32) {
	m := &x.mentions[id]
	from, to := x.names.root(m.node), x.names.root(node)
	if from == to {
		return
	}
	c := &x.names.all[from]
	if at := slices.Index(c.mentions, id); at >= 0 {
		c.mentions = slices.Delete(c.mentions, at, at+1)
	}
	m.node = to
	kept := &x.names.all[to]
	kept.mentions = append(kept.mentions, id)
	slices.Sort(kept.mentions)
	kept.seen(x.textOf(id), x.note.Lines[m.line].Number)
	if at := slices.IndexFunc(c.forms, func(f form) bool { return f.text == x.textOf(id) }); at >= 0 {
		if c.forms[at].count--; c.forms[at].count == 0 {
			c.forms = slices.Delete(c.forms, at, at+1)
		}
	}
}

// dropNested drops a discovered name whose every mention stands inside a longer
// name that is kept, since it was only a piece of it.
func (x *extractor) dropNested(topics []topic) []topic {
	kept := map[[2]int32]bool{}
	for _, t := range topics {
		kept[[2]int32{t.scope, t.node}] = true
	}
	byLine := x.mentionsByLine()
	return slices.DeleteFunc(topics, func(t topic) bool {
		if x.names.all[t.node].lexical != nil {
			return false
		}
		for _, id := range t.mentions {
			if !x.nested(id, byLine.of(x.mentions[id].line), kept) {
				return false
			}
		}
		return true
	})
}

// lineIndex lists mentions by their line.
type lineIndex struct {
	starts   []int32 // line → first place in mentions; one more at the end
	mentions []int32
}

func (l *lineIndex) of(line int32) []int32 { return l.mentions[l.starts[line]:l.starts[line+1]] }

func (x *extractor) mentionsByLine() lineIndex {
	l := lineIndex{starts: make([]int32, len(x.note.Lines)+2), mentions: make([]int32, len(x.mentions))}
	for i := range x.mentions {
		l.starts[x.mentions[i].line+2]++
	}
	for i := 2; i < len(l.starts); i++ {
		l.starts[i] += l.starts[i-1]
	}
	for i := range x.mentions {
		at := &l.starts[x.mentions[i].line+1]
		l.mentions[*at] = int32(i)
		*at++
	}
	return l
}

func (x *extractor) nested(id int32, line []int32, kept map[[2]int32]bool) bool {
	m := &x.mentions[id]
	if m.from&(fromHead|fromHeading|fromMark|fromLatin|fromMixed) != 0 {
		return false
	}
	for _, other := range line {
		o := &x.mentions[other]
		if o.scope == m.scope && o.start <= m.start && o.end+o.spill >= m.end+m.spill && o.end+o.spill-o.start > m.end+m.spill-m.start &&
			kept[[2]int32{o.scope, x.names.root(o.node)}] {
			return true
		}
	}
	return false
}
