import type { Release } from "../../../models/description.ts";
import { defaultParameters, type Parameters } from "../../../models/parameters.ts";
import { release as hardenedFix } from "../../../models/releases/hardened-fix.ts";
import { release as park } from "../../../models/releases/park.ts";
import { release as v304 } from "../../../models/releases/v3.0.4.ts";
import { EverySizeScope } from "../../../src/compile/every-size.ts";
import { certificateParts, certifiedRunJson } from "../../../src/prove/certificate/certificate.ts";
import { prove } from "../with-solver.ts";
import type { Json } from "./json.ts";

/** The systems whose certificates are forged. */
const systems = {
  "v3.0.4": { release: v304, shape: {} },
  "v3.0.4, one route each": {
    release: v304,
    shape: { outputs: 2, routing: "any" },
    masks: [[0], [1]],
  },
  "hardened-fix": { release: hardenedFix, shape: {} },
  park: { release: park, shape: {} },
} as const satisfies Record<
  string,
  {
    readonly release: Release;
    readonly shape: Partial<Parameters>;
    readonly masks?: readonly (readonly number[])[];
  }
>;

export type HonestName = keyof typeof systems;

const made = new Map<HonestName, Json>();

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

/** An honest certificate; each is made once. */
export async function honest(name: HonestName): Promise<Json> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const { release, shape, ...rest } = systems[name];
  const parameters = { ...defaultParameters, ...release.defaults, ...shape };
  const masks = "masks" in rest ? rest.masks : undefined;
  const proof = await prove(EverySizeScope.of(release, parameters, masks));
  const json: unknown = JSON.parse([...certificateParts([certifiedRunJson(proof)])].join(""));
  if (!isJson(json)) throw new Error("no certificate was written");
  made.set(name, json);
  return json;
}
