package llm

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"talkgraph/extract/note"
)

//go:embed prompts/*.txt
var builtin embed.FS

// Names of the files of prompts.
const (
	promptEnglish   = "extract.en.txt"
	promptChinese   = "extract.zh.txt"
	questionEnglish = "question.en.txt"
	questionChinese = "question.zh.txt"
)

// promptLimit bounds a file of a prompt, in bytes.
const promptLimit = 64 << 10

// prompts are the instructions to the model: for reading notes, and for questions.
type prompts struct{ english, chinese, questionEnglish, questionChinese string }

// readPrompts takes each prompt from a folder, or the built-in one where the folder
// has none; the folder may be "".
func readPrompts(folder string, phrases []string) (prompts, error) {
	var p prompts
	if folder != "" {
		if _, err := os.Stat(folder); err != nil {
			return p, fmt.Errorf("llm.prompts: %s cannot be read; talkgraph llm prompts FOLDER makes one", folder)
		}
	}
	for _, file := range []struct {
		name string
		into *string
	}{{promptEnglish, &p.english}, {promptChinese, &p.chinese}, {questionEnglish, &p.questionEnglish}, {questionChinese, &p.questionChinese}} {
		text, err := readPrompt(folder, file.name)
		if err != nil {
			return p, err
		}
		*file.into = text
	}
	p.english = strings.ReplaceAll(p.english, "{phrases}", listed(phrases, "; or, in these words whatever the notes write: ", ", "))
	p.chinese = strings.ReplaceAll(p.chinese, "{phrases}", listed(phrases, "；或者不论笔记怎样措辞，用这些词：", "、"))
	return p, nil
}

func listed(phrases []string, before, between string) string {
	if len(phrases) == 0 {
		return ""
	}
	return before + strings.Join(phrases, between)
}

func readPrompt(folder, name string) (string, error) {
	if folder != "" {
		data, err := os.ReadFile(filepath.Join(folder, name))
		switch {
		case err == nil && len(data) > promptLimit:
			return "", fmt.Errorf("llm.prompts: %s is larger than %d kB", filepath.Join(folder, name), promptLimit>>10)
		case err == nil:
			return string(data), nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("llm.prompts: %w", err)
		}
	}
	data, err := builtin.ReadFile("prompts/" + name)
	return string(data), err
}

// WritePrompts writes the built-in prompts into a folder, for a user to change. A
// file that is there already stays, and is an error.
func WritePrompts(folder string) ([]string, error) {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	var written []string
	for _, name := range []string{promptEnglish, promptChinese, questionEnglish, questionChinese} {
		text, err := readPrompt("", name)
		if err != nil {
			return written, err
		}
		path := filepath.Join(folder, name)
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return written, err
		}
		_, err = file.WriteString(text)
		if closing := file.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

// system is the prompt in the language of the lines.
func (p prompts) system(n *note.Note, lines []int) string {
	han, latin := 0, 0
	for _, i := range lines {
		h, l := letters(n.Lines[i].Content())
		han, latin = han+h, latin+l
	}
	if han*20 < latin {
		return p.english
	}
	return p.chinese
}

// translation is the prompt for a question in its language.
func (p prompts) translation(question string) string {
	if han, latin := letters(question); han*20 < latin {
		return p.questionEnglish
	}
	return p.questionChinese
}

// letters counts the Chinese characters and the other letters of a text.
func letters(text string) (han, latin int) {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			latin++
		}
	}
	return han, latin
}

// question is what the model is given of a chunk: numbered lines without marks and
// asides, and where they belong.
func question(n *note.Note, t *Talk, lines []int) string {
	var b strings.Builder
	b.WriteString("<notes>\n")
	for _, row := range [][2]string{{"event", t.Event}, {"session", t.Session}, {"talk", t.Title}} {
		if row[1] != "" {
			fmt.Fprintf(&b, "%s| %s\n", row[0], harmless(row[1]))
		}
	}
	for _, i := range lines {
		l := &n.Lines[i]
		if l.Kind == note.Heading {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "L%d| %s\n", l.Number, harmless(visible(l)))
	}
	b.WriteString("</notes>\n")
	return b.String()
}

// visible is the content of a line without its asides.
func visible(l *note.Line) string {
	if len(l.Asides) == 0 {
		return l.Content()
	}
	var b strings.Builder
	for at, r := range l.Content() {
		if !l.InAside(l.Start + at) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mark is what begins or ends the notes or the question that a model is given, in
// any case and with any spaces.
var mark = regexp.MustCompile(`(?i)<\s*(/?)\s*(notes|question)\s*>`)

// harmless keeps a text from ending the notes, or the question, before their end.
func harmless(text string) string { return mark.ReplaceAllString(text, "‹$1$2›") }
