// What the server is asked.

const PATIENCE = 6_000;
const TOKEN = "passerelle.token";

async function ask(path, options) {
  const response = await fetch(path, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE), ...options });
  const body = await response.json();
  return { ok: response.ok, status: response.status, body };
}

export const get = (path) => ask(path);

// only for this tab, and only until it is closed
export const token = {
  get: () => sessionStorage.getItem(TOKEN),
  set: (value) => sessionStorage.setItem(TOKEN, value),
  forget: () => sessionStorage.removeItem(TOKEN),
};

/** What became of it, or the code of an error. */
export async function post(path, body, secret = token.get()) {
  try {
    const headers = { "Content-Type": "application/json", "X-Admin-Token": secret ?? "" };
    const answer = await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.ok ? answer.body : { error: answer.body.error };
  } catch {
    return { error: "other" };
  }
}
