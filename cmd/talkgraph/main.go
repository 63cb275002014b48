// Talkgraph turns notes of talks into a knowledge graph that can be asked, drawn
// and exported; every edge shows the lines of the notes it stands on.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"talkgraph/cmd/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
