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
		shown.Words = stepWords(shown, step.Forward, isChinese(f.question))
		a.Steps = append(a.Steps, shown)
		a.Evidence = addPassages(a.Evidence, shown.Evidence[:min(len(shown.Evidence), 1)]...)
		a.Entity = shown.Target
		if !step.Forward {
			a.Entity = shown.Source
		}
	}
	return a, nil
}

// stepWords says a step as a sentence in the order of the connection.
func stepWords(s Step, forward, chinese bool) string {
	from, to := s.Source.Label, s.Target.Label
	if s.Relation == fact.Related {
		return from + " " + s.Phrase + " " + to // the phrase has a direction of its own
	}
	if !forward {
		from, to = to, from
	}
	return from + " " + verb(s.Relation, forward, chinese) + " " + to
}

// verb words a relation, or its inverse.
func verb(p fact.Predicate, forward, chinese bool) string {
	words := map[fact.Predicate][4]string{
		fact.Performer:          {"was given by", "gave", "的讲者是", "讲了"},
		fact.Affiliation:        {"is from", "is the institution of", "来自", "是其单位:"},
		fact.About:              {"is about", "is a topic of", "讲到", "出现在"},
		fact.Broader:            {"is a kind of", "includes", "属于", "包括"},
		fact.ParentOrganization: {"is part of", "has the part", "隶属于", "下设"},
		fact.SuperEvent:         {"was part of", "included", "属于", "包括"},
		fact.Mentions:           {"mentions", "is mentioned in", "提到", "被提到于"},
	}[p]
	k := 0
	if !forward {
		k = 1
	}
	if chinese {
		k += 2
	}
	return words[k]
}

// Connect answers with the connections of two entities, as the question for what
// connects them does. The question is only shown; its language is that of the steps.
func Connect(ctx context.Context, snapshot graph.Snapshot, question string, from, to []string, options Options) (Result, error) {
	return Run(ctx, snapshot, question, Query{Intent: IntentPath, Names: []Name{{Role: RoleTopic, IDs: from}, {Role: RoleTopic, IDs: to}}}, options)
}
