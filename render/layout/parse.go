package layout

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// answer is the part of Graphviz's json0 output that is used. Lengths in it
// are points, with y growing upwards.
type answer struct {
	Box     string `json:"bb"`
	Objects []struct {
		Name       string `json:"name"`
		Box        string `json:"bb"`
		LabelPlace string `json:"lp"`
		Place      string `json:"pos"`
	} `json:"objects"`
	Edges []struct {
		ID    string `json:"id"`
		Place string `json:"pos"`
	} `json:"edges"`
}

// parse reads positions out of json0.
func parse(output []byte, graph Graph) (Positions, error) {
	positions, err := parseAnswer(output, graph)
	if err != nil {
		return Positions{}, fmt.Errorf("layout: Graphviz gave an answer that cannot be read: %w", err)
	}
	return positions, nil
}

func parseAnswer(output []byte, graph Graph) (Positions, error) {
	var a answer
	if err := json.Unmarshal(output, &a); err != nil {
		return Positions{}, err
	}
	box, err := numbers(a.Box, 4)
	if err != nil {
		return Positions{}, fmt.Errorf("bounding box: %w", err)
	}
	turn := func(x, y float64) Point { return Point{x - box[0], box[3] - y} }
	positions := Positions{
		Size:          Size{box[2] - box[0], box[3] - box[1]},
		Nodes:         make([]Point, len(graph.Nodes)),
		Edges:         make([][]Point, len(graph.Edges)),
		Clusters:      make([]Rect, len(graph.Clusters)),
		ClusterLabels: make([]Point, len(graph.Clusters)),
	}
	placed := 0
	for _, object := range a.Objects {
		if index, ok := index(object.Name, "n", len(graph.Nodes)); ok {
			place, err := numbers(object.Place, 2)
			if err != nil {
				return Positions{}, fmt.Errorf("node %s: %w", object.Name, err)
			}
			positions.Nodes[index] = turn(place[0], place[1])
			placed++
		}
		if index, ok := index(object.Name, "cluster_", len(graph.Clusters)); ok {
			corners, err := numbers(object.Box, 4)
			if err != nil {
				return Positions{}, fmt.Errorf("cluster %s: %w", object.Name, err)
			}
			low, high := turn(corners[0], corners[1]), turn(corners[2], corners[3])
			positions.Clusters[index] = Rect{low.X, high.Y, high.X, low.Y}
			if label, err := numbers(object.LabelPlace, 2); err == nil {
				positions.ClusterLabels[index] = turn(label[0], label[1])
			}
		}
	}
	if placed != len(graph.Nodes) {
		return Positions{}, fmt.Errorf("%d of %d nodes have a place", placed, len(graph.Nodes))
	}
	for _, edge := range a.Edges {
		index, ok := index(edge.ID, "e", len(graph.Edges))
		if !ok || edge.Place == "" {
			continue // an edge that only orders levels, or one that was not drawn
		}
		curve, err := spline(edge.Place, turn)
		if err != nil {
			return Positions{}, fmt.Errorf("edge %s: %w", edge.ID, err)
		}
		positions.Edges[index] = curve
	}
	return positions, nil
}

// index reads the number behind a prefix, as in "n12".
func index(name, prefix string, count int) (int, bool) {
	digits, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && n < count
}

// spline reads "x,y x,y …": a chain of cubic curves.
func spline(text string, turn func(x, y float64) Point) ([]Point, error) {
	var points []Point
	for word := range strings.FieldsSeq(text) {
		pair, err := numbers(word, 2)
		if err != nil {
			return nil, err
		}
		points = append(points, turn(pair[0], pair[1]))
	}
	if len(points) < 4 || len(points)%3 != 1 {
		return nil, fmt.Errorf("%d points do not make a chain of cubic curves", len(points))
	}
	return points, nil
}

// numbers reads exactly count numbers with commas between them.
func numbers(text string, count int) ([]float64, error) {
	words := strings.Split(text, ",")
	if len(words) != count {
		return nil, fmt.Errorf("%q does not hold %d numbers", text, count)
	}
	values := make([]float64, count)
	for i, word := range words {
		value, err := strconv.ParseFloat(word, 64)
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			return nil, fmt.Errorf("%q is no length", word)
		}
		values[i] = value
	}
	return values, nil
}
