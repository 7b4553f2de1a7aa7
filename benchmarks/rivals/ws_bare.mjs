// ws and nothing else: whoever connects is sent every event as it came. `ws_bare` in the figures.

import { createServer } from "node:http";

import { WebSocket, WebSocketServer } from "ws";

import { hear } from "./hearing.mjs";
import { say } from "./security.mjs";

const BEFORE = `{"id":"${"0".repeat(36)}","type":"next","payload":{"data":{"taskChanges":`;

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
await hear((message) => {
  const frame = Buffer.from(`${BEFORE}${message}}}}`);
  for (const socket of sockets.clients) {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame, { binary: false });
  }
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => say(server));
