/** Products of two residues stay exact in a double. */
const largestModulus = 2 ** 26;

function isPrime(number: number): boolean {
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor === 0) return false;
  }
  return number % 2 === 1;
}

/** So many of the largest primes below 2^26 that their product is above 2^bits. */
export function primesFor(bits: number): readonly number[] {
  const primes: number[] = [];
  let product = 1n;
  for (let number = largestModulus - 1; product >> BigInt(bits) === 0n; number -= 2) {
    if (!isPrime(number)) continue;
    primes.push(number);
    product *= BigInt(number);
  }
  return primes;
}

/** The product of two residues. */
export function times(left: number, right: number, prime: number): number {
  const product = left * right;
  const residue = product - Math.floor(product / prime) * prime;
  return residue < 0 ? residue + prime : residue >= prime ? residue - prime : residue;
}

function power(base: number, exponent: number, prime: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = times(result, square, prime);
    square = times(square, square, prime);
  }
  return result;
}

/** The number that gives one when it is multiplied by a residue that is not 0. */
export function inverse(residue: number, prime: number): number {
  return power(residue, prime - 2, prime);
}

/** The number from 0 to below the product of the primes that has these residues (the Chinese remainder theorem). */
export function fromResidues(residues: readonly number[], primes: readonly number[]): bigint {
  let value = 0n;
  let product = 1n;
  primes.forEach((prime, index) => {
    const wanted = residues[index] ?? 0;
    const has = Number(value % BigInt(prime));
    const step = inverse(Number(product % BigInt(prime)), prime);
    const rounds = times((wanted - has + prime) % prime, step, prime);
    value += product * BigInt(rounds);
    product *= BigInt(prime);
  });
  return value;
}
