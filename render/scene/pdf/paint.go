package pdf

import (
	"fmt"
	"strings"

	"talkgraph/render/scene"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
)

// painter writes the operators that paint the page.
type painter struct {
	scene *scene.Scene
	fonts [2]embedded // by weight
	out   strings.Builder
}

func (p *painter) print(words ...string) {
	p.out.WriteString(strings.Join(words, " "))
	p.out.WriteByte('\n')
}

func (p *painter) paint() {
	// From here on y grows downwards, as in the scene.
	p.print("1 0 0 -1 0", number(p.scene.Height), "cm 1 j")
	p.print(color(p.scene.Background), "rg 0 0", number(p.scene.Width), number(p.scene.Height), "re f")
	for _, element := range p.scene.Elements {
		for _, shape := range element.Shapes {
			p.shape(shape)
		}
		for _, text := range element.Texts {
			p.text(text)
		}
	}
}

func (p *painter) shape(s scene.Shaped) {
	operator := "n"
	switch {
	case s.Fill.Visible && s.Stroke.Visible:
		operator = "B"
	case s.Fill.Visible:
		operator = "f"
	case s.Stroke.Visible:
		operator = "S"
	}
	if s.Fill.Visible {
		p.print(color(s.Fill), "rg")
	}
	if s.Stroke.Visible {
		lengths := make([]string, len(s.Dash))
		for i, length := range s.Dash {
			lengths[i] = number(length)
		}
		p.print(color(s.Stroke), "RG", number(s.Width), "w [", strings.Join(lengths, " "), "] 0 d")
	}
	p.path(s.Path)
	p.print(operator)
}

func (p *painter) path(path geometry.Path) {
	point := func(q geometry.Point) string { return number(q.X) + " " + number(q.Y) }
	var at geometry.Point
	for _, segment := range path {
		q := segment.Points
		switch segment.Op {
		case geometry.MoveTo:
			p.print(point(q[0]), "m")
		case geometry.LineTo:
			p.print(point(q[0]), "l")
		case geometry.QuadTo: // PDF knows cubic curves only
			p.print(point(geometry.Lerp(at, q[0], 2.0/3)), point(geometry.Lerp(q[1], q[0], 2.0/3)), point(q[1]), "c")
		case geometry.CubicTo:
			p.print(point(q[0]), point(q[1]), point(q[2]), "c")
		case geometry.Close:
			p.print("h")
		}
		if count := segment.Op.Count(); count > 0 {
			at = q[count-1]
		}
	}
}

// text writes a line: what the embedded font has as text, the rest as outlines
// that carry their characters with them.
func (p *painter) text(t scene.Text) {
	at := geometry.Point{X: t.Left(), Y: t.At.Y}
	var run strings.Builder
	start := at
	flush := func() {
		if run.Len() > 0 {
			p.print("BT /"+p.fonts[t.Weight].name, number(t.Size), "Tf", color(t.Color), "rg 1 0 0 -1", number(start.X), number(start.Y), "Tm <"+run.String()+"> Tj ET")
			run.Reset()
		}
	}
	for _, r := range t.Glyphs() {
		glyph, ok := p.fonts[t.Weight].glyphs[r]
		switch {
		case ok:
			if run.Len() == 0 {
				start = at
			}
			fmt.Fprintf(&run, "%04X", glyph)
		case !font.Invisible(r):
			flush()
			p.outline(t, r, at)
		}
		at.X += p.scene.Fonts.Advance(t.Weight, r) * t.Size
	}
	flush()
}

// outline draws a character that is not in the embedded font.
func (p *painter) outline(t scene.Text, r rune, at geometry.Point) {
	path := p.scene.Fonts.Outline(t.Weight, r).Transform(t.Size, t.Size, at)
	if len(path) == 0 {
		return
	}
	p.print("/Span << /ActualText", textString(string(r)), ">> BDC", color(t.Color), "rg")
	p.path(path)
	p.print("f EMC")
}

// color is a colour as three parts of 1.
func color(c scene.Color) string {
	part := func(x uint8) string { return number(float64(x) / 255) }
	return part(c.R) + " " + part(c.G) + " " + part(c.B)
}
