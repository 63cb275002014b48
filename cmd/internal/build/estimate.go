package build

import (
	"context"

	"talkgraph/extract"
	"talkgraph/extract/llm"
)

// Estimate tells what the model of the options would use on all sources. It makes
// no call. A document that cannot be read does not stop the others.
func Estimate(ctx context.Context, sources []Source, options Options) (llm.Estimate, []Failure, error) {
	var all llm.Estimate
	var failures []Failure
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return all, failures, err
		}
		n, err := s.note()
		if err != nil {
			failures = append(failures, Failure{s.Path, err})
			continue
		}
		one, err := extract.Estimate(n, options.Extract)
		if err != nil {
			return all, failures, err
		}
		all = all.Add(one)
	}
	return all, failures, nil
}
