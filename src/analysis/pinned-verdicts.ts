import type { ScopeResult } from "../explore/check-scope.ts";

/** What is pinned of a run: its counts, and what is violated with the shortest length. */
export function pinOf({ counts, properties }: ScopeResult): string {
  const violated = properties
    .filter(({ verdict }) => verdict !== "holds")
    .map(({ property, verdict, length }) =>
      verdict === "unknown" ? `${property}?` : length === null ? property : `${property} ${length}`,
    );
  return `${counts.labelled}/${counts.canonical} states, ${counts.transitions}/${counts.selfLoops} transitions: ${violated.join(", ") || "all hold"}`;
}

/** The pinned runs, by release and scope; a release without pins is a candidate. */
const pins: Readonly<Record<string, string>> = {
  "v3.0.1 a": "34/18 states, 90/4 transitions: neverStuck 6, recovery 6, noStarvation",
  "v3.0.1 b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "v3.0.1 c":
    "3712/776 states, 21840/832 transitions: neverStuck 6, recovery 6, isolation 3, isolationFair, noStarvation",
  "v3.0.1 d": "68/36 states, 132/4 transitions: noLoss 4, neverStuck 6, recovery 6, noStarvation",
  "v3.0.1 e": "826/74 states, 3698/168 transitions: neverStuck 10, recovery 10, noStarvation",
  "v3.0.4 a": "34/18 states, 86/4 transitions: neverStuck 6, recovery 6, noStarvation",
  "v3.0.4 b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "v3.0.4 c":
    "3712/776 states, 21264/832 transitions: neverStuck 6, recovery 6, isolation 3, isolationFair, noStarvation",
  "v3.0.4 d": "68/36 states, 128/4 transitions: noLoss 4, neverStuck 6, recovery 6, noStarvation",
  "v3.0.4 e": "826/74 states, 3530/168 transitions: neverStuck 10, recovery 10, noStarvation",
  "v5.1 a": "34/18 states, 86/4 transitions: neverStuck 6, recovery 6, noStarvation",
  "v5.1 b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "v5.1 c":
    "3712/776 states, 21264/832 transitions: neverStuck 6, recovery 6, isolation 3, isolationFair, noStarvation",
  "v5.1 d": "68/36 states, 128/4 transitions: noLoss 4, neverStuck 6, recovery 6, noStarvation",
  "v5.1 e": "826/74 states, 3530/168 transitions: neverStuck 10, recovery 10, noStarvation",
  "published-fix a":
    "72/38 states, 180/4 transitions: quotaConserved 8, neverStuck 13, recovery 13, noStarvation",
  "published-fix b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "published-fix c":
    "15676/3176 states, 88584/1408 transitions: quotaConserved 8, neverStuck 13, recovery 13, isolation 3, isolationFair, noStarvation",
  "published-fix d":
    "144/76 states, 266/4 transitions: quotaConserved 8, noLoss 4, ownerAlive 7, neverStuck 13, recovery 13, noStarvation",
  "published-fix e":
    "2260/186 states, 9452/288 transitions: quotaConserved 9, neverStuck 17, recovery 17, noStarvation",
  "corrected-fix a": "38/20 states, 94/0 transitions: noStarvation",
  "corrected-fix b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "corrected-fix c":
    "4288/872 states, 24000/256 transitions: isolation 3, isolationFair, noStarvation",
  "corrected-fix d": "76/40 states, 138/0 transitions: noLoss 4, ownerAlive 7, noStarvation",
  "corrected-fix e": "1434/112 states, 5922/120 transitions: noStarvation",
  "hardened-fix a": "38/20 states, 94/0 transitions: noStarvation",
  "hardened-fix b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "hardened-fix c":
    "4288/872 states, 24000/256 transitions: isolation 3, isolationFair, noStarvation",
  "hardened-fix d": "76/40 states, 138/0 transitions: noLoss 4, noStarvation",
  "hardened-fix e": "1434/112 states, 5922/120 transitions: noStarvation",
  "evict-idle a": "34/18 states, 90/4 transitions: noStarvation",
  "evict-idle b": "156/80 states, 616/0 transitions: isolation 5, isolationFair, noStarvation",
  "evict-idle c":
    "3712/776 states, 21840/832 transitions: isolation 3, isolationFair, noStarvation",
  "evict-idle d": "68/36 states, 132/4 transitions: noLoss 4, noStarvation",
  "evict-idle e": "826/74 states, 3698/168 transitions: noStarvation",
  "reserve-slot a": "134/32 states, 392/0 transitions: noStarvation",
  "reserve-slot b": "460/120 states, 2060/0 transitions: isolation 5, isolationFair, noStarvation",
  "reserve-slot c":
    "25600/1820 states, 160000/1024 transitions: isolation 3, isolationFair, noStarvation",
  "reserve-slot d": "268/64 states, 550/0 transitions: noLoss 4, noStarvation",
  "reserve-slot e": "3742/118 states, 17472/240 transitions: noStarvation",
  "park a": "26/14 states, 66/0 transitions: all hold",
  "park b": "276/140 states, 936/0 transitions: all hold",
  "park c": "3736/760 states, 19524/256 transitions: all hold",
  "park d": "26/14 states, 66/0 transitions: all hold",
  "park e": "882/78 states, 3346/0 transitions: all hold",
  "park-breaker a": "84/44 states, 220/0 transitions: all hold",
  "park-breaker b": "1464/740 states, 5496/0 transitions: all hold",
  "park-breaker c": "42940/7756 states, 236616/256 transitions: all hold",
  "park-breaker d": "84/44 states, 220/0 transitions: all hold",
  "park-breaker e": "4540/326 states, 17068/0 transitions: all hold",
};

/** The sentence that says how a run differs from its pin; none if it does not, or has no pin. */
export function drift(release: string, letter: string, found: string): readonly string[] {
  const pinned = pins[`${release} ${letter}`];
  if (pinned === undefined || pinned === found) return [];
  return [`${release} at scope ${letter} was pinned as "${pinned}", but is "${found}"`];
}
