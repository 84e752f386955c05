<?php

namespace Paheko\Plugin\Recyclic;

use const Paheko\DB_FILE;

// Whatever goes wrong below is no delivery.
http_response_code(500);
header('Content-Type: application/json');

$deadline = ($_SERVER['REQUEST_TIME_FLOAT'] ?? microtime(true)) + Receiver::SECONDS;
$receiver = new Receiver(new Secret($plugin->getConfig(Secret::CONFIG_KEY)), fn () => new Store(DB_FILE, $deadline), $plugin->version);
$receiver->answer(Request::current())->send();
