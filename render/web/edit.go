package web

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Action is what a correction does.
type Action string

// The actions.
const (
	Merge  Action = "merge"  // two names, one entity; the first name is shown
	Part   Action = "part"   // two names, never one entity
	Rename Action = "rename" // another name is shown
	Retype Action = "retype" // another type
	Hide   Action = "hide"   // out of the graph
)

// Correction is one decision of the user's.
type Correction struct {
	Action Action   `json:"action"`
	Names  []string `json:"names"` // of the entities: two for Merge and Part, else one
	Value  string   `json:"value"` // the new name or type
}

// Curator carries corrections out. After its methods return without an error the
// Source gives the corrected graph.
type Curator interface {
	// Correct writes a correction down and builds the graph again; it returns
	// warnings for the user. A correction that cannot be made is a *Refusal, and
	// leaves all as it was.
	Correct(ctx context.Context, correction Correction) ([]string, error)

	// Undo takes the last correction back.
	Undo(ctx context.Context) ([]string, error)

	// Undoable is how many corrections can be taken back.
	Undoable() int
}

// Refusal is why a correction is not made.
type Refusal struct {
	Message string
	Mend    string
}

// Error returns the message.
func (r *Refusal) Error() string { return r.Message }

// Bounds of corrections.
const (
	correctionBytes = 16 << 10
	nameLength      = 200
)

// edit is a correction as the page sends it: with IDs, which tell entities apart
// where names do not.
type edit struct {
	Action Action   `json:"action"`
	IDs    []string `json:"ids"`
	Value  string   `json:"value"`
}

func (e *Explorer) correct(w http.ResponseWriter, r *http.Request) {
	wanted, err := readEdit(w, r)
	if err != nil {
		e.failed(w, r, err)
		return
	}
	e.curate(w, r, func(v *view) ([]string, error) {
		correction, err := v.correction(wanted)
		if err != nil {
			return nil, err
		}
		return e.options.Curator.Correct(r.Context(), correction)
	})
}

func (e *Explorer) undo(w http.ResponseWriter, r *http.Request) {
	e.curate(w, r, func(*view) ([]string, error) { return e.options.Curator.Undo(r.Context()) })
}

// curate changes the graph, if that is allowed, and answers with what came of it.
func (e *Explorer) curate(w http.ResponseWriter, r *http.Request, change func(*view) ([]string, error)) {
	if e.options.Curator == nil {
		fail(w, problem{Status: http.StatusForbidden, Title: "the explorer only reads", Mend: "start it with talkgraph serve --edit"})
		return
	}
	v, err := e.views.get(r.Context())
	if err != nil {
		e.failed(w, r, err)
		return
	}
	warnings, err := change(v)
	if err == nil {
		_, err = e.views.reload(r.Context())
	}
	if err != nil {
		e.failed(w, r, err)
		return
	}
	if warnings == nil {
		warnings = []string{}
	}
	a, err := jsonAnswer(map[string]any{"undo": e.options.Curator.Undoable(), "warnings": warnings})
	if err != nil {
		e.failed(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, a)
}

// readEdit reads the body. Only JSON is read, which no form of another site sends.
func readEdit(w http.ResponseWriter, r *http.Request) (edit, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return edit{}, problem{Status: http.StatusUnsupportedMediaType, Title: "a correction is JSON", Mend: "send it with Content-Type: application/json"}
	}
	var wanted edit
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, correctionBytes))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wanted); err != nil {
		return edit{}, badRequest("the correction cannot be read: "+shortened(err.Error()), `send {"action":"rename","ids":["…"],"value":"…"}`)
	}
	return wanted, nil
}

// correction turns IDs into names, which is how the file of corrections speaks of
// entities. Where a name alone could hit something else it is refused.
func (v *view) correction(wanted edit) (Correction, error) {
	c := Correction{Action: wanted.Action, Value: strings.TrimSpace(wanted.Value)}
	count := 1
	switch wanted.Action {
	case Merge, Part:
		count = 2
	case Rename:
		if c.Value == "" || utf8.RuneCountInString(c.Value) > nameLength || strings.ContainsFunc(c.Value, unicode.IsControl) {
			return c, badRequest(fmt.Sprintf("a name has 1 to %d characters", nameLength), "")
		}
	case Retype:
		if !slices.Contains(fact.Types(), fact.Type(c.Value)) || c.Value == string(fact.Document) {
			return c, badRequest("there is no such type", "use Event, Session, Talk, Person, Organization or Concept")
		}
	case Hide:
	default:
		return c, badRequest("there is no such correction", "use merge, part, rename, retype or hide")
	}
	if len(wanted.IDs) != count {
		return c, badRequest(fmt.Sprintf("%s is about %d entities", wanted.Action, count), "")
	}
	return c, v.nameEach(&c, wanted.IDs)
}

func (v *view) nameEach(c *Correction, ids []string) error {
	var types []fact.Type
	for _, id := range ids {
		at, ok := v.index[id]
		if !ok {
			return problem{Status: http.StatusNotFound, Title: "there is no such entity: " + shortened(id)}
		}
		node := v.nodes[at]
		name, own := v.ownName(node)
		if !own {
			return &Refusal{Message: fmt.Sprintf("several entities bear every name of %s", node.Label),
				Mend: "the file of corrections knows entities by their names; rename one of them in the notes first"}
		}
		c.Names = append(c.Names, name)
		types = append(types, node.Type)
	}
	if len(ids) == 2 && (ids[0] == ids[1] || c.Action == Merge && types[0] != types[1]) {
		return &Refusal{Message: "only two entities of one type can be merged", Mend: "change the type of one of them first"}
	}
	return nil
}

// ownName returns a name that no other node bears, the label if that is one.
func (v *view) ownName(node graph.Node) (string, bool) {
	for _, name := range append([]string{node.Label}, node.Aliases...) {
		if ids := v.byKey[fact.Key(name)]; len(ids) == 1 && ids[0] == node.ID {
			return name, true
		}
	}
	return "", false
}
