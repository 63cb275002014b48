package render

import (
	"slices"
	"strings"

	"talkgraph/extract/fact"
)

// talk draws what talks cover: the speaker, what matters most, and how these
// hang together. A focus that is no talk stands for the talks it belongs to.
func (m *mapper) talk() {
	var talks []string
	for _, id := range m.request.Focus {
		if m.nodes[id].Type == fact.Talk {
			talks = append(talks, id)
			continue
		}
		for _, t := range m.scheduled(m.talksAbout([]string{id})) {
			talks = append(talks, t.ID)
		}
	}
	if len(talks) == 0 {
		m.focus()
		return
	}
	m.request.Focus = talks[:min(len(talks), talksTogether)]
	m.focus()
	if len(m.request.Focus) == 1 {
		m.diagram.Subtitle = m.speakerLine(m.request.Focus[0])
	}
}

// talksTogether is how many talks one map of talks shows.
const talksTogether = 3

// speakerLine names the speakers of a talk, and its day.
func (m *mapper) speakerLine(id string) string {
	n := m.nodes[id]
	return joinWords(" · ", oneLine(m.speakersOf(id)), n.Props[fact.PropStartDate], m.words.Part(n.Props[fact.PropPart]))
}

// joinWords joins the texts that are not empty.
func joinWords(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), between)
}
