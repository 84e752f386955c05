<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\UserException;

$session->requireAccess($session::SECTION_CONFIG, $session::ACCESS_ADMIN);

$csrf_key = 'recyclic_config';

$form->runIf('save', function () use ($plugin) {
    $secret = is_string($_POST['secret'] ?? null) ? $_POST['secret'] : '';
    if ($fault = Secret::fault($secret)) {
        throw new UserException($fault);
    }
    $plugin->setConfigProperty(Secret::CONFIG_KEY, Secret::hash($secret));
    $plugin->save();
}, $csrf_key, '?msg=SAVED');

$tpl->assign([
    // as variables: Paheko finds no relative name while the plugin is still packed
    'nav' => \Paheko\PLUGIN_ROOT . '/templates/_nav.tpl',
    'csrf_key' => $csrf_key,
    'secret_is_set' => (new Secret($plugin->getConfig(Secret::CONFIG_KEY)))->isSet(),
    'proposal' => Secret::random(),
    'shortest' => Secret::SHORTEST,
    'push_url' => \Paheko\PLUGIN_URL . 'push',
]);
$tpl->display(\Paheko\PLUGIN_ROOT . '/templates/config.tpl');
