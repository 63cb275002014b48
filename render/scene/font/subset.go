package font

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
)

// Subset is a part of an embedded font, as a TrueType file of its own.
type Subset struct {
	File       []byte
	Glyphs     map[rune]uint16 // index of each character in File
	Advances   []float64       // width of each glyph in ems, by index
	UnitsPerEm int
	Ascent     float64 // ems above the base line
	Descent    float64 // ems below the base line, positive
	CapHeight  float64
	Box        [4]float64 // left, bottom, right, top of all glyphs, in ems, y upwards
}

// Subset makes a font file that holds the given characters only. Characters
// that the embedded font lacks are left out of it. The same set of characters
// gives the same bytes.
func (f *Family) Subset(weight Weight, characters []rune) (Subset, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	indexes := make(map[rune]uint16)
	for _, r := range characters {
		if g := f.glyph(weight, r); g.source == Embedded && g.index != 0 {
			indexes[r] = uint16(g.index)
		}
	}
	tables, err := readTables(f.faces[weight].file)
	if err != nil {
		return Subset{}, fmt.Errorf("embedded font %d: %w; build the program again from its source", weight, err)
	}
	return tables.subset(indexes), nil
}

// tableSet is a TrueType file, cut into its tables by their four-letter tags.
type tableSet map[string][]byte

// needed are the tables that subset reads or copies.
var needed = []string{"OS/2", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}

func readTables(file []byte) (tableSet, error) {
	if len(file) < 12 {
		return nil, fmt.Errorf("the file is too short for a font")
	}
	tables := make(tableSet)
	count := int(binary.BigEndian.Uint16(file[4:]))
	for i := range count {
		at := 12 + 16*i
		if at+16 > len(file) {
			return nil, fmt.Errorf("the table directory is cut off")
		}
		offset := uint64(binary.BigEndian.Uint32(file[at+8:]))
		length := uint64(binary.BigEndian.Uint32(file[at+12:]))
		if offset+length > uint64(len(file)) {
			return nil, fmt.Errorf("table %q reaches beyond the file", file[at:at+4])
		}
		tables[string(file[at:at+4])] = file[offset : offset+length]
	}
	for _, tag := range needed {
		if len(tables[tag]) == 0 {
			return nil, fmt.Errorf("table %q is missing", tag)
		}
	}
	return tables, nil
}

