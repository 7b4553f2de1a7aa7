// How the servers on Node.js hear of an event: by Redis, on the benchmark's channel.

import Redis from "ioredis";

const CHANNEL = process.env.FANOUT_CHANNEL;

export function hear(tell) {
  const redis = new Redis(process.env.REDIS_URL);
  redis.on("message", (_channel, message) => tell(message));
  return redis.subscribe(CHANNEL);
}
