package cli

import (
	"testing"
	"time"

	"talkgraph/cmd/internal/build"
)

func TestProgressText(t *testing.T) {
	for want, now := range map[string]build.Progress{
		"3 of 10 documents": {Documents: 3, AllDocuments: 10},
		"1 of 4 documents, 1.0 MB of 4.0 MB, 512.0 kB/s, 6s left": {Documents: 1, AllDocuments: 4, Bytes: 1 << 20, AllBytes: 4 << 20},
		"5 of 20 documents, 6s left":                              {Storing: true, Documents: 5, AllDocuments: 20},
		"0 of 20 documents":                                       {Storing: true, AllDocuments: 20},
		"4 of 4 documents, 4.0 MB of 4.0 MB, 2.0 MB/s":            {Documents: 4, AllDocuments: 4, Bytes: 4 << 20, AllBytes: 4 << 20},
	} {
		if got := progressText(now, 2*time.Second); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestProgressBar(t *testing.T) {
	for want, now := range map[string]build.Progress{
		"[....................]": {},
		"[#####...............]": {Bytes: 1, AllBytes: 4},
		"[##########..........]": {Documents: 1, AllDocuments: 2},
		"[####################]": {Bytes: 4, AllBytes: 4},
	} {
		if got := progressBar(now); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestMeterInALog writes plain lines now and then, and nothing to wipe out.
func TestMeterInALog(t *testing.T) {
	var log shared
	now := time.Unix(0, 0)
	m := &meter{to: &log, began: now, last: now, moment: func() time.Time { return now }}
	m.step(build.Progress{Documents: 1, AllDocuments: 3})
	now = now.Add(lineInterval)
	m.step(build.Progress{Documents: 2, AllDocuments: 3})
	m.step(build.Progress{Documents: 3, AllDocuments: 3})
	now = now.Add(lineInterval)
	m.step(build.Progress{Storing: true, AllDocuments: 3})
	now = now.Add(2 * lineInterval)
	m.step(build.Progress{Storing: true, Documents: 1, AllDocuments: 3})
	m.end()
	if want := "reading: 2 of 3 documents\nstoring: 0 of 3 documents\nstoring: 1 of 3 documents, 20s left\n"; log.String() != want {
		t.Errorf("%q, want %q", &log, want)
	}
}
