/** Something that can be sent messages: a page, or another client of the protocol. */
export interface Listener {
  readonly send: (message: string) => void;
}

interface KnownActor {
  readonly actor: string;
  snapshot: string | null;
}

const mostRecent = 2000;
const mostActors = 5000;

interface Read {
  readonly type: string;
  readonly session: string;
  readonly message: string;
}

const sessionFields = ["sessionId", "rootId", "sourceId", "parentId"] as const;

/**
 * Reads a message; null if it is none of the protocol.
 *
 * @param program a prefix for the sessions of another program: every program counts its own from `x:0`
 */
function read(message: string, program: string): Read | null {
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value !== "object" || value === null) return null;
    const fields: Record<string, unknown> = { ...value };
    const { type, sessionId } = fields;
    if (typeof type !== "string" || !type.startsWith("@xstate.")) return null;
    if (typeof sessionId !== "string") return null;
    if (program === "") return { type, session: sessionId, message };
    for (const name of sessionFields) {
      const session = fields[name];
      if (typeof session === "string") fields[name] = program + session;
    }
    return { type, session: program + sessionId, message: JSON.stringify(fields) };
  } catch {
    return null;
  }
}

/**
 * Passes inspection messages on to everyone who listens. Whoever comes late first gets every actor with its machine and
 * its latest snapshot, then the latest events: no chart is missing however long the run has been.
 */
export class Relay {
  readonly #actors = new Map<string, KnownActor>();
  readonly #recent: string[] = [];
  /** Who listens, and the prefix of the sessions that are its own. */
  readonly #listeners = new Map<Listener, string>();
  #joined = 0;

  /** Passes a message on to everyone but its sender; what is no message of the protocol is dropped. */
  publish(message: string, sender?: Listener): void {
    const program = sender === undefined ? "" : (this.#listeners.get(sender) ?? "");
    const told = read(message, program);
    if (told === null) return;
    this.#keep(told);
    for (const listener of this.#listeners.keys()) {
      if (listener !== sender) listener.send(told.message);
    }
  }

  /** Adds a listener and tells it what it has missed. */
  join(listener: Listener): void {
    for (const { actor } of this.#actors.values()) listener.send(actor);
    for (const { snapshot } of this.#actors.values())
      if (snapshot !== null) listener.send(snapshot);
    for (const message of this.#recent) listener.send(message);
    this.#joined++;
    this.#listeners.set(listener, `program ${this.#joined} `);
  }

  /** Removes a listener. */
  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  #keep({ type, session, message }: Read): void {
    if (type === "@xstate.actor") {
      this.#actors.set(session, { actor: message, snapshot: null });
      const [oldest] = this.#actors.keys();
      if (this.#actors.size > mostActors && oldest !== undefined) this.#actors.delete(oldest);
      return;
    }
    if (type === "@xstate.snapshot") {
      const known = this.#actors.get(session);
      if (known !== undefined) known.snapshot = message;
      return;
    }
    this.#recent.push(message);
    if (this.#recent.length > mostRecent) this.#recent.shift();
  }
}
