package explorer_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Entities of the examples.
const (
	rwkv     = "concept/rwkv"
	rwkvTalk = "talk/rwkv-next-gen-model-architecture"
	rnn      = "concept/recurrent-neural-network"
)

// TestExplorer walks through the page as a reader does, in one browser.
func TestExplorer(t *testing.T) {
	address := serve(t, folder(t), notes(t))
	b := open(t, address)
	for _, step := range []struct {
		name string
		walk func(*tab, string)
	}{
		{"first load", firstLoad},
		{"where to begin", beginning},
		{"search in English", searchEnglish},
		{"search in Chinese", searchChinese},
		{"ask", askQuestion},
		{"evidence in context", evidence},
		{"expand, pin, hide", expandPinHide},
		{"click in the graph", clickNode},
		{"click on a line", clickEdge},
		{"drag a node", dragNode},
		{"filters", filterGraph},
		{"narrow screen", narrowScreen},
		{"path", findPath},
		{"state in the address", stateInAddress},
		{"map and list", mapAndList},
		{"languages and themes", languagesAndThemes},
		{"copies", copies},
	} {
		t.Run(step.name, func(t *testing.T) {
			inner := &tab{T: t, ctx: b.ctx, host: b.host}
			inner.visit(address)
			step.walk(inner, address)
		})
	}
}

func firstLoad(b *tab, _ string) {
	b.until(`document.activeElement.matches(".search-input")`)
	b.until(nodesShown + `.length > 20`)
	b.until(namesWritten)
	b.until(`/Showing \d+ of \d+/.test(document.querySelector(".shown").textContent)`)
	b.press(".brand")
	b.eval(`document.activeElement.blur()`)
	b.typeIn("/")
	b.until(`document.activeElement.matches(".search-input")`)
}

// beginning follows what the panel proposes before anything is picked.
func beginning(b *tab, _ string) {
	b.until(`document.querySelectorAll(".panel .question").length === 3 && document.querySelectorAll(".panel .tag").length > 5`)
	b.press(".panel .question")
	b.until(`document.querySelectorAll(".panel .answer").length > 1`)
	b.press(".panel .close")
	b.until(`document.querySelector(".panel .question")`)
}

func searchEnglish(b *tab, _ string) {
	b.typeIn("rwk")
	b.until(`document.querySelector("[role=option] .name")?.textContent.startsWith("RWKV")`)
	b.until(`document.querySelector(".search-input").getAttribute("aria-activedescendant")`)
	b.typeIn("v-lm")
	b.until(`document.querySelectorAll("[role=option]").length === 2 && document.querySelector(".matched")?.textContent === "RWKV-LM"`)
	b.typeIn(kb.Enter)
	b.here(rwkv)
	b.until(`document.querySelector(".panel h2").textContent === "RWKV"`)
}

func searchChinese(b *tab, _ string) {
	b.typeIn("长上下")
	b.until(`document.querySelector("[role=option] .matched")?.textContent === "长上下文"`)
	b.typeIn(kb.ArrowDown + kb.ArrowUp + kb.Enter)
	b.here("concept/long-context")
	b.until(`document.querySelector(".panel .aliases").textContent.includes("长上下文")`)
}

func askQuestion(b *tab, _ string) {
	b.typeIn("who talked about long context")
	b.until(`document.querySelector("[role=option].asks")`)
	b.typeIn(kb.Enter)
	b.until(`[...document.querySelectorAll(".answer .entity.large")].some(e => e.textContent === "吕鑫")`)
	b.until(`document.querySelector(".answer .quote .place").textContent.startsWith("notes.txt:")`)
	b.here("concept/long-context")
	b.until(`new URLSearchParams(location.search).get("ask") === "who talked about long context"`)
}

func evidence(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv + "&pick=" + rwkv)
	b.until(`document.querySelector(".panel h3").textContent.startsWith("Broader")`)
	b.until(`[...document.querySelectorAll(".quote q")].some(q => q.textContent.includes("联想记忆"))`)
	b.press(".quote button.place")
	b.until(`document.querySelectorAll(".around li").length === 5 && document.querySelectorAll(".around li.here").length === 1`)
	b.until(`document.querySelector(".around li.here").textContent.includes(document.querySelector(".around").parentElement.querySelector("q").textContent)`)
	b.press(".quote button.place")
	b.until(`!document.querySelector(".around:not([hidden])")`)
}

