package store_test

import (
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// galeraLibrary is where Debian's galera-4 has the library of the cluster.
const galeraLibrary = "/usr/lib/galera/libgalera_smm.so"

// mariaDB is an installed MariaDB and its folder of data.
type mariaDB struct {
	path, base string
}

// installMariaDB makes an empty folder of data.
func installMariaDB(t testing.TB) mariaDB {
	t.Helper()
	install, err := program("mariadb-install-db", "/usr/bin")
	if err != nil {
		skip(t, "MariaDB: "+err.Error()+" (Debian: mariadb-server)")
	}
	path, err := program("mariadbd", "/usr/sbin")
	if err != nil {
		skip(t, "MariaDB: "+err.Error()+" (Debian: mariadb-server)")
	}
	m := mariaDB{path, folder(t)}
	err = run(command(install, "--no-defaults", "--datadir="+m.data(), "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=16M"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m mariaDB) data() string   { return filepath.Join(m.base, "data") }
func (m mariaDB) socket() string { return filepath.Join(m.base, "s") }

// server returns the server with more arguments.
func (m mariaDB) server(arguments func() []string) *dbServer {
	s := &dbServer{
		command: func() *exec.Cmd {
			return command(m.path, append([]string{"--no-defaults", "--datadir=" + m.data(), "--socket=" + m.socket(),
				"--pid-file=" + filepath.Join(m.base, "pid"), "--innodb-flush-log-at-trx-commit=2", "--innodb-log-file-size=16M",
				"--innodb-buffer-pool-size=64M", "--performance-schema=OFF"}, arguments()...)...)
		},
		url: func(database string) string { return "mysql://root@localhost/" + database + "?socket=" + m.socket() },
	}
	s.connect = func(database string) (*sql.DB, error) {
		return sql.Open("mysql", "root@unix("+m.socket()+")/"+database)
	}
	return s
}

// startMariaDB starts a server that ends with the test.
func startMariaDB(t testing.TB) *dbServer {
	t.Helper()
	s := installMariaDB(t).server(func() []string { return []string{"--skip-networking"} })
	t.Cleanup(s.kill)
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// startGalera starts a cluster of servers on loopback that ends with the test.
func startGalera(t testing.TB, nodes int) []*dbServer {
	t.Helper()
	if _, err := program(filepath.Base(galeraLibrary), filepath.Dir(galeraLibrary)); err != nil {
		skip(t, "Galera: there is no "+galeraLibrary+" (Debian: galera-4)")
	}
	if _, err := program("rsync"); err != nil {
		skip(t, "Galera: "+err.Error()+" (Debian: rsync)")
	}
	ports := make([]int, nodes)
	addresses := make([]string, nodes)
	for i := range ports {
		ports[i] = freePort(t)
		addresses[i] = fmt.Sprintf("127.0.0.1:%d", ports[i])
	}
	var cluster []*dbServer
	for i := range nodes {
		transfer, incremental, listen := freePort(t), freePort(t), freePort(t)
		started := false
		s := installMariaDB(t).server(func() []string {
			arguments := []string{"--bind-address=127.0.0.1", fmt.Sprintf("--port=%d", listen),
				"--binlog-format=ROW", "--innodb-autoinc-lock-mode=2", "--default-storage-engine=InnoDB",
				"--wsrep-on=ON", "--wsrep-provider=" + galeraLibrary, "--wsrep-cluster-name=talkgraph",
				"--wsrep-cluster-address=gcomm://" + strings.Join(addresses, ","),
				"--wsrep-node-address=127.0.0.1", fmt.Sprintf("--wsrep-node-name=node%d", i), "--wsrep-sst-method=rsync",
				fmt.Sprintf("--wsrep-sst-receive-address=127.0.0.1:%d", transfer),
				fmt.Sprintf("--wsrep-provider-options=gmcast.listen_addr=tcp://%s;ist.recv_addr=127.0.0.1:%d;gcache.size=32M;pc.weight=1", addresses[i], incremental)}
			if i == 0 && !started {
				arguments = append(arguments, "--wsrep-new-cluster")
			}
			started = true
			return arguments
		})
		t.Cleanup(s.kill)
		if err := s.start(); err != nil {
			t.Fatal(err)
		}
		cluster = append(cluster, s)
	}
	return cluster
}
