//go:build !linux && !darwin

package privatetemp

// redirect changes nothing: on Windows each user has temporary files of their
// own already.
func redirect() (original string, wasSet, changed bool) { return "", false, false }