func expandPinHide(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv + "&pick=" + rwkvTalk)
	b.until(nodesShown + `.length < 12`)
	b.press(`[data-action=expand]`)
	b.until(nodesShown + `.length > 30`)
	b.until(namesWritten)
	b.press(`[data-action=pin]`)
	b.until(`location.search.includes("pin=") && document.querySelector("[data-action=unpin]")`)
	b.press(`[data-action=hide]`)
	b.until(`!` + nodesShown + `.includes("` + rwkvTalk + `")`)
	b.until(`document.querySelector(".shown").textContent.includes("1 hidden by you")`)
	b.press(`.filters .quiet`)
	b.until(nodesShown + `.includes("` + rwkvTalk + `")`)
}

func clickNode(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv)
	b.here(rwkv)
	place := b.place(rwkvTalk)
	b.do(chromedp.MouseClickXY(place[0], place[1]))
	b.until(`document.querySelector(".panel h2")?.textContent.startsWith("RWKV: Next-Gen")`)
	b.until(`new URLSearchParams(location.search).get("pick") === "` + rwkvTalk + `"`)
}

// clickEdge presses the middle of a line, where its words stand.
func clickEdge(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv)
	b.here(rwkv)
	from, to := b.place(rwkv), b.place(rnn)
	b.do(chromedp.MouseClickXY((from[0]+to[0])/2, (from[1]+to[1])/2))
	b.until(`document.querySelectorAll(".panel .path .entity").length === 2 && document.querySelector(".panel .path .phrase").textContent === "is a kind of"`)
	b.until(`document.querySelector(".panel .quote q").textContent.includes("RNN")`)
	b.do(chromedp.NavigateBack())
	b.until(`!document.querySelector(".panel .path")`)
}

// dragNode moves a node by hand, which pins it, also in the address.
func dragNode(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv)
	b.here(rwkv)
	from := b.place(rnn)
	b.do(chromedp.DragAndDropXY(from[0], from[1], from[0]-40, from[1]+70))
	b.until(`new URLSearchParams(location.search).get("pin")?.endsWith("` + rnn + `")`)
	b.until(`document.querySelector(".graph").live.view.graph.getNodeAttribute("` + rnn + `", "pinned")`)
	there := b.place(rnn)
	if there[1] < from[1]+40 {
		b.Errorf("dragged from %v to %v", from, there)
	}
	b.do(chromedp.NavigateBack())
	b.until(`!document.querySelector(".graph").live.view.graph.getNodeAttribute("` + rnn + `", "pinned")`)
}

// narrowScreen looks at the page on a telephone: nothing is wider than the screen, and
// the filters come and go.
func narrowScreen(b *tab, address string) {
	defer b.do(chromedp.EmulateViewport(1280, 800))
	b.do(chromedp.EmulateViewport(390, 844))
	b.visit(address + "?focus=" + rwkv + "&pick=" + rwkv)
	b.until(`document.documentElement.scrollWidth <= 390 && document.querySelector(".panel").scrollWidth <= 390`)
	b.until(namesWritten)
	b.until(`getComputedStyle(document.querySelector(".filters")).display === "none"`)
	b.press(".filters-toggle")
	b.until(`document.querySelector(".filters").contains(document.activeElement)`)
	b.press(".filters-close")
	b.until(`getComputedStyle(document.querySelector(".filters")).display === "none"`)
}

func filterGraph(b *tab, address string) {
	b.press(`.filters input[value=Concept]`)
	b.until(nodesShown + `.every(id => !id.startsWith("concept/"))`)
	b.press(`.filters input[value=performer]`)
	b.until(`!location.search.includes("performer") && location.search.includes("relations=affiliation")`)
	b.press(`.filters .plain-button`)
	b.until(nodesShown + `.some(id => id.startsWith("concept/"))`)
	b.visit(address + "?focus=event/第十二届全国社会媒体处理大会&types=Talk&from=2024-10-13&to=2024-10-13&depth=2")
	b.until(nodesShown + `.length > 1`)
	b.until(`document.querySelector(".graph").live.view.nodes.filter(n => n.type === "Talk").every(n => !n.props.startDate || n.props.startDate === "2024-10-13")`)
	b.visit(address + "?focus=" + rwkv)
	b.until(nodesShown + `.length < 12`)
	b.press(`.filters input[name=depth][value="2"]`)
	b.until(nodesShown + `.length > 30`)
}

func findPath(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv + "&pick=" + rwkv)
	b.press(`[data-action=connect]`)
	b.until(`document.activeElement.closest("dialog")`)
	b.typeIn("韩旭")
	b.until(`document.querySelector("dialog [role=option] .name")?.textContent === "韩旭"`)
	b.typeIn(kb.Enter)
	b.until(`document.querySelectorAll(".path > li").length >= 3 && document.querySelectorAll(".path .quote").length >= 2`)
	b.until(`new URLSearchParams(location.search).getAll("path").join() === "` + rwkv + `,person/韩旭"`)
	b.here("person/韩旭")
}

