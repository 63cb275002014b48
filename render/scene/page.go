package scene

import (
	"math"
	"strings"

	"talkgraph/render/layout"
	"talkgraph/render/scene/font"
	"talkgraph/render/scene/geometry"
)

// Measures of the page around the map, in points.
const (
	margin        = 28
	leastWidth    = 440 // of what stands between the margins
	sectionGap    = 18
	titleSize     = 20
	subtitleSize  = 11.5
	legendSize    = 10
	sourceSize    = 8.5
	legendGap     = 18
	legendLine    = 20
	sampleWidth   = 22
	sampleHeight  = 12
	asidePadding  = 12
	asideItemSize = 10.5
	asideItemGap  = 6
	asideItemPad  = 8
	asideLine     = 24
)

// page stacks title, map, legend, list and source line.
type page struct {
	plan     *plan
	width    float64 // between the margins
	bottom   float64 // where the next thing begins
	elements []Element
}

// page puts the finished map on a page of its own.
func (p *plan) page(drawn picture) *Scene {
	b := &page{plan: p, width: max(drawn.bounds.Width(), leastWidth), bottom: margin}
	b.heading()
	b.place(drawn)
	b.legend()
	b.aside()
	b.source()
	return &Scene{
		Width:       math.Ceil(b.width + 2*margin),
		Height:      math.Ceil(b.bottom + margin),
		Background:  p.colors.background,
		Title:       oneLine(p.diagram.Title),
		Description: p.description(),
		Language:    p.diagram.Language,
		Elements:    b.elements,
	}
}

// description says the map in sentences, for readers who cannot see it.
func (p *plan) description() string {
	sentences := make([]string, 0, len(p.diagram.Edges))
	for _, edge := range p.diagram.Edges {
		sentences = append(sentences, p.sentence(edge))
	}
	return strings.Join(sentences, "; ")
}

// add puts a block of text with its left end at the margin.
func (b *page) add(text block, color Color) {
	if len(text.lines) == 0 {
		return
	}
	middle := b.bottom + text.height()/2
	texts := b.plan.texts(text, geometry.Point{X: margin, Y: middle}, color, false)
	b.elements = append(b.elements, Element{Kind: PageElement, Bounds: boundsOf(texts), Texts: texts})
	b.bottom += text.height()
}

func boundsOf(texts []Text) geometry.Rect {
	var bounds geometry.Rect
	for _, text := range texts {
		bounds = bounds.Union(text.Bounds())
	}
	return bounds
}

func (b *page) heading() {
	colors, set := b.plan.colors, b.plan.set
	b.add(set.set(clean(b.plan.diagram.Title), style{size: titleSize, weight: font.Bold}, b.width, 4), colors.text)
	b.add(set.set(clean(b.plan.diagram.Subtitle), style{size: subtitleSize, weight: font.Regular}, b.width, 3), colors.muted)
	if b.bottom > margin {
		b.bottom += sectionGap
	}
}

// place moves the map to its place, in the middle of a wider page.
func (b *page) place(drawn picture) {
	shift := geometry.Point{X: margin + (b.width-drawn.bounds.Width())/2 - drawn.bounds.Left, Y: b.bottom - drawn.bounds.Top}
	for _, element := range drawn.elements {
		b.elements = append(b.elements, element.moved(shift))
	}
	b.bottom += drawn.bounds.Height()
}

// moved returns the element at another place.
func (e Element) moved(by geometry.Point) Element {
	e.Bounds = e.Bounds.Move(by)
	shapes := make([]Shaped, len(e.Shapes))
	for i, shape := range e.Shapes {
		shape.Path = shape.Path.Transform(1, 1, by)
		shapes[i] = shape
	}
	texts := make([]Text, len(e.Texts))
	for i, text := range e.Texts {
		text.At = text.At.Add(by)
		texts[i] = text
	}
	e.Shapes, e.Texts = shapes, texts
	return e
}

