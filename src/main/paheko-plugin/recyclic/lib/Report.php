<?php

namespace Paheko\Plugin\Recyclic;

/** What was received, for the treasurer: by session, by ticket, and what does not add up. */
final class Report
{
    const PAGE = 100;

    /** One row per session; a session is also one of which only tickets came. */
    const SESSIONS = '
        SELECT session,
            MAX(CASE WHEN type = \'pos.session.opened\' THEN date END) AS opened,
            MAX(CASE WHEN type = \'pos.session.closed\' THEN date END) AS closed,
            COUNT(CASE WHEN type = \'pos.session.opened\' THEN 1 END) AS openings,
            COUNT(CASE WHEN type = \'pos.session.closed\' THEN 1 END) AS closings,
            MAX(CASE WHEN type = \'pos.session.opened\' THEN amount END) AS cash,
            COUNT(CASE WHEN type = \'pos.ticket.created\' THEN 1 END) AS tickets,
            COALESCE(SUM(CASE WHEN type = \'pos.ticket.created\' THEN amount END), 0) AS total,
            COALESCE(SUM(CASE WHEN type = \'pos.ticket.created\' THEN lines END), 0) AS lines,
            MAX(CASE WHEN type = \'pos.session.closed\' THEN amount END) AS announced,
            MAX(CASE WHEN type = \'pos.session.closed\' THEN lines END) AS announced_lines,
            MIN(date) AS since,
            MIN(id) AS first
        FROM plugin_recyclic_events WHERE session IS NOT NULL GROUP BY session';

    /** Comparisons with an unknown value are unknown, so a close without totals accuses nobody. */
    const WRONG = '(openings = 0 OR (closings > 0 AND (announced <> total OR announced_lines <> lines)))';

    /** @var \Paheko\DB */
    private $db;
    private \DateTimeZone $zone;

    /** @param \Paheko\DB $db anything with get, first and iterate as Paheko's */
    public function __construct($db, \DateTimeZone $zone)
    {
        $this->db = $db;
        $this->zone = $zone;
    }

    public function totals(): \stdClass
    {
        $totals = $this->db->first(sprintf('SELECT COUNT(*) AS sessions, COALESCE(SUM(tickets), 0) AS tickets, COALESCE(SUM(total), 0) AS total,
            COALESCE(SUM(openings = 0), 0) AS unopened, COALESCE(SUM(closings = 0), 0) AS unclosed,
            COALESCE(SUM(closings > 0 AND COALESCE(announced <> total OR announced_lines <> lines, 0)), 0) AS differing,
            COALESCE(SUM(COALESCE(%s, 0)), 0) AS wrong FROM (%s)', self::WRONG, self::SESSIONS));
        $others = $this->db->first('SELECT COUNT(*) AS n FROM plugin_recyclic_events WHERE session IS NULL');
        $last = $this->db->first('SELECT MAX(received) AS at FROM plugin_recyclic_events');
        $totals->others = $others->n;
        $totals->last = $this->local($last->at);
        return $totals;
    }

    /** @param bool $wrong only those that do not add up */
    public function countSessions(bool $wrong): int
    {
        return $this->db->first(sprintf('SELECT COUNT(*) AS n FROM (%s) %s', self::SESSIONS, self::where($wrong)))->n;
    }

    /** Newest first; all of them without a page. */
    public function sessions(bool $wrong, ?int $page = null): \Generator
    {
        $sql = sprintf('SELECT * FROM (%s) %s ORDER BY since DESC, first DESC %s', self::SESSIONS, self::where($wrong), self::limit($page));
        foreach ($this->db->iterate($sql) as $row) {
            $row->opened = $this->local($row->opened);
            $row->closed = $this->local($row->closed);
            $row->difference = $row->announced === null ? null : $row->total - $row->announced;
            $row->faults = self::faults($row);
            $row->state = $row->faults ? implode(', ', $row->faults) : ($row->closings ? 'complète' : 'pas encore clôturée');
            yield $row;
        }
    }

    public function countTickets(?string $session): int
    {
        return $this->db->first('SELECT COUNT(*) AS n FROM plugin_recyclic_events WHERE type = ? AND session = COALESCE(?, session)', Event::TICKET, $session)->n;
    }

    /** Of one session, or all; newest first. */
    public function tickets(?string $session, ?int $page = null): \Generator
    {
        $sql = sprintf('SELECT id, key, session, date, amount, lines, entry, received, body FROM plugin_recyclic_events
            WHERE type = ? AND session = COALESCE(?, session) ORDER BY id DESC %s', self::limit($page));
        foreach ($this->db->iterate($sql, Event::TICKET, $session) as $row) {
            $ticket = json_decode($row->body, true, 512, JSON_INVALID_UTF8_SUBSTITUTE);
            $row->sale = (string) $ticket['sale_id'];
            $row->payments = self::payments($ticket['payments']);
            $row->date = $this->local($row->date);
            $row->received = $this->local($row->received);
            unset($row->body);
            yield $row;
        }
    }

    private static function payments(array $payments): string
    {
        $amounts = [];
        foreach ($payments as $payment) {
            $amounts[$payment['payment_method']] = ($amounts[$payment['payment_method']] ?? 0) + $payment['amount'];
        }
        return implode(', ', array_map(fn ($method, $cents) => sprintf('%s %s', $method, Euros::text($cents)), array_keys($amounts), $amounts));
    }

    private static function faults(\stdClass $row): array
    {
        $faults = [];
        if (!$row->openings) {
            $faults[] = 'ouverture manquante';
        }
        if ($row->closings && $row->announced !== null && $row->announced !== $row->total) {
            $faults[] = 'total différent de la clôture';
        }
        if ($row->closings && $row->announced_lines !== null && $row->announced_lines !== $row->lines) {
            $faults[] = 'nombre de lignes différent de la clôture';
        }
        return $faults;
    }

    private static function where(bool $wrong): string
    {
        return $wrong ? 'WHERE ' . self::WRONG : '';
    }

    private static function limit(?int $page): string
    {
        return $page === null ? '' : sprintf('LIMIT %d OFFSET %d', self::PAGE, self::PAGE * max(0, $page - 1));
    }

    private function local(?string $utc): ?string
    {
        return $utc === null ? null : (new \DateTimeImmutable($utc . ' UTC'))->setTimezone($this->zone)->format('d/m/Y H:i');
    }
}
