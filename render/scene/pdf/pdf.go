// Package pdf writes a scene as a PDF file of one page: outlines stay sharp at
// any size, the characters used are embedded, Chinese text can be selected,
// searched and copied, links can be clicked.
//
// The file is written here and not by a library because the few things it
// needs are small, and the same scene must give the same bytes.
package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
)

// Write writes the scene as a page of its own size.
func Write(w io.Writer, s *scene.Scene) error {
	d := &document{scene: s}
	if err := d.build(); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	if _, err := w.Write(d.file()); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

// document collects the numbered objects of a file; number n is objects[n-1].
type document struct {
	scene   *scene.Scene
	objects [][]byte
}

// add takes an object in and returns its number.
func (d *document) add(object string) int {
	d.objects = append(d.objects, []byte(object))
	return len(d.objects)
}

// stream takes a compressed stream in; entries are added to its dictionary.
func (d *document) stream(content []byte, entries string) (int, error) {
	var packed bytes.Buffer
	compressor := zlib.NewWriter(&packed)
	if _, err := compressor.Write(content); err != nil {
		return 0, err
	}
	if err := compressor.Close(); err != nil {
		return 0, err
	}
	return d.add(fmt.Sprintf("<< /Filter /FlateDecode /Length %d%s >>\nstream\n%s\nendstream", packed.Len(), entries, packed.String())), nil
}

// The first objects have fixed numbers, since others refer to them before they
// are written.
const (
	catalogObject = iota + 1
	pagesObject
	pageObject
	infoObject
	fixedObjects = infoObject
)

func (d *document) build() error {
	d.objects = make([][]byte, fixedObjects)
	var fonts [2]embedded
	for _, weight := range []font.Weight{font.Regular, font.Bold} {
		var err error
		if fonts[weight], err = d.embed(weight); err != nil {
			return err
		}
	}
	painter := &painter{scene: d.scene, fonts: fonts}
	painter.paint()
	contents, err := d.stream([]byte(painter.out.String()), "")
	if err != nil {
		return err
	}
	var resources strings.Builder
	for _, f := range fonts {
		if f.object != 0 {
			fmt.Fprintf(&resources, " /%s %d 0 R", f.name, f.object)
		}
	}
	links := d.links()
	d.objects[catalogObject-1] = fmt.Appendf(nil, "<< /Type /Catalog /Pages %d 0 R /ViewerPreferences << /DisplayDocTitle true >>%s >>", pagesObject, d.language())
	d.objects[pagesObject-1] = fmt.Appendf(nil, "<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", pageObject)
	d.objects[pageObject-1] = fmt.Appendf(nil, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R /Resources << /Font <<%s >> >>%s >>",
		pagesObject, number(d.scene.Width), number(d.scene.Height), contents, resources.String(), links)
	d.objects[infoObject-1] = fmt.Appendf(nil, "<< /Title %s /Subject %s /Producer (talkgraph) >>", textString(d.scene.Title), textString(d.scene.Description))
	return nil
}

func (d *document) language() string {
	if d.scene.Language == "" {
		return ""
	}
	return " /Lang " + textString(d.scene.Language)
}

// links makes the places that lead somewhere when clicked, and returns the
// entry of the page that lists them. Relative links are left out: a PDF has no
// place of its own that they could start from.
func (d *document) links() string {
	var list strings.Builder
	for _, e := range d.scene.Elements {
		if !strings.Contains(e.Link, ":") || e.Kind == scene.EdgeElement {
			continue
		}
		tooltip := ""
		if e.Tooltip != "" {
			tooltip = " /Contents " + textString(e.Tooltip)
		}
		object := d.add(fmt.Sprintf("<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%s %s %s %s] /A << /S /URI /URI %s >>%s >>",
			number(e.Bounds.Left), number(d.scene.Height-e.Bounds.Bottom), number(e.Bounds.Right), number(d.scene.Height-e.Bounds.Top),
			byteString(asciiURL(e.Link)), tooltip))
		fmt.Fprintf(&list, " %d 0 R", object)
	}
	if list.Len() == 0 {
		return ""
	}
	return " /Annots [" + list.String() + " ]"
}

// asciiURL writes the characters of a link that are not ASCII as %XX, as PDF asks.
func asciiURL(link string) string {
	var b strings.Builder
	for i := range len(link) {
		if c := link[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// file joins the objects and adds the table of where each begins.
func (d *document) file() []byte {
	var b bytes.Buffer
	// The second line tells programs that the file is binary.
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(d.objects))
	for i, object := range d.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(d.objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(d.objects)+1, catalogObject, infoObject, table)
	return b.Bytes()
}

// textString is a text for readers, in UTF-16 with a mark, written in hex so
// that nothing in it can end the string.
func textString(text string) string {
	return "<FEFF" + utf16Hex([]rune(text)) + ">"
}

func utf16Hex(characters []rune) string {
	var b strings.Builder
	for _, unit := range utf16.Encode(characters) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// byteString is a string of bytes, in hex.
func byteString(text string) string { return fmt.Sprintf("<%X>", text) }

// number writes a length with three decimals at most.
func number(x float64) string {
	text := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 3, 64), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}
