package ask

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// finder answers one query from a snapshot.
type finder struct {
	question string
	ctx      context.Context
	snapshot graph.Snapshot
	options  Options
	query    Query
	nodes    map[string]graph.Node // read already
	partial  bool                  // whether there are talks that were not looked at
	terms    []string              // names of what the query led through, to mark in quotes
}

func newFinder(ctx context.Context, snapshot graph.Snapshot, question string, query Query, options Options) *finder {
	options.AboutOnly = options.AboutOnly || query.AboutOnly
	return &finder{question: question, ctx: ctx, snapshot: snapshot, options: options, query: query, nodes: map[string]graph.Node{}}
}

// fill adds the answers to a result.
func (f *finder) fill(result Result) (Result, error) {
	answers, err := f.find()
	if err != nil {
		return Result{}, err
	}
	if answers, err = f.withoutExcepted(answers); err != nil {
		return Result{}, err
	}
	if f.query.Most {
		answers = mostTalks(answers)
	}
	if f.query.Count {
		count := len(answers)
		result.Count = &count
	}
	if f.options.Limit > 0 && len(answers) > f.options.Limit {
		result.Left, result.AtLeast = len(answers)-f.options.Limit, f.partial
		answers = answers[:f.options.Limit]
	}
	result.Answers = nonNil(answers)
	result.terms = append(result.terms, f.terms...)
	for i := range result.Answers {
		a := &result.Answers[i]
		a.Via, a.Affiliation, a.Evidence = nonNil(a.Via), nonNil(a.Affiliation), nonNil(a.Evidence)
		if a.Entity.Type == fact.Person {
			if a.MaybeSame, err = f.maybeSame(a.Entity); err != nil {
				return Result{}, err
			}
		}
	}
	return result, nil
}

func (f *finder) find() ([]Answered, error) {
	switch f.query.Intent {
	case IntentWhoAbout:
		return f.project(fact.Person)
	case IntentTalksAbout:
		return f.project(cmp.Or(f.query.Want, fact.Talk))
	case IntentInstitutionsAbout:
		return f.project(fact.Organization)
	case IntentInstitutionTalks, IntentWhen:
		return f.when()
	case IntentAboutWhom:
		return f.aboutWhom()
	case IntentWhereFrom:
		return f.whereFrom()
	case IntentList:
		return f.list()
	case IntentDefine:
		return f.define()
	case IntentCompare:
		return f.compare()
	case IntentPath:
		return f.path()
	}
	return nil, nil
}

// node reads a node; one that is missing has its ID for a label.
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

// load reads many nodes at once, so that node finds them.
func (f *finder) load(ids []string) error {
	missing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, ok := f.nodes[id]; return ok })
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	nodes, err := f.snapshot.Nodes(f.ctx, slices.Compact(missing))
	for _, n := range nodes {
		f.nodes[n.ID] = n
	}
	return err
}

func (f *finder) out(id string, p ...fact.Predicate) ([]graph.Edge, error) {
	return f.snapshot.Edges(f.ctx, id, graph.Out, p...)
}

func (f *finder) in(id string, p ...fact.Predicate) ([]graph.Edge, error) {
	return f.snapshot.Edges(f.ctx, id, graph.In, p...)
}

// actors returns the nodes of the names whose talks are meant.
func (f *finder) actors(t fact.Type) ([]graph.Node, error) {
	var found []graph.Node
	for _, name := range f.query.with(RoleActor) {
		for _, id := range name.IDs {
			n, err := f.node(id)
			if err != nil {
				return nil, err
			}
			if n.Type == t {
				found = append(found, n)
			}
		}
	}
	return found, nil
}

// list answers with what is asked for of the talks that the query selects; a list
// of sessions or events that no talk has to lead to is read as such.
func (f *finder) list() ([]Answered, error) {
	want := cmp.Or(f.query.Want, fact.Talk)
	if len(f.query.Names) == 0 && f.query.Time == (Time{}) && (want == fact.Session || want == fact.Event) {
		return f.ofType(want)
	}
	if want == fact.Concept && f.byTopic() {
		if kinds, err := f.kindsOf(); err != nil || len(kinds) > 0 || f.query.Kind == kindVariant {
			return kinds, err
		}
	}
	return f.project(want)
}

// kindsOf answers with the concepts below the topics that are of the wanted kind:
// the methods of speculative decoding, where they are not merely used with it.
func (f *finder) kindsOf() ([]Answered, error) {
	answers, err := f.belowTopics().project(fact.Concept)
	if f.query.Kind == kindVariant {
		return answers, err
	}
	return slices.DeleteFunc(answers, func(a Answered) bool {
		return f.nodes[a.Entity.ID].Props[fact.PropKind] != f.query.Kind
	}), err
}

// belowTopics is the finder of what lies below the topics of the query.
func (f *finder) belowTopics() *finder {
	one := *f
	one.query.Names = slices.Clone(f.query.Names)
	for i := range one.query.Names {
		if one.query.Names[i].Role == RoleTopic {
			one.query.Names[i].Role = RoleUnder
		}
	}
	return &one
}

// ofType answers with all entities of a type.
func (f *finder) ofType(t fact.Type) ([]Answered, error) {
	ids, err := f.snapshot.OfType(f.ctx, t)
	if err != nil {
		return nil, err
	}
	g := f.newGroup()
	for _, id := range ids {
		n, err := f.node(id)
		if err != nil {
			return nil, err
		}
		edges, err := f.snapshot.Edges(f.ctx, id, graph.Out, fact.SuperEvent, fact.SubjectOf)
		if err != nil {
			return nil, err
		}
		var evidence []graph.Evidence
		for _, edge := range edges {
			evidence = append(evidence, edge.Evidence...)
		}
		if err := g.add(n, &talk{node: n}, evidence...); err != nil {
			return nil, err
		}
	}
	return g.list, nil
}
