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
		r, size := signAt(tokens, i)
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
		i += size - 1
		from, left = i+1, r
	}
	flush(len(tokens), 0)
	return units
}

// signAt returns the sign that the mark at a token is or begins, and of how many
// tokens it is: "——", "->" and "—>" are one sign.
func signAt(tokens []token, i int) (rune, int) {
	t := &tokens[i]
	if arrow := arrowSize(tokens[i:]); arrow > 0 {
		return '→', arrow
	}
	r := t.r
	if r == '-' && t.gap {
		r = '—'
	}
	if (r == '—' || r == '→') && i+1 < len(tokens) && tokens[i+1].kind == mark && (tokens[i+1].r == '—' || tokens[i+1].r == '>') {
		return r, 2
	}
	return r, 1
}

// arrowSize returns how many of the tokens are an arrow made of "-" or "=" and ">";
// 0 when they begin with none.
func arrowSize(tokens []token) int {
	size := 0
	for size < len(tokens) && tokens[size].kind == mark && (tokens[size].r == '-' || tokens[size].r == '=') && (size == 0 || !tokens[size].gap) {
		size++
	}
	if size == 0 || size > 4 || size >= len(tokens) || tokens[size].kind != mark || tokens[size].r != '>' || tokens[size].gap {
		return 0
	}
	return size + 1
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
