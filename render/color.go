package render

import (
	"fmt"

	"talkgraph/extract/fact"
)

// color is a colour of the exports, without transparency.
type color struct{ r, g, b uint8 }

func (c color) hex() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// colorOf is the colour of a type of node in formats that carry colours. The hues
// are those of Okabe and Ito, made to be told apart with any kind of colour vision.
func colorOf(t fact.Type) color {
	switch t {
	case fact.Event:
		return color{0xD5, 0x5E, 0x00}
	case fact.Session:
		return color{0xF0, 0xE4, 0x42}
	case fact.Talk:
		return color{0xE6, 0x9F, 0x00}
	case fact.Person:
		return color{0x00, 0x9E, 0x73}
	case fact.Organization:
		return color{0xCC, 0x79, 0xA7}
	case fact.Concept:
		return color{0x56, 0xB4, 0xE9}
	default:
		return color{0xBB, 0xBB, 0xBB}
	}
}
