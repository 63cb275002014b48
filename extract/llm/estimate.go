package llm

import (
	"talkgraph/extract/note"
)

// Estimate is what reading would use.
type Estimate struct {
	Pieces     int // parts of talks
	Cached     int // of them, answered already
	Prompt     int // tokens to send for the others
	Completion int // tokens to receive for the others
	Cost       float64
}

// Estimate tells what reading a note would use. It makes no call.
func (r *Reader) Estimate(n *note.Note, talks []Talk) (Estimate, error) {
	var e Estimate
	for _, p := range pieces(n, talks) {
		e.Pieces++
		system, user := r.prompts.system(n, p.lines), question(n, &talks[p.talk], p.lines)
		if r.cache != nil {
			_, ok, err := r.cache.Get(r.key(system, user))
			if err != nil {
				return e, err
			}
			if ok {
				e.Cached++
				continue
			}
		}
		q := request(system, user, size(n, p.lines))
		e.Prompt += q.Prompt
		e.Completion += q.Completion
	}
	e.Cost = r.options.Price.of(e.Prompt, e.Completion)
	return e, nil
}

// Add adds up estimates.
func (e Estimate) Add(other Estimate) Estimate {
	return Estimate{Pieces: e.Pieces + other.Pieces, Cached: e.Cached + other.Cached, Prompt: e.Prompt + other.Prompt,
		Completion: e.Completion + other.Completion, Cost: e.Cost + other.Cost}
}
