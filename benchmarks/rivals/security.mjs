// What every peer does before it answers: the token is known, and who holds it reads in a
// read-only snapshot of their own firm.

import { createHash } from "node:crypto";

export const VIEWER = "select firm_id, member_id from find_session($1)";

// What a connection is told once when it opens, so that no request has to. Every transaction on it
// is then `repeatable read, read only`.
export const CONNECTION = {
  role: "openpractice_app",
  default_transaction_isolation: "repeatable read",
  default_transaction_read_only: "on",
};

// Who holds a token, remembered as long as our server remembers it.
const KEPT_MS = 5000;
const known = new Map();

export async function holderOf(authorization, lookUp) {
  const hash = createHash("sha256").update(authorization.slice("Bearer ".length)).digest();
  const key = hash.toString("hex");
  const kept = known.get(key);
  if (kept?.until > performance.now()) return kept.holder;
  const holder = await lookUp(hash);
  known.set(key, { holder, until: performance.now() + KEPT_MS });
  return holder;
}

// Tells the benchmark, which reads it, where to ask.
export function say(server) {
  console.log(`running at http://127.0.0.1:${server.address().port}`);
}
