package ask

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// longestKnown is the most tokens of a name that the thesaurus is asked for.
const longestKnown = 14

// known finds names that the thesaurus knows and that cover an unknown token. A name
// for what is not in the graph stands for the narrower concepts that are, or is
// absent.
func (r *reader) known(pieces []piece) ([]mention, error) {
	unknown := make([]bool, len(r.text.tokens)+1)
	for _, p := range pieces {
		unknown[p.from] = p.kind == unknownPiece
	}
	l := linker{text: r.text}
	var found []mention
	for from := range r.text.tokens {
		for to := from + 1; to <= min(len(r.text.tokens), from+longestKnown); to++ {
			if !slices.Contains(unknown[from:to], true) || !l.nameable(from, to) {
				continue
			}
			m := mention{from: from, to: to, text: r.text.between(from, to)}
			ids := r.named(m.text)
			if len(ids) == 0 {
				continue
			}
			var err error
			if m.nodes, err = r.present(ids); err != nil {
				return nil, err
			}
			m.absent = len(m.nodes) == 0
			found = append(found, m)
		}
	}
	return found, nil
}

// named asks the thesaurus for a name and for what it may be the plural of.
func (r *reader) named(name string) []string {
	for _, form := range singulars(name) {
		if ids := r.thesaurus.Named(form); len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// present returns the nodes of the graph among entities of the thesaurus, or else
// those narrower in meaning and the talks that are titled with one of their names.
func (r *reader) present(ids []string) ([]graph.Node, error) {
	nodes, err := r.nodes(ids)
	if err != nil || len(nodes) > 0 {
		return nodes, err
	}
	var narrower, titled []string
	for _, id := range ids {
		narrower = append(narrower, r.thesaurus.Narrower(id)...)
		kinds, err := r.kindsByName(id)
		if err != nil {
			return nil, err
		}
		narrower = append(narrower, kinds...)
	}
	for _, id := range ids {
		for _, name := range r.thesaurus.Names(id) {
			if len(fact.Key(name)) < leastTitled {
				continue
			}
			more, err := r.directory.holding(name, fact.Session, fact.Talk)
			if err != nil {
				return nil, err
			}
			titled = append(titled, more...)
		}
	}
	all := append(narrower, titled...)
	slices.Sort(all)
	return r.nodes(slices.Compact(all))
}

// kindsByName returns the concepts of the graph whose Chinese names end in a name of a
// concept of the thesaurus: 多视图扩散模型 is a kind of 扩散模型.
func (r *reader) kindsByName(id string) ([]string, error) {
	var kinds []string
	for _, name := range r.thesaurus.Names(id) {
		key := fact.Key(name)
		if !strings.HasPrefix(id, "concept/") || !hasUnspaced(key) || utf8.RuneCountInString(key) < leastHead {
			continue
		}
		found, err := r.directory.matching(func(e listed) bool { return strings.HasSuffix(e.key, key) }, fact.Concept)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, found...)
	}
	return kinds, nil
}

// leastHead is how many characters a Chinese term has at least whose kinds are told
// by their names.
const leastHead = 4

// candidate is a run of items around a gap that may be one name.
type candidate struct {
	first, last int // items
	text        string
}

// fillGap reads words that are no exact name as part of a name or as a misspelt one.
func (r *reader) fillGap(at int) error {
	compound := r.compound(at)
	if r.takeGloss(compound) {
		return nil
	}
	for _, step := range []func(int, candidate) (candidate, []string, error){r.asSlip, r.asShortened, r.asPart, r.asCharacters, r.asEvent} {
		c, ids, err := step(at, compound)
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			return r.replace(c, ids)
		}
	}
	r.reading.addUnknown(compound.text)
	r.suggest(compound.text)
	return nil
}

// asSlip reads the whole term as the one name that it is a slip away from.
func (r *reader) asSlip(_ int, compound candidate) (candidate, []string, error) {
	ids, err := r.slipped(compound.text)
	if len(ids) != 1 {
		ids = nil
	}
	return compound, ids, err
}

// asShortened reads a gap as a shortened name of people or institutions.
func (r *reader) asShortened(at int, _ candidate) (candidate, []string, error) {
	for _, c := range r.around(at) {
		ids, err := r.directory.shortened(c.text, r.titled(c.last))
		if err != nil {
			return c, nil, err
		}
		if len(ids) > 0 && (c.first == c.last || len(ids) == 1) {
			return c, principal(ids), nil
		}
	}
	return candidate{}, nil, nil
}

// asPart reads the term as a misspelt name, as part of names, or as a room.
func (r *reader) asPart(at int, compound candidate) (candidate, []string, error) {
	tries := []candidate{compound}
	if compound.last > at && compound.first == at && r.reading.items[compound.last].class&kindNoun != 0 {
		tries = append(tries, candidate{at, at, r.reading.items[at].text}) // "sparse methods": methods that are sparse
	}
	for _, c := range tries {
		for _, search := range []func(string) ([]string, error){r.misspelt, r.holding, r.rooms} {
			if ids, err := search(c.text); err != nil || len(ids) > 0 {
				return c, ids, err
			}
		}
	}
	return candidate{}, nil, nil
}

