<?php

namespace Paheko\Plugin\Recyclic;

/** What Passerelle must show. Paheko keeps its SHA-256 only: neither a backup nor a search in the database tells the secret. */
final class Secret
{
    const CONFIG_KEY = 'secret_sha256';

    const SHORTEST = 16;

    private string $hash;

    /** @param mixed $hash as it lies in the plugin's configuration */
    public function __construct($hash)
    {
        $this->hash = is_string($hash) ? $hash : '';
    }

    public function isSet(): bool
    {
        return $this->hash !== '';
    }

    /** Nobody knows the secret while there is none. */
    public function isKnownBy(string $given): bool
    {
        return $this->isSet() && hash_equals($this->hash, self::hash($given));
    }

    /** Blanks at both ends are cut: no HTTP header can carry them. */
    public static function hash(string $secret): string
    {
        return hash('sha256', trim($secret, " \t"));
    }

    /** Why this cannot be the secret, for whoever types it, or null. */
    public static function fault(string $secret): ?string
    {
        $secret = trim($secret, " \t");
        if (strlen($secret) < self::SHORTEST) {
            return sprintf('Le secret doit compter au moins %d caractères.', self::SHORTEST);
        }
        if (preg_match('/[^\x20-\x7e]/', $secret)) {
            return 'Le secret ne peut contenir que des lettres sans accent, des chiffres, des espaces et les signes du clavier (ASCII).';
        }
        return null;
    }

    public static function random(): string
    {
        return bin2hex(random_bytes(20));
    }
}
