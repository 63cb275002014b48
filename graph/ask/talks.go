package ask

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// talk is a talk with how well it answers. Of its node only the ID is sure to be
// there; whole reads the rest, which a topic of thousands of talks cannot wait for.
type talk struct {
	node     graph.Node
	score    float64 // 0…1; see aboutness
	evidence []graph.Evidence
}

// narrowerFactor is what a step to a narrower concept takes off the score.
const narrowerFactor = 0.6

// narrowerDepth is how far narrower concepts are followed.
const narrowerDepth = 3

// narrower returns a concept and those below it with the factor of each.
func (f *finder) narrower(id string) (map[string]float64, error) {
	factors := map[string]float64{id: 1}
	level := []string{id}
	factor := 1.0
	for range narrowerDepth {
		factor *= narrowerFactor
		var next []string
		for _, wider := range level {
			edges, err := f.in(wider, fact.Broader)
			if err != nil {
				return nil, err
			}
			for _, edge := range edges {
				if _, ok := factors[edge.Source]; !ok {
					factors[edge.Source] = factor
					next = append(next, edge.Source)
				}
			}
		}
		level = next
	}
	return factors, nil
}

// selected returns the talks that fulfil every condition of the query, best first;
// without any condition, all talks. Where topics are asked for, the score says how much
// a talk is about them and the evidence shows it.
func (f *finder) selected() ([]talk, error) {
	talks, limited, err := f.onTopics()
	if err != nil {
		return nil, err
	}
	byTopic := limited
	for _, condition := range []func() ([]talk, bool, error){f.ofActors, f.inScopes} {
		more, limits, err := condition()
		if err != nil {
			return nil, err
		}
		switch {
		case limits && limited:
			talks = keepCommon(talks, more)
		case limits:
			talks, limited = more, true
		}
	}
	if !limited {
		if talks, err = f.everyTalk(); err != nil {
			return nil, err
		}
	}
	if talks, err = f.atTime(talks); err != nil {
		return nil, err
	}
	if f.query.Format != FormatAny {
		if err := f.whole(talks); err != nil {
			return nil, err
		}
		talks = slices.DeleteFunc(talks, func(t talk) bool { return !f.query.Format.fits(t.node) })
	}
	if talks, err = f.inOrder(talks); err != nil {
		return nil, err
	}
	if byTopic {
		sortTalks(talks)
		return talks, nil
	}
	err = f.whole(talks)
	byDay(talks)
	return talks, err
}

// whole reads the nodes of talks of which only the ID is known.
func (f *finder) whole(talks []talk) error {
	var ids []string
	for _, t := range talks {
		ids = append(ids, t.node.ID)
	}
	if err := f.load(ids); err != nil {
		return err
	}
	for i := range talks {
		if n, ok := f.nodes[talks[i].node.ID]; ok {
			talks[i].node = n
		}
	}
	return nil
}

// fits reports whether a talk is of a format.
func (format Format) fits(n graph.Node) bool {
	has := Format(n.Props[fact.PropFormat])
	switch format {
	case FormatAny:
		return true
	case FormatTalk:
		return has != FormatPanel
	default:
		return has == format
	}
}

// keepCommon keeps the talks of the first list that are in the second.
func keepCommon(talks, others []talk) []talk {
	ids := map[string]bool{}
	for _, t := range others {
		ids[t.node.ID] = true
	}
	return slices.DeleteFunc(talks, func(t talk) bool { return !ids[t.node.ID] })
}

