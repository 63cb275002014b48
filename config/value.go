package config

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parse reads a value of the setting's type from text, as it stands on the
// command line, in the environment or in a file. A list is one line of CSV.
func (s setting) parse(text string) (any, error) {
	var value any
	var err error
	switch s.value.(type) {
	case string:
		return text, nil
	case []string:
		return parseList(text)
	case bool:
		value, err = strconv.ParseBool(text)
	case int:
		value, err = strconv.Atoi(text)
	case float64:
		value, err = strconv.ParseFloat(text, 64)
	case time.Duration:
		value, err = time.ParseDuration(text)
	default:
		panic(fmt.Sprintf("setting %s has a default of type %T", s.key, s.value)) // a mistake in the table
	}
	if err != nil {
		return nil, fmt.Errorf("needs %s, not %q", s.kind(), text)
	}
	return value, nil
}

// kind says in words what the setting takes.
func (s setting) kind() string {
	switch s.value.(type) {
	case bool:
		return "true or false"
	case int:
		return "a whole number"
	case float64:
		return "a number"
	case time.Duration:
		return "a time such as 30s or 2m"
	case []string:
		return "a list"
	default:
		return "a text"
	}
}

func parseList(text string) ([]string, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.TrimLeadingSpace = true
	items, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("needs a list with commas between its items, not %q", text)
	}
	for i, item := range items {
		items[i] = strings.TrimSpace(item)
	}
	return items, nil
}

// format is the inverse of parse.
func format(value any) string {
	switch value := value.(type) {
	case []string:
		if len(value) == 0 {
			return ""
		}
		var line strings.Builder
		writer := csv.NewWriter(&line)
		_ = writer.Write(value) // a strings.Builder takes everything
		writer.Flush()
		return strings.TrimSuffix(line.String(), "\n")
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64)
	default:
		return fmt.Sprint(value)
	}
}

// check tells whether a value of the setting's type is one that it allows.
func (s setting) check(value any) error {
	if s.oneOf != nil {
		if word, ok := value.(string); ok && !slices.Contains(s.oneOf, word) {
			return fmt.Errorf("knows %s, not %q", strings.Join(s.oneOf, ", "), word)
		}
	}
	switch value := value.(type) {
	case int:
		return s.checkRange(float64(value), format(value))
	case float64:
		return s.checkRange(value, format(value))
	case time.Duration:
		return s.checkRange(value.Seconds(), format(value))
	case []string:
		return s.checkItems(value)
	}
	return nil
}

func (s setting) checkRange(number float64, text string) error {
	switch {
	case number != number:
		return errors.New("needs a number")
	case number < s.least:
		return fmt.Errorf("is %s, but must be at least %s", text, format(s.least))
	case s.most > 0 && number > s.most:
		return fmt.Errorf("is %s, but must be at most %s", text, format(s.most))
	}
	return nil
}

// checkItems looks at the lists whose items have a form.
func (s setting) checkItems(items []string) error {
	for _, item := range items {
		var err error
		switch s.key {
		case "llm.headers":
			_, _, err = parseHeader(item)
		case "llm.prices":
			_, err = parsePrice(item)
		case "filter.extractor":
			err = checkExtractor(item)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
