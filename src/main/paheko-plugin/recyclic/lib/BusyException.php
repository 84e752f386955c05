<?php

namespace Paheko\Plugin\Recyclic;

/** Another writer keeps the database locked. */
final class BusyException extends \RuntimeException
{
}
