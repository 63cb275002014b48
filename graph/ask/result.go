package ask

import (
	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Intent is the kind of a question.
type Intent string

// The intents.
const (
	IntentWhoAbout          Intent = "who-about"          // who talked about X
	IntentAboutWhom         Intent = "about-whom"         // what X talked about
	IntentWhereFrom         Intent = "where-from"         // where X is from, who is from X
	IntentTalksAbout        Intent = "talks-about"        // which talks are about X
	IntentInstitutionsAbout Intent = "institutions-about" // which institutions worked on X
	IntentInstitutionTalks  Intent = "institution-talks"  // which talks X's people gave
	IntentWhen              Intent = "when"               // when X was, and what was when
	IntentList              Intent = "list"               // speakers, guests, methods, sessions
	IntentPath              Intent = "path"               // what connects A and B
	IntentCompare           Intent = "compare"            // what A and B share, or one lacks
	IntentDefine            Intent = "define"             // what X is
	IntentNone              Intent = "none"               // not understood
)

// Intents lists the intents.
func Intents() []Intent {
	return []Intent{IntentWhoAbout, IntentAboutWhom, IntentWhereFrom, IntentTalksAbout, IntentInstitutionsAbout,
		IntentInstitutionTalks, IntentWhen, IntentList, IntentPath, IntentCompare, IntentDefine, IntentNone}
}

// Result is the answer to one question. It marshals to the JSON of `ask --json`.
type Result struct {
	Question    string        `json:"question"`
	Understood  Understood    `json:"understood"`
	Answers     []Answered    `json:"answers"`
	Suggestions []Description `json:"suggestions"`

	// Count is how many answers there are, where the question asks how many.
	Count *int `json:"count,omitempty"`

	// Left is how many answers the limit left out; AtLeast says that there may be
	// more, since nobody counted them.
	Left    int  `json:"left,omitempty"`
	AtLeast bool `json:"atLeast,omitempty"`

	terms []string // names to highlight in quotes
}

// Understood says how a question was read.
type Understood struct {
	Intent   Intent            `json:"intent"`
	Entities []string          `json:"entities"` // entity IDs in the order of the question
	Filters  map[string]string `json:"filters"`

	// Corrected says which misspelt or partial names were read as which, as "RWVK → RWKV".
	Corrected string `json:"corrected,omitempty"`

	// Unknown lists the words that name nothing in the graph.
	Unknown []string `json:"unknown,omitempty"`

	// Ambiguous lists the names that several entities bear; they are the suggestions.
	Ambiguous []string `json:"ambiguous,omitempty"`
}

// Description is an entity as answers show it.
type Description struct {
	ID      string    `json:"id"`
	Type    fact.Type `json:"type"`
	Label   string    `json:"label"`
	Aliases []string  `json:"aliases"`

	// Affiliation tells people of one name apart, where a name is ambiguous.
	Affiliation []string `json:"affiliation,omitempty"`
}

// Answered is one answer: the entity that was asked for and what shows it.
type Answered struct {
	Entity      Description `json:"entity"`
	Via         []Via       `json:"via"`
	Affiliation []string    `json:"affiliation"`
	Evidence    []Passage   `json:"evidence"`

	// JobTitle is what a person is at an institution, where the question is where they
	// are from.
	JobTitle string `json:"jobTitle,omitempty"`

	Broader  []string `json:"broader,omitempty"`  // labels, for define
	Narrower []string `json:"narrower,omitempty"` // labels, for define
	Related  []string `json:"related,omitempty"`  // "超越 RNN", for define
	Only     string   `json:"only,omitempty"`     // for compare: the label of the one who alone has it
	Steps    []Step   `json:"steps,omitempty"`    // for path

	// MaybeSame lists people whose names differ by one character and who share an
	// institution: perhaps one of the two is misspelt in the notes.
	MaybeSame []string `json:"maybeSame,omitempty"`

	score float64
}

// Via is a talk that leads to an answer.
type Via struct {
	ID        string    `json:"id"`
	Type      fact.Type `json:"type"`
	Label     string    `json:"label"`
	StartDate string    `json:"startDate"` // these three are empty where the notes do not say
	Part      string    `json:"part"`
	Session   string    `json:"session"`
	Location  string    `json:"location,omitempty"`

	score    float64 // how well the talk answers; see talk.score
	evidence []Passage
}

// Passage is an exact quote and where it stands.
type Passage struct {
	Document string `json:"document"`
	Line     int    `json:"line"`
	Quote    string `json:"quote"`
}

// Step is one edge of a connection.
type Step struct {
	Source   Description    `json:"source"`
	Target   Description    `json:"target"`
	Relation fact.Predicate `json:"relation"`
	Phrase   string         `json:"phrase,omitempty"`
	Evidence []Passage      `json:"evidence"`

	// Lexicon says that no passage of the notes shows the step: the lexicon knows it.
	Lexicon bool `json:"lexicon,omitempty"`

	// Words say the step as a sentence, in the order of the connection.
	Words string `json:"words"`

	forward bool // whether the connection follows it from source to target
}

// Ends returns where the step leads from and to, in the order of the connection.
func (s Step) Ends() (from, to Description) {
	if s.forward {
		return s.Source, s.Target
	}
	return s.Target, s.Source
}

func describe(n graph.Node) Description {
	return Description{ID: n.ID, Type: n.Type, Label: n.Label, Aliases: nonNil(n.Aliases)}
}

// passages turns evidence into quotes, leaving out what the lexicon alone says.
func passages(evidence []graph.Evidence) []Passage {
	var out []Passage
	for _, e := range evidence {
		if e.Extractor != fact.ExtractorLexicon {
			out = append(out, Passage{Document: e.Document, Line: e.Line, Quote: e.Quote})
		}
	}
	return out
}

// addPassages appends the passages that are not there yet.
func addPassages(to []Passage, more ...Passage) []Passage {
	seen := make(map[Passage]bool, len(to)+len(more))
	for _, p := range to {
		seen[p] = true
	}
	for _, p := range more {
		if !seen[p] {
			seen[p] = true
			to = append(to, p)
		}
	}
	return to
}

// nonNil makes an absent list an empty one, which JSON shows as [].
func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