// onTopics returns the talks about the topics and whether there are any topics.
func (f *finder) onTopics() ([]talk, bool, error) {
	names := f.query.with(RoleTopic)
	if len(names) == 0 {
		return nil, false, nil
	}
	var groups [][]talk // alternatives are one group
	optional := true    // whether all groups are joined by "and"
	for i, name := range names {
		talks, err := f.talksAbout(name.IDs)
		if err != nil {
			return nil, false, err
		}
		if i > 0 && name.Join == JoinOr {
			groups[len(groups)-1] = unite(groups[len(groups)-1], talks)
			continue
		}
		optional = optional && (i == 0 || name.Join == JoinAnd)
		groups = append(groups, talks)
	}
	all := groups[0]
	for _, group := range groups[1:] {
		all = intersect(all, group)
	}
	if len(all) == 0 && optional { // nobody spoke of both, but of either
		for _, group := range groups {
			all = unite(all, group)
		}
	}
	sortTalks(all)
	return all, true, nil
}

// unite returns the talks of both lists, each with all its evidence and its better score.
func unite(a, b []talk) []talk {
	all := slices.Clone(a)
	for _, t := range b {
		if k := indexOf(all, t.node.ID); k >= 0 {
			all[k].score = max(all[k].score, t.score)
			all[k].evidence = fact.SortEvidence(slices.Concat(all[k].evidence, t.evidence))
		} else {
			all = append(all, t)
		}
	}
	return all
}

// intersect returns the talks in both lists, each with all its evidence and its lesser score.
func intersect(a, b []talk) []talk {
	var both []talk
	for _, t := range a {
		if k := indexOf(b, t.node.ID); k >= 0 {
			t.score = min(t.score, b[k].score)
			t.evidence = fact.SortEvidence(slices.Concat(t.evidence, b[k].evidence))
			both = append(both, t)
		}
	}
	return both
}

func indexOf(talks []talk, id string) int {
	return slices.IndexFunc(talks, func(t talk) bool { return t.node.ID == id })
}

// talksAbout returns the talks about one idea, which some entities mean together:
// concepts with those below them, people and institutions that are mentioned, and
// talks that are named after it.
func (f *finder) talksAbout(ids []string) ([]talk, error) {
	c := collection{finder: f, byID: map[string]int{}, names: map[string]bool{}}
	for _, id := range ids {
		n, err := f.node(id)
		if err != nil {
			return nil, err
		}
		switch n.Type {
		case fact.Concept:
			err = c.concept(n)
		case fact.Talk:
			err = c.titled(n, titleSupport)
		case fact.Session:
			err = c.inSession(n)
		default:
			err = c.mentioned(n)
		}
		if err != nil {
			return nil, err
		}
	}
	return c.talks(), nil
}

// collection gathers the talks about one idea.
type collection struct {
	finder  *finder
	byID    map[string]int
	names   map[string]bool // keys of the names of the idea
	sources []source
}

// source is a talk with the passages that make it one about an idea.
type source struct {
	id       string
	title    float64 // what its title, or that of its session, adds
	passages []weighed
}

// weighed is a passage with how much it counts, 0…1.
type weighed struct {
	evidence graph.Evidence
	weight   float64
}

// nameInID is the key of the name that an ID was made of, as far as it holds it.
func nameInID(id string) string {
	_, slug, _ := strings.Cut(id, "/")
	return strings.ReplaceAll(slug, "-", "")
}

func (c *collection) at(id string) *source {
	k, ok := c.byID[id]
	if !ok {
		k = len(c.sources)
		c.byID[id] = k
		c.sources = append(c.sources, source{id: id})
	}
	return &c.sources[k]
}

// concept adds the talks about a concept and those below it.
func (c *collection) concept(n graph.Node) error {
	factors, err := c.finder.narrower(n.ID)
	if err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(factors))
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(factors[b], factors[a]) }) // what is nearest in meaning first
	if err := c.finder.load(ids); err != nil {
		return err
	}
	read := 0
	for _, id := range ids {
		if read > topicEdges {
			c.finder.partial = true
			break
		}
		node, err := c.finder.node(id)
		if err != nil {
			return err
		}
		c.finder.terms = append(append(c.finder.terms, node.Label), node.Aliases...)
		edges, err := c.finder.in(id, fact.About)
		if err != nil {
			return err
		}
		read += len(edges)
		for _, edge := range edges {
			s := c.at(edge.Source)
			for _, e := range edge.Evidence {
				s.passages = append(s.passages, weighed{e, edge.Weight * factors[id] * graph.Prominence(e, node)})
			}
		}
		if id == n.ID {
			for _, name := range append([]string{node.Label}, node.Aliases...) {
				c.names[fact.Key(name)] = true
			}
		}
	}
	return nil
}

