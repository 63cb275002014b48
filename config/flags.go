package config

import (
	"github.com/spf13/pflag"
)

// keyAnnotation marks the flags that AddFlags made with the key of their setting,
// since one name, "limit" say, stands for different settings in different commands.
const keyAnnotation = "talkgraph-setting"

// AddFlags gives a command the flags of the settings with these keys. A key that
// is not in the table, or has no flag, is a programming error and panics.
func AddFlags(flags *pflag.FlagSet, keys ...string) {
	for _, key := range keys {
		s, known := find(key)
		if !known || s.flag == "" {
			panic("config: no flag for setting " + key)
		}
		flag := flags.VarPF(&flagValue{setting: s, text: format(s.value)}, s.flag, s.short, s.help)
		flag.Annotations = map[string][]string{keyAnnotation: {key}}
		if _, isBool := s.value.(bool); isBool {
			flag.NoOptDefVal = "true"
		}
	}
}

// givenFlag returns the flag of the setting when this command has it, else nil.
func (s setting) givenFlag(flags *pflag.FlagSet) *pflag.Flag {
	if flags == nil || s.flag == "" {
		return nil
	}
	flag := flags.Lookup(s.flag)
	if flag == nil || len(flag.Annotations[keyAnnotation]) != 1 || flag.Annotations[keyAnnotation][0] != s.key {
		return nil
	}
	return flag
}

// flagValue is the text given on the command line, checked as it is read so that
// the message names the flag. A list may be given by several flags.
type flagValue struct {
	setting setting
	text    string
	given   []string
}

// Set reads one occurrence of the flag.
func (f *flagValue) Set(text string) error {
	value, err := f.setting.parse(text)
	if err == nil {
		err = f.setting.check(value)
	}
	if err != nil {
		return err
	}
	if items, isList := value.([]string); isList {
		f.given = append(f.given, items...)
		text = format(f.given)
	}
	f.text = text
	return nil
}

// String returns the text that parse reads back.
func (f *flagValue) String() string { return f.text }

// Type names the type in the help. viper treats some type names of pflag
// in its own way; "bool" is the one that reads the same both ways.
func (f *flagValue) Type() string {
	if f.setting.value == nil {
		return "" // pflag asks a zero value
	}
	if _, isBool := f.setting.value.(bool); isBool {
		return "bool"
	}
	return "value"
}
