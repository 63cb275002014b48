package raster

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"talkgraph/render/layout"
	"talkgraph/render/scene"
	"talkgraph/render/scene/scenetest"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == layout.ChildArgument {
		if err := layout.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func BenchmarkPNG(b *testing.B) {
	s, _, err := scene.Build(context.Background(), scenetest.FocusChinese(), scene.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := PNG(io.Discard, s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
