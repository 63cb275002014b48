package cayleystore

import (
	"errors"
	"net/url"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/clog"
)

// address is the URL of a database, taken apart.
type address struct {
	dialect dialect
	url     *url.URL
	shown   string   // the URL as messages may show it
	source  string   // the address as the driver wants it
	secrets []string // what messages must not show
}

// parseAddress reads the URL of a database.
func parseAddress(text string) (address, error) {
	parsed, err := url.Parse(text)
	if err != nil {
		// What the parser says holds the text.
		return address{}, errors.New("open " + ShownName(text) + ": the address cannot be read; it looks like postgres://user:password@host/database, with %40 for @ in a password")
	}
	a := address{url: parsed, shown: ShownName(text)}
	a.secrets = secretsOf(parsed)
	if a.dialect, err = dialectOf(parsed.Scheme); err != nil {
		return address{}, err
	}
	if strings.Trim(parsed.Path, "/") == "" {
		return address{}, errors.New("open " + a.shown + ": no database named; it looks like " + parsed.Scheme + "://user@host/database")
	}
	if a.source, err = a.dialect.source(parsed); err != nil {
		return address{}, a.hide(err)
	}
	return a, nil
}

// secretsOf returns the password of an address in all its spellings.
func secretsOf(parsed *url.URL) []string {
	var secrets []string
	password, _ := parsed.User.Password()
	for _, secret := range []string{password, parsed.Query().Get("password"), parsed.Query().Get("sslpassword")} {
		if secret != "" {
			secrets = append(secrets, secret, url.QueryEscape(secret), url.PathEscape(secret))
		}
	}
	return secrets
}

// ShownName returns the name of a store without the password and the parameters that
// a URL may hold.
func ShownName(name string) string {
	scheme, _, isURL := strings.Cut(name, "://")
	if !isURL {
		return name
	}
	parsed, err := url.Parse(name)
	if err != nil {
		return scheme + "://…"
	}
	shown := url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: parsed.Path}
	if user := parsed.User.Username(); user != "" {
		shown.User = url.User(user)
	}
	return shown.String()
}

// hidden is an error without the secrets of an address.
type hidden struct {
	cause   error
	secrets []string
}

// hide keeps the secrets of the address out of the text of an error.
func (a address) hide(err error) error {
	if err == nil || len(a.secrets) == 0 {
		return err
	}
	return hidden{err, a.secrets}
}

// Error returns the text with stars for the secrets.
func (h hidden) Error() string {
	text := h.cause.Error()
	for _, secret := range h.secrets {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}

// Unwrap returns the error itself.
func (h hidden) Unwrap() error { return h.cause }

// silenceCayley keeps Cayley from writing to the terminal: it logs addresses with
// their passwords. What goes wrong it returns as well.
var silenceCayley = sync.OnceFunc(func() { clog.SetLogger(nil) })
