import { closesBefore } from "../delivery.ts";
import type { Comparison, Outcome, SystemRule, TransitionProperty } from "../description.ts";
import { deadLetterLimit, memoryFree } from "../limits.ts";
import type { Mechanism } from "../mechanism.ts";
import type { Parameters } from "../parameters.ts";

const room: Comparison = {
  quantity: { counter: "lettersUp" },
  relation: "<",
  bound: { constant: 0, deadLetterLimit: 1 },
};

/** More letters than X make no difference: the counter stops there. */
const more: Comparison = {
  quantity: { counter: "letters" },
  relation: "<",
  bound: { constant: 0, maxChunksUp: 1 },
};

/** A delivery that is given up is copied if memory and queue have room; else it is not kept. */
function copied(outcome: Outcome): readonly Outcome[] {
  const cFunction = "flb_engine.c::handle_dlq_if_available";
  const way = (
    guard: readonly Comparison[],
    says: string,
    rest: Pick<Outcome, "adds" | "breaks">,
  ): Outcome => ({
    ...outcome,
    guard: [...(outcome.guard ?? []), ...guard],
    tells: `${outcome.tells}; ${says}`,
    cFunction,
    ...rest,
  });
  const broken = [...(outcome.breaks ?? []), "keptOrDelivered"];
  return [
    way([memoryFree, room, more], "a copy goes into the dead letter queue", {
      adds: [{ counter: "letters", adds: 1 }],
    }),
    way(
      [memoryFree, room, { ...more, relation: ">=" }],
      "a copy goes into the dead letter queue",
      {},
    ),
    way([{ ...memoryFree, relation: ">=" }], "memory is full: no copy is kept", {
      breaks: broken,
    }),
    way(
      [memoryFree, { ...room, relation: ">=" }],
      "storage.rejected.limit is reached: no copy is kept",
      {
        breaks: broken,
      },
    ),
  ];
}

/** The cases of a crash: what becomes of the letters, and whether any is deleted. */
export function crashCases({
  deadLetter,
  deadLetterRestart,
}: Parameters): readonly Pick<SystemRule, "guard" | "breaks" | "assigns">[] {
  if (!deadLetter) return [{}];
  if (deadLetterRestart === "kept") return [{ assigns: [{ counter: "lettersUp", to: "letters" }] }];
  const assigns = [
    { counter: "letters", to: 0 },
    { counter: "lettersUp", to: 0 },
  ] as const;
  const some: Comparison = {
    quantity: { counter: "letters" },
    relation: ">=",
    bound: { constant: 1 },
  };
  return [
    { assigns, guard: [{ ...some, relation: "<" }] },
    { assigns, guard: [some], breaks: ["keptOrDelivered"] },
  ];
}

const keptOrDelivered: TransitionProperty = {
  kind: "transition",
  name: "keptOrDelivered",
  meaning: "what is not delivered is kept as a dead letter, and no letter is deleted",
  forbids: (_, step) =>
    closesBefore(step, "delivered", "dropped", "lost") ||
    (step.message.to === "charge" &&
      step.message.event.type === "release" &&
      step.message.output !== undefined &&
      step.before.is("task", "vacant") &&
      step.before.isFor("delivery", step.message.output, "routed")),
};

/** `storage.keep.rejected`: copies of what is given up, some of which take memory after a restart. */
export function deadLetters(parameters: Parameters): Mechanism | null {
  if (!parameters.deadLetter) return null;
  return {
    points: { givenUp: copied },
    parts: () => ({
      limits: [deadLetterLimit],
      counters: [
        { name: "letters", perOutput: false, bound: { constant: 0, maxChunksUp: 1 } },
        { name: "lettersUp", perOutput: false, bound: { constant: 0, maxChunksUp: 1 } },
      ],
      properties: [keptOrDelivered],
    }),
  };
}
