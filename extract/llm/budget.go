package llm

import (
	"fmt"
	"maps"
	"sync"
	"unicode"

	"talkgraph/extract/llm/client"
)

// tokens estimates how many tokens a text has, in any tokenizer, a fifth too many
// rather than one too few.
func tokens(text string) float64 {
	sum := 0.0
	for _, r := range text {
		switch {
		case r < unicode.MaxASCII:
			sum += 1 / 3.6
		case unicode.Is(unicode.Han, r):
			sum += 0.95
		default:
			sum += 0.9
		}
	}
	return sum * 1.2
}

// Price is what a million tokens cost, in the user's own unit.
type Price struct{ Input, Output float64 }

func (p Price) of(prompt, completion int) float64 {
	return (float64(prompt)*p.Input + float64(completion)*p.Output) / 1e6
}

// Limits bound what one run may use; 0 is no limit.
type Limits struct {
	Calls, Tokens int
	Cost          float64 // needs a price
}

// Usage is what a run used and what came of it.
type Usage struct {
	Pieces     int // parts of talks that were to be read
	Cached     int // answered from the cache or a record
	Unread     int // not answered
	Calls      int
	Prompt     int // tokens sent, as the service tells, or estimated where it does not
	Completion int // tokens received, likewise
	Cost       float64
	Kept       int            // facts that the notes prove
	Dropped    map[string]int // facts that they do not, by reason
}

// budget counts and bounds what is used.
type budget struct {
	limits Limits
	price  Price

	mu       sync.Mutex
	usage    Usage
	reserved client.Usage // of calls that are under way
	changed  func(Usage)
}

// Reserve allows a call or says which limit it would pass.
func (b *budget) Reserve(prompt, completion int) (func(client.Usage), error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	u := &b.usage
	prompts, completions := u.Prompt+b.reserved.Prompt+prompt, u.Completion+b.reserved.Completion+completion
	switch {
	case b.limits.Calls > 0 && u.Calls >= b.limits.Calls:
		return nil, fmt.Errorf("llm.max_calls = %d is reached", b.limits.Calls)
	case b.limits.Tokens > 0 && prompts+completions > b.limits.Tokens:
		return nil, fmt.Errorf("llm.max_tokens = %d would be passed", b.limits.Tokens)
	case b.limits.Cost > 0 && b.price.of(prompts, completions) > b.limits.Cost:
		return nil, fmt.Errorf("llm.max_cost = %g would be passed", b.limits.Cost)
	}
	u.Calls++
	b.reserved.Prompt += prompt
	b.reserved.Completion += completion
	b.tell()
	return func(used client.Usage) { b.settle(prompt, completion, used) }, nil
}

func (b *budget) settle(prompt, completion int, used client.Usage) {
	b.count(func(u *Usage) {
		b.reserved.Prompt -= prompt
		b.reserved.Completion -= completion
		u.Prompt += used.Prompt
		u.Completion += used.Completion
		u.Cost = b.price.of(u.Prompt, u.Completion)
	})
}

// count changes the usage and tells of it.
func (b *budget) count(change func(*Usage)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.usage)
	b.tell()
}

func (b *budget) tell() {
	if b.changed != nil {
		b.changed(b.copied())
	}
}

func (b *budget) now() Usage {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.copied()
}

func (b *budget) copied() Usage {
	u := b.usage
	u.Dropped = maps.Clone(u.Dropped)
	return u
}
