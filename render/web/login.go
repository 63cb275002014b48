package web

import (
	"net/http"
	"time"
)

// tokenLength bounds the body of the form, in bytes.
const tokenLength = 4 << 10

// loginPage asks for the token. It needs neither script nor style.
const loginPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>talkgraph</title>
<h1>talkgraph</h1>
<form method="post" action="/login">
<p><label for="token">Token · 令牌</label></p>
<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus> <button>Open · 打开</button></p>
</form>
</html>
`

func showLogin(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(loginPage)) // the client is gone if this fails
}

// login gives a browser its cookie for the right token.
func (e *Explorer) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, tokenLength)
	if e.guard.token == "" || !e.guard.same(r.PostFormValue("token")) {
		time.Sleep(wrongTokenPause)
		showLogin(w, http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: e.guard.pass(), Path: "/", HttpOnly: true,
		Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// wrongTokenPause slows down guessing.
const wrongTokenPause = 300 * time.Millisecond
