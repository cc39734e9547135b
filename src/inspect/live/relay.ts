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

function typeAndSession(
  message: string,
): { readonly type: string; readonly session: string } | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const type: unknown = Reflect.get(value, "type");
  const session: unknown = Reflect.get(value, "sessionId");
  if (typeof type !== "string" || !type.startsWith("@xstate.")) return null;
  return typeof session === "string" ? { type, session } : null;
}

/**
 * Passes inspection messages on to everyone who listens. Whoever comes late first gets every actor with its machine and
 * its latest snapshot, then the latest events: no chart is missing however long the run has been.
 */
export class Relay {
  readonly #actors = new Map<string, KnownActor>();
  readonly #recent: string[] = [];
  readonly #listeners = new Set<Listener>();

  /** Passes a message on to everyone but its sender; what is no message of the protocol is dropped. */
  publish(message: string, sender?: Listener): void {
    const read = typeAndSession(message);
    if (read === null) return;
    this.#keep(read.type, read.session, message);
    for (const listener of this.#listeners) if (listener !== sender) listener.send(message);
  }

  /** Adds a listener and tells it what it has missed. */
  join(listener: Listener): void {
    for (const { actor } of this.#actors.values()) listener.send(actor);
    for (const { snapshot } of this.#actors.values())
      if (snapshot !== null) listener.send(snapshot);
    for (const message of this.#recent) listener.send(message);
    this.#listeners.add(listener);
  }

  /** Removes a listener. */
  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  #keep(type: string, session: string, message: string): void {
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
