import { batch, signal } from "@preact/signals";
import { chartOfDefinition } from "../charts/chart-of-definition.ts";
import type { Chart } from "../charts/chart.ts";
import { isRunNews, type PageRequest, type RunNews } from "../live/page-message.ts";
import { continueRun, replayRun } from "../run.ts";
import { field, textField } from "./fields.ts";
import type { Viewer } from "./viewer.ts";

/** An actor that some client inspects. */
export interface SeenActor {
  readonly session: string;
  readonly root: string;
  readonly name: string;
  readonly chart: Chart;
  readonly state: string;
  readonly lastEvent: string;
  /** The state that the last event was taken in. */
  readonly lastFrom: string;
}

/** An event that one actor sent to another, with the transition that it caused. */
export interface SeenMessage {
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly transition: string;
}

/** The actor that sends everything; what it is itself says nothing. */
export const ownRoot = "fluent-bit";
const mostMessages = 300;

function stateName(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const [first] = Object.entries(value);
  if (first === undefined) return "";
  const inner = stateName(first[1]);
  return inner === "" ? first[0] : `${first[0]}.${inner}`;
}

/** What comes from the server: the run, and the messages of the inspection protocol, its own and those of other clients. */
export class LiveFeed {
  readonly actors = signal<ReadonlyMap<string, SeenActor>>(new Map());
  readonly messages = signal<readonly SeenMessage[]>([]);
  readonly playing = signal(false);
  readonly why = signal("");
  readonly connected = signal(false);
  /** Messages that could not be read: any program may send some. */
  readonly unread = signal(0);
  readonly received = signal(0);
  readonly #viewer: Viewer;
  readonly #actors = new Map<string, SeenActor>();
  #messages: SeenMessage[] = [];
  #count = 0;
  #socket: WebSocket | null = null;
  #due = false;
  #wasLost = false;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
    viewer.live.value = replayRun(viewer.scope.value, []).moments;
    viewer.takeElsewhere.value = (key) => {
      this.ask({ type: "unstuck.take", key });
    };
  }

  /**
   * Connects, and tries again whenever the connection is lost. What answers then may be another run, of another scope:
   * the page begins anew with it.
   */
  connect(): void {
    const socket = new WebSocket(`ws://${location.host}/page`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (this.#wasLost) location.reload();
      else this.connected.value = true;
    });
    socket.addEventListener("message", (event: MessageEvent<unknown>) => {
      try {
        if (typeof event.data === "string") this.#hear(JSON.parse(event.data));
      } catch {
        this.unread.value += 1;
      }
    });
    socket.addEventListener("close", () => {
      this.#wasLost ||= this.connected.value;
      batch(() => {
        this.connected.value = false;
        this.playing.value = false;
      });
      setTimeout(() => {
        this.connect();
      }, 1000);
    });
  }

  /** Asks the server for something. */
  ask(request: PageRequest): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  #hear(message: unknown): void {
    if (isRunNews(message)) this.#hearNews(message);
    else this.#hearProtocol(message);
  }

  #hearNews(news: RunNews): void {
    const viewer = this.#viewer;
    if (news.type === "unstuck.playing") {
      this.playing.value = news.playing;
      this.why.value = news.why;
      return;
    }
    if (news.type === "unstuck.remark") {
      viewer.remarks.value = [...viewer.remarks.value, news.remark];
      return;
    }
    batch(() => {
      const old = viewer.live.value ?? [];
      const follows = viewer.step.value >= old.length - 1;
      if (news.type === "unstuck.run") {
        viewer.live.value = replayRun(viewer.scope.value, news.keys).moments;
        viewer.remarks.value = news.remarks;
        viewer.byHand.value = news.byHand;
        this.playing.value = news.playing;
      } else {
        const { moments, refused } = continueRun(viewer.scope.value, old, [news.key]);
        viewer.live.value = moments;
        if (refused !== null) {
          viewer.trouble.value = `The run took ${refused}, which this page cannot follow; reload it.`;
        }
        if (news.byHand) viewer.byHand.value = [...viewer.byHand.value, moments.length - 1];
      }
      if (follows) viewer.goTo(viewer.last.value);
    });
  }

  #hearProtocol(message: unknown): void {
    const session = textField(message, "sessionId");
    this.#count++;
    switch (textField(message, "type")) {
      case "@xstate.actor":
        this.#hearActor(message, session);
        break;
      case "@xstate.snapshot": {
        const event = textField(field(message, "event"), "type");
        this.#move(session, field(field(message, "snapshot"), "value"), event);
        break;
      }
      case "@xstate.event": {
        const event = textField(field(message, "event"), "type");
        this.#messages.push({
          number: this.#count,
          from: this.#nameOf(textField(message, "sourceId")),
          to: this.#nameOf(session),
          event,
          transition: "",
        });
        if (this.#messages.length > mostMessages) this.#messages.shift();
        break;
      }
      case "@xstate.microstep":
        this.#hearMicrostep(message, session);
        break;
      default:
        return;
    }
    this.#show();
  }

  #hearActor(message: unknown, session: string): void {
    let definition: unknown = null;
    try {
      definition = JSON.parse(textField(message, "definition"));
    } catch {
      // An actor without a machine has no chart.
    }
    const name = textField(message, "name");
    this.#actors.set(session, {
      session,
      name,
      root: textField(message, "rootId"),
      chart: chartOfDefinition(name, definition),
      state: stateName(field(field(message, "snapshot"), "value")),
      lastEvent: "",
      lastFrom: "",
    });
  }

  #move(session: string, value: unknown, event: string): void {
    const known = this.#actors.get(session);
    const state = stateName(value);
    if (known === undefined || state === "") return;
    const moved = state !== known.state;
    this.#actors.set(session, {
      ...known,
      state,
      lastEvent: moved ? event : known.lastEvent,
      lastFrom: moved ? known.state : known.lastFrom,
    });
  }

  #hearMicrostep(message: unknown, session: string): void {
    const first = field(field(message, "transitions"), "0");
    const source = textField(first, "source");
    const target = textField(first, "target");
    if (source === "") return;
    const to = this.#nameOf(session);
    const at = this.#messages.findLastIndex((one) => one.to === to && one.transition === "");
    const seen = this.#messages[at];
    if (to === ownRoot || seen === undefined || at < this.#messages.length - 20) return;
    this.#messages[at] = { ...seen, transition: target === "" ? "stays" : `${source} → ${target}` };
  }

  #nameOf(session: string): string {
    if (session === "") return "outside";
    return this.#actors.get(session)?.name ?? session;
  }

  /** Shows what was heard, once for everything that came in one go. */
  #show(): void {
    if (this.#due) return;
    this.#due = true;
    setTimeout(() => {
      this.#due = false;
      batch(() => {
        this.actors.value = new Map(this.#actors);
        this.messages.value = [...this.#messages];
        this.received.value = this.#count;
      });
    }, 16);
  }
}