func stateInAddress(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv)
	b.eval(`document.querySelector(".graph").live.calls.pick("` + rwkvTalk + `")`)
	b.press(`[data-action=focusOn]`)
	b.here(rwkvTalk)
	b.until(`document.querySelector(".trail").textContent.includes("RWKV")`)
	there := b.eval("location.href")
	b.do(chromedp.NavigateBack())
	b.here(rwkv)
	b.do(chromedp.NavigateForward())
	b.here(rwkvTalk)
	b.visit(address)
	b.visit(there)
	b.here(rwkvTalk)
	b.until(`document.querySelectorAll(".trail li").length === 3 && document.querySelector(".panel h2").textContent.startsWith("RWKV: Next-Gen")`)
}

// TestVanishedEntity opens an address that was made before the graph changed.
func TestVanishedEntity(t *testing.T) {
	address := serve(t, folder(t))
	b := open(t, address)
	b.expected = "status of 404"
	b.visit(address + "?focus=concept/there-is-no-such-thing")
	b.until(`location.search === "" && document.querySelector(".toast").textContent.includes("no such entity")`)
	b.until(nodesShown + `.length > 20`)
}

func mapAndList(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv + "&view=both")
	b.until(`document.querySelector(".pane-map svg .node") && document.querySelector(".graph canvas")`)
	b.eval(`document.querySelector(".pane-map a[href*=next-gen]").dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`)
	b.here(rwkvTalk)
	b.press(`.views input[value=list]`)
	b.until(`[...document.querySelectorAll(".pane-list .entity.large")].some(e => e.textContent.includes("RNN"))`)
	b.press(`.pane-list a[href*="focus=` + rnn + `"], .pane-list .entity.large`)
	b.until(`location.search.includes("view=list") && document.querySelector(".panel h2")`)
}

func languagesAndThemes(b *tab, address string) {
	b.visit(address + "?lang=zh&theme=dark&focus=concept/long-context&pick=concept/long-context")
	b.until(`document.documentElement.lang === "zh-CN" && document.querySelector(".trail").textContent.includes("总览")`)
	b.until(`document.querySelector(".panel h2").textContent === "长上下文"`)
	b.until(`getComputedStyle(document.body).backgroundColor === "rgb(18, 24, 31)"`)
	b.press(`.tools button[lang=en]`)
	b.until(`document.documentElement.lang === "en" && document.querySelector(".trail").textContent.includes("Overview")`)
	b.press(`.tools button[aria-label="Light or dark"]`)
	b.until(`getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`)
	b.eval(`localStorage.clear()`)
}

// copies reads what the menu saves: each file is made in the page.
func copies(b *tab, address string) {
	b.visit(address + "?focus=" + rwkv)
	b.here(rwkv)
	b.eval(`(() => { window.saved = {}; let last; const make = URL.createObjectURL; URL.createObjectURL = blob => { last = blob; return make.call(URL, blob); }; HTMLAnchorElement.prototype.click = async function () { const blob = last; window.saved[this.download] = {type: blob.type, size: blob.size, text: blob.type === "image/png" ? "" : await blob.text()}; }; })()`)
	b.press(`[popovertarget=copy-menu]`)
	for _, name := range []string{"SVG", "PNG", "JSON", "GEXF"} {
		b.press(`[aria-label="Save ` + name + `"]`)
		b.until(`window.saved["talkgraph.` + strings.ToLower(name) + `"]?.size > 500`)
	}
	b.until(`new DOMParser().parseFromString(window.saved["talkgraph.svg"].text, "image/svg+xml").querySelectorAll("g.node").length === ` + nodesShown + `.length`)
	b.until(`JSON.parse(window.saved["talkgraph.json"].text).nodes.length === ` + nodesShown + `.length`)
	b.until(`new DOMParser().parseFromString(window.saved["talkgraph.gexf"].text, "text/xml").querySelectorAll("node").length === ` + nodesShown + `.length`)
}