// subset keeps glyph 0 and the glyphs of the given characters, numbered anew in
// the order of their old numbers.
func (t tableSet) subset(indexes map[rune]uint16) Subset {
	old := []uint16{0}
	for _, index := range indexes {
		old = append(old, index)
	}
	slices.Sort(old)
	old = slices.Compact(old)
	glyphs := make(map[rune]uint16, len(indexes))
	for r, index := range indexes {
		place, _ := slices.BinarySearch(old, index)
		glyphs[r] = uint16(place)
	}

	upem := float64(binary.BigEndian.Uint16(t["head"][18:]))
	signed := func(tag string, at int) float64 { return float64(int16(binary.BigEndian.Uint16(t[tag][at:]))) / upem }
	result := Subset{
		Glyphs:     glyphs,
		UnitsPerEm: int(upem),
		Ascent:     signed("hhea", 4),
		Descent:    -signed("hhea", 6),
		CapHeight:  CapHeight,
		Box:        [4]float64{signed("head", 36), signed("head", 38), signed("head", 40), signed("head", 42)},
	}
	var outlines, offsets, metrics []byte
	for _, index := range old {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
		outlines = append(outlines, t.outline(index)...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
		advance, bearing := t.metric(index)
		metrics = binary.BigEndian.AppendUint16(metrics, advance)
		metrics = binary.BigEndian.AppendUint16(metrics, bearing)
		result.Advances = append(result.Advances, float64(advance)/upem)
	}
	offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))

	head := slices.Clone(t["head"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum of the file, set below
	binary.BigEndian.PutUint16(head[50:], 1) // loca with 32-bit offsets
	hhea := slices.Clone(t["hhea"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(old)))
	maxp := slices.Clone(t["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(old)))
	result.File = writeTables(tableSet{
		"OS/2": t["OS/2"], "cmap": characterMap(glyphs), "glyf": outlines, "head": head, "hhea": hhea,
		"hmtx": metrics, "loca": offsets, "maxp": maxp, "name": t["name"], "post": t["post"],
	})
	return result
}

// outline returns the bytes of one glyph. The embedded fonts have no composite
// glyphs, so that none refers to another.
func (t tableSet) outline(index uint16) []byte {
	offset := func(i int) uint32 {
		if binary.BigEndian.Uint16(t["head"][50:]) == 0 {
			return 2 * uint32(binary.BigEndian.Uint16(t["loca"][2*i:]))
		}
		return binary.BigEndian.Uint32(t["loca"][4*i:])
	}
	return t["glyf"][offset(int(index)):offset(int(index)+1)]
}

// metric returns the advance and the left side bearing of a glyph, in font
// units. The last glyphs of a font may share one advance.
func (t tableSet) metric(index uint16) (advance, bearing uint16) {
	long := binary.BigEndian.Uint16(t["hhea"][34:])
	table := t["hmtx"]
	if index < long {
		return binary.BigEndian.Uint16(table[4*int(index):]), binary.BigEndian.Uint16(table[4*int(index)+2:])
	}
	advance = binary.BigEndian.Uint16(table[4*(int(long)-1):])
	return advance, binary.BigEndian.Uint16(table[4*int(long)+2*int(index-long):])
}

// characterMap writes a cmap table of format 12, one group for each character.
func characterMap(glyphs map[rune]uint16) []byte {
	characters := make([]rune, 0, len(glyphs))
	for r := range glyphs {
		characters = append(characters, r)
	}
	slices.Sort(characters)
	groups := uint32(len(characters))
	b := binary.BigEndian
	table := b.AppendUint16(nil, 0)             // version
	table = b.AppendUint16(table, 1)            // one encoding:
	table = b.AppendUint16(table, 3)            // Windows,
	table = b.AppendUint16(table, 10)           // all of Unicode,
	table = b.AppendUint32(table, 12)           // right behind this
	table = b.AppendUint16(table, 12)           // format
	table = b.AppendUint16(table, 0)            // reserved
	table = b.AppendUint32(table, 16+12*groups) // length
	table = b.AppendUint32(table, 0)            // language
	table = b.AppendUint32(table, groups)       // count
	for _, r := range characters {
		table = b.AppendUint32(table, uint32(r))
		table = b.AppendUint32(table, uint32(r))
		table = b.AppendUint32(table, uint32(glyphs[r]))
	}
	return table
}

// writeTables joins tables to a TrueType file with right checksums.
func writeTables(tables tableSet) []byte {
	tags := make([]string, 0, len(tables))
	for tag := range tables {
		tags = append(tags, tag)
	}
	sort.Strings(tags)

	power, log := 1, 0
	for power*2 <= len(tags) {
		power, log = power*2, log+1
	}
	b := binary.BigEndian
	file := b.AppendUint32(nil, 0x00010000)
	for _, value := range []int{len(tags), power * 16, log, (len(tags) - power) * 16} {
		file = b.AppendUint16(file, uint16(value))
	}
	body := 12 + 16*len(tags)
	var data []byte
	headAt := 0
	for _, tag := range tags {
		if tag == "head" {
			headAt = body + len(data)
		}
		file = append(file, tag...)
		file = b.AppendUint32(file, checksum(tables[tag]))
		file = b.AppendUint32(file, uint32(body+len(data)))
		file = b.AppendUint32(file, uint32(len(tables[tag])))
		data = append(data, tables[tag]...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	file = append(file, data...)
	b.PutUint32(file[headAt+8:], 0xB1B0AFBA-checksum(file))
	return file
}

// checksum adds the table up as 32-bit numbers, as the format asks.
func checksum(table []byte) uint32 {
	var sum uint32
	for len(table) >= 4 {
		sum += binary.BigEndian.Uint32(table)
		table = table[4:]
	}
	var last [4]byte
	copy(last[:], table)
	return sum + binary.BigEndian.Uint32(last[:])
}
