import type { FollowingRole, Message } from "../../models/description.ts";
import type { Guard, SharedMachine, SharedState } from "./compiled-system.ts";
import { compileGuard, conjoin, negate, type QuantityIndex } from "./guards.ts";
import type { MachineTable } from "./machine-table.ts";

/** A way in which machines outside the slots accept a list of messages. */
export interface SharedVariant {
  readonly needs: readonly SharedState[];
  readonly sets: readonly SharedState[];
  readonly guard: readonly Guard[];
}

/** The machines outside the slots, as a compiler of messages sees them. */
export interface SharedContext {
  readonly shared: readonly SharedMachine[];
  readonly following: readonly { readonly role: FollowingRole; readonly table: MachineTable }[];
  readonly indexOf: QuantityIndex;
}

function acceptedBy(
  machine: SharedMachine,
  index: number,
  message: Message,
): readonly SharedVariant[] {
  return machine.table.states.flatMap((state) => {
    const step = machine.table.step(state.id, message.event);
    if (step === undefined) return [];
    const sets = step.to === state.id ? [] : [{ machine: index, state: step.to }];
    return [{ needs: [{ machine: index, state: state.id }], sets, guard: [] }];
  });
}

/** A following machine is no state: its comparison says where it is, so acceptance becomes a guard. */
function acceptedByFollower(
  role: FollowingRole,
  table: MachineTable,
  message: Message,
  indexOf: QuantityIndex,
): readonly SharedVariant[] {
  const { comparison, whenTrue, whenFalse } = role.follows;
  const guard = compileGuard(comparison, indexOf);
  const accepts = (event: string): boolean => {
    const moved = table.step(0, { type: event })?.to ?? 0;
    return table.step(moved, message.event) !== undefined;
  };
  const whenHeld = accepts(whenTrue);
  const whenNot = accepts(whenFalse);
  if (whenHeld && whenNot) return [{ needs: [], sets: [], guard: [] }];
  return [...(whenHeld ? [[guard]] : []), ...(whenNot ? negate([guard]) : [])].map(
    (conjunction) => ({ needs: [], sets: [], guard: conjunction }),
  );
}

/** Every way in which the machines outside the slots accept all of these messages; empty if there is none. */
export function sharedVariants(
  messages: readonly Message[],
  context: SharedContext,
): readonly SharedVariant[] {
  let variants: readonly SharedVariant[] = [{ needs: [], sets: [], guard: [] }];
  for (const message of messages) {
    const follower = context.following.find(({ role }) => role.name === message.to);
    const index = context.shared.findIndex(
      ({ role, output }) => role === message.to && output === (message.output ?? null),
    );
    const machine = context.shared[index];
    let ways: readonly SharedVariant[];
    if (follower !== undefined) {
      ways = acceptedByFollower(follower.role, follower.table, message, context.indexOf);
    } else if (machine !== undefined) {
      ways = acceptedBy(machine, index, message);
    } else {
      throw new Error(`no machine is called ${message.to}`);
    }
    variants = variants.flatMap((left) =>
      ways.flatMap((right) => {
        const guard = conjoin(left.guard, right.guard);
        return guard === undefined
          ? []
          : [
              {
                needs: [...left.needs, ...right.needs],
                sets: [...left.sets, ...right.sets],
                guard,
              },
            ];
      }),
    );
  }
  return variants;
}
