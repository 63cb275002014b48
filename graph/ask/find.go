package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// text writes the time as a filter: "2024-10-13", "10-13", "day 2".
func (s span) text() string {
	var parts []string
	if s.year > 0 {
		parts = append(parts, strconv.Itoa(s.year))
	}
	if s.month > 0 {
		parts = append(parts, fmt.Sprintf("%02d", s.month))
	}
	if s.day > 0 {
		parts = append(parts, fmt.Sprintf("%02d", s.day))
	}
	switch {
	case s.nth > 0:
		parts = append(parts, "day "+strconv.Itoa(s.nth))
	case s.nth == lastDay:
		parts = append(parts, "last day")
	}
	return strings.Join(parts, "-")
}

// finder answers one question from a snapshot.
type finder struct {
	ctx      context.Context
	snapshot graph.Snapshot
	options  Options
	nodes    map[string]graph.Node // read already
}

// talk is a talk with how well it answers.
type talk struct {
	node     graph.Node
	score    float64
	evidence []graph.Evidence
}

// narrowerFactor is what a step to a narrower concept takes off the score.
const narrowerFactor = 0.6

// narrowerDepth is how far narrower concepts are followed.
const narrowerDepth = 3

func (f *finder) answer(r *reading) (Result, error) {
	result := Result{Question: r.question, Understood: r.understood(), Answers: []Answered{}, Suggestions: []Description{}}
	for _, n := range r.suggested {
		result.Suggestions = append(result.Suggestions, describe(n))
	}
	for _, m := range r.names {
		result.terms = append(result.terms, m.text)
		for _, n := range m.nodes {
			result.terms = append(append(result.terms, n.Label), n.Aliases...)
		}
	}
	if r.intent == IntentNone || len(r.unknown) > 0 || len(r.ambiguous) > 0 {
		return result, nil
	}
	answers, err := f.find(r)
	if err != nil {
		return Result{}, err
	}
	if r.has(many) {
		count := len(answers)
		result.Count = &count
	}
	if f.options.Limit > 0 && len(answers) > f.options.Limit {
		answers = answers[:f.options.Limit]
	}
	result.Answers = nonNil(answers)
	for i := range result.Answers {
		a := &result.Answers[i]
		a.Via, a.Affiliation, a.Evidence = nonNil(a.Via), nonNil(a.Affiliation), nonNil(a.Evidence)
	}
	return result, nil
}

func (f *finder) find(r *reading) ([]Answered, error) {
	switch r.intent {
	case IntentWhoAbout:
		return f.whoAbout(r)
	case IntentTalksAbout:
		return f.talksFor(r)
	case IntentInstitutionsAbout:
		return f.institutionsAbout(r)
	case IntentAboutWhom:
		return f.aboutWhom(r)
	case IntentInstitutionTalks:
		return f.talksOf(r)
	case IntentWhereFrom:
		return f.whereFrom(r)
	case IntentWhen:
		return f.when(r)
	case IntentList:
		return f.list(r)
	case IntentDefine:
		return f.define(r)
	case IntentCompare:
		return f.compare(r)
	case IntentPath:
		return f.path(r)
	}
	return nil, nil
}

func (f *finder) node(id string) (graph.Node, error) {
	if n, ok := f.nodes[id]; ok {
		return n, nil
	}
	n, err := f.snapshot.Node(f.ctx, id)
	if errors.Is(err, graph.ErrNotFound) {
		return graph.Node{ID: id, Label: id}, nil
	}
	if err == nil {
		f.nodes[id] = n
	}
	return n, err
}

func (f *finder) out(id string, p ...fact.Predicate) ([]graph.Edge, error) {
	return f.snapshot.Edges(f.ctx, id, graph.Out, p...)
}

func (f *finder) in(id string, p ...fact.Predicate) ([]graph.Edge, error) {
	return f.snapshot.Edges(f.ctx, id, graph.In, p...)
}

