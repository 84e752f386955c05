<?php

namespace Paheko\Plugin\Recyclic;

/** The event is not taken, and will not be however often it comes. The code is the HTTP status. */
final class RefusedException extends \RuntimeException
{
    public function __construct(int $status, string $message)
    {
        parent::__construct($message, $status);
    }
}
