package llm

import (
	"context"
	"time"

	"talkgraph/extract/llm/client"
	"talkgraph/extract/llm/proof"
)

// Ping is what a trial call has shown.
type Ping struct {
	Form     client.Form // how structured answers can be had
	Readable bool        // whether the answer had the form asked for
	Took     time.Duration
}

// TryService makes one small call, and as many again as the service's complaints
// ask for.
func TryService(ctx context.Context, o client.Options) (Ping, error) {
	o.Tries = 1
	c, err := client.New(o)
	if err != nil {
		return Ping{}, err
	}
	system, err := readPrompt("", promptEnglish)
	if err != nil {
		return Ping{}, err
	}
	began := time.Now()
	reply, err := c.Complete(ctx, request(system, "<notes>\nL1| Ada Lovelace, Analytical Society: On engines\n</notes>\n", 40))
	if err != nil {
		return Ping{}, err
	}
	_, unreadable := proof.Parse(reply.Text)
	return Ping{Form: c.Form(), Readable: unreadable == nil, Took: time.Since(began)}, nil
}
