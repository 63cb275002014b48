package scene

import "fmt"

// Theme is a set of colours.
type Theme uint8

// The themes.
const (
	Light Theme = iota
	Dark
	Print // black and white
)

// ParseTheme reads the name of a theme: light, dark or print.
func ParseTheme(name string) (Theme, error) {
	for theme, known := range themeNames {
		if name == known {
			return Theme(theme), nil
		}
	}
	return Light, fmt.Errorf("unknown theme %q; use light, dark or print", name)
}

// String is the name that ParseTheme reads.
func (t Theme) String() string { return themeNames[t] }

var themeNames = [...]string{Light: "light", Dark: "dark", Print: "print"}

// colors are the paints of one theme.
type colors struct {
	background Color
	text       Color // titles and node labels
	muted      Color // details, subtitle, source line
	phrase     Color // labels of edges
	line       Color // neutral curves
	frame      Color // frames of groups and lists
	panel      Color // inside of groups and lists
	tints      [Tints + 1]tintColors
}

// tintColors are the paints of a node of one tint.
type tintColors struct {
	fill   Color // inside of a plain node
	stroke Color // its outline, and curves of this tint
	strong Color // inside of an emphasised node
	onTop  Color // text of an emphasised node
}

// colorsOf returns the paints of a theme. The hues follow Okabe and Ito's set
// for all kinds of colour vision, darkened where thin lines need it.
func colorsOf(theme Theme) colors {
	switch theme {
	case Dark:
		return darkColors()
	case Print:
		return printColors()
	default:
		return lightColors()
	}
}

func lightColors() colors {
	white := hex(0xFFFFFF)
	return colors{
		background: white, text: hex(0x16202B), muted: hex(0x5B6775), phrase: hex(0x3C4856),
		line: hex(0x8391A1), frame: hex(0xC9D1DA), panel: hex(0xF6F8FA),
		tints: [Tints + 1]tintColors{
			{hex(0xF2F4F7), hex(0x77838F), hex(0x4A5663), white},
			{hex(0xE4F0F9), hex(0x2C7FB8), hex(0x0B5C94), white}, // blue
			{hex(0xFCEBDD), hex(0xCF6A1F), hex(0xAD4B00), white}, // orange
			{hex(0xE0F3EC), hex(0x1B9070), hex(0x04694F), white}, // green
			{hex(0xF7E8F1), hex(0xB9598F), hex(0x8F3368), white}, // pink
			{hex(0xFDF4D6), hex(0xB28600), hex(0x7F5F00), white}, // yellow
			{hex(0xE3F5FB), hex(0x3F9CC0), hex(0x1A6C8C), white}, // sky
			{hex(0xECEAF8), hex(0x6A5FB5), hex(0x473C93), white}, // violet
		},
	}
}

func darkColors() colors {
	night := hex(0x12181F)
	return colors{
		background: night, text: hex(0xEDF1F5), muted: hex(0x9DAAB8), phrase: hex(0xC6D0DA),
		line: hex(0x6F7E8E), frame: hex(0x3A4653), panel: hex(0x19212A),
		tints: [Tints + 1]tintColors{
			{hex(0x222B35), hex(0x8593A2), hex(0xC5CED8), night},
			{hex(0x12304A), hex(0x58A9E0), hex(0x7CC0EF), night},
			{hex(0x43260F), hex(0xE58A45), hex(0xF3A467), night},
			{hex(0x0D3529), hex(0x3CB894), hex(0x66D3B2), night},
			{hex(0x3F1F33), hex(0xDA86B5), hex(0xEBA6CB), night},
			{hex(0x3A2F0A), hex(0xD9B23A), hex(0xECCB66), night},
			{hex(0x113440), hex(0x6FC3E3), hex(0x93D6EF), night},
			{hex(0x28234A), hex(0x9D92E4), hex(0xB9B0F0), night},
		},
	}
}

func printColors() colors {
	black, white := hex(0x000000), hex(0xFFFFFF)
	theme := colors{
		background: white, text: black, muted: hex(0x333333), phrase: black,
		line: hex(0x333333), frame: hex(0x777777), panel: white,
	}
	// Greys cannot carry eight meanings: shapes do, and the fills only help.
	for i, grey := range []uint32{0xFFFFFF, 0xFFFFFF, 0xEDEDED, 0xFFFFFF, 0xF5F5F5, 0xE4E4E4, 0xFAFAFA, 0xF0F0F0} {
		theme.tints[i] = tintColors{hex(grey), black, black, white}
	}
	return theme
}

// tint returns the paints of a tint; one beyond the last is neutral.
func (c colors) tint(t Tint) tintColors {
	if t > Tints {
		t = 0
	}
	return c.tints[t]
}

// edge returns the paint of a curve.
func (c colors) edge(t Tint) Color {
	if t == 0 || t > Tints {
		return c.line
	}
	return c.tints[t].stroke
}
