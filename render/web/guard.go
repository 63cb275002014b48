package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// cookieName is the cookie that a browser gets for the right token.
const cookieName = "talkgraph"

// pagePolicy lets the page load its own script and style and talk to its own
// server, and nothing else.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// filePolicy is for what is not a page: an SVG opened alone may use its own style.
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox"

// guard decides who may ask.
type guard struct {
	token  string
	hosts  []string
	beyond bool
	cross  *http.CrossOriginProtection
}

func newGuard(options Options) *guard {
	g := &guard{token: options.Token, beyond: options.Beyond, cross: http.NewCrossOriginProtection()}
	for _, host := range options.Hosts {
		g.hosts = append(g.hosts, strings.ToLower(host))
	}
	return g
}

// wrap checks each request before next sees it.
func (g *guard) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		securityHeaders(w.Header())
		switch {
		case !g.hostAllowed(r.Host):
			fail(w, problem{Status: http.StatusMisdirectedRequest, Title: "this server has no such host name",
				Mend: "open it by its address, or name the host with --host"})
		case !g.sameOrigin(r) || g.cross.Check(r) != nil:
			fail(w, problem{Status: http.StatusForbidden, Title: "the request comes from another site"})
		case r.URL.Path != "/login" && r.URL.Path != "/healthz" && !g.knows(r):
			g.askForToken(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", filePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// hostAllowed keeps out names that somebody else has pointed at this machine (DNS
// rebinding). An address is no name, and so is safe where others may ask at all.
func (g *guard) hostAllowed(host string) bool {
	name := strings.ToLower(hostName(host))
	if name == "localhost" || slices.Contains(g.hosts, name) {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && (address.Unmap().IsLoopback() || g.beyond)
}

// hostName is a host without its port and brackets.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// sameOrigin refuses requests that a page of another site makes: browsers say
// whose page it is in Origin.
func (g *guard) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	parsed, err := url.Parse(origin)
	return err == nil && strings.EqualFold(parsed.Host, r.Host)
}

// knows reports whether the request shows the token, if one is wanted. The
// comparison takes the same time whatever is shown.
func (g *guard) knows(r *http.Request) bool {
	if g.token == "" {
		return true
	}
	if shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return g.same(shown)
	}
	cookie, err := r.Cookie(cookieName)
	return err == nil && hmac.Equal([]byte(cookie.Value), []byte(g.pass()))
}

// same compares by hash, so that not even the length of the token is told.
func (g *guard) same(shown string) bool {
	want, got := sha256.Sum256([]byte(g.token)), sha256.Sum256([]byte(shown))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

// pass is what the cookie holds instead of the token itself.
func (g *guard) pass() string {
	mac := hmac.New(sha256.New, []byte(g.token))
	mac.Write([]byte("talkgraph explorer")) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// askForToken answers a request without the token: a browser gets a form.
func (g *guard) askForToken(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && r.URL.Path == "/" {
		showLogin(w, http.StatusUnauthorized)
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="talkgraph"`)
	fail(w, problem{Status: http.StatusUnauthorized, Title: "a token is needed",
		Mend: "send the header Authorization: Bearer TOKEN, or open the page and enter it"})
}