// narrower returns a concept and those below it with the factor of each.
func (f *finder) narrower(id string) (map[string]float64, error) {
	factors := map[string]float64{id: 1}
	level := []string{id}
	factor := 1.0
	for range narrowerDepth {
		factor *= narrowerFactor
		var next []string
		for _, wider := range level {
			edges, err := f.in(wider, fact.Broader)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				if _, ok := factors[edge.Source]; !ok {
					factors[edge.Source] = factor
					next = append(next, edge.Source)
				}
			}
		}
		level = next
	}
	return factors, nil
}

// talksAbout returns the talks about one named idea, by score.
func (f *finder) talksAbout(m mention) ([]talk, error) {
	byID := map[string]*talk{}
	var order []string
	add := func(edge graph.Edge, factor float64) error {
		t, ok := byID[edge.Source]
		if !ok {
			node, err := f.node(edge.Source)
			if err != nil {
				return err
			}
			t = &talk{node: node}
			byID[edge.Source] = t
			order = append(order, edge.Source)
		}
		weight := edge.Weight
		if edge.Predicate != fact.About {
			weight = 1
		}
		t.score = max(t.score, weight*factor)
		t.evidence = append(t.evidence, edge.Evidence...)
		return nil
	}
	for _, n := range m.nodes {
		factors := map[string]float64{n.ID: 1}
		predicates := []fact.Predicate{fact.Mentions}
		if n.Type == fact.Concept {
			var err error
			if factors, err = f.narrower(n.ID); err != nil {
				return nil, err
			}
			predicates = []fact.Predicate{fact.About}
		}
		for _, id := range sortedKeys(factors) {
			edges, err := f.in(id, predicates...)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				if err := add(edge, factors[id]); err != nil {
					return nil, err
				}
			}
		}
	}
	talks := make([]talk, 0, len(order))
	for _, id := range order {
		t := *byID[id]
		if f.options.AboutOnly && t.score < TouchWeight {
			continue
		}
		t.evidence = fact.SortEvidence(t.evidence)
		talks = append(talks, t)
	}
	sortTalks(talks)
	return talks, nil
}

func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func sortTalks(talks []talk) {
	slices.SortStableFunc(talks, func(a, b talk) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.node.ID, b.node.ID))
	})
}

// allTalks returns the talks that every name of the question leads to.
func (f *finder) allTalks(r *reading) ([]talk, error) {
	var all []talk
	for i, m := range r.names {
		talks, err := f.talksAbout(m)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			all = talks
			continue
		}
		if r.has(either) {
			all = append(all, talks...)
			continue
		}
		kept := all[:0:0]
		for _, t := range all {
			if k := slices.IndexFunc(talks, func(other talk) bool { return other.node.ID == t.node.ID }); k >= 0 {
				t.score = min(t.score, talks[k].score)
				t.evidence = append(t.evidence, talks[k].evidence...)
				kept = append(kept, t)
			}
		}
		all = kept
	}
	if r.timed() {
		var err error
		if all, err = f.atTime(all, r.time); err != nil {
			return nil, err
		}
	}
	sortTalks(all)
	return all, nil
}

// via shows a talk that leads to an answer.
func (f *finder) via(t talk) (Via, error) {
	v := Via{ID: t.node.ID, Type: t.node.Type, Label: t.node.Label, StartDate: t.node.Props[fact.PropStartDate],
		Part: t.node.Props[fact.PropPart], Location: t.node.Props[fact.PropLocation], score: t.score, evidence: passages(t.evidence)}
	edges, err := f.out(t.node.ID, fact.SuperEvent)
	if err != nil {
		return Via{}, err
	}
	for _, edge := range edges {
		above, err := f.node(edge.Target)
		if err != nil {
			return Via{}, err
		}
		if above.Type == fact.Session {
			v.Session = above.Label
		}
	}
	return v, nil
}

// performers returns the edges to a talk's speakers.
func (f *finder) performers(talkID string) ([]graph.Edge, error) {
	return f.out(talkID, fact.Performer)
}

// affiliations returns the edges from a person to institutions, the departments'
// institutions included.
func (f *finder) affiliations(person string) ([]graph.Edge, error) {
	return f.out(person, fact.Affiliation)
}

