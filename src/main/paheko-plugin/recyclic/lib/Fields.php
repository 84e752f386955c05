<?php

namespace Paheko\Plugin\Recyclic;

/** Reads the fields of one JSON object, and names the one that is missing or wrong. */
final class Fields
{
    private array $object;
    private string $place;

    public function __construct(array $object, string $place = '')
    {
        $this->object = $object;
        $this->place = $place;
    }

    public function has(string $name): bool
    {
        return isset($this->object[$name]);
    }

    public function text(string $name): string
    {
        $value = $this->present($name);
        if (!is_string($value) || trim($value) === '') {
            throw $this->wrong($name, 'texte attendu');
        }
        return $value;
    }

    /** It may be empty. */
    public function textOrNull(string $name): void
    {
        if ($this->has($name) && !is_string($this->object[$name])) {
            throw $this->wrong($name, 'texte attendu');
        }
    }

    public function cents(string $name): int
    {
        return $this->integer($name, 'nombre entier de centimes attendu');
    }

    public function centsOrNull(string $name): ?int
    {
        return $this->has($name) ? $this->cents($name) : null;
    }

    public function countOrNull(string $name): ?int
    {
        return $this->has($name) ? $this->integer($name, 'nombre entier attendu') : null;
    }

    private function integer(string $name, string $expected): int
    {
        $value = $this->present($name);
        if (!is_int($value) || $value < 0) {
            throw $this->wrong($name, $expected);
        }
        return $value;
    }

    /** In UTC. */
    public function date(string $name): string
    {
        $value = $this->text($name);
        if (!preg_match('/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/D', $value)) {
            throw $this->wrong($name, 'date ISO 8601 avec fuseau horaire attendue');
        }
        try {
            return (new \DateTimeImmutable($value))->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d H:i:s');
        } catch (\Exception $e) {
            throw $this->wrong($name, 'date ISO 8601 avec fuseau horaire attendue');
        }
    }

    /** @return self[] */
    public function objects(string $name): array
    {
        $list = $this->present($name);
        if (!is_array($list) || array_values($list) !== $list) {
            throw $this->wrong($name, 'liste attendue');
        }
        $objects = [];
        foreach ($list as $i => $object) {
            $place = sprintf('%s[%d]', $name, $i);
            if (!is_array($object)) {
                throw $this->wrong($place, 'objet attendu');
            }
            $objects[] = new self($object, $this->place . $place . '.');
        }
        return $objects;
    }

    public function wrong(string $name, string $why): RefusedException
    {
        return new RefusedException(422, sprintf('Champ invalide : %s%s (%s)', $this->place, $name, $why));
    }

    /** @return mixed */
    private function present(string $name)
    {
        if (!$this->has($name)) {
            throw new RefusedException(422, sprintf('Champ manquant : %s%s', $this->place, $name));
        }
        return $this->object[$name];
    }
}
