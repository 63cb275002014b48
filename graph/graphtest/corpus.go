package graphtest

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// Sizes of a generated corpus.
const (
	talksPerEvent   = 80
	talksPerSession = 8
	conceptCount    = 5000
	broaderFanOut   = 8  // concepts below one
	talksPerPerson  = 3  // so people speak at several events
	peoplePerPlace  = 12 // of an organization
	zipfExponent    = 1.1
)

// Corpus yields the documents of a corpus with this number of talks: one for each
// event, with its sessions, talks, people and concepts. How often a concept, a person
// or an organization comes up follows Zipf's law. The same seed gives the same corpus,
// and a longer one begins like a shorter one but for how many people there are.
func Corpus(seed uint64, talks int) iter.Seq[graph.Part] {
	return func(yield func(graph.Part) bool) {
		random := rand.New(rand.NewPCG(seed, seed))
		people := max(talks/talksPerPerson, 1)
		g := corpus{
			random:   random,
			concepts: rand.NewZipf(random, zipfExponent, 4, conceptCount-1),
			people:   rand.NewZipf(random, zipfExponent, float64(people)/8+1, uint64(people-1)),
		}
		for event := 0; event*talksPerEvent < talks; event++ {
			if !yield(g.event(event, min(talksPerEvent, talks-event*talksPerEvent))) {
				return
			}
		}
	}
}

// corpus makes documents.
type corpus struct {
	random           *rand.Rand
	concepts, people *rand.Zipf
}

// event returns the document of an event.
func (g *corpus) event(number, talks int) graph.Part {
	id := fmt.Sprintf("doc/event-%05d", number)
	d := &eventDocument{corpus: g, part: graph.Part{ID: id, Source: fmt.Sprintf("event-%05d.txt", number), Fingerprint: id},
		number: number, nodes: make(map[string]graph.Node), edges: make(map[[4]string]graph.Edge)}
	d.event = fmt.Sprintf("event/%05d", number)
	d.date = fmt.Sprintf("20%02d-%02d-%02d", number%25, number%12+1, number%28+1)
	d.node(fact.Document, id, d.part.Source, nil)
	d.node(fact.Event, d.event, fmt.Sprintf("第 %d 届智能大会", number), map[string]string{fact.PropStartDate: d.date, fact.PropLocation: "北京"})
	d.link(d.event, fact.SubjectOf, id, 0, "", d.passage("智能大会"))
	for talk := range talks {
		if talk%talksPerSession == 0 {
			d.session(talk / talksPerSession)
		}
		d.talk(talk)
	}
	return d.finish()
}

// eventDocument is one document in the making.
type eventDocument struct {
	*corpus
	part           graph.Part
	number         int
	event, current string // IDs; current is the session
	date           string
	line           int
	nodes          map[string]graph.Node
	edges          map[[4]string]graph.Edge
}

func (d *eventDocument) node(t fact.Type, id, label string, props map[string]string, aliases ...string) {
	d.nodes[id] = graph.Node{ID: id, Type: t, Label: label, Props: props, Aliases: aliases}
}

// passage returns the next line of the notes.
func (d *eventDocument) passage(quote string) fact.Evidence {
	d.line++
	return fact.Evidence{Document: d.part.ID, Line: d.line, Column: 1, Quote: quote, Extractor: fact.ExtractorRules, Confidence: 0.95}
}

// link adds an edge, or evidence to one that is there.
func (d *eventDocument) link(source string, predicate fact.Predicate, target string, weight float64, phrase string, evidence fact.Evidence) {
	key := [4]string{source, string(predicate), target, phrase}
	edge, there := d.edges[key]
	if !there {
		edge = graph.Edge{Source: source, Predicate: predicate, Target: target, Weight: weight}
		if phrase != "" {
			edge.Props = map[string]string{fact.PropPhrase: phrase}
		}
	}
	edge.Evidence = append(edge.Evidence, evidence)
	d.edges[key] = edge
}

func (d *eventDocument) session(number int) {
	d.current = fmt.Sprintf("session/%s-%d", d.event[len("event/"):], number)
	label := fmt.Sprintf("专题论坛 %d", number)
	d.node(fact.Session, d.current, label, map[string]string{fact.PropPart: fact.Morning})
	d.link(d.current, fact.SuperEvent, d.event, 0, "", d.passage(label))
}

