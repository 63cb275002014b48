// Package client talks to a service that speaks OpenAI's protocol of chats, through
// go-openai, and takes over what that leaves to its user: time limits, retries with
// full jitter that honour Retry-After, errors that come with a status of success,
// servers that only stream, and a ladder from a JSON schema over JSON to plain text
// for servers that know less. What a server does not know is learned once.
//
// The package must not know what is asked or answered: it takes texts and returns
// a text. Nothing that it returns holds the key.
package client

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"
)

// Options say where the service is and how to treat it.
type Options struct {
	BaseURL      string      // up to and without /chat/completions
	Model        string      // for Azure: the deployment
	Key          string      // may be empty for a local server
	APIVersion   string      // not empty for Azure
	Organization string      //
	Headers      http.Header // sent with every call
	Proxy        string      // URL; empty takes the one of the environment
	Timeout      time.Duration
	Budget       Budget // asked before each call; nil allows all
	Tries        int    // how often a call is tried that fails for a passing reason; 0 is five times

	// Wait waits before another try; nil is a timer. Tests put a clock here.
	Wait func(ctx context.Context, d time.Duration) error
}

// Budget allows or forbids calls.
type Budget interface {
	// Reserve is asked before each call with what it is expected to use. After the
	// call done is told what it used; a call that failed used nothing.
	Reserve(prompt, completion int) (done func(Usage), err error)
}

// Usage is how many tokens a call used.
type Usage struct{ Prompt, Completion int }

// Request is one question.
type Request struct {
	System, User string
	Schema       json.RawMessage // of the answer; flat, without references
	SchemaName   string
	Repair       string // an answer that could not be read; it is sent back with Complaint
	Complaint    string
	Prompt       int // tokens expected in
	Completion   int // tokens expected out
	Limit        int // tokens allowed out
}

// Reply is one answer.
type Reply struct {
	Text  string
	Usage Usage // zero where the service does not tell
}

// Client is a service. It may be used by several goroutines.
type Client struct {
	options Options
	openai  *openai.Client
	secrets []string
	reached atomic.Bool // whether the service has answered anything

	mu     sync.Mutex
	manner manner
}

// New checks the options and makes a client. It opens no connection.
func New(o Options) (*Client, error) {
	address, err := baseURL(o)
	if err != nil {
		return nil, err
	}
	if o.Model == "" {
		return nil, errors.New("no model is named; set llm.model")
	}
	if o.Key = strings.TrimSpace(o.Key); strings.ContainsFunc(o.Key, notInKey) {
		return nil, errors.New("the key has spaces, line breaks or letters that no key has; check TALKGRAPH_LLM_API_KEY or the file in llm.api_key_file")
	}
	sender, err := newTransport(o)
	if err != nil {
		return nil, err
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	settings := openai.DefaultConfig(o.Key)
	if o.APIVersion != "" {
		settings = openai.DefaultAzureConfig(o.Key, address.String())
		settings.APIVersion = o.APIVersion
		settings.AzureModelMapperFunc = func(model string) string { return model }
	}
	settings.BaseURL = address.String()
	settings.OrgID = o.Organization
	settings.HTTPClient = sender
	return &Client{options: o, openai: openai.NewClientWithConfig(settings), secrets: secrets(o, address)}, nil
}

// baseURL reads the address of the service, and forgives what people copy too much of.
func baseURL(o Options) (*url.URL, error) {
	address, err := url.Parse(strings.TrimSpace(o.BaseURL))
	switch {
	case err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https":
		return nil, errors.New("llm.base_url is not a URL; write it as https://host/v1")
	case address.RawQuery != "" || address.Fragment != "":
		return nil, errors.New("llm.base_url has a part after ? or #, which is not sent; put a key into TALKGRAPH_LLM_API_KEY or llm.headers, and a version into llm.api_version")
	}
	address.RawPath = ""
	address.Path = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(address.Path, "/"), "/chat/completions"), "/")
	azure := strings.HasSuffix(address.Hostname(), ".openai.azure.com") && !strings.HasSuffix(address.Path, "/v1")
	if azure && o.APIVersion == "" {
		return nil, errors.New("the service is Azure, which asks for an API version; set llm.api_version, 2024-10-21 say")
	}
	if o.APIVersion != "" { // the client adds this part itself
		before, _, _ := strings.Cut(address.Path+"/", "/openai/")
		address.Path = strings.TrimRight(before, "/")
	}
	return address, nil
}

