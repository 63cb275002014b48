// Package llm is a second reader of notes: a language model behind an
// OpenAI-compatible service, whose every word is checked. It cuts talks into
// pieces, asks about each one, keeps the answers in a cache, and returns only the
// facts that its room proof finds in the notes. The outline comes first: without
// talks there is nothing to ask.
//
// The same notes, model and prompts give the same facts: what was answered once is
// never asked again. A failure of the service costs only the facts of the model;
// what the rules found stays.
//
// The package must not know the lexicon, the graph or files of settings. Nothing
// that a model returns is executed or followed; notes are data for it, and its
// answers are data for us.
package llm

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"talkgraph/extract/fact"
	"talkgraph/extract/llm/cache"
	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/proof"
	"talkgraph/extract/note"
)

// version changes with the form of questions, so that answers in the cache are not
// taken for those of another question. Checks of answers do not count: they are made
// on every run.
const version = "2"

// Asker answers questions; *client.Client is one.
type Asker interface {
	Complete(ctx context.Context, r client.Request) (client.Reply, error)
}

// Options say how to read.
type Options struct {
	Model       string
	Client      client.Options // its Budget is set by New; a BaseURL is not needed for Replay
	Concurrency int            // calls at the same time, at least 1
	Cache       string         // folder of answers; "" for none
	Record      string         // folder into which the answers of this run are copied; "" for none
	Replay      string         // folder from which answers are taken, and no call is made; "" for none
	Prompts     string         // folder of prompts that replace the built-in ones; "" for none
	Phrases     []string       // linking words of the user's own
	Limits      Limits
	Price       Price
	Verbose     bool        // report each dropped fact as a diagnostic
	Changed     func(Usage) // told of all that is used; nil for none. It must not block
}

// Reader asks a model. It may be used by several goroutines.
type Reader struct {
	options Options
	asker   Asker // nil when answers are replayed
	prompts prompts
	cache   *cache.Folder
	record  *cache.Folder
	budget  *budget
	slots   chan struct{}

	mu      sync.Mutex
	stopped error // why no more calls are made
	inARow  int   // pieces that failed since the last that was answered
	failed  error // first failure
}

// New checks the options and makes a reader. It opens no connection.
func New(o Options) (*Reader, error) {
	if o.Model == "" {
		return nil, errors.New("no model is named; set llm.model")
	}
	p, err := readPrompts(o.Prompts, o.Phrases)
	if err != nil {
		return nil, err
	}
	r := &Reader{options: o, prompts: p, slots: make(chan struct{}, max(o.Concurrency, 1)),
		budget: &budget{limits: o.Limits, price: o.Price, changed: o.Changed}}
	switch {
	case o.Replay != "":
		r.cache = cache.Open(o.Replay)
	case o.Cache != "":
		r.cache = cache.Open(o.Cache)
	}
	if o.Record != "" {
		r.record = cache.Open(o.Record)
	}
	if o.Replay == "" && o.Client.BaseURL != "" {
		o.Client.Model, o.Client.Budget = o.Model, r.budget
		asker, err := client.New(o.Client)
		if err != nil {
			return nil, err
		}
		r.asker = asker
	}
	return r, nil
}

// Extractor is the name under which facts of this reader go.
func (r *Reader) Extractor() string { return fact.ExtractorLLMPrefix + r.options.Model }

// Fingerprint identifies what the facts of this reader depend on besides the notes.
func (r *Reader) Fingerprint() string {
	return cache.Key(version, r.options.Model, string(proof.Schema()), r.prompts.english, r.prompts.chinese)
}

// Usage is what was used up to now.
func (r *Reader) Usage() Usage { return r.budget.now() }

// Concurrency is how many calls the reader makes at the same time.
func (r *Reader) Concurrency() int { return cap(r.slots) }

// Failure is why some piece was not read; nil when all were.
func (r *Reader) Failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// Fact is a proven fact and the index of its talk.
type Fact struct {
	proof.Fact
	Talk int
}

// Result is what the model found in a note.
type Result struct {
	Facts       []Fact
	Diagnostics []fact.Diagnostic
	Incomplete  bool // some piece was not read and may be read another time
}

