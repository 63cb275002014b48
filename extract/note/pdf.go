package note

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"
)

// Limits of a PDF, against files that make a reader run without end.
const (
	pdfPages  = 10_000
	pdfGlyphs = 20_000_000
	pdfTime   = 60 * time.Second
)

// readPDF takes the text out of a PDF, as good as it goes: lines as they stand on
// the pages, wrapped lines joined, larger letters as headings. A page that cannot
// be read is left out with a warning. The text of a scan is not in it: ErrScan.
func readPDF(data []byte) (source, string, error) {
	ctx, stop := context.WithTimeout(context.Background(), pdfTime)
	defer stop()
	type outcome struct {
		pages   []pdfPage
		warning string
		err     error
	}
	// The library has no way to be stopped, so it runs beside and its file is taken away.
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		o.pages, o.warning, o.err = pdfText(&stoppable{ctx, bytes.NewReader(data)}, int64(len(data)))
		done <- o
	}()
	select {
	case <-ctx.Done():
		return source{}, "", fmt.Errorf("%w: it cannot be read within %v", ErrBroken, pdfTime)
	case o := <-done:
		if o.err != nil {
			return source{}, "", o.err
		}
		result := layOut(o.pages)
		if strings.TrimSpace(result.body) == "" {
			return source{}, "", ErrScan
		}
		return result, o.warning, nil
	}
}

// stoppable is a file that fails once its context is done.
type stoppable struct {
	ctx  context.Context
	file io.ReaderAt
}

// ReadAt reads as io.ReaderAt does.
func (s *stoppable) ReadAt(p []byte, off int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.file.ReadAt(p, off)
}

// pdfText reads the glyphs of every page.
func pdfText(file *stoppable, size int64) (pages []pdfPage, warning string, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			pages, err = nil, fmt.Errorf("%w: %v", ErrBroken, reason)
		}
	}()
	reader, err := pdf.NewReader(file, size)
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return nil, "", ErrLocked
	case err != nil:
		return nil, "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	count := reader.NumPage()
	if count > pdfPages {
		return nil, "", fmt.Errorf("%w: %d pages", ErrTooLarge, count)
	}
	unread, glyphs := 0, 0
	var failure error // of the last page that failed
	fonts := map[string]*pdfFont{}
	for number := 1; number <= count && file.ctx.Err() == nil; number++ {
		page, err := pageText(file.ctx, reader, number, fonts)
		if err != nil {
			failure = err
			unread++
			continue
		}
		if glyphs += len(page); glyphs > pdfGlyphs {
			return nil, "", fmt.Errorf("%w: more than %d characters", ErrTooLarge, pdfGlyphs)
		}
		pages = append(pages, newPage(page))
	}
	if unread > 0 && unread == count {
		return nil, "", fmt.Errorf("%w: %w", ErrBroken, failure)
	}
	if unread > 0 {
		warning = fmt.Sprintf("%d of %d pages of the PDF cannot be read", unread, count)
	}
	return pages, warning, nil
}

// pageText reads the glyphs of one page; what the library panics on is an error.
func pageText(ctx context.Context, reader *pdf.Reader, number int, fonts map[string]*pdfFont) (text []glyph, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("page %d: %v", number, reason)
		}
	}()
	page := reader.Page(number)
	contents := page.V.Key("Contents")
	if contents.IsNull() {
		return nil, nil
	}
	p := &pageReader{ctx: ctx, fonts: fonts, text: identity, line: identity, state: textState{place: identity, stretch: 1}}
	return p.glyphs, p.run(contents, page.Resources())
}
