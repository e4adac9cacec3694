"""The other end of sync: the bureau's server, which hears every hall once, in order, and publishes.

A round enters at `server`, is checked and answered by `offices`, waits for its turn in `turns` and is one
savepoint of `rounds`. The rules are `kiosk.protocol`'s: `books` lays the rows under them, `allotting` tells
them who stands where, `projections` turn entries into rows, `doors` and `projections.papers` keep papers out,
`feeds` hands state down. `ticketing` says which machines become kiosks; `publishing` and `counters` say what
work there is and which of it a desk gives out by hand. `backups`, `restores`, `restoring`, `registries` and
`write_offs` are for the day on which a disk or a kiosk is gone.
"""
