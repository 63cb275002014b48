package ask

import (
	"slices"

	"talkgraph/extract/fact"
)

// form makes the query from the items.
func (r *reading) form() {
	q := &r.query
	for _, it := range r.items {
		if it.pieceKind == namePiece && len(it.nodes) > 0 {
			name := Name{Text: it.text, Role: it.role, Join: it.join}
			for _, n := range it.nodes {
				name.IDs = append(name.IDs, n.ID)
			}
			q.Names = append(q.Names, name)
		}
	}
	var asked bool
	q.Want, q.Kind, asked = r.want()
	q.Count = r.has(many)
	q.AboutOnly = r.has(main)
	q.Comparison = r.comparison()
	if q.Comparison == CompareOnly {
		r.moveLacking()
	}
	q.HomeKind = r.homeKind()
	if r.has(jobNoun) {
		q.Position = AnyPosition
	}
	q.Most = r.has(superlative)
	q.Intent = r.intent(asked)
	q.Most = q.Most && len(q.with(RoleTopic)) == 0 // else the best answer is the first
	q.Format = r.format()
	q.Speakers = r.has(say | personNoun)
	if q.Want != fact.Concept {
		q.Kind = "" // of institutions it is in HomeKind, of talks in Format
	}
	if q.Intent != IntentList && q.Intent != IntentCompare && q.Intent != IntentAboutWhom && q.Intent != IntentTalksAbout {
		q.Want, q.Kind = "", ""
	}
	if q.Intent != IntentCompare {
		q.Comparison = ""
	} else if q.Want == fact.Talk {
		q.Want = "" // what the talks have in common, not common talks
	}
}

// wanted says which type of entity each part of a question asks for, the surest first.
func wanted() []struct {
	class class
	want  fact.Type
} {
	return []struct {
		class class
		want  fact.Type
	}{
		{who, fact.Person}, {place, fact.Organization}, {personNoun, fact.Person}, {orgNoun, fact.Organization},
		{sessionNoun, fact.Session}, {talkNoun, fact.Talk}, {kindNoun, fact.Concept}, {eventNoun, fact.Event},
	}
}

// want is the type of what is asked for, and the kind of concept; empty where the
// question does not say. It is asked when a word like "which" belongs to it, and else
// the best guess.
func (r *reading) want() (want fact.Type, kind string, asked bool) {
	if r.has(who) {
		return fact.Person, "", true
	}
	if r.has(eventNoun) && r.has(place|moment) && !slices.ContainsFunc(r.items, func(it item) bool { return it.pieceKind != wordPiece }) {
		return fact.Event, "", true
	}
	for k, it := range r.items {
		if !r.isWantedNoun(k) {
			continue
		}
		for _, t := range wanted() {
			if it.class&t.class != 0 {
				return t.want, it.kind, true
			}
		}
	}
	for _, t := range wanted() { // or else any noun
		for k, it := range r.items {
			if it.class&t.class != 0 && r.mayBeWanted(k, t.class) {
				return t.want, it.kind, false
			}
		}
	}
	return "", "", false
}

// isWantedNoun reports whether an item is the noun that is asked for.
func (r *reading) isWantedNoun(k int) bool {
	it := r.items[k]
	if it.pieceKind != wordPiece || it.class&(nouns|place) == 0 || !r.isAsked(k) && it.class&place == 0 {
		return false
	}
	if c, next := r.beside(k, 1); it.class&personNoun == 0 && c&nouns != 0 && next == k+1 && it.class&(which|place) == 0 && c&which == 0 {
		return false // the head of a compound noun is its last one
	}
	people := slices.ContainsFunc(r.items[k+1:], func(after item) bool { return after.class&personNoun != 0 })
	return it.class&(personNoun|which) != 0 || r.isAskedBefore(k) || !people // 会议有哪些嘉宾
}

// mayBeWanted reports whether a noun that nothing asks for in so many words is what the
// question is after, and not part of how it speaks of something else.
func (r *reading) mayBeWanted(k int, as class) bool {
	switch it := r.items[k]; as {
	case sessionNoun:
		return !r.neighboursName(k) && !r.has(thing|talkNoun|kindNoun)
	case personNoun, orgNoun: // "what did the speaker from …": the thing is asked for
		return !r.has(thing)
	case talkNoun: // 某某的报告讲了什么
		return (it.class&say == 0 || r.has(which|many)) && !(r.has(thing) && r.has(say))
	case kindNoun: // "multimodal models" is one term
		return k == 0 || r.items[k-1].pieceKind != namePiece
	case eventNoun:
		return !r.has(talkNoun | thing | say)
	default:
		return true
	}
}

