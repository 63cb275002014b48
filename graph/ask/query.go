package ask

import (
	"context"
	"fmt"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Query is a question in the form that is answered. Parse makes it from words; it
// may as well come from elsewhere, a language model say, and holds nothing but
// what is asked: every name is the ID of an entity that is there.
type Query struct {
	Intent Intent `json:"intent"`

	// Want is the type of the answers where the intent leaves it open (IntentList,
	// IntentCompare); empty means talks for a list and concepts for a comparison.
	Want fact.Type `json:"want,omitempty"`

	// Kind is the kind of the concepts that are wanted ("method"); empty is any.
	Kind string `json:"kind,omitempty"`

	// HomeKind limits institutions, and people by theirs, to a kind as far as names
	// tell it: HomeUniversity or HomeCompany; empty is any.
	HomeKind string `json:"homeKind,omitempty"`

	// Names are the names of the question in its order.
	Names []Name `json:"names,omitempty"`

	// Time is when the talks were; zero is any time.
	Time Time `json:"time,omitzero"`

	// Format says which talks count.
	Format Format `json:"format,omitempty"`

	// Comparison is what IntentCompare is after.
	Comparison Comparison `json:"comparison,omitempty"`

	// Position limits people to those whose job title says that they hold it; the
	// names are those of the vocabulary ("professor"). Empty is any.
	Position string `json:"position,omitempty"`

	// Order keeps one talk of those that fulfil all else: from 1 as they were held, or
	// LastTalk; 0 is all.
	Order int `json:"order,omitempty"`

	// Most keeps the answers that the most talks lead to.
	Most bool `json:"most,omitempty"`

	// Speakers leaves out the people of an institution who gave no talk.
	Speakers bool `json:"speakers,omitempty"`

	// Count asks how many answers there are.
	Count bool `json:"count,omitempty"`

	// AboutOnly leaves out talks that only touch what is asked about.
	AboutOnly bool `json:"aboutOnly,omitempty"`
}

// Kinds of institutions.
const (
	HomeUniversity = "university"
	HomeCompany    = "company"
)

// Name is one name of a question: the entities that it means, taken together.
type Name struct {
	Text string   `json:"text,omitempty"` // as it stands in the question
	Role Role     `json:"role"`
	IDs  []string `json:"ids"`

	// Join says how it goes with the name of the same role before it.
	Join Join `json:"join,omitempty"`
}

// Role is what a name does in a question.
type Role string

// The roles.
const (
	RoleTopic  Role = "topic"  // what talks are about
	RoleActor  Role = "actor"  // a person or an institution whose talks are meant
	RoleScope  Role = "scope"  // an event, a session or a talk to look in
	RoleUnder  Role = "under"  // a concept that the wanted concepts are narrower than
	RoleExcept Role = "except" // what the answers leave out
)

// Join is how a name is joined to the one before.
type Join string

// The joins.
const (
	JoinWith Join = ""    // both at once: "hallucination in large models"
	JoinAnd  Join = "and" // both at once, or each where no talk has both
	JoinOr   Join = "or"  // either will do
)

// Format says which formats of talks count.
type Format string

// The formats.
const (
	FormatAny     Format = ""
	FormatPanel   Format = "panel" // panel discussions alone
	FormatTalk    Format = "talk"  // all but panel discussions
	FormatKeynote Format = "keynote"
	FormatOpening Format = "opening" // addresses at the beginning
)

// Comparison is what a comparison is after.
type Comparison string

// The comparisons.
const (
	CompareCommon     Comparison = "common"     // what all names have
	CompareDifference Comparison = "difference" // what one alone has
	CompareOnly       Comparison = "only"       // what the first has and the others lack
)

// check reports the first thing in a query that is no query's, so that one from
// elsewhere cannot lead astray.
func (q Query) check(ctx context.Context, snapshot graph.Snapshot) error {
	if !slices.Contains(Intents(), q.Intent) {
		return fmt.Errorf("query: there is no intent %q; use one of %v", q.Intent, Intents())
	}
	if q.Want != "" && !slices.Contains(fact.Types(), q.Want) {
		return fmt.Errorf("query: there is no type %q; use one of %v", q.Want, fact.Types())
	}
	for _, name := range q.Names {
		if !slices.Contains([]Role{RoleTopic, RoleActor, RoleScope, RoleUnder, RoleExcept}, name.Role) {
			return fmt.Errorf("query: the name %q has no role %q", name.Text, name.Role)
		}
		nodes, err := snapshot.Nodes(ctx, name.IDs)
		if err != nil {
			return fmt.Errorf("query: read %q: %w", name.Text, err)
		}
		if len(nodes) == 0 {
			return fmt.Errorf("query: the name %q means no entity of the graph", name.Text)
		}
	}
	if needs := leastNames(q.Intent); len(q.Names) < needs {
		return fmt.Errorf("query: the intent %q needs %d names; it has %d", q.Intent, needs, len(q.Names))
	}
	return nil
}

// leastNames is how many names an intent cannot do without.
func leastNames(intent Intent) int {
	switch intent {
	case IntentPath, IntentCompare:
		return 2
	case IntentDefine, IntentWhereFrom:
		return 1
	default:
		return 0
	}
}

// with returns the names of a role.
func (q Query) with(role Role) []Name {
	var names []Name
	for _, name := range q.Names {
		if name.Role == role {
			names = append(names, name)
		}
	}
	return names
}
