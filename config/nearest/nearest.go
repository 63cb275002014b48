// Package nearest finds the known word that a misspelt one was probably meant to
// be, for messages such as "unknown key stroe; the nearest is store". It knows
// nothing of what the words stand for.
package nearest

import "strings"

// Word returns the candidate that differs least from word, or "" when none is
// near: at most a third of the letters, and never less than one, may differ.
// Letter case, hyphens and underscores do not count. Of several that are equally
// near the first wins.
func Word(word string, candidates []string) string {
	best, fewest := "", len(word)/3+1
	if len(word) < 3 {
		fewest = 1
	}
	folded := fold(word)
	for _, candidate := range candidates {
		if d := distance(folded, fold(candidate)); d <= fewest && (best == "" || d < fewest) {
			best, fewest = candidate, d
		}
	}
	return best
}

func fold(word string) []rune {
	return []rune(strings.ReplaceAll(strings.ToLower(word), "_", "-"))
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b.
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(replace, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
