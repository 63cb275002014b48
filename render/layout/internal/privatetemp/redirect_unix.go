//go:build linux || darwin

package privatetemp

import "syscall"

// spaceNeeded is what the machine code takes on disk, with room to spare.
const spaceNeeded = 32 << 20

// nowhere is a folder that cannot exist: with it go-graphviz keeps nothing and
// compiles anew at every start, which is slow but right.
const nowhere = "/dev/null/none"

// redirect points TMPDIR at a folder that only this user can write to.
func redirect() (original string, wasSet, changed bool) {
	original, wasSet = syscall.Getenv(Variable)
	return original, wasSet, syscall.Setenv(Variable, choose(original)) == nil
}

// choose returns the first usable folder: the user's cache, then one of our own
// among the temporary files.
func choose(temporary string) string {
	if temporary == "" {
		temporary = "/tmp"
	}
	for _, parent := range []string{userCache(), temporary} {
		if parent == "" || parent[0] != '/' {
			continue
		}
		folder := parent + "/talkgraph"
		if parent == temporary {
			folder += "-" + decimal(syscall.Getuid())
		}
		if ours(folder) && roomy(folder) {
			return folder
		}
	}
	return nowhere
}

// userCache makes and names the folder for caches by the XDG rules. It is used
// on macOS too: asking for the system's own folder there would need more than
// syscall.
func userCache() string {
	folder, _ := syscall.Getenv("XDG_CACHE_HOME")
	if folder == "" {
		home, _ := syscall.Getenv("HOME")
		if home == "" {
			return ""
		}
		folder = home + "/.cache"
	}
	_ = syscall.Mkdir(folder, 0o700) // it is looked at afterwards, whoever made it
	return folder
}

// ours makes the folder if need be and tells whether it belongs to this user
// and nobody else may write to it.
func ours(folder string) bool {
	_ = syscall.Mkdir(folder, 0o700) // what counts is what is there afterwards
	var info syscall.Stat_t
	if err := syscall.Lstat(folder, &info); err != nil {
		return false
	}
	return info.Mode&syscall.S_IFMT == syscall.S_IFDIR &&
		int(info.Uid) == syscall.Getuid() &&
		info.Mode&0o022 == 0
}

// roomy tells whether the folder can take the machine code: go-graphviz panics
// if it cannot write it.
func roomy(folder string) bool {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err == nil && uint64(limit.Cur) < spaceNeeded {
		return false
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return false
	}
	return disk.Bavail*uint64(disk.Bsize) >= spaceNeeded && syscall.Access(folder, writable) == nil
}

// writable is the mode W_OK|X_OK of access(2).
const writable = 2 | 1

// decimal writes a number that is not negative; strconv would be an import.
func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}