// topicEdges is how many edges to talks are read of an idea before what lies further
// below it in meaning is left unread: a broad idea in a large graph has answers enough.
const topicEdges = 1500

// inSession adds the talks of a session that is named after the idea.
func (c *collection) inSession(n graph.Node) error {
	talks, err := c.finder.talksIn(n.ID, 0)
	if err != nil {
		return err
	}
	for _, t := range talks {
		if err := c.titled(t.node, sessionSupport); err != nil {
			return err
		}
	}
	return nil
}

// titled adds a talk that is named after the idea, or whose session is.
func (c *collection) titled(n graph.Node, support float64) error {
	edges, err := c.finder.out(n.ID, fact.SuperEvent)
	if err != nil {
		return err
	}
	s := c.at(n.ID)
	s.title = max(s.title, support)
	for _, edge := range edges {
		for _, e := range edge.Evidence {
			s.passages = append(s.passages, weighed{e, titledWeight})
		}
	}
	return nil
}

// mentioned adds the talks that speak of a person or an institution, and those whose
// titles do.
func (c *collection) mentioned(n graph.Node) error {
	edges, err := c.finder.in(n.ID, fact.Mentions)
	if err != nil {
		return err
	}
	for _, edge := range edges {
		s := c.at(edge.Source)
		for _, e := range edge.Evidence {
			s.passages = append(s.passages, weighed{e, 1})
		}
	}
	directory := directory{ctx: c.finder.ctx, snapshot: c.finder.snapshot}
	for _, name := range append([]string{n.Label}, n.Aliases...) {
		if len(fact.Key(name)) < leastTitled {
			continue
		}
		titled, err := directory.holding(name, fact.Talk)
		if err != nil {
			return err
		}
		for _, id := range titled {
			talk, err := c.finder.node(id)
			if err != nil {
				return err
			}
			if err := c.titled(talk, titleSupport); err != nil {
				return err
			}
		}
	}
	return nil
}

// leastTitled is how many bytes a name has at least that is searched for in titles: two
// Chinese characters. Shorter ones stand in titles by chance.
const leastTitled = 5

// TouchScore is the score below which a talk only touches what is asked about: a
// word within one sentence, a benchmark, a comparison.
const TouchScore = 0.35

// narrowScore is the score below which a talk that only touches something narrower is
// no answer beside talks that are about the idea itself.
const narrowScore = 0.25

// How much a title counts that names the idea.
const (
	titleSupport   = 3.0
	sessionSupport = 0.1
	titledWeight   = 0.5 // of the passages that place such a talk
)

// talks returns the talks by score.
func (c *collection) talks() []talk {
	best := 0.0
	scores := make([]float64, len(c.sources))
	for i, s := range c.sources {
		scores[i] = c.aboutness(s)
		best = max(best, scores[i])
	}
	var talks []talk
	for i, s := range c.sources {
		touches := c.finder.options.AboutOnly && scores[i] < TouchScore
		if touches || best >= TouchScore && scores[i] < narrowScore && !c.speaksOf(s) {
			continue
		}
		talks = append(talks, talk{node: graph.Node{ID: s.id}, score: scores[i], evidence: ranked(s.passages)})
	}
	sortTalks(talks)
	return talks
}

// speaksOf reports whether a talk speaks of the idea under one of its own names, and
// not of something narrower alone.
func (c *collection) speaksOf(s source) bool {
	if s.title > 0 || len(c.names) == 0 {
		return true
	}
	return slices.ContainsFunc(s.passages, func(p weighed) bool {
		quote := fact.Key(p.evidence.Quote)
		for name := range c.names {
			if strings.Contains(quote, name) {
				return true
			}
		}
		return false
	})
}

