// Package fact is the model that every other room speaks: entities, the
// relations between them, the evidence that each relation stands on, and the
// diagnostics of reading. It is pure data with its orderings and its JSON form.
//
// It must not know where facts come from (extract and its rooms) nor where they
// go (graph, render): it imports nothing of the project.
package fact

// Type is the kind of thing that an entity is. The set is closed.
type Type string

// The entity types of the vocabulary.
const (
	Event        Type = "Event"
	Session      Type = "Session"
	Talk         Type = "Talk"
	Person       Type = "Person"
	Organization Type = "Organization"
	Concept      Type = "Concept"
	Document     Type = "Document"
)

// Types lists every entity type in the order in which people read them.
func Types() []Type {
	return []Type{Event, Session, Talk, Person, Organization, Concept, Document}
}

// Predicate is the kind of a relation. The set is closed.
type Predicate string

// The predicates of the vocabulary, each with its domain and range.
const (
	SuperEvent         Predicate = "superEvent"         // Talk → Session or Event; Session → Event
	Performer          Predicate = "performer"          // Talk → Person
	Affiliation        Predicate = "affiliation"        // Person → Organization
	About              Predicate = "about"              // Talk → Concept
	Broader            Predicate = "broader"            // Concept → wider Concept
	Related            Predicate = "related"            // Concept → Concept, worded by PropPhrase
	ParentOrganization Predicate = "parentOrganization" // Organization → Organization
	Mentions           Predicate = "mentions"           // Talk → Person or Organization who is not a speaker
	SubjectOf          Predicate = "subjectOf"          // Event → Document
)

// Predicates lists every predicate in the order of the vocabulary.
func Predicates() []Predicate {
	return []Predicate{SuperEvent, Performer, Affiliation, About, Broader, Related,
		ParentOrganization, Mentions, SubjectOf}
}

// Names of properties that entities and relations carry.
const (
	PropStartDate = "startDate" // ISO 8601 date
	PropEndDate   = "endDate"   // ISO 8601 date
	PropPart      = "part"      // "morning", "afternoon" or "evening"
	PropLocation  = "location"  // place of an Event, room of a Session or Talk
	PropTheme     = "about"     // theme of an Event
	PropKind      = "kind"      // kind of a Concept: method, model, task, …
	PropChinese   = "zh"        // preferred Chinese name of a Concept
	PropEnglish   = "en"        // preferred English name of a Concept
	PropComment   = "comment"   // what the note-taker said beside the matter
	PropFormat    = "format"    // format of a Talk: "panel", "opening"; empty for a plain talk
	PropJobTitle  = "jobTitle"  // on affiliation
	PropPhrase    = "phrase"    // on related: the linking words
	PropURL       = "url"       // where a Document was published
	PropLanguage  = "language"  // "zh", "en" or "mixed", of a Document
)

// Parts of a day, the values of PropPart.
const (
	Morning   = "morning"
	Afternoon = "afternoon"
	Evening   = "evening"
)

// Entity is a node of the graph.
type Entity struct {
	ID      string            // readable and stable, "person/候皓文"
	Type    Type              //
	Label   string            // the name that is shown
	Aliases []string          // other names, sorted, without Label
	Props   map[string]string // see the Prop constants; nil when empty
}

// Relation is a directed edge between two entities.
type Relation struct {
	Source    string // entity ID
	Target    string // entity ID
	Predicate Predicate
	Weight    float64           // 0…1, how much an About relation weighs; 0 on other predicates
	Props     map[string]string // see the Prop constants; nil when empty
	Evidence  []Evidence        // at least one, in document order
}

// Evidence is the passage of a document that a relation stands on.
type Evidence struct {
	Document   string  // entity ID of the Document
	Line       int     // from 1
	Column     int     // from 1, in characters
	Quote      string  // exact part of the line, or running on into the next ones
	Extractor  string  // "rules", "llm:<model>", "lexicon" or "corrections"
	Confidence float64 // 0…1
}

// Names of extractors.
const (
	ExtractorRules       = "rules"
	ExtractorLexicon     = "lexicon"
	ExtractorCorrections = "corrections"
	ExtractorLLMPrefix   = "llm:"
)

// Severity orders diagnostics by how much they matter.
type Severity uint8

// The severities.
const (
	Info Severity = iota
	Warning
	Error
)

// String returns the word that messages begin with.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "info"
	}
}

// Diagnostic says what was odd in a document, where, and how to mend it.
type Diagnostic struct {
	File     string // path as the user gave it
	Line     int    // from 1; 0 when it is about the whole file
	Column   int    // from 1, in characters; 0 when it is about the whole line
	Severity Severity
	Message  string // one sentence without a full stop
	Mend     string // what the reader can do; may be empty
}

// Facts is all that one document says.
type Facts struct {
	Document    Entity // of type Document
	Entities    []Entity
	Relations   []Relation
	Diagnostics []Diagnostic
	Incomplete  bool `json:"-"` // a part was not read for a passing reason; reading again may find more
}
