package note

import (
	"bytes"
	"math"
	"strconv"
)

// kindOfOperand tells what an operand is.
type kindOfOperand uint8

const (
	noOperand kindOfOperand = iota // what is of no use here, such as a dictionary
	numberOperand
	stringOperand
	nameOperand
	arrayOperand
)

// operand is a value that stands before an operator.
type operand struct {
	kind   kindOfOperand
	number float64
	text   string // of a string, decoded, or of a name without its slash
	list   []operand
}

// Limits of a program.
const (
	operandLimit = 100_000 // before one operator
	operandDepth = 16      // arrays within each other
)

// program reads the language of pages and of fonts' tables: operands and then their
// operator. Whatever its bytes are, it comes to an end after them.
type program struct {
	data  []byte
	at    int
	depth int
}

// interpret calls do for every operator of a program until it returns false.
func interpret(data []byte, do func(operator string, args []operand) bool) {
	p := &program{data: data}
	var args []operand
	for {
		value, operator, more := p.next()
		switch {
		case !more:
			return
		case operator == "":
			if len(args) >= operandLimit {
				args = args[:0]
			}
			args = append(args, value)
		case operator == "BI":
			p.skipImage()
			args = args[:0]
		default:
			if !do(operator, args) {
				return
			}
			args = args[:0]
		}
	}
}

// next reads one operand or operator; more is false at the end.
func (p *program) next() (value operand, operator string, more bool) {
	p.skipSpace()
	if p.at >= len(p.data) {
		return operand{}, "", false
	}
	switch c := p.data[p.at]; c {
	case '(':
		return operand{kind: stringOperand, text: p.literal()}, "", true
	case '<':
		if p.at+1 < len(p.data) && p.data[p.at+1] == '<' {
			p.at += 2
			p.list(">>")
			return operand{}, "", true
		}
		return operand{kind: stringOperand, text: p.hexadecimal()}, "", true
	case '[':
		p.at++
		return operand{kind: arrayOperand, list: p.list("]")}, "", true
	case '/':
		p.at++
		return operand{kind: nameOperand, text: p.word()}, "", true
	case ')', '>', ']', '{', '}':
		p.at++
		return operand{}, "", true
	}
	word := p.word()
	if n, err := strconv.ParseFloat(word, 64); err == nil && !math.IsInf(n, 0) && !math.IsNaN(n) {
		return operand{kind: numberOperand, number: n}, "", true
	}
	return operand{}, word, true
}

// list reads operands up to a closing mark.
func (p *program) list(closing string) []operand {
	if p.depth >= operandDepth {
		return nil
	}
	p.depth++
	defer func() { p.depth-- }()
	var found []operand
	for {
		p.skipSpace()
		if p.at >= len(p.data) {
			return found
		}
		if bytes.HasPrefix(p.data[p.at:], []byte(closing)) {
			p.at += len(closing)
			return found
		}
		value, operator, more := p.next()
		if !more {
			return found
		}
		if operator == "" && len(found) < operandLimit {
			found = append(found, value)
		}
	}
}

// skipSpace passes white space and comments.
func (p *program) skipSpace() {
	for ; p.at < len(p.data); p.at++ {
		switch c := p.data[p.at]; {
		case isProgramSpace(c):
		case c == '%':
			for p.at < len(p.data) && p.data[p.at] != '\n' && p.data[p.at] != '\r' {
				p.at++
			}
			p.at--
		default:
			return
		}
	}
}

func isProgramSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

// word reads up to the next white space or mark; it takes at least one byte unless a
// mark stands there.
func (p *program) word() string {
	start := p.at
	for p.at < len(p.data) && !isProgramSpace(p.data[p.at]) && bytes.IndexByte([]byte("()<>[]{}/%"), p.data[p.at]) < 0 {
		p.at++
	}
	return string(p.data[start:p.at])
}

// hexadecimal reads <…>.
func (p *program) hexadecimal() string {
	p.at++
	var text []byte
	digits, value := 0, byte(0)
	for ; p.at < len(p.data); p.at++ {
		c := p.data[p.at]
		if c == '>' {
			p.at++
			break
		}
		digit, known := hexDigit(c)
		if !known {
			continue
		}
		value = value<<4 | digit
		if digits++; digits%2 == 0 {
			text = append(text, value)
			value = 0
		}
	}
	if digits%2 == 1 {
		text = append(text, value<<4)
	}
	return string(text)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case isDigit(c):
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// literal reads (…), in which brackets may stand in pairs.
func (p *program) literal() string {
	p.at++
	var text []byte
	for depth := 1; p.at < len(p.data); p.at++ {
		c := p.data[p.at]
		switch c {
		case '\\':
			text = p.escape(text)
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				p.at++
				return string(text)
			}
		}
		text = append(text, c)
	}
	return string(text)
}

// escape reads what a backslash begins and stops at its last byte.
func (p *program) escape(text []byte) []byte {
	p.at++
	if p.at >= len(p.data) {
		return text
	}
	c := p.data[p.at]
	if at := bytes.IndexByte([]byte("nrtbf"), c); at >= 0 {
		return append(text, "\n\r\t\b\f"[at])
	}
	if c == '\n' || c == '\r' {
		return text
	}
	if c < '0' || c > '7' {
		return append(text, c)
	}
	value, digits := 0, 0
	for ; digits < 3 && p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '7'; digits++ {
		value = value*8 + int(p.data[p.at]-'0')
		p.at++
	}
	p.at--
	return append(text, byte(value))
}

// skipImage passes the data of a picture within the program, up to EI.
func (p *program) skipImage() {
	for p.at < len(p.data) {
		end := bytes.Index(p.data[p.at:], []byte("EI"))
		if end < 0 {
			p.at = len(p.data)
			return
		}
		p.at += end + 2
		if end > 0 && isProgramSpace(p.data[p.at-3]) && (p.at >= len(p.data) || isProgramSpace(p.data[p.at])) {
			return
		}
	}
}
