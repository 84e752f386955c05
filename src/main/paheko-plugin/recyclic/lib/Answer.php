<?php

namespace Paheko\Plugin\Recyclic;

/** One answer in JSON. Its message is what a treasurer reads in Passerelle. */
final class Answer
{
    private int $status;
    private string $message;
    private array $headers;

    public function __construct(int $status, string $message, array $headers = [])
    {
        $this->status = $status;
        $this->message = $message;
        $this->headers = $headers;
    }

    public function with(string $name, string $value): self
    {
        return new self($this->status, $this->message, [$name => $value] + $this->headers);
    }

    public function send(): void
    {
        http_response_code($this->status);
        foreach (['Content-Type' => 'application/json', 'Cache-Control' => 'no-store'] + $this->headers as $name => $value) {
            header($name . ': ' . $value);
        }
        echo json_encode(['message' => $this->message], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    }
}
