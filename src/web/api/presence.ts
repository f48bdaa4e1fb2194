/** So long after the last key or click what the page asks is asked by itself. */
const awayAfterMs = 60_000;

let lastMs = Date.now();

for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
  window.addEventListener(event, () => (lastMs = Date.now()), { capture: true, passive: true });

/** Whether nobody is at the page: what it asks then, because something changed elsewhere, keeps no session alive. */
export const isAway = (): boolean => Date.now() - lastMs > awayAfterMs;
