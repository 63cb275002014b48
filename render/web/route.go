package web

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"
)

// Limits of requests.
const (
	urlLength    = 8 << 10          // bytes of path and query
	lightTimeout = 10 * time.Second // of what is read from memory
	heavyTimeout = 60 * time.Second // of drawings and exports
	heavyLimit   = 2                // drawings and exports at a time
	askingLimit  = 4                // questions at a time: a misspelt one reads all names
)

// query answers a request from a view.
type query func(ctx context.Context, v *view, r *http.Request) (answer, error)

// Handler is the whole explorer as an HTTP handler.
func (e *Explorer) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, q := range map[string]query{
		"/api/overview":  e.getOverview,
		"/api/graph":     e.getGraph,
		"/api/search":    e.getSearch,
		"/api/node/{id}": e.getNode, // an ID has a slash, sent as it is or as %2F
		"/api/path":      e.getPath,
		"/api/passage":   e.getPassage,
	} {
		mux.Handle("GET "+pattern, e.light(q))
		if pattern == "/api/node/{id}" {
			mux.Handle("GET /api/node/{type}/{id...}", e.light(q))
		}
	}
	mux.Handle("GET /api/ask", e.light(inTurn(e.asking, e.getAsk)))
	mux.Handle("GET /api/map.svg", e.expensive(e.getMap))
	mux.Handle("GET /api/export/{format}", e.expensive(e.getExport))
	mux.HandleFunc("POST /api/corrections", e.correct)
	mux.HandleFunc("POST /api/corrections/undo", e.undo)
	mux.HandleFunc("GET /healthz", e.health)
	mux.HandleFunc("POST /login", e.login)
	mux.HandleFunc("GET /{$}", e.page)
	mux.HandleFunc("GET /assets/{name}", e.asset)
	mux.HandleFunc("/", notThere)
	return e.logged(e.bounded(e.guard.wrap(mux)))
}

// notThere answers what no other handler does.
func notThere(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		fail(w, problem{Status: http.StatusMethodNotAllowed, Title: "this cannot be done here"})
		return
	}
	fail(w, problem{Status: http.StatusNotFound, Title: "there is nothing at this address"})
}

// light answers from memory.
func (e *Explorer) light(q query) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), lightTimeout)
		defer cancel()
		e.answer(ctx, w, r, q)
	})
}

// expensive answers a few at a time, and takes longer.
func (e *Explorer) expensive(q query) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), heavyTimeout)
		defer cancel()
		e.answer(ctx, w, r, inTurn(e.heavy, q))
	})
}

// inTurn answers as many requests at a time as there are places; the others wait,
// or give up.
func inTurn(places chan struct{}, q query) query {
	return func(ctx context.Context, v *view, r *http.Request) (answer, error) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			return q(ctx, v, r)
		case <-ctx.Done():
			return answer{}, problem{Status: http.StatusServiceUnavailable, Title: "too much is asked at the moment", Mend: "try again in a while"}
		}
	}
}

func (e *Explorer) answer(ctx context.Context, w http.ResponseWriter, r *http.Request, q query) {
	v, err := e.views.get(ctx)
	if err != nil {
		e.failed(w, r, err)
		return
	}
	tag := e.tag(v.version, r)
	if unchanged(w, r, tag) {
		return
	}
	a, err := q(ctx, v, r)
	if err != nil {
		w.Header().Del("ETag")
		e.failed(w, r, err)
		return
	}
	send(w, r, a)
}

func (e *Explorer) failed(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		e.options.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "error", err)
	}
	fail(w, p)
}

// bounded refuses addresses of a size that no question has.
func (e *Explorer) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.Path)+len(r.URL.RawQuery) > urlLength {
			fail(w, problem{Status: http.StatusRequestURITooLong, Title: "the address is too long"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// logged writes one line for each request, without what was asked: questions are
// nobody else's business. A panic ends its request only.
func (e *Explorer) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if caught := recover(); caught != nil {
				e.options.Log.ErrorContext(r.Context(), "panic", "path", r.URL.Path, "error", fmt.Sprint(caught), "stack", string(debug.Stack()))
				if !seen.begun {
					fail(seen, problem{Status: http.StatusInternalServerError, Title: "the request could not be answered"})
				}
			}
			e.options.Log.InfoContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path, "status", seen.status,
				"bytes", seen.bytes, "duration", time.Since(begin).Round(time.Microsecond))
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusWriter remembers what was answered.
type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int
	begun  bool
}

// WriteHeader notes the status.
func (w *statusWriter) WriteHeader(status int) {
	w.status, w.begun = status, true
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *statusWriter) Write(data []byte) (int, error) {
	w.begun = true
	n, err := w.ResponseWriter.Write(data)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (e *Explorer) health(w http.ResponseWriter, r *http.Request) {
	if _, err := e.views.get(r.Context()); err != nil {
		e.failed(w, r, problem{Status: http.StatusServiceUnavailable, Title: "the graph cannot be read"})
		return
	}
	send(w, r, answer{mime: "application/json", body: []byte("{\"status\":\"ok\"}\n")})
}
