package render

import (
	"archive/zip"
	"bytes"
)

// archive packs files into a zip archive without dates, so that the same files
// give the same bytes.
func archive(files []File) ([]byte, error) {
	var b bytes.Buffer
	packed := zip.NewWriter(&b)
	for _, file := range files {
		w, err := packed.Create(file.Name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(file.Content); err != nil {
			return nil, err
		}
	}
	if err := packed.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
