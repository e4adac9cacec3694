"""The other end of sync: the bureau's server, which hears every hall once, in order, and publishes.

A round enters at `server`, is checked and answered by `offices`, and is one transaction of `rounds`:
`ingesting` takes entries in, `projections` turn them into rows, `rights` and `allotment` share out numbers,
`feeds` hands state down. `ticketing` says which machines become kiosks; `publishing` and `counters` say what
work there is and which of it a desk gives out by hand.
"""