func (d *eventDocument) talk(number int) {
	id := talkID(d.number, number)
	concepts := d.conceptsOf(2 + d.random.IntN(5))
	label := fmt.Sprintf("%s 的进展与挑战 (%d)", conceptName(concepts[0]), number)
	d.node(fact.Talk, id, label, map[string]string{fact.PropStartDate: d.date})
	title := d.passage(label)
	d.link(id, fact.SuperEvent, d.current, 0, "", title)
	for range 1 + d.random.IntN(2) {
		d.speaker(id)
	}
	outline := d.passage("• " + conceptName(concepts[0]) + " and what follows from it")
	for i, concept := range concepts {
		evidence := outline
		if i == 0 {
			evidence = title
		}
		d.concept(concept)
		d.link(id, fact.About, conceptID(concept), float64(len(concepts)-i)/float64(len(concepts)), "", evidence)
	}
	if d.random.IntN(4) == 0 {
		d.link(conceptID(concepts[0]), fact.Related, conceptID(concepts[1]), 0, "超越", outline)
	}
}

// speaker adds who gives a talk.
func (d *eventDocument) speaker(talk string) {
	person := int(d.people.Uint64())
	place := person / peoplePerPlace
	personID, placeID := "person/"+personName(person), fmt.Sprintf("org/大学-%d", place)
	d.node(fact.Person, personID, personName(person), nil)
	d.node(fact.Organization, placeID, fmt.Sprintf("第 %d 大学", place), nil, fmt.Sprintf("University %d", place))
	line := d.passage(fmt.Sprintf("%s 第 %d 大学 教授", personName(person), place))
	d.link(talk, fact.Performer, personID, 0, "", line)
	d.link(personID, fact.Affiliation, placeID, 0, "", line)
}

// conceptsOf returns different concepts, common ones more often.
func (d *eventDocument) conceptsOf(count int) []int {
	var concepts []int
	for len(concepts) < count {
		if concept := int(d.concepts.Uint64()); !slices.Contains(concepts, concept) {
			concepts = append(concepts, concept)
		}
	}
	return concepts
}

// concept adds a concept and those above it, which the lexicon knows.
func (d *eventDocument) concept(number int) {
	id := conceptID(number)
	if _, there := d.nodes[id]; there {
		return
	}
	name := conceptName(number)
	d.node(fact.Concept, id, name, map[string]string{fact.PropChinese: name, fact.PropEnglish: fmt.Sprintf("concept %d", number)}, fmt.Sprintf("C%d", number))
	if number == 0 {
		return
	}
	wider := (number - 1) / broaderFanOut
	d.concept(wider)
	d.link(id, fact.Broader, conceptID(wider), 0, "", fact.Evidence{Document: "doc/lexicon", Line: number, Column: 1,
		Quote: name, Extractor: fact.ExtractorLexicon, Confidence: 1})
}

func (d *eventDocument) finish() graph.Part {
	for _, node := range d.nodes {
		d.part.Nodes = append(d.part.Nodes, node)
	}
	for _, edge := range d.edges {
		edge.Evidence = fact.SortEvidence(edge.Evidence)
		d.part.Edges = append(d.part.Edges, edge)
	}
	slices.SortFunc(d.part.Nodes, func(a, b graph.Node) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(d.part.Edges, fact.CompareRelations)
	return d.part
}

// ConceptID returns the ID of a concept of a corpus; 0 comes up most and is above all
// others, which come up less the larger they are.
func ConceptID(number int) string { return conceptID(number) }

// TalkID returns the ID of a talk of a corpus, from 0 to one less than it has.
func TalkID(number int) string { return talkID(number/talksPerEvent, number%talksPerEvent) }

func talkID(event, number int) string { return fmt.Sprintf("talk/%05d-%03d", event, number) }

func conceptID(number int) string   { return "concept/概念-" + strconv.Itoa(number) }
func conceptName(number int) string { return "概念 " + strconv.Itoa(number) }
func personName(number int) string  { return "讲者" + strconv.Itoa(number) }
