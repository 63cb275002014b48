package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/sashabaranov/go-openai"
)

// Kind says what became of a call, as far as the caller has to act on it.
type Kind uint8

// The kinds of failures.
const (
	Temporary    Kind = iota // worth another try: 408, 409, 429, 5xx, network, a damaged reply
	KeyRefused               // 401, 403
	UnknownModel             // the service does not have the model, or nothing is at the address
	Quota                    // the account is used up
	BadRequest               // the service refuses the request, and would again
	TooLong                  // prompt or reply are longer than the model takes
	Refused                  // the model or its guard does not want to answer
	OverBudget               // not sent: the budget does not allow the call
)

// Error is a call that brought no reply. Its text holds neither the key nor the
// values of headers.
type Error struct {
	Kind    Kind
	Status  int // HTTP status; 0 when there was none
	Message string
	after   time.Duration // what Retry-After says; 0 when there was none
	param   string        // the parameter that the service does not take
}

// Error returns one line.
func (e *Error) Error() string {
	if e.Status == 0 {
		return e.Message
	}
	return fmt.Sprintf("HTTP %d: %s", e.Status, e.Message)
}

// Final reports whether no later call can fare better: another talk would meet the
// same failure.
func (e *Error) Final() bool {
	switch e.Kind {
	case KeyRefused, UnknownModel, Quota, OverBudget:
		return true
	default:
		return false
	}
}

// Mend tells the user what to do; "" where there is nothing to do.
func (e *Error) Mend() string {
	switch e.Kind {
	case KeyRefused:
		return "check TALKGRAPH_LLM_API_KEY or the file in llm.api_key_file"
	case UnknownModel:
		return "check llm.base_url (most end in /v1) and llm.model"
	case Quota:
		return "the account of the service is used up"
	case BadRequest:
		return "check llm.model and llm.base_url"
	case Temporary:
		return "run the command again; what was answered is kept"
	default:
		return ""
	}
}

// messageLimit bounds what is repeated of a service's message, in characters.
const messageLimit = 200

// describe turns any failure of one call into an *Error; nil for nil. A cancelled
// context of the caller stays what it is.
func (c *Client) describe(ctx context.Context, err error, seen *exchange) error {
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	described := classify(err)
	if described.Status == 0 {
		described.Status = seen.status
	}
	described.after = seen.after
	described.Message = c.clean(described.Message)
	return described
}

func classify(err error) *Error {
	var own *Error
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.As(err, &own):
		copied := *own
		return &copied
	case errors.As(err, &api):
		return fromAPI(api)
	case errors.As(err, &request):
		return &Error{Kind: kindOfStatus(request.HTTPStatusCode), Status: request.HTTPStatusCode, Message: textOf(request.Body)}
	case isValidator(err):
		return &Error{Kind: BadRequest, Message: err.Error(), param: validatorParam(err)}
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Kind: Temporary, Message: "no reply within the time of llm.timeout"}
	default: // the network, or a reply that does not parse
		return &Error{Kind: Temporary, Message: err.Error()}
	}
}

func fromAPI(api *openai.APIError) *Error {
	e := &Error{Kind: kindOfStatus(api.HTTPStatusCode), Status: api.HTTPStatusCode, Message: api.Message}
	code := strings.ToLower(fmt.Sprint(api.Code, " ", api.Type))
	text := strings.ToLower(api.Message)
	switch {
	case strings.Contains(code, "insufficient_quota") || strings.Contains(code, "billing") || api.HTTPStatusCode == http.StatusPaymentRequired:
		e.Kind = Quota
	case strings.Contains(code, "invalid_api_key") || strings.Contains(code, "authentication"):
		e.Kind = KeyRefused
	case strings.Contains(code, "model_not_found") || strings.Contains(code, "deploymentnotfound"):
		e.Kind = UnknownModel
	case strings.Contains(code, "context_length") || strings.Contains(text, "context length") || strings.Contains(text, "maximum context"):
		e.Kind = TooLong
	case strings.Contains(code, "content_filter"):
		e.Kind = Refused
	case strings.Contains(code, "rate_limit") || strings.Contains(code, "server_error") || strings.Contains(code, "overloaded"):
		e.Kind = Temporary
	}
	if e.Kind == BadRequest {
		if api.Param != nil {
			e.param = *api.Param
		}
		e.param = paramOf(e.param + " " + text)
	}
	return e
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
	for _, param := range []string{paramFormat, "json_schema", "structured output", "json_object", "stream_options", paramSeed,
		paramTemperature, paramMaxTokens, paramStream} {
		if !strings.Contains(text, param) {
			continue
		}
		switch param {
		case "json_schema", "structured output", "json_object":
			return paramFormat
		case "stream_options":
			return paramStreamOptions
		}
		return param
	}
	return ""
}

// isValidator holds for requests that go-openai itself refuses for some models.
func isValidator(err error) bool { return validatorParam(err) != "" }

func validatorParam(err error) string {
	switch {
	case errors.Is(err, openai.ErrReasoningModelMaxTokensDeprecated):
		return paramMaxTokens
	case errors.Is(err, openai.ErrReasoningModelLimitationsOther), errors.Is(err, openai.ErrReasoningSamplingUnsupported):
		return paramTemperature
	default:
		return ""
	}
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

// clean bounds a message, keeps it on one line and takes every secret out of it.
func (c *Client) clean(message string) string {
	for _, secret := range c.secrets {
		message = strings.ReplaceAll(message, secret, "***")
	}
	message = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(message, " "))
	if runes := []rune(message); len(runes) > messageLimit {
		message = string(runes[:messageLimit]) + "…"
	}
	return strings.Join(strings.Fields(message), " ")
}
