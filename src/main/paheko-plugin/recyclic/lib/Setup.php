<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\DB;

/** What is due when the plugin is switched on or has become another version. Nothing that was received is changed. */
final class Setup
{
    public static function run(): void
    {
        DB::getInstance()->exec(Schema::SQL);
        // Paheko compiles a template again when it is newer than what was compiled, but all files of the archive are of the same day
        foreach (glob(dirname(__DIR__) . '/templates/*.tpl') ?: [] as $template) {
            @touch($template);
        }
    }
}
