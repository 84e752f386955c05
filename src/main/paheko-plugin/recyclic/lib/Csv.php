<?php

namespace Paheko\Plugin\Recyclic;

/** A table as a French spreadsheet opens it: UTF-8 with its mark, semicolons, decimal commas. */
final class Csv
{
    /** @param array $columns heading => function of a row */
    public static function write($stream, array $columns, iterable $rows): void
    {
        fwrite($stream, "\u{FEFF}");
        fputcsv($stream, array_keys($columns), ';', '"', '');
        foreach ($rows as $row) {
            fputcsv($stream, array_map(fn (callable $cell) => self::harmless((string) $cell($row)), array_values($columns)), ';', '"', '');
        }
    }

    public static function download(string $name, array $columns, iterable $rows): void
    {
        header('Content-Type: text/csv; charset=utf-8');
        header(sprintf('Content-Disposition: attachment; filename="%s-%s.csv"', $name, date('Y-m-d')));
        self::write(fopen('php://output', 'wb'), $columns, $rows);
    }

    /** A text from outside must not become a formula. Numbers, also negative ones, stay numbers. */
    private static function harmless(string $cell): string
    {
        return preg_match('/^[=+\-@\t\r]/', $cell) && !preg_match('/^-?[\d,]+$/D', $cell) ? "'" . $cell : $cell;
    }
}