// Read asks about each talk of a note. The error is that of the context.
func (r *Reader) Read(ctx context.Context, n *note.Note, talks []Talk, people []string, names proof.Names) (Result, error) {
	all := pieces(n, talks)
	r.budget.count(func(u *Usage) { u.Pieces += len(all) })
	c := &checker{reader: r, note: n, talks: talks, people: people, names: names}
	read := make([]found, len(all))
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(2 * r.Concurrency()) // the slots bound the calls; checks and disks go on beside them
	for i, p := range all {
		group.Go(func() error {
			var err error
			read[i], err = r.ask(inner, c, p, 0)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	return c.result(read), nil
}

// splits bounds how often a piece is cut in two.
const splits = 6

// ask asks about a piece, and about its halves where the model cannot take it as a
// whole. The answer is checked at once, so that only facts are kept of it. The error
// is that of the context.
func (r *Reader) ask(ctx context.Context, c *checker, p piece, depth int) (found, error) {
	e, err := r.answer(ctx, c.note, &c.talks[p.talk], p)
	if err != nil {
		if ctx.Err() != nil {
			return found{}, ctx.Err()
		}
		r.fail(err)
		return found{unread: err}, nil
	}
	if e.Outcome != outcomeSplit {
		return c.check(p, e), nil
	}
	halves := halve(c.note, p)
	if halves == nil || depth == splits {
		e.Outcome, e.Message = outcomeRefused, "its answer does not end"
		return c.check(p, e), nil
	}
	var both found
	for _, half := range halves {
		f, err := r.ask(ctx, c, half, depth+1)
		if err != nil {
			return found{}, err
		}
		both.add(f)
	}
	return both, nil
}

// Outcomes of questions, as the cache has them.
const (
	outcomeAnswer  = "answer"
	outcomeSplit   = "split"
	outcomeRefused = "refused"
)

// errNotRecorded is a question whose answer a record does not have.
var errNotRecorded = errors.New("the record has no answer for them: it is of other notes, another model or other prompts")

// errNoService is a question that nothing answers.
var errNoService = errors.New("no service is named; set llm.base_url")

// answer takes an answer from the cache or from the model.
func (r *Reader) answer(ctx context.Context, n *note.Note, t *Talk, p piece) (cache.Entry, error) {
	if err := ctx.Err(); err != nil {
		return cache.Entry{}, err
	}
	system, user := r.prompts.system(n, p.lines), question(n, t, p.lines)
	key := r.key(system, user)
	if r.cache != nil {
		e, ok, err := r.cache.Get(key)
		if err != nil {
			return e, err
		}
		if ok {
			r.budget.count(func(u *Usage) { u.Cached++ })
			return e, r.keep(r.record, key, e)
		}
	}
	if r.asker == nil {
		if r.options.Replay != "" {
			return cache.Entry{}, errNotRecorded
		}
		return cache.Entry{}, errNoService
	}
	e, err := r.call(ctx, system, user, p, n)
	if err != nil {
		return e, err
	}
	e.Model, e.Title = r.options.Model, t.Title
	if r.options.Replay == "" {
		if err := r.keep(r.cache, key, e); err != nil {
			return e, err
		}
	}
	return e, r.keep(r.record, key, e)
}

// key is the name of a question's answer: all that the answer depends on.
func (r *Reader) key(system, user string) string {
	return cache.Key(version, r.options.Model, string(proof.Schema()), system, user)
}

func (r *Reader) keep(folder *cache.Folder, key string, e cache.Entry) error {
	if folder == nil {
		return nil
	}
	return folder.Put(key, e)
}

// answerLimit bounds an answer, in tokens.
const answerLimit = 8000

// request is the question about a piece; the expected size of an answer grows with
// that of the lines, which it quotes.
func request(system, user string, size float64) client.Request {
	return client.Request{System: system, User: user, Schema: proof.Schema(), SchemaName: "facts",
		Prompt: int(tokens(system) + tokens(user)), Completion: min(int(1.5*size)+200, answerLimit), Limit: answerLimit}
}

func size(n *note.Note, lines []int) float64 {
	sum := 0.0
	for _, i := range lines {
		sum += lineTokens(n, i)
	}
	return sum
}

// call asks the model, once more when its answer cannot be read, and turns what
// cannot change by asking again into an outcome.
func (r *Reader) call(ctx context.Context, system, user string, p piece, n *note.Note) (cache.Entry, error) {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return cache.Entry{}, ctx.Err()
	}
	if err := r.stop(nil); err != nil {
		return cache.Entry{}, err
	}
	question := request(system, user, size(n, p.lines))
	reply, err := r.asker.Complete(ctx, question)
	if err == nil {
		if _, unreadable := proof.Parse(reply.Text); unreadable != nil {
			reply, err = r.repair(ctx, question, reply, unreadable)
		}
	}
	var failed *client.Error
	switch {
	case err == nil:
		r.answers()
		return cache.Entry{Outcome: outcomeAnswer, Text: reply.Text, Prompt: reply.Usage.Prompt, Completion: reply.Usage.Completion}, nil
	case !errors.As(err, &failed):
		return cache.Entry{}, err
	case failed.Kind == client.TooLong && failed.Status != 0 && len(p.lines) == 1:
		return cache.Entry{}, r.giveUp(errShort)
	case failed.Kind == client.TooLong:
		return cache.Entry{Outcome: outcomeSplit}, nil
	case failed.Kind == client.Refused:
		return cache.Entry{Outcome: outcomeRefused, Message: failed.Message}, nil
	case failed.Final():
		return cache.Entry{}, r.stop(failed)
	default:
		return cache.Entry{}, r.giveUp(failed)
	}
}

// patience is how many pieces in a row may fail, each after all tries, before the
// service counts as down and no more calls are made.
const patience = 3

// giveUp counts a piece that failed, and returns the failure.
func (r *Reader) giveUp(failed error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.inARow++; r.inARow >= patience && r.stopped == nil {
		r.stopped = failed
	}
	return failed
}

// errShort is a model that does not take a single line of the notes.
var errShort = errors.New("the model takes too little text at once; give it a longer context, and llm.cache another folder")

// answers notes that the service works.
func (r *Reader) answers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inARow = 0
}

// repairLimit bounds how much of a damaged answer is sent back, in characters.
const repairLimit = 6000

// repair shows the model its answer and what is wrong with it, once.
func (r *Reader) repair(ctx context.Context, question client.Request, reply client.Reply, unreadable error) (client.Reply, error) {
	damaged := []rune(reply.Text)
	damaged = damaged[:min(len(damaged), repairLimit)]
	question.Repair = string(damaged)
	if question.Repair == "" {
		question.Repair = "…"
	}
	question.Complaint = fmt.Sprintf("This cannot be read: %v. Send the one JSON object again, complete and alone.", unreadable)
	question.Prompt += int(tokens(question.Repair))
	second, err := r.asker.Complete(ctx, question)
	second.Usage.Prompt += reply.Usage.Prompt
	second.Usage.Completion += reply.Usage.Completion
	return second, err
}

// stop keeps the first failure that every later call would meet, and returns it.
func (r *Reader) stop(failed error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped == nil {
		r.stopped = failed
	}
	return r.stopped
}

func (r *Reader) fail(err error) {
	r.budget.count(func(u *Usage) { u.Unread++ })
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil {
		r.failed = err
	}
}
