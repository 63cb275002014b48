package ask

import (
	"slices"
	"strconv"
)

// LastTalk is the value of Query.Order for the last talk.
const LastTalk = -1

// ordinalRows are the words for a place in the order of talks in the vocabulary.
func ordinalRows() []vocabularyRow {
	var rows []vocabularyRow
	for i, words := range []string{
		"first; opening; 第一个; 第一位; 首个; 首位; 头一个; 开头第一个", "second; 第二个; 第二位", "third; 第三个; 第三位", "fourth; 第四个; 第四位", "fifth; 第五个; 第五位",
	} {
		rows = append(rows, vocabularyRow{class: ordinal, kind: strconv.Itoa(i + 1), words: words})
	}
	return append(rows, vocabularyRow{class: ordinal, kind: strconv.Itoa(LastTalk), words: "last; final; closing; 最后一个; 最后一位; 最后; 压轴"})
}

// settleOrdinals reads "the first talk" and 最后一个报告 as a place in the order of
// talks; elsewhere such words are words like any other.
func (r *reading) settleOrdinals() {
	for k := range r.items {
		it := &r.items[k]
		if it.class&ordinal == 0 {
			continue
		}
		after, _ := r.beside(k, 1)
		order, err := strconv.Atoi(it.kind)
		if err == nil && after&(talkNoun|personNoun|say|who) != 0 {
			r.query.Order, it.class = order, noise
		} else {
			it.class, it.pieceKind = 0, unknownPiece
		}
	}
}

// order writes the place in the order of talks as a filter.
func (q Query) order() string {
	switch q.Order {
	case 0:
		return ""
	case LastTalk:
		return "last"
	default:
		return strconv.Itoa(q.Order)
	}
}

// most writes as a filter that the most talks are asked for.
func (q Query) most() string {
	if q.Most {
		return "talks"
	}
	return ""
}

// inOrder keeps the talk at the place in the order that the query asks for.
func (f *finder) inOrder(talks []talk) ([]talk, error) {
	if f.query.Order == 0 || len(talks) == 0 {
		return talks, nil
	}
	if err := f.whole(talks); err != nil {
		return nil, err
	}
	talks = slices.DeleteFunc(talks, func(t talk) bool { return f.query.Format == FormatAny && FormatOpening.fits(t.node) })
	if len(talks) == 0 {
		return nil, nil
	}
	byDay(talks)
	k := f.query.Order - 1
	if f.query.Order == LastTalk {
		k = len(talks) - 1
	}
	if k < 0 || k >= len(talks) {
		return nil, nil
	}
	return talks[k : k+1], nil
}

// mostTalks keeps the answers that the most talks lead to.
func mostTalks(answers []Answered) []Answered {
	most := 0
	for _, a := range answers {
		most = max(most, len(a.Via))
	}
	return slices.DeleteFunc(answers, func(a Answered) bool { return len(a.Via) < most })
}
