package ask

import (
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// assignRoles says of every name what it does in the question, and keeps those of
// its meanings that can do it.
func (r *reader) assignRoles() error {
	for i := range r.reading.items {
		it := &r.reading.items[i]
		if it.pieceKind != namePiece {
			continue
		}
		if r.reading.isExcepted(i) {
			it.role = RoleExcept
			continue
		}
		role, nodes, err := r.roleOf(i)
		if err != nil {
			return err
		}
		it.role, it.nodes = role, nodes
	}
	r.reading.joinNames()
	return nil
}

// roleOf finds the role of a name and the meanings that fit it.
func (r *reader) roleOf(i int) (Role, []graph.Node, error) {
	q, it := r.reading, r.reading.items[i]
	actors := ofTypes(it.nodes, fact.Person, fact.Organization)
	concepts := ofTypes(it.nodes, fact.Concept)
	places := ofTypes(it.nodes, fact.Session, fact.Event, fact.Talk)
	if q.besideScopeNoun(i) {
		found, err := r.scopeNamed(i, places)
		if err != nil || len(found) > 0 {
			return RoleScope, found, err
		}
	}
	switch {
	case len(actors) > 0 && (len(concepts) == 0 || q.has(belong|place)):
		if q.isObject(i) {
			return RoleTopic, actors, nil
		}
		return RoleActor, actors, nil
	case len(concepts) > 0:
		if q.isUnder(i) {
			return RoleUnder, concepts, nil
		}
		return RoleTopic, append(concepts, ofTypes(places, fact.Talk, fact.Session)...), nil
	case q.follows(i, say|joins|either): // "talked about graph computing", where only titles say so
		return RoleTopic, places, nil
	default:
		return RoleScope, places, nil
	}
}

// scopeNamed returns what a name beside 分论坛, 这一场 or "session" means: the
// sessions that are it, or else those whose names hold it, or else such talks.
func (r *reader) scopeNamed(i int, places []graph.Node) ([]graph.Node, error) {
	it := r.reading.items[i]
	for _, t := range []fact.Type{fact.Session, fact.Talk} {
		if nodes := ofTypes(places, t); len(nodes) > 0 {
			return nodes, nil
		}
		names := []string{it.text}
		for _, n := range ofTypes(it.nodes, fact.Concept) {
			names = append(append(names, n.Label), n.Aliases...)
		}
		for _, name := range names {
			ids, err := r.directory.holding(name, t)
			if err != nil {
				return nil, err
			}
			if len(ids) > 0 {
				return r.nodes(ids)
			}
		}
	}
	return places, nil
}

func ofTypes(nodes []graph.Node, types ...fact.Type) []graph.Node {
	var kept []graph.Node
	for _, n := range nodes {
		if slices.Contains(types, n.Type) {
			kept = append(kept, n)
		}
	}
	return kept
}

// has reports whether any word of the question has one of some parts.
func (r *reading) has(c class) bool {
	return slices.ContainsFunc(r.items, func(it item) bool { return it.class&c != 0 })
}

// beside returns the class of the nearest item before (-1) or after (+1) an item
// that is not mere noise, and its index; 0 where there is none or it is no word.
func (r *reading) beside(i, step int) (class, int) {
	for k := i + step; k >= 0 && k < len(r.items); k += step {
		if it := r.items[k]; it.pieceKind != wordPiece || it.class != noise {
			return it.class, k
		}
	}
	return 0, -1
}

// besideScopeNoun holds for the name of 情感计算这一场 and "the session on affective
// computing", but not for that of "which session covered affective computing".
func (r *reading) besideScopeNoun(i int) bool {
	if c, k := r.beside(i, 1); c&(sessionNoun|panel) != 0 && c&which == 0 && !r.isAsked(k) {
		return true
	}
	c, k := r.beside(i, -1)
	return c&(sessionNoun|panel) != 0 && c&(which|personNoun) == 0 && !r.isAsked(k)
}

// isAsked reports whether a noun is what the question asks for: which methods, 哪些方法,
// 方法有哪些.
func (r *reading) isAsked(k int) bool {
	if r.items[k].class&(which|many) != 0 || r.isAskedBefore(k) {
		return true
	}
	c, after := r.beside(k, 1)
	return c&(which|thing|many|define) != 0 && c&say == 0 && r.endsIn(after)
}

// isAskedBefore reports whether the word that asks for a noun stands before it, perhaps
// with names between: "which long-context method".
func (r *reading) isAskedBefore(k int) bool {
	for b := k - 1; b >= 0; b-- {
		it := r.items[b]
		if it.class&(which|many) != 0 {
			return true
		}
		if it.pieceKind == wordPiece && it.class&(noise|nouns|joins|either) == 0 || it.class == noise && !r.isLight(b) {
			return false
		}
	}
	return false
}

// isLight holds for noise that stands inside a noun phrase: not for the verbs and
// prepositions among it.
func (r *reading) isLight(k int) bool {
	switch r.items[k].text {
	case "was", "were", "is", "are", "did", "do", "does", "of", "in", "on", "at", "for", "by", "to", "used", "from", "里", "中", "在", "被", "用", "把":
		return false
	}
	return true
}

// endsIn reports whether nothing but noise and nouns follows an item: 有哪些 at the
// end asks for what stands before it.
func (r *reading) endsIn(k int) bool {
	for _, it := range r.items[k+1:] {
		if it.pieceKind != wordPiece || it.class != noise && it.class&personNoun == 0 {
			return false
		}
	}
	return true
}

// isObject holds for a person or an institution that others speak about: 谁提到了X.
func (r *reading) isObject(i int) bool {
	return r.follows(i, say) && (r.has(who) || r.has(talkNoun|personNoun|orgNoun) && r.has(which))
}

// follows reports whether the nearest word before an item, noise aside, has one of
// some parts and is no noun.
func (r *reading) follows(i int, parts class) bool {
	before, _ := r.beside(i, -1)
	return before&parts != 0 && before&nouns == 0
}

// isUnder holds for a concept that says of which kind the wanted concepts are:
// "which long-context methods did …", 哪些生成模型.
func (r *reading) isUnder(i int) bool {
	if !r.has(which | thing | many | define) {
		return false
	}
	next, k := r.beside(i, 1)
	if next&kindNoun != 0 && next&which == 0 && r.isAsked(k) {
		return true
	}
	if !slices.ContainsFunc(r.items, func(it item) bool {
		return len(ofTypes(it.nodes, fact.Person, fact.Organization, fact.Session, fact.Talk, fact.Event)) > 0
	}) {
		return false
	}
	if next&(talkNoun|personNoun|orgNoun|sessionNoun|say) != 0 && next&which == 0 && !(next&say != 0 && next&talkNoun == 0) {
		return false
	}
	before, _ := r.beside(i, -1)
	return before&(which|many) != 0 && before&(nouns|place) == 0 || next&which != 0 && next&say == 0
}

// joinNames finds how each name is joined to the one before it.
func (r *reading) joinNames() {
	before := -1
	for i := range r.items {
		if r.items[i].pieceKind != namePiece {
			continue
		}
		if before >= 0 {
			r.items[i].join = r.joinBetween(before, i)
		}
		before = i
	}
}

func (r *reading) joinBetween(a, b int) Join {
	join := JoinWith
	for _, it := range r.items[a+1 : b] {
		switch {
		case it.class&either != 0:
			join = JoinOr
		case it.class&joins != 0 && join == JoinWith:
			join = JoinAnd
		case it.class&^(noise|kindNoun|both) != 0:
			return JoinWith
		}
	}
	return join
}
