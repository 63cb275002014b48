package cayleystore

import (
	"context"

	"github.com/cayleygraph/quad"
)

// quadReader reads quads from one consistent state of a backend. It is all that a
// backend must offer for reading; it may be used by several goroutines.
type quadReader interface {
	// match returns the quads that have one of these values in a direction
	// (quad.Subject, quad.Object or quad.Label) and one of these predicates;
	// no predicates mean any. The order is not defined; values must differ.
	match(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error)

	// matchText is match for a literal object.
	matchText(ctx context.Context, text quad.String, predicates ...quad.IRI) ([]quad.Quad, error)

	// all calls yield with every quad in groups of any size.
	all(ctx context.Context, yield func([]quad.Quad) error) error

	// count returns the number of quads, exactly.
	count(ctx context.Context) (int64, error)

	// bytes returns the size of the store on disk, 0 when it has none or
	// cannot tell.
	bytes(ctx context.Context) (int64, error)

	close() error
}

// matchFunc is the method match of a quadReader.
type matchFunc func(ctx context.Context, in quad.Direction, values []quad.IRI, predicates ...quad.IRI) ([]quad.Quad, error)

// partQuads returns all quads of a part, none when it is not there.
func partQuads(ctx context.Context, match matchFunc, id string) ([]quad.Quad, error) {
	claims, err := match(ctx, quad.Label, []quad.IRI{quad.IRI(id)})
	if err != nil {
		return nil, err
	}
	var passages []quad.IRI
	for _, q := range claims {
		if subject, ok := q.Subject.(quad.IRI); ok && q.Predicate == iriQuote && isEvidence(subject) {
			passages = append(passages, subject)
		}
	}
	edges, err := match(ctx, quad.Label, passages)
	if err != nil {
		return nil, err
	}
	return append(claims, edges...), nil
}