// notInKey holds for characters that cannot stand in an HTTP header of a key.
func notInKey(r rune) bool { return r <= ' ' || r >= 0x7f }

// secrets lists what no message may hold.
func secrets(o Options, address *url.URL) []string {
	found := []string{o.Key, o.Proxy}
	if password, given := address.User.Password(); given {
		found = append(found, password)
	}
	if proxy, err := url.Parse(o.Proxy); err == nil {
		if password, given := proxy.User.Password(); given {
			found = append(found, password)
		}
	}
	for _, values := range o.Headers {
		found = append(found, values...)
	}
	var kept []string
	for _, secret := range found {
		if len(secret) >= 4 {
			kept = append(kept, secret)
		}
	}
	return kept
}

// Form is how answers are asked for now, after what was learned of the service.
func (c *Client) Form() Form { return c.learned().form }

// How often and after what time a call is tried again.
const (
	tries       = 5
	firstWait   = time.Second
	longWait    = time.Minute
	longestWait = 5 * time.Minute // a service that asks for more is not waited for
)

// adaptations bounds what is learned in one question, so that a service that
// complains of everything comes to an end.
const adaptations = 8

// Complete asks and returns the answer. Failures are of type *Error, but for those
// of the context.
func (c *Client) Complete(ctx context.Context, r Request) (Reply, error) {
	learned := 0
	for try := 0; ; {
		m := c.learned()
		reply, err := c.call(ctx, r, m)
		var failed *Error
		if err == nil || !errors.As(err, &failed) {
			return reply, err
		}
		if learned < adaptations && c.learn(failed, m) {
			learned++
			continue
		}
		try++
		if failed.Kind == Unreachable && c.reached.Load() {
			failed.Kind = Temporary // it was there before
		}
		if failed.Kind != Temporary || try >= cmp.Or(c.options.Tries, tries) || failed.after > longestWait {
			return Reply{}, err
		}
		if err := c.options.Wait(ctx, delay(try, failed.after)); err != nil {
			return Reply{}, err
		}
	}
}

