package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"talkgraph/graph"
)

// problem is an error as clients get it, after RFC 9457.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Mend   string `json:"mend,omitempty"` // what to do
}

// Error returns one line.
func (p problem) Error() string { return p.Title }

func badRequest(title, mend string) error {
	return problem{Status: http.StatusBadRequest, Title: title, Mend: mend}
}

// fail writes a problem.
func fail(w http.ResponseWriter, p problem) {
	p.Type = "about:blank"
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte("{}") // strings and a number always encode
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the client is gone if this fails
}

// problemOf words an error for a client. What went wrong inside is only logged.
func problemOf(err error) problem {
	var own problem
	var refusal *Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &refusal):
		return problem{Status: http.StatusConflict, Title: refusal.Message, Mend: refusal.Mend}
	case errors.As(err, &tooLarge):
		return problem{Status: http.StatusRequestEntityTooLarge, Title: "the request is too large"}
	case errors.Is(err, graph.ErrNotFound):
		return problem{Status: http.StatusNotFound, Title: "there is no such entity"}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return problem{Status: http.StatusServiceUnavailable, Title: "it took too long", Mend: "ask for less: a smaller depth or limit"}
	default:
		return problem{Status: http.StatusInternalServerError, Title: "the request could not be answered", Mend: "the log of the server tells more"}
	}
}

// answer is what a handler returns.
type answer struct {
	mime     string
	body     []byte
	filename string // offered for saving; empty to show it
}

func jsonAnswer(value any) (answer, error) {
	body, err := json.Marshal(value)
	return answer{mime: "application/json", body: append(body, '\n')}, err
}

// smallest body worth compressing, in bytes.
const compressFrom = 1 << 10

// send writes an answer, compressed where the client can read that.
func send(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	h.Set("Content-Type", a.mime)
	if a.filename != "" {
		h.Set("Content-Disposition", `attachment; filename="`+a.filename+`"`)
	}
	body := a.body
	if len(body) >= compressFrom && acceptsGzip(r) {
		var b bytes.Buffer
		compressor, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		if err == nil {
			_, _ = compressor.Write(body) // a buffer does not fail
			_ = compressor.Close()
			h.Set("Content-Encoding", "gzip")
			body = b.Bytes()
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client is gone if this fails
	}
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" is a refusal.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			value, found := strings.CutPrefix(strings.TrimSpace(quality), "q=")
			weight, err := strconv.ParseFloat(value, 64)
			return !found || err != nil || weight > 0
		}
	}
	return false
}

// tag is the entity tag of an answer: the same question to the same state of the
// graph has the same answer, and so is not even worked out again.
func (e *Explorer) tag(version string, r *http.Request) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.salt, version, r.URL.Path, r.URL.RawQuery}, "\x00")))
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// unchanged sets the tag and answers 304 when the client has this answer already.
func unchanged(w http.ResponseWriter, r *http.Request, tag string) bool {
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept-Encoding")
	h.Add("Vary", "Cookie, Authorization")
	for known := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if known = strings.TrimSpace(known); known == tag || known == "*" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