// aboutness is how much a talk is about the idea, from 0 to 1: it grows with the
// lines that speak of it, with how prominently they do, and with the title.
func (c *collection) aboutness(s source) float64 {
	lines := map[[2]any]float64{}
	for _, p := range s.passages {
		line := [2]any{p.evidence.Document, p.evidence.Line}
		lines[line] = max(lines[line], p.weight)
	}
	support := 0.0
	for _, weight := range slices.Sorted(maps.Values(lines)) { // sorted: sums of floats depend on the order
		support += weight
	}
	title, key := s.title, nameInID(s.id)
	for name := range c.names {
		if strings.Contains(key, name) {
			title = titleSupport
		}
	}
	support += title
	return support / (1 + support)
}

// ranked returns passages by how much they count, each once.
func ranked(passages []weighed) []graph.Evidence {
	slices.SortStableFunc(passages, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), fact.CompareEvidence(a.evidence, b.evidence))
	})
	var evidence []graph.Evidence
	seen := map[[2]any]bool{}
	for _, p := range passages {
		line := [2]any{p.evidence.Document, p.evidence.Line}
		if !seen[line] {
			seen[line] = true
			evidence = append(evidence, p.evidence)
		}
	}
	return evidence
}

func sortTalks(talks []talk) {
	slices.SortStableFunc(talks, func(a, b talk) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.node.ID, b.node.ID))
	})
}

// everyTalk returns all talks, or at least those that may lie at the time of the query.
func (f *finder) everyTalk() ([]talk, error) {
	if talks, known, err := f.ofDatedEvents(); err != nil || known {
		return talks, err
	}
	ids, err := f.snapshot.OfType(f.ctx, fact.Talk)
	if err != nil {
		return nil, err
	}
	nodes, err := f.snapshot.Nodes(f.ctx, ids)
	if err != nil {
		return nil, err
	}
	var talks []talk
	for _, n := range nodes {
		t, err := f.scheduled(n)
		if err != nil {
			return nil, err
		}
		talks = append(talks, t)
	}
	return talks, nil
}

// scheduled is a talk with the passages that place it.
func (f *finder) scheduled(n graph.Node) (talk, error) {
	edges, err := f.out(n.ID, fact.SuperEvent)
	t := talk{node: n, score: 1}
	for _, edge := range edges {
		t.evidence = append(t.evidence, edge.Evidence...)
	}
	return t, err
}

// inScopes returns the talks in the sessions and events that the query names, and
// whether it names any.
func (f *finder) inScopes() ([]talk, bool, error) {
	names := f.query.with(RoleScope)
	var talks []talk
	for _, name := range names {
		for _, id := range name.IDs {
			n, err := f.node(id)
			if err != nil {
				return nil, false, err
			}
			inside := []talk{{node: n, score: 1}}
			if n.Type == fact.Talk {
				inside[0], err = f.scheduled(n)
			} else {
				inside, err = f.talksIn(id, 0)
			}
			if err != nil {
				return nil, false, err
			}
			talks = unite(talks, inside)
		}
	}
	return talks, len(names) > 0, nil
}

// talksIn returns the talks of a session or event, those of its sessions included.
func (f *finder) talksIn(id string, depth int) ([]talk, error) {
	edges, err := f.in(id, fact.SuperEvent)
	if err != nil {
		return nil, err
	}
	var talks []talk
	for _, edge := range edges {
		n, err := f.node(edge.Source)
		if err != nil {
			return nil, err
		}
		if n.Type == fact.Talk {
			talks = append(talks, talk{node: n, score: 1, evidence: edge.Evidence})
		} else if depth < 2 {
			more, err := f.talksIn(n.ID, depth+1)
			if err != nil {
				return nil, err
			}
			talks = append(talks, more...)
		}
	}
	return talks, nil
}
