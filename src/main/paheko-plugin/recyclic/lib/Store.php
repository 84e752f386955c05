<?php

namespace Paheko\Plugin\Recyclic;

/**
 * Keeps events in Paheko's database, each key once.
 *
 * It has a connection of its own: Paheko's waits up to ten seconds for each lock, which together are too long for the sender.
 */
final class Store
{
    private \SQLite3 $db;
    private float $deadline;

    /** @param float $deadline when to give up a lock, as microtime(true) counts */
    public function __construct(string $file, float $deadline)
    {
        $this->deadline = $deadline;
        $this->db = new \SQLite3($file, SQLITE3_OPEN_READWRITE);
        $this->db->enableExceptions(true);
    }

    /**
     * Whether the event is new. Once this returns, the event is safely stored.
     *
     * @throws RefusedException when the key stands for something else already
     */
    public function add(Event $event): bool
    {
        $this->exec('BEGIN IMMEDIATE');
        try {
            $known = $this->find($event->key());
            if ($known === null) {
                $this->insert($event);
            } elseif ($known['type'] !== $event->type() || $known['body'] !== $event->body()) {
                throw new RefusedException(409, sprintf(
                    'Un autre contenu a déjà été reçu sous la même clé « %s » (le %s UTC) : le premier est conservé, celui-ci n\'est pas enregistré',
                    $event->key(),
                    $known['received']
                ));
            }
            $this->exec('COMMIT');
            return $known === null;
        } catch (\Throwable $e) {
            $this->rollback();
            throw $e;
        }
    }

    private function find(string $key): ?array
    {
        $select = $this->db->prepare('SELECT type, body, received FROM ' . Schema::TABLE . ' WHERE key = ?');
        $select->bindValue(1, $key, SQLITE3_TEXT);
        $result = $select->execute();
        $row = $result->fetchArray(SQLITE3_ASSOC);
        $result->finalize();
        return $row ?: null;
    }

    private function insert(Event $event): void
    {
        $insert = $this->db->prepare('INSERT INTO ' . Schema::TABLE . ' (key, type, entry, session, date, amount, lines, received, body)'
            . ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
        $values = [$event->key(), $event->type(), $event->entry(), $event->session(), $event->date(), $event->amount(), $event->lines(),
            gmdate('Y-m-d H:i:s')];
        foreach ($values as $i => $value) {
            $insert->bindValue($i + 1, $value);
        }
        $insert->bindValue(9, $event->body(), SQLITE3_BLOB);
        $insert->execute()->finalize();
    }

    private function exec(string $sql): void
    {
        $this->db->busyTimeout((int) max(100, 1000 * ($this->deadline - microtime(true))));
        try {
            $this->db->exec($sql);
        } catch (\Exception $e) {
            // the lower byte says it: SQLITE_BUSY, SQLITE_LOCKED
            throw in_array($this->db->lastErrorCode() & 0xff, [5, 6], true) ? new BusyException($e->getMessage(), 0, $e) : $e;
        }
    }

    private function rollback(): void
    {
        try {
            $this->db->exec('ROLLBACK');
        } catch (\Exception $e) {
            // SQLite has done it already
        }
    }
}
