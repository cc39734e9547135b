const inspector = "https://stately.ai";
const known = new Set(["@xstate.actor", "@xstate.event", "@xstate.snapshot"]);
const frame = document.getElementById("inspector");
const waiting: unknown[] = [];
let connected = false;

function pass(message: unknown): void {
  if (frame instanceof HTMLIFrameElement) frame.contentWindow?.postMessage(message, inspector);
}

window.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (event.origin !== inspector) return;
  const { data } = event;
  if (typeof data !== "object" || data === null) return;
  if (Reflect.get(data, "type") !== "@statelyai.connected") return;
  connected = true;
  for (const message of waiting.splice(0)) pass(message);
});

const socket = new WebSocket(`ws://${location.host}/`);
socket.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (typeof event.data !== "string") return;
  const message: unknown = JSON.parse(event.data);
  if (typeof message !== "object" || message === null) return;
  if (!known.has(String(Reflect.get(message, "type")))) return;
  if (connected) pass(message);
  else waiting.push(message);
});