func (f *finder) affiliationLabels(person string) ([]string, error) {
	edges, err := f.affiliations(person)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, edge := range edges {
		n, err := f.node(edge.Target)
		if err != nil {
			return nil, err
		}
		labels = append(labels, n.Label)
	}
	return labels, nil
}

// group collects answers by entity in the order of their best talk.
type group struct {
	finder *finder
	byID   map[string]int
	list   []Answered
}

func (f *finder) newGroup() *group { return &group{finder: f, byID: map[string]int{}} }

// add gives an entity a talk that leads to it and passages that show it.
func (g *group) add(n graph.Node, t *talk, evidence ...graph.Evidence) error {
	k, ok := g.byID[n.ID]
	if !ok {
		k = len(g.list)
		g.byID[n.ID] = k
		a := Answered{Entity: describe(n)}
		if n.Type == fact.Person {
			labels, err := g.finder.affiliationLabels(n.ID)
			if err != nil {
				return err
			}
			a.Affiliation = labels
		}
		g.list = append(g.list, a)
	}
	a := &g.list[k]
	if t != nil && !slices.ContainsFunc(a.Via, func(v Via) bool { return v.ID == t.node.ID }) {
		v, err := g.finder.via(*t)
		if err != nil {
			return err
		}
		a.Via = append(a.Via, v)
		a.Evidence = addPassages(a.Evidence, v.evidence...)
		a.score = max(a.score, t.score)
	}
	a.Evidence = addPassages(a.Evidence, passages(evidence)...)
	return nil
}

// whoAbout answers with the speakers of the talks about the names, and with the
// talk itself where it has no speaker.
func (f *finder) whoAbout(r *reading) ([]Answered, error) {
	talks, err := f.allTalks(r)
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for i := range talks {
		edges, err := f.performers(talks[i].node.ID)
		if err != nil {
			return nil, err
		}
		if len(edges) == 0 {
			if err := g.add(talks[i].node, &talks[i]); err != nil {
				return nil, err
			}
		}
		for _, edge := range edges {
			person, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			if err := g.add(person, &talks[i]); err != nil {
				return nil, err
			}
		}
	}
	return g.list, nil
}

// talksFor answers with the talks about the names.
func (f *finder) talksFor(r *reading) ([]Answered, error) {
	talks, err := f.allTalks(r)
	if err != nil {
		return nil, err
	}
	return f.asAnswers(talks)
}

func (f *finder) asAnswers(talks []talk) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		if err := g.add(talks[i].node, &talks[i]); err != nil {
			return nil, err
		}
		edges, err := f.performers(talks[i].node.ID)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			if len(talks[i].evidence) == 0 {
				a := &g.list[len(g.list)-1]
				a.Evidence = addPassages(a.Evidence, passages(edge.Evidence)...)
			}
		}
	}
	return g.list, nil
}

// institutionsAbout answers with the institutions of the speakers.
func (f *finder) institutionsAbout(r *reading) ([]Answered, error) {
	talks, err := f.allTalks(r)
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for i := range talks {
		edges, err := f.performers(talks[i].node.ID)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			homes, err := f.affiliations(edge.Target)
			if err != nil {
				return nil, err
			}
			for _, home := range homes {
				n, err := f.node(home.Target)
				if err != nil {
					return nil, err
				}
				if err := g.add(n, &talks[i], home.Evidence...); err != nil {
					return nil, err
				}
			}
		}
	}
	return g.list, nil
}

// peopleOf returns the people that the names of the question mean: persons, and the
// members of institutions with their departments.
func (f *finder) peopleOf(r *reading) ([]graph.Edge, []string, error) {
	var ids []string
	var edges []graph.Edge
	for _, n := range r.nodes(fact.Person) {
		ids = append(ids, n.ID)
	}
	for _, n := range r.nodes(fact.Organization) {
		members, err := f.members(n.ID, 0)
		if err != nil {
			return nil, nil, err
		}
		for _, edge := range members {
			edges = append(edges, edge)
			if !slices.Contains(ids, edge.Source) {
				ids = append(ids, edge.Source)
			}
		}
	}
	return edges, ids, nil
}

