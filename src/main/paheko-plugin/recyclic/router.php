<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\UserException;

// Paheko calls this file for every address of the plugin that is not a file: only /p/recyclic/push is one of ours.
if (!preg_match('~(?<!/admin)/p/recyclic/push$~D', (string) parse_url($_SERVER['REQUEST_URI'] ?? '', PHP_URL_PATH))) {
    throw new UserException('Cette page n\'existe pas.', 404);
}

require __DIR__ . '/public/push.php';
