package resolve

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"talkgraph/extract/fact"
)

// CorrectionsDocument is the entity ID of the corrections as evidence.
const CorrectionsDocument = "doc/corrections.yaml"

// corrector applies the user's corrections to the joined facts.
type corrector struct {
	*resolver
	byName map[string][]string  // folded name → entity IDs, sorted
	types  map[string]fact.Type // entity ID → type
	labels map[string]string
}

// correct applies the corrections in the order: drop, same, type, rename, add.
func (r *resolver) correct() {
	if r.corrections == nil {
		return
	}
	c := &corrector{resolver: r}
	c.index()
	for _, item := range r.corrections.Drop {
		c.drop(item)
	}
	for _, group := range r.corrections.Same {
		c.same(group)
	}
	for _, group := range r.corrections.Different {
		if len(c.find(group.Names...)) == 0 {
			c.warn(group.Line, "no entity has any of these names: "+strings.Join(group.Names, ", "))
		}
	}
	for _, pair := range r.corrections.Type {
		c.retype(pair)
	}
	for _, pair := range r.corrections.Rename {
		c.rename(pair)
	}
	c.add()
}

// separated reports whether the user said that two names are different.
func (r *resolver) separated(a, b string) bool {
	if r.corrections == nil {
		return false
	}
	x, y := fact.Key(a), fact.Key(b)
	for _, group := range r.corrections.Different {
		hasX := slices.ContainsFunc(group.Names, func(name string) bool { return fact.Key(name) == x })
		hasY := slices.ContainsFunc(group.Names, func(name string) bool { return fact.Key(name) == y })
		if hasX && hasY {
			return true
		}
	}
	return false
}

func (c *corrector) index() {
	c.byName, c.types, c.labels = map[string][]string{}, map[string]fact.Type{}, map[string]string{}
	for i := range c.result.Documents {
		for _, e := range c.result.Documents[i].Entities {
			if _, ok := c.types[e.ID]; !ok {
				c.types[e.ID], c.labels[e.ID] = e.Type, e.Label
			}
			for _, name := range append([]string{e.Label}, e.Aliases...) {
				k := fact.Key(name)
				if !slices.Contains(c.byName[k], e.ID) {
					c.byName[k] = append(c.byName[k], e.ID)
				}
			}
		}
	}
	for _, ids := range c.byName {
		slices.Sort(ids)
	}
}

