package scene

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// Glyphs returns the characters of the text in the order in which they stand
// from left to right: Hebrew and Arabic run the other way. Arabic letters keep
// their separate forms.
func (t Text) Glyphs() []rune {
	characters := []rune(t.Content)
	if !slices.ContainsFunc(characters, rightToLeft) {
		return characters
	}
	var paragraph bidi.Paragraph
	if _, err := paragraph.SetString(t.Content); err != nil {
		return characters
	}
	order, err := paragraph.Order()
	if err != nil {
		return characters
	}
	var visual []rune
	for i := range order.NumRuns() {
		run := order.Run(i)
		part := []rune(run.String())
		if run.Direction() == bidi.RightToLeft {
			slices.Reverse(part)
		}
		visual = append(visual, part...)
	}
	return visual
}

func rightToLeft(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	class := properties.Class()
	return class == bidi.R || class == bidi.AL || class == bidi.RLO || class == bidi.RLE || class == bidi.RLI
}
