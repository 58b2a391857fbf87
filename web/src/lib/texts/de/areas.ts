/** German. */
import type { AreaTexts } from "..";
import { activities } from "./activities";
import { admin } from "./admin";
import { settings, tokens } from "./settings";
import { beside } from "./beside";
import { fields, stepMore } from "./steps";
import { diagram } from "./diagram";
import { form } from "./form";
import { later } from "./later";
import { log } from "./log";
import { processes } from "./processes";
import { lookups, record, records } from "./records";
import { table } from "./table";
import { tour } from "./tour";

export const areas: AreaTexts = {
  activities,
  admin,
  beside,
  diagram,
  fields,
  form,
  later,
  log,
  lookups,
  processes,
  record,
  records,
  settings,
  stepMore,
  table,
  tokens,
  tour,
};