// asCharacters reads a single character with those beside it as part of names: of 并行
// one was taken for a word.
func (r *reader) asCharacters(at int, _ candidate) (candidate, []string, error) {
	for _, c := range r.around(at) {
		if utf8.RuneCountInString(r.reading.items[at].text) > 1 || c.first == c.last {
			continue
		}
		if ids, err := r.holding(c.text); err != nil || len(ids) > 0 {
			return c, ids, err
		}
	}
	return candidate{}, nil, nil
}

// asEvent reads a term as part of the name of one event where events are asked for:
// 第二次读书会.
func (r *reader) asEvent(at int, compound candidate) (candidate, []string, error) {
	if !r.reading.has(eventNoun|moment|place) || r.reading.follows(at, say) {
		return compound, nil, nil
	}
	for _, c := range append([]candidate{compound}, r.around(at)...) {
		if ids, err := r.directory.holding(c.text, fact.Event); err != nil || len(ids) == 1 {
			return c, ids, err
		}
	}
	return compound, nil, nil
}

// addUnknown notes words that name nothing, but not parts of what is noted.
func (r *reading) addUnknown(text string) {
	if !slices.ContainsFunc(r.unknown, func(noted string) bool { return strings.Contains(noted, text) }) {
		r.unknown = append(slices.DeleteFunc(r.unknown, func(noted string) bool { return strings.Contains(text, noted) }), text)
	}
}

// takeGloss puts the name that explains an unknown term in its place, if there is one.
func (r *reader) takeGloss(unknown candidate) bool {
	k := r.glossed(unknown)
	if k < 0 {
		return false
	}
	items := r.reading.items
	first, last := min(unknown.first, k), max(unknown.last, k)
	name := item{pieceKind: namePiece, from: items[first].from, to: items[last].to, text: items[k].text, nodes: items[k].nodes}
	r.reading.items = slices.Replace(items, first, last+1, name)
	return true
}

// glossed returns the name that explains an unknown term in brackets, as in
// 竞态检测(race detector), or that it explains; -1 where there is none.
func (r *reader) glossed(unknown candidate) int {
	items := r.reading.items
	for _, k := range []int{unknown.last + 1, unknown.first - 1} {
		if k < 0 || k >= len(items) || items[k].pieceKind != namePiece {
			continue
		}
		left, right := items[unknown.last], items[k]
		if k < unknown.first {
			left, right = items[k], items[unknown.first]
		}
		between := r.text.folded[r.text.tokens[left.to-1].end:r.text.tokens[right.from].start]
		if strings.TrimSpace(between) == "(" {
			return k
		}
	}
	return -1
}

// misspelt is the one name that a text is closest to; several are no reading.
func (r *reader) misspelt(text string) ([]string, error) {
	ids, err := r.slipped(text)
	if err == nil && len(ids) == 0 && len(fact.Key(text)) >= leastTwice {
		ids, err = r.directory.misspelt(text)
	}
	if err != nil || len(ids) > 1 {
		return nil, err
	}
	return ids, nil
}

// slipped returns the entities whose names are one slip away from a text.
func (r *reader) slipped(text string) ([]string, error) {
	found := map[string]bool{}
	for _, key := range slips(fact.Key(text)) {
		if key == withoutLastWord(text) {
			continue
		}
		ids, err := r.snapshot.Lookup(r.ctx, key)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			found[id] = true
		}
	}
	ids := slices.Sorted(maps.Keys(found))
	return slices.DeleteFunc(ids, func(id string) bool { return strings.HasPrefix(id, "doc/") }), nil
}

// withoutLastWord is the key of a text but for its last word: GPT-J is another thing than
// GPT, and no slip.
func withoutLastWord(text string) string {
	if at := strings.LastIndexAny(text, " -_."); at > 0 {
		return fact.Key(text[:at])
	}
	return ""
}

// holding returns the concepts, talks and sessions whose names hold a text.
func (r *reader) holding(text string) ([]string, error) {
	if hasUnspaced(text) { // 稀疏性 and 稀疏化 mean what is 稀疏
		for _, ending := range []string{"性", "化", "度"} {
			if rest, ok := strings.CutSuffix(text, ending); ok && len([]rune(rest)) >= 2 {
				text = rest
			}
		}
	}
	if r.reading.asksOrigin() { // nobody is from a title: 谷歌有人来吗
		return nil, nil
	}
	return r.directory.holding(text, fact.Concept, fact.Session, fact.Talk)
}

