// The little of Node that the unit tests use; @types/node would let the page use all of it.
declare module 'node:test' {
  export function test(name: string, body: () => void | Promise<void>): void;
}
declare module 'node:assert/strict' {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown): void;
    deepEqual(actual: unknown, expected: unknown): void;
    match(text: string, pattern: RegExp): void;
    doesNotMatch(text: string, pattern: RegExp): void;
  }
  const assert: Assert;
  export default assert;
}
declare module 'node:child_process' {
  export function spawnSync(program: string, args: string[], options: object): { stdout: string; status: number | null; error?: Error };
}
