/** Checks that an item's parameters can be drawn and that its expressions read only them. */
import type { CourseFault, Item, Parameter } from "./course.ts";
import { integerValues, PARAMETER_VALUES_MAX } from "./draw_parameters.ts";
import { type Expression, isReserved, namesIn, parseExpression } from "./expression.ts";
import { ExpressionSyntaxError } from "./expression_errors.ts";

const PARAMETERS_MAX = 40;
const CONSTRAINTS_MAX = 20;

export function checkParameters(item: Item, path: string): readonly CourseFault[] {
  const faults: CourseFault[] = [];
  const known = new Set<string>();
  for (const [index, parameter] of item.parameters.slice(0, PARAMETERS_MAX).entries()) {
    const at = `${path}.parameters[${index}]`;
    faults.push(...checkName(parameter.name, known, `${at}.name`), ...checkParameter(parameter, known, at));
    known.add(parameter.name);
  }
  for (const [index, constraint] of item.constraints.slice(0, CONSTRAINTS_MAX).entries()) {
    faults.push(...checkExpression(constraint, known, `${path}.constraints[${index}]`));
  }
  if (item.parameters.length > PARAMETERS_MAX) {
    faults.push({ path: `${path}.parameters`, message: `are more than ${PARAMETERS_MAX}` });
  }
  if (item.constraints.length > CONSTRAINTS_MAX) {
    faults.push({ path: `${path}.constraints`, message: `are more than ${CONSTRAINTS_MAX}` });
  }
  return faults;
}

/** Syntax and names; what only the drawn numbers can show is found by drawing. */
export function checkExpression(source: string, known: ReadonlySet<string>, path: string): readonly CourseFault[] {
  try {
    return checkNames(parseExpression(source), known, path);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [{ path, message: error.message }];
    throw error;
  }
}

export function checkNames(expression: Expression, known: ReadonlySet<string>, path: string): readonly CourseFault[] {
  return [...namesIn(expression)].filter((name) => !known.has(name))
    .map((name) => ({ path, message: `"${name}" is not a parameter` }));
}

function checkName(name: string, known: ReadonlySet<string>, path: string): readonly CourseFault[] {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(name)) {
    return [{ path, message: `"${name.slice(0, 32)}" is no name; start with a letter, go on with letters and digits` }];
  }
  if (isReserved(name)) return [{ path, message: `"${name}" is a word of the expression language` }];
  return known.has(name) ? [{ path, message: `"${name}" is drawn already` }] : [];
}

function checkParameter(parameter: Parameter, known: ReadonlySet<string>, path: string): readonly CourseFault[] {
  switch (parameter.kind) {
    case "integer": {
      const { min, max, step } = parameter;
      if (![min, max, step].every(Number.isFinite) || step <= 0 || min > max) {
        return [{ path, message: "needs finite min and max with min <= max, and a step above 0" }];
      }
      if ((max - min) / step >= PARAMETER_VALUES_MAX) {
        return [{ path, message: `takes more than ${PARAMETER_VALUES_MAX} values; raise the step` }];
      }
      return integerValues(parameter).length === 0
        ? [{ path: `${path}.exclude`, message: "excludes every value" }]
        : [];
    }
    case "pick": {
      const { from } = parameter;
      const usable = from.length > 0 && from.length <= PARAMETER_VALUES_MAX &&
        from.every((value) => typeof value === "string" ? value.length <= 400 : Number.isFinite(value)) &&
        new Set(from.map((value) => typeof value)).size === 1;
      return usable ? [] : [{ path: `${path}.from`, message: "needs values, all finite numbers or all short texts" }];
    }
    case "computed":
      return checkExpression(parameter.expression, known, `${path}.expression`);
  }
}
