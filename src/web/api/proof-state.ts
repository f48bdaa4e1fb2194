let ask: () => Promise<boolean> = async () => false;
let asking: Promise<boolean> | undefined;

/** Has the person prove who they are; false when they would rather not. Those who ask at the same time ask once. */
export function askForProof(): Promise<boolean> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

export function whenProofIsAsked(then: () => Promise<boolean>): void {
  ask = then;
}
