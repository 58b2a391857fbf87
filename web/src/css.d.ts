declare module "*.module.css" {
  const names: Record<string, string>;
  export default names;
}
declare module "*.css";
declare module "@fontsource-variable/inter/index.css";
