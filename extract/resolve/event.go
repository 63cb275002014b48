package resolve

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// member is a provisional entity with what identifies it.
type member struct {
	key
	label         string
	identity      string // equal identity: the same entity
	discriminator string // tells apart those with one slug
}

// events gives events, sessions and talks their IDs: an event is its name and year,
// a session its name in an event, a talk its title in an event.
func (r *resolver) events() {
	var events, sessions, talks []member
	for i := range r.documents {
		d := &r.documents[i]
		parents := parents(d)
		entities := map[string]*fact.Entity{}
		for k := range d.Entities {
			entities[d.Entities[k].ID] = &d.Entities[k]
		}
		for k := range d.Entities {
			e := &d.Entities[k]
			event := d.Document.ID
			label := d.Document.Label
			if top := topOf(e.ID, parents, entities); top != nil {
				event, label = eventIdentity(top), top.Label
			}
			m := member{key: key{i, e.ID}, label: e.Label, discriminator: label}
			switch e.Type {
			case fact.Event:
				m.identity, m.discriminator = eventIdentity(e), e.Props[fact.PropStartDate]
				events = append(events, m)
			case fact.Session:
				m.identity = strings.Join([]string{event, fact.Key(e.Label), e.Props[fact.PropStartDate], e.Props[fact.PropPart]}, "\x00")
				if e.Props[fact.PropStartDate] != "" {
					m.discriminator += " " + e.Props[fact.PropStartDate]
				}
				sessions = append(sessions, m)
			case fact.Talk:
				m.identity = event + "\x00" + fact.Key(e.Label)
				talks = append(talks, m)
			}
		}
	}
	r.assign("event/", events)
	r.assign("session/", sessions)
	r.assign("talk/", talks)
}

// eventIdentity is an event's name with its year.
func eventIdentity(e *fact.Entity) string {
	year, _, _ := strings.Cut(e.Props[fact.PropStartDate], "-")
	return fact.Key(e.Label) + "\x00" + year
}

func parents(d *fact.Facts) map[string]string {
	up := map[string]string{}
	for _, relation := range d.Relations {
		if relation.Predicate == fact.SuperEvent {
			up[relation.Source] = relation.Target
		}
	}
	return up
}

// topOf walks up to the event of a session or talk; nil when it has none.
func topOf(id string, up map[string]string, entities map[string]*fact.Entity) *fact.Entity {
	for range 3 {
		if e := entities[id]; e != nil && e.Type == fact.Event {
			return e
		}
		next, ok := up[id]
		if !ok {
			return nil
		}
		id = next
	}
	return nil
}

// assign groups members by identity and gives each group one ID.
func (r *resolver) assign(prefix string, members []member) {
	bySlug := map[string][]string{} // slug → identities, in order of the members
	discriminator := map[string]string{}
	var slugs []string
	for _, m := range members {
		slug := fact.Slug(m.label)
		if _, ok := bySlug[slug]; !ok {
			slugs = append(slugs, slug)
		}
		if !slices.Contains(bySlug[slug], m.identity) {
			bySlug[slug] = append(bySlug[slug], m.identity)
			discriminator[slug+"\x00"+m.identity] = m.discriminator
		}
	}
	ids := map[string]string{}
	for _, slug := range slugs {
		var apart []string
		for _, identity := range bySlug[slug] {
			apart = append(apart, discriminator[slug+"\x00"+identity])
		}
		for i, id := range uniqueIDs(prefix, slug, apart) {
			if _, ok := ids[bySlug[slug][i]]; !ok {
				ids[bySlug[slug][i]] = id
			}
		}
	}
	for _, m := range members {
		r.ids[m.key] = ids[m.identity]
	}
}