// homeKind is the kind of institution that a question speaks of: 哪些高校, 来自企业.
// Where a name of a person is asked for their university, what they have counts.
func (r *reading) homeKind() string {
	for _, it := range r.items {
		if it.class&orgNoun != 0 && it.kind != "" {
			return it.kind
		}
	}
	return ""
}

// neighboursName reports whether a noun stands beside a name: 情感计算这一场.
func (r *reading) neighboursName(k int) bool {
	for _, step := range []int{-1, 1} {
		if _, at := r.beside(k, step); at >= 0 && r.items[at].pieceKind == namePiece {
			return true
		}
	}
	return false
}

// format says which formats of talks a question is about.
func (r *reading) format() Format {
	for _, it := range r.items {
		if it.class&(talkNoun|personNoun) != 0 && (it.kind == string(FormatKeynote) || it.kind == string(FormatOpening)) {
			return Format(it.kind)
		}
	}
	switch {
	case r.has(panel):
		return FormatPanel
	case r.query.Most:
		return FormatAny
	case r.has(talkNoun) && (r.query.Want == fact.Person || r.query.Intent == IntentWhereFrom):
		return FormatTalk
	default:
		return FormatAny
	}
}

// comparison says what a comparison would be after.
func (r *reading) comparison() Comparison {
	switch {
	case r.has(negation):
		return CompareOnly
	case r.has(differ):
		return CompareDifference
	case r.has(common | both):
		return CompareCommon
	default:
		return ""
	}
}

// moveLacking puts the name that the negation speaks of behind the others: with
// A讲了而B没讲 and "not in B's talk" it is B.
func (r *reading) moveLacking() {
	at := slices.IndexFunc(r.items, func(it item) bool { return it.class&negation != 0 && it.class&joins == 0 && !isContrast(it.text) })
	if at < 0 {
		return
	}
	var before, after []int
	number := 0
	for i, it := range r.items {
		if it.pieceKind != namePiece || len(it.nodes) == 0 {
			continue
		}
		if it.role == RoleActor || it.role == RoleScope {
			if i < at {
				before = append(before, number)
			} else {
				after = append(after, number)
			}
		}
		number++
	}
	lacking := -1
	switch {
	case len(before) >= 2:
		lacking = before[len(before)-1]
	case len(after) == 1 && len(before) == 1:
		lacking = after[0]
		if c, _ := r.beside(at, -1); c == 0 { // A没讲B讲了: the name stands right before the negation
			lacking = before[0]
		}
	case len(before) == 1:
		lacking = before[0]
	}
	if lacking >= 0 {
		name := r.query.Names[lacking]
		r.query.Names = append(slices.Delete(r.query.Names, lacking, lacking+1), name)
	}
}

// isContrast holds for words that set things against each other and deny nothing.
func isContrast(text string) bool {
	return slices.Contains([]string{"but", "while", "而", "但", "但是", "却", "miss", "misses", "missing"}, text)
}

