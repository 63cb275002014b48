package note

import (
	"strconv"
	"strings"
)

// readStyles reads which paragraph styles are headings and lists. A style is a
// heading by its outline level or by its English name, which Word keeps in every
// language.
func (w *wordFile) readStyles(root *node) {
	w.styles = map[string]wordStyle{}
	styles := root.child("styles")
	if styles == nil {
		return
	}
	for _, s := range styles.children {
		if s.name != "style" || s.attr("type") != "paragraph" {
			continue
		}
		style := wordStyle{basedOn: s.value("basedOn"), heading: headingLevel(s.value("name"), s.value("pPr", "outlineLvl"))}
		style.list, style.level = listOf(s.child("pPr"))
		w.styles[s.attr("styleId")] = style
	}
}

// headingLevel tells the level of a heading style, 1 to 6; 0 for other styles.
func headingLevel(name, outline string) int {
	name = strings.ToLower(name)
	if name == "title" {
		return 1
	}
	if number, found := strings.CutPrefix(name, "heading "); found {
		if level, err := strconv.Atoi(number); err == nil && level >= 1 {
			return min(level, 6)
		}
	}
	if level, err := strconv.Atoi(outline); err == nil && level >= 0 && level < 9 {
		return min(level+1, 6)
	}
	return 0
}

// listOf returns the list that the properties of a paragraph put it in.
func listOf(properties *node) (id string, level int) {
	list := properties.child("numPr")
	if list == nil {
		return "", 0
	}
	level, err := strconv.Atoi(list.value("ilvl"))
	if err != nil || level < 0 || level > 8 {
		level = 0
	}
	return list.value("numId"), level
}

// inherited bounds how many styles may stand on each other.
const inherited = 16

// style returns what a style decides, by itself or by those it is based on.
func (w *wordFile) style(id string) wordStyle {
	result := wordStyle{}
	for step := 0; step < inherited && id != ""; step++ {
		s, known := w.styles[id]
		if !known {
			break
		}
		if result.heading == 0 {
			result.heading = s.heading
		}
		if result.list == "" {
			result.list, result.level = s.list, s.level
		}
		id = s.basedOn
	}
	return result
}

// readNumbering reads which lists have bullets and which have numbers.
func (w *wordFile) readNumbering(root *node) {
	w.numbering = map[string][]wordList{}
	numbering := root.child("numbering")
	if numbering == nil {
		return
	}
	abstract := map[string][]wordList{}
	for _, n := range numbering.children {
		switch n.name {
		case "abstractNum":
			abstract[n.attr("abstractNumId")] = listLevels(n)
		case "num":
			w.numbering[n.attr("numId")] = abstract[n.value("abstractNumId")]
		}
	}
}

func listLevels(n *node) []wordList {
	var levels []wordList
	for _, l := range n.children {
		if l.name != "lvl" {
			continue
		}
		start, err := strconv.Atoi(l.value("start"))
		if err != nil || start < 0 || start > 1_000_000 {
			start = 1
		}
		format := l.value("numFmt")
		levels = append(levels, wordList{bullet: format == "bullet" || format == "none" || format == "", start: start})
	}
	return levels
}

// list returns one level of a list; a list that is not described has bullets.
func (w *wordFile) list(id string, level int) wordList {
	if levels := w.numbering[id]; level < len(levels) {
		return levels[level]
	}
	return wordList{bullet: true, start: 1}
}
