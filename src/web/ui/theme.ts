import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The product's own colour: the indigo (藍) of Japanese workwear. */
const ai: MantineColorsTuple = [
  '#eef4fb',
  '#dce7f3',
  '#b5cde6',
  '#8bb1d8',
  '#6a9acd',
  '#5087bd',
  '#3d75ab',
  '#2c6296',
  '#1b4d7a',
  '#123a60',
];

const fonts =
  '"Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", system-ui, sans-serif';

/** How the screens look: calm, exact, dense like a good mail client. */
export const theme = createTheme({
  colors: { ai },
  primaryColor: 'ai',
  primaryShade: { light: 8, dark: 6 },
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", monospace',
  headings: { fontFamily: fonts, fontWeight: '600' },
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.6', md: '1.7', lg: '1.7', xl: '1.6' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Loader: { defaultProps: { type: 'dots' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        centered: true,
        // A dialog's heading is no banner of the page.
        attributes: { header: { role: 'none' } },
      },
    },
  },
});

/** Mantine's greys and reds with enough contrast on both grounds (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#54595f',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-placeholder': '#6b7177',
    '--mantine-color-anchor': '#1b4d7a',
    '--line': '#dfe3e8',
    '--wash': '#f5f7f9',
    '--overdue': '#a3231a',
    '--overdue-wash': '#fdf1f0',
    '--soon': '#7a4a00',
    '--done': '#1c5f3a',
  },
  dark: {
    '--mantine-color-dimmed': '#adb3ba',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-placeholder': '#9299a1',
    '--mantine-color-anchor': '#a3c6ea',
    '--line': '#3d4249',
    '--wash': '#2a2d31',
    '--overdue': '#ffa69e',
    '--overdue-wash': '#3a2422',
    '--soon': '#f3c37c',
    '--done': '#8fd6ab',
  },
});
