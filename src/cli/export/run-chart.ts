import type { Release } from "../../../models/description.ts";
import { scopeOf } from "../../compile/scope.ts";
import { checkScope } from "../../explore/check-scope.ts";
import { pictureSvg } from "../../export/chart/picture-svg.ts";
import { messageMermaid, waitMermaid } from "../../inspect/pictures/mermaid.ts";
import { messagePicture } from "../../inspect/pictures/message-picture.ts";
import { waitPicture } from "../../inspect/pictures/wait-picture.ts";
import { replayRun } from "../../inspect/run.ts";
import { messagesOf } from "../../inspect/tell/messages.ts";
import { storyOf } from "../../inspect/tell/story.ts";
import { BadInput } from "../bad-input.ts";
import { pageProperty } from "../check/page-scopes.ts";
import { parametersOf } from "../options/scope-arguments.ts";

/** A chart of the shortest way into a violation. */
interface AskedRun {
  /** The messages of the way, or who waits for whom at its end. */
  readonly shows: "messages" | "waits";
  readonly property: string;
  readonly set: readonly string[];
}

/**
 * Draws the way into the violation of a property, or who waits for whom at its end.
 *
 * @throws BadInput if the release has no such property, does not violate it, or nobody waits there
 */
export function runChart(release: Release, asked: AskedRun, asMermaid: boolean): string {
  const { shows, property: name, set } = asked;
  const scope = scopeOf(release, parametersOf(release, set));
  const { properties } = checkScope(scope);
  const found = properties.find(({ property }) => property === name);
  if (found === undefined) {
    const known = properties.map(({ property }) => property).join(", ");
    throw new BadInput(`there is no property "${name}"; known properties are ${known}`);
  }
  const property = pageProperty(found);
  const story = storyOf(scope, property);
  if (property.path === null || story === null) {
    throw new BadInput(`${release.name} does not violate ${name} at this scope`);
  }
  const id = `${shows}-${release.name}-${name}`;
  if (shows === "messages") {
    const messages = messagesOf(scope, replayRun(scope, property.path));
    return asMermaid
      ? messageMermaid(messages)
      : pictureSvg(id, messagePicture(messages, story.headline));
  }
  if (story.waits.groups.length === 0) {
    throw new BadInput(`nobody waits for anybody where ${release.name} violates ${name}`);
  }
  return asMermaid
    ? waitMermaid(story.waits)
    : pictureSvg(id, waitPicture(story.waits, story.headline));
}
