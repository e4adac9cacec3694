"""What is asked of the keys of workers, in words that SQLite understands; `key_databases` says them anew."""

from __future__ import annotations

KEEP = "INSERT INTO key (worker, kind, secret, epoch) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
OF_WORKER = "SELECT epoch, secret FROM key WHERE worker = ? AND kind = ?"
SINCE = "SELECT 1 AS found FROM key WHERE worker = ? AND kind = ? AND epoch >= ? LIMIT 1"
EACH = "(SELECT value FROM json_each(?))"
"""Every text of a JSON list."""
VOID = f"SELECT kind, secret FROM key WHERE worker = ? AND kind IN {EACH} AND epoch < ?"  # noqa: S608 - a part of ours
DESTROY = f"DELETE FROM key WHERE worker = ? AND kind IN {EACH} AND epoch < ?"  # noqa: S608 - as above
KEPT = f"SELECT worker, kind, secret FROM key WHERE worker IN {EACH}"  # noqa: S608 - a part of ours
VOID_EPOCHS = f"SELECT worker, kind, void FROM erasure WHERE worker IN {EACH}"  # noqa: S608 - as above
DESTROYED = f"SELECT id FROM destroyed WHERE id IN {EACH}"  # noqa: S608 - as above
MARK = "INSERT INTO destroyed (id) VALUES (?) ON CONFLICT DO NOTHING"
NOTE = """
INSERT INTO erasure (worker, kind, person, epoch, void, asked_at, law, held_until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (worker, kind) DO UPDATE SET person = excluded.person, epoch = excluded.epoch,
    void = excluded.void, asked_at = excluded.asked_at, law = excluded.law, held_until = excluded.held_until
"""
ERASURES = "SELECT * FROM erasure ORDER BY worker, kind"
ERASURE = "SELECT * FROM erasure WHERE worker = ? AND kind = ?"
ALL = {
    "key": "SELECT * FROM key",
    "erasure": "SELECT worker, kind, person, epoch, void, asked_at, law, held_until FROM erasure",
    "destroyed": "SELECT id FROM destroyed",
}
"""What copies each table."""
PERSON = "SELECT person FROM erasure WHERE worker = ? ORDER BY kind DESC LIMIT 1"
