package geometry

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCrosses(t *testing.T) {
	r := Rect{10, 10, 20, 20}
	for _, test := range []struct {
		a, b Point
		want bool
	}{
		{Point{0, 15}, Point{30, 15}, true},  // through
		{Point{12, 12}, Point{13, 13}, true}, // inside
		{Point{0, 0}, Point{12, 12}, true},   // into
		{Point{0, 0}, Point{9, 30}, false},   // past
		{Point{0, 5}, Point{30, 5}, false},   // above
		{Point{15, 0}, Point{15, 9}, false},  // ends before
		{Point{0, 10}, Point{30, 10}, false}, // along the border
		{Point{0, 19}, Point{19, 0}, false},  // across the corner's outside
		{Point{9, 22}, Point{22, 9}, true},   // across the corner
	} {
		if got := r.Crosses(test.a, test.b); got != test.want {
			t.Errorf("%v to %v: %v, want %v", test.a, test.b, got, test.want)
		}
		if got := r.Crosses(test.b, test.a); got != test.want {
			t.Errorf("%v to %v: %v, want %v", test.b, test.a, got, test.want)
		}
	}
}

// TestCrossesAgreesWithSampling compares with a slow way to the same answer.
func TestCrossesAgreesWithSampling(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	point := func() Point { return Point{random.Float64() * 30, random.Float64() * 30} }
	for range 2000 {
		p, q, a, b := point(), point(), point(), point()
		r := Rect{min(p.X, q.X), min(p.Y, q.Y), max(p.X, q.X), max(p.Y, q.Y)}
		inside := 0
		for i := range 1001 {
			if s := Lerp(a, b, float64(i)/1000); s.X > r.Left && s.X < r.Right && s.Y > r.Top && s.Y < r.Bottom {
				inside++
			}
		}
		// A touch too short for the samples may be seen by one way only.
		if got := r.Crosses(a, b); got != (inside > 0) && (inside > 1 || !got) {
			t.Fatalf("%v, %v to %v: %v, but %d samples lie inside", r, a, b, got, inside)
		}
	}
}

func TestFlattenStaysCloseToTheCurve(t *testing.T) {
	for _, tolerance := range []float64{0.01, 0.1, 1} {
		for _, line := range Ellipse(Around(Point{50, 50}, 80, 80)).Flatten(tolerance) {
			for i := 1; i < len(line.Points); i++ {
				middle := Lerp(line.Points[i-1], line.Points[i], 0.5)
				if off := math.Abs(middle.Sub(Point{50, 50}).Length() - 40); off > tolerance+0.02 {
					t.Fatalf("tolerance %v: a line is %v away from the circle", tolerance, off)
				}
			}
		}
	}
}

func TestFlattenQuadraticEndsWhereItShould(t *testing.T) {
	var path Path
	path.Line(Point{9, 9}) // without a beginning: dropped
	path.Move(Point{0, 0})
	path.Quad(Point{5, 10}, Point{10, 0})
	lines := path.Flatten(0.01)
	if len(lines) != 1 {
		t.Fatalf("%d lines, want 1", len(lines))
	}
	highest := 0.0
	for _, p := range lines[0].Points {
		highest = max(highest, p.Y)
	}
	if math.Abs(highest-5) > 0.02 || lines[0].Points[len(lines[0].Points)-1] != (Point{10, 0}) {
		t.Errorf("the curve rises to %v and ends at %v", highest, lines[0].Points[len(lines[0].Points)-1])
	}
}

func TestRects(t *testing.T) {
	a, b := Rect{0, 0, 10, 10}, Rect{5, 5, 15, 20}
	if got := a.Overlap(b); got != 25 {
		t.Errorf("overlap %v, want 25", got)
	}
	if got := a.Union(b); got != (Rect{0, 0, 15, 20}) {
		t.Errorf("union %v", got)
	}
	if got := (Rect{}).Union(b); got != b {
		t.Errorf("union with nothing %v", got)
	}
	if a.Contains(b) || !a.Grow(10).Contains(b) {
		t.Error("Contains is wrong")
	}
}
