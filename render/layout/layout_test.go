package layout

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// The test program plays the child too: with ChildArgument it lays out, with
// one of the others it fails in a way of its own.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 {
		switch os.Args[1] {
		case ChildArgument:
			if err := Child(os.Stdin, os.Stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case "__hang":
			time.Sleep(time.Minute)
		case "__fail":
			fmt.Fprintln(os.Stderr, "something broke\nand more")
			os.Exit(3)
		case "__nonsense":
			fmt.Println(`[{"bb":"0,0,10,10"}]`)
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

func box(width, height float64) Node {
	return Node{Size: Size{width, height}, Cluster: NoCluster}
}

func TestLayoutPlacesNodesAndEdges(t *testing.T) {
	graph := Graph{
		Nodes: []Node{box(100, 30), box(60, 30), box(60, 30)},
		Edges: []Edge{{From: 0, To: 1}, {From: 0, To: 2}},
	}
	got, err := Layout(context.Background(), graph, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Engine != Dot || got.Note != "" {
		t.Errorf("engine %q, note %q; want dot without a note", got.Engine, got.Note)
	}
	top, left, right := got.Nodes[0], got.Nodes[1], got.Nodes[2]
	if !(top.Y < left.Y && left.Y == right.Y && left.X < right.X) {
		t.Errorf("places %v: want the first above the other two, side by side", got.Nodes)
	}
	for i, curve := range got.Edges {
		if len(curve) < 4 {
			t.Fatalf("edge %d has no curve", i)
		}
		if start := curve[0]; start.Y < top.Y+14 || start.Y > top.Y+16 {
			t.Errorf("edge %d starts at %v, not at the lower border of %v", i, start, top)
		}
	}
}

func TestLayoutRunsToTheRight(t *testing.T) {
	graph := Graph{Nodes: []Node{box(50, 20), box(50, 20)}, Edges: []Edge{{From: 0, To: 1}}, Direction: Right}
	got, err := Layout(context.Background(), graph, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Nodes[0].X >= got.Nodes[1].X {
		t.Errorf("places %v: want the first left of the second", got.Nodes)
	}
}

func TestLayoutLevelsAndClusters(t *testing.T) {
	graph := Graph{
		Nodes:    []Node{box(40, 20), box(40, 20), box(40, 20), box(40, 20)},
		Clusters: []Cluster{{Parent: NoCluster, Label: Size{80, 16}}, {Parent: 0, Label: Size{30, 16}}},
		Levels:   [][]int{{2, 3}, {0, 1}},
	}
	graph.Nodes[0].Cluster, graph.Nodes[1].Cluster = 0, 1
	got, err := Layout(context.Background(), graph, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Nodes[2].Y != got.Nodes[3].Y || got.Nodes[0].Y != got.Nodes[1].Y || got.Nodes[2].Y >= got.Nodes[0].Y {
		t.Errorf("places %v: want 2 and 3 on one level above 0 and 1", got.Nodes)
	}
	outer, inner := got.Clusters[0], got.Clusters[1]
	if inner.Left < outer.Left || inner.Right > outer.Right || inner.Top < outer.Top || inner.Bottom > outer.Bottom {
		t.Errorf("cluster %v is not inside %v", inner, outer)
	}
	for i, label := range got.ClusterLabels {
		frame := got.Clusters[i]
		if label.X < frame.Left || label.X > frame.Right || label.Y < frame.Top || label.Y > frame.Bottom {
			t.Errorf("label %d at %v is outside %v", i, label, frame)
		}
	}
}

func TestOrderedChildrenKeepTheirOrder(t *testing.T) {
	for _, direction := range []Direction{Down, Right} {
		for _, depth := range []int{0, 1, 2} { // clusters around each family
			graph, families := orderedGraph(depth)
			graph.Direction = direction
			got, err := Layout(context.Background(), graph, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, family := range families {
				for i := 1; i < len(family); i++ {
					before, after := got.Nodes[family[i-1]], got.Nodes[family[i]]
					if direction == Down && before.X >= after.X || direction == Right && before.Y >= after.Y {
						t.Errorf("direction %d, %d clusters: node %d is at %v, and the one before it at %v", direction, depth, family[i], after, before)
					}
				}
			}
		}
	}
}

// orderedGraph has three families of five children with a child each, every
// family inside so many clusters, and lists the families.
func orderedGraph(clusters int) (graph Graph, families [][]int) {
	graph = Graph{Nodes: []Node{box(40, 20)}, Ordered: true}
	add := func(parent, cluster int) int {
		graph.Nodes = append(graph.Nodes, Node{Size: Size{50, 20}, Cluster: cluster})
		graph.Edges = append(graph.Edges, Edge{From: parent, To: len(graph.Nodes) - 1})
		return len(graph.Nodes) - 1
	}
	for range 3 {
		cluster := NoCluster
		for range clusters {
			graph.Clusters = append(graph.Clusters, Cluster{Parent: cluster, Label: Size{30, 10}})
			cluster = len(graph.Clusters) - 1
		}
		parent := add(0, cluster)
		var children, grandchildren []int
		for range 5 {
			children = append(children, add(parent, cluster))
			grandchildren = append(grandchildren, add(children[len(children)-1], cluster))
		}
		families = append(families, children, grandchildren)
	}
	return graph, families
}

func TestLayoutIsRepeatable(t *testing.T) {
	for _, engine := range []Engine{Dot, Sfdp} {
		graph := randomGraph(40, 60, 7)
		first, err := Layout(context.Background(), graph, Options{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		second, err := Layout(context.Background(), graph, Options{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s gives two different layouts of one graph", engine)
		}
	}
}

func TestVariantsAreIndependent(t *testing.T) {
	down, right := randomGraph(12, 15, 1), randomGraph(12, 15, 1)
	right.Direction = Right
	together, err := Variants(context.Background(), []Graph{right, down}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := Layout(context.Background(), down, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(together[1], alone) {
		t.Error("a layout depends on the one before it in the same child process")
	}
}

func TestLargeGraphFallsBack(t *testing.T) {
	got, err := Layout(context.Background(), randomGraph(30, 30, 3), Options{DotLimit: 50})
	if err != nil {
		t.Fatal(err)
	}
	if got.Engine != Sfdp || !strings.Contains(got.Note, "too many") {
		t.Errorf("engine %q, note %q: want sfdp and a note that says why", got.Engine, got.Note)
	}
}

func TestChildThatHangsIsKilled(t *testing.T) {
	options := Options{Engine: Sfdp, Command: []string{os.Args[0], "__hang"}, Timeout: 50 * time.Millisecond}
	_, err := Layout(context.Background(), randomGraph(3, 3, 1), options)
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("error %v, want ErrTimeout", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	options.Timeout = time.Minute
	if _, err := Layout(ctx, randomGraph(3, 3, 1), options); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestChildThatFailsIsReportedInOneLine(t *testing.T) {
	for argument, want := range map[string]string{"__fail": "something broke", "__nonsense": "0 of 3 nodes"} {
		_, err := Layout(context.Background(), randomGraph(3, 3, 1), Options{Command: []string{os.Args[0], argument}})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line with %q", argument, err, want)
		}
	}
}

func TestBadGraphsAreRefused(t *testing.T) {
	bad := map[string]Graph{
		"no nodes":        {},
		"size":            {Nodes: []Node{box(0, 10)}},
		"edge":            {Nodes: []Node{box(1, 1)}, Edges: []Edge{{From: 0, To: 1}}},
		"cluster":         {Nodes: []Node{{Size: Size{1, 1}, Cluster: 2}}},
		"ring of cluster": {Nodes: []Node{box(1, 1)}, Clusters: []Cluster{{Parent: 0}}},
		"level":           {Nodes: []Node{box(1, 1)}, Levels: [][]int{{4}}},
	}
	for name, graph := range bad {
		if _, err := Layout(context.Background(), graph, Options{Command: []string{"does-not-run"}}); err == nil || !strings.HasPrefix(err.Error(), "layout:") {
			t.Errorf("%s: error %v, want a refusal before the child is started", name, err)
		}
	}
}

// TestMachineCodeIsPrivate fails if the package privatetemp no longer starts
// before go-graphviz, or if it leaves its mark on the environment.
func TestMachineCodeIsPrivate(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("temporary files are private on this system anyway")
	}
	home, shared := t.TempDir(), t.TempDir()
	child := exec.Command(os.Args[0], ChildArgument)
	child.Stdin = strings.NewReader(`{"engine":"dot","sources":["digraph{a->b}"]}`)
	child.Env = []string{"HOME=" + home, "TMPDIR=" + shared}
	if output, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if _, err := os.Stat(filepath.Join(home, ".cache", "talkgraph", "go-graphviz")); err != nil {
		t.Errorf("the machine code is not in the user's cache: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(shared, "*")); len(left) > 0 {
		t.Errorf("the shared folder holds %v", left)
	}
}

func TestUnwritableCacheIsNoFault(t *testing.T) {
	child := exec.Command(os.Args[0], ChildArgument)
	child.Stdin = strings.NewReader(`{"engine":"dot","sources":["digraph{a->b}"]}`)
	child.Env = []string{"HOME=/dev/null", "TMPDIR=/dev/null"}
	if output, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
}

// randomGraph is a graph of boxes with more edges to nodes of low number, as in
// a map with a focus.
func randomGraph(nodes, edges int, seed uint64) Graph {
	random := rand.New(rand.NewPCG(seed, seed))
	var graph Graph
	for range nodes {
		graph.Nodes = append(graph.Nodes, box(40+random.Float64()*100, 30))
	}
	for range edges {
		to := 1 + random.IntN(nodes-1)
		graph.Edges = append(graph.Edges, Edge{From: random.IntN(to), To: to})
	}
	return graph
}

func TestForceLayoutHasNoOverlaps(t *testing.T) {
	graph := randomGraph(150, 220, 5)
	graph.NodeGap = 6
	got, err := Layout(context.Background(), graph, Options{Engine: Sfdp})
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range graph.Nodes {
		for j, b := range graph.Nodes[:i] {
			apartX := math.Abs(got.Nodes[i].X-got.Nodes[j].X) - (a.Size.Width+b.Size.Width)/2
			apartY := math.Abs(got.Nodes[i].Y-got.Nodes[j].Y) - (a.Size.Height+b.Size.Height)/2
			if apartX < 5 && apartY < 5 {
				t.Errorf("nodes %d and %d are %.1f and %.1f points apart, want 6", i, j, apartX, apartY)
			}
		}
		half := a.Size.Width / 2
		if place := got.Nodes[i]; place.X-half < -0.01 || place.X+half > got.Size.Width+0.01 {
			t.Errorf("node %d at %v is outside the page %v", i, place, got.Size)
		}
	}
	for i, curve := range got.Edges {
		if len(curve) != 4 {
			t.Errorf("edge %d has %d points", i, len(curve))
		}
	}
}

func TestNodesOnOneSpotAreSeparated(t *testing.T) {
	nodes := []Node{box(10, 10), box(10, 10), box(10, 10)}
	places := []Point{{5, 5}, {5, 5}, {5, 5}}
	spread(places, nodes, 2)
	for i := range places {
		for j := range i {
			if math.Abs(places[i].X-places[j].X) < 11.9 && math.Abs(places[i].Y-places[j].Y) < 11.9 {
				t.Errorf("%v and %v overlap", places[i], places[j])
			}
		}
	}
}

func FuzzAnswersAreReadWithoutPanic(f *testing.F) {
	f.Add([]byte(`{"bb":"0,0,100,50","objects":[{"name":"n0","pos":"10,10"},{"name":"n1","pos":"20,20"},{"name":"cluster_0","bb":"0,0,9,9","lp":"1,1"}],"edges":[{"id":"e0","pos":"1,1 2,2 3,3 4,4"}]}`))
	f.Add([]byte(`{"bb":"0,0,nan,50"}`))
	f.Add([]byte(`[]`))
	graph := Graph{Nodes: []Node{box(1, 1), box(1, 1)}, Edges: []Edge{{From: 0, To: 1}}, Clusters: []Cluster{{Parent: NoCluster}}}
	f.Fuzz(func(t *testing.T, output []byte) {
		if positions, err := parse(output, graph); err == nil && len(positions.Nodes) != 2 {
			t.Fatalf("%d positions for 2 nodes", len(positions.Nodes))
		}
	})
}

// TestWaitingChild lays out with a child that was started before, which gives what
// one of its own gives, is used again, survives no timeout, and is gone at the end.
func TestWaitingChild(t *testing.T) {
	ctx, graph := context.Background(), randomGraph(12, 14, 5)
	for _, engine := range []Engine{Dot, Sfdp} {
		want, err := Layout(ctx, graph, Options{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		waiting := Prepare()
		for range 3 {
			got, err := Layout(ctx, graph, Options{Engine: engine, Waiting: waiting})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: a waiting child places otherwise", engine)
			}
		}
		if _, err := Layout(ctx, graph, Options{Engine: engine, Waiting: waiting, Timeout: time.Nanosecond}); !errors.Is(err, ErrTimeout) {
			t.Errorf("error %v, want ErrTimeout", err)
		}
		if _, err := Layout(ctx, graph, Options{Engine: engine, Waiting: waiting}); err != nil {
			t.Errorf("%s: after a timeout: %v", engine, err)
		}
		waiting.Close()
		if waiting.child != nil {
			t.Errorf("%s: the child is kept after Close", engine)
		}
	}
	unused := Prepare()
	<-unused.ready
	process := unused.child.command.Process
	unused.Close()
	if err := process.Signal(os.Kill); !errors.Is(err, os.ErrProcessDone) {
		t.Error("an unused child still runs after Close")
	}
}
