package concept

// unit is a run of tokens between two marks: a clause, an item of a list, what
// stands in brackets or in quotes.
type unit struct {
	from, to    int  // tokens [from, to)
	left, right rune // the marks around it; 0 at the ends of the line, ' ' for white space between Chinese
	depth       int  // of brackets
	sentence    int  // counts the sentences of the line
}

// split cuts the tokens of a line into units.
func split(tokens []token, units []unit) []unit {
	from, left, depth, sentence := 0, rune(0), 0, 0
	flush := func(to int, right rune) {
		if to > from {
			units = append(units, unit{from, to, left, right, depth, sentence})
		}
	}
	for i := 0; i < len(tokens); i++ {
		t := &tokens[i]
		if t.kind != mark {
			if t.gap && i > from && t.kind == han && tokens[i-1].kind == han {
				flush(i, ' ')
				from, left = i, ' '
			}
			continue
		}
		if joinsHan(tokens, i) {
			continue
		}
		r := t.r
		if r == '-' && i+1 < len(tokens) && tokens[i+1].kind == mark && tokens[i+1].r == '>' {
			r = '→'
		} else if r == '-' && t.gap {
			r = '—'
		}
		flush(i, r)
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		case '.', '。', ';', '!', '?':
			if depth == 0 {
				sentence++
			}
		}
		if i+1 < len(tokens) && tokens[i+1].kind == mark && (r == '—' || r == '→') && (tokens[i+1].r == '—' || tokens[i+1].r == '>') {
			i++ // "——", "->" and "—>" are one sign
		}
		from, left = i+1, r
	}
	flush(len(tokens), 0)
	return units
}

// joinsHan reports whether a mark stands inside a Chinese name: 感知-控制, 若愚-九天.
func joinsHan(tokens []token, i int) bool {
	t := &tokens[i]
	if t.r != '-' && t.r != '·' || t.gap || i == 0 || i+1 >= len(tokens) || tokens[i+1].gap {
		return false
	}
	before, after := tokens[i-1].kind, tokens[i+1].kind
	return (before == han || before == word) && (after == han || after == word)
}
