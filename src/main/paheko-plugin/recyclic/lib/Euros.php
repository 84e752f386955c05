<?php

namespace Paheko\Plugin\Recyclic;

/** Cents as French readers write euros. */
final class Euros
{
    public static function text(?int $cents): string
    {
        return $cents === null ? '' : sprintf('%s%d,%02d', $cents < 0 ? '-' : '', intdiv(abs($cents), 100), abs($cents) % 100);
    }
}