// delay is full jitter: any time up to one that doubles with each try. What the
// service asks for is waited at least.
func delay(try int, after time.Duration) time.Duration {
	most := min(firstWait<<try, longWait)
	jitter := time.Duration(rand.Int64N(int64(most)))
	if after > 0 {
		return after + jitter/4
	}
	return jitter
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// call asks once.
func (c *Client) call(ctx context.Context, r Request, m manner) (Reply, error) {
	done := func(Usage) {}
	if c.options.Budget != nil {
		reserved, err := c.options.Budget.Reserve(r.Prompt, r.Completion)
		if err != nil {
			return Reply{}, &Error{Kind: OverBudget, Message: err.Error()}
		}
		done = reserved
	}
	timed, cancel := ctx, context.CancelFunc(func() {})
	if c.options.Timeout > 0 {
		timed, cancel = context.WithTimeout(ctx, c.options.Timeout)
	}
	defer cancel()
	timed, seen := watched(timed)
	reply, err := c.send(timed, c.chat(r, m), m)
	if seen.status != 0 {
		c.reached.Store(true)
	}
	if err != nil {
		done(Usage{})
		if errors.Is(err, errStreams) {
			err = &Error{Kind: BadRequest, Message: err.Error(), param: paramStream}
		}
		return Reply{}, c.describe(ctx, err, seen)
	}
	if reply.Usage == (Usage{}) {
		done(Usage{Prompt: r.Prompt, Completion: r.Completion})
	} else {
		done(reply.Usage)
	}
	return reply.answer()
}

// coldest is as good as zero, which go-openai leaves out so that the server's own
// default would count. The least number of float32 would make some servers divide
// by nothing.
const coldest = 1e-6

// leastLimit is the least limit of an answer that makes sense, in tokens.
const leastLimit = 256

// chat is the request in go-openai's form.
func (c *Client) chat(r Request, m manner) openai.ChatCompletionRequest {
	seed := 1
	chat := openai.ChatCompletionRequest{Model: c.options.Model, Temperature: coldest, Seed: &seed,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: r.System},
			{Role: openai.ChatMessageRoleUser, Content: r.User}}}
	if r.Repair != "" {
		chat.Messages = append(chat.Messages,
			openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: r.Repair},
			openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: r.Complaint})
	}
	if m.noSeed {
		chat.Seed = nil
	}
	if m.noTemperature {
		chat.Temperature = 0
	}
	limit := r.Limit
	if m.shortLimit {
		limit = min(limit, max(r.Completion, leastLimit))
	}
	switch {
	case m.noLimit:
	case m.newLimit:
		chat.MaxCompletionTokens = limit
	default:
		//lint:ignore SA1019 most services know this name alone; those that refuse it get the new one
		chat.MaxTokens = limit
	}
	switch m.form {
	case FormSchema:
		chat.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: r.SchemaName, Schema: r.Schema, Strict: true}}
	case FormObject:
		chat.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	return chat
}

// message is an answer as it came.
type message struct {
	Reply
	finish  openai.FinishReason
	refusal string
}

// answer tells answers from what only looks like one.
func (m message) answer() (Reply, error) {
	switch {
	case m.finish == openai.FinishReasonLength:
		return Reply{}, &Error{Kind: TooLong, Message: "the answer was cut off at the limit of tokens"}
	case m.finish == openai.FinishReasonContentFilter:
		return Reply{}, &Error{Kind: Refused, Message: "the service's content filter stopped the answer"}
	case m.refusal != "":
		return Reply{}, &Error{Kind: Refused, Message: "the model refused to answer"}
	default:
		return m.Reply, nil
	}
}

func (c *Client) send(ctx context.Context, chat openai.ChatCompletionRequest, as manner) (message, error) {
	if as.streams {
		return c.stream(ctx, chat, as)
	}
	response, err := c.openai.CreateChatCompletion(ctx, chat)
	if err != nil {
		return message{}, err
	}
	if len(response.Choices) == 0 {
		return message{}, &Error{Kind: Temporary, Message: "the reply has no choices"}
	}
	first := response.Choices[0]
	m := message{finish: first.FinishReason, refusal: first.Message.Refusal}
	m.Text = first.Message.Content
	m.Usage = Usage{Prompt: response.Usage.PromptTokens, Completion: response.Usage.CompletionTokens}
	return m, nil
}

// stream puts the pieces of a streamed answer together.
func (c *Client) stream(ctx context.Context, chat openai.ChatCompletionRequest, as manner) (message, error) {
	if !as.noStreamOptions {
		chat.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	stream, err := c.openai.CreateChatCompletionStream(ctx, chat)
	if err != nil {
		return message{}, err
	}
	defer stream.Close() // its body is in memory
	var m message
	var text strings.Builder
	pieces := 0
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return message{}, err
		}
		if piece.Usage != nil {
			m.Usage = Usage{Prompt: piece.Usage.PromptTokens, Completion: piece.Usage.CompletionTokens}
		}
		for _, choice := range piece.Choices {
			pieces++
			text.WriteString(choice.Delta.Content)
			m.refusal += choice.Delta.Refusal
			if choice.FinishReason != "" {
				m.finish = choice.FinishReason
			}
		}
	}
	if pieces == 0 {
		return message{}, &Error{Kind: Temporary, Message: "the reply has no choices"}
	}
	m.Text = text.String()
	return m, nil
}
