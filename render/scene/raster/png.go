package raster

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"io"
	"math"
)

// writePNG writes an opaque picture. The encoder of the standard library tries
// five filters on every row, which takes most of the time of a drawing; here
// each row is stored as its difference from the one above, which suits flat
// colours and straight outlines. It also notes the true size of the drawing, so
// that it prints as large as it was laid out.
func writePNG(w io.Writer, picture *image.RGBA, scale float64) error {
	var body bytes.Buffer
	compressor, err := zlib.NewWriterLevel(&body, zlib.BestSpeed)
	if err != nil {
		return fmt.Errorf("write png: %w", err)
	}
	if err := writeRows(compressor, picture); err != nil {
		return fmt.Errorf("write png: %w", err)
	}
	if err := compressor.Close(); err != nil {
		return fmt.Errorf("write png: %w", err)
	}
	size := picture.Bounds().Size()
	header := binary.BigEndian.AppendUint32(nil, uint32(size.X))
	header = binary.BigEndian.AppendUint32(header, uint32(size.Y))
	header = append(header, 8, rgbColor, 0, 0, 0) // bits, kind; standard methods, not interlaced

	perMetre := uint32(math.Round(scale * pointsPerMetre))
	density := binary.BigEndian.AppendUint32(nil, perMetre)
	density = binary.BigEndian.AppendUint32(density, perMetre)
	density = append(density, 1) // the unit is the metre

	file := []byte("\x89PNG\r\n\x1a\n")
	file = appendChunk(file, "IHDR", header)
	file = appendChunk(file, "pHYs", density)
	file = appendChunk(file, "IDAT", body.Bytes())
	file = appendChunk(file, "IEND", nil)
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("write png: %w", err)
	}
	return nil
}

const (
	rgbColor       = 2
	filterUp       = 2
	pointsPerMetre = 72 / 0.0254
)

// writeRows writes the pixels without their opacity, each row less the one above.
func writeRows(w io.Writer, picture *image.RGBA) error {
	width := picture.Bounds().Dx()
	above := make([]byte, width*4)
	row := make([]byte, 1+width*3)
	row[0] = filterUp
	for y := range picture.Bounds().Dy() {
		pixels := picture.Pix[y*picture.Stride : y*picture.Stride+width*4]
		at := 1
		for i := 0; i < len(pixels); i += 4 {
			row[at] = pixels[i] - above[i]
			row[at+1] = pixels[i+1] - above[i+1]
			row[at+2] = pixels[i+2] - above[i+2]
			at += 3
		}
		if _, err := w.Write(row); err != nil {
			return err
		}
		above = pixels
	}
	return nil
}

// appendChunk adds a part of the file: length, name, content, checksum.
func appendChunk(file []byte, name string, content []byte) []byte {
	file = binary.BigEndian.AppendUint32(file, uint32(len(content)))
	start := len(file)
	file = append(file, name...)
	file = append(file, content...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(file[start:]))
}
