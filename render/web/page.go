package web

import (
	"net/http"

	"talkgraph/render/web/page"
)

func (e *Explorer) page(w http.ResponseWriter, r *http.Request) {
	// Set for a 304 too: a browser takes over the headers of one.
	w.Header().Set("Content-Security-Policy", pagePolicy)
	if !unchanged(w, r, e.tag("page", r)) {
		send(w, r, answer{mime: "text/html; charset=utf-8", body: page.HTML()})
	}
}

func (e *Explorer) asset(w http.ResponseWriter, r *http.Request) {
	asset, known := page.ByName(r.PathValue("name"))
	if !known {
		notThere(w, r)
		return
	}
	if !unchanged(w, r, e.tag("page", r)) {
		send(w, r, answer{mime: asset.MIME, body: asset.Content})
	}
}
