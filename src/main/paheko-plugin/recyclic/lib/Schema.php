<?php

namespace Paheko\Plugin\Recyclic;

/** The plugin's one table. There is no uninstall.php: what was received stays when the plugin is removed, and is found again by the next one. */
final class Schema
{
    const TABLE = 'plugin_recyclic_events';

    const SQL = '
        CREATE TABLE IF NOT EXISTS plugin_recyclic_events (
            id INTEGER NOT NULL PRIMARY KEY,
            key TEXT NOT NULL UNIQUE, -- Idempotency-Key
            type TEXT NOT NULL, -- X-Recyclic-Event
            entry TEXT NOT NULL, -- X-Request-Id: the entry of the stream
            session TEXT NULL, -- the cash session of a known event
            date TEXT NULL, -- when it happened, UTC
            amount INTEGER NULL, -- cents: cash at the opening, total of a ticket, announced total of a closed session
            lines INTEGER NULL, -- lines sold: of a ticket, announced for a closed session
            received TEXT NOT NULL, -- UTC
            body BLOB NOT NULL -- the bytes that came
        );
        CREATE INDEX IF NOT EXISTS plugin_recyclic_events_session ON plugin_recyclic_events (session, type);
    ';
}