// legend explains shapes, colours and lines, in as many rows as it takes.
func (b *page) legend() {
	rows := b.plan.diagram.Legend
	if len(rows) == 0 {
		return
	}
	b.bottom += sectionGap
	x, y := float64(margin), b.bottom+legendLine/2
	for _, row := range rows {
		label := b.plan.set.set(oneLine(row.Label), style{size: legendSize, weight: font.Regular}, b.width-sampleWidth-6, 1)
		width := sampleWidth + 6 + label.width()
		if x > margin && x+width > margin+b.width {
			x, y = margin, y+legendLine
		}
		element := Element{Kind: PageElement, Shapes: b.sample(row, geometry.Point{X: x + sampleWidth/2, Y: y})}
		element.Texts = b.plan.texts(label, geometry.Point{X: x + sampleWidth + 6, Y: y}, b.plan.colors.muted, false)
		element.Bounds = boundsOf(element.Texts)
		b.elements = append(b.elements, element)
		x += width + legendGap
	}
	b.bottom = y + legendLine/2
}

// sample draws the little node or line of a row of the legend.
func (b *page) sample(row LegendRow, centre geometry.Point) []Shaped {
	if !row.Edge {
		paint := b.plan.colors.tint(row.Tint)
		return outline(row.Shape, geometry.Around(centre, sampleWidth, sampleHeight), paint.fill, paint.stroke, 1)
	}
	var path geometry.Path
	left, right := geometry.Point{X: centre.X - sampleWidth/2, Y: centre.Y}, geometry.Point{X: centre.X + sampleWidth/2, Y: centre.Y}
	path.Move(left)
	path.Cubic(geometry.Lerp(left, right, 1.0/3), geometry.Lerp(left, right, 2.0/3), right)
	line, head := addArrow(path)
	color := b.plan.colors.edge(row.Tint)
	stroke := Shaped{Path: line, Stroke: color, Width: curveWidth}
	if row.Dashed {
		stroke.Dash = dashes
	}
	return []Shaped{stroke, {Path: head, Fill: color}}
}

// aside lists what found no place in the map: a panel with one small box for
// each item.
func (b *page) aside() {
	list := b.plan.diagram.Aside
	if len(list.Items) == 0 {
		return
	}
	b.bottom += sectionGap
	colors, set := b.plan.colors, b.plan.set
	panel := Element{Kind: PageElement, Name: oneLine(list.Title)}
	top, inner := b.bottom, b.width-2*asidePadding
	title := set.set(oneLine(list.Title), style{size: groupSize, weight: font.Bold}, inner, 2)
	y := top + asidePadding
	panel.Texts = b.plan.texts(title, geometry.Point{X: margin + asidePadding, Y: y + title.height()/2}, colors.muted, false)
	if len(title.lines) > 0 {
		y += title.height() + 5
	}
	items, bottom := b.asideItems(list.Items, inner, y)
	b.bottom = bottom + asidePadding
	panel.Bounds = geometry.Rect{Left: margin, Top: top, Right: margin + b.width, Bottom: b.bottom}
	panel.Shapes = []Shaped{{Path: geometry.RoundedRect(panel.Bounds, groupRadius), Fill: colors.panel, Stroke: colors.frame, Width: 0.8}}
	b.elements = append(b.elements, panel)
	b.elements = append(b.elements, items...)
}

// asideItems sets the items in rows from top downwards, and returns where the
// last row ends.
func (b *page) asideItems(items []AsideItem, width, top float64) (elements []Element, bottom float64) {
	colors := b.plan.colors
	left := float64(margin + asidePadding)
	x := left
	for _, item := range items {
		label := b.plan.set.set(oneLine(item.Label), style{size: asideItemSize, weight: font.Regular}, width-2*asideItemPad, 1)
		size := layout.Size{Width: label.width() + 2*asideItemPad, Height: asideLine - 4}
		if x > left && x+size.Width > left+width {
			x, top = left, top+asideLine
		}
		bounds := geometry.Rect{Left: x, Top: top, Right: x + size.Width, Bottom: top + size.Height}
		elements = append(elements, Element{
			Kind: PageElement, Name: oneLine(item.Label), Link: item.Link, Tooltip: clean(item.Tooltip), Bounds: bounds,
			Shapes: []Shaped{{Path: geometry.RoundedRect(bounds, 5), Fill: colors.background, Stroke: colors.frame, Width: 0.8}},
			Texts:  b.plan.texts(label, bounds.Centre(), colors.text, true),
		})
		x += size.Width + asideItemGap
	}
	return elements, top + asideLine - 4
}

func (b *page) source() {
	text := oneLine(b.plan.diagram.Source)
	if text == "" {
		return
	}
	b.bottom += sectionGap * 0.75
	b.add(b.plan.set.set(text, style{size: sourceSize, weight: font.Regular}, b.width, 3), b.plan.colors.muted)
}
