<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\DB;

$session->requireAccess($session::SECTION_ACCOUNTING, $session::ACCESS_READ);

$report = new Report(DB::getInstance(), new \DateTimeZone(date_default_timezone_get()));
$wrong = !empty($_GET['wrong']);
$page = max(1, (int) ($_GET['p'] ?? 1));

if (isset($_GET['export'])) {
    Csv::download('sessions-de-caisse', [
        'Session' => fn ($row) => $row->session,
        'Ouverture' => fn ($row) => $row->opened,
        'Clôture' => fn ($row) => $row->closed,
        'Fond de caisse' => fn ($row) => Euros::text($row->cash),
        'Tickets' => fn ($row) => $row->tickets,
        'Total des tickets' => fn ($row) => Euros::text($row->total),
        'Total annoncé à la clôture' => fn ($row) => Euros::text($row->announced),
        'Écart' => fn ($row) => Euros::text($row->difference),
        'État' => fn ($row) => $row->state,
    ], $report->sessions($wrong));
    return;
}

$tpl->register_modifier('recyclic_euros', [Euros::class, 'text']);
$tpl->assign([
    // as variables: Paheko finds no relative name while the plugin is still packed
    'nav' => \Paheko\PLUGIN_ROOT . '/templates/_nav.tpl',
    'paging' => \Paheko\PLUGIN_ROOT . '/templates/_pages.tpl',
    'totals' => $report->totals(),
    'sessions' => $report->sessions($wrong, $page),
    'pages' => (int) ceil($report->countSessions($wrong) / Report::PAGE),
    'page' => $page,
    'wrong' => $wrong,
    'query' => $wrong ? 'wrong=1&' : '',
    'secret_is_set' => (new Secret($plugin->getConfig(Secret::CONFIG_KEY)))->isSet(),
]);
$tpl->display(\Paheko\PLUGIN_ROOT . '/templates/index.tpl');