// TestEditing changes the real file of corrections and takes it back.
func TestEditing(t *testing.T) {
	dir := folder(t)
	b := open(t, serve(t, dir, "--edit")+"?focus="+rwkv+"&pick="+rwkv)
	corrections := filepath.Join(dir, "corrections.yaml")
	b.press(`.edit summary`)
	b.press(`[data-edit=rename]`)
	b.until(`document.activeElement.closest("dialog")`)
	b.typeIn("RWKV (renamed)")
	b.typeIn(kb.Enter)
	b.until(`document.querySelector(".panel h2").textContent === "RWKV (renamed)"`)
	written, err := os.ReadFile(corrections)
	if err != nil || !strings.Contains(string(written), "RWKV: RWKV (renamed)") {
		t.Fatalf("%v\n%s", err, written)
	}
	b.press(`.edit summary`)
	b.press(`[data-edit=drop]`)
	b.press(`dialog .primary`)
	b.until(`document.querySelector(".undo:not([hidden])").textContent === "Undo (2)"`)
	b.until(`!` + nodesShown + `.includes("` + rwkv + `")`)
	b.press(`.undo`)
	b.until(`document.querySelector(".undo:not([hidden])").textContent === "Undo (1)"`)
	b.press(`.undo`)
	b.until(`document.querySelector(".undo").hidden`)
	if _, err := os.Stat(corrections); err == nil {
		t.Error("the file is still there after everything was taken back")
	}
	b.typeIn("RWKV")
	b.eval(`document.querySelector(".search-input").focus()`)
	b.typeIn("RWKV")
	b.until(`document.querySelector("[role=option] .name")?.textContent.startsWith("RWKV")`)
}

// TestWithoutWebGL shows the map and the list instead of the live graph.
func TestWithoutWebGL(t *testing.T) {
	b := open(t, serve(t, folder(t))+"?focus="+rwkv, "disable-3d-apis")
	b.until(`document.querySelector(".pane-map svg .node")`)
	b.until(`document.querySelectorAll(".pane-list .entity").length > 5`)
	b.until(`document.querySelector(".note").textContent.includes("WebGL")`)
	b.until(`!document.querySelector(".graph canvas")`)
}

// TestFromDisk opens an export without any server.
func TestFromDisk(t *testing.T) {
	dir := folder(t)
	file := filepath.Join(dir, "graph.html")
	run(t, "export", "--store", filepath.Join(dir, "talkgraph.db"), "--with-lexicon", "-o", file)
	b := open(t, "file://"+filepath.ToSlash(file))
	b.until(nodesShown + `.length > 20`)
	b.typeIn("长上下")
	b.until(`document.querySelector("[role=option] .matched")?.textContent.startsWith("长上下")`)
	b.typeIn(kb.Enter)
	b.here("concept/long-context")
	b.until(`document.querySelectorAll(".panel .quote").length > 1 && location.hash.includes("focus=")`)
	b.do(chromedp.NavigateBack())
	b.until(`!document.querySelector(".graph").live.view.foci.size`)
	b.visit("file://" + filepath.ToSlash(file) + "#path=" + rwkv + "&path=person/韩旭")
	b.eval(`location.reload()`)
	b.until(`document.querySelectorAll(".path > li").length >= 3`)
	without := open(t, "file://"+filepath.ToSlash(file), "disable-3d-apis")
	without.until(`document.querySelectorAll(".drawing svg .node").length > 20`)
}

// TestAccessibility runs axe-core over the page in its main states.
func TestAccessibility(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "..", "render", "web", "page", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "no axe-core; run npm ci in render/web/page")
	}
	address := serve(t, folder(t), notes(t), "--edit")
	b := open(t, address)
	for _, state := range []string{"", "?focus=" + rwkv + "&pick=" + rwkv, "?focus=" + rwkv + "&view=list&pick=" + rwkv + "&theme=dark", "?view=both&lang=zh", "?ask=who+talked+about+RWKV&theme=dark", "?path=" + rwkv + "&path=person/韩旭"} {
		b.visit(address + state)
		b.until(`document.getElementById("app").getAttribute("aria-busy") === "false"`)
		if strings.Contains(state, "both") {
			b.until(`document.querySelector(".pane-map svg")`)
		}
		b.eval(string(script) + "; 0")
		got := b.eval(`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary).join(" | ")).join("\n"))`)
		if got != "" {
			t.Errorf("%s:\n%s", state, got)
		}
	}
}

// TestRebuild: what another build writes is served without a new start.
func TestRebuild(t *testing.T) {
	dir := folder(t)
	address := serve(t, dir)
	nodes := func() int {
		response, err := http.Get(address + "api/overview")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var held struct{ Nodes int }
		if err := json.NewDecoder(response.Body).Decode(&held); err != nil {
			t.Fatal(err)
		}
		return held.Nodes
	}
	before := nodes()
	run(t, "build", filepath.Join(notes(t), "..", "gopher-day"), "--store", filepath.Join(dir, "talkgraph.db"))
	for begin := time.Now(); nodes() <= before; time.Sleep(50 * time.Millisecond) {
		if time.Since(begin) > patience {
			t.Fatalf("still %d nodes", before)
		}
	}
}
