package note

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Decode turns bytes into UTF-8 text. It reads UTF-8, UTF-16 with a byte order
// mark, and GB18030 (which holds GBK and GB2312) when the bytes are not UTF-8 but
// decode into Chinese. The warning is not empty when something could not be decoded.
func Decode(data []byte) (text, warning string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data, "UTF-16")
	}
	if isBinary(data) {
		return "", "", ErrBinary
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	if text, _, err := decodeWith(simplifiedchinese.GB18030, data, "GB18030"); err == nil && mostlyText(text) {
		return text, "", nil
	}
	bad := countInvalid(data)
	if bad*10 > len(data) {
		return "", "", ErrBinary
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"),
		fmt.Sprintf("%d bytes are not UTF-8 and were replaced by \uFFFD", bad), nil
}

func decodeWith(e encoding.Encoding, data []byte, name string) (string, string, error) {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", fmt.Errorf("the text is not whole %s: %w", name, err)
	}
	return string(decoded), "", nil
}

// isBinary looks for the control characters that no text has.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	odd := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B {
			odd++
		}
	}
	return odd*50 > len(head)
}

// mostlyText accepts a decoding as GB18030: no replacement characters, and the
// characters beyond ASCII are those that Chinese notes are written with.
func mostlyText(text string) bool {
	beyond, common := 0, 0
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			return false
		case r < 0x80:
		case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFFEF, r >= 0x2010 && r <= 0x2026, r == 0xB7:
			beyond++
			common++
		default:
			beyond++
		}
	}
	return common*10 >= beyond*9
}

func countInvalid(data []byte) int {
	bad := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
		}
		data = data[size:]
	}
	return bad
}
