/** What the client has to know of its session outside of React: the proof for changes, and that it has ended. */
let token: string | undefined;
let onEnd: () => void = () => undefined;

export const csrfToken = (): string | undefined => token;

export function keepCsrfToken(current: string | undefined): void {
  token = current;
}

/** Called when the API no longer knows the session. */
export const sessionEnded = (): void => onEnd();

export function whenSessionEnds(then: () => void): void {
  onEnd = then;
}
