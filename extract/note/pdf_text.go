package note

import (
	"bytes"
	"context"
	"io"
	"math"

	"github.com/ledongthuc/pdf"
)

// matrix is [a b c d e f] of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times applies m first and then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// glyph is one character of a page and where it stands, in points from the lower left.
type glyph struct {
	text              string
	x, y, width, size float64
}

// textState is what operators of a page set and q and Q save and restore.
type textState struct {
	place    matrix // from the page's unit to points
	font     *pdfFont
	size     float64
	char     float64 // added behind every character
	word     float64 // added behind every space
	stretch  float64
	leading  float64
	rise     float64
	resource pdf.Value
}

// pageReader carries out the operators of a page that write text.
type pageReader struct {
	ctx    context.Context
	fonts  map[string]*pdfFont // of the whole file, by the text of their object
	state  textState
	saved  []textState
	text   matrix // where the next character stands
	line   matrix // where the line began
	glyphs []glyph
	depth  int
}

// Limits of one page.
const (
	pageGlyphs = 1_000_000
	pageStream = 32 << 20 // bytes, unpacked
	pageStates = 1000     // saved states
	pageForms  = 8        // drawings within each other
)

// run carries out the operators of a stream.
func (p *pageReader) run(stream pdf.Value, resources pdf.Value) error {
	data, err := streamData(stream)
	if err != nil {
		return err
	}
	p.state.resource = resources
	interpret(data, func(operator string, args []operand) bool {
		if err == nil {
			err = p.ctx.Err()
		}
		if err == nil && len(p.glyphs) > pageGlyphs {
			err = ErrTooLarge
		}
		if err != nil {
			return false
		}
		err = p.do(operator, args)
		return err == nil
	})
	return err
}

// streamData unpacks a stream, or an array of them that are one program. What is
// broken at its end is read up to there.
func streamData(stream pdf.Value) ([]byte, error) {
	var data bytes.Buffer
	parts := []pdf.Value{stream}
	if stream.Kind() == pdf.Array {
		parts = parts[:0]
		for i := 0; i < stream.Len(); i++ {
			parts = append(parts, stream.Index(i))
		}
	}
	for _, part := range parts {
		_, err := data.ReadFrom(io.LimitReader(part.Reader(), pageStream+1))
		if err != nil && data.Len() == 0 {
			return nil, err
		}
		if data.Len() > pageStream {
			return nil, ErrTooLarge
		}
		data.WriteByte('\n')
	}
	return data.Bytes(), nil
}

// number returns an argument, 0 when it is not there.
func number(args []operand, i int) float64 {
	if i >= len(args) {
		return 0
	}
	return args[i].number
}

func matrixOf(args []operand) matrix {
	var m matrix
	for i := range m {
		m[i] = number(args, i)
	}
	return m
}

// do carries out one operator; those that write no text are left out.
func (p *pageReader) do(operator string, args []operand) error {
	switch operator {
	case "q":
		if len(p.saved) < pageStates {
			p.saved = append(p.saved, p.state)
		}
	case "Q":
		if last := len(p.saved) - 1; last >= 0 {
			resource := p.state.resource
			p.state, p.saved = p.saved[last], p.saved[:last]
			p.state.resource = resource
		}
	case "cm":
		p.state.place = matrixOf(args).times(p.state.place)
	case "Do":
		if len(args) > 0 {
			return p.form(p.state.resource.Key("XObject").Key(args[0].text))
		}
	case "BT":
		p.text, p.line = identity, identity
	case "Tm":
		p.line = matrixOf(args)
		p.text = p.line
	case "Td":
		p.move(number(args, 0), number(args, 1))
	case "TD":
		p.state.leading = -number(args, 1)
		p.move(number(args, 0), number(args, 1))
	case "T*":
		p.move(0, -p.state.leading)
	case "Tj", "TJ", "'", "\"":
		p.showOperator(operator, args)
	default:
		p.set(operator, args)
	}
	return nil
}

// set carries out the operators that set how text is written.
func (p *pageReader) set(operator string, args []operand) {
	switch operator {
	case "Tf":
		if len(args) > 0 {
			p.state.font = p.font(args[0].text)
		}
		p.state.size = number(args, 1)
	case "Tc":
		p.state.char = number(args, 0)
	case "Tw":
		p.state.word = number(args, 0)
	case "Tz":
		p.state.stretch = number(args, 0) / 100
	case "TL":
		p.state.leading = number(args, 0)
	case "Ts":
		p.state.rise = number(args, 0)
	}
}

func (p *pageReader) showOperator(operator string, args []operand) {
	switch operator {
	case "\"":
		p.state.word, p.state.char = number(args, 0), number(args, 1)
		p.move(0, -p.state.leading)
	case "'":
		p.move(0, -p.state.leading)
	}
	if len(args) == 0 {
		return
	}
	shown := args[len(args)-1]
	if operator != "TJ" {
		p.show(shown.text)
		return
	}
	for _, part := range shown.list {
		if part.kind == stringOperand {
			p.show(part.text)
		} else {
			p.advance(-part.number / 1000 * p.state.size * p.state.stretch)
		}
	}
}

func (p *pageReader) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.times(p.line)
	p.text = p.line
}

func (p *pageReader) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.times(p.text) }

// show writes a string.
func (p *pageReader) show(raw string) {
	s := &p.state
	if s.font == nil {
		return
	}
	for _, code := range s.font.codes(raw) {
		at := matrix{s.size * s.stretch, 0, 0, s.size, 0, s.rise}.times(p.text).times(s.place)
		width := s.font.width(code)
		p.glyphs = append(p.glyphs, glyph{text: s.font.text(code), x: at[4], y: at[5], width: width * math.Hypot(at[0], at[1]), size: math.Hypot(at[2], at[3])})
		step := width*s.size + s.char
		if code == " " {
			step += s.word
		}
		p.advance(step * s.stretch)
	}
}

// font returns a font of the page, read once.
func (p *pageReader) font(name string) *pdfFont {
	value := p.state.resource.Key("Font").Key(name)
	key := value.String()
	if known, read := p.fonts[key]; read {
		return known
	}
	f := newFont(value)
	p.fonts[key] = f
	return f
}

// form carries out a drawing within the page, which may hold text.
func (p *pageReader) form(form pdf.Value) error {
	if form.Key("Subtype").Name() != "Form" || p.depth >= pageForms {
		return nil
	}
	before, saved := p.state, p.saved
	p.depth++
	if m := form.Key("Matrix"); m.Len() == 6 {
		var place matrix
		for i := range place {
			place[i] = m.Index(i).Float64()
		}
		p.state.place = place.times(p.state.place)
	}
	resources := form.Key("Resources")
	if resources.IsNull() {
		resources = before.resource
	}
	p.saved = nil
	err := p.run(form, resources)
	p.depth--
	p.state, p.saved = before, saved
	return err
}