// intent finds the intent from the parts of the question; the first row that fits.
func (r *reading) intent(asked bool) Intent {
	q := r.query
	actors, topics, scopes := len(q.with(RoleActor)), len(q.with(RoleTopic))+len(r.unknown), len(q.with(RoleScope))
	if len(r.ambiguous) > 0 && actors == 0 {
		actors = 1
	}
	persons := slices.ContainsFunc(r.items, func(it item) bool { return it.role == RoleActor && len(ofTypes(it.nodes, fact.Person)) > 0 })
	named := len(q.Names) - len(q.with(RoleExcept)) + len(r.unknown)
	compared := actors+scopes >= 2 && r.has(common|differ|both|negation) || topics >= 2 && r.has(common|differ) && q.Want != fact.Person && q.Want != fact.Talk && q.Want != fact.Organization
	asks := r.has(which | thing | many | who | place | moment | superlative)
	titled := scopes > 0 && actors+topics == 0 && !slices.ContainsFunc(r.items, func(it item) bool { return it.role == RoleScope && len(ofTypes(it.nodes, fact.Talk)) == 0 })
	for _, row := range []struct {
		holds  bool
		intent Intent
	}{
		{r.has(whyHow) && !r.has(who|which|connect|differ|common|personNoun), IntentNone},
		{r.has(beyond) || r.denies() && !compared, IntentNone},
		{q.Most && topics == 0 && q.Want != fact.Person && q.Want != fact.Concept, IntentNone},
		{r.has(connect) && named >= 2, IntentPath},
		{compared, IntentCompare},
		{r.has(moment) && (named > 0 || r.has(panel)), IntentWhen},
		{persons && actors == 1 && named == 1 && r.has(who) && !r.has(say|belong|place|personNoun|talkNoun), IntentDefine},
		{actors > 0 && persons && topics == 0 && (q.Want == fact.Organization || r.has(jobNoun) || r.has(belong) && !r.has(say)), IntentWhereFrom},
		{actors > 0 && !persons && q.Want == fact.Person && topics+scopes == 0 && q.Time == (Time{}) && !r.has(panel), IntentWhereFrom},
		{actors > 0 && q.Want == fact.Person && topics > 0, IntentWhoAbout},
		{actors > 0 && (q.Want == fact.Person || q.Want == fact.Session), IntentList},
		{actors > 0 && q.Want == fact.Talk && topics > 0, IntentTalksAbout},
		{actors > 0 && q.Want == fact.Talk && !persons, IntentInstitutionTalks},
		{actors > 0 && topics > 0 && !asks && r.has(say) && q.Want != fact.Concept, IntentWhoAbout},
		{actors > 0 && (asks || r.has(say|kindNoun|talkNoun|panel)), IntentAboutWhom},
		{actors > 0 && r.has(belong|orgNoun|place|personNoun), IntentWhereFrom},
		{actors > 0 && named == 1, IntentDefine},
		{q.Want == fact.Person && topics > 0 && r.asksOrigin() && !r.has(talkNoun), IntentWhereFrom},
		{q.Want == fact.Person && topics > 0, IntentWhoAbout},
		{q.Want == fact.Organization && topics > 0 && r.isOrigin(), IntentWhereFrom},
		{q.Want == fact.Organization && topics > 0, IntentInstitutionsAbout},
		{(q.Want == fact.Talk || q.Want == fact.Session) && topics > 0 && (asks || r.has(say)), IntentTalksAbout},
		{q.Want == fact.Concept && asked && q.Kind != "" && topics > 0, IntentList},
		{topics > 0 && actors+scopes == 0 && r.has(say) && !r.has(define|thing|place), IntentTalksAbout},
		{topics > 0 && scopes == 0 && (r.has(define|thing|place) || named == 1 && !r.has(whyHow)), IntentDefine},
		{len(q.with(RoleUnder)) > 0 && asked, IntentList},
		{scopes > 0 && scopes == named && r.has(place) && !r.has(orgNoun|personNoun|talkNoun|say), IntentWhen},
		{titled && r.has(thing) && r.has(say) && q.Want == "", IntentAboutWhom},
		{scopes > 0 && (q.Want != "" || asks || r.has(say)), IntentList},
		{scopes > 0 && named == 1, IntentDefine},
		{q.Time != (Time{}) && (q.Want != "" || asks || r.has(say)), IntentList},
		{q.Time != (Time{}) && named == 0 && r.isBare(), IntentList},
		{q.Order != 0 && named == 0, IntentList},
		{r.has(panel) && r.has(thing) && named == 0 && q.Want == "", IntentAboutWhom},
		{r.has(panel) && (q.Want != "" || asks), IntentList},
		{named == 0 && q.Want != "" && (asks || q.Want == fact.Person && r.has(say) || r.isNouns()), IntentList},
	} {
		if row.holds {
			return row.intent
		}
	}
	return IntentNone
}

// denies reports whether a question asks for what is not so: "who did not talk about
// X". A negation at its end only asks, as in 讲过X没有.
func (r *reading) denies() bool {
	for k, it := range r.items {
		if it.class&negation == 0 || it.class&joins != 0 || isContrast(it.text) {
			continue
		}
		if _, after := r.beside(k, 1); after >= 0 {
			return true
		}
	}
	return false
}

// isOrigin holds for questions where a thing is from, "where is X from" and X是哪个单位的,
// other than which institutions speak of it.
func (r *reading) isOrigin() bool {
	return slices.ContainsFunc(r.items, func(it item) bool { return it.role == RoleTopic }) &&
		!slices.ContainsFunc(r.items, func(it item) bool { return it.class&(say|personNoun|talkNoun) != 0 && it.class&orgNoun == 0 }) && r.fromWhere()
}

// fromWhere reports whether a topic stands right before the word for a place, or
// right after "where".
func (r *reading) fromWhere() bool {
	for i, it := range r.items {
		if it.role != RoleTopic {
			continue
		}
		after, _ := r.beside(i, 1)
		before, _ := r.beside(i, -1)
		if after&(place|belong) != 0 || before&place != 0 && before&orgNoun == 0 {
			return true
		}
	}
	return false
}

// isNouns reports whether a question holds nothing but nouns for what is asked for:
// "keynote speakers", 所有报告.
func (r *reading) isNouns() bool {
	return !slices.ContainsFunc(r.items, func(it item) bool {
		return it.pieceKind != wordPiece || it.class != noise && it.class&(nouns|panel) == 0
	})
}

// isBare reports whether a question holds nothing but a time and noise: "day 2 afternoon".
func (r *reading) isBare() bool {
	return !slices.ContainsFunc(r.items, func(it item) bool { return it.pieceKind == wordPiece && it.class != noise })
}
