package ask

import "strings"

// Bounds of what counts as a slip of the finger, in characters.
const (
	slipLimit       = 2  // most edits
	longestCompared = 60 // longer names are not compared
	leastMisspelt   = 4  // of shorter names every edit makes another name
	leastReplaced   = 7  // from here on a letter may be another one, not only in another place
	leastTwice      = 9  // from here on two edits are allowed
)

// slip returns the edit distance of two keys when it is that of a slip, and 0
// when the keys are the same or differ by more. Names that differ in a digit
// are different names, and so are those that begin with another letter.
func slip(a, b string) int {
	if len(a) < leastMisspelt || len(a) > longestCompared || hasUnspaced(a) || hasUnspaced(b) || len(b) == 0 || a == b ||
		a[0] != b[0] || digitsOf(a) != digitsOf(b) {
		return 0
	}
	limit := 1
	if len(a) >= leastTwice {
		limit = slipLimit
	}
	if abs(len(a)-len(b)) > limit {
		return 0
	}
	if len(a) < leastReplaced && len(a) == len(b) && !isSwapped(a, b) {
		return 0
	}
	if d := distance([]rune(a), []rune(b)); d <= limit {
		return d
	}
	return 0
}

// isSwapped reports whether two words of one length differ by two neighbouring
// letters in the other order.
func isSwapped(a, b string) bool {
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// distance is the Damerau-Levenshtein distance (optimal string alignment).
func distance(a, b []rune) int {
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}

// slips lists the keys that one slip of the finger makes of a key, each once: the
// rules are those of slip. It is for looking them up, which is quicker in a large
// graph than comparing all names.
func slips(key string) []string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	if len(key) < leastMisspelt || len(key) > longestLookedUp || hasUnspaced(key) {
		return nil
	}
	seen := map[string]bool{key: true}
	var all []string
	add := func(other string) {
		if !seen[other] && digitsOf(other) == digitsOf(key) {
			seen[other] = true
			all = append(all, other)
		}
	}
	for i := 1; i <= len(key); i++ { // the first letter is always right
		for _, letter := range letters {
			add(key[:i] + string(letter) + key[i:])
		}
		if i == len(key) {
			break
		}
		add(key[:i] + key[i+1:])
		if i+1 < len(key) {
			add(key[:i] + string(key[i+1]) + string(key[i]) + key[i+2:])
		}
		for _, letter := range letters {
			if len(key) >= leastReplaced {
				add(key[:i] + string(letter) + key[i+1:])
			}
		}
	}
	return all
}

// longestLookedUp is the longest key whose slips are looked up.
const longestLookedUp = 24
