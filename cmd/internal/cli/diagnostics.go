package cli

import (
	"fmt"

	"talkgraph/extract/fact"
)

// diagnosticJSON is a warning in JSON output.
type diagnosticJSON struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Mend     string `json:"mend,omitempty"`
}

func newDiagnosticsJSON(diagnostics []fact.Diagnostic) []diagnosticJSON {
	rows := []diagnosticJSON{}
	for _, d := range diagnostics {
		rows = append(rows, diagnosticJSON{d.File, d.Line, d.Column, d.Severity.String(), d.Message, d.Mend})
	}
	return rows
}

// warn prints diagnostics to stderr, one a line.
func (p *program) warn(diagnostics []fact.Diagnostic) {
	for _, d := range diagnostics {
		fmt.Fprintln(p.stderr, oneLine(d.String()))
	}
}
