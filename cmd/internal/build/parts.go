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

// makeChanges turns the resolved documents into parts. One of them may be new:
// that of the corrections, which has no notes and so no facts of its own.
func makeChanges(before *stored, all []Reading, facts, resolved []fact.Facts, summary Summary, resolution string) ([]graph.Change, error) {
	var changes []graph.Change
	for _, d := range summary.Documents {
		if d.State == Removed {
			changes = append(changes, graph.Change{Remove: d.ID})
		}
	}
	byID := map[string]int{}
	for i := range all {
		byID[all[i].ID] = i
	}
	corrected := false
	for _, document := range resolved {
		if i, read := byID[document.Document.ID]; read {
			part, err := all[i].part(facts[i], document, resolution)
			if err != nil {
				return nil, err
			}
			changes = append(changes, graph.Change{Part: part})
			continue
		}
		corrected = true
		changes = append(changes, graph.Change{Part: newPart(document, document.Document.Label, separator+resolution, nil)})
	}
	if before.corrected && !corrected {
		changes = append(changes, graph.Change{Remove: resolve.CorrectionsDocument})
	}
	return changes, nil
}

// part makes what the store keeps: the resolved graph of the document, and its
// facts as they were before resolution, for the next build.
func (r Reading) part(facts, resolved fact.Facts, resolution string) (*graph.Part, error) {
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
