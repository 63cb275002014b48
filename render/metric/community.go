package metric

import (
	"cmp"
	"slices"

	"talkgraph/extract/fact"
	"talkgraph/graph"
)

// leastGain is the modularity that a move must win, so that rounding errors move
// nothing.
const leastGain = 1e-12

// Communities returns the number of the community of each node by ID, found by
// Louvain's method. Communities are numbered from 1 by their size, the largest
// first. Nodes are visited in order of ID instead of by chance, so the result is
// always the same.
func Communities(g *graph.Subgraph) map[string]int {
	nodes := slices.SortedFunc(slices.Values(g.Nodes), fact.CompareEntities)
	edges := slices.SortedStableFunc(slices.Values(g.Edges), fact.CompareRelations)
	number := bySize(newNetwork(nodes, edges).communities())
	byID := make(map[string]int, len(nodes))
	for i, node := range nodes {
		byID[node.ID] = number[i]
	}
	return byID
}

// communities moves nodes, then melts each community into one node, and so on
// until nothing moves.
func (n network) communities() []int {
	loops := make([]float64, len(n.neighbours)) // weight inside a molten node, counted from both ends
	member := make([]int, len(n.neighbours))    // node → node of the molten network
	for i := range member {
		member[i] = i
	}
	for {
		community, moved := n.moveNodes(loops)
		if !moved {
			return member
		}
		count := renumber(community)
		for i := range member {
			member[i] = community[member[i]]
		}
		n, loops = n.melt(loops, community, count)
	}
}

// moveNodes puts each node into the neighbouring community that wins the most
// modularity, again and again until none wins.
func (n network) moveNodes(loops []float64) (community []int, moved bool) {
	community = make([]int, len(n.neighbours))
	total := make([]float64, len(n.neighbours)) // strength of each community
	whole := 0.0
	for i := range community {
		community[i] = i
		total[i] = n.strength[i] + loops[i]
		whole += total[i]
	}
	if whole == 0 {
		return community, false
	}
	for again := true; again; {
		again = false
		for i := range community {
			own := n.strength[i] + loops[i]
			total[community[i]] -= own
			best := n.bestCommunity(i, own, whole, community, total)
			total[best] += own
			if best != community[i] {
				community[i] = best
				again, moved = true, true
			}
		}
	}
	return community, moved
}

// bestCommunity is where node i, taken out of its community, wins the most; its
// old community wins a tie, and then the lowest number.
func (n network) bestCommunity(i int, own, whole float64, community []int, total []float64) int {
	tie := map[int]float64{community[i]: 0}
	near := []int{community[i]}
	for _, link := range n.neighbours[i] {
		c := community[link.to]
		if _, seen := tie[c]; !seen {
			near = append(near, c)
		}
		tie[c] += link.weight
	}
	slices.Sort(near)
	gain := func(c int) float64 { return tie[c] - total[c]*own/whole }
	best := community[i]
	for _, c := range near {
		if gain(c) > gain(best)+leastGain {
			best = c
		}
	}
	return best
}

// melt makes one node of each community.
func (n network) melt(loops []float64, community []int, count int) (network, []float64) {
	molten := network{neighbours: make([][]link, count), strength: make([]float64, count)}
	inside := make([]float64, count)
	between := make([]map[int]float64, count)
	for i, links := range n.neighbours {
		c := community[i]
		inside[c] += loops[i]
		for _, link := range links {
			other := community[link.to]
			if other == c {
				inside[c] += link.weight
				continue
			}
			if between[c] == nil {
				between[c] = make(map[int]float64)
			}
			between[c][other] += link.weight
			molten.strength[c] += link.weight
		}
	}
	for c, weights := range between {
		for other := range count {
			if weight, ok := weights[other]; ok {
				molten.neighbours[c] = append(molten.neighbours[c], link{other, weight})
			}
		}
	}
	return molten, inside
}

// renumber gives communities the numbers from 0 in order of appearance, in place,
// and returns how many there are.
func renumber(community []int) int {
	numbers := make(map[int]int)
	for i, c := range community {
		number, ok := numbers[c]
		if !ok {
			number = len(numbers)
			numbers[c] = number
		}
		community[i] = number
	}
	return len(numbers)
}

// bySize numbers communities from 1, the largest first, of equal ones the one
// whose first node comes first.
func bySize(community []int) []int {
	size := make([]int, renumber(community))
	for _, c := range community {
		size[c]++
	}
	order := make([]int, len(size))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	rank := make([]int, len(size))
	for place, c := range order {
		rank[c] = place + 1
	}
	numbered := make([]int, len(community))
	for i, c := range community {
		numbered[i] = rank[c]
	}
	return numbered
}
