//go:build tools

// Package peers pins the programs that Proreus is compared with. The bench builds them; nothing here is run.
package peers

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "go.etcd.io/etcd/v3/tools/benchmark"
)