// members returns the affiliation edges to an institution and its parts.
func (f *finder) members(id string, depth int) ([]graph.Edge, error) {
	edges, err := f.in(id, fact.Affiliation)
	if err != nil || depth > 3 {
		return edges, err
	}
	parts, err := f.in(id, fact.ParentOrganization)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		more, err := f.members(part.Source, depth+1)
		if err != nil {
			return nil, err
		}
		edges = append(edges, more...)
	}
	return edges, nil
}

// talksOfPeople returns the talks that people gave, in order of day and ID.
func (f *finder) talksOfPeople(people []string) ([]talk, error) {
	var talks []talk
	for _, person := range people {
		edges, err := f.in(person, fact.Performer)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			k := slices.IndexFunc(talks, func(t talk) bool { return t.node.ID == edge.Source })
			if k >= 0 {
				talks[k].evidence = append(talks[k].evidence, edge.Evidence...)
				continue
			}
			node, err := f.node(edge.Source)
			if err != nil {
				return nil, err
			}
			talks = append(talks, talk{node: node, score: 1, evidence: slices.Clone(edge.Evidence)})
		}
	}
	byDay(talks)
	return talks, nil
}

func byDay(talks []talk) {
	slices.SortStableFunc(talks, func(a, b talk) int {
		return cmp.Or(cmp.Compare(a.node.Props[fact.PropStartDate], b.node.Props[fact.PropStartDate]),
			cmp.Compare(partOrder(a.node), partOrder(b.node)), cmp.Compare(firstLine(a), firstLine(b)), cmp.Compare(a.node.ID, b.node.ID))
	})
}

func partOrder(n graph.Node) int {
	return slices.Index([]string{fact.Morning, fact.Afternoon, fact.Evening}, n.Props[fact.PropPart])
}

func firstLine(t talk) int {
	if len(t.evidence) == 0 {
		return 0
	}
	return t.evidence[0].Line
}

// talksOf answers with the talks of people and institutions.
func (f *finder) talksOf(r *reading) ([]Answered, error) {
	_, people, err := f.peopleOf(r)
	if err != nil {
		return nil, err
	}
	talks, err := f.talksOfPeople(people)
	if err != nil {
		return nil, err
	}
	if r.timed() {
		if talks, err = f.atTime(talks, r.time); err != nil {
			return nil, err
		}
	}
	return f.asAnswers(talks)
}

// aboutWhom answers with the talks of people or institutions and then with the
// concepts they are about, of the kind that is asked for.
func (f *finder) aboutWhom(r *reading) ([]Answered, error) {
	_, people, err := f.peopleOf(r)
	if err != nil {
		return nil, err
	}
	talks, err := f.talksOfPeople(people)
	if err != nil {
		return nil, err
	}
	var answers []Answered
	if r.kind == "" {
		if answers, err = f.asAnswers(talks); err != nil {
			return nil, err
		}
	}
	concepts, err := f.conceptsOf(talks, r.kind)
	return append(answers, concepts...), err
}

