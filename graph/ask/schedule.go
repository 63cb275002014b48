package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// date writes the day as a filter: "2024-10-13", "10-13", "day 2".
func (s Time) date() string {
	var parts []string
	if s.Year > 0 {
		parts = append(parts, strconv.Itoa(s.Year))
	}
	if s.Month > 0 {
		parts = append(parts, fmt.Sprintf("%02d", s.Month))
	}
	if s.Day > 0 {
		parts = append(parts, fmt.Sprintf("%02d", s.Day))
	}
	switch {
	case s.Nth > 0:
		parts = append(parts, "day "+strconv.Itoa(s.Nth))
	case s.Nth == LastDay:
		parts = append(parts, "last day")
	}
	if s.Week > 0 {
		parts = append(parts, time.Weekday(s.Week%7).String())
	}
	return strings.Join(parts, "-")
}

// byDay sorts talks as they were held, as far as the notes tell.
func byDay(talks []talk) {
	slices.SortStableFunc(talks, func(a, b talk) int {
		return cmp.Or(cmp.Compare(a.node.Props[fact.PropStartDate], b.node.Props[fact.PropStartDate]),
			cmp.Compare(partOrder(a.node), partOrder(b.node)), cmp.Compare(firstLine(a), firstLine(b)), cmp.Compare(a.node.ID, b.node.ID))
	})
}

func partOrder(n graph.Node) int {
	return slices.Index([]string{fact.Morning, fact.Afternoon, fact.Evening}, n.Props[fact.PropPart])
}

func firstLine(t talk) int {
	if len(t.evidence) == 0 {
		return 0
	}
	return t.evidence[0].Line
}

// atTime keeps the talks of the day and half-day of the query.
func (f *finder) atTime(talks []talk) ([]talk, error) {
	when := f.query.Time
	if when == (Time{}) {
		return talks, nil
	}
	if err := f.whole(talks); err != nil {
		return nil, err
	}
	var nth map[string]bool
	if when.Nth != 0 {
		var err error
		if nth, err = f.onNthDay(when.Nth); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(slices.Clone(talks), func(t talk) bool {
		return when.Nth != 0 && !nth[t.node.ID] || !when.matches(t.node)
	}), nil
}

// manyEvents is from how many events on the talks of a day are sought in those of its
// time alone.
const manyEvents = 20

// ofDatedEvents returns the talks of the events that may lie on the day of the query;
// known is false where there are few events, or some whose days nobody knows.
func (f *finder) ofDatedEvents() (talks []talk, known bool, err error) {
	if f.query.Time.Day == 0 || f.query.Time.Month == 0 || f.query.Time.Year == 0 {
		return nil, false, nil
	}
	ids, err := f.snapshot.OfType(f.ctx, fact.Event)
	if err != nil || len(ids) < manyEvents {
		return nil, false, err
	}
	events, err := f.snapshot.Nodes(f.ctx, ids)
	if err != nil {
		return nil, false, err
	}
	day := fmt.Sprintf("%04d-%02d-%02d", f.query.Time.Year, f.query.Time.Month, f.query.Time.Day)
	for _, event := range events {
		first := event.Props[fact.PropStartDate]
		if len(first) != len(time.DateOnly) {
			return nil, false, nil
		}
		if day < first || day > max(first, event.Props[fact.PropEndDate]) {
			continue
		}
		inside, err := f.talksIn(event.ID, 0)
		if err != nil {
			return nil, false, err
		}
		talks = append(talks, inside...)
	}
	return talks, true, nil
}

// onNthDay returns the talks of the nth day of their event.
func (f *finder) onNthDay(nth int) (map[string]bool, error) {
	events, err := f.snapshot.OfType(f.ctx, fact.Event)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, event := range events {
		talks, err := f.talksIn(event, 0)
		if err != nil {
			return nil, err
		}
		var days []string
		for _, t := range talks {
			if date := t.node.Props[fact.PropStartDate]; date != "" {
				days = append(days, date)
			}
		}
		slices.Sort(days)
		days = slices.Compact(days)
		k := nth - 1
		if nth == LastDay {
			k = len(days) - 1
		}
		for _, t := range talks {
			if k >= 0 && k < len(days) && t.node.Props[fact.PropStartDate] == days[k] {
				found[t.node.ID] = true
			}
		}
	}
	return found, nil
}

// matches reports whether a talk lies in the day and half-day, whichever day of the
// event it is.
func (s Time) matches(n graph.Node) bool {
	if s.Part != "" && n.Props[fact.PropPart] != s.Part {
		return false
	}
	if s.Year == 0 && s.Month == 0 && s.Day == 0 && s.Week == 0 {
		return true
	}
	date := n.Props[fact.PropStartDate]
	if len(date) != len(time.DateOnly) {
		return false
	}
	if day, err := time.Parse(time.DateOnly, date); s.Week != 0 && (err != nil || day.Weekday() != time.Weekday(s.Week%7)) {
		return false
	}
	return (s.Year == 0 || date[:4] == fmt.Sprintf("%04d", s.Year)) && (s.Month == 0 || date[5:7] == fmt.Sprintf("%02d", s.Month)) &&
		(s.Day == 0 || date[8:] == fmt.Sprintf("%02d", s.Day))
}
