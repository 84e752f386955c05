<?php

namespace Paheko\Plugin\Recyclic;

/** What came over HTTP. The body is read only when it is asked for. */
final class Request
{
    /** Passerelle sends no entry above this size, and Paheko itself takes no larger one with PHP's usual settings. */
    const LARGEST = 8 * 1024 * 1024;

    private array $server;

    /** @var callable */
    private $input;

    /**
     * @param array $server as $_SERVER
     * @param callable $input gives the body, at most as many bytes as it is told
     */
    public function __construct(array $server, callable $input)
    {
        $this->server = $server;
        $this->input = $input;
    }

    public static function current(): self
    {
        return new self($_SERVER, fn (int $bytes) => (string) file_get_contents('php://input', false, null, 0, $bytes));
    }

    public function method(): string
    {
        return $this->server['REQUEST_METHOD'] ?? '';
    }

    public function header(string $name): string
    {
        return trim($this->server['HTTP_' . strtoupper(strtr($name, '-', '_'))] ?? '', " \t");
    }

    /** Null when it is too large. */
    public function body(): ?string
    {
        if ((int) ($this->server['CONTENT_LENGTH'] ?? 0) > self::LARGEST) {
            return null;
        }
        $body = ($this->input)(self::LARGEST + 1);
        return strlen($body) > self::LARGEST ? null : $body;
    }
}
