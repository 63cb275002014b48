// Package render turns a graph into files: the table of export formats with one
// file for each, and the maps.
//
//	for _, format := range render.Formats() { … }
//	warnings, err := render.Export(ctx, file, "gexf", subgraph, render.Options{})
//
//	drawing, warnings, err := render.Map(ctx, subgraph, render.MapRequest{Focus: ids})
//	err = render.Draw(file, drawing, "svg", 0)
//
// Every writer gives the same bytes for the same graph, and nothing found in
// notes reaches a file unescaped. The package must not know how facts are found
// or where the graph is kept; drawing itself is the work of package scene, finding
// places that of package layout.
package render

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"talkgraph/graph"
	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/wording"
)

// Warning is one thing the reader of the result should know, in one line.
type Warning = scene.Warning

// Format is one row of the table of export formats.
type Format struct {
	Name      string // as in --format
	Extension string // of the file, with its dot; of the archive for a folder
	MIME      string // media type, of the archive for a folder
	About     string // what it is for, in a few words
	Folder    bool   // several files; a single writer gets them as a zip archive
	Layout    bool   // computes positions, which takes a moment

	write exporter
}

// exporter makes the files of a format; a format that is no folder makes one.
type exporter func(ctx context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error)

// File is one file of an export.
type File struct {
	Name    string // relative, with slashes; empty where a format is one file
	Content []byte
}

// Options says how a graph is exported. The zero value is good.
type Options struct {
	Title    string           // of the graph; empty means the names of its events
	Language wording.Language // of phrases that a format words
	GEXF     string           // GEXFDraft (also when empty) or GEXFRelease
	Base     string           // IRI that entity IDs are appended to in RDF; empty means DefaultBase
	Layout   layout.Options   // for formats with positions
}

// Check tells whether the options can be followed; the error names the mend.
func (o Options) Check() error {
	if _, err := rdfBase(o.Base); err != nil {
		return err
	}
	if o.GEXF != "" && o.GEXF != GEXFDraft && o.GEXF != GEXFRelease {
		return badOption("GEXF version", o.GEXF, GEXFDraft, GEXFRelease)
	}
	return nil
}

// Formats returns the table of formats, in the order in which they are listed.
func Formats() []Format {
	return []Format{
		{Name: "json", Extension: ".json", MIME: "application/json", About: "graph JSON, complete; import reads it back", write: single(writeJSON)},
		{Name: "gexf", Extension: ".gexf", MIME: "application/gexf+xml", About: "Gephi, Gephi Lite, graphology, networkx", Layout: true, write: exportGEXF},
		{Name: "graphml", Extension: ".graphml", MIME: "application/graphml+xml", About: "Gephi, Cytoscape, networkx", write: single(writeGraphML)},
		{Name: "graphml-yed", Extension: ".graphml", MIME: "application/graphml+xml", About: "yEd, with labels, shapes and places", Layout: true, write: exportGraphMLYED},
		{Name: "csv", Extension: ".zip", MIME: "application/zip", About: "nodes.csv and edges.csv for Gephi and spreadsheets", Folder: true, write: exportCSV},
		{Name: "jsonld", Extension: ".jsonld", MIME: "application/ld+json", About: "linked data as JSON", write: single(writeJSONLD)},
		{Name: "nquads", Extension: ".nq", MIME: "application/n-quads", About: "linked data, complete; import reads it back", write: single(writeNQuads)},
		{Name: "turtle", Extension: ".ttl", MIME: "text/turtle", About: "linked data to read", write: single(writeTurtle)},
		{Name: "dot", Extension: ".dot", MIME: "text/vnd.graphviz", About: "Graphviz", write: single(writeDOT)},
		{Name: "mermaid", Extension: ".mmd", MIME: "text/vnd.mermaid", About: "diagrams in Markdown", write: exportMermaid},
		{Name: "obsidian", Extension: ".zip", MIME: "application/zip", About: "a folder of linked notes", Folder: true, write: exportObsidian},
		{Name: "canvas", Extension: ".canvas", MIME: "application/json", About: "JSON Canvas for Obsidian", Layout: true, write: exportCanvas},
		{Name: "anki", Extension: ".txt", MIME: "text/tab-separated-values", About: "question cards for Anki", write: single(writeAnki)},
		{Name: "html", Extension: ".html", MIME: "text/html; charset=utf-8", About: "one page that shows the graph, from disk and offline", write: exportHTML},
	}
}

// FormatOf finds a format by its name; the error lists the names.
func FormatOf(name string) (Format, error) {
	var names []string
	for _, format := range Formats() {
		if format.Name == name {
			return format, nil
		}
		names = append(names, format.Name)
	}
	return Format{}, fmt.Errorf("unknown format %q; use one of %s", name, strings.Join(names, ", "))
}

// Files makes the files of a format: several for a folder, else one without a name.
func Files(ctx context.Context, name string, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
	format, err := FormatOf(name)
	if err != nil {
		return nil, nil, err
	}
	files, warnings, err := format.write(ctx, g, options)
	if err != nil {
		return nil, nil, fmt.Errorf("export as %s: %w", name, err)
	}
	return files, warnings, nil
}

// Export writes the graph in a format. A format that is a folder is written as a
// zip archive.
func Export(ctx context.Context, w io.Writer, name string, g *graph.Subgraph, options Options) ([]Warning, error) {
	files, warnings, err := Files(ctx, name, g, options)
	if err != nil {
		return nil, err
	}
	var content []byte
	if len(files) == 1 {
		content = files[0].Content
	}
	if len(files) != 1 || files[0].Name != "" {
		if content, err = archive(files); err != nil {
			return nil, fmt.Errorf("export as %s: %w", name, err)
		}
	}
	_, err = w.Write(content)
	return warnings, err
}

// single makes an exporter of a function that writes one file and has nothing to
// warn of.
func single(write func(w *bytes.Buffer, g *graph.Subgraph, options Options) error) exporter {
	return func(_ context.Context, g *graph.Subgraph, options Options) ([]File, []Warning, error) {
		var b bytes.Buffer
		if err := write(&b, g, options); err != nil {
			return nil, nil, err
		}
		return []File{{Content: b.Bytes()}}, nil, nil
	}
}