// find returns the entities that have any of the names, in order of the names.
func (c *corrector) find(names ...string) []string {
	var ids []string
	for _, name := range names {
		for _, id := range c.byName[fact.Key(name)] {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (c *corrector) warn(line int, message string) {
	c.result.Diagnostics = append(c.result.Diagnostics, fact.Diagnostic{File: c.corrections.File, Line: line,
		Severity: fact.Warning, Message: message, Mend: "check the spelling or remove the entry"})
}

// each calls do for every entity of every document.
func (c *corrector) each(do func(*fact.Entity)) {
	for i := range c.result.Documents {
		for k := range c.result.Documents[i].Entities {
			do(&c.result.Documents[i].Entities[k])
		}
	}
}

func (c *corrector) drop(item Item) {
	ids := c.find(item.Name)
	if len(ids) == 0 {
		c.warn(item.Line, fmt.Sprintf("nothing is named %q", item.Name))
		return
	}
	gone := func(id string) bool { return slices.Contains(ids, id) }
	for i := range c.result.Documents {
		d := &c.result.Documents[i]
		d.Entities = slices.DeleteFunc(d.Entities, func(e fact.Entity) bool { return gone(e.ID) })
		d.Relations = slices.DeleteFunc(d.Relations, func(r fact.Relation) bool { return gone(r.Source) || gone(r.Target) })
	}
	c.index()
}

// same makes one entity of all that have one of the names and the type of the first.
func (c *corrector) same(group Group) {
	ids := c.find(group.Names...)
	if len(ids) == 0 {
		c.warn(group.Line, "no entity has any of these names: "+strings.Join(group.Names, ", "))
		return
	}
	target := ids[0]
	replace := map[string]string{}
	for _, id := range ids[1:] {
		if c.types[id] == c.types[target] {
			replace[id] = target
			c.result.Merges = append(c.result.Merges, Merge{Kept: group.Names[0], Merged: c.labels[id], Reason: "corrections.yaml", Document: CorrectionsDocument, Line: group.Line})
		}
	}
	c.each(func(e *fact.Entity) {
		if to, ok := replace[e.ID]; ok {
			e.ID = to
		}
		if e.ID == target {
			e.Aliases = append(append(e.Aliases, e.Label), group.Names...)
			e.Label = group.Names[0]
		}
	})
	c.rewire(replace)
	c.index()
}

func (c *corrector) rewire(replace map[string]string) {
	for i := range c.result.Documents {
		for k := range c.result.Documents[i].Relations {
			relation := &c.result.Documents[i].Relations[k]
			if to, ok := replace[relation.Source]; ok {
				relation.Source = to
			}
			if to, ok := replace[relation.Target]; ok {
				relation.Target = to
			}
		}
	}
}

func (c *corrector) rename(pair Pair) {
	ids := c.find(pair.Name)
	if len(ids) == 0 {
		c.warn(pair.Line, fmt.Sprintf("nothing is named %q", pair.Name))
		return
	}
	c.each(func(e *fact.Entity) {
		if slices.Contains(ids, e.ID) {
			e.Aliases = append(e.Aliases, e.Label)
			e.Label = pair.Value
		}
	})
	c.index()
}

// retype changes the type of an entity; relations that its new type cannot have go.
func (c *corrector) retype(pair Pair) {
	ids := c.find(pair.Name)
	if len(ids) == 0 {
		c.warn(pair.Line, fmt.Sprintf("nothing is named %q", pair.Name))
		return
	}
	if !slices.Contains(fact.Types(), fact.Type(pair.Value)) {
		c.warn(pair.Line, fmt.Sprintf("%q is no type of entity", pair.Value))
		return
	}
	replace := map[string]string{}
	prefix := strings.ToLower(pair.Value) + "/"
	for _, id := range ids {
		_, slug, _ := strings.Cut(id, "/")
		replace[id] = prefix + slug
	}
	c.each(func(e *fact.Entity) {
		if to, ok := replace[e.ID]; ok {
			e.ID, e.Type = to, fact.Type(pair.Value)
		}
	})
	c.rewire(replace)
	c.index()
	for i := range c.result.Documents {
		d := &c.result.Documents[i]
		for k := range d.Relations {
			if relation := &d.Relations[k]; relation.Predicate == fact.Mentions && c.types[relation.Target] == fact.Concept {
				relation.Predicate, relation.Weight = fact.About, relation.Evidence[0].Confidence
			}
		}
		d.Relations = slices.DeleteFunc(d.Relations, func(relation fact.Relation) bool {
			return !fits(relation.Predicate, c.types[relation.Source], c.types[relation.Target])
		})
	}
}

// fits checks the types of the ends of a relation against the vocabulary.
func fits(p fact.Predicate, source, target fact.Type) bool {
	switch p {
	case fact.SuperEvent:
		return source == fact.Talk && (target == fact.Session || target == fact.Event) || source == fact.Session && target == fact.Event
	case fact.Performer:
		return source == fact.Talk && target == fact.Person
	case fact.Affiliation:
		return source == fact.Person && target == fact.Organization
	case fact.About:
		return source == fact.Talk && target == fact.Concept
	case fact.Broader, fact.Related:
		return source == fact.Concept && target == fact.Concept
	case fact.ParentOrganization:
		return source == fact.Organization && target == fact.Organization
	case fact.Mentions:
		return source == fact.Talk && (target == fact.Person || target == fact.Organization)
	default:
		return true
	}
}

// ends gives the types of source and target that a user's edge may need made anew.
func ends(p fact.Predicate) (fact.Type, fact.Type) {
	switch p {
	case fact.Affiliation:
		return fact.Person, fact.Organization
	case fact.Performer:
		return fact.Talk, fact.Person
	case fact.About:
		return fact.Talk, fact.Concept
	case fact.ParentOrganization:
		return fact.Organization, fact.Organization
	case fact.Mentions:
		return fact.Talk, fact.Person
	default:
		return fact.Concept, fact.Concept
	}
}

// add makes a document of the user's own edges.
func (c *corrector) add() {
	if len(c.corrections.Add) == 0 {
		return
	}
	d := fact.Facts{Document: fact.Entity{ID: CorrectionsDocument, Type: fact.Document, Label: "corrections.yaml"}}
	lines := strings.Split(c.corrections.Content, "\n")
	for _, a := range c.corrections.Add {
		p := fact.Predicate(a.Relation)
		source, target := ends(p)
		from, ok := c.entityFor(&d, a.From, source, false, a.Line)
		if !ok {
			continue
		}
		to, ok := c.entityFor(&d, a.To, target, true, a.Line)
		if !ok {
			continue
		}
		relation := fact.Relation{Source: from, Target: to, Predicate: p}
		if p == fact.About {
			relation.Weight = 1
		}
		quote := strings.TrimSpace(lines[a.Line-1])
		relation.Evidence = []fact.Evidence{{Document: CorrectionsDocument, Line: a.Line, Quote: quote,
			Column:    utf8.RuneCountInString(lines[a.Line-1][:strings.Index(lines[a.Line-1], quote)]) + 1,
			Extractor: fact.ExtractorCorrections, Confidence: 1}}
		d.Relations = append(d.Relations, relation)
	}
	if len(d.Relations) > 0 {
		c.result.Documents = append(c.result.Documents, d)
		slices.SortFunc(c.result.Documents, func(a, b fact.Facts) int { return strings.Compare(a.Document.ID, b.Document.ID) })
	}
}

// entityFor finds the one entity of a name and type, or makes it where that is allowed.
func (c *corrector) entityFor(d *fact.Facts, name string, t fact.Type, create bool, line int) (string, bool) {
	var found []string
	for _, id := range c.find(name) {
		if c.types[id] == t || !create && t == fact.Talk {
			found = append(found, id)
		}
	}
	switch {
	case len(found) == 1:
		d.Entities = append(d.Entities, fact.Entity{ID: found[0], Type: c.types[found[0]], Label: c.labels[found[0]]})
		return found[0], true
	case len(found) > 1:
		c.warn(line, fmt.Sprintf("%q names several: %s", name, strings.Join(found, ", ")))
		return "", false
	case !create:
		c.warn(line, fmt.Sprintf("no %s is named %q", t, name))
		return "", false
	}
	id := strings.ToLower(string(t)) + "/" + fact.Slug(name)
	d.Entities = append(d.Entities, fact.Entity{ID: id, Type: t, Label: name})
	return id, true
}
