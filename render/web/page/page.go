// Package page holds the page of the explorer as files: the sources in src, written
// in plain modules, and in dist what esbuild makes of them, which is what the program
// embeds. Building the program needs no Node; after a change of src, run
//
//	npm ci && npm run build
//
// in this folder. The package only knows how the files fit together, in one page
// that a server gives out or in one file that stands alone; the graph and the
// server are none of its business.
package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"sync"
)

//go:embed dist/index.html
var index []byte

// The script is packed: it is a quarter of a megabyte, and few runs need it.
//
//go:embed dist/app.js.gz
var packedScript []byte

// script returns the page's script.
var script = sync.OnceValue(func() []byte {
	reader, err := gzip.NewReader(bytes.NewReader(packedScript))
	if err == nil {
		var text []byte
		if text, err = io.ReadAll(reader); err == nil {
			return text
		}
	}
	panic(fmt.Sprintf("app.js in the program: %v", err)) // the program itself is damaged
})

//go:embed dist/app.css
var style []byte

// Asset is a file that the page loads.
type Asset struct {
	MIME    string
	Content []byte
}

// HTML is the page as a server gives it out.
func HTML() []byte { return index }

// ByName returns the file of this name, and whether there is one.
func ByName(name string) (Asset, bool) {
	switch name {
	case "app.js":
		return Asset{"text/javascript; charset=utf-8", script()}, true
	case "app.css":
		return Asset{"text/css; charset=utf-8", style}, true
	}
	return Asset{}, false
}

// Tags of the page that Standalone replaces.
const (
	styleTag  = `<link rel="stylesheet" href="/assets/app.css">`
	scriptTag = `<script src="/assets/app.js" defer></script>`
	headTag   = `<meta charset="utf-8">`
)

// Standalone is the page with script, style and data in it, for opening from disk.
// The data must be JSON without the character "<", as json.Marshal writes it. The
// policy in the file lets nothing run but the page's own script, and lets nothing
// be loaded from anywhere.
func Standalone(data []byte) ([]byte, error) {
	if bytes.ContainsRune(data, '<') {
		return nil, fmt.Errorf("the data of a page must not have the character %q", '<')
	}
	policy := fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; img-src data: blob:; base-uri 'none'; form-action 'none'",
		hashed(script()), hashed(style))
	out := bytes.Replace(index, []byte(headTag), fmt.Appendf(nil, `%s<meta http-equiv="Content-Security-Policy" content="%s">`, headTag, policy), 1)
	out = bytes.Replace(out, []byte(styleTag), wrapped("<style>", style, "</style>"), 1)
	body := wrapped(`<script type="application/json" id="data">`, data, "</script>\n")
	body = append(body, wrapped("<script>", script(), "</script>")...)
	// The script is put where the page ends: it is not deferred here.
	out = bytes.Replace(out, []byte(scriptTag), nil, 1)
	end := bytes.LastIndex(out, []byte("</body>"))
	if end < 0 {
		return nil, fmt.Errorf("the page has no end of its body; build it again with npm run build")
	}
	return bytes.Join([][]byte{out[:end], body, out[end:]}, nil), nil
}

func wrapped(before string, content []byte, after string) []byte {
	return bytes.Join([][]byte{[]byte(before), content, []byte(after)}, nil)
}

func hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
