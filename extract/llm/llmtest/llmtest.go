// Package llmtest is a service that speaks OpenAI's protocol of chats and can be
// made to fail in every way that real ones do. It is for tests alone.
//
// The package must not know what is asked: a test says how each call is answered.
package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Call is a request as the service got it.
type Call struct {
	Path    string
	Query   string
	Header  http.Header
	Body    map[string]any
	System  string // first message
	User    string // second message
	Answers int    // messages after the second: a repair
}

// Has reports whether a parameter was sent.
func (c Call) Has(parameter string) bool {
	_, sent := c.Body[parameter]
	return sent
}

// Form is the form of answers that was asked for, "" for none.
func (c Call) Form() string {
	format, _ := c.Body["response_format"].(map[string]any)
	name, _ := format["type"].(string)
	return name
}

// Handler answers a call; number counts from 1.
type Handler func(w http.ResponseWriter, c Call, number int)

// Server is a running service.
type Server struct {
	URL string // base URL, ending in /v1

	mu    sync.Mutex
	calls []Call
}

// Start runs a service until the test ends.
func Start(t testing.TB, handle Handler) *Server {
	t.Helper()
	s := &Server{}
	running := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := read(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.mu.Lock()
		s.calls = append(s.calls, c)
		number := len(s.calls)
		s.mu.Unlock()
		handle(w, c, number)
	}))
	t.Cleanup(running.Close)
	s.URL = running.URL + "/v1"
	return s
}

// Calls returns the calls up to now.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

func read(r *http.Request) (Call, error) {
	c := Call{Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone()}
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(data, &c.Body); err != nil {
		return c, err
	}
	messages, _ := c.Body["messages"].([]any)
	for i, m := range messages {
		message, _ := m.(map[string]any)
		text, _ := message["content"].(string)
		switch i {
		case 0:
			c.System = text
		case 1:
			c.User = text
		default:
			c.Answers++
		}
	}
	return c, nil
}

// Answer writes a whole reply with this text.
func Answer(w http.ResponseWriter, text string) { Finish(w, text, "stop") }

// Finish writes a whole reply that ended for some reason.
func Finish(w http.ResponseWriter, text, reason string) {
	JSON(w, http.StatusOK, map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
		"choices": []any{map[string]any{"index": 0, "message": map[string]any{"role": "assistant", "content": text}, "finish_reason": reason}},
		"usage":   map[string]any{"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
	})
}

// Fail writes an error as OpenAI does.
func Fail(w http.ResponseWriter, status int, code, message string) {
	JSON(w, status, map[string]any{"error": map[string]any{"message": message, "type": "invalid_request_error", "code": code, "param": nil}})
}

// JSON writes any value.
func JSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // the client may have gone
}

// Stream writes a text as a stream of pieces of some bytes.
func Stream(w http.ResponseWriter, text string, size int) {
	w.Header().Set("Content-Type", "text/event-stream")
	for len(text) > 0 {
		part := text[:min(size, len(text))]
		text = text[len(part):]
		piece(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": part}}}})
	}
	piece(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": "stop"}}})
	piece(w, map[string]any{"choices": []any{}, "usage": map[string]any{"prompt_tokens": 100, "completion_tokens": 50}})
	fmt.Fprint(w, "data: [DONE]\n\n")
}

func piece(w http.ResponseWriter, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		panic("llmtest: " + err.Error()) // maps and strings always encode
	}
	fmt.Fprintf(w, "data: %s\n\n", data)
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}
