// Package cache keeps the answers of a model in a folder, one file each, so that
// the same question is asked once. A file is written whole or not at all, and one
// that is damaged counts as missing; any number of processes may share a folder.
//
// The package must not know what answers mean or where they come from. Files hold
// the answer and what it cost, never keys or addresses.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Entry is an answer that is kept.
type Entry struct {
	Model      string `json:"model"`
	Title      string `json:"title"`             // of the talk, for people who look into the folder
	Outcome    string `json:"outcome"`           // "answer", "split" or "refused"
	Message    string `json:"message,omitempty"` // why it was refused
	Text       string `json:"text,omitempty"`    // the answer as it came
	Prompt     int    `json:"promptTokens"`
	Completion int    `json:"completionTokens"`
}

// file is what stands on disk.
type file struct {
	Version int    `json:"version"`
	Key     string `json:"key"`
	Sum     string `json:"sum"` // of the entry's JSON
	Entry   Entry  `json:"entry"`
}

// version changes with the form of files.
const version = 1

// sizeLimit bounds a file that is read, in bytes.
const sizeLimit = 16 << 20

// Folder is a folder of answers. It may be used by several goroutines.
type Folder struct{ path string }

// Open names a folder; it is made with the first answer.
func Open(path string) *Folder { return &Folder{path} }

// Key is the name of a question: the hash of all that its answer depends on.
func Key(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(sum, "%d\n%s\n", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:20])
}

func (f *Folder) name(key string) string { return filepath.Join(f.path, key[:2], key+".json") }

// Get returns an answer; false when there is none, or none that is whole. An error
// is one of the disk.
func (f *Folder) Get(key string) (Entry, bool, error) {
	opened, err := os.Open(f.name(key))
	if errors.Is(err, fs.ErrNotExist) {
		return Entry{}, false, nil
	}
	if err != nil {
		return Entry{}, false, fmt.Errorf("cache: %w", err)
	}
	defer opened.Close() // only read
	data, err := io.ReadAll(io.LimitReader(opened, sizeLimit))
	if err != nil {
		return Entry{}, false, fmt.Errorf("cache: %w", err)
	}
	var found file
	if json.Unmarshal(data, &found) != nil || found.Version != version || found.Key != key || found.Sum != sum(found.Entry) {
		return Entry{}, false, nil
	}
	return found.Entry, true, nil
}

// Put keeps an answer. It does not wait for the disk: what a loss of power leaves
// half written is found by its sum.
func (f *Folder) Put(key string, e Entry) error {
	data, err := json.MarshalIndent(file{Version: version, Key: key, Sum: sum(e), Entry: e}, "", " ")
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	name := f.name(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+key+"-*")
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	defer os.Remove(temporary.Name()) // gone already when all went well
	_, err = temporary.Write(append(data, '\n'))
	if closing := temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	return nil
}

func sum(e Entry) string {
	data, err := json.Marshal(e)
	if err != nil {
		return "" // an Entry always encodes
	}
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:16])
}
