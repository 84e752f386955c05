<?php

// The few classes of Paheko that the plugin uses, as small as they can be. What they do was looked up in a Paheko 1.3.22.1 that ran.

namespace Paheko;

date_default_timezone_set('Europe/Paris');
define('Paheko\DB_FILE', getenv('STANDIN_DATABASE'));

class UserException extends \RuntimeException
{
}

/** Rows are objects, as those of Paheko's. */
final class DB
{
    private static ?DB $instance = null;
    private \SQLite3 $db;

    private function __construct()
    {
        $this->db = new \SQLite3(DB_FILE);
        $this->db->enableExceptions(true);
        $this->db->busyTimeout(10000);
    }

    public static function getInstance(): self
    {
        return self::$instance ??= new self();
    }

    public function exec(string $sql): void
    {
        $this->db->exec($sql);
    }

    public function iterate(string $sql, ...$values): \Generator
    {
        $statement = $this->db->prepare($sql);
        foreach ($values as $i => $value) {
            $statement->bindValue($i + 1, $value);
        }
        $result = $statement->execute();
        while ($row = $result->fetchArray(SQLITE3_ASSOC)) {
            yield (object) $row;
        }
        $result->finalize();
    }

    public function first(string $sql, ...$values)
    {
        foreach ($this->iterate($sql, ...$values) as $row) {
            return $row;
        }
        return false;
    }
}

/** A plugin that is switched on; what it keeps in its configuration is a row, as in Paheko. */
final class Plugin
{
    public string $version;
    private \stdClass $config;

    public function __construct()
    {
        $this->version = parse_ini_file(PLUGIN_ROOT . '/plugin.ini')['version'];
        DB::getInstance()->exec('CREATE TABLE IF NOT EXISTS plugins (name TEXT NOT NULL UNIQUE, config TEXT)');
        $row = DB::getInstance()->first('SELECT config FROM plugins WHERE name = ?', 'recyclic');
        $this->config = $row ? json_decode($row->config) : new \stdClass();
    }

    public function getConfig(string $key)
    {
        return $this->config->$key ?? null;
    }

    public function setConfigProperty(string $key, $value): void
    {
        $this->config->$key = $value;
    }

    public function save(): void
    {
        iterator_to_array(DB::getInstance()->iterate('INSERT OR REPLACE INTO plugins VALUES (?, ?)', 'recyclic', json_encode($this->config)));
    }
}

/** Who is logged in may what the test says in a header: "accounting=1,config=9". */
final class Session
{
    const SECTION_ACCOUNTING = 'accounting';
    const SECTION_CONFIG = 'config';
    const ACCESS_READ = 1;
    const ACCESS_ADMIN = 9;

    public function requireAccess(string $section, int $level): void
    {
        parse_str(strtr($_SERVER['HTTP_X_TEST_ACCESS'] ?? '', ',', '&'), $levels);
        if ((int) ($levels[$section] ?? 0) < $level) {
            throw new UserException('Vous n\'avez pas le droit d\'accéder à cette page.', 403);
        }
    }
}

final class Form
{
    private array $errors = [];

    /** Paheko checks its token against forged requests here. */
    public function runIf(string $field, callable $do, string $token, string $then): void
    {
        if (empty($_POST[$field])) {
            return;
        }
        try {
            $do();
            header('Location: ' . $then, true, 302);
            exit;
        } catch (UserException $e) {
            http_response_code(422);
            $this->errors[] = $e->getMessage();
        }
    }

    public function errors(): array
    {
        return $this->errors;
    }
}

/** Shows what the page would be made from. */
final class Template
{
    private array $values = [];
    private Form $form;

    public function __construct(Form $form)
    {
        $this->form = $form;
    }

    public function register_modifier(string $name, callable $modifier): void
    {
    }

    public function assign(array $values): void
    {
        $this->values = $values + $this->values;
    }

    public function display(string $template): void
    {
        if (!is_file($template)) {
            throw new \LogicException('No template ' . $template);
        }
        header('Content-Type: application/json');
        echo json_encode(['errors' => $this->form->errors()]
            + array_map(fn ($value) => $value instanceof \Traversable ? iterator_to_array($value, false) : $value, $this->values));
    }
}
