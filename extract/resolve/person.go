package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// mention is one place where a person is named.
type mention struct {
	key
	label         string
	name          string   // folded
	organizations []string // final IDs, with those they are part of
	home          string   // label of the first institution
	talks         []string // final IDs of the talks
	line          int
}

// people groups the mentions of each name and gives each group an ID.
func (r *resolver) people() {
	byName := map[string][]*mention{}
	var names []string
	for i := range r.documents {
		for _, m := range r.mentions(i) {
			if _, ok := byName[m.name]; !ok {
				names = append(names, m.name)
			}
			byName[m.name] = append(byName[m.name], m)
		}
	}
	for _, name := range names {
		groups := r.group(byName[name])
		slices.SortStableFunc(groups, func(a, b []*mention) int { return cmp.Compare(homeOf(a), homeOf(b)) })
		apart := make([]string, len(groups))
		for i, group := range groups {
			apart[i] = homeOf(group)
		}
		ids := uniqueIDs("person/", fact.Slug(groups[0][0].label), apart)
		for i, group := range groups {
			for _, m := range group {
				r.ids[m.key] = ids[i]
			}
		}
		r.reportNamesakes(groups)
	}
	r.reportMisspeltPeople(names, byName)
}

// homeOf is the institution that tells a group from its namesakes.
func homeOf(group []*mention) string {
	home := ""
	for _, m := range group {
		if m.home != "" && (home == "" || m.home < home) {
			home = m.home
		}
	}
	return home
}

// mentions collects the persons of a document with their institutions and talks.
func (r *resolver) mentions(i int) []*mention {
	d := &r.documents[i]
	above := map[string][]string{}
	labels := map[string]string{}
	for _, e := range d.Entities {
		labels[e.ID] = e.Label
	}
	for _, relation := range d.Relations {
		if relation.Predicate == fact.ParentOrganization {
			above[relation.Source] = append(above[relation.Source], relation.Target)
		}
	}
	var all []*mention
	byID := map[string]*mention{}
	for _, e := range d.Entities {
		if e.Type == fact.Person {
			m := &mention{key: key{i, e.ID}, label: e.Label, name: fact.Key(e.Label)}
			all = append(all, m)
			byID[e.ID] = m
		}
	}
	for _, relation := range d.Relations {
		switch relation.Predicate {
		case fact.Affiliation:
			if m := byID[relation.Source]; m != nil {
				m.organizations = r.withParents(m.organizations, i, relation.Target, above, 0)
				if m.home == "" {
					m.home = labels[relation.Target]
				}
				m.line = cmp.Or(m.line, relation.Evidence[0].Line)
			}
		case fact.Performer, fact.Mentions:
			if m := byID[relation.Target]; m != nil {
				m.talks = append(m.talks, r.final(i, relation.Source))
				m.line = cmp.Or(m.line, relation.Evidence[0].Line)
			}
		}
	}
	return all
}

func (r *resolver) withParents(ids []string, document int, id string, above map[string][]string, depth int) []string {
	ids = append(ids, r.final(document, id))
	if depth < 4 {
		for _, parent := range above[id] {
			ids = r.withParents(ids, document, parent, above, depth+1)
		}
	}
	return ids
}

// group joins mentions of one name that share an institution or a talk; in one
// document, one without institution joins the others when they are one person.
func (r *resolver) group(mentions []*mention) [][]*mention {
	u := newUnion(len(mentions))
	seen := map[string]int{}
	for i, m := range mentions {
		calling := isCalling(m.label)
		for _, reason := range append(slices.Clone(m.organizations), m.talks...) {
			if calling {
				reason = fmt.Sprint(m.document, " ", reason)
			}
			if j, ok := seen[reason]; ok {
				u.join(i, j)
			} else {
				seen[reason] = i
			}
		}
	}
	r.joinWithoutInstitution(mentions, u)
	return u.groups(mentions)
}

