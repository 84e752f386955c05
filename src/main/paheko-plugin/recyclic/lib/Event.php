<?php

namespace Paheko\Plugin\Recyclic;

/** What one request brings, checked. A type that is not known is taken as it is: nothing that the till says is lost. */
final class Event
{
    const OPENED = 'pos.session.opened';
    const TICKET = 'pos.ticket.created';
    const CLOSED = 'pos.session.closed';

    /** What Passerelle lets into a header. */
    const TOKEN = '/^[A-Za-z0-9._:-]{1,200}$/D';

    private string $key;
    private string $type;
    private string $entry;
    private string $body;
    private ?string $session = null;
    private ?string $date = null;
    private ?int $amount = null;
    private ?int $lines = null;

    private function __construct(string $key, string $type, string $entry, string $body)
    {
        $this->key = $key;
        $this->type = $type;
        $this->entry = $entry;
        $this->body = $body;
    }

    /** @throws RefusedException when it is none */
    public static function of(Request $request): self
    {
        $body = $request->body();
        if ($body === null) {
            throw new RefusedException(413, sprintf('Événement trop volumineux : %d Mio au plus', Request::LARGEST >> 20));
        }
        $fields = self::object($body);
        $event = new self(self::token($request, 'Idempotency-Key'), self::token($request, 'X-Recyclic-Event'), $request->header('X-Request-Id'), $body);
        $event->read(new Fields($fields));
        return $event;
    }

    private static function token(Request $request, string $header): string
    {
        $value = $request->header($header);
        if (!preg_match(self::TOKEN, $value)) {
            throw new RefusedException(400, sprintf('En-tête %s absent ou incorrect', $header));
        }
        return $value;
    }

    private static function object(string $body): array
    {
        if (trim($body) === '') {
            throw new RefusedException(400, 'Le corps de la requête est vide');
        }
        // the till's text may hold broken UTF-8; what is stored are the bytes that came
        $value = json_decode($body, true, 512, JSON_INVALID_UTF8_SUBSTITUTE);
        if (!is_array($value) || ltrim($body)[0] !== '{') {
            throw new RefusedException(400, 'Corps de la requête illisible : objet JSON attendu');
        }
        return $value;
    }

    private function read(Fields $fields): void
    {
        switch ($this->type) {
            case self::OPENED:
                $this->session = $this->id($fields, 'session_id');
                $this->date = $fields->date('opened_at');
                $this->amount = $fields->cents('initial_amount');
                break;
            case self::TICKET:
                $this->id($fields, 'sale_id');
                $this->ticket($fields);
                break;
            case self::CLOSED:
                $this->session = $this->id($fields, 'session_id');
                $this->date = $fields->date('closed_at');
                $this->amount = $fields->centsOrNull('total_sales');
                $this->lines = $fields->countOrNull('total_items');
                $fields->centsOrNull('closing_amount');
                $fields->centsOrNull('actual_amount');
                $fields->textOrNull('variance_comment');
        }
    }

    private function ticket(Fields $ticket): void
    {
        if ($ticket->has('event') && $ticket->text('event') !== $this->type) {
            throw $ticket->wrong('event', 'autre que l\'en-tête X-Recyclic-Event');
        }
        $this->session = $ticket->text('cash_session_id');
        $ticket->textOrNull('note');
        $this->date = $ticket->has('sale_date') ? $ticket->date('sale_date') : $this->entryDate();
        $this->amount = $ticket->cents('total_amount');
        $items = $ticket->objects('items');
        $this->lines = count($items);
        self::sum($ticket, array_map(fn (Fields $item) => $item->cents('total_price'), $items), 'articles');
        self::sum($ticket, array_map([self::class, 'payment'], $ticket->objects('payments')), 'paiements');
    }

    private static function payment(Fields $payment): int
    {
        $payment->text('payment_method');
        return $payment->cents('amount');
    }

    private static function sum(Fields $ticket, array $amounts, string $what): void
    {
        if (array_sum($amounts) !== $ticket->cents('total_amount')) {
            throw $ticket->wrong('total_amount', sprintf('différent de la somme des %s', $what));
        }
    }

    /** The key of a known event says which one it is, unless Passerelle could not put the id into it. */
    private function id(Fields $fields, string $name): string
    {
        $id = $fields->text($name);
        if (strpos($this->key, $this->type . ':') === 0 && $this->key !== $this->type . ':' . $id) {
            throw $fields->wrong($name, 'autre que dans l\'en-tête Idempotency-Key');
        }
        return $id;
    }

    /** A normal sale has no date of its own: it was made when its entry was written. */
    private function entryDate(): ?string
    {
        return preg_match('/^(\d{1,12})\d{3}-\d+$/D', $this->entry, $match) ? gmdate('Y-m-d H:i:s', (int) $match[1]) : null;
    }

    public function key(): string
    {
        return $this->key;
    }

    public function type(): string
    {
        return $this->type;
    }

    public function entry(): string
    {
        return $this->entry;
    }

    public function body(): string
    {
        return $this->body;
    }

    public function session(): ?string
    {
        return $this->session;
    }

    public function date(): ?string
    {
        return $this->date;
    }

    public function amount(): ?int
    {
        return $this->amount;
    }

    public function lines(): ?int
    {
        return $this->lines;
    }
}
