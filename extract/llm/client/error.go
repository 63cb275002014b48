package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
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
	Refused                  // the model or its guard does not want to answer, or not in bounds
	OverBudget               // not sent: the budget does not allow the call
	Unreachable              // no connection comes about
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
	case KeyRefused, UnknownModel, Quota, OverBudget, Unreachable:
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
	case Unreachable:
		return "check llm.base_url and llm.proxy, and that the service runs"
	case OverBudget:
		return "raise the limit to go on; what was answered is kept"
	case Temporary:
		return "try again later; what was answered is kept"
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
	if described.after > longestWait {
		described.Message += fmt.Sprintf(" (it asks to wait %s)", described.after.Round(time.Second))
	}
	if described.Kind == KeyRefused && c.options.Key == "" {
		described.Message += " (no key was sent)"
	}
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
	case errors.As(err, &request): // it may hold an empty APIError
		return complaintIn(request.HTTPStatusCode, request.Body).failure()
	case errors.As(err, &api):
		return complaintOf(api).failure()
	case isValidator(err):
		return &Error{Kind: BadRequest, Message: err.Error(), param: validatorParam(err)}
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Kind: Temporary, Message: "no reply within llm.timeout"}
	default:
		return unconnected(err)
	}
}

// unconnected words failures of the network, and replies that do not parse. Where no
// connection came about, it is the address that is wrong, or nothing listens there.
func unconnected(err error) *Error {
	var dial *net.OpError
	var host *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &dial) && dial.Op == "proxyconnect":
		return &Error{Kind: Unreachable, Message: "the proxy does not answer: " + dial.Err.Error()}
	case errors.As(err, &host):
		return &Error{Kind: Unreachable, Message: "the host " + host.Name + " is not found"}
	case errors.As(err, &certificate):
		return &Error{Kind: Unreachable, Message: "the certificate of the service is not trusted: " + certificate.Err.Error()}
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return &Error{Kind: Unreachable, Message: "the service does not speak https"}
	case errors.As(err, &dial) && dial.Op == "dial":
		return &Error{Kind: Unreachable, Message: "no connection: " + dial.Err.Error()}
	default:
		return &Error{Kind: Temporary, Message: err.Error()}
	}
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
