<?php
// Takes the events that Passerelle sends. To try it: PUSH_SECRET=... PUSH_DATABASE=events.sqlite php -S 127.0.0.1:8000 push.php
http_response_code(500); // whatever goes wrong below is no delivery
header('Content-Type: application/json');
function answer(int $status, string $message): never { http_response_code($status); exit(json_encode(['message' => $message])); }

$secret = (string) getenv('PUSH_SECRET');
$key = $_SERVER['HTTP_IDEMPOTENCY_KEY'] ?? '';
$body = file_get_contents('php://input');
if ($_SERVER['REQUEST_METHOD'] !== 'POST') { header('Allow: POST'); answer(405, 'POST expected'); }
if ($secret === '' || !hash_equals($secret, $_SERVER['HTTP_X_PAHEKO_SECRET'] ?? '')) { answer(401, 'Secret missing or wrong'); }
if ($key === '' || !is_object(json_decode($body))) { answer(400, 'An Idempotency-Key and a JSON object expected'); }
try {
    $db = new PDO('sqlite:' . getenv('PUSH_DATABASE'), null, null, [PDO::ATTR_TIMEOUT => 5]); // Passerelle waits for 15 seconds
    $db->exec('CREATE TABLE IF NOT EXISTS events (key TEXT NOT NULL UNIQUE, type TEXT NOT NULL, entry TEXT NOT NULL, body BLOB NOT NULL)');
    $db->exec('BEGIN IMMEDIATE');
    $insert = $db->prepare('INSERT INTO events (key, type, entry, body) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING');
    foreach ([$key, $_SERVER['HTTP_X_RECYCLIC_EVENT'] ?? '', $_SERVER['HTTP_X_REQUEST_ID'] ?? ''] as $i => $text) { $insert->bindValue($i + 1, $text); }
    $insert->bindValue(4, $body, PDO::PARAM_LOB);
    $insert->execute();
    $new = $insert->rowCount() === 1; // if so, write to the books here, before the COMMIT
    $db->exec('COMMIT');
} catch (PDOException $e) {
    error_log($e->getMessage());
    if (!in_array($e->errorInfo[1] ?? 0, [5, 6], true)) { answer(500, 'The event could not be stored'); }
    header('Retry-After: 5');
    answer(503, 'The database is locked');
}
answer($new ? 201 : 200, $new ? 'Booked' : 'Known already, not booked again');
