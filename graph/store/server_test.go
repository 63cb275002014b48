package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startPatience is how long a server may take until it answers.
const startPatience = time.Minute

// dbServer is a throw-away database server for tests, from the programs that Debian
// packages, in a temporary folder, on a Unix socket or free loopback ports. A test that
// needs one which is not installed is skipped with the reason; where the environment
// has CI=true it fails.
type dbServer struct {
	command func() *exec.Cmd
	url     func(database string) string
	connect func(database string) (*sql.DB, error) // by the driver that the store has registered

	mu      sync.Mutex
	running *exec.Cmd
	said    *bytes.Buffer // by the server since its last start
	made    int           // databases
}

// skip skips the test, or fails it in continuous integration.
func skip(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// program finds a program in the path or in one of the folders.
func program(name string, folders ...string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, pattern := range folders {
		found, err := filepath.Glob(filepath.Join(pattern, name))
		if err == nil && len(found) > 0 {
			return slices.Max(found), nil // the newest version
		}
	}
	return "", fmt.Errorf("the program %s is not installed", name)
}

// folder makes a temporary folder with a short path, for sockets, that belongs to the
// user whom servers run as. It is removed when the test ends.
func folder(t testing.TB) string {
	t.Helper()
	path, err := os.MkdirTemp("", "db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(path) })
	if identity := servant(); identity != nil {
		if err := os.Chown(path, int(identity.Uid), int(identity.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// servant returns whom servers run as when the tests run as root, which servers refuse
// to; nil when they do not.
func servant() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "mysql", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(found.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(found.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	return nil
}

// command returns a command that runs as a servant, in a folder that it may read.
func command(path string, arguments ...string) *exec.Cmd {
	c := exec.Command(path, arguments...)
	c.Dir = os.TempDir()
	c.SysProcAttr = &syscall.SysProcAttr{Credential: servant()}
	return c
}

// run runs a command to its end.
func run(c *exec.Cmd) error {
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.Path, err, output)
	}
	return nil
}

// start starts the server, anew when it was killed, and waits until it answers.
func (s *dbServer) start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.command()
	s.said = new(bytes.Buffer)
	c.Stdout, c.Stderr = s.said, s.said
	if err := c.Start(); err != nil {
		return err
	}
	s.running = c
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	db, err := s.connect("")
	if err != nil {
		return err
	}
	defer db.Close()
	for deadline := time.Now().Add(startPatience); time.Now().Before(deadline); {
		if err = db.Ping(); err == nil {
			return nil
		}
		select {
		case <-ended:
			return fmt.Errorf("%s ended: %s", c.Path, s.said)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s does not answer: %w", c.Path, err)
}

// kill ends the server at once, as a loss of power would.
func (s *dbServer) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return
	}
	_ = s.running.Process.Kill()
	for s.running.Process.Signal(syscall.Signal(0)) == nil {
		time.Sleep(time.Millisecond) // until start has waited for it
	}
	s.running = nil
}

// database makes a new, empty database and returns its URL.
func (s *dbServer) database(t testing.TB) string {
	t.Helper()
	s.mu.Lock()
	s.made++
	name := fmt.Sprintf("test%d", s.made)
	s.mu.Unlock()
	s.execute(t, "", "CREATE DATABASE "+name)
	return s.url(name)
}

// latest returns the name of the database that was made last.
func (s *dbServer) latest() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("test%d", s.made)
}

// count returns the number of rows of a table.
func (s *dbServer) count(t testing.TB, database, table string) (rows int) {
	t.Helper()
	db, err := s.connect(database)
	if err != nil {
		t.Fatal(err)
	}
	err = db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&rows)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return rows
}

// execute runs a statement on a database.
func (s *dbServer) execute(t testing.TB, database, statement string) {
	t.Helper()
	db, err := s.connect(database)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// freePort returns a port of the loopback interface that nobody uses.
func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
