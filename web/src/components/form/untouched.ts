/** What is missing is said when the person saves, or has emptied a field: not when one only passes it. */

interface Commands {
  updateFieldInstanceValidation: (instance: unknown, value: unknown) => void;
}

/** The module that lets a field be left as it was: the viewer checks it then, filled in or not. */
export function leavingAlone(): Record<string, unknown> {
  const only = (commands: Commands): object => {
    const check = commands.updateFieldInstanceValidation.bind(commands);
    commands.updateFieldInstanceValidation = (instance, value) => {
      if (isFilled(value)) check(instance, value);
    };
    return {};
  };
  only.$inject = ["viewerCommands"];
  return { __init__: ["stepwellUntouched"], stepwellUntouched: ["factory", only] };
}

export function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false;
}
