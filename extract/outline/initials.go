package outline

import (
	"strings"
	"unicode/utf8"
)

// settleInitials gives speakers whose given names are cut to initials, "E. Rossi", the
// whole name where one speaker or host of the note alone has it.
func (r *reader) settleInitials() {
	full := r.fullNames()
	for k := range r.outline.Talks {
		speakers := r.outline.Talks[k].Speakers
		for i := range speakers {
			if found := full[initialsOf(speakers[i].Name)]; len(found) == 1 && isCut(speakers[i].Name) {
				speakers[i].Name = found[0]
			}
		}
	}
}

// fullNames lists the whole names of speakers and hosts by their initial and surname.
func (r *reader) fullNames() map[string][]string {
	full, seen := map[string][]string{}, map[string]bool{}
	add := func(s *Speaker) {
		if key := initialsOf(s.Name); key != "" && !isCut(s.Name) && !seen[strings.ToLower(s.Name)] {
			seen[strings.ToLower(s.Name)] = true
			full[key] = append(full[key], s.Name)
		}
	}
	for k := range r.outline.Talks {
		for i := range r.outline.Talks[k].Speakers {
			add(&r.outline.Talks[k].Speakers[i])
		}
		for i := range r.outline.Talks[k].Hosts {
			add(&r.outline.Talks[k].Hosts[i])
		}
	}
	for i := range r.outline.Hosts {
		add(&r.outline.Hosts[i])
	}
	return full
}

// initialsOf returns the first letter and the last word of a name in Latin letters, in
// small letters; "" for any other name.
func initialsOf(name string) string {
	words := strings.Fields(strings.ToLower(name))
	if len(words) < 2 || words[0][0] >= utf8.RuneSelf {
		return ""
	}
	return words[0][:1] + " " + words[len(words)-1]
}

// isCut holds for a name whose first word is an initial: "E. Rossi", "E Rossi".
func isCut(name string) bool {
	word, _, _ := strings.Cut(name, " ")
	return utf8.RuneCountInString(strings.TrimSuffix(word, ".")) == 1
}
