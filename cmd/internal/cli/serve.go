package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"talkgraph/config"
	"talkgraph/graph/ask"
	"talkgraph/graph/store"
	"talkgraph/render/layout"
	"talkgraph/render/web"
)

// newServe is the command serve.
func newServe(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve [PATH…]",
		Short: "Show the graph in a browser",
		Long: "Shows the graph, its maps and its evidence in a browser, and answers questions. It\n" +
			"works without the internet, only reads unless --edit is given, and is reached from\n" +
			"this machine alone unless --addr says otherwise. When the notes are named, each\n" +
			"quote is shown with the lines around it." + statusHelp,
		Example: "  talkgraph serve --open notes/\n  talkgraph serve --edit\n  talkgraph serve --addr 0.0.0.0:8080 --token-file token.txt",
		GroupID: groupUse,
		Args:    needs(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, err := p.settings(cmd)
			if err != nil {
				return err
			}
			return runServe(cmd.Context(), p, settings, args)
		},
	}
	config.AddFlags(cmd.Flags(), "serve.addr", "serve.open", "serve.edit", "serve.token_file", "serve.hosts", "serve.log",
		"corrections", "lexicon", "ask.limit", "ask.about_only", "map.timeout")
	return cmd
}

func runServe(ctx context.Context, p *program, settings *config.Config, paths []string) error {
	options := web.Options{
		Ask:    ask.Options{Limit: settings.Ask.Limit, AboutOnly: settings.Ask.AboutOnly},
		Layout: layout.Options{Timeout: settings.Map.Timeout},
		Beyond: !onlyHere(settings.Serve.Addr),
		Hosts:  settings.Serve.Hosts,
		Log:    p.serveLog(settings),
	}
	var err error
	if options.Token, err = readToken(settings, options.Beyond); err != nil {
		return err
	}
	if settings.Store == store.Memory {
		return wrongUse("--store memory: holds nothing that could be served", "name a store that talkgraph build has made")
	}
	opened, err := store.Open(ctx, settings.Store, store.Options{ReadOnly: true})
	if err != nil {
		return storeError(settings.Store, err)
	}
	defer opened.Close() // only read
	options.Source = &storeSource{name: settings.Store, store: opened}
	if len(paths) > 0 {
		sources, err := p.sources(paths)
		if err != nil {
			return err
		}
		options.Passages = newNotesAtHand(sources)
	}
	if settings.Serve.Edit {
		options.Curator = newCurator(p, settings)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", settings.Serve.Addr)
	if err != nil {
		return listenError(settings.Serve.Addr, err)
	}
	address := "http://" + shownAddress(listener.Addr()) + "/"
	if err := p.announce(settings, address); err != nil {
		return errors.Join(err, listener.Close())
	}
	if settings.Serve.Open {
		openBrowser(ctx, options.Log, address)
	}
	return web.New(options).Serve(ctx, listener)
}

// announce writes where the page is, for a person or a program.
func (p *program) announce(settings *config.Config, address string) error {
	if settings.JSON {
		return p.writeJSON(map[string]any{"url": address, "edit": settings.Serve.Edit, "token": settings.Serve.TokenFile != ""})
	}
	how := "Ctrl+C ends it"
	if settings.Serve.Edit {
		path, _ := settings.CorrectionsFile()
		how = "decisions go into " + path + "; " + how
	}
	_, err := fmt.Fprintf(p.stdout, "%s (%s)\n", address, how)
	return err
}

// serveLog logs to stderr: as lines for a person, or as JSON.
func (p *program) serveLog(settings *config.Config) *slog.Logger {
	level := slog.LevelWarn
	if settings.Serve.Log == "requests" {
		level = slog.LevelInfo
	}
	if settings.JSON {
		return slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level}))
}

// onlyHere reports whether an address is reached from this machine alone.
func onlyHere(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	parsed, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && parsed.Unmap().IsLoopback()
}

// tokenLeast is the fewest characters of a token, so that it cannot be guessed.
const tokenLeast = 16

// readToken reads the token; without a file there is none, which is only allowed
// where nobody else can ask.
func readToken(settings *config.Config, beyond bool) (string, error) {
	name := settings.Serve.TokenFile
	if name == "" {
		if beyond {
			return "", wrongUse("--addr "+settings.Serve.Addr+": other machines can reach it, so a token is needed",
				"put a long random word into a file and name it with --token-file FILE")
		}
		return "", nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", badInput(fmt.Sprintf("%s: cannot be read: %v", name, bare(err)), "name the file with --token-file FILE")
	}
	token := strings.TrimSpace(string(data))
	if utf8.RuneCountInString(token) < tokenLeast || strings.ContainsAny(token, " \t\r\n") {
		return "", badInput(name+": holds no good token", fmt.Sprintf("put one word of at least %d characters into it", tokenLeast))
	}
	return token, nil
}

func listenError(address string, err error) error {
	var wrong *net.AddrError
	var unknown *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return outside("--addr "+address+": is in use by another program", "choose another port, or 0 for any, with --addr 127.0.0.1:0")
	case errors.Is(err, fs.ErrPermission):
		return outside("--addr "+address+": is not allowed", "choose a port above 1023")
	case errors.As(err, &wrong), errors.As(err, &unknown):
		return wrongUse("--addr "+address+": is no address", "write it as 127.0.0.1:8080")
	default:
		return outside(fmt.Sprintf("--addr %s: %v", address, err), "choose another with --addr")
	}
}

// shownAddress is where a browser on this machine reaches the listener.
func shownAddress(address net.Addr) string {
	port, ok := netip.ParseAddrPort(address.String())
	if ok == nil && port.Addr().IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", port.Port())
	}
	return address.String()
}

// openBrowser starts the user's browser. That it cannot is only worth a warning:
// the address is on the screen.
func openBrowser(ctx context.Context, log *slog.Logger, address string) {
	var command *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		command = exec.CommandContext(context.WithoutCancel(ctx), "open", address)
	case "windows":
		command = exec.CommandContext(context.WithoutCancel(ctx), "rundll32", "url.dll,FileProtocolHandler", address)
	default:
		command = exec.CommandContext(context.WithoutCancel(ctx), "xdg-open", address)
	}
	if err := command.Start(); err != nil {
		log.WarnContext(ctx, "no browser could be opened", "address", address, "error", err)
		return
	}
	go func() { _ = command.Wait() }() // so that no zombie stays
}
