// Package svg writes a scene as an SVG file: text that can be selected and
// searched, links, tooltips and names for screen readers.
package svg

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
)

// Options says what goes into the file.
type Options struct {
	// EmbedFonts puts the glyphs that the drawing uses into the file, so that
	// it looks the same everywhere. Without them the file is small, and a
	// viewer takes Noto Sans SC or a font like it from its own system.
	EmbedFonts bool
}

// fontStack names fonts with Chinese characters on all common systems.
const fontStack = "'" + font.FamilyName + "','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',sans-serif"

// embeddedName is the family name of the glyphs put into the file. It differs
// from the full font's name: a viewer must not mix the two.
const embeddedName = "Drawing"

// Write writes the scene. The same scene gives the same bytes.
func Write(w io.Writer, s *scene.Scene, options Options) error {
	out := &writer{scene: s, options: options}
	if err := out.document(); err != nil {
		return fmt.Errorf("write svg: %w", err)
	}
	if _, err := io.WriteString(w, out.text.String()); err != nil {
		return fmt.Errorf("write svg: %w", err)
	}
	return nil
}

type writer struct {
	scene   *scene.Scene
	options Options
	text    strings.Builder
}

func (w *writer) print(parts ...string) {
	for _, part := range parts {
		w.text.WriteString(part)
	}
}

func (w *writer) document() error {
	s := w.scene
	width, height := number(s.Width), number(s.Height)
	w.print(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	w.print(`<svg xmlns="http://www.w3.org/2000/svg" width="`, width, `pt" height="`, height, `pt" viewBox="0 0 `, width, ` `, height, `"`)
	if s.Language != "" {
		w.print(` xml:lang="`, escape(s.Language), `"`)
	}
	w.print(` role="img" aria-labelledby="title desc" font-kerning="none">`, "\n")
	w.print(`<title id="title">`, escape(s.Title), "</title>\n")
	w.print(`<desc id="desc">`, escape(s.Description), "</desc>\n")
	if err := w.style(); err != nil {
		return err
	}
	w.print(`<rect width="100%" height="100%" fill="`, color(s.Background), `"/>`, "\n")
	for _, element := range s.Elements {
		w.element(element)
	}
	w.print("</svg>\n")
	return nil
}

func (w *writer) style() error {
	w.print("<style>\n")
	family := fontStack
	if w.options.EmbedFonts {
		family = "'" + embeddedName + "'," + fontStack
		for _, weight := range []font.Weight{font.Regular, font.Bold} {
			if err := w.fontFace(weight); err != nil {
				return err
			}
		}
	}
	w.print("text{font-family:", family, ";white-space:pre}\n.bold{font-weight:700}\na:hover .shape,a:focus .shape{stroke-width:2.2px}\n</style>\n")
	return nil
}

// fontFace embeds the characters used in one weight.
func (w *writer) fontFace(weight font.Weight) error {
	characters := w.characters(weight)
	if len(characters) == 0 {
		return nil
	}
	subset, err := w.scene.Fonts.Subset(weight, characters)
	if err != nil {
		return err
	}
	w.print("@font-face{font-family:'", embeddedName, "';font-weight:", cssWeight(weight), ";src:url(data:font/ttf;base64,",
		base64.StdEncoding.EncodeToString(subset.File), ") format('truetype')}\n")
	return nil
}

func cssWeight(weight font.Weight) string {
	if weight == font.Bold {
		return "700"
	}
	return "400"
}

// characters lists what is written in one weight, each once, in order.
func (w *writer) characters(weight font.Weight) []rune {
	var characters []rune
	for _, element := range w.scene.Elements {
		for _, text := range element.Texts {
			if text.Weight == weight {
				characters = append(characters, []rune(text.Content)...)
			}
		}
	}
	slices.Sort(characters)
	return slices.Compact(characters)
}

var classes = map[scene.Kind]string{
	scene.GroupElement: "group", scene.EdgeElement: "edge", scene.PhraseElement: "phrase", scene.NodeElement: "node", scene.PageElement: "page",
}

func (w *writer) element(e scene.Element) {
	link := e.Link
	if link != "" {
		w.print(`<a href="`, escape(link), `">`)
	}
	w.print(`<g class="`, classes[e.Kind], `"`)
	if e.Name != "" && e.Kind != scene.PageElement {
		w.print(` role="img" aria-label="`, escape(e.Name), `"`)
	}
	w.print(">")
	if title := titleOf(e); title != "" {
		w.print("<title>", escape(title), "</title>")
	}
	w.print("\n")
	for _, shape := range e.Shapes {
		w.shape(shape)
	}
	for _, text := range e.Texts {
		w.line(text)
	}
	w.print("</g>")
	if link != "" {
		w.print("</a>")
	}
	w.print("\n")
}

// titleOf is what a viewer shows when the pointer rests on an element.
func titleOf(e scene.Element) string {
	if e.Tooltip != "" {
		return e.Tooltip
	}
	if e.Kind == scene.EdgeElement || e.Kind == scene.PhraseElement {
		return e.Name
	}
	return ""
}

func (w *writer) shape(s scene.Shaped) {
	w.print(`<path class="shape" d="`, pathData(s.Path), `" fill="`, color(s.Fill), `"`)
	if s.Stroke.Visible {
		w.print(` stroke="`, color(s.Stroke), `" stroke-width="`, number(s.Width), `"`)
	}
	if len(s.Dash) > 0 {
		lengths := make([]string, len(s.Dash))
		for i, length := range s.Dash {
			lengths[i] = number(length)
		}
		w.print(` stroke-dasharray="`, strings.Join(lengths, " "), `"`)
	}
	w.print("/>\n")
}

// line writes one line of text. Its length is given, so that it fits its box
// even with another font.
func (w *writer) line(t scene.Text) {
	w.print(`<text x="`, number(t.At.X), `" y="`, number(t.At.Y), `" font-size="`, number(t.Size), `" fill="`, color(t.Color), `"`)
	if t.Weight == font.Bold {
		w.print(` class="bold"`)
	}
	if t.Centred {
		w.print(` text-anchor="middle"`)
	}
	if !w.options.EmbedFonts && t.Width > 0 {
		w.print(` textLength="`, number(t.Width), `" lengthAdjust="spacingAndGlyphs"`)
	}
	w.print(">", escape(t.Content), "</text>\n")
}

func pathData(path geometry.Path) string {
	var d strings.Builder
	for _, segment := range path {
		d.WriteByte("MLQCZ"[segment.Op])
		for i, point := range segment.Points[:segment.Op.Count()] {
			if i > 0 {
				d.WriteByte(' ')
			}
			d.WriteString(number(point.X) + "," + number(point.Y))
		}
	}
	return d.String()
}

func color(c scene.Color) string {
	if !c.Visible {
		return "none"
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// number writes a length with two decimals at most.
func number(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// escape makes a text safe in XML, as content and as a quoted attribute;
// characters that XML cannot hold become the replacement character.
func escape(text string) string {
	var b strings.Builder
	// EscapeText writes to a Builder, which takes everything.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
