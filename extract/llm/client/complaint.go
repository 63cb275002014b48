package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// complaint is what a service says is wrong, in whatever form it says it.
type complaint struct {
	status        int    // HTTP status; 0 when the error came with a status of success
	code, message string // code holds all short names that the service gives
	param         string // the parameter that it names, "" for none
}

// complaintOf takes an error that go-openai has read.
func complaintOf(api *openai.APIError) complaint {
	c := complaint{status: api.HTTPStatusCode, code: fmt.Sprint(api.Code, " ", api.Type), message: api.Message}
	if api.Param != nil {
		c.param = *api.Param
	}
	return c
}

// complaintIn reads the body of a failure that has not OpenAI's form: a flat object,
// as older versions of vLLM send it, a single text, or a page of a proxy.
func complaintIn(status int, body []byte) complaint {
	var flat struct {
		Message string `json:"message"`
		Type    string `json:"type"`
		Code    any    `json:"code"`
		Param   any    `json:"param"`
	}
	c := complaint{status: status, message: textOf(body)}
	if json.Unmarshal(body, &flat) == nil {
		c.code = fmt.Sprint(flat.Code, " ", flat.Type)
		c.param, _ = flat.Param.(string)
	}
	return c
}

// failure says what the complaint means for the caller.
func (c complaint) failure() *Error {
	e := &Error{Kind: c.kind(), Status: c.status, Message: c.message}
	switch e.Kind {
	case BadRequest:
		e.param = paramOf(strings.ToLower(c.param + " " + c.message))
	case TooLong:
		if namesAnswer(c.message) {
			e.param = paramLimit
		}
	}
	return e
}

// kinds of complaints by words of their codes, then by words of their messages. Codes
// differ from service to service, and some services have none.
func (c complaint) kind() Kind {
	code, text := strings.ToLower(c.code), strings.ToLower(c.message)
	switch {
	case holds(code, "insufficient_quota", "billing", "arrearage") || c.status == http.StatusPaymentRequired:
		return Quota
	case holds(code, "invalid_api_key", "authentication"):
		return KeyRefused
	case holds(code, "model_not_found", "deploymentnotfound"):
		return UnknownModel
	case holds(code, "content_filter", "data_inspection"):
		return Refused
	case holds(code, "rate_limit", "server_error", "overloaded"):
		return Temporary
	}
	kind := kindOfStatus(c.status)
	if kind != BadRequest && c.status != 0 {
		return kind
	}
	switch {
	case holds(code, "context_length", "exceed_context") ||
		holds(text, "context length", "maximum context", "context size", "context window", "prompt is too long", "input length", "max_new_tokens` must be"):
		return TooLong
	case holds(text, "content exists risk", "inappropriate content", "content management policy"):
		return Refused
	}
	return kind
}

// namesAnswer reports whether a complaint about length counts the answer in, so that
// a smaller limit of the answer may be all that is needed.
func namesAnswer(message string) bool {
	return holds(strings.ToLower(message), "max_tokens", "max_completion_tokens", "max_new_tokens", "in the completion", "output tokens")
}

func kindOfStatus(status int) Kind {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return KeyRefused
	case status == http.StatusPaymentRequired:
		return Quota
	case status == http.StatusNotFound:
		return UnknownModel
	case status == http.StatusRequestEntityTooLarge:
		return TooLong
	case status == http.StatusRequestTimeout || status == http.StatusConflict || status == http.StatusTooManyRequests:
		return Temporary
	case status >= 300 && status < 500:
		return BadRequest
	default:
		return Temporary
	}
}

// paramOf finds the parameter that a message complains of; the first that the list
// has, since a message on one names others it may be replaced by.
func paramOf(text string) string {
	for _, known := range []struct{ word, param string }{
		{paramFormat, paramFormat}, {"json_schema", paramFormat}, {"structured output", paramFormat}, {"json_object", paramFormat},
		{"stream_options", paramStreamOptions}, {paramSeed, paramSeed}, {paramTemperature, paramTemperature},
		{paramMaxTokens, paramMaxTokens}, {"max_completion_tokens", paramLimit}, {paramStream, paramStream},
	} {
		if !strings.Contains(text, known.word) {
			continue
		}
		if known.param == paramMaxTokens && holds(text, "too large", "range", "at most", "less than", "exceed") {
			return paramLimit
		}
		return known.param
	}
	return ""
}

func holds(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// textOf takes what a person can read from the body of an error: the message where
// it is JSON of an unusual form, a note where it is a page.
func textOf(body []byte) string {
	var object struct {
		Message string `json:"message"`
		Error   any    `json:"error"`
		Detail  any    `json:"detail"`
	}
	if json.Unmarshal(body, &object) == nil {
		for _, said := range []any{object.Message, object.Error, object.Detail} {
			if text, ok := said.(string); ok && text != "" {
				return text
			}
		}
	}
	text := strings.TrimSpace(string(body))
	switch {
	case text == "":
		return "an empty reply"
	case strings.HasPrefix(text, "<"):
		return "the reply is a web page, not the service's"
	default:
		return text
	}
}