// conceptsOf lists what talks are about by weight.
func (f *finder) conceptsOf(talks []talk, kind string) ([]Answered, error) {
	g := f.newGroup()
	for i := range talks {
		edges, err := f.out(talks[i].node.ID, fact.About)
		if err != nil {
			return nil, err
		}
		for _, edge := range edges {
			n, err := f.node(edge.Target)
			if err != nil {
				return nil, err
			}
			if kind != "" && n.Props[fact.PropKind] != kind {
				continue
			}
			t := talk{node: talks[i].node, score: edge.Weight, evidence: edge.Evidence}
			if err := g.add(n, &t); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(g.list, func(a, b Answered) int { return cmp.Compare(b.score, a.score) })
	return g.list, nil
}

// whereFrom answers with the institutions of a person, or the people of an institution.
func (f *finder) whereFrom(r *reading) ([]Answered, error) {
	g := f.newGroup()
	if persons := r.nodes(fact.Person); len(persons) > 0 {
		for _, person := range persons {
			edges, err := f.affiliations(person.ID)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				n, err := f.node(edge.Target)
				if err != nil {
					return nil, err
				}
				if err := g.add(n, nil, edge.Evidence...); err != nil {
					return nil, err
				}
			}
		}
		return g.list, nil
	}
	edges, _, err := f.peopleOf(r)
	if err != nil {
		return nil, err
	}
	for _, edge := range edges {
		n, err := f.node(edge.Source)
		if err != nil {
			return nil, err
		}
		talks, err := f.talksOfPeople([]string{n.ID})
		if err != nil {
			return nil, err
		}
		if r.has(say|personNoun) && len(talks) == 0 {
			continue // somebody who only hosts gave no talk
		}
		talks = slices.DeleteFunc(talks, func(t talk) bool { return t.node.Props[fact.PropFormat] == "panel" })
		if r.has(say) && !r.has(panel) && len(talks) == 0 {
			continue
		}
		for i := range talks {
			if err := g.add(n, &talks[i], edge.Evidence...); err != nil {
				return nil, err
			}
		}
		if len(talks) == 0 {
			if err := g.add(n, nil, edge.Evidence...); err != nil {
				return nil, err
			}
		}
	}
	return g.list, nil
}

// when answers with talks that show their day.
func (f *finder) when(r *reading) ([]Answered, error) {
	var talks []talk
	for _, n := range append(r.nodes(fact.Talk), append(r.nodes(fact.Session), r.nodes(fact.Event)...)...) {
		talks = append(talks, talk{node: n, score: 1})
	}
	if len(talks) == 0 {
		_, people, err := f.peopleOf(r)
		if err != nil {
			return nil, err
		}
		if talks, err = f.talksOfPeople(people); err != nil {
			return nil, err
		}
	}
	if len(talks) == 0 {
		var err error
		if talks, err = f.allTalks(r); err != nil {
			return nil, err
		}
	}
	return f.asAnswers(talks)
}

// everyTalk returns all talks in order of day.
func (f *finder) everyTalk() ([]talk, error) {
	ids, err := f.snapshot.OfType(f.ctx, fact.Talk)
	if err != nil {
		return nil, err
	}
	nodes, err := f.snapshot.Nodes(f.ctx, ids)
	if err != nil {
		return nil, err
	}
	var talks []talk
	for _, n := range nodes {
		edges, err := f.out(n.ID, fact.SuperEvent)
		if err != nil {
			return nil, err
		}
		t := talk{node: n, score: 1}
		for _, edge := range edges {
			t.evidence = append(t.evidence, edge.Evidence...)
		}
		talks = append(talks, t)
	}
	byDay(talks)
	return talks, nil
}

// atTime keeps the talks of a day and half-day.
func (f *finder) atTime(talks []talk, s span) ([]talk, error) {
	days := map[string]bool{}
	if s.nth != 0 {
		all, err := f.everyTalk()
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			if date := t.node.Props[fact.PropStartDate]; date != "" {
				days[date] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(talks), func(t talk) bool { return !s.matches(t.node, days) }), nil
}

// matches reports whether a talk lies in the time.
func (s span) matches(n graph.Node, days map[string]bool) bool {
	date := n.Props[fact.PropStartDate]
	if s.part != "" && n.Props[fact.PropPart] != s.part {
		return false
	}
	if s.nth != 0 {
		order := make([]string, 0, len(days))
		for day := range days {
			order = append(order, day)
		}
		slices.Sort(order)
		k := s.nth - 1
		if s.nth == lastDay {
			k = len(order) - 1
		}
		return k >= 0 && k < len(order) && date == order[k]
	}
	if s.year == 0 && s.month == 0 && s.day == 0 {
		return true
	}
	if len(date) != len("2006-01-02") {
		return false
	}
	return (s.year == 0 || date[:4] == fmt.Sprintf("%04d", s.year)) && (s.month == 0 || date[5:7] == fmt.Sprintf("%02d", s.month)) &&
		(s.day == 0 || date[8:] == fmt.Sprintf("%02d", s.day))
}
