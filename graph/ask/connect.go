package ask

import (
	"context"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// path answers with the connections of the first and the last name.
func (f *finder) path() ([]Answered, error) {
	names := f.query.Names
	paths, err := graph.Paths(f.ctx, f.snapshot, names[0].IDs, names[len(names)-1].IDs, graph.PathOptions{Count: f.options.Paths})
	if err != nil {
		return nil, err
	}
	var answers []Answered
	for _, p := range paths {
		a, err := f.connection(p)
		if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// connection words a path: its entity is the end, its steps are in order.
func (f *finder) connection(p graph.Path) (Answered, error) {
	var a Answered
	for _, step := range p {
		source, err := f.node(step.Edge.Source)
		if err != nil {
			return a, err
		}
		target, err := f.node(step.Edge.Target)
		if err != nil {
			return a, err
		}
		shown := Step{Source: describe(source), Target: describe(target), Relation: step.Edge.Predicate,
			Phrase: step.Edge.Props[fact.PropPhrase], Evidence: nonNil(passages(step.Edge.Evidence))}
		shown.Lexicon = len(shown.Evidence) == 0
		shown.forward = step.Forward
		a.Steps = append(a.Steps, shown)
		a.Evidence = addPassages(a.Evidence, shown.Evidence[:min(len(shown.Evidence), 1)]...)
		a.Entity = shown.Target
		if !step.Forward {
			a.Entity = shown.Source
		}
	}
	return a, nil
}

// Connect answers with the connections of two entities, as the question for what
// connects them does.
func Connect(ctx context.Context, snapshot graph.Snapshot, from, to []string, options Options) (Result, error) {
	return Run(ctx, snapshot, "", Query{Intent: IntentPath, Names: []Name{{Role: RoleTopic, IDs: from}, {Role: RoleTopic, IDs: to}}}, options)
}
