package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// limits bound what one connection may take.
type limits struct {
	header, read, write, idle time.Duration
	headerBytes               int
	end                       time.Duration // for requests that run when the program ends
}

func usualLimits() limits {
	return limits{header: 5 * time.Second, read: 15 * time.Second, write: heavyTimeout + 30*time.Second,
		idle: 60 * time.Second, headerBytes: 16 << 10, end: 5 * time.Second}
}

// Serve answers on the listener until ctx ends; then the requests that run are
// given a few seconds. It returns nil when it ended because ctx did.
func (e *Explorer) Serve(ctx context.Context, listener net.Listener) error {
	return e.serve(ctx, listener, usualLimits())
}

func (e *Explorer) serve(ctx context.Context, listener net.Listener, l limits) error {
	server := &http.Server{
		Handler:           e.Handler(),
		ReadHeaderTimeout: l.header,
		ReadTimeout:       l.read,
		WriteTimeout:      l.write,
		IdleTimeout:       l.idle,
		MaxHeaderBytes:    l.headerBytes,
		ErrorLog:          slog.NewLogLogger(e.options.Log.Handler(), slog.LevelWarn),
	}
	// The graph is read before anybody asks for it. If that fails, the first request
	// tries again and tells.
	go func() { _, _ = e.views.get(ctx) }()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.end)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-ended
	return err
}
