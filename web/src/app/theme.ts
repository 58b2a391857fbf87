import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#e3f4f7",
  "#cfe9ee",
  "#a3d5dd",
  "#73c0cb",
  "#3bc9db",
  "#2a9aa9",
  "#198596",
  "#0b7285",
  "#085c6b",
  "#064551",
];

/** What is in the accent colour is readable in light and in dark. */
function accented(input: Parameters<VariantColorsResolver>[0]): ReturnType<VariantColorsResolver> {
  const found = defaultVariantColorsResolver(input);
  if (input.color !== undefined && input.color !== "accent") return found;
  if (input.variant === "filled") return { ...found, color: "var(--sw-on-accent)" };
  const isQuiet = input.variant === "subtle" || input.variant === "transparent";
  return isQuiet ? { ...found, color: "var(--sw-accent)" } : found;
}

/** One calm colour, grey for the rest; red is for late and wrong. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  colors: { accent },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: accented,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: { fontWeight: "650" },
  components: {
    Button: { defaultProps: { size: "sm" } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: "lg",
        padding: "lg",
        transitionProps: { duration: 120 },
        attributes: { header: { role: "presentation" } }, // it is no banner of the page
      },
      styles: { title: { fontWeight: 650, fontSize: "1.1rem" } },
    },
    Text: { defaultProps: { size: "sm" } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } } },
    SegmentedControl: {
      styles: {
        root: { background: "var(--sw-sunken)" },
        indicator: { background: "var(--mantine-color-default)" },
      },
    },
    TextInput: { defaultProps: { errorProps: { role: "alert" } } },
    InputWrapper: { styles: { label: { marginBottom: 4, fontWeight: 550 } } },
  },
});
