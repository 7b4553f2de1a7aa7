// Ids made here, so that what is added offline has its name at once and is added only once.

/** A typed id with a UUID version 7: `job_0199…`. */
export function newId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let moment = Date.now()
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = moment % 256
    moment = Math.floor(moment / 256)
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
