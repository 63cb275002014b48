package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"
)

// bodyLimit bounds a reply, in bytes; the longest honest one has some 100 kB.
const bodyLimit = 8 << 20

// exchange is what the transport sees of a call and go-openai does not pass on.
type exchange struct {
	status int
	after  time.Duration
}

type exchangeKey struct{}

// errStreams is the reply of a server that streams whatever it was asked.
var errStreams = errors.New("the server only streams")

// transport is the HTTP client below go-openai. It reads every reply to its end
// within bounds, remembers Retry-After, and finds the errors that come with a
// status of success.
type transport struct {
	client  *http.Client
	headers http.Header
}

func newTransport(o Options) (*transport, error) {
	proxy := http.ProxyFromEnvironment
	if o.Proxy != "" {
		address, err := url.Parse(o.Proxy)
		if err != nil || address.Host == "" {
			return nil, errors.New("llm.proxy is not a URL; write it as http://host:port")
		}
		proxy = http.ProxyURL(address)
	}
	return &transport{headers: o.Headers, client: &http.Client{
		Transport: &http.Transport{Proxy: proxy, MaxIdleConnsPerHost: 256, IdleConnTimeout: 90 * time.Second,
			ForceAttemptHTTP2: true, TLSHandshakeTimeout: 15 * time.Second, MaxResponseHeaderBytes: 1 << 20},
		CheckRedirect: stayAtHost,
	}}, nil
}

// stayAtHost keeps keys and notes from being sent to where a redirect points.
func stayAtHost(request *http.Request, via []*http.Request) error {
	if len(via) > 3 || request.URL.Host != via[0].URL.Host || request.URL.Scheme != via[0].URL.Scheme {
		return &Error{Kind: UnknownModel, Message: "the service redirects to another address"}
	}
	return nil
}

// Do sends a request and returns the reply with its body in memory.
func (t *transport) Do(request *http.Request) (*http.Response, error) {
	for name, values := range t.headers {
		request.Header[name] = values
	}
	response, err := t.client.Do(request)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer response.Body.Close()
	if seen, ok := request.Context().Value(exchangeKey{}).(*exchange); ok {
		seen.status, seen.after = response.StatusCode, retryAfter(response.Header, time.Now())
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit+1))
	if err != nil {
		return nil, fmt.Errorf("the reply broke off: %w", err)
	}
	if len(body) > bodyLimit {
		return nil, &Error{Kind: Refused, Message: fmt.Sprintf("the reply is larger than %d MB", bodyLimit>>20)}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	if response.StatusCode >= 300 {
		return response, nil
	}
	return response, inspect(body, request.Header.Get("Accept") == "text/event-stream")
}

// withoutAddress leaves the address out of a failure, which may hold a password.
func withoutAddress(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// inspect looks into a reply that came with a status of success.
func inspect(body []byte, streamed bool) error {
	text := bytes.TrimSpace(body)
	switch {
	case len(text) == 0:
		return &Error{Kind: Temporary, Message: "an empty reply"}
	case !utf8.Valid(text):
		return &Error{Kind: Temporary, Message: "the reply is not UTF-8"}
	case !streamed && (bytes.HasPrefix(text, []byte("data:")) || bytes.HasPrefix(text, []byte("event:"))):
		return errStreams
	case streamed && text[0] != '{':
		return nil
	case text[0] != '{':
		return &Error{Kind: Temporary, Message: textOf(text)}
	}
	var said struct {
		Error json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return &Error{Kind: Temporary, Message: "the reply is damaged: " + err.Error()}
	}
	if len(said.Error) == 0 || string(said.Error) == "null" {
		return nil
	}
	api := &openai.APIError{}
	if json.Unmarshal(said.Error, api) != nil {
		return &Error{Kind: Temporary, Message: textOf(body)}
	}
	if code, ok := api.Code.(int); ok && code >= 400 {
		api.HTTPStatusCode = code
	}
	return api
}

// retryAfter reads how long the service asks to wait: seconds, or a time. Azure
// and OpenAI also give milliseconds.
func retryAfter(header http.Header, now time.Time) time.Duration {
	if value := header.Get("Retry-After-Ms"); value != "" {
		if n, err := strconv.ParseFloat(value, 64); err == nil && n > 0 {
			return time.Duration(n * float64(time.Millisecond))
		}
	}
	value := strings.TrimSpace(header.Get("Retry-After"))
	if n, err := strconv.ParseFloat(value, 64); err == nil && n > 0 && n < 1e9 {
		return time.Duration(n * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// watched adds the place for what the transport sees to a context.
func watched(ctx context.Context) (context.Context, *exchange) {
	seen := &exchange{}
	return context.WithValue(ctx, exchangeKey{}, seen), seen
}