// dropTitles makes unknown what only titles name, where it is asked who is from there.
func (r *reader) dropTitles() {
	if !r.reading.asksOrigin() {
		return
	}
	for i := range r.reading.items {
		it := &r.reading.items[i]
		partial := func(n graph.Node) bool {
			return (n.Type == fact.Talk || n.Type == fact.Session) && fact.Key(n.Label) != fact.Key(it.text)
		}
		if it.pieceKind == namePiece && len(it.nodes) > 0 && !slices.ContainsFunc(it.nodes, func(n graph.Node) bool { return !partial(n) }) {
			it.pieceKind, it.nodes = unknownPiece, nil
			r.reading.addUnknown(it.text)
		}
	}
}

// asksOrigin reports whether a question asks who is from where, and not who spoke of what.
func (r *reading) asksOrigin() bool {
	return r.has(belong) && r.has(who|personNoun|place) && !r.has(say|sessionNoun|kindNoun)
}

// roomLimit is the most names of talks that there may be for rooms to be looked for.
const roomLimit = 2 * namedLimit

// rooms returns the sessions, or else the talks, that were held in a room.
func (r *reader) rooms(text string) ([]string, error) {
	key := fact.Key(text)
	if len([]rune(key)) < 2 {
		return nil, nil
	}
	for _, t := range []fact.Type{fact.Session, fact.Talk, fact.Event} {
		entries, err := r.directory.of(t)
		if err != nil {
			return nil, err
		}
		if len(entries) > roomLimit {
			continue
		}
		var ids []string
		for _, e := range entries {
			ids = append(ids, e.id)
		}
		slices.Sort(ids)
		nodes, err := r.snapshot.Nodes(r.ctx, slices.Compact(ids))
		if err != nil {
			return nil, err
		}
		var found []string
		for _, n := range nodes {
			if strings.Contains(fact.Key(n.Props[fact.PropLocation]), key) {
				found = append(found, n.ID)
			}
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// around lists the runs of items about a gap that may be a person's or an
// institution's name: single Chinese characters beside it may be part of it.
func (r *reader) around(at int) []candidate {
	items := r.reading.items
	single := func(i int) bool {
		return i >= 0 && i < len(items) && items[i].pieceKind == wordPiece && items[i].to-items[i].from == 1 && r.text.tokens[items[i].from].han
	}
	var list []candidate
	add := func(first, last int) {
		list = append(list, candidate{first, last, r.text.between(items[first].from, items[last].to)})
	}
	if single(at-1) && single(at+1) {
		add(at-1, at+1)
	}
	if single(at - 1) {
		add(at-1, at)
	}
	if single(at + 1) {
		add(at, at+1)
	}
	add(at, at)
	return list
}

// compound is the whole term that a gap is part of: with the concept before and
// after it, and with the noun for a kind of concept. "system dynamics" is not
// any dynamics, and 量子神经网络 not any 神经网络.
func (r *reader) compound(at int) candidate {
	items := r.reading.items
	part := func(i int) bool {
		if i < 0 || i >= len(items) || i == at {
			return false
		}
		it := items[i]
		return it.class&kindNoun != 0 && it.class&which == 0 || it.pieceKind == unknownPiece || it.pieceKind == absentPiece ||
			it.pieceKind == namePiece && len(it.nodes) > 0 && it.nodes[0].Type == fact.Concept
	}
	first, last := at, at
	for part(first-1) && r.adjoin(first-1) {
		first--
	}
	for part(last+1) && r.adjoin(last) {
		last++
	}
	return candidate{first, last, r.text.between(items[first].from, items[last].to)}
}

// adjoin reports whether nothing but a space or hyphen stands behind an item.
func (r *reader) adjoin(i int) bool {
	items := r.reading.items
	return strings.Trim(r.text.folded[r.text.tokens[items[i].to-1].end:r.text.tokens[items[i+1].from].start], " -") == ""
}

// titled reports whether a title follows an item, as in 李老师.
func (r *reader) titled(at int) bool {
	rest := r.text.folded[r.text.tokens[r.reading.items[at].to-1].end:]
	for _, title := range []string{"老师", "教授", "院士", "博士", "先生", "女士", "同学", "总"} {
		if strings.HasPrefix(rest, title) {
			return true
		}
	}
	return false
}

// principal chooses the institution that all others are parts of by name, if one is.
func principal(ids []string) []string {
	shortest := slices.MinFunc(ids, func(a, b string) int { return len(a) - len(b) })
	for _, id := range ids {
		if !strings.HasPrefix(id, "organization/") || !strings.HasPrefix(id, shortest) {
			return ids
		}
	}
	return []string{shortest}
}

// replace puts a name in the place of a run of items and says so.
func (r *reader) replace(c candidate, ids []string) error {
	nodes, err := r.nodes(ids)
	if err != nil {
		return err
	}
	items := r.reading.items
	name := item{pieceKind: namePiece, from: items[c.first].from, to: items[c.last].to, text: c.text, nodes: nodes}
	r.reading.items = slices.Replace(items, c.first, c.last+1, name)
	r.reading.corrected = append(r.reading.corrected, corrected(c.text, nodes))
	return nil
}
