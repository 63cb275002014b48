package explorer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// picturesVariable names a folder that TestPictures writes pictures of the page to,
// for people to look at. Those in the README, explorer-*.png, are first and ask.
const picturesVariable = "TALKGRAPH_TEST_PICTURES"

// TestPictures photographs the page in its main states.
func TestPictures(t *testing.T) {
	to := os.Getenv(picturesVariable)
	if to == "" {
		t.Skip("no pictures are wanted; name a folder in " + picturesVariable)
	}
	dir := folder(t)
	address := serve(t, dir, notes(t), "--edit")
	file := filepath.Join(dir, "graph.html")
	run(t, "export", "--store", filepath.Join(dir, "talkgraph.db"), "--with-lexicon", "-o", file)
	alone := "file://" + filepath.ToSlash(file)
	b := open(t, address)
	b.expected = "file://" // the exported page is looked at in the same browser
	for _, picture := range []struct {
		name          string
		address       string
		width, height int
		typed         string
		script        string
	}{
		{"first", address, 1280, 800, "", ""},
		{"search-en", address, 1280, 800, "long", ""},
		{"search-zh", address, 1280, 800, "模型", ""},
		{"concept", address + "?focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", ""},
		{"concept-zh", address + "?lang=zh&focus=concept/long-context&pick=concept/long-context", 1280, 800, "", ""},
		{"ask", address + "?ask=who+talked+about+long+context", 1280, 800, "", ""},
		{"ask-zh", address + "?lang=zh&ask=谁讲了长上下文", 1280, 800, "", ""},
		{"ask-none", address + "?ask=what+is+the+weather", 1280, 800, "", ""},
		{"expanded", address + "?focus=" + rwkv + "&open=" + rwkvTalk + "&pick=" + rwkvTalk, 1280, 800, "", ""},
		{"depth2", address + "?focus=" + rwkv + "&depth=2", 1280, 800, "", ""},
		{"evidence", address + "?focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", `document.querySelector(".quote button.place").click()`},
		{"path", address + "?path=" + rwkv + "&path=person/韩旭", 1280, 800, "", ""},
		{"filtered", address + "?types=Talk&types=Person&types=Session&types=Event", 1280, 800, "", ""},
		{"both", address + "?view=both&focus=" + rwkv, 1440, 900, "", ""},
		{"both-panel-zh", address + "?lang=zh&view=both&focus=concept/long-context&pick=concept/long-context", 1440, 900, "", ""},
		{"map", address + "?view=map&focus=" + rwkv, 1280, 800, "", ""},
		{"list", address + "?view=list&focus=" + rwkv, 1280, 800, "", ""},
		{"dark", address + "?theme=dark&focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", ""},
		{"dark-first-zh", address + "?theme=dark&lang=zh", 1280, 800, "", ""},
		{"dark-both", address + "?theme=dark&view=both&focus=" + rwkv, 1440, 900, "", ""},
		{"copy-menu", address + "?focus=" + rwkv, 1280, 800, "", `document.querySelector("[popovertarget=copy-menu]").click()`},
		{"edit", address + "?focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", `document.querySelector(".edit summary").click()`},
		{"edit-merge", address + "?focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", `document.querySelector("[data-edit=merge]").click()`},
		{"narrow-first", address, 390, 844, "", ""},
		{"narrow-concept", address + "?focus=" + rwkv + "&pick=" + rwkv, 390, 844, "", ""},
		{"narrow-ask-zh", address + "?lang=zh&ask=谁讲了长上下文", 390, 844, "", ""},
		{"narrow-list", address + "?view=list&focus=" + rwkv, 390, 844, "", ""},
		{"narrow-search", address, 390, 844, "rwk", ""},
		{"narrow-filters", address, 390, 844, "", `document.querySelector(".filters-toggle").click()`},
		{"tablet", address + "?focus=" + rwkv + "&pick=" + rwkv, 1000, 760, "", ""},
		{"wide", address + "?focus=" + rwkv + "&pick=" + rwkv, 1920, 1080, "", ""},
		{"alone", alone, 1280, 800, "", ""},
		{"alone-concept", alone + "#focus=" + rwkv + "&pick=" + rwkv, 1280, 800, "", ""},
	} {
		t.Run(picture.name, func(*testing.T) {
			b.do(chromedp.EmulateViewport(int64(picture.width), int64(picture.height)), chromedp.Navigate("about:blank"))
			b.visit(picture.address)
			b.until(`document.getElementById("app").getAttribute("aria-busy") !== "true"`)
			if strings.Contains(picture.address, "view=both") || strings.Contains(picture.address, "view=map") {
				b.until(`document.querySelector(".pane-map svg")`)
			}
			if picture.typed != "" {
				b.typeIn(picture.typed)
				b.until(`!document.querySelector(".results").hidden`)
			}
			if picture.script != "" {
				b.eval(picture.script + "; 0")
			}
			b.photograph(filepath.Join(to, picture.name+".png"))
		})
	}
}

// photograph waits for the page to be at rest and writes it to a file.
func (b *tab) photograph(file string) {
	b.Helper()
	time.Sleep(500 * time.Millisecond)
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		b.Fatal(err)
	}
}
