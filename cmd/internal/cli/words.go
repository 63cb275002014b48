package cli

import "fmt"

// plural counts things: "1 document", "2 documents".
func plural(count int, thing string) string {
	if count == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", count, thing)
}

// humanBytes writes a size as people do, in powers of 1024.
func humanBytes(size int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	value, unit := float64(size), 0
	for value >= 1024 && unit < len(units)-1 {
		value /= 1024
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", size)
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}
