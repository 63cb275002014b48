package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Template returns the text of a settings file that changes nothing: every
// setting stands in it with its default, commented out, below what it means.
func Template() string {
	var b strings.Builder
	b.WriteString("# Settings of talkgraph. Remove the # before a line to change what it says.\n")
	b.WriteString("# A flag beats the environment, which beats this file, which beats the file in\n")
	b.WriteString("# your own config folder. \"talkgraph config show\" tells what holds and why.\n")
	section := ""
	for _, s := range settings() {
		if s.section() != section {
			section = s.section()
			fmt.Fprintf(&b, "\n%s:\n", section)
		}
		writeSetting(&b, s)
	}
	return b.String()
}

func writeSetting(b *strings.Builder, s setting) {
	indent := ""
	if s.section() != "" {
		indent = "  "
	}
	fmt.Fprintf(b, "%s# %s", indent, strings.ReplaceAll(s.help, "`", ""))
	if s.flag != "" {
		fmt.Fprintf(b, " (--%s)", s.flag)
	}
	if s.noFile {
		fmt.Fprintf(b, "\n%s# (not in a file: set %s)\n", indent, s.environment())
		return
	}
	fmt.Fprintf(b, "\n%s# %s: %s\n", indent, s.name(), literal(s.value))
}

// literal writes a default as YAML.
func literal(value any) string {
	switch value := value.(type) {
	case string:
		return strconv.Quote(value)
	case []string:
		return "[]"
	default:
		return format(value)
	}
}
