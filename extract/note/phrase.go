package note

// phraseSet finds which of many phrases stand in a text, in one pass over it
// whatever their number. Capital ASCII letters match small ones.
type phraseSet struct {
	phrases []string // with small ASCII letters
	next    []int32  // the next phrase whose head has the same hash; -1 for none
	heads   [1 << headBits]int32
}

// headBytes is how many bytes of a phrase are hashed, and the least it may have.
const (
	headBytes = 3
	headBits  = 12
)

// hit is one phrase at one place of a text.
type hit struct {
	phrase     int
	start, end int // bytes
}

// newPhraseSet prepares phrases of at least three bytes each.
func newPhraseSet(phrases []string) *phraseSet {
	s := &phraseSet{next: make([]int32, len(phrases))}
	for i := range s.heads {
		s.heads[i] = -1
	}
	for i, phrase := range phrases {
		folded := make([]byte, len(phrase))
		for k := range folded {
			folded[k] = fold(phrase[k])
		}
		s.phrases = append(s.phrases, string(folded))
		head := hashHead(uint32(folded[0]) | uint32(folded[1])<<8 | uint32(folded[2])<<16)
		s.next[i], s.heads[head] = s.heads[head], int32(i)
	}
	return s
}

// find appends the hits in the text in order of their start.
func (s *phraseSet) find(text string, hits []hit) []hit {
	if len(text) < headBytes {
		return hits
	}
	window := uint32(fold(text[0]))<<8 | uint32(fold(text[1]))<<16
	for at := 0; at+headBytes <= len(text); at++ {
		window = window>>8 | uint32(fold(text[at+2]))<<16
		for i := s.heads[hashHead(window)]; i >= 0; i = s.next[i] {
			if phrase := s.phrases[i]; len(phrase) <= len(text)-at && equalFolded(text[at:at+len(phrase)], phrase) {
				hits = append(hits, hit{int(i), at, at + len(phrase)})
			}
		}
	}
	return hits
}

// hashHead spreads three bytes over the table by Knuth's multiplicative hash.
func hashHead(window uint32) uint32 { return window * 2654435761 >> (32 - headBits) }

// equalFolded compares a text with a phrase of its length in small letters.
func equalFolded(text, phrase string) bool {
	for i := range len(phrase) {
		if fold(text[i]) != phrase[i] {
			return false
		}
	}
	return true
}

// fold makes a capital ASCII letter small.
func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}
