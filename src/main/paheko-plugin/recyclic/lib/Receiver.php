<?php

namespace Paheko\Plugin\Recyclic;

/** Says to one request what became of it. */
final class Receiver
{
    /** A lock is given up this long after the request came: Passerelle waits for 15 seconds. */
    const SECONDS = 5;

    const RETRY_AFTER = 5;

    private Secret $secret;

    /** @var callable */
    private $store;

    private string $version;

    /** @param callable $store opens the database; called for a good request only */
    public function __construct(Secret $secret, callable $store, string $version)
    {
        $this->secret = $secret;
        $this->store = $store;
        $this->version = $version;
    }

    public function answer(Request $request): Answer
    {
        if ($request->method() !== 'POST') {
            return new Answer(405, 'Méthode non autorisée : POST attendu', ['Allow' => 'POST']);
        }
        if (!$this->secret->isSet()) {
            return new Answer(401, 'Aucun secret n\'est encore configuré dans l\'extension RecyClique de Paheko');
        }
        if (!$this->secret->isKnownBy($request->header('X-Paheko-Secret'))) {
            return new Answer(401, 'Secret absent ou incorrect');
        }
        // only who knows the secret learns the version
        return $this->take($request)->with('X-Recyclic-Plugin-Version', $this->version);
    }

    private function take(Request $request): Answer
    {
        try {
            $event = Event::of($request);
            $new = ($this->store)()->add($event);
            return $new ? new Answer(201, 'Événement reçu') : new Answer(200, 'Événement déjà reçu : rien n\'a été enregistré une seconde fois');
        } catch (RefusedException $e) {
            return new Answer($e->getCode(), $e->getMessage());
        } catch (BusyException $e) {
            return new Answer(503, 'La base de données de Paheko est occupée', ['Retry-After' => (string) self::RETRY_AFTER]);
        } catch (\Throwable $e) {
            // not left to Paheko, whose report would hold the values that were at hand
            error_log('recyclic: ' . $e->getMessage());
            return new Answer(500, 'L\'événement n\'a pas pu être enregistré');
        }
    }
}
