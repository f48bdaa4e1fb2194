const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows NT\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * The kind of browser and device that a User-Agent header claims, such as `Chrome (Windows)`: enough to know one's own devices
 * by, and none of the versions that tell people apart. Undefined for what is no browser we know.
 */
export function deviceOf(userAgent: string | undefined): string | undefined {
  const first = (kinds: readonly [RegExp, string][]): string | undefined =>
    kinds.find(([form]) => form.test(userAgent ?? ''))?.[1];
  const [browser, system] = [first(browsers), first(systems)];
  return browser && system ? `${browser} (${system})` : (browser ?? system);
}
