<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\DB;

$session->requireAccess($session::SECTION_ACCOUNTING, $session::ACCESS_READ);

$report = new Report(DB::getInstance(), new \DateTimeZone(date_default_timezone_get()));
$of = isset($_GET['session']) && is_string($_GET['session']) ? $_GET['session'] : null;
$page = max(1, (int) ($_GET['p'] ?? 1));

if (isset($_GET['export'])) {
    Csv::download('tickets', [
        'Ticket' => fn ($row) => $row->sale,
        'Session' => fn ($row) => $row->session,
        'Date' => fn ($row) => $row->date,
        'Total' => fn ($row) => Euros::text($row->amount),
        'Lignes' => fn ($row) => $row->lines,
        'Paiements' => fn ($row) => $row->payments,
        'Reçu' => fn ($row) => $row->received,
        'Entrée' => fn ($row) => $row->entry,
    ], $report->tickets($of));
    return;
}

$tpl->register_modifier('recyclic_euros', [Euros::class, 'text']);
$tpl->assign([
    // as variables: Paheko finds no relative name while the plugin is still packed
    'nav' => \Paheko\PLUGIN_ROOT . '/templates/_nav.tpl',
    'paging' => \Paheko\PLUGIN_ROOT . '/templates/_pages.tpl',
    'tickets' => $report->tickets($of, $page),
    'pages' => (int) ceil($report->countTickets($of) / Report::PAGE),
    'page' => $page,
    'of' => $of,
    'query' => $of === null ? '' : http_build_query(['session' => $of]) . '&',
]);
$tpl->display(\Paheko\PLUGIN_ROOT . '/templates/tickets.tpl');
