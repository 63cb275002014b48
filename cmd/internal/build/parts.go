package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
)

// step is one change of the store that is still to be made ready.
type step struct {
	remove   string // document to remove; else what follows
	document int    // index of the resolved document
	reading  int    // index of its reading; -1 for the corrections, which have no notes
}

// plan puts the changes in an order that survives being cut off: first what the
// corrections add, then the documents that others change, then those that are
// removed, last those that have changed themselves. So the next build sees a change
// as long as not all is written that follows from it.
func plan(before *stored, all []Reading, documents []fact.Facts, summary Summary) []step {
	byID := map[string]int{}
	for i := range all {
		byID[all[i].ID] = i
	}
	var corrections, affected, removed, changed []step
	for k := range documents {
		i, read := byID[documents[k].Document.ID]
		switch {
		case !read:
			corrections = append(corrections, step{document: k, reading: -1})
		case all[i].stored:
			affected = append(affected, step{document: k, reading: i})
		default:
			changed = append(changed, step{document: k, reading: i})
		}
	}
	if before.corrected && len(corrections) == 0 {
		corrections = append(corrections, step{remove: resolve.CorrectionsDocument})
	}
	for _, d := range summary.Documents {
		if d.State == Removed {
			removed = append(removed, step{remove: d.ID})
		}
	}
	return slices.Concat(corrections, affected, removed, changed)
}

// change makes a step ready and lets go what it was made of.
func (s step) change(all []Reading, facts, documents []fact.Facts, resolution string) (graph.Change, error) {
	if s.remove != "" {
		return graph.Change{Remove: s.remove}, nil
	}
	document := documents[s.document]
	documents[s.document] = fact.Facts{}
	if s.reading < 0 {
		return graph.Change{Part: newPart(document, document.Document.Label, separator+resolution, nil)}, nil
	}
	part, err := all[s.reading].part(facts[s.reading], document, resolution)
	all[s.reading], facts[s.reading] = Reading{}, fact.Facts{}
	return graph.Change{Part: part}, err
}

// fingerprints is what the parts of these documents will have.
func fingerprints(all []Reading, resolution string) map[string]string {
	wanted := map[string]string{}
	for i := range all {
		wanted[all[i].ID] = all[i].fingerprint + separator + resolution
	}
	return wanted
}

// part makes what the store keeps: the resolved graph of the document, and its
// facts as they were before resolution, for the next build.
func (r *Reading) part(facts, resolved fact.Facts, resolution string) (*graph.Part, error) {
	encoded := r.encoded
	if encoded == nil {
		var err error
		if encoded, err = json.Marshal(facts); err != nil {
			return nil, fmt.Errorf("%s: facts cannot be encoded: %w", r.ID, err)
		}
	}
	return newPart(resolved, r.Source.Name, r.fingerprint+separator+resolution, encoded), nil
}

func newPart(resolved fact.Facts, source, fingerprint string, facts []byte) *graph.Part {
	nodes := append([]graph.Node{resolved.Document}, resolved.Entities...)
	slices.SortStableFunc(nodes, fact.CompareEntities)
	nodes = slices.CompactFunc(nodes, func(a, b graph.Node) bool { return a.ID == b.ID })
	edges := slices.Clone(resolved.Relations)
	slices.SortStableFunc(edges, fact.CompareRelations)
	return &graph.Part{ID: resolved.Document.ID, Source: source, Fingerprint: fingerprint, Facts: facts, Nodes: nodes, Edges: edges}
}

// separator stands in a part's fingerprint between what extraction depended on
// and what resolution depended on.
const separator = "/"

// extractionOf returns what the stored facts of a document were extracted from.
func extractionOf(part graph.PartInfo) string {
	fingerprint, _, _ := strings.Cut(part.Fingerprint, separator)
	return fingerprint
}

func (o Options) resolutionFingerprint() string {
	sum := sha256.Sum256([]byte(o.CorrectionsHash + separator + o.Extract.Lexicon.Hash))
	return hex.EncodeToString(sum[:8])
}
