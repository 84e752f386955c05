<?php

// php -S ... index.php: finds a file of the plugin as Paheko does, and gives it what Paheko gives it.

require __DIR__ . '/paheko.php';

define('Paheko\PLUGIN_ROOT', getenv('STANDIN_PLUGIN'));
define('Paheko\PLUGIN_URL', 'https://paheko.example/p/recyclic/');

spl_autoload_register(function (string $name): void {
    if (preg_match('/^Paheko\\\\Plugin\\\\Recyclic\\\\(\w+)$/', $name, $match)) {
        require \Paheko\PLUGIN_ROOT . '/lib/' . $match[1] . '.php';
    }
});

(function () {
    $plugin = new \Paheko\Plugin();
    $session = new \Paheko\Session();
    $form = new \Paheko\Form();
    $tpl = new \Paheko\Template($form);

    require \Paheko\PLUGIN_ROOT . '/install.php';

    preg_match('!^(/admin)?/p/recyclic/(.*)$!', parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), $match)
        || exit(http_response_code(404));
    $file = \Paheko\PLUGIN_ROOT . ($match[1] ? '/admin/' : '/public/') . ($match[2] ?: 'index.php');
    try {
        require is_file($file) ? $file : \Paheko\PLUGIN_ROOT . '/router.php';
    } catch (\Paheko\UserException $e) {
        http_response_code($e->getCode());
        header('Content-Type: text/html');
        echo '<!DOCTYPE html>', htmlspecialchars($e->getMessage());
    }
})();
