package render

import (
	"net/url"
	"path"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// mostQuoted is how many characters of a passage a link names: browsers look for
// them in the page, and addresses should stay short.
const mostQuoted = 60

// EvidenceLink is the address of a passage: its document where that was published,
// else under base, a folder or URL, with the quote as a text fragment, which
// browsers jump to and mark. It is empty without a base.
func EvidenceLink(base string, document graph.Node, evidence fact.Evidence) string {
	if base == "" || evidence.Document == "" || evidence.Extractor == fact.ExtractorLexicon {
		return ""
	}
	address := document.Props[fact.PropURL]
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		address = under(base, strings.TrimPrefix(evidence.Document, "doc/"))
	}
	page, _, _ := strings.Cut(address, "#")
	quote, _, _ := strings.Cut(strings.TrimSpace(evidence.Quote), "\n")
	if characters := []rune(quote); len(characters) > mostQuoted {
		quote = string(characters[:mostQuoted])
	}
	if quote = strings.TrimSpace(quote); quote == "" {
		return page
	}
	return page + "#:~:text=" + fragment(quote)
}

// under is the address of a document below a folder or URL.
func under(base, document string) string {
	segments := strings.Split(document, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	document = strings.Join(segments, "/")
	if strings.Contains(base, "://") {
		return strings.TrimSuffix(base, "/") + "/" + document
	}
	// A colon in the first segment would be read as the end of a scheme.
	if document = path.Join((&url.URL{Path: base}).EscapedPath(), document); strings.Contains(document, ":") && !strings.HasPrefix(document, "/") {
		document = "./" + document
	}
	return document
}

// fragment escapes a text for a text fragment, in which hyphens, commas and
// ampersands have a meaning of their own.
func fragment(text string) string {
	return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(url.PathEscape(text))
}

// linkOf leads to the first passage of an edge that stands in notes.
func (m *mapper) linkOf(e graph.Edge) string {
	for _, evidence := range e.Evidence {
		if evidence.Extractor != fact.ExtractorLexicon {
			return EvidenceLink(m.request.Links, m.documents[evidence.Document], evidence)
		}
	}
	return ""
}

// linkTo leads to the passage that quote shows.
func (m *mapper) linkTo(id string) string { return m.linkOf(m.firstOf(id)) }