// isCalling holds for what somebody is called by, 赵老师 and 小宇: two of one institution
// may be called so, and only within one document are they one person.
func isCalling(label string) bool {
	size := utf8.RuneCountInString(label)
	for _, honorific := range []string{"老师", "教授", "博士", "院士", "主任"} {
		if strings.HasSuffix(label, honorific) && size <= 4 {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(label)
	return size == 2 && strings.ContainsRune("小老阿", first)
}

// joinWithoutInstitution joins, inside each document, mentions that give no institution.
func (r *resolver) joinWithoutInstitution(mentions []*mention, u *union) {
	byDocument := map[int][]int{}
	var documents []int
	for i, m := range mentions {
		if _, ok := byDocument[m.document]; !ok {
			documents = append(documents, m.document)
		}
		byDocument[m.document] = append(byDocument[m.document], i)
	}
	for _, document := range documents {
		homes := map[int]bool{}
		last := -1
		for _, i := range byDocument[document] {
			if len(mentions[i].organizations) > 0 {
				homes[u.find(i)] = true
				last = i
			}
		}
		if len(homes) > 1 {
			continue
		}
		for _, i := range byDocument[document] {
			if len(mentions[i].organizations) > 0 {
				continue
			}
			if last >= 0 {
				u.join(i, last)
			}
			last = i
		}
	}
}

// reportNamesakes says that people of one name were kept apart.
func (r *resolver) reportNamesakes(groups [][]*mention) {
	for i := 1; i < len(groups); i++ {
		a, b := groups[0][0], groups[i][0]
		r.result.MaybeSame = append(r.result.MaybeSame, Merge{Kept: withHome(a), Merged: withHome(b),
			Reason: "one name, but no institution or talk in common", Document: r.documents[b.document].Document.ID, Line: b.line})
	}
}

func withHome(m *mention) string {
	if m.home == "" {
		return m.label
	}
	return m.label + " (" + m.home + ")"
}

// reportMisspeltPeople proposes names that differ by one character and share an
// institution, such as two spellings of one name in a document.
func (r *resolver) reportMisspeltPeople(names []string, byName map[string][]*mention) {
	buckets := map[string][]string{}
	var order []string
	for _, name := range names {
		first, size := utf8.DecodeRuneInString(name)
		for _, bucket := range []string{"1" + string(first), "2" + name[size:]} {
			if _, ok := buckets[bucket]; !ok {
				order = append(order, bucket)
			}
			buckets[bucket] = append(buckets[bucket], name)
		}
	}
	for _, bucket := range order {
		for i, a := range buckets[bucket] {
			for _, b := range buckets[bucket][i+1:] {
				r.proposeSame(byName[a], byName[b])
			}
		}
	}
}

// proposeSame reports two names of people that are close and share an institution.
func (r *resolver) proposeSame(a, b []*mention) {
	x, y := a[0], b[0]
	length := utf8.RuneCountInString(x.name)
	if length < 2 || length != utf8.RuneCountInString(y.name) || Distance(x.name, y.name) != 1 || length == 2 && !strings.HasSuffix(x.name, y.name[len(y.name)-3:]) {
		return
	}
	for _, m := range a {
		for _, n := range b {
			if shares(m.organizations, n.organizations) && m.document == n.document {
				r.result.MaybeSame = append(r.result.MaybeSame, Merge{Kept: m.label, Merged: n.label, Line: n.line,
					Document: r.documents[n.document].Document.ID, Reason: "one character differs and the institution is the same"})
				return
			}
		}
	}
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}

// union is a union-find over indexes.
type union struct{ parent []int }

func newUnion(n int) *union {
	u := &union{parent: make([]int, n)}
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *union) find(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

// join keeps the smaller index as the root, so that the result has one order.
func (u *union) join(i, j int) {
	i, j = u.find(i), u.find(j)
	u.parent[max(i, j)] = min(i, j)
}

func (u *union) groups(mentions []*mention) [][]*mention {
	var groups [][]*mention
	at := map[int]int{}
	for i, m := range mentions {
		root := u.find(i)
		k, ok := at[root]
		if !ok {
			k = len(groups)
			at[root] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], m)
	}
	return groups
}
