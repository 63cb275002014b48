package store_test

import (
	"database/sql"
	"net/url"
	"os/exec"
	"path/filepath"
	"testing"
)

// postgresPassword is that of the only user, so that tests can look for it in messages.
const postgresPassword = "s3cret@:/word"

// startPostgreSQL starts a server that ends with the test.
func startPostgreSQL(t testing.TB) *dbServer {
	t.Helper()
	folders := []string{"/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin"}
	initdb, err := program("initdb", folders...)
	if err != nil {
		skip(t, "PostgreSQL: "+err.Error()+" (Debian: postgresql)")
	}
	postgres, err := program("postgres", folders...)
	if err != nil {
		skip(t, "PostgreSQL: "+err.Error()+" (Debian: postgresql)")
	}
	base := folder(t)
	data := filepath.Join(base, "data")
	if err := run(command(initdb, "-D", data, "-U", "talkgraph", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")); err != nil {
		t.Fatal(err)
	}
	s := &dbServer{
		command: func() *exec.Cmd {
			return command(postgres, "-D", data, "-k", base, "-c", "listen_addresses=")
		},
		url: func(database string) string {
			return "postgres://talkgraph:" + url.QueryEscape(postgresPassword) + "@/" + database + "?host=" + base + "&sslmode=disable"
		},
	}
	s.connect = func(database string) (*sql.DB, error) {
		if database == "" {
			database = "postgres"
		}
		return sql.Open("postgres", s.url(database))
	}
	t.Cleanup(s.kill)
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// PostgresPassword is the password in the URLs of PostgreSQL servers.
func PostgresPassword() string { return postgresPassword }
