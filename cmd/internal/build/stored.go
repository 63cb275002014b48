package build

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/extract/resolve"
	"talkgraph/graph"
)

// stored is what the store held before the build.
type stored struct {
	snapshot  graph.Snapshot
	parts     []graph.PartInfo // of notes, in order of ID
	byID      map[string]graph.PartInfo
	corrected bool // whether it also held what the user's corrections added
}

func loadStored(ctx context.Context, store graph.Store) (*stored, error) {
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := snapshot.Parts(ctx)
	if err != nil {
		_ = snapshot.Close() // the first error tells more
		return nil, err
	}
	s := &stored{snapshot: snapshot, byID: map[string]graph.PartInfo{}}
	for _, part := range parts {
		if part.ID == resolve.CorrectionsDocument {
			s.corrected = true
			continue
		}
		s.parts = append(s.parts, part)
		s.byID[part.ID] = part
	}
	return s, nil
}

// close closes the snapshot, once.
func (s *stored) close() {
	if s.snapshot != nil {
		_ = s.snapshot.Close() // it was only read
		s.snapshot = nil
	}
}

// holds reports whether the documents are these, by their fingerprints.
func (s *stored) holds(wanted map[string]string) bool {
	if len(s.parts) != len(wanted) {
		return false
	}
	for _, part := range s.parts {
		if wanted[part.ID] != part.Fingerprint {
			return false
		}
	}
	return true
}

// part returns what the store says of a document, and whether it has it. A nil store
// has nothing.
func (s *stored) part(id string) (graph.PartInfo, bool) {
	if s == nil {
		return graph.PartInfo{}, false
	}
	part, known := s.byID[id]
	return part, known
}

// resolvedBy reports whether all parts were resolved with this fingerprint.
func (s *stored) resolvedBy(fingerprint string) bool {
	for _, part := range s.parts {
		if _, resolution, _ := strings.Cut(part.Fingerprint, separator); resolution != fingerprint {
			return false
		}
	}
	return true
}

// facts returns what extraction found in a stored document, also as it is encoded.
func (s *stored) facts(ctx context.Context, id string) (fact.Facts, []byte, error) {
	part, err := s.snapshot.Part(ctx, id)
	if err != nil {
		return fact.Facts{}, nil, err
	}
	var facts fact.Facts
	if err := json.Unmarshal(part.Facts, &facts); err != nil {
		return fact.Facts{}, nil, fmt.Errorf("%s: facts cannot be decoded: %w: %w", id, err, graph.ErrDamaged)
	}
	return facts, part.Facts, nil
}
