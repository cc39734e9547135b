import type { Message, Role } from "../../models/description.ts";
import { eventKey, type MachineTable } from "./machine-table.ts";
import { DescriptionError } from "../errors/description-error.ts";

/**
 * Refuses messages that no machine can ever take. An action that sends one could never happen, and every property
 * would hold for want of it.
 */
export class HeardMessages {
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #tables: ReadonlyMap<string, MachineTable>;

  constructor(roles: readonly Role[], tables: ReadonlyMap<string, MachineTable>) {
    this.#roles = new Map(roles.map((role) => [role.name, role]));
    this.#tables = tables;
  }

  /**
   * Looks at the messages of an action, each of which must be accepted for it to happen. That a guard of the machine
   * never holds with some parameters is no error: the action is then one that those parameters exclude.
   *
   * @param sender what sends them, as an error names it
   * @throws DescriptionError if a machine does not list an event, or accepts it in no state
   */
  mustBeHeard(sender: string, messages: readonly Message[]): void {
    this.mustBeListed(sender, messages);
    for (const { to, event } of messages) {
      if (this.#tables.get(to)?.hears(event) === true) continue;
      throw new DescriptionError(
        `${sender} sends ${eventKey(event)} to ${to}, which accepts it in no state: the action can never happen`,
      );
    }
  }

  /**
   * Looks at messages that a machine may ignore.
   *
   * @throws DescriptionError if a machine does not list an event, or if there is no such machine
   */
  mustBeListed(sender: string, messages: readonly Message[]): void {
    for (const { to, event } of messages) {
      const role = this.#roles.get(to);
      if (role === undefined) {
        throw new DescriptionError(
          `${sender} sends ${eventKey(event)} to ${to}, but no machine is called ${to}`,
        );
      }
      const listed = role.events.map(eventKey);
      if (listed.includes(eventKey(event))) continue;
      throw new DescriptionError(
        `${sender} sends ${eventKey(event)} to ${to}, which does not list it: its events are ${listed.join(", ")}`,
      );
    }
  }
}
